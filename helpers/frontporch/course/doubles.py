"""Two worlds that look alike: in one the claim holds, in the other it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from ..names import pick
from ..streams import Seed, generator

World = TypeVar("World")


class Doubles(Mapping[str, World], Generic[World]):
    """Two worlds by their names, in an order that a coin may draw, and how their data are read.

    Parameters
    ----------
    holds, fails : object
        The world in which the claim holds, and the one in which it does not.
    names : tuple of two str
        What they are called when everybody may know which is which.
    reader : callable
        What tells them apart: it takes the data of one world.
    shuffle : int, numpy.random.SeedSequence or numpy.random.Generator, optional
        With a seed the worlds are called A and B and come in an order that the seed draws.

    Examples
    --------
    >>> towns = Doubles(0.3, 0.0, reader=lambda share: f"{share:.0%} follow")
    >>> dict(towns)
    {'the claim holds': 0.3, 'the claim fails': 0.0}
    >>> shuffled = Doubles(0.3, 0.0, shuffle=1)
    >>> list(shuffled), shuffled.truth
    (['A', 'B'], 'B')
    >>> towns.read(towns["the claim fails"])
    '0% follow'
    """

    def __init__(
        self,
        holds: World,
        fails: World,
        *,
        names: tuple[str, str] = ("the claim holds", "the claim fails"),
        reader: Callable[..., Any] | None = None,
        shuffle: Seed | None = None,
    ) -> None:
        worlds, first = [holds, fails], True
        if shuffle is not None:
            names = ("A", "B")
            first = bool(generator(shuffle).random() < 0.5)
        self._worlds = dict(zip(names, worlds if first else worlds[::-1], strict=True))
        self._reader = reader
        self.truth: str = names[0 if first else 1]
        """The name of the world in which the claim holds."""

    def __getitem__(self, name: str) -> World:
        """Give the world of a name."""
        return self._worlds[pick(name, self._worlds, "world")]

    def __iter__(self) -> Iterator[str]:
        """Go through the names, in order."""
        return iter(self._worlds)

    def __len__(self) -> int:
        """Count the worlds: two."""
        return len(self._worlds)

    def __repr__(self) -> str:
        """Name the worlds, and do not tell which is which."""
        return f"two worlds: {' and '.join(self._worlds)}"

    def read(self, data: Any, **options: Any) -> Any:
        """Read the data of one world in the way that tells the two apart.

        Parameters
        ----------
        data : object
            What a world of these simulates.
        **options
            What the reader takes besides.

        Raises
        ------
        TypeError
            If these worlds have no reader of their own.
        """
        if self._reader is None:
            raise TypeError("these worlds have no reader of their own.")
        return self._reader(data, **options)
