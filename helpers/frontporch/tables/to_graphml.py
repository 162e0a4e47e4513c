"""Write ties as GraphML, which Gephi, igraph, Cytoscape and networkx read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import networkx

NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Signs that XML does not know."""


def write_graphml(graph: networkx.Graph, path: str | Path) -> None:
    """Write a graph as GraphML; people are named by text, and missing values are left out.

    Raises
    ------
    ValueError
        If two people have the same name as text, or a text has a sign that XML does not know.
    """
    import networkx

    names = {node: str(node) for node in graph.nodes}
    if len(set(names.values())) < len(names):
        raise ValueError("two people are called the same, as text and as a number: rename one.")
    plain = networkx.relabel_nodes(graph, names)
    for name in names.values():
        _refuse(name)
    known = [more for _, more in plain.nodes.data()] + [more for *_, more in plain.edges.data()]
    for carried in known:
        for key, value in list(carried.items()):
            kept = _plain(value)
            if kept is None:
                del carried[key]
            else:
                carried[key] = kept
    networkx.write_graphml_xml(plain, path, encoding="utf-8")


def graph_of(ties: pd.DataFrame) -> networkx.Graph:
    """Give a table of ties as a graph without direction, with all its further columns.

    Raises
    ------
    ValueError
        If it has no columns `source` and `target`, or a tie stands in several rows.
    """
    import networkx

    if not {"source", "target"} <= set(ties.columns):
        raise ValueError(
            "GraphML holds ties, a table with the columns 'source' and 'target': write CSV or XLSX."
        )
    graph = networkx.from_pandas_edgelist(ties, "source", "target", edge_attr=_further(ties))
    if graph.number_of_edges() < len(ties):
        raise ValueError(
            "a tie stands in several rows, or both ways round: make a community, as "
            'community.from_table(ties, repeats="add up") or with directed=True, and write that.'
        )
    return graph


def _further(ties: pd.DataFrame) -> Any:
    return [name for name in ties.columns if name not in ("source", "target")] or None


def _plain(value: Any) -> Any:
    """Give a value as one of the kinds that GraphML knows; None for a missing one."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, (bool, int, float)):
        return None if value != value else value
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    _refuse(text)
    return text


def _refuse(text: str) -> None:
    if NO_XML.search(text):
        raise ValueError(f"{text[:40]!r} has a control sign, which XML cannot keep: take it out.")
