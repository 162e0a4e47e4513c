"""How many digits of a number are certain."""

from __future__ import annotations

SOLVED = 10
"""Significant digits of what a solver found: those behind hang on the processor."""


def solved(value: float, digits: int = SOLVED) -> float:
    """Round what a solver found to the digits that are the same on every machine.

    Parameters
    ----------
    value : float
        What was found.
    digits : int
        Significant digits that stay.

    Examples
    --------
    >>> solved(1.2345678901234567), solved(2 / 3, digits=3)
    (1.23456789, 0.667)
    """
    return float(f"{value:.{digits}g}")
