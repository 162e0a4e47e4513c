"""Load a log: a frame, a file or a folder of files becomes one interactions table."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import pandas as pd

from ... import tables
from ...tables.noticed import KEPT
from ...tables.reading import Options

SUFFIXES = (
    *(".csv", ".tsv", ".txt", ".tab", ".dat", ".gz", ".zip"),
    *(".parquet", ".xlsx", ".xls", ".ods", ".jsonl", ".ndjson", ".json"),
)
NEEDED = ("start", "source", "target")


def interactions(
    table: pd.DataFrame | str | os.PathLike[str],
    *,
    channel: str | None = None,
    seconds_since: str | pd.Timestamp | None = None,
    **reading: Unpack[Options],
) -> pd.DataFrame:
    """Read interactions and check them, each row of the source a row of the result.

    Parameters
    ----------
    table : pandas.DataFrame or path
        A table, a file of any kind that `tables.read` opens, or a folder of files of one kind,
        which are put together in the order of their names.
    channel : str, optional
        By what means all of them were, where the table has no column `channel`.
    seconds_since : str or pandas.Timestamp, optional
        Where times are numbers of seconds: the moment that they count from.
    **reading
        Options as in `tables.read`: ``columns={"sent_at": "start", "sender": "source"}`` and
        others.

    Returns
    -------
    pandas.DataFrame
        The `interactions` contract, without its rule that nobody writes to themselves: such
        rows stay, so that they can be counted.

    Raises
    ------
    TableError
        If a cell is wrong; the message names file, row, column, value and remedy.
    FileNotFoundError, ValueError
        If there is no such file, or a folder holds files of several kinds.

    Examples
    --------
    >>> sent = pd.DataFrame({"at": [0, 90], "who": ["ann", "bob"], "whom": ["bob", "ann"]})
    >>> names = {"at": "start", "who": "source", "whom": "target"}
    >>> interactions(sent, columns=names, channel="message", seconds_since="2026-01-01").start[1]
    Timestamp('2026-01-01 00:01:30')
    """
    options = as_options(channel, seconds_since, reading)
    if isinstance(table, pd.DataFrame):
        return tables.check(table, contract(), "table", **options)
    paths = files(table)
    parts = [tables.read(path, contract(), **options) for path in paths]
    return parts[0] if len(parts) == 1 else _together(parts, paths)


def as_options(channel: str | None, seconds_since: Any, reading: Options) -> Options:
    """Give what a log is told, in the words of every reader."""
    options: dict[str, Any] = dict(reading)
    if channel is not None:
        options["fill"] = {"channel": channel, **options.get("fill", {})}
    if seconds_since is not None:
        options.setdefault("times", "seconds")
        options["since"] = seconds_since
    return options  # type: ignore[return-value]


def contract() -> tables.Contract:
    """Give the contract of interactions, in which somebody may write to themselves."""
    known = tables.describe("interactions")
    rules = tuple(rule for rule in known.rules if rule.rule != "not_itself")
    return replace(known, rules=rules)


def files(path: str | os.PathLike[str]) -> list[Path]:
    """List the files of a log: itself, or all tables of a folder, by name.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If a folder has files of several kinds.
    """
    place = Path(path)
    if place.is_file():
        return [place]
    if not place.is_dir():
        raise FileNotFoundError(f"There is no file or folder {place}: check the path.")
    found = sorted(one for one in place.iterdir() if one.suffix.lower() in SUFFIXES)
    if not found:
        raise FileNotFoundError(f"The folder {place} holds no CSV and no Parquet file.")
    kinds = {one.suffix.lower() for one in found}
    if len(kinds) > 1:
        shown = " and ".join(sorted(kinds))
        raise ValueError(
            f"The folder {place} holds files of several kinds ({shown}): one log may stand there "
            "twice. Move the others elsewhere."
        )
    return found


def _together(parts: list[pd.DataFrame], paths: list[Path]) -> pd.DataFrame:
    aware = [part["start"].dt.tz is not None for part in parts]
    if len(set(aware)) > 1:
        one = aware.index(aware[0] is False)
        here, there = ("an offset", "none") if aware[one] else ("no offset", "one")
        raise tables.TableError(
            paths[one].name,
            [
                tables.Fault(
                    None,
                    "start",
                    None,
                    f"its times have {here} from UTC, while those of {paths[0].name} have {there}",
                    'Name the zone of those without: zone="UTC", or one such as "Europe/Berlin".',
                )
            ],
            options={"zone": "UTC"},
        )
    notes = [
        note._replace(example=f"{path.name}: {note.example}".rstrip(": "))
        for part, path in zip(parts, paths, strict=True)
        for note in part.attrs.get(KEPT, ())
    ]
    whole = pd.concat(parts, ignore_index=True)
    whole.attrs[KEPT] = tuple(notes)
    whole.attrs["observed_from_start"] = parts[0].attrs.get("observed_from_start")
    return whole
