"""Structure of communities: measures of known graphs, and of graphs drawn at random."""

from statistics import fmean

import networkx as nx

from frontporch import community, data
from frontporch.community.measures.components import giant_share
from frontporch.community.measures.structure import modularity


def ring_of_ties() -> dict[str, float]:
    """Describe rings in which everybody knows their nearest neighbors."""
    ten, four = (community.describe(community.ring(1_000, k)).iloc[0] for k in (10, 4))
    return {
        "clustering, 10 ties each": ten["clustering"],
        "clustering, 4 ties each": four["clustering"],
        "mean path, 10 ties each": ten["mean_path"],
    }


def small_world_clustering() -> dict[str, float]:
    """Give the mean clustering of five small worlds for each share of shortcuts."""
    return {
        f"shortcuts {share}": fmean(
            [
                nx.average_clustering(
                    community.small_world(1_000, 10, share, seed=seed).to_networkx()
                )
                for seed in range(5)
            ]
        )
        for share in (0.01, 0.1, 0.3)
    }


def giant_part() -> dict[str, float]:
    """Give the share of people in the largest part of a random community."""
    return {f"{ties} ties each": float(giant_share(ties)) for ties in (1.5, 2, 3)}


def karate_club() -> dict[str, float]:
    """Describe the karate club, its partition and three of its people."""
    club = community.from_networkx(nx.karate_club_graph())
    row, people = community.describe(club).iloc[0], community.people(club)
    sides = [side for _, side in nx.karate_club_graph().nodes.data("club")]
    counted = ["people", "ties", "triangles", "diameter", "core", "core_people", "bridges"]
    counted += ["local_bridges", "transitivity", "clustering", "mean_path"]
    found = {name.replace("_", " "): row[name] for name in counted}
    found["betweenness of 0"] = people["betweenness"][0]
    for who in (0, 33, 11):
        found[f"constraint of {who}"] = people["constraint"][who]
    found["modularity of the two clubs"] = modularity(club, sides)
    parts = community.detect_communities(club, seed=7)
    return {**found, "highest modularity": parts.modularity, "circles": len(parts)}


def florentine_families() -> dict[str, float]:
    """Describe where the Medici sat among the families of Florence."""
    table = community.people(community.from_table(data.load("florentine_families")))
    return {
        "constraint of the Medici": table["constraint"]["Medici"],
        "betweenness of the Medici": table["betweenness"]["Medici"],
    }
