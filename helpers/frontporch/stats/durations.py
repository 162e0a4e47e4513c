"""The door of every estimator of durations: events are yes or no, and equal times are equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ..rounding import as_given

SAME = 1.5e-8
"""Times are one where they differ by less than this share of them. It is the square root of the
rounding of floating-point numbers, as in `timefix` of R's package survival."""
ROUNDING = 16 * float(np.finfo(float).eps)
"""What differences of times are rounded by, as a share of the times they are differences of."""


SMALLEST_RANGE, LARGEST_RANGE = 1e-100, 1e100
"""Ranges of a covariate between which its square is a number."""


def same_times(
    *times: NDArray[np.float64], out_of: float = 0.0, share: float = SAME
) -> tuple[NDArray, ...]:
    """Make times equal that differ by rounding only.

    Parameters
    ----------
    *times : numpy.ndarray of float
        Times on one clock; missing ones stay missing.
    out_of : float
        Largest number from which the times were subtracted, if any: they are rounded by it.
    share : float
        Of a time, within which another is the same; 0 leaves rounding alone, for clocks on
        which short stays must keep their length.

    Returns
    -------
    tuple of numpy.ndarray of float
        The same times, each run of times that hardly differ replaced by its first.

    Notes
    -----
    The tolerance has no unit, so seconds and years are treated alike. R's is a share of the
    mean time; a share of each is the same but for a few huge times, which then swallow nothing.
    Source: Therneau (2024), A package for survival analysis in R, on `timefix`.

    Examples
    --------
    >>> same_times(np.array([0.3, 0.4 - 0.1, 0.5]))[0].tolist() == [0.3, 0.3, 0.5]
    True
    """
    whole = np.concatenate([np.ravel(one) for one in times])
    known = np.sort(whole[np.isfinite(whole)])
    if not len(known):
        return times
    least = ROUNDING * max(float(np.median(np.abs(known))), abs(out_of))
    gaps, near = np.diff(known), share * np.abs(known[1:]) + least
    if not ((gaps > 0) & (gaps <= near)).any():
        return times
    first = known[np.append(True, gaps > near)]
    return tuple(
        np.where(
            np.isfinite(one),
            first[np.maximum(np.searchsorted(first, one, side="right") - 1, 0)],
            one,
        )
        for one in times
    )


def yes_or_no(values: ArrayLike, name: str = "arrived") -> NDArray[np.bool_]:
    """Read whether something happened: True or False, 1 or 0, and nothing else.

    Parameters
    ----------
    values : array_like, shape (n,)
        One a row.
    name : str
        What they are called, for messages.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)

    Raises
    ------
    ValueError
        If a value is missing, text, or a code such as 2. The message names the row.

    Examples
    --------
    >>> yes_or_no([1, 0, 1]).tolist()
    [True, False, True]
    >>> yes_or_no([1, 2, 1])
    Traceback (most recent call last):
    ValueError: row 2: arrived is 2, but must be True or False (1 or 0). If 2 means that it \
happened, give the values == 2.
    """
    given = _listed(values)
    if given.dtype == bool:
        return given
    listed = given.ravel().tolist()
    if given.dtype.kind in "iuf":
        wrong = np.flatnonzero(~np.isin(given.ravel(), (0, 1)))
    else:
        wrong = np.array([k for k, one in enumerate(listed) if not _is_yes_or_no(one)], int)
    if len(wrong):
        raise ValueError(_what_is_wrong(listed, int(wrong[0]), name))
    return np.array([bool(one) for one in listed]).reshape(given.shape)


def _is_yes_or_no(value: object) -> bool:
    return isinstance(value, bool | int | float | np.bool_ | np.number) and value in (0, 1)


def _what_is_wrong(listed: list, row: int, name: str) -> str:
    value = listed[row]
    said = f"row {row + 1}: {name} is "
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return (
            f"{said}missing, but "
            "must be True or False. Leave the row out, or say False if it had not "
            "happened when last looked at."
        )
    code = int(value) if isinstance(value, float) and value.is_integer() else value
    return (
        f"{said}{code!r}, but "
        f"must be True or False (1 or 0). If {code!r} means that it happened, give "
        f"the values == {code!r}."
    )


@dataclass(frozen=True, eq=False)
class Durations:
    """Checked durations.

    Parameters
    ----------
    time : numpy.ndarray of float, shape (n,)
        Until it happened, or until the last look.
    seen : numpy.ndarray of bool, shape (n,)
        Whether it happened.
    entry : numpy.ndarray of float or None, shape (n,)
        When each came under observation.
    """

    time: NDArray[np.float64]
    seen: NDArray[np.bool_]
    entry: NDArray[np.float64] | None


def read_durations(
    durations: ArrayLike,
    arrived: ArrayLike,
    entry: ArrayLike | None = None,
    *,
    names: tuple[str, str] = ("duration", "arrived"),
    above_zero: bool = False,
) -> Durations:
    """Check durations, events and entries; times that differ by rounding become one.

    Parameters
    ----------
    durations, arrived, entry : array_like, shape (n,)
        As `kaplan_meier` takes them.
    names : tuple of 2 str
        What durations and events are called, for messages.
    above_zero : bool
        Whether a duration must be above 0; otherwise 0 is one.

    Raises
    ------
    ValueError
        If lengths differ, a duration is negative or missing, an event is not yes or no, or an
        entry is not before its duration.

    Examples
    --------
    >>> read_durations([0.3, 0.4 - 0.1], [1, 0]).time.tolist()
    [0.3, 0.3]
    """
    called, happened = names
    time, seen = as_numbers(durations, called), yes_or_no(arrived, happened)
    begin = None if entry is None else as_numbers(entry, "entry")
    if time.ndim != 1 or any(one is not None and one.shape != time.shape for one in (seen, begin)):
        raise ValueError("durations, arrived and entry must be lists of one length.")
    if not len(time):
        raise ValueError("there is no duration: nothing can be estimated.")
    # What differences are rounded by may lie below 0.
    nearly = np.abs(time) <= ROUNDING * float(np.median(np.abs(time)))
    time = np.where(nearly, np.maximum(time, 0.0), time)
    good = np.isfinite(time) & ((time > 0) if above_zero else (time >= 0))
    if not good.all():
        row = int(np.flatnonzero(~good)[0])
        least = "must be above 0" if above_zero else "must be a number from 0 up"
        raise ValueError(f"row {row + 1}: {called} is {as_given(time[row])}, but {least}.")
    if begin is None:
        return Durations(same_times(time)[0], seen, None)
    if np.isnan(begin).any():
        row = int(np.flatnonzero(np.isnan(begin))[0])
        raise ValueError(f"row {row + 1}: entry is missing: give 0 if it was seen from the start.")
    time, begin = same_times(time, begin)
    if not (begin < time).all():
        row = int(np.flatnonzero(~(begin < time))[0])
        raise ValueError(
            f"row {row + 1}: entry is {as_given(begin[row])}, but must be before its {called} "
            f"{as_given(time[row])}."
        )
    return Durations(time, seen, begin)


def in_a_usable_unit(column: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    """Refuse a covariate whose differences are too small or too large to be reckoned with.

    Raises
    ------
    ValueError
        If its range is not 0 and below 1e-100, or above 1e100.

    Examples
    --------
    >>> in_a_usable_unit(np.array([0.0, 3e-120]), "age")
    Traceback (most recent call last):
    ValueError: age differs by 3e-120 at most, which nothing can be reckoned with. Give it in \
another unit, such as age / 3e-120.
    """
    known = column[np.isfinite(column)]
    width = float(known.max() - known.min()) if len(known) else 0.0
    if width and not SMALLEST_RANGE <= width <= LARGEST_RANGE:
        unit = np.format_float_scientific(width, precision=0, trim="-")
        raise ValueError(
            f"{name} differs by {unit} at most, which nothing can be reckoned with. Give it in "
            f"another unit, such as {name} / {unit}."
        )
    return column


def as_numbers(values: ArrayLike, name: str) -> NDArray[np.float64]:
    """Read a list of numbers; missing values stay missing.

    Raises
    ------
    ValueError
        If one is no number, such as a text or a date. The message names the row.

    Examples
    --------
    >>> as_numbers([1, "two"], "weeks")
    Traceback (most recent call last):
    ValueError: row 2: weeks is 'two', but must be a number.
    """
    given = _listed(values)
    if given.dtype.kind in "biuf":
        return given.astype(float)
    found = np.empty(given.size)
    for row, one in enumerate(given.ravel().tolist()):
        if one is None or one is pd.NA or one is pd.NaT:
            found[row] = np.nan
        elif isinstance(one, bool | int | float | np.number):
            found[row] = float(one)
        else:
            raise ValueError(f"row {row + 1}: {name} is {one!r}, but must be a number.")
    return found.reshape(given.shape)


def _listed(values: ArrayLike) -> NDArray:
    """Give values as an array that does not make numbers beside a text into texts."""
    given = np.asarray(values)
    return np.asarray(values, object) if given.dtype.kind in "US" else given
