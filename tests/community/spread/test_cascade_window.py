"""Global cascades in closed form, beside simulations of large random communities."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.graph.lattices import grid
from frontporch.community.spread.cascade_window import poisson


def test_the_window_of_watts(printed):
    found = community.complex_contagion(fraction=0.18).window()
    assert found.lower == printed("global_cascades", "fewest ties each")
    assert found.upper == printed("global_cascades", "most ties each")
    assert found.most == 5


@settings(max_examples=30, deadline=None)
@given(st.floats(0.02, 0.25))
def test_at_its_ends_each_brings_one_other(fraction):
    rule = community.complex_contagion(fraction=fraction)
    found = rule.window()
    for mean in (found.lower, found.upper):
        shares = poisson(mean)
        ties = np.arange(len(shares))
        easy = rule.needed(ties) <= 1
        assert (ties * (ties - 1) * shares * easy).sum() / mean == pytest.approx(1, abs=1e-8)
    inside = (found.lower + found.upper) / 2
    assert rule.final_share(inside, 1e-4) > 0.5
    assert rule.final_share(1.5 * found.upper + 1, 1e-6) < 0.01


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (community.complex_contagion(fraction=0.3), "No global cascade from one adopter"),
        (community.complex_contagion(fraction=1.0), "No global cascade from one adopter"),
        (community.complex_contagion(2), "No global cascade from one adopter"),
        (community.complex_contagion(1), "with a mean of ties above 1"),
    ],
)
def test_what_has_no_window_says_so(rule, words):
    assert words in repr(rule.window())


def test_one_contact_suffices_is_the_giant_component(printed):
    # Erdős & Rényi: S = 1 − exp(−zS); from next to nobody S² of all adopt … and S if one does.
    share = community.complex_contagion(1).final_share(2.0, 1e-9)
    assert share == pytest.approx(printed("giant_part", "2 ties each").expected, abs=1e-6)


@pytest.mark.parametrize(("mean", "start"), [(4, 0.002), (6.5, 0.02), (8, 0.02)])
def test_the_share_is_that_of_a_large_random_community(mean, start):
    rule = community.complex_contagion(fraction=0.18)
    town = community.from_networkx(nx.fast_gnp_random_graph(20_000, mean / 20_000, seed=5))
    begun = np.random.default_rng(5).choice(20_000, int(start * 20_000), replace=False)
    drawn = community.simulate(town, begun, rule, runs=1, seed=1).mean / 20_000
    assert rule.final_share(town, start) == pytest.approx(drawn, abs=0.01)
    assert rule.final_share(mean, start) == pytest.approx(drawn, abs=0.02)


def test_everybody_at_the_start_is_everybody():
    rule = community.complex_contagion(fraction=0.5)
    assert rule.final_share(3.0, 1.0) == 1
    assert rule.final_share(0.0, 0.1) == pytest.approx(0.1)
    assert rule.final_share([0, 2, 2, 2], 0.2) >= 0.2


@pytest.mark.parametrize(
    ("ties", "start", "said"),
    [
        (4, 0, "start is 0"),
        (4, 2, "from 0 to 1"),
        (-1, 0.1, "a mean from 0 up"),
        (np.nan, 0.1, "a mean from 0 up"),
        ([1.5, 2], 0.1, "whole number"),
        (1e9, 0.1, "up to 10,000"),
        (community.from_arrays([0], [1], directed=True), 0.1, "have a direction"),
    ],
)
def test_what_is_no_share_or_tie_is_told(ties, start, said):
    with pytest.raises(ValueError, match=said):
        community.complex_contagion(2).final_share(ties, start)


@pytest.mark.parametrize(("adopters", "spreads"), [(9, True), (10, False)])
def test_a_grid_of_radius_two(adopters, spreads):
    # Moore neighborhoods of radius 2, as in Centola & Macy (2007): the seed is a person with all
    # 24 contacts. Nine adopters suffice and ten do not.
    town = grid(20, 20, radius=2)
    assert set(town.degree.tolist()) == {24}
    start = [0, *town.neighbours(0).tolist()]
    reach = community.simulate(town, start, community.complex_contagion(adopters), runs="exact")
    assert (reach.mean == 400) == spreads


@pytest.mark.parametrize(
    ("sides", "said"),
    [((4, 9, 2), "sides from 5 up, not 4 by 9"), ((9, 9, 0), "radius is 0"), ((9, 9, 1.5), "1.5")],
)
def test_a_grid_that_is_too_small_is_refused(sides, said):
    with pytest.raises(ValueError, match=said):
        grid(*sides)
