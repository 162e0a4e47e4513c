"""Who is tied to whom: one compressed sparse row structure that ten million ties fit into."""

from __future__ import annotations

import operator
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount, repeat
from ...groups import require
from ...names import UnknownName, nearest, pick

if TYPE_CHECKING:
    import igraph
    import networkx
    import pandas as pd

MOST_PEOPLE = 2**31 - 1
ATTRIBUTES = {"strength": "weight", "age": "age", "layer": "layer"}
"""What a column of ties is called in a graph of networkx or igraph."""
WEAK_SHARE = 0.3
"""Ties below this quantile of strength are called weak where nothing else is said."""


@dataclass(frozen=True, eq=False)
class Community:
    """People and their ties.

    A tie without direction is two arcs, one each way, that share a number; a tie with
    direction is one. Arcs lie sorted by source, then target.

    Parameters
    ----------
    starts : numpy.ndarray of int64, shape (people + 1,)
        Person k's arcs are `starts[k]` up to `starts[k + 1]`.
    targets : numpy.ndarray of int32, shape (arcs,)
        Whom each arc leads to.
    directed : bool
        Whether ties have a direction.
    people : tuple, optional
        What each person is called; None where people are numbered from 0.
    strength : numpy.ndarray of float64, shape (arcs,), optional
        How strong each tie is, from 0 up, in the unit of its author.
    age : numpy.ndarray of float64, shape (arcs,), optional
        Days since the tie began.
    layer : numpy.ndarray of uint8 or int32, shape (arcs,), optional
        In which layer each tie lies, as a position in `layers`; uint8 up to 256 of them.
    layers : tuple of str
        What the layers are called, such as "local" and "online".
    group : numpy.ndarray of int, shape (people,), optional
        Neighbourhood of each person, numbered from 0.
    synthetic : str
        What made this community, with its seed; empty for a real one.
    noticed : tuple
        What was noticed when its table was read.

    Examples
    --------
    >>> from frontporch import community
    >>> trio = community.from_arrays([0, 1], [1, 2], people=["ann", "bob", "cas"])
    >>> trio
    Community of 3 people and 2 ties
    >>> trio.names(trio.neighbours("bob"))
    ['ann', 'cas']
    """

    starts: NDArray[np.int64]
    targets: NDArray[np.int32]
    directed: bool = False
    people: tuple[Hashable, ...] | None = None
    strength: NDArray[np.floating] | None = None
    age: NDArray[np.floating] | None = None
    layer: NDArray[np.integer] | None = None
    layers: tuple[str, ...] = ()
    group: NDArray[np.integer] | None = None
    synthetic: str = ""
    noticed: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        """Hold the lengths against each other, and keep the arrays from being changed."""
        if self.people is not None and len(self.people) != self.size:
            raise ValueError(f"people has {len(self.people)} names for {self.size} people.")
        if self.group is not None and len(self.group) != self.size:
            raise ValueError(f"group has {len(self.group)} entries for {self.size} people.")
        for name in ("strength", "age", "layer"):
            one = getattr(self, name)
            if one is not None and len(one) != self.arcs:
                raise ValueError(f"{name} has {len(one)} entries for {self.arcs} arcs.")
        for name in ("starts", "targets", "strength", "age", "layer", "group"):
            one = getattr(self, name)
            if one is not None and one.flags.writeable:
                # A view, so that an array which somebody else holds stays theirs.
                frozen = one.view()
                frozen.flags.writeable = False
                object.__setattr__(self, name, frozen)

    def __repr__(self) -> str:
        """Say how many there are."""
        ways = " with direction" if self.directed else ""
        return f"Community of {self.size:,} people and {self.ties:,} ties{ways}"

    def to_table(self) -> pd.DataFrame:
        """Give the ties as a table, one row a tie: `source`, `target`, and what is known of it.

        Returns
        -------
        pandas.DataFrame
            The `ties` contract: `source`, `target`, and where they are known `strength`, `age`
            (days) and `layer`.

        Examples
        --------
        >>> from frontporch import community
        >>> community.from_arrays([0, 1], [1, 2]).to_table().to_numpy().tolist()
        [[0, 1], [1, 2]]
        """
        import pandas as pd

        source, target = self.sources, self.targets
        once = slice(None) if self.directed else np.flatnonzero(source < target)
        columns: dict[str, Any] = {
            "source": self.names(source[once]),
            "target": self.names(target[once]),
        }
        for name in ("strength", "age"):
            values = getattr(self, name)
            if values is not None:
                columns[name] = values[once].astype(float)
        if self.layer is not None:
            columns["layer"] = [self.layers[k] for k in self.layer[once].tolist()]
        return pd.DataFrame(columns)

    def to_networkx(self) -> networkx.Graph:
        """Give the community as a networkx graph; strength is its `weight`.

        `age`, `layer` and `group` have the same names there; `from_networkx` gives back the
        same community.

        Examples
        --------
        >>> from frontporch import community
        >>> trio = community.from_arrays([0, 1], [1, 2], people=["ann", "bob", "cas"])
        >>> sorted(trio.to_networkx().edges)
        [('ann', 'bob'), ('bob', 'cas')]
        """
        import networkx

        table = self.to_table()
        graph = networkx.DiGraph() if self.directed else networkx.Graph()
        graph.add_nodes_from(self.names(np.arange(self.size)))
        known = [name for name in ATTRIBUTES if name in table]
        for source, target, *values in zip(
            *(table[name].tolist() for name in ("source", "target", *known)), strict=True
        ):
            attributes = dict(zip((ATTRIBUTES[one] for one in known), values, strict=True))
            graph.add_edge(source, target, **attributes)
        if self.group is not None:
            for name, group in zip(graph.nodes, self.group.tolist(), strict=True):
                graph.nodes[name]["group"] = group
        return graph

    def to_igraph(self) -> igraph.Graph:
        """Give the community as an igraph graph; strength is its `weight`.

        People keep their numbers, and their names are the vertex attribute `name`. All calls
        take an igraph graph as it is.

        Raises
        ------
        MissingPackage
            If igraph is not installed.
        """
        require("A graph of igraph", "igraph", instead="take to_networkx()")
        import igraph

        table = self.to_table()
        once = slice(None) if self.directed else np.flatnonzero(self.sources < self.targets)
        ends = np.column_stack([self.sources[once], self.targets[once]])
        graph = igraph.Graph(n=self.size, edges=ends.tolist(), directed=self.directed)
        for name in ATTRIBUTES:
            if name in table:
                graph.es[ATTRIBUTES[name]] = table[name].tolist()
        if self.people is not None:
            graph.vs["name"] = list(self.people)
        if self.group is not None:
            graph.vs["group"] = self.group.tolist()
        return graph

    @property
    def size(self) -> int:
        """How many people there are."""
        return len(self.starts) - 1

    @property
    def arcs(self) -> int:
        """How many arcs there are: two for a tie without direction."""
        return len(self.targets)

    @property
    def ties(self) -> int:
        """How many ties there are."""
        return self.arcs if self.directed else self.arcs // 2

    @property
    def degree(self) -> NDArray[np.int64]:
        """How many ties leave each person, shape (people,)."""
        return np.diff(self.starts)

    @cached_property
    def in_degree(self) -> NDArray[np.int64]:
        """How many ties lead to each person, shape (people,)."""
        if not self.directed:
            return self.degree
        counts = np.zeros(self.size, dtype=np.int64)
        # In pieces: counting makes 64-bit numbers of a whole memory-mapped array.
        for first in range(0, self.arcs, 1 << 22):
            counts += bincount(self.targets[first : first + (1 << 22)], minlength=self.size)
        return counts

    @cached_property
    def in_strength(self) -> NDArray[np.float64]:
        """Strength of all ties that lead to each person; their number where ties have none."""
        if self.strength is None:
            return self.in_degree.astype(float)
        return bincount(self.targets, self.strength, minlength=self.size)

    @property
    def sources(self) -> NDArray[np.int32]:
        """From whom each arc leads, shape (arcs,); made anew on each call."""
        return repeat(np.arange(self.size, dtype=np.int32), self.degree)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of tie that a spread is told apart by: layers, or weak and strong, or none."""
        if self.layer is not None:
            return self.layers
        return ("weak", "strong") if self.strength is not None else ()

    @cached_property
    def kind(self) -> NDArray[np.integer] | None:
        """Kind of each arc, as a position in `kinds`; None where ties have no kinds."""
        if self.layer is not None:
            return self.layer
        return None if self.strength is None else self.strong.view(np.uint8)

    @cached_property
    def strong(self) -> NDArray[np.bool_]:
        """Whether each arc is strong: at or above the 0.3 quantile of strength.

        Raises
        ------
        ValueError
            If ties have no strength.
        """
        if self.strength is None:
            raise ValueError(
                "ties of this community have no strength, so none is weak or strong: give one, "
                "as a column `strength` or with replace(community, strength=...)."
            )
        return self.strength >= np.quantile(self.strength, WEAK_SHARE)

    @cached_property
    def _numbers(self) -> dict[Hashable, int]:
        return {name: k for k, name in enumerate(self.people or ())}

    def number(self, person: Hashable) -> int:
        """Give the number of a person, from 0.

        Raises
        ------
        UnknownName
            If there is no such person; the text names the nearest.
        """
        if self.people is not None:
            if person in self._numbers:
                return self._numbers[person]
            known = [str(one) for one in self.people[:10_000]]
            raise UnknownName(f"There is no person {person!r}. {_short(nearest(person, known))}")
        try:
            number = operator.index(person)
        except TypeError:
            number = -1
        if not 0 <= number < self.size:
            raise UnknownName(
                f"There is no person {person!r}: people are numbered from 0 to {self.size - 1}."
            )
        return number

    def numbers(self, people: Hashable | Iterable[Hashable]) -> NDArray[np.int64]:
        """Give the numbers of several people, or of one."""
        if isinstance(people, np.ndarray) and people.dtype.kind in "iu" and self.people is None:
            bad = (people < 0) | (people >= self.size)
            if bad.any():
                self.number(people[bad][0])
            return people.astype(np.int64)
        one = isinstance(people, (str, bytes)) or not isinstance(people, Iterable)
        if self.people is not None and isinstance(people, tuple) and people in self._numbers:
            one = True
        return np.array([self.number(k) for k in ([people] if one else people)], dtype=np.int64)

    def names(self, numbers: ArrayLike) -> list[Hashable]:
        """Give what people with these numbers are called."""
        given = np.atleast_1d(np.asarray(numbers)).tolist()
        return given if self.people is None else [self.people[k] for k in given]

    def neighbours(self, person: Hashable) -> NDArray[np.int32]:
        """Give the numbers of those whom a person's ties lead to, in order."""
        k = self.number(person)
        return self.targets[self.starts[k] : self.starts[k + 1]]

    def kept(self, arcs: NDArray[np.bool_]) -> Community:
        """Give the community with some of its arcs only; the people stay.

        Parameters
        ----------
        arcs : numpy.ndarray of bool, shape (arcs,)
            Which stay. Without direction, both arcs of a tie must have the same answer.
        """
        arcs = np.asarray(arcs, dtype=bool)
        before = np.concatenate([[0], np.cumsum(arcs)])
        some = {
            name: None if (one := getattr(self, name)) is None else one[arcs]
            for name in ("strength", "age", "layer")
        }
        return replace(
            self, starts=before[self.starts].astype(np.int64), targets=self.targets[arcs], **some
        )

    def of_layer(self, layer: str) -> Community:
        """Give the community with the ties of one layer only; the people stay.

        Parameters
        ----------
        layer : str
            Which one stays, such as "local".

        Raises
        ------
        ValueError
            If ties have no layers.
        UnknownName
            If there is no such layer; the message names the nearest.

        Examples
        --------
        >>> from frontporch import community
        >>> street = community.main_street().community()
        >>> street.of_layer("online").ties < street.of_layer("local").ties
        True
        """
        if self.layer is None:
            raise ValueError("ties of this community have no layers: give each tie one.")
        return self.kept(self.layer == self.layers.index(pick(layer, self.layers, "layer")))


def sparse_rows(
    source: NDArray[np.integer], target: NDArray[np.integer], people: int, directed: bool
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64]]:
    """Sort ties into compressed sparse rows.

    Parameters
    ----------
    source, target : numpy.ndarray of int, shape (ties,)
        Ends of each tie, from 0 to people − 1.
    people : int
        How many people there are.
    directed : bool
        Whether ties have a direction; if not, each gives two arcs.

    Returns
    -------
    starts, targets : numpy.ndarray
        As in `Community`.
    tie : numpy.ndarray of int64, shape (arcs,)
        Which of the given ties each arc comes from.
    """
    keys = source.astype(np.uint64) << np.uint64(32) | target.astype(np.uint64)
    if not directed:
        back = target.astype(np.uint64) << np.uint64(32) | source.astype(np.uint64)
        keys = np.concatenate([keys, back])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    targets = keys.astype(np.uint32).view(np.int32)
    return row_starts(keys, people), targets, order % max(len(source), 1)


def row_starts(keys: NDArray[np.uint64], people: int) -> NDArray[np.int64]:
    """Give where each person's row begins among sorted keys, source · 2³² + target."""
    starts = np.searchsorted(keys, np.arange(people + 1, dtype=np.uint64) << np.uint64(32))
    return starts.astype(np.int64, copy=False)


def names_of(people: Sequence[Hashable] | int) -> tuple[int, tuple[Hashable, ...] | None]:
    """Give how many people there are and what they are called, from a number or their names."""
    if isinstance(people, (int, np.integer)) and not isinstance(people, bool):
        size, names = int(people), None
    else:
        names = tuple(people)
        size = len(names)
        if len(set(names)) < size:
            twice = next(one for k, one in enumerate(names) if one in names[:k])
            raise ValueError(f"people names {twice!r} twice: each person has a name of their own.")
    if not 0 < size <= MOST_PEOPLE:
        raise ValueError(f"people is {size}, but must be from 1 to {MOST_PEOPLE}.")
    return size, names


def _short(text: str) -> str:
    return text if len(text) <= 300 else f"{text[:300]}…"
