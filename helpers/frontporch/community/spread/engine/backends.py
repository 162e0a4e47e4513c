"""Whether compiled kernels are used: where they are installed and the work is worth their start."""

from __future__ import annotations

import operator

from ....groups import is_there, missing
from ....names import nearest

BACKENDS = ("auto", "numpy", "numba")
LARGE = 20_000_000
"""Coins, or arcs times runs, from which the compiled kernels are worth their start."""


def check_backend(backend: str, threads: int = 1) -> None:
    """Say so if there is no such backend, or no such number of threads."""
    if backend not in BACKENDS:
        raise ValueError(f"backend is {backend!r}. {nearest(backend, BACKENDS)}")
    if operator.index(threads) < 1:
        raise ValueError(f"threads is {threads!r}, but must be a whole number from 1 up.")


def compiled_wanted(backend: str, work: float) -> bool:
    """Say whether to use the compiled kernels, which give the same bits as numpy.

    Parameters
    ----------
    backend : {"auto", "numpy", "numba"}
        "auto" takes them for large work where numba is installed.
    work : float
        How many coins are to be tossed, about; or arcs times runs.

    Raises
    ------
    ValueError
        If there is no such backend.
    MissingPackage
        If numba is asked for and not installed.

    Examples
    --------
    >>> compiled_wanted("numpy", 1e12)
    False
    """
    check_backend(backend)
    there = is_there("numba")
    if backend == "numba" and not there:
        raise missing("Backend 'numba'", "numba", instead="leave backend out")
    return backend == "numba" or (backend == "auto" and there and work >= LARGE)
