"""Packed files: gz, and zip archives with one file inside; the size is capped while they unpack."""

from __future__ import annotations

import io
import zipfile
import zlib

from ..faults import as_options
from ..reading import Reading
from ..sheet import Desk
from .guard import too_large

PIECE = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK"


def unpacked(name: str, data: bytes, reading: Reading, desk: Desk) -> tuple[str, bytes]:
    """Give the name and bytes of what a packed file holds; others pass as they are.

    Parameters
    ----------
    name : str
        The file's name.
    data : bytes
        Its bytes.
    reading : Reading
        Its `sheet` names a file of an archive, `largest_mb` the most that is unpacked.
    desk : Desk
        Where faults go.

    Raises
    ------
    TableError
        If it is damaged, too large, locked, or holds several files and none is named.
    """
    if data.startswith(_GZIP):
        return name.removesuffix(".gz"), _gunzipped(data, reading, desk)
    if not data.startswith(_ZIP):
        return name, data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [one for one in archive.infolist() if not _aside(one)]
            if _workbook(one.filename for one in inside):
                return name, data
            chosen = _chosen(inside, reading, desk)
            if chosen.flag_bits & 1:
                desk.refuse("is a locked zip archive", "Unpack it with its password first.")
            with archive.open(chosen) as file:
                found = file.read(int(reading.largest_mb * 1e6) + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as error:
        from ..faults import TableError

        if isinstance(error, TableError):
            raise
        kind = "workbook" if name.lower().endswith((".xlsx", ".xlsm", ".ods")) else "zip archive"
        desk.refuse(f"is a damaged {kind}", "Get the file again, or unpack it by hand.")
    if len(found) > reading.largest_mb * 1e6:
        too_large(max(chosen.file_size, len(found)), reading.largest_mb, desk)
    return chosen.filename, found


def _aside(one: zipfile.ZipInfo) -> bool:
    return (
        one.is_dir() or one.filename.startswith("__MACOSX/") or one.filename.endswith(".DS_Store")
    )


def _workbook(names) -> bool:
    return any(
        name in ("[Content_Types].xml", "content.xml") or name.startswith("xl/") for name in names
    )


def _chosen(inside: list[zipfile.ZipInfo], reading: Reading, desk: Desk) -> zipfile.ZipInfo:
    if not inside:
        desk.refuse("is an empty zip archive", "Check what should have filled it.")
    names = [one.filename for one in inside]
    if reading.sheet is not None and reading.sheet in names:
        return inside[names.index(reading.sheet)]
    if len(inside) > 1 or reading.sheet is not None:
        options = {"sheet": names[0]}
        desk.refuse(
            f"is a zip archive with {len(names)} files: {', '.join(names[:10])}",
            f"Say which one is meant, as {as_options(options)}.",
            **options,
        )
    return inside[0]


def _gunzipped(data: bytes, reading: Reading, desk: Desk) -> bytes:
    most, parts, size = int(reading.largest_mb * 1e6), [], 0
    rest = data
    try:
        while rest:
            engine = zlib.decompressobj(wbits=31)
            piece = engine.decompress(rest, PIECE)
            while piece or engine.unconsumed_tail:
                parts.append(piece)
                size += len(piece)
                if size > most:
                    too_large(size + len(engine.unconsumed_tail), reading.largest_mb, desk)
                piece = engine.decompress(engine.unconsumed_tail, PIECE)
            if not engine.eof:
                raise zlib.error("cut short")
            rest = engine.unused_data.lstrip(b"\x00")
    except zlib.error:
        desk.refuse("is a damaged gz file", "Get the file again, or unpack it by hand.")
    return b"".join(parts)
