"""The picture of the course so far: each prediction, and where the truth lay."""

from __future__ import annotations

import math
import textwrap
from typing import TYPE_CHECKING, Any

from ... import look
from ...rounding import decimal, number
from .calibration import Calibration
from .scoring import Score

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEYOND = 3.0
"""How far out a truth is drawn, in half widths of the range; one that is farther, at the edge."""
_INSIDE: dict[str, Any] = {"marker": "o", "color": "#0057B7", "s": 110}
_OUTSIDE: dict[str, Any] = {"marker": "X", "color": "#B33A00", "s": 130}


def plot_calibration(calibration: Calibration, ax: Axes | None = None) -> Axes:
    """Draw every prediction of the course as a row: your range, and where the truth lay.

    All ranges have one width, whatever their unit, so that rows can be compared: the share of
    dots inside should be as large as you were sure. A choice, and a number without a range,
    only have their words.

    Parameters
    ----------
    calibration : Calibration
        What `calibration` gives.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    ValueError
        If no prediction has a result.
    """
    scores = calibration.scores
    if not scores:
        raise ValueError("no prediction has a result yet: nothing to draw.")
    place = list(range(len(scores)))[::-1]
    size = (9.0, 2.2 + 0.75 * len(scores))
    with look.frame(
        ax,
        size=size,
        title=_title(calibration),
        xlabel="where the truth lay, measured in your own range",
        xlim=(-BEYOND - 0.6, BEYOND + 0.6),
        ylim=(-0.6, len(scores) - 0.4),
    ) as ax:
        for at, one in zip(place, scores, strict=True):
            spots = _spots(one)
            if spots:
                ax.barh(at, 2, left=-1, height=0.56, color="#D9D9D9", zorder=1)
            for spot in spots:
                inside = abs(spot) <= 1
                x = max(-BEYOND, min(spot, BEYOND))
                looks = _INSIDE if inside else _OUTSIDE
                ax.scatter([x], [at], edgecolor="white", linewidth=1.2, zorder=4, **looks)
            ax.annotate(
                textwrap.fill(_found(one), 20),
                (1, at),
                xycoords=("axes fraction", "data"),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
            )
        look.rows(ax, [textwrap.fill(_asked(one), 24) for one in scores], place, label="asked")
        ax.set_xticks([-1, 1], ["low end", "high end"])
        ax.grid(axis="y", visible=False)
        told = "; ".join(f"{_asked(one)}: {_found(one)}" for one in scores)
        look.set_alt_text(ax, f"{_title(calibration)}. One row a prediction. {told}.")
    return ax


def _title(calibration: Calibration) -> str:
    ranges = calibration.ranges
    if ranges is None:
        return "What you expected, and what came out"
    return f"The truth lay in your ranges {ranges.times}"


def _asked(one: Score) -> str:
    return f"{one.what or one.prediction.question} (lesson {one.prediction.question.split('.')[0]})"


def _found(one: Score) -> str:
    """What came out, in words."""
    made = one.prediction
    if one.right is not None:
        sure = f", {decimal(made.sure)} % sure" if made.sure else ""
        return f"{'✓ right' if one.right else '✗ wrong'}{sure}"
    unit = "points" if made.unit == "%" else made.unit
    off = f"off by {number(one.distance or 0.0)} {unit}".strip()
    spots = _spots(one)
    if not spots:
        return f"{off}; no range said"
    if len(spots) > 1:
        return f"{_inside(one)} of {len(spots)} inside"
    return "✓ inside" if _inside(one) else f"✗ outside, {off}"


def _inside(one: Score) -> int:
    return sum(abs(spot) <= 1 for spot in _spots(one))


def _spots(one: Score) -> list[float]:
    """Where the truth lay at each date: from -1 to 1 inside the range, farther out outside."""
    made = one.prediction
    if one.held is None or made.low is None:
        return []
    several = [
        part if isinstance(part, tuple) else (part,) for part in (one.truth, made.low, made.high)
    ]
    found = []
    for truth, low, high in zip(*several, strict=True):
        if math.isfinite(truth):
            half, middle = (high - low) / 2, (high + low) / 2
            if low <= truth <= high:
                spot = (truth - middle) / half if half else 0.0
                found.append(max(-1.0, min(spot, 1.0)))
            else:
                found.append(
                    math.copysign(max(abs(truth - middle) / (half or 1e-9), 1.001), truth - middle)
                )
    return found
