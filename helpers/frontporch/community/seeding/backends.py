"""Whether compiled kernels are used: where they are installed and the work is worth their start."""

from __future__ import annotations

from importlib.util import find_spec

from ...names import nearest

BACKENDS = ("auto", "numpy", "numba")
LARGE = 20_000_000
"""Coins from which the compiled kernels are worth their start."""


def compiled_wanted(backend: str, work: float) -> bool:
    """Say whether to use the compiled kernels, which give the same bits as numpy.

    Parameters
    ----------
    backend : {"auto", "numpy", "numba"}
        "auto" takes them for large work where numba is installed.
    work : float
        How many coins are to be tossed, about.

    Raises
    ------
    ValueError
        If there is no such backend.
    ImportError
        If numba is asked for and not installed.

    Examples
    --------
    >>> compiled_wanted("numpy", 1e12)
    False
    """
    if backend not in BACKENDS:
        raise ValueError(f"backend is {backend!r}. {nearest(backend, BACKENDS)}")
    there = find_spec("numba") is not None
    if backend == "numba" and not there:
        raise ImportError(
            "backend 'numba' needs numba, which is not installed: pip install 'frontporch[fast]', "
            "or leave backend out."
        )
    return backend == "numba" or (backend == "auto" and there and work >= LARGE)
