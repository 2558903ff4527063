"""The filter that takes dangerous system calls away from a parser (seccomp, as classic BPF).

A list of what is forbidden, not of what is allowed: libraries change what they need, and a parser that is
stopped by mistake loses somebody's document. The calls below are the ways out of the process.
"""

import platform
import struct

_X86, _ARM = "x86_64", "aarch64"
_AUDIT_ARCH = {_X86: 0xC000003E, _ARM: 0xC00000B7}

# name: (number on x86_64, number on aarch64); None where the machine has no such call.
_FORBIDDEN = {
    "socket": (41, 198), "connect": (42, 203), "accept": (43, 202), "sendto": (44, 206), "sendmsg": (46, 211),
    "bind": (49, 200), "listen": (50, 201), "socketpair": (53, 199), "accept4": (288, 242), "sendmmsg": (307, 269),
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143), "setgroups": (116, 159),
    "setresuid": (117, 147), "setresgid": (119, 149), "capset": (126, 91), "setrlimit": (160, 164),
    "chroot": (161, 51), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "unshare": (272, 97),
    "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "rename": (82, None), "mkdir": (83, None), "rmdir": (84, None), "creat": (85, None), "link": (86, None),
    "unlink": (87, None), "symlink": (88, None), "chmod": (90, None), "chown": (92, None), "lchown": (94, None),
    "mknod": (133, None), "mkdirat": (258, 34), "mknodat": (259, 33), "fchownat": (260, 54), "unlinkat": (263, 35),
    "renameat": (264, 38), "linkat": (265, 37), "symlinkat": (266, 36), "fchmodat": (268, 53), "renameat2": (316, 276),
    "truncate": (76, 45), "init_module": (175, 105), "finit_module": (313, 273), "kexec_load": (246, 104),
    "reboot": (169, 142), "swapon": (167, 224), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "open_by_handle_at": (304, 265),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "memfd_create": (319, 279), "personality": (135, 92), "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186),
}  # fmt: skip
# glibc falls back to clone when clone3 does not exist; clone3 hides its flags from the filter.
_CLONE3 = (435, 435)
_CLONE = (56, 220)
_CLONE_THREAD = 0x00010000

# The same numbers on every machine.
LANDLOCK = {"create_ruleset": 444, "add_rule": 445, "restrict_self": 446}

_EPERM, _ENOSYS = 1, 38
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_X32_BIT = 0x40000000


def filter_program(machine: str | None = None) -> bytes | None:
    """The program for this machine, 8 bytes an instruction; None for a machine it does not know."""
    machine = machine or platform.machine()
    if machine not in _AUDIT_ARCH:
        return None
    column = (_X86, _ARM).index(machine)
    program = [
        _step(_LOAD, _ARCH_AT),
        _step(_JUMP_EQUAL, _AUDIT_ARCH[machine], yes=1),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER_AT),
        # The same calls under other numbers (x32) would walk past the list.
        _step(_JUMP_AT_LEAST, _X32_BIT, no=1),
        _step(_RETURN, _ERRNO | _EPERM),
    ]
    for numbers in _FORBIDDEN.values():
        if numbers[column] is not None:
            program += _refuse(numbers[column], _EPERM)
    program += _refuse(_CLONE3[column], _ENOSYS)
    program += [
        _step(_JUMP_EQUAL, _CLONE[column], no=3),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_JUMP_ANY_BIT, _CLONE_THREAD, yes=1),
        _step(_RETURN, _ERRNO | _EPERM),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(program)


def _refuse(number: int, error: int) -> list[bytes]:
    return [_step(_JUMP_EQUAL, number, no=1), _step(_RETURN, _ERRNO | error)]


def _step(code: int, value: int, *, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)
