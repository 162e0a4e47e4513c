"""Seeds: the same bits for the same run, whatever else is run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.streams import (
    GOLDEN,
    coins,
    generator,
    hashed,
    root_key,
    run_keys,
    spawn,
    step_keys,
    tie_numbers,
)


@given(st.integers(0, 2**63), st.integers(1, 6), st.integers(0, 6))
def test_a_run_has_the_same_bits_however_many_runs_there_are(seed, runs, more):
    few, many = spawn(seed, runs), spawn(seed, runs + more)
    assert [g.integers(2**60) for g in few] == [g.integers(2**60) for g in many[:runs]]


def test_runs_differ_from_each_other_and_from_their_root():
    drawn = {generator(7).integers(2**60), *(g.integers(2**60) for g in spawn(7, 50))}
    assert len(drawn) == 51


def test_a_seed_sequence_spawns_the_same_children_each_time():
    root = np.random.SeedSequence(7)
    assert spawn(root, 1)[0].integers(2**60) == spawn(root, 1)[0].integers(2**60)
    assert spawn(root, 1)[0].integers(2**60) == spawn(7, 1)[0].integers(2**60)


def test_a_generator_is_used_as_it_is():
    mine = np.random.default_rng(7)
    assert generator(mine) is mine
    assert len(spawn(mine, 2)) == 2


def test_golden_bits_of_a_seed():
    # PCG64 streams are promised to stay: numpy policy NEP 19.
    assert generator(7).integers(10**6, size=3).tolist() == [944904, 625095, 684179]


@pytest.mark.parametrize("seed", [None, "7", 7.0, True])
def test_without_a_seed_nothing_is_drawn(seed):
    with pytest.raises(TypeError, match="seed=7"):
        generator(seed)


def test_numbers_out_of_range_are_named():
    with pytest.raises(ValueError, match="from 0 up"):
        generator(-3)
    with pytest.raises(ValueError, match="from 0 up"):
        spawn(7, -1)


@given(st.integers(0, 2**63), st.integers(1, 9), st.integers(0, 9))
def test_a_run_tosses_the_same_coins_however_many_runs_there_are(seed, runs, more):
    few, many = (run_keys(root_key(seed), np.arange(n)) for n in (runs, runs + more))
    assert (few == many[:runs]).all()


def test_golden_bits_of_a_coin():
    # Published test vectors of SplitMix64 with seed 0 (Steele, Lea & Flood 2014; Vigna).
    first = np.arange(1, 4, dtype=np.uint64)
    with np.errstate(over="ignore"):
        found = hashed(first * GOLDEN).tolist()
    assert found == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert root_key(7) == root_key(np.int64(7)) != root_key(8)
    assert root_key(np.random.SeedSequence(7)) == root_key(np.random.SeedSequence(7))
    mine = np.random.default_rng(7)
    assert root_key(mine) != root_key(mine)


def test_a_tie_has_a_number_of_its_own():
    source, target = (one.ravel() for one in np.meshgrid(np.arange(60), np.arange(60)))
    assert len(np.unique(tie_numbers(source, target, directed=True))) == 3_600
    assert len(np.unique(tie_numbers(source, target))) == 60 * 61 // 2
    assert (tie_numbers(source, target) == tie_numbers(target, source)).all()


@pytest.mark.parametrize("first, second", [((0, 1), (0, 2)), ((5, 9), (6, 9)), ((0, 1), (1, 2))])
def test_coins_are_even_and_those_of_two_ties_are_unrelated(first, second):
    keys = run_keys(root_key(7), np.arange(100_000))
    x, y = (coins(keys, tie_numbers(*(np.array([k]) for k in tie))) for tie in (first, second))
    for one in (x, y):
        counts = np.bincount((one * 20).astype(int), minlength=20)
        # 19 degrees of freedom: above 50 once in ten thousand.
        assert ((counts - 5_000) ** 2 / 5_000).sum() < 50
    assert abs(np.corrcoef(x, y)[0, 1]) < 4 / np.sqrt(100_000)
    joint = np.histogram2d(x, y, bins=10, range=[[0, 1], [0, 1]])[0]
    assert ((joint - 1_000) ** 2 / 1_000).sum() < 160


def test_coins_of_one_run_are_even_and_of_two_runs_and_steps_unrelated():
    source, target = np.triu_indices(450, 1)
    ties = tie_numbers(source, target)
    keys = run_keys(root_key(7), [0, 1])
    steps = [coins(step_keys(keys[:1], step), ties) for step in (1, 2)]
    whole = [coins(keys[:1], ties), coins(keys[1:], ties), *steps]
    for k, one in enumerate(whole):
        assert one.mean() == pytest.approx(0.5, abs=4 * np.sqrt(1 / 12 / len(ties)))
        for other in whole[:k]:
            assert abs(np.corrcoef(one, other)[0, 1]) < 4 / np.sqrt(len(ties))


def test_coins_without_a_seed_are_refused():
    with pytest.raises(TypeError, match="seed=7"):
        root_key(None)
