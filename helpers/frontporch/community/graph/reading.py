"""A community from a table, a graph, a matrix or a log of contacts, and back."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from ...citing import cited, cited_file
from ...counting import bincount
from .arrays import from_arrays, from_columns
from .ties import Community

if TYPE_CHECKING:
    import networkx
    import pandas as pd

    from ...tables.faults import Rows
    from ...tables.noticed import Notes
    from ...tables.reading import Options

DAY = 86_400.0  # seconds
ROUNDING = 1e-9
"""Share of the largest entry by which a symmetric matrix may differ from its mirror."""


@cited_file
def from_table(
    ties: pd.DataFrame | str | Path,
    people: Sequence[Hashable] | None = None,
    *,
    directed: bool = False,
    repeats: str = "refuse",
    **reading: Unpack[Options],
) -> Community:
    """Make a community from a table of ties.

    Parameters
    ----------
    ties : pandas.DataFrame, str or pathlib.Path
        A table, or a file of one: the `ties` contract with `source`, `target`, and if there are
        any `strength`, `since` and `layer`. Age counts from `since` to the latest day in it.
    people : sequence, optional
        Everybody, also those without a tie; those in the table if not given, in the order in
        which they appear.
    directed : bool
        Whether ties have a direction.
    repeats : {"refuse", "add up"}
        What to do with a tie that stands in several rows: add up their strengths (1 each where
        there are none) and keep the greatest age.
    **reading
        Options as in `tables.read`, such as `columns` and `spelling`.

    Returns
    -------
    Community
        Its `noticed` lists what was noticed, such as a column that was not used.

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
    from ...tables import TableError
    from ...tables.faults import completed

    if repeats not in ("refuse", "add up"):
        raise ValueError(f"repeats is {repeats!r}, but must be 'refuse' or 'add up'.")
    told: dict[str, Any] = {"directed": directed, "repeats": repeats, **reading}
    try:
        return _from_table(ties, people, **told)
    except TableError as error:
        raise completed(error, partial(_from_table, ties, people), told) from None


def _from_table(
    ties: pd.DataFrame | str | Path,
    people: Sequence[Hashable] | None,
    *,
    directed: bool,
    repeats: str,
    **reading: Any,
) -> Community:
    import pandas as pd

    from ...tables import Contract
    from ...tables.noticed import KEPT
    from ...tables.reader import brought
    from ...tables.reading import Reading

    contract = Contract.load("ties")
    # A strength or a day that some ties have, all must have.
    filled = tuple(
        replace(one, constraints=(*one.constraints, ("required", True))) if one.optional else one
        for one in contract.fields
    )
    contract = replace(contract, fields=filled, key=() if repeats == "add up" else contract.key)
    with _offered(directed):
        checked, rows = brought(ties, contract, "ties", Reading.of(reading))
        ends = pd.concat([checked["source"], checked["target"]]).astype(object).to_numpy()
        codes, names = _numbered(ends, people, rows)
        columns, layers = _columns(checked, rows)
        half = len(checked)
        pair = (codes[:half], codes[half:])
        if repeats == "add up":
            pair, columns = _added_up(pair, columns, directed)
        made = from_columns(pair, list(names), columns, directed, layers, labels=rows)
    return replace(made, noticed=tuple(checked.attrs.get(KEPT, ())))


@contextmanager
def _offered(directed: bool) -> Iterator[None]:
    """Say what `from_table` offers where one tie stands in several rows."""
    from ...tables import TableError

    try:
        yield
    except TableError as error:
        twice = [one.column == "source, target" for one in error.faults]
        if not any(twice):
            raise
        options = dict(error.options)
        if "directed" not in options:
            options["repeats"] = "add up"
        words = {
            True: 'If each direction is a tie of its own, say directed=True; repeats="add up" '
            "makes one tie of all its rows, with their strengths added up.",
            False: 'repeats="add up" makes one tie of all its rows, with their strengths added up; '
            "or take one of the two rows out.",
        }["directed" in options]
        faults = [
            replace(one, remedy=words) if repeated else one
            for one, repeated in zip(error.faults, twice, strict=True)
        ]
        raise TableError(error.source, faults, error.total, error.place, options) from None


def _numbered(
    ends: np.ndarray, people: Sequence[Hashable] | None, rows: Rows
) -> tuple[np.ndarray, Sequence[Hashable]]:
    """Number the people at the ends of ties, and refuse those whom a list does not have."""
    import pandas as pd

    if people is None:
        return pd.factorize(ends)
    names = np.empty(len(people), dtype=object)
    names[:] = [str(one) if isinstance(one, (int, np.integer)) else one for one in people]
    codes = pd.Index(names).get_indexer(ends)
    unknown, half = np.flatnonzero(codes < 0), len(rows.labels)
    findings = rows.findings()
    findings.many(
        unknown % half,
        lambda k: (
            "source" if unknown[k] < half else "target",
            ends[unknown[k]],
            "is nobody in the list of people",
            "Add them to people, or mend the name.",
        ),
    )
    findings.stop()
    return codes, names


def _columns(checked: pd.DataFrame, rows: Rows) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Give strength, age and layer of each tie, and what the layers are called."""
    import pandas as pd

    columns: dict[str, Any] = {}
    layers: tuple[str, ...] = ()
    if "strength" in checked:
        columns["strength"] = checked["strength"].to_numpy(float)
    if "since" in checked:
        since = checked["since"]
        columns["age"] = (since.max() - since).dt.total_seconds().to_numpy() / DAY
    if "layer" in checked:
        findings = rows.findings()
        findings.many(
            np.flatnonzero(checked["layer"].isna()),
            lambda k: ("layer", None, "is missing", "Name a layer for every tie, or for none."),
        )
        findings.stop()
        columns["layer"], found = pd.factorize(checked["layer"])
        layers = tuple(map(str, found))
    return columns, layers


def _added_up(
    pair: tuple[np.ndarray, np.ndarray], columns: dict[str, Any], directed: bool
) -> tuple[tuple[np.ndarray, np.ndarray], dict[str, Any]]:
    """Put rows of one tie together: strengths add up, the greatest age and first layer stay."""
    first, second = (one.astype(np.int64) for one in pair)
    if not directed:
        first, second = np.minimum(first, second), np.maximum(first, second)
    size = int(max(first.max(initial=0), second.max(initial=0))) + 1
    keys, at, tie = np.unique(first * size + second, return_index=True, return_inverse=True)
    strength = np.asarray(columns.get("strength", np.ones(len(first))), float)
    merged: dict[str, Any] = {"strength": bincount(tie, strength, minlength=len(keys))}
    if "age" in columns:
        merged["age"] = np.zeros(len(keys))
        np.maximum.at(merged["age"], tie, columns["age"])
    if "layer" in columns:
        merged["layer"] = np.asarray(columns["layer"])[at]
    return (first[at], second[at]), merged


@cited
def from_networkx(graph: networkx.Graph, strength: str | None = "weight") -> Community:
    """Make a community from a networkx graph.

    Parameters
    ----------
    graph : networkx.Graph or networkx.DiGraph
        Its nodes are people, its edges ties. An edge attribute `layer` gives layers, `age` the
        days since the tie began; a node attribute `group` gives neighbourhoods. Several edges
        between two people are one tie, with their strengths added up (1 each where there are
        none).
    strength : str or None
        Edge attribute that holds the strength; not used where no edge has it.

    Returns
    -------
    Community

    Raises
    ------
    ValueError
        If only some edges have a strength.
    frontporch.tables.TableError
        If a node is tied to itself, or a strength is negative.

    Examples
    --------
    >>> import networkx
    >>> from_networkx(networkx.karate_club_graph())
    Community of 34 people and 78 ties
    """
    from ...tables.faults import Rows

    names = list(graph.nodes)
    number = {name: k for k, name in enumerate(names)}
    group, notes = _groups(graph)
    ends = list(graph.edges()) if not graph.is_multigraph() else list(graph.edges(keys=False))
    source = np.fromiter((number[a] for a, _ in ends), np.int64, len(ends))
    target = np.fromiter((number[b] for _, b in ends), np.int64, len(ends))
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
    if (ages := _ages(graph, len(ends), notes)) is not None:
        columns["age"] = ages
    numbered = names == list(range(len(names)))
    people = len(names) if numbered and names else names
    labels: Rows | None = Rows("ties", ends)
    if graph.is_multigraph():
        (source, target), columns = _added_up((source, target), columns, graph.is_directed())
        labels = None
    made = from_columns(
        (source, target), people, columns, graph.is_directed(), layers, group, labels=labels
    )
    return replace(made, noticed=tuple(notes)) if notes else made


def _groups(graph: networkx.Graph) -> tuple[np.ndarray | None, Notes]:
    """Give the neighbourhood of each node, if all have one, and start the notes."""
    from ...tables.noticed import Notes

    notes = Notes()
    values = [one for _, one in graph.nodes.data("group")]
    given = [one for one in values if one is not None]
    if not given:
        return None, notes
    whole = all(isinstance(one, (int, np.integer)) and one >= 0 for one in given)
    if len(given) < len(values) or not whole:
        notes.say("nodes with a 'group'", len(given), "not used: it is no number from 0 of each")
        return None, notes
    return np.array(values, dtype=np.int64), notes


def _ages(graph: networkx.Graph, ties: int, notes: Notes) -> np.ndarray | None:
    """Give the age of each tie, if all have one."""
    values = [one for *_, one in graph.edges.data("age")]
    given = [one for one in values if one is not None]
    if not given:
        return None
    numbers = all(isinstance(one, (int, float, np.number)) and one >= 0 for one in given)
    if len(given) < ties or not numbers:
        notes.say("edges with an 'age'", len(given), "not used: it is no number of days of each")
        return None
    return np.array(values, dtype=float)


@cited_file
def from_matrix(matrix: Any, people: Sequence[Hashable] | None = None) -> Community:
    """Make a community from an adjacency matrix; its entries are strengths.

    Parameters
    ----------
    matrix : scipy sparse matrix or array, or array_like, shape (people, people)
        Entry (i, j) is the strength of the tie from i to j. A symmetric matrix gives ties
        without direction, any other gives ties with one. If all entries are 1, ties have no
        strength. A frame gives names by its index and columns, which must agree.
    people : sequence, optional
        What the rows are called.

    Examples
    --------
    >>> from_matrix([[0, 2], [2, 0]]).strength.tolist()
    [2.0, 2.0]
    """
    from scipy import sparse

    if isinstance(matrix, str | Path):
        raise TypeError(
            f"a matrix is an array or a frame, but this is a path: from_table({str(matrix)!r}) "
            "reads a table of all pairs from a file."
        )
    if hasattr(matrix, "columns") and hasattr(matrix, "index"):
        matrix, people = _with_names(matrix, people)
    found = sparse.coo_array(matrix)
    if found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise ValueError(f"a matrix of ties is square, but this one has shape {found.shape}.")
    rows = found.tocsr()
    found = rows.tocoo()
    # What differs by rounding is the same.
    apart = abs(rows - rows.T.tocsr())
    most = abs(rows).max() if rows.nnz else 0
    symmetric = bool(apart.max() <= ROUNDING * most) if apart.nnz else True
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


def _with_names(
    matrix: pd.DataFrame, people: Sequence[Hashable] | None
) -> tuple[np.ndarray, Sequence[Hashable]]:
    """Give the entries of a frame, and the names of its rows, in whose order its columns come."""
    index, columns = list(map(str, matrix.index)), list(map(str, matrix.columns))
    counted = index == [str(k) for k in range(len(index))]
    if counted and columns != index and len(columns) == len(index):
        index = columns  # a frame's own numbers are no names
        matrix = matrix.set_axis(columns, axis=0)
    elif not counted and columns == [str(k) for k in range(len(columns))]:
        columns = index
        matrix = matrix.set_axis(index, axis=1)
    if sorted(index) != sorted(columns) or len(set(index)) < len(index):
        odd = sorted(set(index) ^ set(columns))[:5] or index[:5]
        raise ValueError(
            f"rows and columns of a matrix of ties have the same names, each once: look at "
            f"{', '.join(odd)}. If names stand in the first column, frame.set_index("
            f"{matrix.columns[0]!r}) makes them the rows' names."
        )
    plain = matrix.set_axis(index, axis=0).set_axis(columns, axis=1)[index]
    named = None if counted and columns == [str(k) for k in range(len(columns))] else index
    return plain.fillna(0).to_numpy(float), people if people is not None else named


def as_community(given: Any) -> Community:
    """Give a community as it is; a graph of networkx or igraph, or a matrix, as a community."""
    if isinstance(given, Community):
        return given
    if hasattr(given, "is_multigraph"):
        return from_networkx(given)
    if hasattr(given, "get_edgelist") and hasattr(given, "vs"):
        named = {"vertex_attr_hashable": "name"} if "name" in given.vs.attributes() else {}
        return from_networkx(given.to_networkx(**named))
    if hasattr(given, "tocsr") or (
        hasattr(given, "ndim") and given.ndim == 2 and not hasattr(given, "columns")
    ):
        return from_matrix(given)
    if hasattr(given, "columns"):
        return from_table(given) if len(given) != len(given.columns) else from_matrix(given)
    raise TypeError(
        f"a community is needed, or a networkx graph, but this is a {type(given).__name__}: see "
        "from_table, from_matrix, from_interactions."
    )
