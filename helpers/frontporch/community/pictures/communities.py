"""Pictures of communities: people and ties one by one, or by groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ... import look
from ..graph.ties import Community
from ..measures.weak_ties import local_bridges
from .alt_text import tell_community
from .blocks import Blocks, blocks_of, group_names
from .layout import MOST, Layout, layout
from .page import (
    BELOW,
    DASHED,
    GREY,
    LEGIBLE,
    SHAPES,
    Stroke,
    draw_key,
    draw_lines,
    draw_people,
    drawn_once,
    open_page,
    write_groups,
    write_people,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLORS = {"online": look.palette[0].color, "page": look.palette[5].color}
"""Layers whose ties have a colour of their own; all others are grey."""
BRIDGE = Stroke("local bridge", look.palette[1].color, 2.6)
NAMED = 40
"""People up to which each name is written."""
WIDEST = 16.0


def plot_community(
    community: Community,
    ax: Axes | None = None,
    *,
    groups: Sequence | None = None,
    names: Sequence[str] | None = None,
    places: Layout | None = None,
    bridges: bool = False,
) -> Axes:
    """Draw people in their places and their ties; above 200 people, their groups.

    Groups are told by place, shape and colour; strong ties by a thick solid line, weak ones by a
    thin broken one; the layer "online" by blue. Up to 40 people have their names written.

    Parameters
    ----------
    community : Community
        Whom to draw.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    groups : sequence, shape (people,), optional
        Group of each person; the community's neighbourhoods if not given, and where it has
        none, circles found from the ties.
    names : sequence of str, optional
        What the groups are called, in the order of their numbers.
    places : Layout, optional
        Places from `layout` of another community, so that two of the same people compare.
    bridges : bool
        Whether local bridges are marked: ties whose ends have no contact in common.

    Returns
    -------
    matplotlib Axes
    """
    if community.size > MOST:
        return plot_groups(community, ax, groups=groups, names=names)
    where = places_of(community, groups, places)
    called = group_names(names, len(where.radius))
    with look.style():
        ax, scale = open_page(ax)
        key = _draw_ties(ax, where, community, scale)
        count = None
        if bridges:
            marked = local_bridges(community) & drawn_once(community)
            ends = community.sources[marked], community.targets[marked]
            draw_lines(ax, where, *ends, BRIDGE, scale, order=3)
            key.append(BRIDGE)
            count = int(marked.sum())
        face = [look.palette[k % SHAPES].color for k in where.group]
        draw_people(ax, where, scale, face, ["white"], 1.0)
        write_groups(ax, where, names)
        if community.size <= NAMED:
            write_people(ax, where, community, scale)
        draw_key(ax, key)
        look.set_alt_text(ax, tell_community(community, where.group, called, count))
    return ax


def plot_groups(
    community: Community,
    ax: Axes | None = None,
    *,
    groups: Sequence | None = None,
    names: Sequence[str] | None = None,
) -> Axes:
    """Draw a large community by its groups: ovals by people, lines by ties between.

    Parameters
    ----------
    community : Community
        Any size where groups are known; up to 2,000 people where they must be found.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    groups, names
        As in `plot_community`. The twenty largest groups are drawn.

    Returns
    -------
    matplotlib Axes
    """
    parts = blocks_of(community, groups, names)
    with look.style():
        ax, scale = open_page(ax)
        draw_blocks(ax, parts, [f"{people:,}" for people in parts.people], scale)
        text = "people in ovals"
        if parts.between.any():
            text += f", ties on lines (widest {parts.between.max():,})"
        missing = int((parts.between > 0).sum()) // 2 - len(widest_pairs(parts)[0])
        not_drawn = [f"{missing:,} narrower lines"] if missing else []
        not_drawn += [f"{parts.left_out:,} people"] if parts.left_out else []
        text += f"; not drawn: {', '.join(not_drawn)}" if not_drawn else ""
        ax.text(0.15, -BELOW / 2, text, fontsize=13, va="center_baseline")
        look.set_alt_text(ax, tell_community(community, parts.group, parts.names))
    return ax


def draw_blocks(
    ax: Axes,
    parts: Blocks,
    texts: Sequence[str],
    scale: float,
    filled: NDArray | None = None,
) -> None:
    """Draw groups as ovals with a text each, filled by a share where one is given."""
    from matplotlib.collections import EllipseCollection, LineCollection

    first, second = widest_pairs(parts)
    if len(first):
        ties = parts.between[first, second]
        ends = np.stack([parts.centre[first], parts.centre[second]], axis=1)
        widths = np.maximum(WIDEST * scale * ties / ties.max(), 0.6)
        ax.add_collection(
            LineCollection(ends, colors="#A6A6A6", linewidths=widths, zorder=1), autolim=False
        )
    colors = [look.palette[k % SHAPES].color for k in range(len(parts.names))]
    layers = [(parts.radius, "#F2F2F2", colors)]
    if filled is not None:
        layers.append((parts.radius * np.sqrt(filled), look.palette[1].color, "none"))
    for radius, face, edge in layers:
        ax.add_collection(
            EllipseCollection(
                2 * radius * parts.stretch,
                2 * radius,
                np.zeros(len(radius)),
                units="xy",
                offsets=parts.centre,
                offset_transform=ax.transData,
                facecolors=face,
                edgecolors=edge,
                linewidths=3 * scale,
                zorder=2,
            ),
            autolim=False,
        )
    size = LEGIBLE if len(parts.names) > 12 else max(14 * scale, LEGIBLE)
    for name, text, (x, y) in zip(parts.names, texts, parts.centre, strict=True):
        ax.text(
            x,
            y,
            f"{name}\n{text}" if scale > 0.6 else text,
            ha="center",
            va="center",
            fontsize=size,
            zorder=5,
            linespacing=1.3,
        )


def widest_pairs(parts: Blocks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the pairs of groups with most ties between: at most two lines a group are drawn."""
    first, second = np.nonzero(np.triu(parts.between))
    order = np.argsort(-parts.between[first, second], kind="stable")[: 2 * len(parts.names)]
    return first[order], second[order]


def places_of(community: Community, groups: Sequence | None, places: Layout | None) -> Layout:
    """Give the places of a community: those from another picture where some are given."""
    if places is None:
        return layout(community, groups)
    if len(places.at) != community.size:
        raise ValueError(f"places holds {len(places.at)} people, but there are {community.size}.")
    return places


def _draw_ties(ax: Axes, where: Layout, community: Community, scale: float) -> list[Stroke]:
    """Draw all ties by layer and strength, and give what the key says of them."""
    once = drawn_once(community)
    source, target = community.sources[once], community.targets[once]
    kinds = community.layers or ("",)
    layer = np.zeros(len(source), int) if community.layer is None else community.layer[once]
    known = community.strength is not None and len(source)
    strong = community.strong[once] if known else np.ones(len(source), dtype=bool)
    within = where.group[source] == where.group[target]
    key = []
    for k, kind in enumerate(kinds):
        for firm in (True, False):
            some = (layer == k) & (strong == firm)
            if not some.any():
                continue
            word = ("strong" if firm else "weak") if known else ""
            stroke = Stroke(
                " ".join(filter(None, (word, "" if kind == "tie" else kind, "tie"))),
                COLORS.get(kind, GREY),
                1.5 if firm else 1.0,
                "-" if firm else DASHED,
            )
            for near, alpha in ((False, 0.4), (True, 1.0)):
                one = some & (within == near)
                draw_lines(ax, where, source[one], target[one], stroke, scale, 1 + near, alpha)
            key.append(stroke)
    return key if known or community.layers else []
