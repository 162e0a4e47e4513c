"""Where randomness comes from: one seed in, independent streams out."""

from __future__ import annotations

import numbers
from typing import TypeAlias

import numpy as np

Seed: TypeAlias = int | np.random.SeedSequence | np.random.Generator


def generator(seed: Seed) -> np.random.Generator:
    """Give the random generator that a seed stands for.

    Parameters
    ----------
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        A whole number from 0 up, a seed sequence, or a generator, which is used as it is.

    Returns
    -------
    numpy.random.Generator
        A PCG64 generator; the same seed gives the same bits on every machine.

    Raises
    ------
    TypeError
        If there is no seed, or it is of another kind: every draw in the kit can be repeated.
    ValueError
        If the seed is negative.

    Examples
    --------
    >>> generator(7).integers(10, size=3).tolist()
    [9, 6, 6]
    """
    if isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, np.random.SeedSequence):
        return np.random.Generator(np.random.PCG64(seed))
    if isinstance(seed, bool) or not isinstance(seed, numbers.Integral):
        raise TypeError(
            f"seed is {seed!r}, but a whole number such as seed=7 (or a numpy Generator) is "
            "needed, so that the result can be repeated."
        )
    if seed < 0:
        raise ValueError(f"seed is {seed}, but a seed is a whole number from 0 up, such as 7.")
    return np.random.Generator(np.random.PCG64(int(seed)))


def spawn(seed: Seed, runs: int) -> list[np.random.Generator]:
    """Give one independent generator for each of several runs.

    Run k gets the same bits whatever the number of runs and of workers.

    Parameters
    ----------
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        The root of all streams. A generator hands out children of its own.
    runs : int
        How many generators, from 0 up.

    Returns
    -------
    list of numpy.random.Generator
        One a run, in order.

    Examples
    --------
    >>> first, second = spawn(7, 2)
    >>> bool(first.integers(100) == spawn(7, 5)[0].integers(100))
    True
    """
    if runs < 0:
        raise ValueError(f"runs is {runs}, but it is a number from 0 up.")
    if isinstance(seed, np.random.Generator):
        return seed.spawn(runs)
    if not isinstance(seed, np.random.SeedSequence):
        generator(seed)
        seed = np.random.SeedSequence(int(seed))
    # Children by number, not by how often this sequence has spawned before.
    return [
        generator(np.random.SeedSequence(seed.entropy, spawn_key=(*seed.spawn_key, k)))
        for k in range(runs)
    ]
