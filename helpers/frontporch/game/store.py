"""A game in a folder: its rules, what was handed in, and what counted; killed and resumed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from .decision import Absent
from .play import Play, simulate
from .rules import Game

GAME, RESOLVED = "game.json", "resolved.json"
LARGEST = 64 * 1024
"""Bytes of a decision's file, at most."""
COPY = "Copy the file from your team's folder again, and change only the values."


class StoreError(ValueError):
    """A game's folder that cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Folder:
    """One game on disk.

    `game.json` has the rules with the seed, `round_03/Ada.json` what Ada handed in, byte by byte,
    and `round_03/resolved.json` what counted, why something did not, and everybody's cash in
    cents as a check. Nothing else is needed: all that happened follows from it.

    Parameters
    ----------
    path : pathlib.Path
        Where it lies.
    """

    path: Path

    @classmethod
    def create(cls, path: Path | str, game: Game) -> Folder:
        """Begin a game in a folder.

        Raises
        ------
        StoreError
            If there is a game in it.
        """
        found = cls(Path(path))
        if (found.path / GAME).exists():
            raise StoreError(f"{found.path} has a game. Name another folder.")
        found.path.mkdir(parents=True, exist_ok=True)
        write(found.path / GAME, game.plain())
        return found

    @cached_property
    def game(self) -> Game:
        """The rules.

        Raises
        ------
        StoreError
            If there is no game, or its file was changed so that it is none.
        """
        file = self.path / GAME
        if not file.is_file():
            raise StoreError(
                f"{self.path} has no game. Begin one: porch game new {self.path} --teams Ada,Bo"
            )
        try:
            return Game.from_plain(json.loads(file.read_text(encoding="utf-8")))
        except (ValueError, TypeError, AttributeError) as error:
            raise StoreError(f"{file} holds no game: {error}") from None

    def round_folder(self, number: int) -> Path:
        """Give the folder of a round, from 1 up."""
        return self.path / f"round_{number:02d}"

    @property
    def resolved(self) -> int:
        """How many rounds have been resolved.

        Raises
        ------
        StoreError
            If one is missing among them.
        """
        there = [
            (self.round_folder(number) / RESOLVED).is_file()
            for number in range(1, self.game.rounds + 1)
        ]
        many = there.index(False) if False in there else len(there)
        if any(there[many:]):
            later = many + 1 + there[many:].index(True)
            raise StoreError(
                f"round {later} is resolved in {self.path}, but round {many + 1} is not. Put "
                f"{self.round_folder(many + 1) / RESOLVED} back, or take the later ones away."
            )
        return many

    def hand_in(self, team: str, given: bytes | Mapping[str, Any]) -> Path:
        """Keep what a team hands in for the coming round; a later one takes its place.

        Raises
        ------
        StoreError
            If the game is over.
        UnknownName
            If there is no such team; the nearest is named.
        """
        number = self.resolved + 1
        if number > self.game.rounds:
            raise StoreError(f"all {self.game.rounds} rounds have been played.")
        name = self.game.teams[self.game.seat(team)]
        file = self.round_folder(number) / f"{name}.json"
        file.parent.mkdir(exist_ok=True)
        write(file, given)
        return file

    def given(self, number: int) -> dict[str, Any]:
        """Read what was handed in for a round: by team, what it says, or why it cannot be read."""
        return {team: _read(file, team, number) for team, file in self._files(number).items()}

    def _files(self, number: int) -> dict[str, Path]:
        folder = self.round_folder(number)
        if not folder.is_dir():
            return {}
        files = sorted(one for one in folder.iterdir() if one.suffix.lower() == ".json")
        names = {unicodedata.normalize("NFC", one.stem): one for one in files}
        return {
            name: file for name, file in names.items() if name[0] != "." and file.name != RESOLVED
        }

    def play(self, rounds: int | None = None) -> Play:
        """Play what has been resolved again, and compare everybody's cash to the cent.

        Parameters
        ----------
        rounds : int, optional
            How many rounds; all that were resolved if not given.

        Raises
        ------
        StoreError
            If a resolved round cannot be read, or brings other cash than is written down.
        """
        played = simulate(self.game)
        for number in range(1, (self.resolved if rounds is None else rounds) + 1):
            file = self.round_folder(number) / RESOLVED
            try:
                kept = json.loads(file.read_text(encoding="utf-8"))
                played = played.on(kept["decisions"])
                same = kept["cash"] == played.cash()
                earlier = [tuple(one) for one in kept["rejected"]]
            except (ValueError, TypeError, KeyError, AttributeError) as error:
                raise StoreError(f"{file} cannot be read: {error}. {_again(file)}") from None
            if not same:
                raise StoreError(f"{file} was changed: it has other cash. {_again(file)}")
            before = played.rejected[: len(played.rejected) - _new(played, number)]
            played = dataclasses.replace(played, rejected=(*before, *earlier))
        return played

    def resolve(self, played: Play | None = None) -> Play:
        """Resolve the coming round with what has been handed in, and write it down.

        Whatever stops it, nothing is half written: it can be called again, and the same files
        bring the same cents.

        Parameters
        ----------
        played : Play, optional
            The game as `play()` gave it, by who keeps it open; played again without it.
        """
        if played is None or played.rounds != self.resolved:
            played = self.play()
        number = played.rounds + 1
        hashes = {team: _hash(file) for team, file in self._files(number).items()}
        after = played.on(self.given(number))
        self.round_folder(number).mkdir(exist_ok=True)
        self.keep(after, hashes)
        return after

    def keep(self, played: Play, hashes: Mapping[str, str] | None = None) -> None:
        """Write down the last round of a game that was played from what lies here."""
        number = played.rounds
        kept = {
            "round": number,
            "decisions": {team: one.plain() for team, one in played.decisions[-1].items()},
            "rejected": [list(one) for one in played.rejected if one[0] == number],
            "cash": played.cash(),
            "files": dict(hashes or {}),
        }
        write(self.round_folder(number) / RESOLVED, kept)

    def changed(self) -> list[str]:
        """Say which files of resolved rounds are no longer as they were when they counted."""
        found = []
        for number in range(1, self.resolved + 1):
            folder = self.round_folder(number)
            kept = json.loads((folder / RESOLVED).read_text(encoding="utf-8"))["files"]
            now = {team: _hash(file) for team, file in self._files(number).items()}
            for team in sorted({*kept, *now}):
                if kept.get(team) != now.get(team):
                    what = "changed" if team in kept and team in now else "added"
                    what = "taken away" if team not in now else what
                    found.append(
                        f"{folder.name}/{team}.json was {what} after round {number} was resolved. "
                        "What counted then still counts."
                    )
        return found


def load(folder: Path | str) -> Folder:
    """Open a game that lies in a folder.

    Parameters
    ----------
    folder : path
        Where `porch game new` put it.

    Returns
    -------
    Folder
        Its `game`, and `play()` up to the last round that was resolved.

    Raises
    ------
    StoreError
        If there is no game.
    """
    found = Folder(Path(folder))
    _ = found.game
    return found


def write(file: Path, content: Any) -> None:
    """Write a file so that it is there as a whole, or as it was before.

    Parameters
    ----------
    file : pathlib.Path
        Which one.
    content : bytes or object
        As it is, or what JSON can hold.
    """
    if not isinstance(content, bytes):
        content = json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    with beside.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    beside.replace(file)


def _new(played: Play, number: int) -> int:
    return sum(one[0] == number for one in played.rejected)


def _again(file: Path) -> str:
    return f"Put it back; or delete it, and later ones, and resolve again: {file.parent.name}."


def _hash(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _read(file: Path, team: str, number: int) -> Any:
    """Give what a file says, or the reason why nothing can be read from it."""
    try:
        return _parsed(file)
    except (OSError, ValueError, RecursionError) as error:
        why = str(error) or "it is nested too deeply"
        return Absent(f"{team}, round {number}: {file.name} cannot be read: {why}. {COPY}")


def _parsed(file: Path) -> Any:
    if file.is_symlink() or not file.is_file():
        raise ValueError("it is no file of its own")
    if file.stat().st_size > LARGEST:
        raise ValueError(f"it has more than {LARGEST:,} bytes")
    content = file.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not saved as UTF-8") from None
    try:
        return json.loads(text, object_pairs_hook=_without_doubles)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}, column {error.colno}: {error.msg}") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{double!r:.60} stands in it twice")
    return found
