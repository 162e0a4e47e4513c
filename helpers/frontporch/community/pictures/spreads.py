"""One run of a contagion as pictures: a step, which a slider can move, or several beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from ... import look
from ...counting import bincount
from ...rounding import percent
from ..graph.ties import Community
from .alt_text import tell_step
from .blocks import Blocks, blocks_of, group_names
from .communities import draw_blocks, places_of
from .layout import MOST, TALL, WIDE, Layout
from .page import (
    DASHED,
    DOTTED,
    GREY,
    INK,
    Dot,
    Stroke,
    draw_key,
    draw_lines,
    draw_people,
    drawn_once,
    open_page,
    write_groups,
    write_title,
)
from .steps import Steps, read_steps, shown_steps, whole_step

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

NOW, BEFORE = look.palette[1].color, look.palette[0].color
FAINT = Stroke("", "#B8B8B8", 0.6)
BROKEN = {"weak": DASHED, "online": DASHED, "page": DOTTED}
"""Kinds of tie that are drawn broken where something came over them; others are solid."""
STATES = (
    Dot("not yet", "white", GREY),
    Dot("before", BEFORE, BEFORE),
    Dot("now", NOW, INK),
)
FILLED = Dot("share of the group that has adopted", NOW, NOW)
LARGER = 1.7
PAGE_WIDE, KEY = 11.0, 0.4
"""Width of small multiples and height of their key, in inches."""
HEAD = 0.85
"""Room above a small panel for its title, in units of the page."""


def plot_spread_at(
    course: pd.DataFrame,
    community: Community,
    step: float = 0,
    ax: Axes | None = None,
    *,
    groups: Sequence | None = None,
    names: Sequence[str] | None = None,
    places: Layout | None = None,
) -> Axes:
    """Draw one step of one run: who has adopted, who just has, and over which ties.

    Parameters
    ----------
    course : pandas.DataFrame
        What `trace` returned.
    community : Community
        The one that was traced. Above 200 people its groups are drawn, filled by their share.
    step : int
        Which step, from 0; after the last one nothing is new. A slider may move it.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    groups, names, places
        As in `plot_community`.

    Returns
    -------
    matplotlib Axes
    """
    steps, step = read_steps(course, community), whole_step(step)
    by, now = steps.by(step), steps.step == step
    with look.style():
        ax, scale = open_page(ax)
        write_title(
            ax, f"step {step}: {by.sum():,} of {community.size:,}, {now.sum():,} now", scale
        )
        if community.size > MOST:
            parts = blocks_of(community, groups, names)
            inside = parts.group >= 0
            share = bincount(parts.group[inside], by[inside], len(parts.names)) / parts.people
            draw_blocks(ax, parts, [percent(one) for one in share], scale, filled=share)
            if scale > 0.6:
                draw_key(ax, [FILLED])
            return look.set_alt_text(ax, tell_step(steps, step, parts.group, parts.names))
        where = places_of(community, groups, places)
        called = group_names(names, len(where.radius))
        once = drawn_once(community)
        ends = community.sources[once], community.targets[once]
        draw_lines(ax, where, *ends, FAINT, max(scale, 0.6), order=1, alpha=min(scale, 1.0))
        _draw_ways(ax, where, steps, step, scale)
        state = np.where(now, 2, np.where(by, 1, 0))
        face, edge = ([getattr(STATES[k], part) for k in state] for part in ("face", "edge"))
        draw_people(ax, where, scale, face, edge, 1.5, np.array([1.0, 1.1, LARGER])[state])
        if scale > 0.6:
            write_groups(ax, where, names)
            draw_key(ax, [*STATES, *_kinds_key(steps)])
        look.set_alt_text(ax, tell_step(steps, step, where.group, called))
    return ax


def plot_spread(
    course: pd.DataFrame,
    community: Community,
    steps: Sequence[int] | None = None,
    *,
    groups: Sequence | None = None,
    names: Sequence[str] | None = None,
    places: Layout | None = None,
) -> Axes:
    """Draw one run as small multiples, one panel a step.

    Parameters
    ----------
    course : pandas.DataFrame
        What `trace` returned.
    community : Community
        The one that was traced.
    steps : sequence of int, optional
        Which steps, at most nine; up to six from the first to the last if not given.
    groups, names, places
        As in `plot_community`.

    Returns
    -------
    matplotlib Axes
        The last panel's.
    """
    read = read_steps(course, community)
    chosen = shown_steps(read.last) if steps is None else list(steps)
    if not 1 <= len(chosen) <= 9:
        raise ValueError(f"steps holds {len(chosen)} steps, but one to nine fit on a page.")
    across = min(len(chosen), 2 if len(chosen) <= 4 else 3)
    down = -(-len(chosen) // across)
    high = PAGE_WIDE / across * (TALL + HEAD) / WIDE
    with look.style():
        from matplotlib import pyplot as plt

        figure = plt.figure(figsize=(PAGE_WIDE, high * down + KEY), layout="none")
        for k, step in enumerate(chosen):
            row, column = divmod(k, across)
            up = ((down - 1 - row) * high + KEY) / figure.get_figheight()
            panel = figure.add_axes(
                (column / across, up, 1 / across, high / figure.get_figheight())
            )
            plot_spread_at(
                course, community, step, panel, groups=groups, names=names, places=places
            )
            panel.set_ylim(0, TALL + HEAD)
            if not k and (names is not None or community.size > MOST):
                write_groups(panel, *_named_places(community, groups, names, places), 1 / across)
        strip = figure.add_axes((0, 0, 1, KEY / figure.get_figheight()))
        strip.set_axis_off()
        strip.set(xlim=(0, PAGE_WIDE), ylim=(0, KEY))
        key = [FILLED] if community.size > MOST else [*STATES, *_kinds_key(read)]
        draw_key(strip, key, y=KEY / 2)
        first, last = read.by(chosen[0]).sum(), read.by(chosen[-1]).sum()
        told = f"Steps {', '.join(map(str, chosen))} of one run: {first} of {community.size:,} "
        told += f"people had adopted by step {chosen[0]} and {last} by step {chosen[-1]}. "
        where, called = _named_places(community, groups, names, places)
        told += tell_step(read, chosen[-1], where.group, called).partition(". ")[2]
        look.set_alt_text(figure, told)
    return panel


def _named_places(
    community: Community,
    groups: Sequence | None,
    names: Sequence[str] | None,
    places: Layout | None,
) -> tuple[Layout | Blocks, list[str]]:
    """Give where groups stand and what they are called, one by one or as ovals."""
    if community.size > MOST:
        parts = blocks_of(community, groups, names)
        return parts, parts.names
    where = places_of(community, groups, places)
    return where, group_names(names, len(where.radius))


def _kinds_key(steps: Steps) -> list[Stroke]:
    return [Stroke(f"over {kind}", INK, 1.8, BROKEN.get(kind, "-")) for kind in steps.kinds]


def _draw_ways(ax: Axes, where: Layout, steps: Steps, step: int, scale: float) -> None:
    """Draw the ties over which it came, those of this step on top."""
    came = (steps.through >= 0) & steps.by(step)
    for k, kind in enumerate(steps.kinds or ("",)):
        mine = came & (steps.kind == k) if steps.kinds else came
        style = BROKEN.get(kind, "-")
        for newest, color, width in ((False, BEFORE, 1.2), (True, NOW, 2.4)):
            some = np.flatnonzero(mine & ((steps.step == step) == newest))
            stroke = Stroke(kind, color, width, style)
            alpha = 1.0 if newest else 0.7
            draw_lines(ax, where, steps.through[some], some, stroke, scale, 2 + newest, alpha)
