"""The process dies at the worst moments of an upload: what was acknowledged is whole, all else is absent or swept."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import event, select

import clock
from actions.documents.send_paper import Offered, send_paper
from extensions import db, services
from tests.support import world as w
from tests.support.now import NOW
from uploads.intake import Limits
from uploads.models import Upload

HERE = Path(__file__)
SHORT = ("half_written", "before_row", "after_commit")  # a process each takes its time: ./dev check takes them all
LONG = ("before_fsync", "before_rename", "after_rename", "before_commit")
ACKNOWLEDGED = "after_commit"  # the row is there; only the answer did not reach her


@pytest.fixture
def made(sqlite_url, tmp_path):
    with w.world(sqlite_url, tmp_path, NOW) as here:
        clock.use(lambda: here.now)
        yield here, sqlite_url, tmp_path
        clock.use(None)


def send(file_id: int, row_id: int) -> int:
    done = send_paper(file_id, row_id, choice="passport", files=[Offered(io.BytesIO(w.a_photo(3)), "page.jpg")],
                      limits=Limits(), actor=w.AMIRA, now=NOW)  # fmt: skip
    return done.taken


def pages(file_id: int) -> list[Upload]:
    db.session.rollback()
    return list(db.session.scalars(select(Upload).where(Upload.application_id == file_id)))


@pytest.mark.parametrize("point", [*SHORT, *(pytest.param(point, marks=pytest.mark.check) for point in LONG)])
def test_a_kill_leaves_no_row_without_bytes_and_no_bytes_that_stay(made, point):
    here, url, folder = made
    file_id = w.amira_starts(here)
    row_id = here.requirements(file_id)["passport"].id
    db.session.rollback()

    ended = subprocess.run([sys.executable, str(HERE), url, str(folder), point, str(file_id), str(row_id)],
                           env={**os.environ, "PYTHONPATH": str(HERE.parents[2])}, capture_output=True, timeout=60,
                           check=False)  # fmt: skip

    assert ended.returncode == -9, ended.stderr.decode()[-2000:]
    kept = pages(file_id)
    assert len(kept) == (1 if point == ACKNOWLEDGED else 0)
    for page in kept:
        with services().store.open(page.object_key, page.sha256) as file:
            assert file.read() == w.a_photo(3)
    known = {page.object_key for page in kept}
    services().store.sweep(time.time() + 7200, lambda keys: known & set(keys))
    assert {path.name for path in services().store.root.rglob("*") if path.is_file()} == known
    send(file_id, row_id)  # she tries again
    assert len(pages(file_id)) == 1


# --- the process that dies ----------------------------------------------------------------------------------------


def die(*_about) -> None:
    os.kill(os.getpid(), 9)


def dies_at(point: str, engine) -> None:
    """Wraps what the operating system and the database offer; nothing of ours is replaced."""
    {
        "half_written": in_the_middle_of_a_write,
        "before_fsync": at_the_first_fsync,
        "before_rename": lambda: at_the_rename(done=False),
        "after_rename": lambda: at_the_rename(done=True),
        "before_row": lambda: event.listen(engine, "before_cursor_execute", at_the_row),
        "before_commit": lambda: event.listen(engine, "commit", die),
        "after_commit": lambda: event.listen(db.session, "after_commit", die),
    }[point]()


def in_quarantine(fd: int) -> bool:
    return Path(f"/proc/self/fd/{fd}").readlink().parent.name == "quarantine"


def in_the_middle_of_a_write() -> None:
    write = os.write

    def half(fd, content):
        if in_quarantine(fd):
            write(fd, bytes(content)[: len(content) // 2])
            die()
        return write(fd, content)

    os.write = half


def at_the_first_fsync() -> None:
    fsync = os.fsync
    os.fsync = lambda fd: die() if in_quarantine(fd) else fsync(fd)


def at_the_rename(*, done: bool) -> None:
    rename = os.rename

    def dying(source, target, **more):
        if done:
            rename(source, target, **more)
        die()

    os.rename = dying


def at_the_row(_connection, _cursor, statement, *_more) -> None:
    if statement.startswith("INSERT INTO upload"):
        die()


def main(url: str, folder: str, point: str, file_id: str, row_id: str) -> None:
    from app import create_app

    app = create_app(w.settings_for(url, Path(folder)))
    w.compile_once(Path(folder))
    clock.use(lambda: NOW)
    with app.app_context():
        dies_at(point, db.engine)
        send(int(file_id), int(row_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
