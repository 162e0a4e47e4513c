"""Draw the studies on a claim: a panel for each scale, and arrows where no effect was seen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ... import look
from ...rounding import as_given
from .scales import UNREAD

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_WIDTH, _LINE, _GAP, _PANEL = 5.4, 0.215, 0.34, 0.85
"""Inches: across, as wide as a phone can show; a line of words; below them; round a panel."""
_LETTERS, _FOLD = 13, 46
"""Points of the words, and letters in a line."""
_FILLS = {
    "experiment": ("o", "full"),
    "quasi-experiment": ("o", "left"),
    "association": ("o", "none"),
    "opinion": ("D", "none"),
    "theory": ("s", "none"),
}
"""The signs of the tables, as matplotlib has them."""
_COLORS = {"supports": 0, "contradicts": 1, "qualifies": 6}
_AWAY = {"supports": 1.0, "contradicts": -1.0, "qualifies": 0.0}
_SAID = {"supports": "for it", "contradicts": "against it", "qualifies": "limits it, or is near it"}
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5}
"""Behind words, so that the line at 0 does not cross them."""


def plot_forest(title: str, found: Mapping[str, pd.DataFrame], below: str = "") -> Axes:
    """Draw studies in panels, one for each scale of effect.

    Parameters
    ----------
    title : str
        What the picture says.
    found : mapping of str to pandas.DataFrame
        Studies by scale; under "" those without an effect in what was read.
    below : str
        Sentences under the lowest panel.

    Returns
    -------
    matplotlib.axes.Axes
        The first panel.
    """
    high = [sum(_high(row) for row in rows.itertuples()) for rows in found.values()]
    heading, foot = (textwrap.wrap(words, _FOLD) for words in (title, below))
    whole = sum(high) + _PANEL * len(high) + 0.3 * len(heading) + _LINE * len(foot)
    with look.style():
        from matplotlib import pyplot as plt

        figure, axes = plt.subplots(
            len(high), 1, figsize=(_WIDTH, whole), height_ratios=high, squeeze=False
        )
        for ax, (scale, rows), up in zip(axes[:, 0], found.items(), high, strict=True):
            ax.set(ylim=(0, up), yticks=[], ylabel="study")
            ax.yaxis.label.set_visible(False)
            ax.spines["left"].set_visible(False)
            (_effects if scale else _arrows)(ax, rows)
            ax.set_xlabel(scale or "direction only: no size in what was read", fontsize=_LETTERS)
            _tell(ax, scale, rows)
        figure.suptitle("\n".join(heading), x=0.02, ha="left", fontsize=15)
        if foot:
            figure.supxlabel("\n".join(foot), x=0.02, ha="left", fontsize=_LETTERS)
    return axes[0, 0]


def _effects(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw effects with the limits that were published."""
    ends = [0.0, *rows["effect"], *rows["lower"].dropna(), *rows["upper"].dropna()]
    low, high = float(min(ends)), float(max(ends))
    ax.set_xlim(low - 0.06 * (high - low or 1.0), high + 0.06 * (high - low or 1.0))
    ax.locator_params("x", nbins=5)
    ax.tick_params("x", labelsize=_LETTERS)
    for place, row in _placed(ax, rows):
        # A line at 0 from top to bottom would cross the words.
        ax.plot([0, 0], [place - _GAP / 2, place + _GAP / 2], color="#777777", linewidth=1.5)
        if pd.notna(row.lower):
            ax.hlines(place, row.lower, row.upper, color=_color(row), linewidth=2.5, zorder=2)
        _mark(ax, row.effect, place, row)


def _arrows(ax: Axes, rows: pd.DataFrame) -> None:
    """Draw studies of which no effect was seen, by their direction."""
    ax.set(xlim=(-1.3, 1.3), xticks=[])
    ax.axvline(0, color="#D0D0D0", linewidth=1, zorder=0)
    for place, row in _placed(ax, rows):
        away = 0.0 if row.read == UNREAD else _AWAY[row.bearing]
        if away:
            looks = {"arrowstyle": "-|>", "color": _color(row), "linewidth": 2.5}
            ax.annotate("", xy=(0.6 * away, place), xytext=(0, place), arrowprops=looks)
        _mark(ax, 0.0, place, row)
        words: dict[str, Any] = {
            "va": "center",
            "ha": "right" if away < 0 else "left",
            "fontsize": _LETTERS,
        }
        said = "not read" if row.read == UNREAD else _SAID[row.bearing]
        ax.text(0.66 * away or 0.12, place, said, **words)


def _placed(ax: Axes, rows: pd.DataFrame) -> Iterator[tuple[float, Any]]:
    """Write the words of each study from the top down; give the place of its sign below them."""
    top = ax.get_ylim()[1]
    for row in rows.itertuples():
        looks = {"transform": ax.get_yaxis_transform(), "va": "top", "fontsize": _LETTERS}
        for k, line in enumerate(words_of(row)):
            weight = "bold" if k < len(_name(row)) else "normal"
            words: dict[str, Any] = {**looks, "weight": weight, "bbox": _GROUND, "zorder": 4}
            ax.text(0, top - k * _LINE, line, **words)
        top -= _high(row)
        yield top + _GAP * 0.62, row


def words_of(row: Any) -> list[str]:
    """Give the lines of a study: its name, side and n, and what its effect counts."""
    size = textwrap.wrap(_size(row), _FOLD) if pd.notna(row.effect) else []
    many = "not seen" if pd.isna(row.n) else f"{int(row.n):,}"
    side = "not read" if row.read == UNREAD else row.bearing
    return [*_name(row), f"{side} · n {many}", *size]


def _name(row: Any) -> list[str]:
    return textwrap.wrap(row.study, _FOLD - 6)


def _high(row: Any) -> float:
    return _LINE * len(words_of(row)) + _GAP


def _mark(ax: Axes, at: float, place: float, row: Any) -> None:
    """Draw the sign of a design; the more were studied, the larger."""
    marker, fill = _FILLS[row.design]
    size = 7.0 if pd.isna(row.n) else 7.0 + 1.2 * float(np.log10(max(int(row.n), 1)))
    looks = {"color": _color(row), "markerfacecoloralt": "white", "markeredgewidth": 2}
    (line,) = ax.plot(at, place, marker, fillstyle=fill, markersize=size, zorder=3, **looks)
    line.set(clip_on=False, label="_study")


def _color(row: Any) -> Any:
    return look.series(_COLORS[row.bearing])["color"]


def _size(row: Any) -> str:
    between = "" if pd.isna(row.lower) else f" ({as_given(row.lower)} to {as_given(row.upper)})"
    return f"{as_given(row.effect)}{between} {row.effect_unit}"


def _tell(ax: Axes, scale: str, rows: pd.DataFrame) -> None:
    """Say the panel in words."""
    told = [
        ", ".join([f"{row.study}: {row.design}", *words_of(row)[len(_name(row)) :]])
        for row in rows.itertuples()
    ]
    look.set_alt_text(ax, f"{scale or 'Direction only'}. {'; '.join(told)}.")
