"""Marks on a page: people in their places, ties, names and the key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ... import look
from ...counting import bincount
from ...look.narrow import KEY
from ..graph.ties import Community
from .blocks import Blocks
from .layout import TALL, WIDE, Layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D

BELOW, ABOVE = 0.35, 0.35
"""Strips for the key and for the title, in inches of a picture of default size."""
INK, GREY = "#1A1A1A", "#767676"
DASHED, DOTTED = (0, (2.5, 1.8)), (0, (1, 1.2))
LEGIBLE = 11
LETTER = 0.088
"""Mean width of a letter of the key, in inches."""
SHAPES = len(look.palette)


class Stroke(NamedTuple):
    """How a line looks, and what the key says of it."""

    text: str
    color: str
    width: float
    style: object = "-"


class Dot(NamedTuple):
    """How a person looks, and what the key says of it."""

    text: str
    face: str
    edge: str


def open_page(ax: Axes | None) -> tuple[Axes, float]:
    """Give axes without scales, and how large they are beside a whole picture."""
    if ax is None:
        from matplotlib import pyplot as plt

        # Placed at once: there are no labels for which a layout engine would have to make room.
        ax = plt.figure(layout="none").add_axes((0, 0, 1, 1))
    else:
        ax.set_aspect("equal")
    ax.set_axis_off()
    ax.set(xlim=(0, WIDE), ylim=(-BELOW, TALL + ABOVE))
    inches = ax.figure.get_size_inches() * ax.get_position().size
    return ax, float(min(inches[0] / WIDE, inches[1] / (BELOW + TALL + ABOVE), 1.5))


def draw_lines(
    ax: Axes,
    where: Layout,
    source: NDArray,
    target: NDArray,
    stroke: Stroke,
    scale: float,
    order: float,
    alpha: float = 1.0,
) -> None:
    """Draw ties as one broken line, so that where many cross they are no darker than one."""
    from matplotlib.lines import Line2D

    if not len(source):
        return
    ends = np.full((len(source), 3, 2), np.nan)
    ends[:, 0], ends[:, 1] = where.at[source], where.at[target]
    x, y = ends.reshape(-1, 2).T
    line = Line2D(
        x,
        y,
        color=stroke.color,
        linewidth=stroke.width * scale,
        linestyle=stroke.style,
        marker="",
        alpha=alpha,
        zorder=order,
    )
    _put(ax, line)


def _put(ax: Axes, line: Line2D) -> None:
    """Add a line without asking for new limits."""
    line.set_transform(ax.transData)
    line.set_clip_on(False)
    ax.add_artist(line)


def drawn_once(community: Community) -> NDArray[np.bool_]:
    """Say which arcs to draw: one of the two of a tie without direction."""
    if community.directed:
        return np.ones(community.arcs, dtype=bool)
    return community.sources < community.targets


def dot_size(where: Layout, scale: float) -> float:
    """Give the area of a person's dot in square points, so that none touches its neighbour."""
    people = bincount(where.group)
    spacing = (where.radius * np.sqrt(np.pi * where.stretch / people)).min()
    return (scale * min(0.6 * 72 * spacing, 18.0)) ** 2


def draw_people(
    ax: Axes,
    where: Layout,
    scale: float,
    face: Sequence[str],
    edge: Sequence[str],
    width: float,
    larger: NDArray | float = 1.0,
) -> None:
    """Draw each person with the shape of their group, all as one collection."""
    sizes = np.broadcast_to(dot_size(where, scale) * larger, len(face))
    _dots(ax, where.at, where.group % SHAPES, sizes, face, edge, width * scale, 4)


def _dots(ax, at, shape, sizes, face, edge, width, order) -> PathCollection:
    from matplotlib.collections import PathCollection
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import IdentityTransform

    paths = []
    for one in look.palette:
        marker = MarkerStyle(one.marker)
        paths.append(marker.get_path().transformed(marker.get_transform()))
    dots = PathCollection(
        [paths[k] for k in shape],
        sizes,
        offsets=at,
        offset_transform=ax.transData,
        facecolors=face,
        edgecolors=edge,
        linewidths=width,
        zorder=order,
    )
    dots.set_transform(IdentityTransform())
    ax.add_collection(dots, autolim=False)
    return dots


def write_groups(
    ax: Axes, where: Layout | Blocks, names: Sequence[str] | None, scale: float = 1.0
) -> None:
    """Write what each group is called above its place, in its colour."""
    if names is None:
        return
    for k, name in enumerate(names):
        x, y = where.centre[k][0], where.centre[k][1] + where.radius[k]
        ax.text(
            x,
            y + 0.08,
            name,
            ha="center",
            va="bottom",
            fontsize=max(15 * scale, LEGIBLE),
            color=look.readable(look.palette[k % SHAPES].color),
            in_layout=False,
            zorder=6,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
        )


def write_people(ax: Axes, where: Layout, community: Community, scale: float) -> None:
    """Write each person's name under their dot."""
    drop = (dot_size(where, scale) ** 0.5 / 2 + 2) / 72
    size = max(LEGIBLE, 13 * scale)
    for name, (x, y) in zip(community.names(np.arange(community.size)), where.at, strict=True):
        half = LETTER * len(str(name)) / 2
        x = min(max(x, half), WIDE - half)  # a long name at the edge stays on the page
        ax.text(
            x,
            y - drop,
            str(name),
            ha="center",
            va="top",
            fontsize=size,
            color=INK,
            zorder=5,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5},
        )


def draw_key(ax: Axes, parts: Sequence[Stroke | Dot], y: float = -BELOW / 2) -> None:
    """Say along the lower edge what lines and dots mean."""
    from matplotlib.lines import Line2D

    x = 0.15
    for k, part in enumerate(parts):
        name = f"{KEY}{k}"  # a narrow screen has it in several rows
        if isinstance(part, Dot):
            at = np.array([[x + 0.1, y]])
            _dots(ax, at, [0], [110.0], [part.face], [part.edge], 1.5, 4).set_gid(name)
            x += 0.25
        else:
            line = Line2D(
                [x, x + 0.42],
                [y, y],
                color=part.color,
                linewidth=part.width,
                linestyle=part.style,
                marker="",
                gid=name,
            )
            _put(ax, line)
            x += 0.5
        ax.text(x, y, part.text, fontsize=13, va="center_baseline", in_layout=False, gid=name)
        x += LETTER * len(part.text) + 0.22


def write_title(ax: Axes, text: str, scale: float) -> None:
    """Write along the upper edge what is shown."""
    size = max(17 * scale, 13)
    # In a small panel the title stands higher, so that names of groups have room below it.
    up = 0.06 if scale > 0.6 else 0.32
    ax.text(0.15, TALL + up, text, fontsize=size, va="bottom", in_layout=False)
