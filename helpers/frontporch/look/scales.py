"""Axes in units a reader knows: percent, and time from seconds to years."""

from __future__ import annotations

from typing import Any

from ..rounding import number

_UNITS = (  # name, plural, hours, smallest multiple that is told in this unit
    ("s", "s", 1 / 3_600),
    ("min", "min", 1 / 60),
    ("h", "h", 1.0),
    ("day", "days", 24.0),
    ("week", "weeks", 168.0),
    ("month", "months", 8_766 / 12),
    ("year", "years", 8_766.0),
)
_TICKS = (  # hours; the ones a reader looks for first stand first
    *(hours for *_, hours in (_UNITS[2], _UNITS[3], _UNITS[1], _UNITS[5], _UNITS[4], _UNITS[6])),
    *(_UNITS[0][2], 10 * _UNITS[1][2], 6.0, 10 * _UNITS[0][2], 72.0, 10 * _UNITS[6][2]),
    *(3 * _UNITS[5][2], 30 * _UNITS[1][2], 30 * _UNITS[0][2], 3.0, 12.0),
)
_GAP = 0.14
"""Least distance of two ticks, as a share of the axis: the width of "3 months" on a slide."""


def percent_axis(ax: Any, axis: str = "y", *, whole: float = 1.0) -> Any:
    """Write the ticks of an axis as percent.

    Parameters
    ----------
    ax
        matplotlib axes.
    axis
        "x" or "y".
    whole
        The value that is 100 %: 1 for shares, 100 for values that are percent already.

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        Where ``axis`` is neither "x" nor "y".

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = percent_axis(Figure().subplots())
    >>> ax.yaxis.get_major_formatter()(0.25)
    '25%'
    """
    from matplotlib.ticker import PercentFormatter

    _axis(ax, axis).set_major_formatter(PercentFormatter(xmax=whole))
    return ax


def hours_axis(ax: Any, axis: str = "x") -> Any:
    """Make an axis of hours logarithmic, with ticks such as 1 min, 1 h, 1 day, 1 week, 1 month.

    Values stay hours. A month is a twelfth of a year of 365.25 days. Ticks that would touch their
    neighbours are left out, the least familiar first.

    Parameters
    ----------
    ax
        matplotlib axes; its values are hours above 0.
    axis
        "x" or "y".

    Returns
    -------
    Axes
        The same axes.

    Raises
    ------
    ValueError
        Where ``axis`` is neither "x" nor "y".

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = hours_axis(Figure().subplots())
    >>> _ = ax.set_xlim(0.01, 5_000)
    >>> [ax.xaxis.get_major_formatter()(hours) for hours in ax.xaxis.get_major_locator()()]
    ['1 min', '1 h', '1 day', '1 month']
    """
    from matplotlib.ticker import FuncFormatter, Locator, NullLocator

    class FamiliarTimes(Locator):
        def __call__(self) -> list[float]:
            return self.tick_values(*self.axis.get_view_interval())

        def tick_values(self, vmin: float, vmax: float) -> list[float]:
            return _familiar_times(*sorted((vmin, vmax)))

    chosen = _axis(ax, axis)
    (ax.set_xscale if axis == "x" else ax.set_yscale)("log")
    chosen.set_major_locator(FamiliarTimes())
    chosen.set_minor_locator(NullLocator())
    chosen.set_major_formatter(FuncFormatter(duration))
    return ax


def duration(hours: float, _place: int | None = None) -> str:
    """Hours as a reader says them, to three digits: 0.25 is "15 min", 36 is "1.5 days".

    Parameters
    ----------
    hours
        Time in hours.
    _place
        Not used; matplotlib passes a tick's number.

    Examples
    --------
    >>> [duration(hours) for hours in (0.01, 0.25, 3, 24, 168, 1_000, 8_766)]
    ['36 s', '15 min', '3 h', '1 day', '1 week', '1.37 months', '1 year']
    """
    if hours == 0:
        return "0 h"
    size = abs(hours)
    unit = max(
        (u for u in _UNITS if u[2] <= size * (1 + 1e-9)), key=lambda u: u[2], default=_UNITS[0]
    )
    one, many, in_hours = unit
    count = size / in_hours
    said = number(count)
    return f"{'-' if hours < 0 else ''}{said} {one if said == '1' else many}"


def _familiar_times(low: float, high: float) -> list[float]:
    from math import log10

    if not 0 < low < high:
        return []
    span = log10(high / low)
    kept: list[float] = []
    for hours in _TICKS:
        inside = low * (1 - 1e-9) <= hours <= high * (1 + 1e-9)
        if inside and all(abs(log10(hours / other)) >= _GAP * span for other in kept):
            kept.append(hours)
    return sorted(kept)


def _axis(ax: Any, axis: str) -> Any:
    if axis not in ("x", "y"):
        raise ValueError(f'axis is {axis!r}; expected "x" or "y"')
    return ax.xaxis if axis == "x" else ax.yaxis
