"""Pictures of seeding: reach by number of starters, every way side by side; the town itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ... import look
from ...look.house_style import FAINT, GREY, INK
from ...rounding import decimal, percent, ranking
from ..graph.ties import Community
from ..spread.contagion import simulate
from .choice import Seeds
from .percolation import LiveEdges

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LARGEST_DRAWN = 1_000


def plot_ways(seeds: Seeds, ax: Axes | None = None, *, runs: int = 200) -> Axes:
    """Draw reach by number of starters, every way beside each other, and the bound on any choice.

    Parameters
    ----------
    seeds : Seeds
        What `influence_maximization` returns.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    runs : int
        Runs behind each point.

    Returns
    -------
    matplotlib Axes
    """
    k = len(seeds.starters)
    numbers = np.unique(np.linspace(1, k, min(k, 10)).round().astype(int))

    def reach(people: tuple[Hashable, ...]) -> float:
        if not people:
            return 0.0
        return simulate(seeds.community, list(people), seeds.rule, runs, seeds.seed).mean

    before = reach(seeds.already)
    with look.frame(
        ax,
        xlabel="people asked first",
        ylabel="incremental adopters (people)",
        ylim=(0, None),
        names=True,
    ) as ax:
        for j, (way, people) in enumerate(seeds.ways.items()):
            points = [reach((*seeds.already, *people[:n])) - before for n in numbers]
            ax.plot(numbers, points, label=way, **look.series(j))
        upper = seeds.certificate.upper
        ax.plot([1, k], [upper, upper], color=GREY, linestyle=":", label=f"no {k} reach more")
        ax.yaxis.set_major_formatter("{x:,g}")
        ax.xaxis.get_major_locator().set_params(integer=True)
    return ax


def lay_out(community: Community, seed: int = 7) -> NDArray[np.float64]:
    """Give everybody a place in the picture, near those they are tied to.

    Parameters
    ----------
    community : Community
        Up to 1,000 people.
    seed : int
        Where the first places come from.

    Returns
    -------
    numpy.ndarray of float, shape (people, 2)

    Raises
    ------
    ValueError
        If there are more people than a picture shows.

    Examples
    --------
    >>> from frontporch import community
    >>> lay_out(community.ring(10, 2)).shape
    (10, 2)
    """
    import networkx as nx

    if community.size > LARGEST_DRAWN:
        raise ValueError(
            f"{community.size:,} people cannot be told apart in a picture: draw at most "
            f"{LARGEST_DRAWN:,}, or plot_ways."
        )
    graph = nx.convert_node_labels_to_integers(community.to_networkx())
    nx.set_edge_attributes(graph, 1.0, "weight")
    places = nx.spring_layout(graph, seed=seed, iterations=60)
    return np.array([places[k] for k in range(community.size)])


def plot_starters(
    worlds: LiveEdges,
    starters: Iterable[Hashable],
    ax: Axes | None = None,
    *,
    places: NDArray[np.float64] | None = None,
) -> Axes:
    """Draw the town, who starts, how likely each other person is to adopt, and the reach.

    Parameters
    ----------
    worlds : LiveEdges
        What `live_edges` returns.
    starters : several people
        Who starts; nobody is allowed.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    places : numpy.ndarray of float, shape (people, 2), optional
        What `lay_out` gives; found anew if not given, which takes longer than the drawing.

    Returns
    -------
    matplotlib Axes
    """
    from matplotlib.collections import LineCollection
    from matplotlib.colors import PowerNorm

    town, starters = worlds.community, list(starters)
    places = lay_out(town) if places is None else places
    begun = np.unique(town.numbers(starters))
    reach, chance = worlds.reach(starters), worlds.chances(starters)
    others = np.setdiff1d(np.arange(town.size), begun)
    once = town.sources < town.targets
    with look.frame(ax) as ax:
        ties = np.stack([places[town.sources[once]], places[town.targets[once]]], axis=1)
        ax.add_collection(LineCollection(ties, colors=FAINT, linewidths=0.8, zorder=1))
        drawn = ax.scatter(
            *places[others].T,
            c=chance[others],
            s=55,
            cmap="Blues",
            norm=PowerNorm(0.5, 0, 1),
            edgecolors=INK,
            linewidths=0.7,
            zorder=2,
        )
        ax.scatter(*places[begun].T, marker="*", s=420, color="#F04A0A", edgecolors=INK, zorder=3)
        bar = ax.figure.colorbar(drawn, ax=ax, shrink=0.8, label="chance of adopting")
        look.percent_axis(bar.ax)
        low, high = reach.quantile(0.05), reach.quantile(0.95)
        ax.set_title(
            f"{len(begun)} asked first: {decimal(reach.mean)} of {town.size:,} adopt\n({low:,} to "
            f"{high:,} in nine of ten runs)",
            fontsize=15,
        )
        ax.set_axis_off()
        likely = others[ranking(chance[others])][:3]
        names = zip(town.names(likely), chance[likely], strict=True)
        told = ", ".join(f"{name} {percent(one)}" for name, one in names) or "nobody"
        asked = ", ".join(map(str, town.names(begun)[:10])) if len(begun) else "nobody"
        look.set_alt_text(
            ax,
            f"A community of {town.size:,} people and {town.ties:,} ties. Asked first: "
            f"{asked}. {decimal(reach.mean, 1)} adopt on average, {low:,} to {high:,} in nine of "
            f"ten runs. Most likely of the others: {told}.",
        )
    return ax
