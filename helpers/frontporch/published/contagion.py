"""What spreads how far: cascades, thresholds and crowds."""

import networkx as nx
import numpy as np
from scipy import stats

from frontporch import community
from frontporch.community.graph.lattices import grid
from frontporch.community.spread.granovetter import equilibrium, no_ties, tipping_spread

GRAPHS = {
    "line of 5": nx.path_graph(5),
    "star of 6": nx.star_graph(6),
    "circle of 6": nx.cycle_graph(6),
    "diamond": nx.Graph([(0, 1), (0, 2), (1, 3), (2, 3)]),
    "4 who all know each other": nx.complete_graph(4),
    "5 who all know each other": nx.complete_graph(5),
}


def _mean(graph, start, rule):
    return community.simulate(GRAPHS[graph], start, rule, runs="exact").mean


def independent_cascade() -> dict[str, float]:
    """Give the mean reach of a cascade, by following every course that it can take."""
    asked = [("line of 5", 0, 0.3), ("star of 6", 0, 0.3), ("star of 6", 1, 0.3)]
    asked += [("circle of 6", 0, 0.3), ("diamond", 0, 0.3), ("4 who all know each other", 0, 0.5)]
    return {
        f"{graph}, from {start}, p {p}": _mean(graph, start, community.independent_cascade(p))
        for graph, start, p in asked
    }


def linear_threshold() -> dict[str, float]:
    """Give the mean reach under random thresholds, by following every course."""
    asked = [("line of 5", 0), ("line of 5", 2), ("star of 6", 0), ("star of 6", 1)]
    asked += [("circle of 6", 0)]
    asked += [(f"{k} who all know each other", 0) for k in (4, 5)]
    return {
        f"{graph}, from {start}": _mean(graph, start, community.linear_threshold())
        for graph, start in asked
    }


def karate_cascade() -> dict[str, float]:
    """Give the mean reach in the karate club, exactly and beside another program's runs."""
    rule, club = community.independent_cascade(0.1), nx.karate_club_graph()
    found = {
        f"from {', '.join(map(str, start))}": community.simulate(
            club, start, rule, runs="exact"
        ).mean
        for start in ([33], [0], [0, 33], [0, 32, 33])
    }
    return found | {f"{name}, by runs": found[name] for name in ("from 0", "from 0, 33")}


def global_cascades() -> dict[str, float | None]:
    """Give between which mean numbers of ties one adopter can set off a global cascade."""
    window = community.complex_contagion(fraction=0.18).window()
    return {"fewest ties each": window.lower, "most ties each": window.upper}


def complex_contagion() -> dict[str, float]:
    """Count whom a contagion reaches that needs several neighbors."""
    found = {}
    for ties, needed in ((4, 2), (4, 3), (6, 3), (6, 4), (8, 4), (8, 5)):
        town = community.ring(200, ties)
        start = [0, *town.neighbours(0).tolist()]
        rule = community.complex_contagion(needed)
        reach = community.simulate(town, start, rule, runs="exact").mean
        found[f"ring with {ties} ties each, {needed} needed"] = reach
    for radius, needed in ((1, 3), (1, 4), (2, 9)):
        town = grid(20, 20, radius=radius)
        start = [105, *town.neighbours(105).tolist()]
        rule = community.complex_contagion(needed)
        reach = community.simulate(town, start, rule, runs="exact").mean
        found[f"grid of 400, radius {radius}, {needed} needed"] = reach
    return found


def riot() -> dict[str, float]:
    """Count who joins a riot when thresholds are known, and find where crowds tip."""
    crowd = no_ties(100)
    spread, _ = tipping_spread(0.25)
    found = {
        name: community.simulate(crowd, [], community.granovetter(each), runs="exact").mean
        for name, each in (
            ("thresholds 0 to 99", range(100)),
            ("2 instead of 1", [0, 2, *range(2, 100)]),
        )
    }
    for sigma in (0.125, 0.13):
        # The k-th person joins once 100·F has reached k.
        each = np.ceil(stats.norm.ppf(np.arange(1, 101) / 100, 25, 100 * sigma))
        rule = community.granovetter(each)
        joined = community.simulate(crowd, [], rule, runs="exact").mean
        found[f"of 100, normal thresholds, spread {sigma}"] = joined
    found["tipping spread at a mean of 0.25"] = spread
    found["share just below it"] = float(np.ravel(equilibrium(0.25, [spread - 1e-6]))[0])
    return found


def weak_and_strong_ties() -> dict[str, float]:
    """Give the chance of adopting with three weak and two strong ties to adopters."""
    rule = community.goldenberg_libai_muller(0.005, 0.01, 0.04)
    return {"3 weak, 2 strong": float(rule.probability(3, 2))}
