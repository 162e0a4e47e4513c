"""Pictures of closed porches: how far word goes, whom it reaches, and two readings of a town."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import look
from ...community import Community, independent_cascade, main_street, simulate, trace
from ...community.graph.main_street import PLACES
from ...community.pictures.layout import Layout, layout
from ...community.pictures.page import (
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
from ...community.pictures.spreads import plot_spread_at
from ...rounding import decimal, percent
from .closing import closed
from .reaching import Reach

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FEW, MANY = "white", look.palette[1].color
TIES = {
    "local": Stroke("local tie", GREY, 1.2),
    "online": Stroke("online tie", look.palette[0].color, 1.2),
}
RUNS = 200
LARGER = 2.2
"""How many times larger the dot of whoever begins is."""


def plot_reach(found: Reach | Mapping[str, Reach], ax: Axes | None = None) -> Axes:
    """Draw how many people it reaches, by the share of ties among neighbors removed.

    Parameters
    ----------
    found : Reach or mapping of str to Reach
        What `reach` returns; several by their name, at most seven. Bands are 95 % intervals of
        the mean.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    named = found if isinstance(found, Mapping) else {"word of mouth": found}
    people = max(one.people for one in named.values())
    with look.frame(
        ax,
        xlabel="ties among neighbors removed",
        ylabel=f"people who hear the news (of {people})",
        percent="x",
        names=True,
        ylim=(0, people),
    ) as ax:
        told = []
        for k, (name, one) in enumerate(named.items()):
            ax.plot(one.removed, one.mean, label=name, **look.series(k))
            look.band(ax, k, one.removed, *one.interval())
            points = zip(one.removed, one.mean, strict=True)
            told.append(f"{name}: " + ", ".join(f"{decimal(y)} at {percent(x)}" for x, y in points))
        shares = next(iter(named.values())).removed
        if len(shares) <= 6:
            ax.set_xticks(shares)
        look.set_alt_text(
            ax, f"People who hear the news, by ties among neighbors removed. {'; '.join(told)}."
        )
    return ax


def plot_street(
    removed: float = 0.0,
    online: float = 0.0,
    chance: float = 0.3,
    ax: Axes | None = None,
    *,
    start: Hashable = "café",
    seed: int = 7,
) -> Axes:
    """Draw the main street with porches closed, and how often word reaches each person.

    Parameters
    ----------
    removed : float
        Share of the ties among neighbors that are taken away, from 0 to 1.
    online : float
        Expected online ties of a person.
    chance : float
        Probability that a tie passes it on.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    start : person
        Where it starts: somebody of the data set `main_street_ties`.
    seed : int
        Seed of the draws.

    Returns
    -------
    matplotlib Axes
    """
    street, where = _street()
    town = closed(street, removed, online, seed=seed)
    found = simulate(town, start, independent_cascade(chance), runs=RUNS, seed=seed)
    with look.style():
        from matplotlib.colors import LinearSegmentedColormap, to_hex

        ax, scale = open_page(ax)
        once = drawn_once(town)
        for k, layer in enumerate(town.layers):
            some = once & (town.layer == k)
            ends = town.sources[some], town.targets[some]
            draw_lines(ax, where, *ends, TIES[layer], scale, 1 + k, 0.55)
        shades = LinearSegmentedColormap.from_list("reached", [FEW, MANY])
        faces = [to_hex(shades(one)) for one in found.reached]
        begins = np.arange(town.size) == town.number(start)
        draw_people(ax, where, scale, faces, [INK], 0.8, np.where(begins, LARGER, 1.0))
        write_groups(ax, where, list(PLACES))
        heard = f"{decimal(found.mean)} of {town.size} people hear the news on average"
        write_title(ax, heard, scale)
        shade = {"never hears it": FEW, "half of the runs": to_hex(shades(0.5)), "always": MANY}
        draw_key(ax, [*(Dot(name, face, INK) for name, face in shade.items()), *TIES.values()])
        shares = [
            f"{name} {percent(found.reached[street.group == k].mean())}"
            for k, name in enumerate(PLACES)
        ]
        local = town.of_layer("local").ties
        look.set_alt_text(
            ax,
            f"From the {start}, {heard} over {RUNS} runs; by neighborhood: {', '.join(shares)}. "
            f"{local} local and {town.ties - local} online ties.",
        )
    return ax


def plot_step(
    step: float = 0,
    removed: float = 0.0,
    online: float = 0.0,
    chance: float = 0.3,
    ax: Axes | None = None,
    *,
    start: Hashable = "café",
    run: int = 0,
    seed: int = 7,
) -> Axes:
    """Draw one step of one run on the main street with porches closed.

    Parameters
    ----------
    step : int
        Which step, from 0; after the last one nothing is new. A slider may move it.
    removed, online, chance, ax, start, seed
        As in `plot_street`.
    run : int
        Which run, from 0.

    Returns
    -------
    matplotlib Axes
    """
    street, where = _street()
    town = closed(street, removed, online, seed=seed)
    course = trace(town, start, independent_cascade(chance), run, seed=seed)
    return plot_spread_at(course, town, step, ax, names=list(PLACES), places=where)


def plot_neighbours(
    readings: pd.DataFrame | Mapping[str, pd.DataFrame], ax: Axes | None = None
) -> Axes:
    """Draw what each reading of a town says: neighbors more or fewer, with its interval.

    Parameters
    ----------
    readings : pandas.DataFrame or mapping of str to pandas.DataFrame
        What `read_porches` returns; several towns by their name.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    named = readings if isinstance(readings, Mapping) else {"": readings}
    kinds = list(dict.fromkeys(kind for table in named.values() for kind in table["reading"]))
    rows = [
        (f"{town}: {row.reading}" if town else row.reading, row)
        for town, table in named.items()
        for row in table.itertuples()
    ]
    places = range(len(rows))[::-1]
    words = "neighbors known, more or fewer (people)"
    with look.frame(ax, xlabel=words, ylim=(-0.6, len(rows) - 0.3)) as ax:
        told = []
        for at, (name, row) in zip(places, rows, strict=True):
            kind = kinds.index(row.reading)
            look.dots(ax, kind, at, row.estimate, row.lower, row.upper, across=True)
            said, lower, upper = (
                decimal(one, 2, signed=True) for one in (row.estimate, row.lower, row.upper)
            )
            ax.annotate(
                said.replace("-", "−"),
                (row.estimate, at),
                (0, 12),
                textcoords="offset points",
                ha="center",
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "pad": 1},
            )
            told.append(f"{name}: {said} ({lower} to {upper})")
        look.reference(ax, x=0, dotted=True)
        folded = [name.replace(", ", ",\n") for name, _ in rows]
        look.rows(ax, folded, places, label="reading", width=40)
        look.set_alt_text(
            ax, f"Difference in neighbors known, with 95 % intervals. {'; '.join(told)}."
        )
    return ax


@lru_cache(maxsize=1)
def _street() -> tuple[Community, Layout]:
    """Give the main street with the places of its people, which stay whatever is closed."""
    street = main_street().community()
    return street, layout(street)
