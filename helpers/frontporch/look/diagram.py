"""A diagram of stages and of the moves between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .alternative_text import set_alt_text
from .house_style import style

_WIDE, _TALL = 1.5, 0.7


def draw_stages(
    ax: Any,
    stages: Sequence[str],
    moves: Mapping[tuple[str, str], str],
    *,
    below: str | None = None,
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
    middle = {stage: 2.4 * k for k, stage in enumerate(stages)}
    with style():
        ax.set_axis_off()
        ax.set(xlim=(-1, middle[stages[-1]] + 1), ylim=(-2.6 if below else -0.6, 0.6))
        for stage, x in middle.items():
            _box(ax, x, 0, _WIDE, stage)
        if below:
            _box(ax, middle[stages[-1]] / 2, -2.1, middle[stages[-1]] + _WIDE, below)
        for (here, there), text in moves.items():
            if below in (here, there):
                # Beside each other where a move leads down and another one up again.
                x = middle[here] if there == below else middle[there] - 0.3
                ends = (x, -_TALL / 2), (x, -2.1 + _TALL / 2)
                if there == below:
                    _arrow(ax, *ends, text, 0.0, (0.12, -0.05), "left")
                else:
                    _arrow(ax, *reversed(ends), text, 0.0, (-0.12, -0.05), "right")
                continue
            ahead = middle[there] > middle[here]
            y = 0.14 if ahead else -0.14
            side = _WIDE / 2 if ahead else -_WIDE / 2
            _arrow(
                ax,
                (middle[here] + side, y),
                (middle[there] - side, y),
                text,
                0.0,
                (0, 0.16 if ahead else -0.42),
                "center",
            )
    told = "; ".join(f"{here} to {there}, {text}" for (here, there), text in moves.items())
    moved = f" Moves: {told}." if told else ""
    return set_alt_text(ax, f"Diagram of stages: {', '.join(known)}.{moved}")


def _box(ax: Any, x: float, y: float, wide: float, name: str) -> None:
    from matplotlib.patches import FancyBboxPatch

    ax.add_patch(
        FancyBboxPatch(
            (x - wide / 2, y - _TALL / 2),
            wide,
            _TALL,
            boxstyle="round,pad=0,rounding_size=0.12",
            facecolor="#F2F2F2",
            edgecolor="#1A1A1A",
            linewidth=2,
        )
    )
    ax.text(x, y, name, ha="center", va="center", fontsize=14)


def _arrow(
    ax: Any,
    tail: tuple[float, float],
    head: tuple[float, float],
    text: str,
    bend: float,
    beside: tuple[float, float],
    align: str,
) -> None:
    ax.annotate(
        "",
        xy=head,
        xytext=tail,
        arrowprops={
            "arrowstyle": "-|>",
            "color": "#1A1A1A",
            "linewidth": 2,
            "connectionstyle": f"arc3,rad={bend}",
            "shrinkA": 1,
            "shrinkB": 1,
            "mutation_scale": 20,
        },
    )
    x, y = (tail[0] + head[0]) / 2 + beside[0], (tail[1] + head[1]) / 2 + beside[1]
    ax.text(x, y, text, ha=align, va="bottom" if align == "center" else "center", fontsize=13)
