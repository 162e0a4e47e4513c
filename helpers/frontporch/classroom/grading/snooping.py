"""What a notebook could try against others; tried behind the wall before any grading.

`leaks` sets up what must not be reached, runs `reached` as a notebook, and looks at both ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ...groups import needs

SECRET = "FRONTPORCH_GRADER_SECRET"
_CELL = """import json
from frontporch.classroom.checking import checks
from frontporch.classroom.grading import snooping
found = snooping.reached(json.loads({told!r}))
checks.handed_in = lambda: {{"team": None, "answers": dict.fromkeys(found, 1)}}"""


def leaks(files: Sequence[Path], *, walled: bool = True) -> list[str]:
    """Try everything a notebook could try, and list what it reached; empty behind a whole wall.

    Parameters
    ----------
    files : sequence of pathlib.Path
        Files that no notebook may read: other hand-ins, the instructor's.
    walled : bool
        Whether to try from behind the wall.

    Returns
    -------
    list of str
        What was reached, each as the end of "a notebook could …"; one that the try itself
        could not be made counts as well.
    """
    with needs("Grading"):
        from nbformat import v4

    from . import isolation

    secret = secrets.token_hex(8)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="porch-room-")))
        decoy = folder / "neighbour.ipynb"
        decoy.write_text(secret, encoding="utf-8")
        before = decoy.stat()
        victim = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-c", "import sys; sys.stdin.read()"],
                stdin=subprocess.PIPE,
                env=os.environ | {SECRET: secret},
            )
        )
        stack.callback(victim.kill)
        doors = {name: stack.enter_context(one) for name, one in _doors(folder).items()}
        told = {
            "files": [str(path.resolve()) for path in files],
            "decoy": str(decoy),
            "victim": victim.pid,
            "tcp": doors["tcp"].getsockname()[1],
            "udp": doors["udp"].getsockname()[1],
            "unix": str(folder / "door"),
            "secret": secret,
        }
        cell = v4.new_code_cell(_CELL.format(told=json.dumps(told)))
        book = json.dumps(v4.new_notebook(cells=[cell]))
        os.environ[SECRET] = secret
        stack.callback(os.environ.pop, SECRET, None)
        outcome = isolation.run(book.encode(), walled=walled)
        found = list(outcome.answers)
        if outcome.problems or not outcome.graded:
            found.append(f"not be tried ({' '.join(outcome.problems) or 'no kernel started'})")
        after = decoy.stat() if decoy.exists() else None
        if after is None or (after.st_size, after.st_mode) != (before.st_size, before.st_mode):
            found.append("change another's file")
        if victim.poll() is not None:
            found.append("end another process")
        found += [f"reach a program by {name}" for name, door in doors.items() if _knocked(door)]
    return sorted(set(found))


def reached(told: dict[str, Any]) -> list[str]:
    """Try everything, inside the notebook; `told` names what must not be reached."""
    tries: dict[str, Callable[[], Any]] = {
        "read its neighbours' files": lambda: Path(told["decoy"]).read_bytes(),
        "read handed-in or the instructor's files": lambda: _any(told["files"], _read),
        "list its neighbours": lambda: list(Path(told["decoy"]).parent.iterdir()),
        "list the folder above its own": lambda: list(Path("..").iterdir()),
        "list the instructor's folders": lambda: _any(
            {str(Path(one).parent) for one in told["files"]},
            lambda one: list(Path(one).iterdir()),
        ),
        "change another's file": lambda: _change(Path(told["decoy"])),
        "move another's file": lambda: _move(Path(told["decoy"])),
        "read through a link": lambda: _link(Path(told["decoy"])),
        "see the grader's variables": lambda: _secret(told["secret"], dict(os.environ)),
        "see the variables of other processes": lambda: _variables(told["victim"]),
        "list other processes": lambda: next(Path("/proc").glob("[0-9]*")),
        "signal another process": lambda: os.kill(told["victim"], 0),
        "stop another process by its limits": lambda: _limits(told["victim"]),
        "look into another process": lambda: _attach(told["victim"]),
        "start processes": lambda: subprocess.run([sys.executable, "-V"], check=True),
        "reach a program by tcp": lambda: _knock(socket.AF_INET, ("127.0.0.1", told["tcp"])),
        "reach a program by udp": lambda: _send(("127.0.0.1", told["udp"])),
        "reach a program by unix": lambda: _knock(socket.AF_UNIX, told["unix"]),
        "go round the wall by a thread that was there before": lambda: _elsewhere(
            lambda: Path(told["decoy"]).read_bytes()
        ),
    }
    found = []
    for what, attempt in tries.items():
        try:
            attempt()
        except Exception:  # refused, in whatever way the system refuses
            continue
        found.append(what)
    return found


def _read(path: str) -> bytes:
    return Path(path).read_bytes()


def _any(paths: Any, attempt: Callable[[str], Any]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            attempt(path)
            return
    raise PermissionError


def _change(path: Path) -> None:
    for attempt in (
        lambda: path.chmod(0o777),
        lambda: os.truncate(path, 0),
        lambda: path.open("a").write("."),
        lambda: os.utime(path, (0, 0)),
    ):
        with contextlib.suppress(OSError):
            attempt()
            return
    raise PermissionError


def _move(path: Path) -> None:
    path.rename(path.with_name("moved"))


def _link(path: Path) -> bytes:
    own = Path("link")
    with contextlib.suppress(OSError):
        os.link(path, "hard")
        return Path("hard").read_bytes()
    own.symlink_to(path)
    return own.read_bytes()


def _secret(secret: str, where: dict[str, str]) -> None:
    if secret not in where.values():
        raise PermissionError


def _variables(victim: int) -> None:
    for number in (victim, os.getppid()):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{number}/environ").read_bytes():
                return
    with needs("Grading"):
        import psutil

    psutil.Process(victim).environ()


def _limits(victim: int) -> None:
    import resource

    resource.prlimit(victim, resource.RLIMIT_CORE)


def _attach(victim: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    attach, detach = 16, 17
    if libc.ptrace(attach, victim, 0, 0) < 0:
        raise PermissionError
    os.waitpid(victim, 0x40000000)
    libc.ptrace(detach, victim, 0, 0)


def _knock(family: int, address: Any) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as one:
        one.settimeout(2)
        one.connect(address)


def _send(address: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"knock", address)


def _elsewhere(attempt: Callable[[], Any]) -> None:
    with needs("Grading"):
        from IPython import get_ipython

    done, found = threading.Event(), []

    def work() -> None:
        with contextlib.suppress(OSError):
            attempt()
            found.append(True)
        done.set()

    get_ipython().kernel.iopub_thread.schedule(work)
    if not done.wait(5) or not found:
        raise PermissionError


def _doors(folder: Path) -> dict[str, socket.socket]:
    """Listening sockets, one of each kind that this system has."""
    made = {
        "tcp": socket.create_server(("127.0.0.1", 0)),
        "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    }
    made["udp"].bind(("127.0.0.1", 0))
    if hasattr(socket, "AF_UNIX"):
        made["unix"] = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        made["unix"].bind(str(folder / "door"))
        made["unix"].listen()
    for one in made.values():
        one.setblocking(False)
    return made


def _knocked(door: socket.socket) -> bool:
    try:
        if door.type & socket.SOCK_STREAM:
            door.accept()[0].close()
        else:
            door.recv(16)
    except BlockingIOError:
        return False
    return True
