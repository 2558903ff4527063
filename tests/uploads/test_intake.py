import io
import threading

import pytest

from tests.uploads import files
from uploads import intake
from uploads.intake import Accepted, Limits, Refused


def nothing_is_left_in(store):
    return not [path for path in store.root.rglob("*") if path.is_file()]


def test_an_honest_pdf_is_kept_readable_under_its_hash(send, store):
    content = files.pdf(pages=3)
    kept = send(content, "lease.pdf")
    assert isinstance(kept, Accepted)
    assert (kept.media_type, kept.pages, kept.bytes) == ("application/pdf", 3, len(content))
    assert kept.previewable
    assert kept.flags == ()
    with store.open(kept.object_key, kept.sha256) as file:
        assert file.read() == content


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (files.photo(), "a.jpg", "image/jpeg"),
        (files.photo(), "a.JPEG", "image/jpeg"),
        (files.photo("PNG"), "a.png", "image/png"),
        (files.heic(), "a.heic", "image/heic"),
        (files.heic(), "a.HIF", "image/heic"),
    ],
)
def test_honest_photos_are_accepted(send, content, name, media_type):
    kept = send(content, name)
    assert (kept.media_type, kept.pages, kept.previewable, kept.flags) == (media_type, None, True, ())


def test_the_name_is_kept_cleaned_and_decides_no_path(send, store):
    kept = send(files.pdf(), "../../etc/pass\u202eport.pdf")
    assert kept.original_name == "passport.pdf"
    assert all("passport" not in str(path) for path in store.root.rglob("*"))


@pytest.mark.parametrize("content", [b"", b"%"])
def test_nothing_or_one_byte_is_refused_as_empty(send, store, content):
    assert send(content, "a.pdf").code == "empty"
    assert nothing_is_left_in(store)


def test_a_photo_above_the_limit_is_refused_with_both_sizes(send, store):
    refused = send(files.photo(), "a.jpg", Limits(max_bytes=1000), declared_bytes=31_000_000)
    assert refused == Refused("photo_too_big", {"bytes": 31_000_000, "limit_bytes": 1000})
    assert nothing_is_left_in(store)


def test_a_body_without_end_is_read_no_further_than_the_limit(send, server, store):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"%PDF-" + b"x" * (size - 5)

    endless = Endless()
    refused = intake.receive(endless, claimed_name="a.pdf", limits=Limits(max_bytes=10_000_000), store=store)
    assert refused.code == "bigger_than_limit"
    assert endless.given < 11_000_000
    assert nothing_is_left_in(store)


def test_less_than_was_announced_is_an_interruption(send, store):
    content = files.pdf()
    assert send(content[:-100], "a.pdf", declared_bytes=len(content)).code == "interrupted"
    assert nothing_is_left_in(store)


@pytest.mark.parametrize("percent", [10, 50, 99])
def test_a_connection_that_breaks_leaves_nothing(store, percent):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            piece = super().read(1000)
            if not piece:
                raise ConnectionResetError
            return piece

    content = files.pdf(pages=50)
    with pytest.raises(ConnectionResetError):
        intake.receive(
            Broken(content[: len(content) * percent // 100]), claimed_name="a.pdf", limits=Limits(), store=store
        )
    assert nothing_is_left_in(store)


def test_a_full_store_is_a_refusal_and_not_an_error(send, store, monkeypatch):
    from uploads import disk

    def no_room(fd, content):
        raise OSError(28, "no room")

    monkeypatch.setattr(disk, "write_all", no_room)
    assert send(files.pdf(), "a.pdf").code == "store_is_full"
    assert nothing_is_left_in(store)


def test_the_bytes_that_were_looked_at_are_the_bytes_that_are_kept(server, store):
    """T56: the inspector has the descriptor of the very file that is renamed into its place."""
    import os

    seen = []

    def inspector(fd, kind, limits):
        seen.append(os.fstat(fd).st_ino)
        from uploads import inspection

        return inspection.report_on(server, fd, kind, limits)

    kept = intake.receive(
        io.BytesIO(files.pdf()), claimed_name="a.pdf", limits=Limits(), store=store, inspector=inspector
    )
    with store.open(kept.object_key, kept.sha256) as file:
        assert [os.fstat(file.fileno()).st_ino] == seen


def test_eight_at_once_all_get_their_own_answer(send):
    answers = {}

    def one(number):
        answers[number] = send(files.pdf(pages=number + 1), "a.pdf").pages

    threads = [threading.Thread(target=one, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == {number: number + 1 for number in range(8)}
