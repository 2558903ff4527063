import errno
import hashlib
import os
import stat
import time
import tracemalloc

import pytest

from uploads import disk
from uploads.storage import ObjectDamaged, ObjectMissing, Store, StoreIsFull, new_key


def keep(store, content=b"hello"):
    incoming = store.incoming(max_bytes=10**9)
    incoming.write(content)
    received = incoming.finish()
    store.promote(received.key)
    incoming.release()
    return received


def files_in(store):
    return sorted(path.relative_to(store.root) for path in store.root.rglob("*") if path.is_file())


def test_kept_bytes_come_back_with_the_hash_they_had(store):
    received = keep(store)
    assert received.sha256 == hashlib.sha256(b"hello").hexdigest()
    with store.open(received.key, received.sha256) as file:
        assert file.read() == b"hello"


def test_files_and_folders_are_for_us_alone(store):
    received = keep(store)
    path = next(store.root.rglob(received.key))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert store.faults() == []


def test_a_folder_others_may_enter_is_told_at_start(store):
    (store.root / "accepted").chmod(0o755)
    assert store.faults() == ["accepted_open_to_others"]


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a" * 31, "A" * 32, "a" * 32 + "\n", "a/" * 16, None])
def test_only_ids_are_keys_and_no_path_ever(store, key):
    with pytest.raises(ValueError):
        store.open(key, "0" * 64)
    with pytest.raises(ValueError):
        store.remove(key)


def test_a_changed_byte_is_found_before_the_first_byte_is_served(store):
    received = keep(store, b"x" * 1_000_000)
    path = next(store.root.rglob(received.key))
    with path.open("r+b") as file:
        file.seek(999_999)
        file.write(b"y")
    with pytest.raises(ObjectDamaged):
        store.open(received.key, received.sha256)


def test_a_truncated_object_is_found(store):
    received = keep(store, b"x" * 1000)
    os.truncate(next(store.root.rglob(received.key)), 999)
    with pytest.raises(ObjectDamaged):
        store.open(received.key, received.sha256)


def test_reading_needs_constant_memory(store):
    received = keep(store, os.urandom(8_000_000))
    tracemalloc.start()
    store.open(received.key, received.sha256).close()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


def test_a_planted_link_is_not_followed(store, tmp_path):
    received = keep(store)
    path = next(store.root.rglob(received.key))
    path.unlink()
    secret = tmp_path / "secret"
    secret.write_bytes(b"hello")
    path.symlink_to(secret)
    with pytest.raises(ObjectDamaged):
        store.open(received.key, received.sha256)


def test_an_object_somebody_else_holds_a_hard_link_to_is_not_served(store, tmp_path):
    received = keep(store)
    os.link(next(store.root.rglob(received.key)), tmp_path / "second-name")
    with pytest.raises(ObjectDamaged):
        store.open(received.key, received.sha256)


def test_a_file_that_is_there_already_is_never_written_into(store, tmp_path):
    target = tmp_path / "there"
    target.write_bytes(b"before")
    with pytest.raises(FileExistsError):
        disk.create(target)
    assert target.read_bytes() == b"before"


def test_past_the_limit_nothing_more_is_written(store):
    incoming = store.incoming(max_bytes=10)
    for _ in range(1000):
        incoming.write(b"x" * 1000)
    assert incoming.is_too_big
    assert incoming.bytes == 1_000_000
    assert os.fstat(incoming.fileno()).st_size == 0
    incoming.discard()
    assert files_in(store) == []


def test_a_full_disk_is_told_and_leaves_nothing(store, monkeypatch):
    def no_room(fd, content):
        raise OSError(errno.ENOSPC, "no room")

    incoming = store.incoming(max_bytes=100)
    monkeypatch.setattr(disk, "write_all", no_room)
    incoming.write(b"hello")
    with pytest.raises(StoreIsFull):
        incoming.finish()
    with pytest.raises(StoreIsFull):
        store.put_derived(new_key(), "page-1", b"picture")
    assert files_in(store) == []


def test_the_store_works_again_when_there_is_room_again(store, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_all", lambda fd, content: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
        incoming = store.incoming(max_bytes=100)
        incoming.write(b"hello")
        incoming.discard()
    received = keep(store)
    assert store.has(received.key)


def test_something_derived_is_checked_too(store):
    received = keep(store)
    derived = store.put_derived(received.key, "page-1", b"picture")
    with store.open_derived(derived) as file:
        assert file.read() == b"picture"
    path = next(store.root.rglob(derived))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(ObjectDamaged):
        store.open_derived(derived)


def test_removing_takes_what_was_derived_along_and_may_be_repeated(store):
    received, other = keep(store), keep(store)
    derived = store.put_derived(received.key, "thumb-1", b"picture")
    store.remove(received.key)
    store.remove(received.key)
    with pytest.raises(ObjectMissing):
        store.open(received.key, received.sha256)
    with pytest.raises(ObjectMissing):
        store.open_derived(derived)
    assert store.has(other.key)


def test_the_sweep_takes_orphans_older_than_an_hour_and_nothing_else(store):
    known, orphan = keep(store), keep(store)
    store.put_derived(known.key, "page-1", b"picture")
    store.put_derived(orphan.key, "page-1", b"picture")
    abandoned = store.incoming(max_bytes=10)
    now = time.time()
    assert store.sweep(now + 3000, lambda keys: {known.key}) == []
    swept = store.sweep(now + 3700, lambda keys: {known.key} & set(keys))
    assert {(one.area, one.key) for one in swept} == {
        ("quarantine", abandoned.key),
        ("accepted", orphan.key),
        ("derived", orphan.key),
    }
    assert [path.name for path in files_in(store)] == [known.key, f"{known.key}.page-1"]


def test_two_processes_use_one_store(store):
    received = keep(store)
    with Store(store.root).open(received.key, received.sha256) as file:
        assert file.read() == b"hello"
