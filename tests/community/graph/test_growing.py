"""How communities grow: small worlds, random ones, neighbourhoods, closure, meetings."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from frontporch import community
from frontporch.community.graph.block_models import fortress, with_shortcuts
from frontporch.community.graph.lattices import grid
from frontporch.community.graph.meetings import trade_shows, triadic_closure
from frontporch.community.measures.components import giant_share, largest_part, molloy_reed
from frontporch.community.measures.structure import modularity


def graph(town):
    return town.to_networkx()


@pytest.mark.parametrize("shortcuts, found", [(0.01, 0.6457), (0.1, 0.4902), (0.3, 0.2363)])
def test_shortcuts_lower_clustering_by_the_cube(shortcuts, found, printed):
    # `found` is the mean of five seeds of networkx.
    mean = np.mean(
        [
            nx.average_clustering(graph(community.small_world(1_000, 10, shortcuts, seed=seed)))
            for seed in range(5)
        ]
    )
    assert mean == pytest.approx(found, abs=0.015)
    assert mean == printed("small_world_clustering", f"shortcuts {shortcuts}")


@settings(max_examples=40)
@given(st.integers(3, 60), st.integers(1, 10), st.floats(0, 1), st.integers(0, 10**6))
def test_a_small_world_has_as_many_ties_as_its_ring(people, half, shortcuts, seed):
    if people <= 2 * half:
        with pytest.raises(ValueError, match="people is"):
            community.small_world(people, 2 * half, shortcuts, seed=seed)
        return
    town = community.small_world(people, 2 * half, shortcuts, seed=seed)
    assert (town.size, town.ties) == (people, people * half)
    again = community.small_world(people, 2 * half, shortcuts, seed=seed)
    assert (town.targets == again.targets).all()


@pytest.mark.parametrize("mean_ties", [1.5, 2])
def test_the_giant_part_of_a_random_community(mean_ties, printed):
    share = giant_share(mean_ties)
    assert share == printed("giant_part", f"{mean_ties} ties each")
    town = community.block_model([20_000], mean_ties, seed=7)
    assert largest_part(town) == pytest.approx(share, abs=0.02)


def test_there_is_no_giant_part_below_one():
    assert giant_share([0, 0.9, 1.0]) == pytest.approx([0, 0, 0], abs=1e-9)
    with pytest.raises(ValueError, match="from 0 up"):
        giant_share(-1)


@given(st.floats(0.2, 3).filter(lambda c: abs(c - 1) > 1e-6))
def test_molloy_and_reed_agree_with_erdos_and_renyi(mean_ties):
    # Σ k(k − 2) p_k > 0 if and only if c > 1, for Poisson degrees.
    k = np.arange(200)
    weight = stats.poisson.pmf(k, mean_ties)
    assert (weight * k * (k - 2)).sum() * (mean_ties - 1) > 0
    assert molloy_reed([3, 3, 0]) == pytest.approx(2)


def test_neighbourhoods_have_their_ties():
    town = community.block_model([400, 600], ties_within=6, ties_between=2, seed=7)
    source, target = town.sources, town.targets
    inside = town.group[source] == town.group[target]
    # Expected 6 and 2 ties each, less pairs drawn twice; four standard errors of a Poisson count.
    assert inside.sum() / 1_000 == pytest.approx(6, abs=4 * np.sqrt(2 * 6 / 1_000) + 0.1)
    assert (~inside).sum() / 1_000 == pytest.approx(2, abs=4 * np.sqrt(2 * 2 / 1_000) + 0.05)
    assert modularity(town) > 0.15


def test_sociable_people_have_more_ties():
    alike = community.block_model([2_000], 8, seed=7).degree
    lively = community.block_model([2_000], 8, sociability=1.0, seed=7).degree
    # A Poisson mixture: variance = mean + (mean · cv)².
    assert alike.var() == pytest.approx(8, rel=0.15)
    assert lively.var() == pytest.approx(8 + 64, rel=0.25)


def test_fortresses_lose_local_ties_and_no_other():
    porches = community.block_model([200] * 5, 6, 1, seed=7)
    closed = fortress(porches, 1.0, seed=7)
    assert (closed.group[closed.sources] != closed.group[closed.targets]).all()
    half = fortress(porches, 0.5, seed=7)
    assert closed.ties < half.ties < porches.ties
    assert set(graph(half).edges) < set(graph(porches).edges)
    assert fortress(porches, 0.0, seed=7).ties == porches.ties


def test_shortcuts_are_a_layer_and_tie_nobody_twice():
    porches = community.block_model([200] * 5, 6, 0, seed=7)
    town = with_shortcuts(porches, 2.0, seed=7)
    local = town.kept(town.layer == 0)
    assert (local.targets == porches.targets).all() and town.layers == ("local", "online")
    online = town.kept(town.layer == 1)
    assert online.ties / 1_000 == pytest.approx(1, abs=4 * np.sqrt(1 / 1_000) + 0.02)
    more = with_shortcuts(town, 1.0, seed=8)
    assert more.layers == ("local", "online") and more.ties > town.ties


def test_crowding_out_keeps_the_budget():
    rows = {
        crowded: community.two_layers([500] * 4, 8, 3, crowding_out=crowded, seed=7)
        for crowded in (True, False)
    }
    for crowded, expected in ((True, 8), (False, 11)):
        assert rows[crowded].degree.mean() == pytest.approx(expected, abs=0.25)
        assert (rows[crowded].layer == 1).sum() / 2_000 == pytest.approx(3, abs=0.2)


def test_certain_forgetting_leaves_the_last_meetings():
    # γ → 1: what was not met in the last period is gone.
    call = {"people": 300, "meet_friend_of_friend": 0.0, "meet_stranger": 0.5, "seed": 7}
    last = triadic_closure(periods=60, forget=1.0, **call)
    assert (last.age[last.strength == 1] == 0).all()
    assert last.degree.mean() == pytest.approx(0.5, abs=0.25)
    assert triadic_closure(periods=0, **call).ties == 0
    assert triadic_closure(people=50, periods=30, meet_stranger=0, seed=7).ties == 0


def test_chance_meetings_alone_give_a_random_community():
    town = triadic_closure(
        2_000, 40, meet_stranger=0.1, meet_friend_of_friend=0.0, forget=0.0, seed=7
    )
    # Expected ties of a person: 40 · 0.1; degrees are Poisson, and clustering is chance.
    assert town.degree.mean() == pytest.approx(4, abs=4 * np.sqrt(2 * 4 / 2_000) + 0.05)
    assert town.degree.var() == pytest.approx(4, rel=0.15)
    assert nx.transitivity(graph(town)) < 0.01


def test_friends_of_friends_close_triangles():
    call = {"people": 300, "periods": 120, "meet_stranger": 0.05, "forget": 0.02, "seed": 7}
    without = triadic_closure(meet_friend_of_friend=0.0, **call)
    closing = triadic_closure(meet_friend_of_friend=0.01, **call)
    assert nx.transitivity(graph(closing)) > 3 * nx.transitivity(graph(without))
    assert closing.strength.max() > 1


def test_trade_shows_and_steady_contact_cost_the_same():
    call = {"people": 400, "weeks": 52, "contacts": 1.0, "rooms": 10, "seed": 7}
    steady = trade_shows(every=1, decay_weeks=np.inf, **call)
    shows = trade_shows(every=26, decay_weeks=np.inf, **call)
    # 52 contacts each, less those drawn with themselves (one in forty).
    for town in (steady, shows):
        contacts = town.strength.sum() / 400
        assert contacts == pytest.approx(52 * (1 - 1 / 40), rel=0.04)
    assert shows.ties > 1.2 * steady.ties
    assert steady.kept(steady.group[steady.sources] != steady.group[steady.targets]).ties == 0
    faded = trade_shows(every=26, decay_weeks=13.0, **call)
    assert faded.strength.sum() < 0.8 * shows.strength.sum()


@pytest.mark.parametrize(
    "make",
    [
        lambda: community.small_world(10, 3, seed=7),
        lambda: community.small_world(10, 4, 2.0, seed=7),
        lambda: grid(2, 5),
        lambda: community.block_model([0, 5], seed=7),
        lambda: community.block_model([5], -1, seed=7),
        lambda: fortress(community.ring(6, 2), 0.5, seed=7),
        lambda: with_shortcuts(community.ring(6, 2), -1, seed=7),
        lambda: community.two_layers([9], 3, 4, crowding_out=True, seed=7),
        lambda: triadic_closure(1, seed=7),
        lambda: triadic_closure(9, forget=2, seed=7),
        lambda: trade_shows(9, 5, every=6, rooms=2, seed=7),
        lambda: trade_shows(9, 5, every=5, rooms=2, decay_weeks=0, seed=7),
    ],
)
def test_numbers_that_make_no_community_are_named(make):
    with pytest.raises(ValueError):
        make()


def test_without_a_seed_nothing_is_drawn():
    with pytest.raises(TypeError, match="seed=7"):
        community.small_world(100, 4)
