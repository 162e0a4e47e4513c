"""Load a log: a frame, a file or a folder of files becomes one interactions table."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from ... import tables
from ...groups import missing
from ...names import nearest

SUFFIXES = (".csv", ".parquet")
NEEDED = ("start", "source", "target")


def interactions(
    table: pd.DataFrame | str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    channel: str | None = None,
    seconds_since: str | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Read interactions and check them, each row of the source a row of the result.

    Parameters
    ----------
    table : pandas.DataFrame or path
        A table, a CSV or Parquet file, or a folder of them, which are put together in the
        order of their names.
    columns : mapping of str to str, optional
        What the columns are called there: ``{"sent_at": "start", "sender": "source"}``.
    channel : str, optional
        By what means all of them were, where the table has no column `channel`.
    seconds_since : str or pandas.Timestamp, optional
        Where times are numbers of seconds: the moment that they count from.

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
        If there is no such file, or it is of another kind.

    Examples
    --------
    >>> sent = pd.DataFrame({"at": [0, 90], "who": ["ann", "bob"], "whom": ["bob", "ann"]})
    >>> names = {"at": "start", "who": "source", "whom": "target"}
    >>> interactions(sent, columns=names, channel="message", seconds_since="2026-01-01").start[1]
    Timestamp('2026-01-01 00:01:30')
    """
    if isinstance(table, pd.DataFrame):
        return _checked(_named(table, columns), channel, seconds_since, "table")
    paths = files(table)
    parts = [_one(path, columns or {}, channel, seconds_since) for path in paths]
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def files(path: str | os.PathLike[str]) -> list[Path]:
    """List the files of a log: itself, or all CSV and Parquet files of a folder, by name.

    Raises
    ------
    FileNotFoundError
        If there is none.
    ValueError
        If a file is neither, or a folder has both kinds.
    """
    place = Path(path)
    if place.is_file():
        if place.suffix.lower() not in SUFFIXES:
            raise ValueError(f"{place.name} ends in {place.suffix!r}, but a log is CSV or Parquet.")
        return [place]
    if not place.is_dir():
        raise FileNotFoundError(f"There is no file or folder {place}: check the path.")
    found = sorted(one for one in place.iterdir() if one.suffix.lower() in SUFFIXES)
    if not found:
        raise FileNotFoundError(f"The folder {place} holds no CSV and no Parquet file.")
    kinds = {one.suffix.lower() for one in found}
    if len(kinds) > 1:
        raise ValueError(
            f"The folder {place} holds both CSV and Parquet files: one log may stand there twice. "
            "Move one kind elsewhere."
        )
    return found


def _one(
    path: Path, columns: Mapping[str, str], channel: str | None, seconds_since: object
) -> pd.DataFrame:
    if path.suffix.lower() == ".parquet":
        try:
            frame = pd.read_parquet(path)
        except ImportError:
            raise missing("A Parquet file", "pyarrow", instead="give CSV") from None
        return _checked(_named(frame, columns), channel, seconds_since, path.name)
    called = {ours: theirs for theirs, ours in columns.items()}
    contract = _contract(channel, seconds_since)
    fields = tuple(replace(f, name=called.get(f.name, f.name)) for f in contract.fields)
    rules = tuple(
        replace(rule, fields=tuple(called.get(name, name) for name in rule.fields))
        for rule in contract.rules
    )
    frame = tables.read(path, replace(contract, fields=fields, rules=rules))
    return _timed(frame.rename(columns=dict(columns)), channel, seconds_since)


def _named(frame: pd.DataFrame, columns: Mapping[str, str] | None) -> pd.DataFrame:
    for theirs in columns or {}:
        if theirs not in frame.columns:
            raise ValueError(f"there is no column {theirs!r}. {nearest(theirs, frame.columns)}")
    return frame.rename(columns=dict(columns)) if columns else frame


def _contract(channel: str | None, seconds_since: object) -> tables.Contract:
    known = tables.describe("interactions")
    kind = "datetime" if seconds_since is None else "number"
    fields = tuple(
        replace(
            field,
            type=kind if field.type == "datetime" else field.type,
            optional=field.optional or (field.name == "channel" and channel is not None),
        )
        for field in known.fields
    )
    rules = tuple(rule for rule in known.rules if rule.rule != "not_itself")
    return replace(known, fields=fields, rules=rules)


def _checked(
    frame: pd.DataFrame, channel: str | None, seconds_since: object, source: str
) -> pd.DataFrame:
    checked = tables.check(frame, _contract(channel, seconds_since), source)
    return _timed(checked, channel, seconds_since)


def _timed(frame: pd.DataFrame, channel: str | None, seconds_since: object) -> pd.DataFrame:
    if "channel" not in frame:
        frame = frame.assign(channel=channel)
    if seconds_since is not None:
        origin = pd.Timestamp(seconds_since)
        for column in ("start", "end"):
            if column in frame:
                # Whole microseconds: a float of seconds since 1970 would be off by some.
                passed = (frame[column] * 1e6).round().astype("Int64")
                frame[column] = origin + pd.to_timedelta(passed, unit="us")
    return frame
