"""Worlds: the reach of any starters is that of the cascade, run by run."""

import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.seeding.percolation import MOST, live_edges


def there(backend):
    if backend == "numba":
        pytest.importorskip("numba")


@pytest.mark.parametrize("backend", ["numpy", "numba"])
@settings(max_examples=25)
@given(st.integers(0, 10**6), st.integers(1, 40), st.sampled_from([0.0, 0.1, 0.35, 1.0]))
def test_the_reach_is_that_of_the_cascade(backend, seed, people, p):
    there(backend)
    graph = nx.gnp_random_graph(people, 3 / people, seed=seed)
    rule = community.independent_cascade(p)
    worlds = live_edges(graph, rule, runs=12, seed=seed, backend=backend)
    starters = np.random.default_rng(seed).choice(people, min(people, 4), replace=False).tolist()
    cascade = community.simulate(graph, starters, rule, runs=12, seed=seed)
    assert worlds.reach(starters).sizes.tolist() == cascade.sizes.tolist()
    assert worlds.chances(starters) == pytest.approx(cascade.reached, abs=1e-12)


def by_strength(ties):
    return 1 - np.exp(-0.1 * ties.strength)


@pytest.mark.parametrize("backend", ["numpy", "numba"])
def test_ties_may_differ_in_strength(backend):
    there(backend)
    rule = community.independent_cascade(by_strength)
    worlds = live_edges(nx.karate_club_graph(), rule, runs=200, seed=7, backend=backend)
    cascade = community.simulate(nx.karate_club_graph(), [0, 20], rule, runs=200, seed=7)
    assert (worlds.reach([0, 20]).sizes == cascade.sizes).all()


def test_both_backends_and_threads_give_the_same_bits():
    pytest.importorskip("numba")
    town = community.small_world(300, 6, 0.1, seed=7)
    rule = community.independent_cascade(0.2)
    one, two, three = (
        live_edges(town, rule, 50, 7, backend=backend, threads=threads)
        for backend, threads in (("numpy", 1), ("numba", 1), ("numba", 3))
    )
    for other in (two, three):
        for name in ("labels", "sizes", "offsets"):
            assert (getattr(one, name) == getattr(other, name)).all(), name


def test_who_adopted_before_is_not_counted():
    line = community.from_arrays([0, 1, 2], [1, 2, 3])
    worlds = live_edges(line, community.independent_cascade(0.5), runs=300, seed=7)
    together, before = worlds.reach([0, 3]).sizes, worlds.reach([0]).sizes
    left = worlds.reach(3, already=[0])
    assert (left.sizes == together - before).all()
    assert left.already == before.mean()
    assert (worlds.reach(0, already=[0]).sizes == 0).all()


def test_the_best_next_is_the_best_of_all():
    town = community.from_networkx(nx.karate_club_graph(), strength=None)
    worlds = live_edges(town, community.independent_cascade(0.1), runs=400, seed=7)
    table = worlds.best_next([0], show=3)
    alone = worlds.reach([0]).mean
    gains = {k: worlds.reach([0, k]).mean - alone for k in range(1, 34)}
    assert table["person"].iloc[0] == max(gains, key=gains.get)
    assert table["more"].tolist() == pytest.approx(sorted(gains.values())[:-4:-1], abs=1e-9)
    assert (table["lower"] < table["more"]).all() and (table["upper"] > table["more"]).all()
    assert worlds.best_next([0], among=[5, 6], show=9)["person"].isin([5, 6]).all()


def test_summary_tells_the_spread_of_worlds():
    worlds = live_edges(community.ring(60, 6), community.independent_cascade(0.3), 400, seed=7)
    reach = worlds.reach([0, 30])
    row = reach.summary().iloc[0]
    assert row["mean"] == reach.sizes.mean() and row["lower"] < row["mean"] < row["upper"]
    assert reach.quantile(0.5) == np.sort(reach.sizes)[199]
    assert reach.standard_error == pytest.approx(reach.sizes.std(ddof=1) / 20)
    assert worlds.reach([]).mean == 0


def test_wrong_calls_are_named():
    town, rule = community.ring(10, 2), community.independent_cascade(0.2)
    one_way = community.from_arrays([0], [1], directed=True)
    with pytest.raises(ValueError, match="have a direction"):
        live_edges(one_way, rule, seed=7)
    with pytest.raises(ValueError, match="better one way"):
        live_edges(nx.star_graph(3), community.weighted_cascade(), seed=7)
    with pytest.raises(TypeError, match="independent cascades"):
        live_edges(town, community.complex_contagion(2), seed=7)
    with pytest.raises(TypeError, match="more than the tie"):
        live_edges(town, community.independent_cascade(lambda t: t.exposures * 0.1), seed=7)
    with pytest.raises(TypeError, match="seed=7"):
        live_edges(town, rule)
    with pytest.raises(ValueError, match="runs="):
        live_edges(town, rule, runs=MOST, seed=7)
    with pytest.raises(ValueError, match="numba"):
        live_edges(town, rule, seed=7, backend="nunba")
    with pytest.raises(KeyError, match="numbered from 0 to 9"):
        live_edges(town, rule, 5, seed=7).reach(10)


def test_golden_worlds():
    # Whoever repeats this in ten years gets these adopters.
    worlds = live_edges(community.ring(60, 6), community.independent_cascade(0.3), 8, seed=7)
    assert worlds.reach(0).sizes.tolist() == [4, 13, 20, 30, 30, 5, 1, 4]


def test_the_room_is_entered_without_heavy_libraries():
    code = (
        "import sys\n"
        "import frontporch.community.seeding\n"
        "heavy = {'numba', 'pandas', 'networkx', 'matplotlib', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
