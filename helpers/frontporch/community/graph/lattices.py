"""Rings, grids and small worlds: neighbours who know each other, and shortcuts past them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ...streams import Seed, generator
from .arrays import from_columns
from .shares import share
from .ties import Community


def ring(people: int, ties_each: int) -> Community:
    """Seat people in a ring, each tied to the nearest on both sides.

    Parameters
    ----------
    people : int
        How many, above `ties_each`.
    ties_each : int
        z, an even number: half of them on each side.

    Examples
    --------
    >>> ring(12, 4).neighbours(0).tolist()
    [1, 2, 10, 11]
    """
    return small_world(people, ties_each, shortcuts=0.0, seed=0)


def grid(rows: int, columns: int, radius: int = 1) -> Community:
    """Lay people out in a grid without edges, each tied to all in a square around them.

    Parameters
    ----------
    rows, columns : int
        Sides of the grid, from 2·radius + 1 up; what leaves on one side comes back on the other.
    radius : int
        How far the square reaches on each side, from 1 up: 1 means the eight around a person,
        2 the nearest 24.

    Raises
    ------
    ValueError
        If the radius is no whole number from 1 up, or a square does not fit into the grid.

    Notes
    -----
    The Moore neighbourhood on a torus, as in Centola & Macy (2007), American Journal of
    Sociology 113:702-734.

    Examples
    --------
    >>> grid(20, 20).degree[:3].tolist()
    [8, 8, 8]
    >>> grid(20, 20, radius=2).degree[:3].tolist()
    [24, 24, 24]
    """
    if isinstance(radius, bool) or int(radius) != radius or radius < 1:
        raise ValueError(f"radius is {radius!r}, but must be a whole number from 1 up.")
    radius, least = int(radius), 2 * int(radius) + 1
    if rows < least or columns < least:
        raise ValueError(
            f"a grid of radius {radius} has sides from {least} up, not {rows} by {columns}."
        )
    down, across = np.divmod(np.arange(rows * columns), columns)
    source, target = [], []
    # One of each two opposite directions: a tie goes both ways.
    steps = [(0, right) for right in range(1, radius + 1)]
    steps += [(d, right) for d in range(1, radius + 1) for right in range(-radius, radius + 1)]
    for step_down, step_across in steps:
        source.append(np.arange(rows * columns))
        target.append((down + step_down) % rows * columns + (across + step_across) % columns)
    return _synthetic(np.concatenate(source), np.concatenate(target), rows * columns, "grid")


def small_world(
    people: int = 1_000, ties_each: int = 10, shortcuts: float = 0.05, seed: Seed | None = None
) -> Community:
    """Seat people in a ring of neighbours, and turn some ties into shortcuts across it.

    Parameters
    ----------
    people : int
        n, above `ties_each`.
    ties_each : int
        K, an even number: mean ties of a person.
    shortcuts : float
        p, share of ties whose far end is drawn anew, from 0 to 1.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where the draws come from.

    Notes
    -----
    Source: Watts & Strogatz (1998), Nature 393:440-442. All ties are turned at once rather
    than one after the other, so that a million people take a second.

    Examples
    --------
    >>> small_world(people=1_000, ties_each=10, shortcuts=0.05, seed=7)
    Community of 1,000 people and 5,000 ties
    """
    if ties_each < 2 or ties_each % 2:
        raise ValueError(f"ties_each is {ties_each!r}, but must be an even number from 2 up.")
    if people <= ties_each:
        raise ValueError(f"people is {people}, but must be above ties_each, {ties_each}.")
    turned_share = share(shortcuts, "shortcuts")
    rng = generator(seed)
    source = repeat(np.arange(people), ties_each // 2)
    target = (source + np.tile(np.arange(1, ties_each // 2 + 1), people)) % people
    turned = np.flatnonzero(rng.random(len(source)) < turned_share)
    if people > ties_each + 1:
        target = redrawn(source, target, turned, people, rng)
    made = f"small_world(people={people}, ties_each={ties_each}, shortcuts={shortcuts})"
    return _synthetic(source, target, people, made)


def redrawn(
    source: NDArray[np.int64],
    target: NDArray[np.int64],
    turned: NDArray[np.int64],
    people: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Draw the far ends of some ties anew, until nobody is tied to themselves or twice.

    Parameters
    ----------
    source, target : numpy.ndarray of int64, shape (ties,)
        Ends of all ties.
    turned : numpy.ndarray of int64
        Positions of those whose target is drawn.
    people : int
        How many people there are.
    rng : numpy.random.Generator
        Where the draws come from.

    Returns
    -------
    numpy.ndarray of int64, shape (ties,)
        The new targets.
    """
    target = target.copy()
    open_ = turned
    while len(open_):
        target[open_] = rng.integers(people, size=len(open_))
        low = np.minimum(source, target).astype(np.int64)
        numbers = low * people + np.maximum(source, target)
        # Of those that fall together the ones drawn last are drawn again.
        rank = np.zeros(len(source), dtype=bool)
        rank[open_] = True
        order = np.lexsort((rank, numbers))
        again = np.zeros(len(source), dtype=bool)
        again[order[1:]] = numbers[order[1:]] == numbers[order[:-1]]
        again |= source == target
        open_ = np.flatnonzero(again & rank)
    return target


def _synthetic(
    source: NDArray[np.int64], target: NDArray[np.int64], people: int, made: str
) -> Community:
    return from_columns((source, target), people, {}, synthetic=made)
