"""A community from a table, a graph, a matrix or a log of contacts, and back."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .arrays import from_arrays, from_columns
from .ties import Community

if TYPE_CHECKING:
    import networkx
    import pandas as pd

DAY = 86_400.0  # seconds


def from_table(
    ties: pd.DataFrame, people: Sequence[Hashable] | None = None, *, directed: bool = False
) -> Community:
    """Make a community from a table of ties.

    Parameters
    ----------
    ties : pandas.DataFrame
        The `ties` contract: `source`, `target`, and if there are any `strength`, `since` and
        `layer`. Age counts from `since` to the latest day in it.
    people : sequence, optional
        Everybody, also those without a tie; those in the table if not given, in the order in
        which they appear.
    directed : bool
        Whether ties have a direction.

    Returns
    -------
    Community

    Raises
    ------
    frontporch.tables.TableError
        If the table breaks its contract, names somebody who is not in `people`, or has the
        same tie twice.

    Examples
    --------
    >>> from frontporch import data
    >>> from_table(data.load("karate_club"))
    Community of 34 people and 78 ties
    """
    import pandas as pd

    from ...tables import check
    from ...tables.faults import Findings

    checked = check(ties, "ties")
    ends = pd.concat([checked["source"], checked["target"]]).astype(object).to_numpy()
    if people is None:
        codes, names = pd.factorize(ends)
    else:
        names = np.empty(len(people), dtype=object)
        names[:] = [str(one) if isinstance(one, (int, np.integer)) else one for one in people]
        codes = pd.Index(names).get_indexer(ends)
        unknown = np.flatnonzero(codes < 0)
        findings = Findings("ties", "row", label=lambda row: checked.index[row])
        findings.many(
            unknown % len(checked),
            lambda k: (
                "source" if unknown[k] < len(checked) else "target",
                ends[unknown[k]],
                "is nobody in the list of people",
                "Add them to people, or mend the name.",
            ),
        )
        findings.stop()
    columns: dict[str, Any] = {}
    layers: tuple[str, ...] = ()
    if "strength" in checked:
        columns["strength"] = checked["strength"].to_numpy(float)
    if "since" in checked:
        since = checked["since"]
        columns["age"] = (since.max() - since).dt.total_seconds().to_numpy() / DAY
    if "layer" in checked:
        findings = Findings("ties", "row", label=lambda row: checked.index[row])
        findings.many(
            np.flatnonzero(checked["layer"].isna()),
            lambda k: ("layer", None, "is missing", "Name a layer for every tie, or for none."),
        )
        findings.stop()
        columns["layer"], found = pd.factorize(checked["layer"])
        layers = tuple(map(str, found))
    half = len(checked)
    ends = (codes[:half], codes[half:])
    return from_columns(ends, list(names), columns, directed, layers, labels=checked.index)


def from_networkx(graph: networkx.Graph, strength: str | None = "weight") -> Community:
    """Make a community from a networkx graph.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Its nodes are people, its edges ties. An edge attribute `layer` gives layers.
    strength : str or None
        Edge attribute that holds the strength; not used where no edge has it.

    Returns
    -------
    Community

    Raises
    ------
    ValueError
        If it is a multigraph, or only some edges have a strength.
    frontporch.tables.TableError
        If a node is tied to itself, or a strength is negative.

    Examples
    --------
    >>> import networkx
    >>> from_networkx(networkx.karate_club_graph())
    Community of 34 people and 78 ties
    """
    if graph.is_multigraph():
        raise ValueError(
            "a multigraph has several ties between two people: add them up first, as "
            "networkx.Graph(graph) or with a weight."
        )
    names = list(graph.nodes)
    number = {name: k for k, name in enumerate(names)}
    source = np.fromiter((number[a] for a, _ in graph.edges), np.int64, graph.number_of_edges())
    target = np.fromiter((number[b] for _, b in graph.edges), np.int64, graph.number_of_edges())
    columns: dict[str, Any] = {}
    layers: tuple[str, ...] = ()
    for name in filter(None, (strength, "layer")):
        values = [one for *_, one in graph.edges.data(name)]
        missing = sum(one is None for one in values)
        if missing == len(values):
            continue
        if missing:
            raise ValueError(f"{missing} of {len(values)} edges have no {name!r}: give all or none")
        if name == strength:
            columns["strength"] = np.array(values, float)
        else:
            found = {layer: k for k, layer in enumerate(dict.fromkeys(values))}
            columns["layer"] = np.array([found[one] for one in values])
            layers = tuple(map(str, found))
    numbered = names == list(range(len(names)))
    people = len(names) if numbered and names else names
    return from_columns(
        (source, target), people, columns, graph.is_directed(), layers, labels=list(graph.edges)
    )


def from_matrix(matrix: Any, people: Sequence[Hashable] | None = None) -> Community:
    """Make a community from an adjacency matrix; its entries are strengths.

    Parameters
    ----------
    matrix : scipy sparse matrix or array, or array_like, shape (people, people)
        Entry (i, j) is the strength of the tie from i to j. A symmetric matrix gives ties
        without direction, any other gives ties with one. If all entries are 1, ties have no
        strength.
    people : sequence, optional
        What the rows are called.

    Examples
    --------
    >>> from_matrix([[0, 2], [2, 0]]).strength.tolist()
    [2.0, 2.0]
    """
    from scipy import sparse

    found = sparse.coo_array(matrix)
    if found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise ValueError(f"a matrix of ties is square, but this one has shape {found.shape}.")
    rows = found.tocsr()
    found = rows.tocoo()
    symmetric = (rows != rows.T.tocsr()).nnz == 0
    row, column = found.coords
    some = (row <= column) if symmetric else np.ones(found.nnz, dtype=bool)
    some &= found.data != 0
    strength = found.data[some].astype(float)
    return from_arrays(
        row[some],
        column[some],
        found.shape[0] if people is None else people,
        directed=not symmetric,
        strength=None if (strength == 1).all() else strength,
    )


def to_networkx(community: Community) -> networkx.Graph:
    """Give the community as a networkx graph; strength is its `weight`.

    Examples
    --------
    >>> graph = to_networkx(from_arrays([0, 1], [1, 2], people=["ann", "bob", "cas"]))
    >>> sorted(graph.edges)
    [('ann', 'bob'), ('bob', 'cas')]
    """
    import networkx

    table = community.to_table()
    graph = networkx.DiGraph() if community.directed else networkx.Graph()
    graph.add_nodes_from(community.names(np.arange(community.size)))
    named = {"strength": "weight", "age": "age", "layer": "layer"}
    known = [name for name in named if name in table]
    for source, target, *values in zip(
        *(table[name].tolist() for name in ("source", "target", *known)), strict=True
    ):
        attributes = dict(zip((named[one] for one in known), values, strict=True))
        graph.add_edge(source, target, **attributes)
    if community.group is not None:
        for name, group in zip(graph.nodes, community.group.tolist(), strict=True):
            graph.nodes[name]["group"] = group
    return graph


def as_community(given: Any) -> Community:
    """Give a community as it is, and a networkx graph as a community."""
    if isinstance(given, Community):
        return given
    if hasattr(given, "is_multigraph"):
        from .reading import from_networkx

        return from_networkx(given)
    raise TypeError(
        f"a community is needed, or a networkx graph, but this is a {type(given).__name__}: see "
        "from_table, from_matrix, from_interactions."
    )
