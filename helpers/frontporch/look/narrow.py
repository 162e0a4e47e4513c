"""A picture for a narrow screen: the same figure, drawn anew for the width of a phone."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Sequence
from typing import Any

import numpy as np

from .direct_labels import label_again
from .house_style import style

WIDTH, DPI = 5.45, 150
"""Inches and pixels per inch: shown 334 pixels wide, letters of 13 points are 11 pixels high."""
MOST = 640
"""Pixels of a screen up to which this picture is shown in place of the other."""
KEY = "key "
"""How the names begin that tell the parts of a map's key (`set_gid`)."""
_SMALL, _APART = 13, 8
"""Points of the smallest words; pixels between two numbers below the axes."""
_A_NOTE = 90
"""Letters from which on a text is a note, whose lines have no meaning of their own."""
_A_NUMBER = 6
"""Letters of a number with its sign and unit."""
_NOTE_LINE = 54
"""Letters of a line of a note, over the whole width."""
_SPACED = 1.45
"""Height of a line of words, and the air round it, beside that of its letters."""
_ROOM = 0.97
"""Share of the width that words may take before they go on in a new line."""


@style()
def narrow(figure: Any) -> None:
    """Lay a figure out for a phone: no wider than its words allow, panels one below the other.

    Words keep their size, so that they are larger beside the picture. What was beside each other
    is then below each other, titles go on in a new line, and a legend has one column.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Is changed; one that is no wider than a phone's stays as it is.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure(figsize=(11, 4))
    >>> _ = figure.subplots(1, 2)
    >>> narrow(figure)
    >>> [round(float(one), 1) for one in figure.get_size_inches()]
    [5.5, 8.0]
    """
    from matplotlib.text import Text

    wide, high = figure.get_size_inches()
    if wide <= WIDTH:
        return
    stacked = _stack(figure)
    figure.set_dpi(DPI)
    figure.set_size_inches(WIDTH, high * stacked)
    if _is_page(figure):
        figure.set_layout_engine("none")
    elif figure.get_layout_engine() is None:
        for ax in figure.axes:
            ax.set_position((0.15, 0.15, 0.7, 0.7))
        figure.set_layout_engine("constrained")
    for text in figure.findobj(Text):
        text.set_fontsize(max(text.get_fontsize(), _SMALL))
    notes = _notes(figure)
    for ax in figure.axes:
        # Words as wide as the old picture would leave no room for the axes.
        for text in (*ax.texts, ax.title, ax._left_title, ax._right_title, ax.xaxis.label):
            _fold(text, figure.bbox.width * 0.8)
    figure.draw_without_rendering()
    for ax in figure.axes:
        _legend(ax, figure)
        _rows(ax, figure)
        label_again(ax)
    figure.draw_without_rendering()
    room = figure.bbox.width * _ROOM
    for words in (*figure.texts, *([figure._suptitle] if figure._suptitle else [])):
        _fold(words, room)
    for ax in figure.axes:
        _words(ax, figure, room)
        _ticks(ax)
        _numbers(ax)
        _key(ax, figure)
        label_again(ax)
    for legend in figure.legends:
        legend.set_ncols(1)
    _below(figure, notes)


def _notes(figure: Any) -> list[str]:
    """Take long notes out of the axes; give their lines, as long as the figure is wide."""
    said: list[str] = []
    if _is_page(figure):
        return said
    for text in (one for ax in figure.axes for one in ax.texts):
        if len(text.get_text()) > _A_NOTE:
            text.set_visible(False)
            said += textwrap.wrap(" ".join(text.get_text().split()), _NOTE_LINE)
    return said


def _below(figure: Any, lines: Sequence[str]) -> None:
    """Write lines below the axes, which keep their size: the figure becomes higher."""
    if not lines:
        return
    wide, high = figure.get_size_inches()
    needed = _SMALL * _SPACED / 72 * len(lines)
    figure.set_size_inches(wide, high + needed)
    share = needed / (high + needed)
    engine = figure.get_layout_engine()
    if hasattr(engine, "get"):
        engine.set(rect=(0, share, 1, 1 - share))
    else:
        for ax in figure.axes:
            left, bottom, width, height = ax.get_position().bounds
            ax.set_position((left, share + bottom * (1 - share), width, height * (1 - share)))
    figure.text(0.03, 0.01, "\n".join(lines), fontsize=_SMALL, va="bottom")


def _words(ax: Any, figure: Any, room: float) -> None:
    """Fold what is written round an axes where it is longer than there is room."""
    for title in (ax.title, ax._left_title, ax._right_title):
        _fold(title, room - max(0, ax.bbox.x0))
    beside = 2 * min(ax.bbox.x0, figure.bbox.width - ax.bbox.x1)
    _fold(ax.xaxis.label, min(ax.bbox.width + beside, figure.bbox.width) * _ROOM)
    _fold(ax.yaxis.label, ax.bbox.height)
    for text in ax.texts:
        if text.get_gid() is None and text.get_window_extent().x1 > figure.bbox.width:
            _fold(text, room - text.get_window_extent().x0)


def _is_page(figure: Any) -> bool:
    """Whether axes stand at places of their own, as those of a map do."""
    pictured = [ax for ax in figure.axes if ax.get_label() != "<colorbar>"]
    return any(ax.get_subplotspec() is None for ax in pictured)


def _stack(figure: Any) -> int:
    """Put panels that lie beside each other below each other; say how many rows replace one."""
    specs = [ax.get_subplotspec() for ax in figure.axes]
    if not specs or any(one is None for one in specs):
        return 1
    grid = specs[0].get_gridspec()
    down, across = grid.get_geometry()
    if down > 1 or across == 1 or len(specs) != across:
        return 1
    fresh = figure.add_gridspec(across, 1)
    for k, ax in enumerate(figure.axes):
        ax.set_subplotspec(fresh[k, 0])
        ax.tick_params(labelleft=True, labelbottom=True)
    return across


def _fold(text: Any, room: float) -> None:
    """Let words go on in a new line where they are longer than the room."""
    if not text.get_text().strip() or not text.get_visible():
        return
    box = text.get_window_extent()
    long = max(box.width, box.height) if text.get_rotation() else box.width
    longest = max(len(line) for line in text.get_text().split("\n"))
    if long > room > 0:
        fits = max(12, math.floor(longest * room / long))
        words = text.get_text()
        lines = [words.replace("\n", " ")] if len(words) > _A_NOTE else words.split("\n")
        text.set_text("\n".join(textwrap.fill(line, fits) for line in lines))


def _legend(ax: Any, figure: Any) -> None:
    """Give a legend that is wider than the picture one column, above the axes."""
    legend = ax.get_legend()
    if legend is None:
        return
    box = legend.get_window_extent()
    if box.x0 >= 0 and box.x1 <= figure.bbox.width and box.width < 0.75 * figure.bbox.width:
        return
    names = [textwrap.fill(one.get_text(), 34) for one in legend.get_texts()]
    ax.legend(
        legend.legend_handles, names, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.2
    )


def _rows(ax: Any, figure: Any) -> None:
    """Fold the names of rows that take more than a third of the width."""
    names = [one.get_text() for one in ax.get_yticklabels()]
    if not _named(ax.yaxis) or not any(names):
        return
    widest = max(one.get_window_extent().width for one in ax.get_yticklabels())
    if widest > figure.bbox.width / 3:
        folded = ["\n".join(textwrap.fill(row, 15) for row in one.split("\n")) for one in names]
        ax.set_yticks(ax.get_yticks(), folded, fontsize=_SMALL)
        lines = sum(row.count("\n") + 1 for row in folded) * _SMALL * _SPACED * DPI / 72
        if lines > ax.bbox.height:  # rows of many words need a higher picture
            wide, high = figure.get_size_inches()
            figure.set_size_inches(wide, high + (lines - ax.bbox.height) / DPI)


def _ticks(ax: Any) -> None:
    """Leave out numbers below the axes that touch each other; turn names that do."""
    from matplotlib.ticker import AutoLocator, FixedLocator, MaxNLocator

    places = [*zip(ax.get_xticks(), ax.get_xticklabels(), strict=False)]
    low, high = sorted(ax.get_xlim())
    seen = [(at, one) for at, one in places if one.get_text() and low <= at <= high]
    boxes = [one.get_window_extent() for _, one in seen]
    if not any(a.x1 + _APART > b.x0 for a, b in itertools.pairwise(boxes)):
        return
    if _named(ax.xaxis):
        many = max(one.get_text().count("\n") for _, one in seen)
        ax.tick_params(axis="x", rotation=35 if many < 2 else 60)  # steeper, lines lie closer
        for one in ax.get_xticklabels():
            one.set_ha("right")
            one.set_rotation_mode("anchor")
    elif isinstance(ax.xaxis.get_major_locator(), AutoLocator | MaxNLocator):
        ax.locator_params(axis="x", nbins=4)
    else:
        kept, end = [], -math.inf
        for (at, _), box in zip(seen, boxes, strict=True):
            if box.x0 > end + _APART:
                kept.append(at)
                end = box.x1
        ax.xaxis.set_major_locator(FixedLocator(kept))


def _numbers(ax: Any) -> None:
    """Turn the numbers beside points upright where they touch each other."""
    seen = [one for one in ax.texts if len(one.get_text()) <= _A_NUMBER and one.get_visible()]
    seen = [one for one in seen if any(map(str.isdigit, one.get_text()))]
    boxes = [one.get_window_extent() for one in seen]
    if any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2)):
        for one in seen:
            one.set_rotation(90)


def _named(axis: Any) -> bool:
    """Whether an axis has names at places that are given."""
    from matplotlib.ticker import FixedLocator

    words = "".join(one.get_text() for one in axis.get_ticklabels())
    return isinstance(axis.get_major_locator(), FixedLocator) and any(map(str.isalpha, words))


def _key(ax: Any, figure: Any) -> None:
    """Lay the parts of a map's key out in as many rows as they need, and make room for these."""
    parts: dict[str, list[Any]] = {}
    for one in (*ax.lines, *ax.collections, *ax.texts):
        if str(one.get_gid()).startswith(KEY):
            parts.setdefault(one.get_gid(), []).append(one)
    if not parts:
        return
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    unit = ax.bbox.width / (right - left)  # pixels
    row, x, y = 30 * DPI / 72 / unit * 0.8, 0.15, 0.0
    for each in parts.values():
        text = next(one for one in each if hasattr(one, "get_text"))
        start = min(_left(one) for one in each)
        wide = text.get_position()[0] - start + text.get_window_extent().width / unit
        if x > 0.15 and x + wide > right:
            x, y = 0.15, y - row
        for one in each:
            _move(one, x - start, y)
        x += wide + 0.3
    high = figure.bbox.height * (1 - y / (top - bottom))
    ax.set_ylim(bottom + y, top)
    figure.set_size_inches(WIDTH, high / DPI)


def _left(part: Any) -> float:
    if hasattr(part, "get_xdata"):
        return float(part.get_xdata()[0])
    if hasattr(part, "get_offsets"):
        return float(part.get_offsets()[0][0]) - 0.1
    return float(part.get_position()[0])


def _move(part: Any, across: float, up: float) -> None:
    if hasattr(part, "get_xdata"):
        x, y = part.get_data()
        part.set_data([one + across for one in x], [one + up for one in y])
    elif hasattr(part, "get_offsets"):
        part.set_offsets(np.add(part.get_offsets(), (across, up)))
    else:
        x, y = part.get_position()
        part.set_position((x + across, y + up))
