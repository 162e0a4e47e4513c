"""Values as an axis would say them: percent, durations, dates, categories or plain numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import floor, isfinite, log10
from typing import Any

from .scales import duration


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
    if isinstance(shown, PercentFormatter):
        return lambda value: number(100 * value / shown.xmax) + "%"
    if isinstance(shown, FuncFormatter) and shown.func is duration:
        return duration
    if isinstance(shown, AutoDateFormatter | ConciseDateFormatter | DateFormatter):
        return lambda value: num2date(value).strftime("%Y-%m-%d")
    if isinstance(shown, StrCategoryFormatter):
        return lambda value: plain(shown(round(value))) or number(value)
    unit = "%" if "%" in axis.get_label_text() else ""
    # Ticks that were set together with their texts carry them in a function.
    with_texts = isinstance(axis.get_major_locator(), FixedLocator)
    if isinstance(shown, FixedFormatter) or (with_texts and isinstance(shown, FuncFormatter)):
        places = axis.get_ticklocs()
        ticks = dict(zip(places, map(plain, shown.format_ticks(places)), strict=True))
        return lambda value: ticks.get(_nearest(ticks, value)) or number(value) + unit
    return lambda value: number(value) + unit


def number(value: float) -> str:
    """Round a number to three significant digits, with commas between thousands.

    Examples
    --------
    >>> [number(value) for value in (0, 12_345, 0.12345, -2.0, 1_234_567, 0.000012345)]
    ['0', '12,300', '0.123', '-2', '1,230,000', '0.0000123']
    """
    value = float(value)
    if not isfinite(value):
        return "no value"
    if value == 0:
        return "0"
    digits = 2 - floor(log10(abs(value)))
    text = f"{round(value, digits):,.{max(digits, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


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
