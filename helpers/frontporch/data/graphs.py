"""Real graphs that come with networkx, as tables of ties and of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ..names import pick
from ..tables import Contract
from .description import Description

if TYPE_CHECKING:
    import networkx

TABLES = ("ties", "people")
MODES = {0: "woman", 1: "event"}


@dataclass(frozen=True)
class Known:
    """What is known of a graph that networkx makes.

    Parameters
    ----------
    maker : str
        The function of networkx.
    title, description, citation : str
        What it is, and who gathered it.
    strength : str
        What the weight of a tie counts; "" where ties have none.
    attribute : tuple of str
        Name and meaning of what is known of each person; empty where nothing is.
    """

    maker: str
    title: str
    description: str
    citation: str
    strength: str = ""
    attribute: tuple[str, ...] = ()


GRAPHS = {
    "davis_southern_women": Known(
        maker="davis_southern_women_graph",
        title="Southern women at social events",
        description=(
            "18 women and the 14 social events that they attended in the 1930s. The graph has "
            "two modes: a tie goes from a woman to an event, never from one woman to another. "
            "Measures for ties between people do not apply before it is projected."
        ),
        citation="Davis, A., Gardner, B. B. & Gardner, M. R. (1941). Deep South. "
        "University of Chicago Press.",
        attribute=("mode", "Whether it is a woman or an event."),
    ),
    "florentine_families": Known(
        maker="florentine_families_graph",
        title="Marriages among Florentine families",
        description=(
            "15 families of Renaissance Florence and the 20 marriage ties between them. A tie "
            "has no direction and no strength; only families with at least one tie are in it."
        ),
        citation="Padgett, J. F. & Ansell, C. K. (1993). Robust action and the rise of the "
        "Medici, 1400–1434. American Journal of Sociology 98, 1259–1319.",
    ),
    "karate_club": Known(
        maker="karate_club_graph",
        title="Friendships in a karate club that split in two",
        description=(
            "34 members of a university karate club and the 78 pairs of them that met outside "
            "its lessons too, before the club split. Ties have no direction. Members are "
            "numbered from 0; Zachary counted from 1."
        ),
        citation="Zachary, W. W. (1977). An information flow model for conflict and fission in "
        "small groups. Journal of Anthropological Research 33, 452–473.",
        strength="contexts in which the two met",
        attribute=("club", "Which of the two clubs the member joined after the split."),
    ),
    "les_miserables": Known(
        maker="les_miserables_graph",
        title="Characters who meet in Les Misérables",
        description=(
            "77 characters of Victor Hugo's novel and the 254 pairs who appear in a chapter "
            "together. Ties have no direction. The people are invented; the counts are made "
            "from the printed book."
        ),
        citation="Knuth, D. E. (1993). The Stanford GraphBase: A Platform for Combinatorial "
        "Computing. ACM Press.",
        strength="chapters in which both appear",
    ),
}


def load(name: str, table: str | None = None) -> pd.DataFrame:
    """Return the ties of a graph, or its people."""
    graph = _graph(name)
    if pick(table or "ties", TABLES, f"table in {name}") == "people":
        return _people(graph, GRAPHS[name])
    ties = pd.DataFrame(
        [(str(source), str(target)) for source, target in graph.edges],
        columns=["source", "target"],
    )
    if GRAPHS[name].strength:
        ties["strength"] = [float(weight) for *_, weight in graph.edges.data("weight")]
    return ties


def describe(name: str) -> Description:
    """Return what is known of a graph."""
    known, graph = GRAPHS[name], _graph(name)
    fields = {one.name: one for one in Contract.load("ties").fields}
    rows = [("ties", one, "string", "", fields[one].description) for one in ("source", "target")]
    if known.strength:
        rows.append(("ties", "strength", "number", known.strength, "How strong the tie is."))
    rows.append(("people", "person", "string", "", "Name or number, as in the ties."))
    if known.attribute:
        rows.append(("people", known.attribute[0], "string", "", known.attribute[1]))
    return Description(
        name=name,
        title=known.title,
        description=known.description,
        columns=pd.DataFrame(rows, columns=["table", "column", "type", "unit", "meaning"]),
        rows={"ties": graph.number_of_edges(), "people": graph.number_of_nodes()},
        sources=(known.citation, f"networkx.{known.maker}"),
        licence="distributed with networkx (BSD-3-Clause)",
        synthetic=False,
        citation=known.citation,
    )


def _graph(name: str) -> networkx.Graph:
    import networkx

    return getattr(networkx, GRAPHS[name].maker)()


def _people(graph: networkx.Graph, known: Known) -> pd.DataFrame:
    people = pd.DataFrame({"person": [str(person) for person in graph.nodes]})
    if "club" in known.attribute:
        people["club"] = [club for _, club in graph.nodes.data("club")]
    if "mode" in known.attribute:
        people["mode"] = [MODES[mode] for _, mode in graph.nodes.data("bipartite")]
    return people
