"""A job that tries what a screening child must not be able to do. Loaded by a fork server in the tests."""

import os
import socket
from pathlib import Path

from screening.inside import jobs


def load():
    jobs.load()


def run(job, *, input_fd, output_fd, say):
    """Says what worked."""
    for name, attempt in _ATTEMPTS.items():
        try:
            attempt(job)
            say({name: "worked"})
        except (OSError, MemoryError) as error:
            say({name: type(error).__name__})
    say({"environment": sorted(os.environ)})
    return 0


_ATTEMPTS = {
    "network": lambda _job: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "socket": lambda _job: socket.socket(),
    "secret": lambda job: Path(job["secret"]).read_bytes(),
    "write": lambda job: Path(job["secret"] + ".new").write_bytes(b"x" * 10),
    "program": lambda _job: os.posix_spawn("/bin/true", ["true"], {}),
    "memory": lambda job: bytearray(job["memory_bytes"]),
}
