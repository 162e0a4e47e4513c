"""From two arrays of numbered people to a community, and every fault named."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from .ties import Community, names_of, sparse_rows

if TYPE_CHECKING:
    from ...tables.faults import Findings, Rows


def from_arrays(
    source: ArrayLike,
    target: ArrayLike,
    people: Sequence[Hashable] | int | None = None,
    *,
    directed: bool = False,
    strength: ArrayLike | None = None,
    age: ArrayLike | None = None,
    layer: ArrayLike | None = None,
    group: ArrayLike | None = None,
) -> Community:
    """Make a community from the ends of its ties.

    Parameters
    ----------
    source, target : array_like of int, shape (ties,)
        Numbers of the people at both ends, from 0.
    people : sequence or int, optional
        What they are called, or how many there are; the largest number plus 1 if not given.
    directed : bool
        Whether ties have a direction.
    strength, age : array_like of float, shape (ties,), optional
        Strength from 0 up; days since the tie began, from 0 up.
    layer : array_like of str, shape (ties,), optional
        Name of each tie's layer.
    group : array_like of int, shape (people,), optional
        Neighbourhood of each person.

    Returns
    -------
    Community

    Raises
    ------
    frontporch.tables.TableError
        If somebody is tied to themselves, a tie stands twice (also the other way round, where
        ties have no direction), a number is nobody's, or a strength or age is negative or
        missing. Each fault has its row.
    ValueError
        If lengths differ, or there are no people.

    Examples
    --------
    >>> from_arrays([0, 1, 2], [1, 2, 0]).degree.tolist()
    [2, 2, 2]
    >>> from_arrays([0, 1], [1, 2], layer=["street", "list"]).layers
    ('street', 'list')
    """
    columns: dict[str, ArrayLike | None] = {"strength": strength, "age": age}
    layers: tuple[str, ...] = ()
    if layer is not None:
        words = list(map(str, np.asarray(layer).tolist()))
        place = {name: k for k, name in enumerate(dict.fromkeys(words))}
        layers, columns["layer"] = tuple(place), [place[one] for one in words]
    return from_columns((source, target), people, columns, directed, layers, group)


def from_columns(
    ends: tuple[ArrayLike, ArrayLike],
    people: Sequence[Hashable] | int | None,
    columns: Mapping[str, ArrayLike | None],
    directed: bool = False,
    layers: Sequence[str] = (),
    group: ArrayLike | None = None,
    *,
    synthetic: str = "",
    labels: Rows | None = None,
) -> Community:
    """Make a community from what is known of each tie, column by column.

    Parameters
    ----------
    ends : tuple of two array_like of int, shape (ties,)
        Numbers of the people at both ends, from 0.
    people, directed, group
        As in `from_arrays`.
    columns : mapping of str to array_like, shape (ties,)
        Any of `strength`, `age` and `layer`, the position of a tie's layer in `layers`.
    layers : sequence of str
        Names of the layers.
    synthetic : str
        What made the ties, if they are not real.
    labels : Rows, optional
        What each row is called in an error; its position if not given.

    Returns
    -------
    Community

    Examples
    --------
    >>> made = from_columns(([0], [1]), None, {"layer": [0]}, layers=["street"], synthetic="a line")
    >>> made.layers, made.synthetic
    (('street',), 'a line')
    """
    source, target = _whole(ends[0], "source"), _whole(ends[1], "target")
    if len(source) != len(target):
        raise ValueError(f"source has {len(source)} entries and target {len(target)}.")
    if people is None:
        people = int(max((int(one.max()) for one in (source, target) if len(one)), default=-1)) + 1
    size, names = names_of(people)
    known = {name: np.asarray(given) for name, given in columns.items() if given is not None}
    for name, values in known.items():
        if values.shape != source.shape:
            raise ValueError(f"{name} has {values.size} entries for {len(source)} ties")
    _refuse(source, target, size, known, names, labels)
    starts, targets, tie = sparse_rows(source, target, size, directed)
    _refuse_twice(starts, targets, tie, directed, names, labels)
    wide = np.uint8 if len(layers) <= 256 else np.int32
    types = {"strength": np.float64, "age": np.float64, "layer": wide}
    return Community(
        starts,
        targets,
        directed,
        names,
        layers=tuple(layers),
        synthetic=synthetic,
        group=None if group is None else np.asarray(group),
        **{name: one[tie].astype(types[name]) for name, one in known.items()},
    )


def _whole(given: ArrayLike, name: str) -> np.ndarray:
    values = np.asarray(given)
    if values.size == 0:
        return np.zeros(0, dtype=np.int64)
    if values.ndim != 1 or values.dtype.kind not in "iu":
        raise ValueError(
            f"{name} holds {values.dtype} of shape {values.shape}, but one row of whole numbers "
            "is needed: the numbers of people, from 0."
        )
    return values


def _refuse(source, target, size, columns, names, labels) -> None:
    """Raise the faults that a row shows by itself."""
    faults = []
    for name, ends in (("source", source), ("target", target)):
        bad = np.flatnonzero((ends < 0) | (ends >= size))
        faults.append(
            (
                bad,
                name,
                ends,
                "is nobody in the list of people",
                f"Add them, or write a number from 0 to {size - 1}.",
            )
        )
    itself = np.flatnonzero(source == target)
    faults.append(
        (
            itself,
            "target",
            target,
            "is the same as source: nobody is tied to themselves",
            "Check who source and target are, or take the row out.",
        )
    )
    for name in ("strength", "age"):
        if name in columns:
            values = np.asarray(columns[name], float)
            bad = np.flatnonzero(~((values >= 0) & np.isfinite(values)))
            faults.append(
                (
                    bad,
                    name,
                    values,
                    "is negative, missing or infinite",
                    "Write a number from 0 up.",
                )
            )
    if any(len(bad) for bad, *_ in faults):
        findings = _findings(labels)
        for bad, name, values, problem, remedy in faults:
            findings.many(
                bad,
                lambda k, b=bad, n=name, v=values, p=problem, r=remedy: (
                    n,
                    _called(v[b[k]], n, names),
                    p,
                    r,
                ),
            )
        findings.stop()


def _refuse_twice(starts, targets, tie, directed, names, labels) -> None:
    """Raise ties that stand more than once; they lie side by side in sorted rows."""
    same = targets[1:] == targets[:-1]
    firsts = starts[1:-1]
    # The first arc of a person is not a repetition of the last arc of the person before.
    same[firsts[(firsts > 0) & (firsts < len(targets))] - 1] = False
    at = np.flatnonzero(same)
    if not len(at):
        return
    source = np.searchsorted(starts, at, side="right") - 1
    if not directed:
        at, source = at[source < targets[at]], source[source < targets[at]]
    first, second = np.sort([tie[at], tie[at + 1]], axis=0)
    twice = "Keep one row a tie; add up their strengths if they differ."
    findings = _findings(labels)
    if not directed:
        twice = (
            "If each direction is a tie of its own, say directed=True; else keep one row a tie, "
            "with their strengths added up."
        )
        findings.propose(directed=True)
    findings.many(
        second,
        lambda k: (
            "source, target",
            f"{_called(source[k], '', names)}, {_called(targets[at[k]], '', names)}",
            f"this tie stands in {findings.place} {findings.label(int(first[k]))} already",
            twice,
        ),
    )
    findings.stop()


def _findings(labels: Rows | None) -> Findings:
    from ...tables.faults import Findings

    return Findings("ties", "row") if labels is None else labels.findings()


def _called(value: Any, column: str, names: tuple[Hashable, ...] | None) -> Any:
    if names is None or column in ("strength", "age") or not 0 <= value < len(names):
        return value
    return names[int(value)]
