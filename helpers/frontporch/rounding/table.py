"""A table for reading: every number to the digits that its error supports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from .margins import same
from .numbers import decimal, number, to_error

if TYPE_CHECKING:
    import pandas as pd

_ERRORS, _LOWER, _UPPER = ("standard_error", "se"), "lower", "upper"


def table(frame: pd.DataFrame) -> pd.DataFrame:
    """Write the numbers of a table as a reader needs them; the table given stays as it is.

    In each row a value, its standard error and its interval have the same last digit: the second
    of the standard error, or of half the interval where no error stands there. Other numbers have
    three digits, and whole ones all of theirs.

    Parameters
    ----------
    frame : pandas.DataFrame
        Errors stand in `standard_error`, or `ceiling_se` for a column `ceiling`; intervals in
        `lower` and `upper`, or `ceiling_lower` and `ceiling_upper`. Those without a prefix belong
        to the column of numbers before them.

    Returns
    -------
    pandas.DataFrame
        With texts in place of numbers that are not counts; "–" where a number is missing. A
        notebook shows it without row numbers, with headings in words, and yes for True.

    Examples
    --------
    >>> import pandas as pd
    >>> fitted = pd.DataFrame({
    ...     "parameter": ["q", "ceiling"], "estimate": [0.402391, 7_919_209.936],
    ...     "standard_error": [0.012345, 138_315.676], "lower": [0.3766, 7_622_582.458],
    ...     "upper": [0.4301, 8_220_886.622],
    ... })
    >>> print(table(fitted).to_string(index=False))
    parameter  estimate standard_error     lower     upper
            q     0.402          0.012     0.377     0.430
      ceiling 7,920,000        140,000 7,620,000 8,220,000
    """
    from .shown_table import ShownTable

    shown = frame.astype({name: object for name in frame if _is_float(frame[name])})
    left = {name for name in frame if _is_float(frame[name])}
    for columns, errors in _groups(frame):
        for name in columns:
            values = frame[name].to_numpy(float)
            shown[name] = [_said(to_error(v, e), v) for v, e in zip(values, errors, strict=True)]
        left -= set(columns)
    for name in left:
        shown[name] = _alone(frame[name].to_numpy(float))
    return ShownTable(shown)


def _groups(frame: pd.DataFrame) -> Iterator[tuple[list[str], np.ndarray]]:
    """Give each value with its error and interval, and the error in each row."""
    names = [name for name in frame if isinstance(name, str) and _is_float(frame[name])]
    ends = (*_ERRORS, _LOWER, _UPPER)
    for prefix in dict.fromkeys(_prefix(name, ends) for name in names):
        if prefix is None:
            continue
        parts = {end: prefix + end for end in ends if prefix + end in names}
        value = prefix.removesuffix("_") if prefix else _before(names, list(parts.values()))
        error = np.full(len(frame), np.nan)
        if _LOWER in parts and _UPPER in parts:
            error = (frame[parts[_UPPER]] - frame[parts[_LOWER]]).to_numpy(float) / 2
        for end in _ERRORS:
            if end in parts:
                own = frame[parts[end]].to_numpy(float)
                error = np.where(np.isfinite(own) & (own > 0), own, error)
        yield [name for name in (value, *parts.values()) if name in names], error


def _prefix(name: str, ends: tuple[str, ...]) -> str | None:
    return next(
        (name.removesuffix(end) for end in ends if name == end or name.endswith("_" + end)), None
    )


def _before(names: list[str], parts: list[str]) -> str | None:
    first = min(names.index(part) for part in parts)
    return names[first - 1] if first else None


def _alone(values: np.ndarray) -> list[str]:
    """Write numbers that have no error beside them."""
    scale = np.abs(values[np.isfinite(values)]).max(initial=0.0)
    whole = same(values, np.rint(values))
    return [
        _said(decimal(v) if counted else number(v, scale=scale), v)
        for v, counted in zip(values, whole, strict=True)
    ]


def _said(text: str, value: float) -> str:
    if np.isfinite(value):
        return text
    return "–" if np.isnan(value) else "∞" if value > 0 else "-∞"


def _is_float(column: pd.Series) -> bool:
    return getattr(column.dtype, "kind", "") == "f"
