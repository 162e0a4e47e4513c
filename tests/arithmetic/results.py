"""Results taken apart into plain arrays, to be compared bit by bit between two processes.

`python tests/arithmetic/results.py FILE ROOM …` makes every result of some rooms (modules here,
each with a function `made`) and writes the arrays to the file.
"""

from __future__ import annotations

import dataclasses
import hashlib
import importlib
import pathlib
import sys
from collections.abc import Iterator

import numpy as np
import pandas as pd

HERE = pathlib.Path(__file__).parent
ROOMS = (
    "elementary_numbers",
    "drawn_communities",
    "drawn_relationships",
    "drawn_fans",
    "drawn_shops",
    "drawn_games",
)
BETWEEN = " · "


def parts(result: object, name: str) -> Iterator[tuple[str, np.ndarray]]:
    """Take a result apart into arrays, each under the path that leads to it."""
    if isinstance(result, pd.DataFrame):
        inner = {"index": result.index, **{str(one): result[one] for one in result}}
    elif isinstance(result, dict):
        inner = result
    elif isinstance(result, list | tuple):
        inner = dict(enumerate(result))
    elif dataclasses.is_dataclass(result):
        inner = {one.name: getattr(result, one.name) for one in dataclasses.fields(result)}
    elif callable(result) or " at 0x" in repr(result):
        return  # a function, called by its place in memory
    else:
        yield name, plain(result)
        return
    for key, one in inner.items():
        yield from parts(one, f"{name}{BETWEEN}{key}")


def plain(value: object) -> np.ndarray:
    """Give an array of numbers or days, or of texts where there is anything else."""
    array = np.asarray(value)
    if array.dtype.kind in "biufM":
        return array
    return np.array([repr(one) for one in np.atleast_1d(array).tolist()])


def digest(array: np.ndarray) -> str:
    """Give the sha256 of type, shape and bytes."""
    head = f"{array.dtype.str} {array.shape} ".encode()
    return hashlib.sha256(head + np.ascontiguousarray(array).tobytes()).hexdigest()


def difference(one: np.ndarray, other: np.ndarray) -> tuple[str, float]:
    """Say how two arrays differ and first where, and by how much of the value at most."""
    if digest(one) == digest(other):
        return "", 0.0
    if one.dtype != other.dtype or one.shape != other.shape:
        kinds = [f"{array.dtype} {array.shape}" for array in (one, other)]
        return f"{kinds[0]} and {kinds[1]}", np.inf
    pairs = zip(one.flat, other.flat, strict=True)
    unlike = np.flatnonzero([a.tobytes() != b.tobytes() for a, b in pairs])
    first, second = one.flat[unlike[0]].item(), other.flat[unlike[0]].item()
    text = f"{len(unlike)} of {one.size}, first at {unlike[0]}: {first!r} and {second!r}"
    if one.dtype.kind != "f":
        return text, np.inf
    a, b = one.flat[unlike], other.flat[unlike]
    apart = np.where(a == b, 0.0, np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))
    return text, float(np.where(np.isnan(apart), np.inf, apart).max())


def made(rooms: list[str]) -> dict[str, np.ndarray]:
    """Make every result of some rooms."""
    sys.path.insert(0, str(HERE))
    found = {}
    for room in rooms:
        for name, make in importlib.import_module(room).made().items():
            found.update(parts(make(), name))
    return found


if __name__ == "__main__":
    arrays = made(sys.argv[2:])
    np.savez(
        sys.argv[1],
        names=np.array(list(arrays)),
        **{f"a{k}": one for k, one in enumerate(arrays.values())},
    )
