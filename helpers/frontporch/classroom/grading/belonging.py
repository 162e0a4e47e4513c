"""Whose hand-in it is: by id, e-mail and name in it, then by the file's name as courses make it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import permutations

from ..handing_in.hand_in_file import HandIn, key
from .roster import Student
from .safe_text import shown

_MOODLE = re.compile(r"(?P<name>[^/]+?)_\d+_assignsubmission_[a-z]+(?:_|$)")
_CANVAS = re.compile(r"(?P<name>[^\W_]+)_(?P<late>LATE_)?(?P<user>\d+)_\d+_")


@dataclass(frozen=True)
class Owners:
    """Who a hand-in counts for.

    Parameters
    ----------
    students : tuple of Student
        Whoever it names, and the members of its team.
    certain : int
        2 where they hand it in themselves, 1 where only the team's name says so, 0 where the
        file was uploaded by somebody else.
    remarks : tuple of str
        What an instructor should know about it.
    """

    students: tuple[Student, ...] = ()
    certain: int = 2
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matcher:
    """Finds students of a roster.

    Parameters
    ----------
    roster : sequence of Student
        The class.
    """

    roster: Sequence[Student]
    _words: dict[Student, frozenset[str]] = field(init=False, repr=False)
    _joined: dict[str, list[Student]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare what is looked up for each hand-in."""
        object.__setattr__(self, "_words", {one: frozenset(words(one.name)) for one in self.roster})
        joined: dict[str, list[Student]] = {}
        for one in self.roster:
            for order in permutations(words(one.name)[:4]):
                found = joined.setdefault("".join(order), [])
                if one not in found:
                    found.append(one)
        object.__setattr__(self, "_joined", joined)

    def owners(self, hand_in: HandIn, path: str) -> Owners:
        """Tell who a hand-in counts for.

        Parameters
        ----------
        hand_in : HandIn
            What was handed in.
        path : str
            Where it lay in the folder.
        """
        named, remarks = self.named(hand_in.person)
        uploaded = self.uploaded(path)
        team = [one for one in self.roster if one.team and key(one.team) == key(hand_in.team)]
        found, certain = named or uploaded, 0 if named and remarks else 2
        if not found:
            return self._by_team(hand_in, team, remarks)
        if any(one in team for one in found):
            found = [*found, *(one for one in team if one not in found)]
        for one in found:
            if one.team and one not in team:
                remarks.append(
                    f"{shown(one.called)} is in team {shown(one.team)} of the roster, but hands in "
                    f"as {shown(hand_in.team) or 'no team'}."
                )
        if named and uploaded and not set(uploaded) & set(found):
            certain = 0
            remarks.append(
                f"It names {_listed(named)}, but was uploaded by {_listed(uploaded)}: ask them."
            )
        return Owners(tuple(found), certain, tuple(remarks))

    def _by_team(self, hand_in: HandIn, team: list[Student], remarks: list[str]) -> Owners:
        if not team:
            return Owners((), 2, tuple(remarks))
        remarks.append(f"Only its team's name says whose it is: {shown(hand_in.team)}.")
        return Owners(tuple(team), 1, tuple(remarks))

    def named(self, person: str) -> tuple[list[Student], list[str]]:
        """Find the students whom a text names: by id, else by e-mail, else by name.

        Returns
        -------
        list of Student, list of str
            Several where it names several; and what stood in the way.
        """
        said = unicodedata.normalize("NFC", person).casefold()
        by_name = self._by_words(person)
        for part in ("id", "email"):
            found = [one for one in self.roster if _stands_in(getattr(one, part), said)]
            if not found:
                continue
            if len(by_name) == 1 and by_name[0] not in found:
                told = f"Its number is that of {_listed(found)}, its name that of "
                return found, [f"{told}{_listed(by_name)}: ask them."]
            return found, []
        if len({self._words[one] for one in by_name}) < len(by_name):
            return [], [f"Several students are called {shown(person)}: it needs a student number."]
        return by_name, []

    def nearest(self, person: str) -> Student | None:
        """Find the student whose name is most like one that nobody has; None where none is."""
        called = {" ".join(sorted(own)): one for one, own in self._words.items() if own}
        typed = " ".join(sorted(one for one in words(person) if not one.isdigit()))[:100]
        near = get_close_matches(typed, called, n=1, cutoff=0.75)
        return called[near[0]] if near else None

    def _by_words(self, text: str) -> list[Student]:
        there = set(words(text))
        found = [one for one, own in self._words.items() if own and own <= there]
        # "Ana Maria Sato" names her, and not also Ana Sato.
        return [
            one
            for one in found
            if not any(self._words[one] < self._words[other] for other in found)
        ]

    def uploaded(self, path: str) -> list[Student]:
        """Find who uploaded a file, by the names that Moodle, Canvas or people give to files."""
        for part in path.split("/"):
            moodle, canvas = _MOODLE.match(part), _CANVAS.match(part)
            if moodle:
                found = self._joined.get("".join(words(moodle["name"])), [])
            elif canvas:
                found = self._joined.get("".join(words(canvas["name"])), [])
                found = [one for one in self.roster if one.id == canvas["user"]] or found
            else:
                found = self._by_words(re.sub(r"[_.-]+", " ", part.rsplit(".json", 1)[0]))
            if len(found) == 1:
                return found
        return []


def late_mark(path: str) -> bool:
    """Tell whether Canvas has marked a file as late.

    Examples
    --------
    >>> late_mark("satoana_LATE_123_4567_hand-in 5 Blue Door.json")
    True
    """
    return any((found := _CANVAS.match(one)) and found["late"] for one in path.split("/"))


def words(text: str) -> list[str]:
    """Give the words of a name as they are compared: without accents, capitals and signs.

    Examples
    --------
    >>> words("Müller-Sato, Ána")
    ['muller', 'sato', 'ana']
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", plain)


def _stands_in(sought: str, text: str) -> bool:
    if not sought:
        return False
    plain = unicodedata.normalize("NFC", sought).casefold()
    if plain not in text:
        return False
    alone = rf"(?<![\w.@+-]){re.escape(plain)}(?![\w@+-])(?!\.\w)"
    return re.search(alone, text) is not None


def _listed(students: Iterable[Student]) -> str:
    return " and ".join(shown(one.called) for one in students)
