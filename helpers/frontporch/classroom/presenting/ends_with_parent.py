"""Run a module as ``python -m`` does, and end it as soon as the program that began it has ended.

    python ends_with_parent.py jupyterlab --no-browser

The program that begins it passes a pipe as standard input and keeps the other end open. When
that program ends, even by force, the system closes the pipe, and a thread here sees it. So no
server and no kernel goes on alone; Windows and the other systems are treated alike.

Standard library only, and called as a file: the rest of the package takes seconds to import.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import runpy
import signal
import stat
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent  # Python puts it on the path, but its files are no modules
GRACE = 10.0
"""Seconds that a server has for ending its kernels, before it is ended by force."""


def command(module: str, *words: str) -> list[str]:
    """Give the command that runs a module of this Python in this way.

    Its standard input must be a pipe that the caller keeps open (``stdin=subprocess.PIPE``).

    Parameters
    ----------
    module : str
        What would follow ``python -m``.
    *words : str
        What the module is told.

    Examples
    --------
    >>> command("jupyterlab", "--no-browser")[2:]
    ['jupyterlab', '--no-browser']
    """
    return [sys.executable, __file__, module, *words]


def end_with_parent() -> None:
    """Watch standard input from now on, and end this process where it is closed.

    Nothing is watched where standard input is no pipe, as in a terminal. A terminal that is
    closed ends the process in the same orderly way.
    """
    atexit.register(_end_children)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: _stop())
    if not stat.S_ISFIFO(os.fstat(0).st_mode):
        return
    watched = os.dup(0)  # a copy that kernels do not inherit; they get an empty input
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_watch, args=(watched,), daemon=True).start()


def _watch(pipe: int) -> None:
    """Wait for the end of the pipe, then end this process: first in order, at last by force."""
    with contextlib.suppress(OSError):
        while os.read(pipe, 1024):
            pass
    _stop()
    time.sleep(GRACE)
    _end_children()
    os._exit(1)


def _end_children() -> None:
    """End by force what this process began and did not end itself.

    A server may end while one of its kernels is still starting. Such a kernel looks for a parent
    that has gone, and finds that it never had one.
    """
    try:
        import psutil
    except ImportError:  # it comes with the kernels
        return
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()


def _stop() -> None:
    """Send this process the signal upon which a server ends its kernels."""
    if os.name == "nt":
        signal.raise_signal(signal.SIGTERM)  # os.kill would end it by force there
    else:
        os.kill(os.getpid(), signal.SIGTERM)


def main(argv: Sequence[str]) -> None:
    """Run the module that the words name, watched.

    Parameters
    ----------
    argv : sequence of str
        Name of the module, then what it is told.
    """
    sys.path = [place for place in sys.path if Path(place).resolve() != HERE]
    end_with_parent()
    sys.argv = list(argv)
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
