"""Wheels of installed packages without compiled parts, so that a site is made without a network.

A package is packed from the files that its installer listed, and each is held to its hash: what
was checked when the package was installed is what the browser gets.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from ...data.packages import folder as data_sets
from .distribution import SiteError

PACKAGE = Path(__file__).parents[2]
COMPILED = {".so", ".pyd", ".dylib", ".dll"}
TIME = (2020, 1, 1, 0, 0, 0)
"""In every archive, so that the same files give the same hash."""


def wheel(name: str, into: Path) -> Path:
    """Pack an installed package.

    Raises
    ------
    SiteError
        If it is not installed, has compiled parts, or a file was changed since.
    """
    try:
        found = distribution(name)
    except PackageNotFoundError:
        raise SiteError(
            f"The site needs {name}: run  python start.py --with site  in the project's folder."
        ) from None
    return _packed(f"{name.replace('-', '_')}-{found.version}", _installed(found), into)


def own_wheel(version: str, into: Path) -> Path:
    """Pack Front Porch itself, with its data sets."""
    return _packed(f"frontporch-{version}", _ours(version), into)


def _packed(stem: str, files: Iterable[tuple[str, bytes]], into: Path) -> Path:
    path = into / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, TIME), content, zipfile.ZIP_DEFLATED)
    return path


def _installed(found: Distribution) -> Iterator[tuple[str, bytes]]:
    listed = {file.as_posix() for file in found.files or ()}
    for file in found.files or ():
        name = file.as_posix()
        if name.startswith("..") or file.suffix in {".pyc", ".pth"} or "/tests/" in name:
            continue
        if file.suffix in COMPILED:
            # Compiled from Python, which lies beside it and does the same.
            if "__mypyc" in name or f"{name.partition('.')[0]}.py" in listed:
                continue
            raise SiteError(f"{found.name} has compiled parts ({name}) and cannot be packed.")
        content = Path(str(file.locate())).read_bytes()
        if file.hash and _hashed(content, file.hash.mode) != file.hash.value:
            raise SiteError(
                f"{name} was changed since it was installed: install {found.name} anew."
            )
        yield name, content


def _ours(version: str) -> Iterator[tuple[str, bytes]]:
    told = f"frontporch-{version}.dist-info"
    try:
        metadata = distribution("frontporch").read_text("METADATA")
    except PackageNotFoundError:  # the folder was put on Python's path, and nothing installed
        metadata = None
    yield f"{told}/METADATA", (metadata or f"Name: frontporch\nVersion: {version}\n").encode()
    yield f"{told}/WHEEL", b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    yield f"{told}/RECORD", b""
    places = [(PACKAGE, "frontporch")]
    if not data_sets().is_relative_to(PACKAGE):  # an installed package carries them
        places.append((data_sets(), "frontporch/datasets"))
    for folder, place in places:
        for file in folder.rglob("*"):
            name = f"{place}/{file.relative_to(folder).as_posix()}"
            if file.is_file() and file.suffix != ".pyc":
                yield name, file.read_bytes()


def _hashed(content: bytes, mode: str) -> str:
    raw = hashlib.new(mode, content).digest()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
