"""A Python kernel that goes behind the wall once its own sockets are open."""

from __future__ import annotations

import sys

from ...groups import needs


def main(arguments: list[str], *, walled: bool) -> None:
    """Start a kernel; behind the wall it can open no further socket and start no process.

    Parameters
    ----------
    arguments : list of str
        As ipykernel takes them.
    walled : bool
        Whether to refuse the calls of `wall.REFUSED`.
    """
    with needs("Grading"):
        from ipykernel.kernelapp import IPKernelApp

    kernel = IPKernelApp.instance()
    kernel.initialize(arguments)
    if walled:
        from . import wall

        wall.hold_calls()
    kernel.start()


if __name__ == "__main__":
    main(sys.argv[2:], walled=sys.argv[1] == "walled")
