"""Where randomness comes from: one seed in, independent streams and hashed coins out."""

from __future__ import annotations

import numbers
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)

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


def root_key(seed: Seed) -> np.uint64:
    """Give the 64 bits on which every coin of a seed stands.

    Parameters
    ----------
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        A generator gives its next 64 bits, so that it gives other coins the next time.

    Returns
    -------
    numpy.uint64

    Raises
    ------
    TypeError, ValueError
        As `generator`.

    Examples
    --------
    >>> root_key(7) == root_key(7), root_key(7) == root_key(8)
    (np.True_, np.False_)
    """
    if isinstance(seed, np.random.SeedSequence):
        return np.uint64(seed.generate_state(1, np.uint64)[0])
    drawn = generator(seed).integers(0, 2**64 - 1, dtype=np.uint64, endpoint=True)
    return np.uint64(drawn)


def run_keys(root: np.uint64, runs: ArrayLike) -> NDArray[np.uint64]:
    """Give the key of each run, from which its coins follow.

    Parameters
    ----------
    root : numpy.uint64
        What `root_key` gives.
    runs : array_like of int
        Numbers of the runs, from 0 up.

    Returns
    -------
    numpy.ndarray of uint64
        One a run: element `run` of a SplitMix64 stream (Steele, Lea & Flood 2014).

    Examples
    --------
    >>> run_keys(root_key(7), [0, 1]).tolist() == run_keys(root_key(7), range(9))[:2].tolist()
    True
    """
    with np.errstate(over="ignore"):
        counter = np.atleast_1d(np.asarray(runs, dtype=np.uint64)) + np.uint64(1)
        return hashed(root + counter * GOLDEN)


def step_keys(keys: NDArray[np.uint64], step: int) -> NDArray[np.uint64]:
    """Give the keys of coins that are tossed anew in each step.

    Parameters
    ----------
    keys : numpy.ndarray of uint64
        Keys of the runs, from `run_keys`.
    step : int
        From 1 up.

    Examples
    --------
    >>> keys = run_keys(root_key(7), [0])
    >>> int(step_keys(keys, 1)[0]) == int(step_keys(keys, 2)[0])
    False
    """
    with np.errstate(over="ignore"):
        return hashed(keys + np.uint64(step) * GOLDEN)


def hashed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64 bits so that each of them depends on all; one to one.

    Notes
    -----
    The finaliser of SplitMix64 (Steele, Lea & Flood 2014, Fast splittable pseudorandom number
    generators; Stafford's variant 13). Every backend computes just this.

    Examples
    --------
    >>> hex(int(hashed(np.array([0x9E3779B97F4A7C15], dtype=np.uint64))[0]))
    '0xe220a8397b1dcdaf'
    """
    bits = bits ^ (bits >> np.uint64(30))
    bits *= FIRST
    bits ^= bits >> np.uint64(27)
    bits *= SECOND
    bits ^= bits >> np.uint64(31)
    return bits


def tie_numbers(
    source: NDArray[np.integer], target: NDArray[np.integer], directed: bool = False
) -> NDArray[np.uint64]:
    """Give each tie 64 bits of its own: its two ends, the smaller first if it has no direction.

    Both arcs of a tie without direction get the same. Nobody is tied to themselves, so that
    the number of (person, person) stands for the person.

    Parameters
    ----------
    source, target : numpy.ndarray of int
        Numbers of people, from 0 to 2³² − 1.
    directed : bool
        Whether the way back is another tie.

    Examples
    --------
    >>> tie_numbers(np.array([3, 5]), np.array([5, 3])).tolist()
    [12884901893, 12884901893]
    """
    low, high = source.astype(np.uint64), target.astype(np.uint64)
    if not directed:
        low, high = np.minimum(low, high), np.maximum(low, high)
    return (low << np.uint64(32)) | high


def coins(keys: NDArray[np.uint64], ties: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Toss a coin for each (run, tie): the same one in any order, on any number of threads.

    Parameters
    ----------
    keys : numpy.ndarray of uint64
        Key of the run, from `run_keys`.
    ties : numpy.ndarray of uint64
        Number of the tie, from `tie_numbers`.

    Returns
    -------
    numpy.ndarray of float
        Uniform from 0 up to but not including 1, multiples of 2⁻⁵³.

    Examples
    --------
    >>> key = run_keys(root_key(7), [0])
    >>> ties = np.arange(4, dtype=np.uint64)
    >>> coins(key, ties[::-1]).tolist() == coins(key, ties)[::-1].tolist()
    True
    """
    return (hashed(keys ^ ties) >> np.uint64(11)) * 2.0**-53
