"""Shuts a process in, with whatever this machine offers. Every layer is tried; what holds is reported.

The limits by setrlimit are the floor and must hold. The others (no network, no file system, few system calls,
another user) are taken where the kernel and our rights allow.
"""

import ctypes
import os
import resource
import signal
import struct
import sys
from pathlib import Path

from uploads.inside import system_calls

MEMORY_MAX_BYTES = 1024**3
CPU_MAX_SECONDS = 10
FILE_MAX_BYTES = 64 * 1024**2
OPEN_FILES_MAX = 32

_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 38, 22
_PR_SET_DUMPABLE = 4
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_NOBODY = 65534
_libc = ctypes.CDLL(None, use_errno=True)


def limit_resources(*, memory_max_bytes: int = MEMORY_MAX_BYTES, cpu_max_seconds: int = CPU_MAX_SECONDS) -> None:
    """Sets what one job may use. Raises if the system refuses: a job without limits must not run."""
    limits = (
        (resource.RLIMIT_AS, memory_max_bytes, memory_max_bytes),
        # One second between the polite signal and the deadly one.
        (resource.RLIMIT_CPU, cpu_max_seconds, cpu_max_seconds + 1),
        (resource.RLIMIT_FSIZE, FILE_MAX_BYTES, FILE_MAX_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES_MAX, OPEN_FILES_MAX),
        (resource.RLIMIT_CORE, 0, 0),
        (resource.RLIMIT_NPROC, 0, 0),
    )
    for which, soft, hard in limits:
        resource.setrlimit(which, (soft, hard))


def die_with_parent(parent_pid: int) -> None:
    """A job whose server was killed must not run on alone."""
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent_pid:
        os._exit(1)


def gain_no_rights() -> bool:
    """No program started from here gains rights by its file's set-user bit. Needed for the filters below."""
    return _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0


def leave_network() -> bool:
    """Moves into an empty network. Without root a user namespace is tried first."""
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
    return _libc.unshare(flags) == 0


def become_nobody() -> bool:
    """Gives up root for good. False when we are not root, or when the container maps no such user."""
    if os.geteuid() != 0:
        return False
    try:
        os.setgroups([])
        os.setresgid(_NOBODY, _NOBODY, _NOBODY)
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    except OSError:
        return False
    _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return True


def forbid_system_calls() -> bool:
    """Sockets, other programs, new processes, signals and changes to the file system answer `not permitted`."""
    program = system_calls.filter_program()
    if program is None:
        return False
    instructions = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(instructions))
    return _libc.prctl(_PR_SET_SECCOMP, 2, ctypes.c_char_p(header), 0, 0) == 0


def close_file_system() -> bool:
    """Landlock: from now on files open for reading below Python's own folders only, and for nothing else."""
    numbers = system_calls.LANDLOCK
    version = _libc.syscall(numbers["create_ruleset"], None, 0, 1)
    if version < 1:
        return False
    handled = (1 << (13 if version < 2 else 14 if version < 3 else 15)) - 1
    attributes = struct.pack("Q", handled)
    ruleset = _libc.syscall(numbers["create_ruleset"], ctypes.c_char_p(attributes), len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for folder in _folders_of_python():
            _allow_reading(ruleset, folder)
        return _libc.syscall(numbers["restrict_self"], ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _folders_of_python() -> list[str]:
    ours = str(Path(__file__).resolve().parents[1])
    folders = {
        *sys.path,
        sys.prefix,
        sys.base_prefix,
        ours,
        "/lib",
        "/lib64",
        "/usr/lib",
        "/usr/local/lib",
        "/usr/share",
    }
    return [folder for folder in sorted(folders) if folder and Path(folder).is_dir()]


def _allow_reading(ruleset: int, folder: str) -> None:
    read_file, read_directory, path_beneath = 1 << 2, 1 << 3, 1
    fd = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", read_file | read_directory, fd)
        _libc.syscall(system_calls.LANDLOCK["add_rule"], ruleset, path_beneath, ctypes.c_char_p(rule), 0)
    finally:
        os.close(fd)
