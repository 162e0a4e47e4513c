"""Contagion: exact values by enumeration, and simulations that agree with them."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.graph.lattices import grid

RUNS = 20_000

LINE = nx.path_graph(5)
STAR = nx.star_graph(6)
CYCLE = nx.cycle_graph(6)
DIAMOND = nx.Graph([(0, 1), (0, 2), (1, 3), (2, 3)])
K4, K5 = nx.complete_graph(4), nx.complete_graph(5)

# As the table of published numbers calls them.
CASCADES = {
    "line of 5, from 0, p 0.3": (LINE, 0, 0.3),
    "star of 6, from 0, p 0.3": (STAR, 0, 0.3),
    "star of 6, from 1, p 0.3": (STAR, 1, 0.3),
    "circle of 6, from 0, p 0.3": (CYCLE, 0, 0.3),
    "diamond, from 0, p 0.3": (DIAMOND, 0, 0.3),
    "4 who all know each other, from 0, p 0.5": (K4, 0, 0.5),
}
THRESHOLDS = {
    "line of 5, from 0": (LINE, 0),
    "line of 5, from 2": (LINE, 2),
    "star of 6, from 0": (STAR, 0),
    "star of 6, from 1": (STAR, 1),
    "circle of 6, from 0": (CYCLE, 0),
    "4 who all know each other, from 0": (K4, 0),
    "5 who all know each other, from 0": (K5, 0),
}


@pytest.mark.parametrize("name", CASCADES)
def test_independent_cascade_by_enumeration(name, printed):
    graph, start, p = CASCADES[name]
    expected = printed("independent_cascade", name)
    rule = community.independent_cascade(p)
    exact = community.simulate(graph, start, rule, runs="exact")
    assert exact.weights.sum() == pytest.approx(1, abs=1e-12)
    assert (exact.sizes * exact.weights).sum() == expected
    assert exact.reached.sum() == expected
    drawn = community.simulate(graph, start, rule, runs=RUNS, seed=7)
    assert abs(drawn.mean - exact.mean) < 4 * drawn.standard_error


def test_a_cycle_has_the_closed_form(printed):
    p, n = 0.3, 6
    closed = 1 + sum(p**i + p ** (n - i) - p**n for i in range(1, n))
    assert closed == printed("independent_cascade", "circle of 6, from 0, p 0.3")


@pytest.mark.parametrize("name", THRESHOLDS)
def test_linear_threshold_by_enumeration(name, printed):
    graph, start = THRESHOLDS[name]
    exact = community.simulate(graph, start, community.linear_threshold(), runs="exact")
    assert exact.mean == printed("linear_threshold", name)
    drawn = community.simulate(graph, start, community.linear_threshold(), runs=RUNS, seed=7)
    assert abs(drawn.mean - exact.mean) <= 4 * drawn.standard_error + 1e-12


def live_edges(graph, start, p):
    """Mean reach over every set of ties that may be live."""
    total, edges = 0.0, list(graph.edges)
    for live in itertools.product((False, True), repeat=len(edges)):
        kept = type(graph)()
        kept.add_nodes_from(graph)
        kept.add_edges_from(e for e, alive in zip(edges, live, strict=True) if alive)
        reach = len(nx.descendants(kept, start) | {start})
        total += reach * p ** sum(live) * (1 - p) ** (len(edges) - sum(live))
    return total


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([0.2, 0.5, 0.9]))
def test_enumeration_of_steps_is_enumeration_of_live_ties(seed, directed, p):
    graph = nx.gnp_random_graph(5, 0.4, seed=seed, directed=directed)
    exact = community.simulate(graph, 0, community.independent_cascade(p), runs="exact")
    assert exact.mean == pytest.approx(live_edges(graph, 0, p), abs=1e-12)


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_linear_threshold_without_circles_takes_linear_time(seed):
    # Chen, Yuan & Zhang (2010), ICDM: on a graph without circles ap(v) = Σ b(u, v) ap(u).
    rng = np.random.default_rng(seed)
    source, target = np.triu_indices(7, 1)
    kept = rng.random(len(source)) < 0.5
    source, target = source[kept], target[kept]
    strength = rng.random(len(source)).astype(np.float32) + 0.1
    town = community.from_arrays(source, target, 7, directed=True, strength=strength)
    shares = np.rint(town.strength / town.in_strength[town.targets] * 2**40) / 2**40
    adopted = np.zeros(7)
    adopted[0] = 1
    for k in range(town.arcs):
        adopted[town.targets[k]] += shares[k] * adopted[town.sources[k]]
    exact = community.simulate(town, 0, community.linear_threshold(by_strength=True), runs="exact")
    assert exact.reached == pytest.approx(adopted, abs=1e-12)


def test_karate_club():
    # 10⁶ runs of cynetdiff: 3.4135 and 6.4227, standard errors 0.0023 and 0.0026.
    rule = community.independent_cascade(0.1)
    for start, expected, error in (([0], 3.4135, 0.0023), ([0, 33], 6.4227, 0.0026)):
        drawn = community.simulate(nx.karate_club_graph(), start, rule, runs=RUNS, seed=7)
        assert abs(drawn.mean - expected) < 4 * np.hypot(drawn.standard_error, error)


@pytest.mark.parametrize("adopters", [3, 4])
def test_a_drawn_run_on_a_grid_is_the_exact_one(adopters, printed):
    town = grid(20, 20)
    start = [105, *town.neighbours(105).tolist()]
    rule = community.complex_contagion(adopters)
    sizes = community.simulate(town, start, rule, runs=2, seed=7).sizes.tolist()
    assert sizes == [printed("complex_contagion", f"grid of 400, radius 1, {adopters} needed")] * 2


def test_a_share_of_ties_is_not_rounded_up_by_a_hair():
    # 0.28 · 25 is 7.000000000000001 in floating point: seven of 25 neighbours are enough.
    star = community.from_arrays([0] * 25, range(1, 26))
    rule = community.complex_contagion(fraction=0.28)
    assert 0.28 * 25 > 7 and rule.needed(np.array([25])).tolist() == [7]
    assert community.simulate(star, range(1, 8), rule, runs=2, seed=7).sizes.tolist() == [26, 26]
    assert community.simulate(star, range(1, 7), rule, runs=2, seed=7).sizes.tolist() == [6, 6]


def test_a_fraction_is_counted_from_the_ties_of_the_one_reached():
    rule = community.complex_contagion(fraction=0.3)
    assert rule.needed(np.array([1, 3, 10, 11])).tolist() == [1, 1, 3, 4]
    star = nx.star_graph(4)
    half = community.complex_contagion(fraction=0.5)
    assert community.simulate(star, [1], half, runs="exact").mean == 1
    assert community.simulate(star, [1, 2], half, runs="exact").mean == 5


def test_a_trial_at_each_exposure():
    # Two adopters reach one person at once: the first exposure works with p₁, else the second.
    fork = nx.Graph([(0, 2), (1, 2)])
    rule = community.by_exposure([0.1, 0.4])
    expected = 2 + 0.1 + 0.9 * 0.4
    exact = community.simulate(fork, [0, 1], rule, runs="exact")
    assert exact.mean == pytest.approx(expected, abs=1e-12)
    drawn = community.simulate(fork, [0, 1], rule, runs=RUNS, seed=7)
    assert abs(drawn.mean - expected) < 4 * drawn.standard_error
    one = community.by_exposure([0.3])
    karate = nx.karate_club_graph()
    same = community.independent_cascade(0.3)
    assert (
        community.simulate(karate, 0, one, runs=50, seed=7).sizes
        == community.simulate(karate, 0, same, runs=50, seed=7).sizes
    ).all()


def test_a_rule_of_ones_own():
    def two_friends_or_luck(ties):
        return np.where(ties.exposures >= 2, 1.0, 0.05)

    square = nx.cycle_graph(4)
    exact = community.simulate(square, [0, 2], two_friends_or_luck, runs="exact")
    # Both others are reached twice in the first step: the second tie is certain.
    assert exact.mean == pytest.approx(4, abs=1e-12)

    def certain(ties):
        return ties.coin < 2

    assert community.simulate(LINE, 0, certain, runs=3, seed=7).mean == 5


def test_a_rule_of_ones_own_that_is_asked_every_period():
    def by_halves(people):
        return 0.5 * people.exposures / np.maximum(people.degree, 1)

    by_halves.each_period = True
    exact = community.simulate(LINE, 0, by_halves, runs="exact", steps=2)
    # Person 1 has half its contacts, so a quarter each period; then person 2 in the second.
    assert exact.reached[:3] == pytest.approx([1, 1 - 0.75**2, 0.25 * 0.25], abs=1e-12)
    drawn = community.simulate(LINE, 0, by_halves, runs=RUNS, seed=7, steps=2)
    assert abs(drawn.mean - exact.mean) < 4 * drawn.standard_error


@pytest.mark.parametrize(
    "rule, error, text",
    [
        (lambda ties: ties.strenght > 1, TypeError, "failed in step 1.*strenght"),
        (lambda ties: np.ones(3), ValueError, "shape"),
        (lambda ties: ties.strength * 1.5, ValueError, "from 0 to 1"),
        (lambda ties: np.full(len(ties), np.nan), ValueError, "from 0 to 1"),
        (lambda ties: ties.pressure > 1, TypeError, "weigh"),
        (lambda ties: ties.kind > 0, TypeError, "no kind"),
        (lambda ties: ties.strong, TypeError, "no strength"),
        (0.1, TypeError, "function of the exposed ties"),
    ],
)
def test_a_wrong_rule_is_named(rule, error, text):
    with pytest.raises(error, match=text):
        community.simulate(LINE, 0, rule, runs=10, seed=7)


def test_coins_have_no_place_in_an_exact_enumeration():
    with pytest.raises(TypeError, match="return the probability itself"):
        community.simulate(LINE, 0, lambda ties: ties.coin < 0.3, runs="exact")
    with pytest.raises(ValueError, match="smaller community"):
        community.simulate(nx.complete_graph(24), 0, community.independent_cascade(0.5), "exact")


@pytest.mark.parametrize(
    "change, error, text",
    [
        ({"seed": None}, TypeError, "seed=7"),
        ({"start": 9}, KeyError, "numbered from 0 to 4"),
        ({"start": []}, ValueError, "start is empty"),
        ({"runs": 0}, ValueError, "from 1 up"),
        ({"runs": "exakt"}, ValueError, "'exact'"),
        ({"backend": "nunba"}, ValueError, "numba"),
        ({"threads": 0}, ValueError, "threads"),
        ({"steps": -1}, ValueError, "steps"),
    ],
)
def test_a_wrong_call_is_named(change, error, text):
    call = {"start": 0, "rule": community.independent_cascade(0.3), "runs": 10, "seed": 7} | change
    with pytest.raises(error, match=text):
        community.simulate(LINE, **call)
    with pytest.raises(TypeError, match="networkx graph"):
        community.simulate([(0, 1)], 0, community.independent_cascade(0.3))


@pytest.mark.parametrize(
    "make", [lambda: community.independent_cascade(1.2), lambda: community.complex_contagion(0)]
)
def test_a_rule_out_of_range_is_named(make):
    with pytest.raises(ValueError, match="but must be"):
        make()


def test_runs_do_not_hang_on_how_many_there_are_nor_on_the_order_of_the_start():
    town = community.small_world(300, 6, 0.1, seed=7)
    rule = community.independent_cascade(0.2)
    many = community.simulate(town, [3, 250, 9], rule, runs=500, seed=7)
    few = community.simulate(town, [250, 9, 3], rule, runs=120, seed=7)
    assert (many.sizes[:120] == few.sizes).all()


def test_blocks_of_runs_add_up(monkeypatch):
    town = community.small_world(300, 6, 0.1, seed=7)
    rule = community.by_exposure([0.05, 0.3])
    whole = community.simulate(town, 0, rule, runs=100, seed=7)
    monkeypatch.setattr("frontporch.community.spread.engine.choice.BLOCK", 900)
    parts = community.simulate(town, 0, rule, runs=100, seed=7)
    for name in ("sizes", "adopters", "adopters_error", "reached"):
        assert (getattr(whole, name) == getattr(parts, name)).all()


def test_the_error_of_each_step_is_that_of_the_runs():
    town = community.small_world(200, 6, 0.1, seed=7)
    reach = community.simulate(town, 0, community.independent_cascade(0.2), runs=400, seed=7)
    assert reach.mean == pytest.approx(reach.sizes.mean(), abs=1e-9)
    assert reach.standard_error == pytest.approx(reach.sizes.std(ddof=1) / np.sqrt(400), abs=1e-9)
    lower, upper = reach.interval()
    assert lower < reach.mean < upper
    assert reach.quantile(0.5) == np.sort(reach.sizes)[199]
    table = reach.by_step()
    assert table["adopters"].iloc[0] == 1 and table["adopters"].is_monotonic_increasing
    assert reach.summary()["runs"].tolist() == [400]


def test_who_carried_it_adds_up():
    ties = nx.karate_club_graph()
    reach = community.simulate(ties, 0, community.independent_cascade(0.2), runs=500, seed=7)
    assert set(reach.carried) == {"weak", "strong"}
    assert sum(reach.carried.values()) == pytest.approx(reach.mean - 1, abs=1e-9)


def test_steps_cut_a_spread_short():
    rule = community.independent_cascade(1.0)
    assert community.simulate(LINE, 0, rule, runs=2, seed=7, steps=2).adopters.tolist() == [1, 2, 3]
    assert community.simulate(LINE, 0, rule, runs="exact", steps=2).adopters.tolist() == [1, 2, 3]


def test_a_traced_run_is_that_run():
    town = community.from_networkx(nx.karate_club_graph())
    rule = community.independent_cascade(0.2)
    reach = community.simulate(town, 0, rule, runs=20, seed=7)
    for run in range(20):
        story = community.trace(town, 0, rule, run=run, seed=7)
        assert story["step"].notna().sum() == reach.sizes[run]
        came = story.dropna(subset=["through"])
        before = story.set_index("person")["step"]
        assert (before[came["through"]].to_numpy() + 1 == came["step"].to_numpy()).all()
        assert all(
            person in town.neighbours(through)
            for person, through in zip(came["person"], came["through"], strict=True)
        )


def test_a_tie_has_one_coin_both_ways():
    # Live ties without direction: who reaches whom is mutual in every run.
    town = community.from_networkx(nx.karate_club_graph(), strength=None)
    rule = community.independent_cascade(0.2)
    there = [community.trace(town, 0, rule, run=k, seed=7)["step"].notna()[33] for k in range(60)]
    back = [community.trace(town, 33, rule, run=k, seed=7)["step"].notna()[0] for k in range(60)]
    assert there == back and 5 < sum(there) < 55


def test_golden_coins():
    # Whoever repeats a run in ten years gets these adopters.
    town = community.ring(60, 6)
    sizes = community.simulate(town, 0, community.independent_cascade(0.3), runs=8, seed=7).sizes
    assert sizes.tolist() == [4, 13, 20, 30, 30, 5, 1, 4]
