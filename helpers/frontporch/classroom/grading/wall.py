"""The wall around a handed-in notebook, built by the process that goes behind it.

Two parts of Linux, both open to everybody without root: Landlock says which files there are,
seccomp says which calls to the system. Only the standard library, so that nothing that could be
tricked is imported before the wall stands.
"""

from __future__ import annotations

import ctypes
import os
import platform
import stat
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

# linux/landlock.h: rights over files, and those that only make sense for a folder.
_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _DEVICE = 1 << 14, 1 << 15
_ALL = (1 << 15) - 1
_OF_A_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_LANDLOCK = 444  # create_ruleset, add_rule, restrict_self; the same on every machine
_OLDEST = 3  # the first Landlock that also holds `truncate`: Linux 6.2

_NO_NEW_PRIVILEGES, _KILL, _ALLOW = 38, 0x80000000, 0x7FFF0000
_SHRUGGED, _REFUSED, _UNKNOWN = 0x00050000, 0x00050000 | 1, 0x00050000 | 38  # 0, EPERM, ENOSYS
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_SIZE = {"x86_64": 0, "aarch64": 1}
_MACHINE = (0xC000003E, 0xC00000B7)  # linux/audit.h
_SECCOMP, _CAPSET = (317, 277), (126, 91)

# What no lesson needs, by its numbers on x86_64 and aarch64 (None: not there).
REFUSED: dict[str, tuple[int | None, int | None]] = {
    # the network, and sockets of other programs on this computer
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "io_uring_setup": (425, 425),
    # other processes
    "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_send_signal": (424, 424), "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438), "ptrace": (101, 117), "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271), "process_madvise": (440, 440), "kcmp": (312, 272),
    "process_mrelease": (448, 448), "setpriority": (141, 140), "ioprio_set": (251, 30),
    "migrate_pages": (256, 238), "move_pages": (279, 239),
    # new processes: whatever is started can then be ended, and nothing multiplies
    "fork": (57, None), "vfork": (58, None), "setsid": (112, 157), "setpgid": (109, 154),
    # what Landlock does not hold: rights and dates of files of the same person
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "removexattrat": (466, 466), "file_setattr": (469, 469), "utime": (132, None),
    "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    # memory that is shared with other programs or not counted
    "shmget": (29, 194), "shmat": (30, 196), "msgget": (68, 186), "semget": (64, 190),
    "mq_open": (240, 180), "memfd_create": (319, 279), "memfd_secret": (447, 447),
    # keys, and the system itself
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "unshare": (272, 97),
    "setns": (308, 268), "mount": (165, 40), "syslog": (103, 116),
}  # fmt: skip

# Calls that stay open for one use: which argument, which of its bits, what these must be.
OWN_PROCESS, THREAD, STREAM = -1, 0x10000, 1
# Answered with "done" and not done: ZeroMQ asks for it and ends the process on a refusal.
SHRUGGED = ("sched_setscheduler", "sched_setparam", "sched_setaffinity")
ONLY: dict[str, tuple[tuple[int, int], int, int, int]] = {
    "clone": ((56, 220), 0, THREAD, THREAD),  # threads, no processes
    "tgkill": ((234, 131), 0, 0xFFFFFFFF, OWN_PROCESS),
    "prlimit64": ((302, 261), 0, 0xFFFFFFFF, 0),  # 0 means oneself
    "sched_setparam": ((142, 118), 0, 0xFFFFFFFF, 0),
    "sched_setscheduler": ((144, 119), 0, 0xFFFFFFFF, 0),
    "sched_setaffinity": ((203, 122), 0, 0xFFFFFFFF, 0),
    "sched_setattr": ((314, 274), 0, 0xFFFFFFFF, 0),
    "socketpair": ((53, 199), 1, 0xF, STREAM),  # a pair that can reach nobody else
}


class WallError(OSError):
    """The system refused a part of the wall."""


def missing() -> str:
    """Say what this system lacks for a wall; empty where it lacks nothing.

    Examples
    --------
    >>> isinstance(missing(), str)
    True
    """
    if sys.platform != "linux":
        return "there is a wall for Linux only"
    if platform.machine() not in _SIZE or sys.maxsize < 2**32:
        return f"there is no wall for a {platform.machine()} processor yet"
    version = _libc().syscall(_LANDLOCK, None, 0, 1)
    if version < _OLDEST:
        return "this Linux has no Landlock, or one older than Linux 6.2"
    return ""


def hold_files(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Take every file away from this process and its children, except for these.

    Must run before there is a second thread: it holds the calling thread and what it starts.

    Parameters
    ----------
    readable : iterable of pathlib.Path
        Files and folders, with all below them, to be read and run; those that are missing are
        left out.
    writable : iterable of pathlib.Path
        Files and folders, with all below them, for every use.

    Raises
    ------
    WallError
        If the system refuses.
    """
    _promise()
    handled = _ALL
    if _libc().syscall(_LANDLOCK, None, 0, 1) >= 5:
        handled |= _DEVICE
    asked = ctypes.create_string_buffer(struct.pack("Q", handled), 8)
    rules = _called(_LANDLOCK, asked, ctypes.c_size_t(8), 0)
    for paths, rights in ((readable, _READ | _LIST | _EXECUTE), (writable, handled & ~_DEVICE)):
        for path in paths:
            try:
                beneath = os.open(path, os.O_PATH | os.O_CLOEXEC)
            except FileNotFoundError:
                continue
            folder = stat.S_ISDIR(os.fstat(beneath).st_mode)
            allowed = rights if folder else rights & _OF_A_FILE
            rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, beneath), 12)
            _called(_LANDLOCK + 1, rules, 1, rule, 0)
            os.close(beneath)
    _called(_LANDLOCK + 2, rules, 0)
    os.close(rules)


def drop_powers() -> None:
    """Give up what the administrator may do and others may not; before a second thread."""
    here = _SIZE[platform.machine()]
    head = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0), 8)
    _called(_CAPSET[here], head, ctypes.create_string_buffer(24))


def hold_calls() -> None:
    """Refuse, in all threads of this process, each call in `REFUSED` and other uses of `ONLY`.

    Raises
    ------
    WallError
        If the system refuses.
    """
    _promise()
    here = _SIZE[platform.machine()]
    steps = _program(here)
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *one) for one in steps))
    told = ctypes.create_string_buffer(
        struct.pack("@HP", len(steps), ctypes.addressof(program)), struct.calcsize("@HP")
    )
    if _called(_SECCOMP[here], 1, 1, told):
        raise WallError("a thread could not be held")


def _program(here: int) -> list[tuple[int, int, int, int]]:
    """The filter: a load, a comparison and a verdict for each call."""
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _MACHINE[here]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, 0, 1, 0x40000000),  # a second set of numbers for the same calls
        (_RETURN, 0, 0, _UNKNOWN),
        (_EQUAL, 0, 1, 435),  # clone3 hides its flags; the library then takes clone
        (_RETURN, 0, 0, _UNKNOWN),
    ]
    for numbers in REFUSED.values():
        if numbers[here] is not None:
            steps += [(_EQUAL, 0, 1, numbers[here]), (_RETURN, 0, 0, _REFUSED)]
    for name, (numbers, argument, bits, value) in ONLY.items():
        wanted = os.getpid() if value == OWN_PROCESS else value
        steps += [
            (_EQUAL, 0, 5, numbers[here]),
            (_LOAD, 0, 0, 16 + 8 * argument),
            (_AND, 0, 0, bits),
            (_EQUAL, 0, 1, wanted),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _SHRUGGED if name in SHRUGGED else _REFUSED),
        ]
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _promise() -> None:
    """Never gain rights again by starting a program: both parts ask for it."""
    if _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        raise WallError(ctypes.get_errno(), "the system refused to give up new privileges")


def _called(*given: object) -> int:
    answer = _libc().syscall(*given)
    if answer < 0:
        number = ctypes.get_errno()
        raise WallError(number, f"the system refused a part of the wall: {os.strerror(number)}")
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
