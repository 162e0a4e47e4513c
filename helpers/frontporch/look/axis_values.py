"""Values as an axis would say them: percent, durations, dates, categories or plain numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..rounding import number
from .scales import duration

_TENTH_OF_A_SECOND = 1e-6


def value_teller(axis: Any) -> Callable[[float], str]:
    """Return the function that turns a value on this axis into words.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.bar(["online", "offline"], [3, 4])
    >>> value_teller(ax.xaxis)(1), value_teller(ax.yaxis)(4)
    ('offline', '4')
    """
    from matplotlib.category import StrCategoryFormatter
    from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateFormatter, num2date
    from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, PercentFormatter

    shown = axis.get_major_formatter()
    most = longest(axis)
    if isinstance(shown, PercentFormatter):
        to_percent = 100 / shown.xmax
        return lambda value: number(to_percent * value, scale=to_percent * most) + "%"
    if isinstance(shown, FuncFormatter) and shown.func is duration:
        return duration
    if isinstance(shown, AutoDateFormatter | ConciseDateFormatter | DateFormatter):
        # A day that arithmetic left a moment short is that day, not the one before.
        return lambda value: num2date(value + _TENTH_OF_A_SECOND).strftime("%Y-%m-%d")
    if isinstance(shown, StrCategoryFormatter):
        return lambda value: plain(shown(round(value))) or number(value)
    unit = "%" if "%" in axis.get_label_text() else ""

    def with_unit(value: float) -> str:
        return number(value, scale=most) + unit

    # Ticks that were set together with their texts carry them in a function.
    with_texts = isinstance(axis.get_major_locator(), FixedLocator)
    if isinstance(shown, FixedFormatter) or (with_texts and isinstance(shown, FuncFormatter)):
        places = axis.get_ticklocs()
        ticks = dict(zip(places, map(plain, shown.format_ticks(places)), strict=True))
        return lambda value: ticks.get(_nearest(ticks, value)) or with_unit(value)
    return with_unit


def longest(axis: Any) -> float:
    """Return the largest size on an axis, beside which a rounding is 0; none on a logarithmic one.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.set_ylim(-80, 50)
    >>> float(longest(ax.yaxis))
    80.0
    """
    return max(map(abs, axis.get_view_interval())) if axis.get_scale() == "linear" else 0.0


def plain(text: str) -> str:
    r"""Text without line breaks and without the marks of mathematical typesetting.

    Examples
    --------
    >>> plain("growth\n" + r"q in $\mathdefault{10^{-2}}$ per week")
    'growth q in 10^-2 per week'
    """
    text = re.sub(r"(?<!\\)\$(.+?)(?<!\\)\$", lambda found: _without_marks(found[1]), str(text))
    return " ".join(text.replace(r"\$", "$").split())


def _without_marks(formula: str) -> str:
    return re.sub(r"\\[a-zA-Z]+\s*|[{}]", "", formula)


def _nearest(ticks: dict[float, str], value: float) -> float | None:
    """Return the tick under a bar's middle, which may be off by a rounding."""
    return next((tick for tick in ticks if abs(tick - value) < 1e-6), None)
