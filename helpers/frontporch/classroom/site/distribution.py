"""A Pyodide distribution: Python for the browser, with the packages that were built for it."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tarfile
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

LOCK = "pyodide-lock.json"
CORE = ("pyodide.asm.js", "pyodide.asm.wasm", "pyodide.js", "pyodide.mjs", "python_stdlib.zip")
"""What every page loads before its first package; the list of packages does not name these."""
PURE = {
    "install_dir": "site",
    "package_type": "package",
    "shared_library": False,
    "unvendored_tests": False,
}
"""What an entry of the list of packages says of a package without compiled parts."""


class SiteError(Exception):
    """Why a site cannot be made, with what to do."""


class Distribution:
    """Packages for the browser, in a folder with their list.

    Parameters
    ----------
    folder : pathlib.Path
        Holds `pyodide-lock.json`, and beside it the core and the packages.

    Raises
    ------
    SiteError
        If it is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self.lock: dict[str, Any] = json.loads((folder / LOCK).read_text(encoding="utf-8"))
            self._packages = {spelled(name): one for name, one in self.lock["packages"].items()}
        except (OSError, ValueError, KeyError) as error:
            raise SiteError(
                f"{folder} is no Pyodide distribution: {LOCK} cannot be read ({error}). Give the "
                "folder, the archive pyodide-….tar.bz2, or the address of that archive."
            ) from None

    def needed(self, names: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Give the entries of packages and of all that they depend on, by name.

        Raises
        ------
        SiteError
            If a package is not in the list.
        """
        found: dict[str, dict[str, Any]] = {}
        left = [spelled(name) for name in names]
        while left:
            name = left.pop()
            if name in found:
                continue
            if name not in self._packages:
                raise SiteError(
                    f"This Pyodide distribution has no package {name}: take a full one."
                )
            found[name] = self._packages[name]
            left += map(spelled, found[name]["depends"])
        return dict(sorted(found.items()))

    def copy(self, names: Iterable[str], into: Path) -> dict[str, dict[str, Any]]:
        """Copy the core and some packages with what they need; give their entries.

        Raises
        ------
        SiteError
            If a file is missing, or is not the one that the list names.
        """
        into.mkdir(parents=True, exist_ok=True)
        entries = self.needed(names)
        for name in (*CORE, *(one["file_name"] for one in entries.values())):
            if not (self.folder / name).is_file():
                raise SiteError(f"{self.folder} lacks {name}: take a full Pyodide distribution.")
            shutil.copyfile(self.folder / name, into / name)
        for one in entries.values():
            if digest(into / one["file_name"]) != one["sha256"]:
                raise SiteError(
                    f"{one['file_name']} is not the file that {LOCK} names: fetch it again."
                )
        return entries


def entry(wheel: Path, depends: Iterable[str], imports: Iterable[str]) -> dict[str, Any]:
    """Make the entry of a wheel for the list of packages."""
    name, version = wheel.name.split("-")[:2]
    return {
        **PURE,
        "name": spelled(name),
        "version": version,
        "file_name": wheel.name,
        "imports": list(imports),
        "sha256": digest(wheel),
        "depends": list(depends),
    }


def unpacked(given: str, into: Path) -> Distribution:
    """Open a distribution: a folder, an archive, or the address of an archive.

    Parameters
    ----------
    given : str
        As the user typed it.
    into : pathlib.Path
        A folder for what an archive holds.

    Raises
    ------
    SiteError
        If it is none of them, or cannot be fetched.
    """
    path = Path(given).expanduser()
    if re.match("https?://", given):
        path = into / "pyodide.tar.bz2"
        try:
            with urllib.request.urlopen(given, timeout=60) as answer, path.open("wb") as file:
                shutil.copyfileobj(answer, file)
        except OSError as error:
            raise SiteError(f"{given} cannot be fetched: {error}.") from None
    if path.is_dir():
        return Distribution(path)
    try:
        with tarfile.open(path) as archive:
            archive.extractall(into / "pyodide", filter="data")
    except (OSError, tarfile.TarError) as error:
        raise SiteError(f"{given} is neither a folder nor an archive: {error}.") from None
    lists = sorted((into / "pyodide").rglob(LOCK))
    return Distribution(lists[0].parent if lists else into / "pyodide")


def digest(path: Path) -> str:
    """Give the sha256 of a file, as the list of packages writes it."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def spelled(name: str) -> str:
    """Spell a package as every list does.

    Examples
    --------
    >>> spelled("Prompt_Toolkit")
    'prompt-toolkit'
    """
    return re.sub(r"[-_.]+", "-", name).lower()
