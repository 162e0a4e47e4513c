"""Columns of cells kept as bytes and numbers: a million cells without a million Python texts.

A column in which few words stand again and again is read word by word, and one in which all
cells are equally wide, as moments are, is read all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

WIDEST = 32
"""Bytes of the widest cell in a column that is looked at for repeated words."""
_WORD = 8
_FIRST = np.tril(np.full((_WORD + 1, _WORD), 255, dtype=np.uint8), -1).view(np.uint64).ravel()
"""By a number of bytes, a number that covers so many of the first of eight."""
_DASH = ord("-")


@dataclass(frozen=True, eq=False)
class Coded(Sequence[str]):
    """Cells as places in a list of words.

    Parameters
    ----------
    words : list of str
        What stands in the column, in the order in which it first appears.
    codes : numpy.ndarray of int, shape (cells,)
        For each cell the place of its word.

    Examples
    --------
    >>> list(Coded(["ann", "bob"], np.array([0, 1, 0])))
    ['ann', 'bob', 'ann']
    """

    words: list[str]
    codes: np.ndarray

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.codes)

    def __getitem__(self, place):
        """Give one cell."""
        return self.words[self.codes[place]]

    def __iter__(self) -> Iterator[str]:
        """Give one cell after the other."""
        return iter(map(self.words.__getitem__, self.codes.tolist()))

    def __contains__(self, cell: object) -> bool:
        """Whether any cell is this text."""
        return cell in self.words

    def taken(self, at: np.ndarray) -> Coded:
        """Keep the cells at these places, and their words."""
        codes, kept = pd.factorize(self.codes[at])
        return Coded([self.words[k] for k in kept.tolist()], codes)

    def rewritten(self, change: Callable[[list[str]], list[str]]) -> Coded:
        """Write the words in another way."""
        return Coded(change(self.words), self.codes)


@dataclass(frozen=True, eq=False)
class Even(Sequence[str]):
    """Cells that are equally wide, one row of bytes each.

    Parameters
    ----------
    signs : numpy.ndarray of uint8, shape (cells, width)
        UTF-8.

    Examples
    --------
    >>> list(Even(np.frombuffer(b"annbob", dtype=np.uint8).reshape(2, 3)))
    ['ann', 'bob']
    """

    signs: np.ndarray

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.signs)

    def __getitem__(self, place):
        """Give one cell."""
        return self.signs[place].tobytes().decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        """Give one cell after the other."""
        whole = np.ascontiguousarray(self.signs).view(f"S{self.signs.shape[1]}").ravel()
        return (one.decode("utf-8") for one in whole.tolist())

    def taken(self, at: np.ndarray) -> Even:
        """Keep the cells at these places."""
        return Even(self.signs[at])


def compact(signs: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> Coded | Even | None:
    """Keep a column in few bytes; None where its cells are uneven and seldom repeat.

    Parameters
    ----------
    signs : numpy.ndarray of uint8
        Bytes of the whole text, without a zero byte.
    begins, ends : numpy.ndarray of int, shape (cells,)
        Where each cell begins and ends.

    Examples
    --------
    >>> signs = np.frombuffer(b"ann,bob,ann,", dtype=np.uint8)
    >>> compact(signs, np.array([0, 4, 8]), np.array([3, 7, 11])).words
    ['ann', 'bob']
    """
    widths = ends - begins
    width = int(widths.max(initial=0))
    if not width or width > WIDEST:
        return Coded([""], np.zeros(len(begins), dtype=np.int64)) if not width else None
    even = bool((widths == width).all())
    if even and width >= 10 and (signs[begins + 4] == _DASH).all():
        return Even(signs[begins[:, None] + np.arange(width)])  # moments seldom repeat
    codes = _codes(signs, begins, widths, width)
    if codes is not None:
        first = np.full(int(codes.max()) + 1, len(codes))
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        data = [signs[begins[k] : ends[k]].tobytes() for k in first.tolist()]
        return Coded([one.decode("utf-8") for one in data], codes)
    return Even(signs[begins[:, None] + np.arange(width)]) if even else None


def _codes(
    signs: np.ndarray, begins: np.ndarray, widths: np.ndarray, width: int
) -> np.ndarray | None:
    """Number the cells by what stands in them; None where more than half are of their own."""
    padded = np.concatenate([signs, np.zeros(_WORD, dtype=np.uint8)])
    # Eight bytes from any place on, as one number.
    eight = np.ndarray((len(signs) + 1,), dtype=np.uint64, buffer=padded, strides=(1,))
    codes, most = None, max(len(begins) // 2, 100)
    for at in range(0, width, _WORD):
        part = eight[np.minimum(begins + at, len(signs))]
        part &= _FIRST[np.clip(widths - at, 0, _WORD)]
        found, words = pd.factorize(part)
        if codes is not None:
            found, words = pd.factorize(codes * len(words) + found)
        if len(words) > most:
            return None
        codes = found
    return codes
