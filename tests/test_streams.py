"""Seeds: the same bits for the same run, whatever else is run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.streams import generator, spawn


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
