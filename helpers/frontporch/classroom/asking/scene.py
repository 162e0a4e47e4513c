"""What a browser needs to draw a community: places, shapes and colours, ties, names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ... import look

if TYPE_CHECKING:
    from ...community import Community
    from ...community.pictures.layout import Layout

WIDTH, HEIGHT = 980, 500
"""Size of the picture in its own units: pixels, where a page has so much room."""
MARGIN, HEAD = 14, 30
"""Left free at the edges, and above for the names of the uppermost groups."""
SHAPES = "os^DvPX"
"""matplotlib's letters of the shapes that the browser knows."""
NAME_LINE = 22
GROWTHS = (1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1, 1.05)
ROOM, APART = 0.12, 0.5
"""Left free at the edge of the page, and between people of two groups: their names stand there."""


def scene(
    community: Community, places: Layout, names: Sequence[str] | None = None
) -> dict[str, Any]:
    """Give everything of a community that stays as it is while people are clicked.

    Parameters
    ----------
    community : Community
        Whom to draw.
    places : Layout
        Where they stand.
    names : sequence of str, optional
        What the groups are called.

    Returns
    -------
    dict
        `people` (name, place, group, neighbours), `groups` (name, place, color, shape), `ties`
        (paths: within groups, between groups), `width`, `height`, `radius` (half the room of a
        person); all of it fit for JSON.

    Examples
    --------
    >>> from frontporch import community
    >>> from frontporch.community.pictures.layout import layout
    >>> pair = community.from_arrays([0], [1], people=["Ann", "Bo"])
    >>> [one["name"] for one in scene(pair, layout(pair))["people"]]
    ['Ann', 'Bo']
    """
    from ...community.pictures.blocks import group_names
    from ...community.pictures.layout import TALL, WIDE

    room = np.array([WIDTH - 2 * MARGIN, HEIGHT - MARGIN - HEAD])
    at = [MARGIN, HEAD] + (roomier(places) / [WIDE, TALL] * [1, -1] + [0, 1]) * room
    called = group_names(names, len(places.radius))
    said = community.names(np.arange(community.size))
    people = [
        {
            "name": str(said[k]),
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "group": int(places.group[k]),
            "near": community.neighbours(said[k]).tolist(),
        }
        for k, (x, y) in enumerate(at)
    ]
    groups = [_group(k, name, at[places.group == k]) for k, name in enumerate(called)]
    once = community.sources < community.targets
    source, target = community.sources[once], community.targets[once]
    within = places.group[source] == places.group[target]
    ties = [_path(at[source[one]], at[target[one]]) for one in (within, ~within)]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "radius": _radius(at),
        "people": people,
        "groups": groups,
        "ties": ties,
    }


def roomier(places: Layout) -> NDArray[np.float64]:
    """Spread each group about its middle, as far as groups stay apart and on the page.

    Examples
    --------
    >>> from frontporch import community
    >>> from frontporch.community.pictures.layout import layout
    >>> places = layout(community.block_model([20, 20], seed=7))
    >>> bool(np.ptp(roomier(places)[:20, 1]) >= np.ptp(places.at[:20, 1]))
    True
    """
    from ...community.pictures.layout import TALL, WIDE

    middle = places.centre[places.group]
    away, apart = places.at - middle, places.group[:, None] != places.group[None, :]
    for grow in GROWTHS:
        at = middle + away * grow
        far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
        fits = (at >= ROOM).all() and (at <= np.array([WIDE, TALL]) - ROOM).all()
        if fits and far[apart].min(initial=np.inf) >= APART:
            return at
    return places.at


def _group(number: int, name: str, at: NDArray[np.float64]) -> dict[str, Any]:
    looks = look.palette[number % len(look.palette)]
    above = max(float(at[:, 1].min()) - NAME_LINE, NAME_LINE - 4)
    return {
        "name": name,
        "x": round(float(at[:, 0].mean()), 1),
        "y": round(above, 1),
        "color": looks.color,
        "ink": look.readable(looks.color),
        "shape": SHAPES.index(looks.marker),
    }


def _radius(at: NDArray[np.float64]) -> float:
    """Half the way from a person to the nearest other, at most 16."""
    if len(at) < 2:
        return 16.0
    far = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    np.fill_diagonal(far, np.inf)
    return round(min(float(np.median(far.min(axis=1))) / 2, 16.0), 1)


def _path(source: NDArray[np.float64], target: NDArray[np.float64]) -> str:
    """Lines as one path, so that where many cross they are no darker than one."""
    return "".join(
        f"M{a:.0f} {b:.0f}L{c:.0f} {d:.0f}" for (a, b), (c, d) in zip(source, target, strict=True)
    )
