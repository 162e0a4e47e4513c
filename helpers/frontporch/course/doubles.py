"""Two worlds that look alike: in one the claim holds, in the other it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

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


def same_surface(
    shows: Callable[[NDArray[np.float64]], Mapping[Any, float]],
    begin: NDArray[np.float64],
    surface: Mapping[str, float],
    of: str,
) -> NDArray[np.float64]:
    """Find the numbers at which a world shows what another world shows.

    Parameters
    ----------
    shows : callable
        Takes the numbers and gives what is to be expected of a world with them; a ValueError
        says that there is no such world.
    begin : numpy.ndarray of float, shape (numbers,)
        Where the search begins.
    surface : mapping of str to float
        What is to be expected of both worlds: as many values as there are numbers.
    of : str
        The world that is to be doubled, in words, for the message.

    Returns
    -------
    numpy.ndarray of float, shape (numbers,)

    Raises
    ------
    ValueError
        If no numbers give this surface.

    Examples
    --------
    >>> def shows(at):
    ...     return {"visits": 2 * at[0]}
    >>> same_surface(shows, np.ones(1), {"visits": 30.0}, of="visits=30").round(6).tolist()
    [15.0]
    """
    from scipy import optimize

    def gap(at: NDArray[np.float64]) -> NDArray[np.float64]:
        try:
            found = shows(at)
        except ValueError:  # out of range: far away
            return np.full(len(at), 1e3)
        return np.array([found[name] / surface[name] - 1 for name in surface])

    solution = optimize.root(gap, begin, tol=1e-12)
    if not solution.success or np.abs(gap(solution.x)).max() > 1e-8:
        raise ValueError(f"no double with the same surface as {of} was found: take another value.")
    return solution.x
