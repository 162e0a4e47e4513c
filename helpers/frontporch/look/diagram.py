"""A diagram of stages and of the moves between them."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .alternative_text import set_alt_text
from .house_style import style
from .series_looks import palette

_TALL, _LOW = 0.7, -2.1
"""Height of a box, and where the box below all others lies."""
_PLAIN, _INK = "#F2F2F2", "#1A1A1A"
_LINE = 11
"""Letters of a line in a box, so that it holds its words on a phone, too."""


@dataclass(frozen=True)
class _Plan:
    """How boxes stand: how wide, how far apart, how far each above the one before, which color."""

    wide: float
    apart: float
    rise: float
    fill: str
    ground: str


_ROW = _Plan(wide=1.5, apart=2.4, rise=0, fill=_PLAIN, ground=_PLAIN)
# Steps overlap, so that the way up is straight and long names have room.
_LADDER = _Plan(wide=1.9, apart=1.5, rise=1.15, fill=palette[0].color, ground=palette[-1].color)


def draw_stages(
    ax: Any,
    stages: Sequence[str],
    moves: Mapping[tuple[str, str], str],
    *,
    below: str | None = None,
    rising: bool = False,
) -> Any:
    """Draw stages as boxes in a row and the moves between them as labelled arrows.

    Parameters
    ----------
    ax
        matplotlib axes; its scales are hidden.
    stages
        Names of the boxes from left to right.
    moves
        For each (from, to) the text on its arrow.
    below
        A stage drawn under the others as one wide box, such as "lost"; arrows from above lead
        down to it, and from it up again.
    rising
        Whether each stage stands higher than the one before, as the rungs of a ladder do, and
        has the ladder's color.

    Returns
    -------
    Axes
        The same axes, with an alternative text that lists every move.

    Raises
    ------
    ValueError
        Where a move leads from or to a stage that is not drawn, or back to where it starts; and
        where there are no stages, or one stands twice.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> moves = {("stranger", "friend"): "0.1"}
    >>> ax = draw_stages(Figure().subplots(), ["stranger", "friend"], moves)
    >>> from frontporch.look import alt_text
    >>> alt_text(ax)
    'Diagram of stages: stranger, friend. Moves: stranger to friend, 0.1.'
    """
    known = [*stages, *([below] if below else [])]
    if not len(stages) or len(set(known)) < len(known):
        raise ValueError(f"expected one stage or more, each once; got {', '.join(known) or 'none'}")
    for move in moves:
        for stage in move:
            if stage not in known:
                raise ValueError(f"a move names {stage!r}, but the boxes are {', '.join(known)}")
        if move[0] == move[1]:
            raise ValueError(f"a move leads from {move[0]!r} to itself; leave it out")
    plan = _LADDER if rising else _ROW
    places = {stage: (plan.apart * k, plan.rise * k) for k, stage in enumerate(stages)}
    right, top = places[stages[-1]]
    with style():
        ax.set_axis_off()
        edge = plan.wide / 2 + 0.25
        ax.set(xlim=(-edge, right + edge), ylim=(-2.6 if below else -0.6, top + 0.7))
        for stage, place in places.items():
            _box(ax, place, plan.wide, stage, plan.fill)
        if below:
            _box(ax, (right / 2, _LOW), right + plan.wide, below, plan.ground)
        across = _climb if rising else _across
        for (here, there), text in moves.items():
            if there == below:
                _down(ax, places[here], text)
            elif here == below:
                _up(ax, places[there], text)
            else:
                across(ax, places[here], places[there], text)
    told = "; ".join(f"{here} to {there}, {text}" for (here, there), text in moves.items())
    moved = f" Moves: {told}." if told else ""
    return set_alt_text(ax, f"Diagram of stages: {', '.join(known)}.{moved}")


def _down(ax: Any, box: tuple[float, float], text: str) -> None:
    """Draw the way from a stage to the one below all."""
    x, y = box
    _arrow(ax, (x, y - _TALL / 2), (x, _LOW + _TALL / 2), text, (0.12, -0.05), "left")


def _up(ax: Any, box: tuple[float, float], text: str) -> None:
    """Draw the way back from below, beside the one down."""
    x, y = box[0] - 0.3, box[1]
    _arrow(ax, (x, _LOW + _TALL / 2), (x, y - _TALL / 2), text, (-0.12, -0.05), "right")


def _across(ax: Any, here: tuple[float, float], there: tuple[float, float], text: str) -> None:
    """Draw the way from one stage to another: ahead above, back below the middle."""
    ahead = there[0] > here[0]
    side, y = (_ROW.wide / 2, 0.14) if ahead else (-_ROW.wide / 2, -0.14)
    beside = (0, 0.26 if ahead else -0.42)  # above the boxes: long words go on over them
    _arrow(ax, (here[0] + side, y), (there[0] - side, y), text, beside, "center")


def _climb(ax: Any, here: tuple[float, float], there: tuple[float, float], text: str) -> None:
    """Draw the way up from one step to a later one, or down again beside it."""
    up = there[0] > here[0]
    low, high = sorted((here, there), key=lambda place: place[1])
    x = low[0] + _LADDER.wide / 2 - (0.28 if up else 0.1)
    ends = (x, low[1] + _TALL / 2), (x, high[1] - _TALL / 2)
    if up:
        _arrow(ax, *ends, text, (-0.1, 0), "right")
    else:
        _arrow(ax, *reversed(ends), text, (0.1, 0), "left")


def _box(ax: Any, place: tuple[float, float], wide: float, name: str, fill: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    x, y = place
    ax.add_patch(
        FancyBboxPatch(
            (x - wide / 2, y - _TALL / 2),
            wide,
            _TALL,
            boxstyle="round,pad=0,rounding_size=0.12",
            facecolor=fill,
            edgecolor=_INK,
            linewidth=2,
        )
    )
    ink = _INK if fill == _PLAIN else "white"
    said = textwrap.fill(name, _LINE, break_long_words=False) if wide <= _LADDER.wide else name
    ax.text(x, y, said, ha="center", va="center", fontsize=14, color=ink)


def _arrow(
    ax: Any,
    tail: tuple[float, float],
    head: tuple[float, float],
    text: str,
    beside: tuple[float, float],
    align: str,
) -> None:
    ax.annotate(
        "",
        xy=head,
        xytext=tail,
        arrowprops={
            "arrowstyle": "-|>",
            "color": _INK,
            "linewidth": 2,
            "shrinkA": 1,
            "shrinkB": 1,
            "mutation_scale": 20,
        },
    )
    x, y = (tail[0] + head[0]) / 2 + beside[0], (tail[1] + head[1]) / 2 + beside[1]
    ax.text(x, y, text, ha=align, va="bottom" if align == "center" else "center", fontsize=13)
