"""Stays in stages, and who is at risk and who moves at each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..counting import bincount
from .durations import same_times


@dataclass(frozen=True, eq=False)
class Stays:
    """Stays in stages, as arrays of one length, one place a stay.

    Parameters
    ----------
    stage, following : numpy.ndarray of int, shape (n,)
        Number of the stage and of the next one; -1 where the stay was censored.
    entered, left : numpy.ndarray of float, shape (n,)
        Time since the start.
    stages : tuple of str
        Names of the stages.
    """

    stage: NDArray[np.int64]
    following: NDArray[np.int64]
    entered: NDArray[np.float64]
    left: NDArray[np.float64]
    stages: tuple[str, ...]


class Moves(NamedTuple):
    """Who was at risk and who moved, at each time at which somebody moved.

    Parameters
    ----------
    times : numpy.ndarray of float, shape (n,)
        Times at which somebody moved, rising.
    at_risk : numpy.ndarray of float, shape (n, stages)
        How many were in each stage just before.
    jumps : numpy.ndarray of float, shape (n, stages, stages)
        How many moved from each stage into each.
    """

    times: NDArray[np.float64]
    at_risk: NDArray[np.float64]
    jumps: NDArray[np.float64]


def one_clock(entered: NDArray, left: NDArray) -> tuple[NDArray, ...]:
    """Make moments on the clock since the start equal where they differ by rounding only."""
    begin, end = same_times(entered, left)
    if (begin == end)[entered < left].any():
        # Some stays are as short as that: only what floating-point numbers round is one.
        return same_times(entered, left, out_of=float(np.abs(left).max(initial=0.0)), share=0.0)
    return begin, end


def counts(stays: Stays) -> Moves:
    """Count who is at risk and who moves at each time at which someone moves."""
    stages = len(stays.stages)
    moved = stays.following >= 0
    times, when = np.unique(stays.left[moved], return_inverse=True)
    flat = (when * stages + stays.stage[moved]) * stages + stays.following[moved]
    jumps = bincount(flat, minlength=len(times) * stages * stages).astype(float)
    # In the stage just before t: entered before t, and not yet left.
    come = np.searchsorted(times, stays.entered, side="right") * stages + stays.stage
    gone = np.searchsorted(times, stays.left, side="right") * stages + stays.stage
    places = (len(times) + 1) * stages
    change = bincount(come, minlength=places) - bincount(gone, minlength=places)
    at_risk = np.cumsum(change.reshape(-1, stages), axis=0)[:-1].astype(float)
    return Moves(times, at_risk, jumps.reshape(len(times), stages, stages))
