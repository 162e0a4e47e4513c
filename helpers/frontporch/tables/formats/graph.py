"""Files of networks: GraphML, GML, Pajek and node-link JSON, through networkx."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..contract import Contract
from ..sheet import Desk, Sheet
from .parquet import of_frame

if TYPE_CHECKING:
    import networkx

ENDS = ("source", "target")
SUFFIXES = {".graphml": "GraphML", ".gml": "GML", ".net": "Pajek", ".paj": "Pajek"}


def is_one(name: str, text: str, contract: Contract) -> bool:
    """Whether a file is a network, for a contract that has ends of ties."""
    if not set(ENDS) <= {field.name for field in contract.fields}:
        return False
    return _kind(name) != "" or _node_link(name, text)


def _kind(name: str) -> str:
    return next((kind for suffix, kind in SUFFIXES.items() if name.lower().endswith(suffix)), "")


def _node_link(name: str, text: str) -> bool:
    begins = text.lstrip()
    return name.lower().endswith(".json") and begins.startswith("{") and '"nodes"' in text


def read(name: str, text: str, desk: Desk) -> Sheet:
    """Read the ties of a network; what edges carry become columns.

    Raises
    ------
    TableError
        If the file is damaged.
    """
    kind = _kind(name) or "node-link JSON"
    try:
        graph = _graph(kind, text)
    except Exception as error:  # readers of networkx raise what their parsers raise
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        desk.refuse(f"cannot be read as {kind}", f"Save it anew; its reader says: {said[:200]}.")
    rows = [
        {"source": _label(graph, a), "target": _label(graph, b), **_carried(more)}
        for a, b, more in graph.edges(data=True)
    ]
    alone = sum(1 for _, degree in graph.degree() if not degree)
    if alone:
        desk.notes.say(
            "people without a tie", alone, "left out: a table of ties has no row for them"
        )
    ways = "directed" if graph.is_directed() else "undirected"
    desk.notes.say(
        f"a network whose file says that ties are {ways}",
        len(rows),
        f"directed={graph.is_directed()}",
    )
    return of_frame(pd.DataFrame(rows, columns=None if rows else list(ENDS)), desk)


def _graph(kind: str, text: str) -> networkx.Graph:
    import networkx

    if kind == "GraphML":
        return networkx.read_graphml(io.BytesIO(text.encode("utf-8")))
    if kind == "GML":
        return networkx.parse_gml(text)
    if kind == "Pajek":
        return networkx.parse_pajek(text)
    found = json.loads(text)
    edges = next(one for one in ("links", "edges") if one in found)
    return networkx.node_link_graph(found, edges=edges)


def _label(graph: networkx.Graph, node: Any) -> str:
    more = graph.nodes[node]
    return str(more.get("label") or more.get("name") or node)


def _carried(more: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in more.items() if key not in (*ENDS, "id", "key")}
    return {key: value for key, value in plain.items() if not isinstance(value, (dict, list))}
