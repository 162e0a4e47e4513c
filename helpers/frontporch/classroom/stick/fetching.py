"""All wheels of a set-up in one folder: each fetched once, by pip, with its hash checked."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ...rounding import decimal
from .targets import Target

AT_ONCE = 10
"""Packages that pip is asked for at once; so many are fetched again after an interruption."""
_NOT_A_WHEEL = re.compile(
    r"retrying \(|connection|timed out|proxyerror|sslerror|do not match the hashes|no space left"
    "|permission denied|no module named pip",
    re.IGNORECASE,
)


class StickError(Exception):
    """Why a stick cannot be made: what to do, in a sentence, or what pip says."""


class Wheels:
    """The wheels that a folder holds.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; made if it does not exist.
    wanted : iterable
        Entries of the lock, as `start.py` cuts them out. A file that is none of them goes.
    """

    def __init__(self, folder: Path, wanted: Iterable[Any]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.held = folder, {}
        self._named = {
            digest: (one.name, one.version)
            for one in wanted
            for digest in re.findall("sha256:([0-9a-f]{64})", one.text)
        }
        for file in folder.glob("*.whl"):
            self._take(file)

    def has(self, entry: Any, target: Target) -> bool:
        """Say whether a package is there for a kind of computer."""
        return any(map(target.takes, self.held.get((entry.name, entry.version), ())))

    def size(self) -> int:
        """Give the bytes of all wheels."""
        return sum(file.stat().st_size for file in self.folder.glob("*.whl"))

    def add(self, folder: Path) -> None:
        """Take the wheels of another folder over."""
        for file in folder.glob("*.whl"):
            # Moved whole or not at all: both folders lie on one disk.
            self._take(file.replace(self.folder / file.name))

    def _take(self, file: Path) -> None:
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if digest in self._named:
            self.held.setdefault(self._named[digest], []).append(file.name)
        else:
            file.unlink()


def fetch(
    wheels: Wheels,
    target: Target,
    entries: Sequence[Any],
    pip: Callable[[list[str]], subprocess.CompletedProcess[str]],
    say: Callable[[str], None],
) -> list[str]:
    """Fetch what a kind of computer lacks; return the packages of which it has no wheel.

    Parameters
    ----------
    wheels : Wheels
        Where they go.
    target : Target
        The kind of computer.
    entries : sequence
        Entries of the lock that its set-up needs.
    pip : callable
        Runs pip with words.
    say : callable
        Told how far it is.

    Raises
    ------
    StickError
        If the network fails, or a file is not the one that the lock names.
    """
    lacking, there = [], [one for one in entries if wheels.has(one, target)]
    left = [one for one in entries if one not in there]
    done = len(there)
    say(f"{target}: {done} of {len(entries)} packages are there.")
    for some in _pieces(left):
        refused = _download(wheels, target, some, pip)
        lacking += [f"{one.name} {one.version}" for one in refused]
        done += len(some) - len(refused)
        say(
            f"{target}: {done} of {len(entries)} packages, {decimal(wheels.size() / 1e6)} MB in all"
        )
    return lacking


def _pieces(entries: Sequence[Any]) -> Iterator[list[Any]]:
    """Cut entries into pieces; two versions of one package, which pip refuses, stand apart."""
    piece: list[Any] = []
    for one in entries:
        if len(piece) == AT_ONCE or one.name in [other.name for other in piece]:
            yield piece
            piece = []
        piece.append(one)
    if piece:
        yield piece


def _download(wheels: Wheels, target: Target, entries: list[Any], pip: Callable) -> list[Any]:
    """Fetch some packages at once; where that fails, one by one, to find out which fail."""
    part = wheels.folder / "unfinished"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    wanted = part / "wanted.txt"
    # pip would judge markers by the Python that runs it. 99 stands for the latest release, as
    # some packages do not allow the first ones.
    lines = [one.text.replace(f" ; {one.marker}", "") for one in entries]
    wanted.write_text("".join(lines), encoding="utf-8")
    words = [f"--platform={one}" for one in target.platforms]
    words += ["--implementation=cp", f"--python-version=3.{target.minor}.99", "--only-binary=:all:"]
    words += ["--no-deps", "--require-hashes", "--progress-bar=off", "-d", str(part)]
    done = pip([*words, "-r", str(wanted)])
    said = done.stdout
    if done.returncode == 0:
        wheels.add(part)
    shutil.rmtree(part)
    if done.returncode == 0:
        return [one for one in entries if not wheels.has(one, target)]
    if _NOT_A_WHEEL.search(said):
        raise StickError(said)
    if len(entries) == 1:
        return entries
    return [one for each in entries for one in _download(wheels, target, [each], pip)]
