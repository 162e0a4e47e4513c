"""Three pairs of worlds of a team's own: which of each two is the one in which the claim holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ..classroom.checking.exercise import Diagnosis
from .doubles import Doubles

World = TypeVar("World")

PAIRS = ("first pair", "second pair", "third pair")
CHOICES = dict.fromkeys(PAIRS, ("A", "B"))
"""The choices of an exercise that asks for the world of each pair."""
SETS = (*range(1, 29), 30, 34, 39, 48)
"""Numbers of sets; each of the eight answers belongs to four of them."""


def seed(pairs: int, pair: str) -> int:
    """Give the seed that draws the order of a pair, from the number of the set.

    Examples
    --------
    >>> seed(4, "second pair")
    42
    """
    return 10 * pairs + 1 + PAIRS.index(pair)


def truth(pairs: int) -> tuple[str, ...]:
    """Name the world in which the claim holds, in each pair of a set.

    Examples
    --------
    >>> truth(4)
    ('B', 'B', 'B')
    """
    return tuple(Doubles(True, False, shuffle=seed(pairs, one)).truth for one in PAIRS)


def named(pairs: int, pair: str, worlds: Iterable[World]) -> dict[str, World]:
    """Call both worlds of a pair A and B; the first is the one in which the claim holds.

    Examples
    --------
    >>> named(4, "second pair", ["it holds", "it fails"])
    {'B': 'it holds', 'A': 'it fails'}
    """
    holds = truth(pairs)[PAIRS.index(pair)]
    return dict(zip((holds, "B" if holds == "A" else "A"), worlds, strict=True))


def turned(pairs: int, *which: str) -> tuple[str, ...]:
    """Give the answer in which these pairs are the wrong way round; all three without any."""
    other = {"A": "B", "B": "A"}
    return tuple(
        other[right] if one in which or not which else right
        for one, right in zip(PAIRS, truth(pairs), strict=True)
    )


def diagnoses(every: str, one: str) -> tuple[Diagnosis, ...]:
    """Explain what is wrong where all pairs are the wrong way round, and where one of them is.

    Parameters
    ----------
    every : str
        What to say to whoever turned all of them round.
    one : str
        What to look at again in the pair that is wrong.

    Examples
    --------
    >>> said = diagnoses("these are the quiet worlds.", "Look again.")
    >>> said[1].wrong(pairs=4), said[1].reason
    (('A', 'B', 'B'), 'one of the three pairs is the wrong way round. Look again.')
    """

    def only(pair: str) -> Diagnosis:
        # Which of them is not said: whoever guesses would need two tries.
        return Diagnosis(
            lambda pairs: turned(pairs, pair),
            f"one of the three pairs is the wrong way round. {one}",
        )

    return (Diagnosis(turned, every), *(only(pair) for pair in PAIRS))
