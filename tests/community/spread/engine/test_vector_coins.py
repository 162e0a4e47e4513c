"""Eight coins at once are the coins that numpy tosses one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.streams import coins, root_key, run_keys

numba = pytest.importorskip("numba")
from frontporch.community.spread.engine import lockstep, vector_coins  # noqa: E402


@numba.njit
def alike(targets, at, person, key, limits, directed):
    return vector_coins.fallen_alike(targets, at, person, key, limits, directed)


@numba.njit
def by_person(targets, at, person, key, limits, directed):
    return vector_coins.fallen_by_person(targets, at, person, key, limits, directed)


@numba.njit
def by_arc(targets, at, person, key, limits, directed):
    return vector_coins.fallen_by_arc(targets, at, person, key, limits, directed)


@numba.njit
def lowest(mask):
    return vector_coins.lowest_bit(mask)


def expected(key, person, targets, chance, directed):
    """The mask from numpy's coins: low end, high end, unless the tie has a direction."""
    source = np.full(len(targets), person)
    low, high = np.minimum(source, targets), np.maximum(source, targets)
    ties = (source, targets) if directed else (low, high)
    name = ties[0].astype(np.uint64) << np.uint64(32) | ties[1].astype(np.uint64)
    tossed = coins(np.array([key]), name)
    return sum(1 << k for k in range(8) if tossed[k] < chance[k])


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    people=st.integers(9, 2**31 - 1),
    at=st.integers(0, 5),
    directed=st.booleans(),
    wide=st.booleans(),
    p=st.floats(0, 1),
)
def test_the_mask_is_the_coins_one_by_one(seed, people, at, directed, wide, p):
    rng = np.random.default_rng(seed)
    targets = rng.integers(people, size=13).astype(np.int64 if wide else np.int32)
    person, key = int(rng.integers(people)), run_keys(root_key(seed), [3])[0]
    there = targets[at : at + 8].astype(np.int64)
    limit = np.ceil(np.array([p]) * 2.0**53).astype(np.uint64)
    found = alike(targets, at, person, key, limit, directed)
    assert found == expected(key, person, there, np.full(8, p), directed)

    chance = rng.random(13)
    limits = np.ceil(chance * 2.0**53).astype(np.uint64)
    found = by_arc(targets, at, person, key, limits, directed)
    assert found == expected(key, person, there, chance[at : at + 8], directed)

    few = (targets % 13).astype(targets.dtype)
    found = by_person(few, at, person, key, limits, directed)
    there = few[at : at + 8].astype(np.int64)
    assert found == expected(key, person, there, chance[there], directed)


def test_no_coin_falls_at_nought_and_each_at_one():
    targets, key = np.arange(8, dtype=np.int32), run_keys(root_key(7), [0])[0]
    for p, mask in ((0.0, 0), (1.0, 255)):
        limit = np.array([p * 2.0**53]).astype(np.uint64)
        assert alike(targets, 0, 9, key, limit, False) == mask


@pytest.mark.parametrize("place", range(8))
def test_the_lowest_bit(place):
    assert lowest(np.uint64((1 << place) | 128)) == min(place, 7)


def test_masks_of_the_first_few():
    assert vector_coins.WITHIN.tolist() == [0, 1, 3, 7, 15, 31, 63, 127, 255]


def test_bits_are_worked_off_and_nobody_adopts_twice():
    targets = np.array([1, 2, 1, 3, 2, 1, 4, 5], dtype=np.int32)
    seen, queue = np.zeros(8, dtype=np.uint8), np.zeros(9, dtype=np.int32)
    seen[4] = 1
    masks = np.array([255, 8], dtype=np.uint64)
    rows, bases = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=np.int64)
    count = lockstep.taken(2, masks, rows, bases, targets, seen, queue, 0)
    assert sorted(queue[:count].tolist()) == [1, 2, 3, 5]
    assert seen.tolist() == [0, 1, 1, 1, 1, 1, 0, 0]
