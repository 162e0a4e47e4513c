"""Communities of tens of millions of ties: from Parquet or number files, and memory-mapped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...citing import cited_file
from ...groups import needs
from .ties import MOST_PEOPLE, Community, row_starts

if TYPE_CHECKING:
    import pyarrow.parquet

COLUMNS = ("starts", "targets", "strength", "age", "layer", "group")
ABOUT = "community.json"
KINDS = {"starts": "i", "targets": "i", "strength": "f", "age": "f", "layer": "ui", "group": "ui"}
"""Kinds of numbers that each file holds."""
MOST_NAMELESS = 100
"""So many people an end of a tie: more are numbers with gaps, and memory for nobody."""


@cited_file
def from_parquet(
    path: str | Path,
    source: str = "source",
    target: str = "target",
    *,
    people: int | None = None,
    directed: bool = False,
) -> Community:
    """Read the ends of very many ties from a Parquet file.

    People are numbers from 0; ties have neither strength nor age. The table is never held
    whole: each tie becomes one 64-bit number at once, and these are sorted in place.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    source, target : str
        Its columns of whole numbers.
    people : int, optional
        How many there are; the largest number plus 1 if not given.
    directed : bool
        Whether ties have a direction.

    Returns
    -------
    Community

    Raises
    ------
    frontporch.tables.TableError
        If somebody is tied to themselves, a tie stands twice, or a number is nobody's; the
        first of each kind is named.
    MissingPackage
        If pyarrow is not installed.
    """
    with needs("A Parquet file"):
        from pyarrow import parquet
    with parquet.ParquetFile(path) as file:
        for name in (source, target):
            kind = file.schema_arrow.field(name).type if name in file.schema_arrow.names else None
            if kind is None or not str(kind).startswith(("int", "uint")):
                found = ", ".join(f"{one.name} ({one.type})" for one in file.schema_arrow)
                raise ValueError(f"{path}: column {name!r} of whole numbers is needed; has {found}")
        keys, most = _keys(file, str(path), source, target, directed)
    if people is None:
        people = most + 1
        if people > MOST_NAMELESS * max(len(keys), 1000):
            _refuse(
                str(path),
                None,
                most,
                f"would make {people:,} people of {len(keys):,} ends of ties",
                f"Number people from 0 without gaps, or say people={people} if it is right.",
            )
    elif most >= people:
        _refuse(
            str(path),
            None,
            most,
            "is nobody in the list of people",
            f"Write a number from 0 to {people - 1}, or raise people.",
        )
    keys.sort()
    twice = np.flatnonzero(keys[1:] == keys[:-1])
    if len(twice):
        ends = f"{keys[twice[0]] >> np.uint64(32)}, {keys[twice[0]] & np.uint64(MOST_PEOPLE)}"
        _refuse(str(path), None, ends, "stands more than once", "Keep one row a tie.")
    starts = row_starts(keys, people)
    return Community(starts, _narrowed(keys), directed)


def _narrowed(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """Keep the targets of sorted keys, in the memory of the keys, and give the rest back."""
    count = len(keys)
    narrow = keys.view(np.uint32)
    for first in range(0, count, 1 << 20):
        # Written before what is still to be read.
        narrow[first : first + (1 << 20)][: count - first] = keys[first : first + (1 << 20)].astype(
            np.uint32
        )
    del narrow
    keys.resize((count + 1) // 2, refcheck=False)
    return keys.view(np.int32)[:count]


def _keys(
    file: pyarrow.parquet.ParquetFile, path: str, source: str, target: str, directed: bool
) -> tuple[NDArray[np.uint64], int]:
    """Read every arc as source · 2³² + target, and the largest number of a person."""
    rows = file.metadata.num_rows
    keys = np.empty(rows if directed else 2 * rows, dtype=np.uint64)
    done, most = 0, 0
    for batch in file.iter_batches(1 << 17, columns=[source, target], use_threads=False):
        ends = []
        for name in (source, target):
            column = batch.column(name)
            if column.null_count:
                at = done + int(np.flatnonzero(column.is_null())[0])
                _refuse(path, at, None, f"column {name!r} is empty", "Write a number.")
            # Straight from the buffer: pyarrow's own way to numpy imports pandas.
            values = np.frombuffer(column.buffers()[1], dtype=str(column.type))
            ends.append(values[column.offset : column.offset + len(column)])
        for name, values in zip((source, target), ends, strict=True):
            if not 0 <= values.min(initial=0) <= values.max(initial=0) <= MOST_PEOPLE:
                at = int(np.argmax((values < 0) | (values > MOST_PEOPLE)))
                _refuse(
                    path,
                    done + at,
                    values[at],
                    "is not the number of a person",
                    f"Column {name!r} holds whole numbers from 0 up.",
                )
            most = max(most, int(values.max(initial=0)))
        itself = ends[0] == ends[1]
        if itself.any():
            at = int(np.argmax(itself))
            _refuse(path, done + at, ends[0][at], "is tied to itself", "Take the row out.")
        first, second = (one.astype(np.uint64) for one in ends)
        upto = done + len(first)
        np.bitwise_or(first << np.uint64(32), second, out=keys[done:upto])
        if not directed:
            np.bitwise_or(second << np.uint64(32), first, out=keys[rows + done : rows + upto])
        done = upto
    if not rows:
        _refuse(path, None, None, "has no rows", "Check what should have filled it.")
    return keys, most


def _refuse(path: str, row: int | None, value: object, problem: str, remedy: str) -> None:
    from ...tables import Fault, TableError

    raise TableError(path, [Fault(row, None, value, problem, remedy)])


def save(community: Community, folder: str | Path) -> Path:
    """Write a community to a folder: one .npy file an array, which can be memory-mapped.

    Parameters
    ----------
    community : Community
        People must be numbered, or have names that are text or whole numbers.
    folder : str or pathlib.Path
        Made if it does not exist; a community in it is overwritten.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    folder = Path(folder)
    people = community.people
    if people is not None and not all(isinstance(one, (str, int)) for one in people):
        raise ValueError("people have names that are neither text nor whole numbers: rename them.")
    folder.mkdir(parents=True, exist_ok=True)
    for name in COLUMNS:
        values = getattr(community, name)
        file = folder / f"{name}.npy"
        if values is not None:
            np.save(file, values, allow_pickle=False)
        else:
            file.unlink(missing_ok=True)
    about = {
        "directed": community.directed,
        "layers": community.layers,
        "people": people,
        "synthetic": community.synthetic,
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return folder


@cited_file
def load(folder: str | Path, *, mapped: bool = True) -> Community:
    """Read a community that `save` has written.

    Parameters
    ----------
    folder : str or pathlib.Path
        The folder.
    mapped : bool
        Whether arrays stay on disk and come into memory page by page, as they are looked at.

    Raises
    ------
    FileNotFoundError
        If there is no community in it.
    ValueError
        If a file of it is damaged; the text names the file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from frontporch import community
    >>> with TemporaryDirectory() as place:
    ...     load(save(community.ring(10, 4), place), mapped=False)
    Community of 10 people and 20 ties
    """
    folder = Path(folder)
    if not (folder / ABOUT).is_file():
        raise FileNotFoundError(f"there is no community in {folder}: {ABOUT} is missing.")
    about = _about(folder / ABOUT)
    arrays = {
        # A plain array over the mapped pages: kernels know no other kind.
        name: np.asarray(_array(file, mapped))
        for name in COLUMNS
        if (file := folder / f"{name}.npy").is_file()
    }
    _sound(arrays, about, folder)
    people = about["people"]
    try:
        return Community(
            **arrays,
            directed=about["directed"],
            layers=tuple(about["layers"]),
            synthetic=about["synthetic"],
            people=None if people is None else tuple(people),
        )
    except (ValueError, TypeError) as error:
        raise _damaged(folder / ABOUT, str(error).rstrip(".")) from None


def _about(file: Path) -> dict[str, Any]:
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        raise _damaged(file, "it is not JSON") from None
    lacking = [one for one in ("directed", "layers", "people", "synthetic") if one not in about]
    if not isinstance(about, dict) or lacking:
        raise _damaged(file, f"it lacks {', '.join(lacking)}")
    return about


def _array(file: Path, mapped: bool) -> NDArray:
    try:
        return np.load(file, mmap_mode="r" if mapped else None, allow_pickle=False)
    except (ValueError, OSError, EOFError) as error:
        raise _damaged(file, str(error).splitlines()[0].rstrip(".")) from None


def _sound(arrays: dict[str, NDArray], about: dict[str, Any], folder: Path) -> None:
    """Refuse arrays that do not fit together: kernels trust them, and read beyond their end."""
    for name in ("starts", "targets"):
        if name not in arrays:
            raise _damaged(folder / f"{name}.npy", "it is missing")
    for name, values in arrays.items():
        if values.ndim != 1 or values.dtype.kind not in KINDS[name]:
            raise _damaged(
                folder / f"{name}.npy", f"it holds {values.dtype} of shape {values.shape}"
            )
    starts, targets = arrays["starts"], arrays["targets"]
    rising = len(starts) > 0 and starts[0] == 0 and starts[-1] == len(targets)
    if not rising or (starts[1:] < starts[:-1]).any():
        raise _damaged(folder / "starts.npy", "its numbers do not lead from 0 to the last arc")
    _within(targets, len(starts) - 1, folder / "targets.npy", "person")
    if "layer" in arrays:
        _within(arrays["layer"], len(about["layers"]), folder / "layer.npy", "layer")


def _within(values: NDArray, size: int, file: Path, what: str) -> None:
    # In pieces, so that a mapped array never comes into memory whole.
    for first in range(0, len(values), 1 << 22):
        some = values[first : first + (1 << 22)]
        if len(some) and not 0 <= some.min() <= some.max() < size:
            at = first + int(np.argmax((some < 0) | (some >= size)))
            raise _damaged(file, f"place {at} holds {values[at]}, and there is no such {what}")


def _damaged(file: Path, why: str) -> ValueError:
    return ValueError(f"{file} is damaged: {why}. Save the community anew.")
