"""Names of people and things: which spellings look like one, and what settles it."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from .noticed import Notes
from .reading import Reading
from .remedies import NOTHING

_POINT = re.compile(r"[+-]?\d+\.0+", re.ASCII)
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(name: str) -> str:
    """Compose accents, and take needless spaces and signs that nobody sees away.

    Examples
    --------
    >>> tidy(" Zoe\\u0308  B. ") == "Zo\\u00eb B."
    True
    """
    if name.isascii() and "  " not in name and name == name.strip():
        return name
    return " ".join(unicodedata.normalize("NFC", name.translate(_UNSEEN)).split())


def spelled(names: Iterable[str], reading: Reading, notes: Notes) -> Mapping[str, str]:
    """Say how each name is to be written, and note names that look like one.

    Parameters
    ----------
    names : iterable of str
        Each name once, in the order in which they appear.
    reading : Reading
        Its `spelling` settles what differs; without it names stay as they are.
    notes : Notes
        Where it is noted.

    Returns
    -------
    mapping of str to str
        New spelling of the names that change.

    Examples
    --------
    >>> dict(spelled(["Cas", "Cas "], Reading(spelling="tidy"), Notes()))
    {'Cas ': 'Cas'}
    """
    known = list(names)
    shown = sorted(known)
    _note_nothing(shown, notes)
    floats = bool(known) and all(map(_POINT.fullmatch, known))

    def plain(name: str) -> str:
        return name.partition(".")[0] if floats else tidy(name)

    new = {name: plain(name) for name in known}
    if floats:
        _said(notes, "numbers that end in .0", shown, 'spelling="tidy"', reading, "written without")
    _same(shown, new.get, "names that differ only in spaces or accents", "tidy", reading, notes)
    if reading.spelling == "any case":
        first: dict[str, str] = {}
        new = {a: first.setdefault(b.casefold(), b) for a, b in new.items()}
        _same(
            shown, new.get, "names that differ only in capital letters", "any case", reading, notes
        )
    else:
        _same(
            sorted(set(new.values())),
            str.casefold,
            "names that differ only in capital letters",
            "any case",
            reading,
            notes,
        )
    if reading.spelling is None:
        return {}
    return {a: b for a, b in new.items() if a != b}


def _note_nothing(known: list[str], notes: Notes) -> None:
    found = [name for name in known if name.strip().lower() in NOTHING]
    for name in found:
        notes.say(
            "a name that may mean that nothing is known",
            1,
            f'kept as a name; missing=["{name}"], incomplete="leave out" leaves such rows out',
            name,
        )


def _same(
    known: list[str],
    key: Callable[[str], str | None],
    what: str,
    option: str,
    reading: Reading,
    notes: Notes,
) -> None:
    groups: dict[str | None, list[str]] = defaultdict(list)
    for name in known:
        groups[key(name)].append(name)
    several = [group for group in groups.values() if len(group) > 1]
    if several:
        example = " and ".join(repr(one) for one in several[0][:3])
        settled = reading.spelling == "any case" or reading.spelling == option
        done = "taken as one" if settled else f'kept apart; spelling="{option}" makes them one'
        notes.say(what, sum(map(len, several)), done, example)


def _said(
    notes: Notes, what: str, found: list[str], option: str, reading: Reading, done: str
) -> None:
    done = done if reading.spelling else f"kept; {option} takes it away"
    notes.say(what, len(found), done, found[0])
