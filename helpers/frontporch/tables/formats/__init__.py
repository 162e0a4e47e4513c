"""Kinds of files, one file each: what opens them, and what is in them."""

from __future__ import annotations

from pathlib import Path

from ..contract import Contract
from ..reading import Reading
from ..sheet import Desk, Sheet
from . import delimited, graph, guard, json_lines, packed, parquet, spreadsheet
from .crosswise import turned
from .encodings import decoded


def opened(path: Path, contract: Contract, reading: Reading, desk: Desk) -> Sheet:
    """Open a file of any kind that the kit reads, and give its cells.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    contract : Contract
        By its columns the line of names, a sheet and a separator are known.
    reading : Reading
        How the file is read.
    desk : Desk
        Where faults and notes go.

    Raises
    ------
    TableError
        If the file as a whole cannot be read.
    """
    guard.place_and_size(path, reading.largest_mb, desk)
    name, data = path.name, path.read_bytes()
    if parquet.is_one(data):
        return parquet.read(path, desk)
    name, data = packed.unpacked(name, data, reading, desk)
    if parquet.is_one(data):
        desk.refuse("is a packed Parquet file", "Unpack it, and read the file that is inside.")
    if spreadsheet.is_one(data):
        return turned(spreadsheet.read(data, contract, reading, desk), contract, reading, desk)
    guard.content(data, desk)
    text = decoded(data, reading, desk)
    if graph.is_one(name, text, contract):
        return graph.read(name, text, desk)
    if json_lines.is_one(name, text):
        return json_lines.read(text, desk)
    return delimited.read(text, contract, reading, desk)
