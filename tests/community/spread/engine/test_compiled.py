"""The compiled kernels: the same bits as numpy, on any number of threads."""

import os
import re
import subprocess
import sys

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.groups import MissingPackage, line_for

pytest.importorskip("numba")


def towns():
    rng = np.random.default_rng(7)
    karate = community.from_networkx(nx.karate_club_graph())
    plain = community.from_networkx(nx.karate_club_graph(), strength=None)
    one_way = community.from_networkx(nx.gnp_random_graph(60, 0.08, seed=7, directed=True))
    edges = one_way.arcs
    weighted = community.from_arrays(
        one_way.sources, one_way.targets, 60, directed=True, strength=rng.random(edges)
    )
    world = community.small_world(200, 6, 0.1, seed=7)
    hub = community.from_networkx(nx.star_graph(9_000))
    return {
        "strengths": karate,
        "plain": plain,
        "one way": one_way,
        "one way, strengths": weighted,
        "small world": world,
        "hub": hub,
    }


TOWNS = towns()


def by_strength(ties):
    return 1 - np.exp(-0.3 * ties.strength)


RULES = {
    "cascade": community.independent_cascade(0.2),
    "certain": community.independent_cascade(1.0),
    "never": community.independent_cascade(0.0),
    "weighted": community.weighted_cascade(),
    "own chance": community.independent_cascade(by_strength),
    "threshold": community.linear_threshold(),
    "threshold by strength": community.linear_threshold(by_strength=True),
    "two": community.complex_contagion(2),
    "a fifth": community.complex_contagion(fraction=0.2),
    "by exposure": community.by_exposure([0.05, 0.4, 0.2]),
}


def same(first, second):
    for name in ("sizes", "adopters", "adopters_error", "reached"):
        assert (getattr(first, name) == getattr(second, name)).all(), name
    assert first.carried == second.carried


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("town", TOWNS)
@pytest.mark.parametrize("steps", [None, 2])
def test_kernels_give_the_bits_of_numpy(town, rule, steps):
    call = {"start": [0, 5, 33], "rule": RULES[rule], "runs": 40, "seed": 7, "steps": steps}
    oracle = community.simulate(TOWNS[town], **call, backend="numpy")
    kernel = community.simulate(TOWNS[town], **call, backend="numba")
    assert (oracle.backend, kernel.backend) == ("numpy", "numba")
    same(oracle, kernel)


@settings(max_examples=25)
@given(st.integers(0, 10**9), st.integers(2, 40), st.booleans(), st.sampled_from(sorted(RULES)))
def test_kernels_give_the_bits_of_numpy_on_any_graph(seed, people, directed, rule):
    graph = nx.gnp_random_graph(people, 3 / people, seed=seed, directed=directed)
    call = {"start": 0, "rule": RULES[rule], "runs": 15, "seed": seed}
    same(
        community.simulate(graph, **call, backend="numpy"),
        community.simulate(graph, **call, backend="numba"),
    )


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_do_not_change_a_bit(threads):
    town = TOWNS["small world"]
    for rule in RULES.values():
        call = {"start": 0, "rule": rule, "runs": 101, "seed": 7, "backend": "numba"}
        same(community.simulate(town, **call), community.simulate(town, **call, threads=threads))


def test_a_rule_without_a_kernel_is_named():
    def own(ties):
        return ties.coin < 0.1

    for rule in (own, community.independent_cascade(lambda ties: 0.1 / ties.exposures)):
        with pytest.raises(ValueError, match="no compiled kernel"):
            community.simulate(TOWNS["plain"], 0, rule, runs=2, seed=7, backend="numba")


def test_large_work_is_compiled_and_falls_back_for_rules_of_ones_own(monkeypatch):
    monkeypatch.setattr("frontporch.community.spread.engine.backends.LARGE", 10)
    rule = community.independent_cascade(0.2)
    assert community.simulate(TOWNS["plain"], 0, rule, runs=2, seed=7).backend == "numba"
    own = community.simulate(TOWNS["plain"], 0, lambda ties: 0.2, runs=2, seed=7)
    assert own.backend == "numpy"
    monkeypatch.setitem(sys.modules, "numba", None)
    assert community.simulate(TOWNS["plain"], 0, rule, runs=2, seed=7).backend == "numpy"
    with pytest.raises(
        MissingPackage, match=rf"run  {re.escape(line_for('numba'))} .*, or leave backend out"
    ):
        community.simulate(TOWNS["plain"], 0, rule, runs=2, seed=7, backend="numba")


@pytest.mark.slow
def test_kernels_stay_within_bounds(tmp_path):
    code = (
        "import networkx as nx\n"
        "from frontporch import community as c\n"
        "town = c.from_networkx(nx.karate_club_graph())\n"
        "rules = [c.independent_cascade(1.0), c.weighted_cascade(), c.linear_threshold(True),\n"
        "         c.complex_contagion(1), c.by_exposure([0.5])]\n"
        "for rule in rules:\n"
        "    c.simulate(town, list(range(34)), rule, runs=5, seed=7, backend='numba')\n"
        "    c.simulate(town, 0, rule, runs=50, seed=7, backend='numba')\n"
    )
    checked = {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | checked)


def test_the_room_is_entered_without_a_compiler():
    code = (
        "import sys\n"
        "from frontporch import community\n"
        "town = community.small_world(1_000, 10, 0.05, seed=7)\n"
        "rule = community.independent_cascade(0.1)\n"
        "community.simulate(town, [0, 33], rule, 1_000, seed=7).mean\n"
        "heavy = {'numba', 'pandas', 'networkx', 'matplotlib', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


WITHOUT_STRENGTH = """
import pandas as pd
from frontporch import community

ties = [(a, b, 0.0) for b in range(30) for a in range(b)]
town = community.from_table(pd.DataFrame(ties, columns=["source", "target", "strength"]))
for backend in ("numpy", "numba"):
    print(community.simulate(town, [str(one) for one in range(15)],
                             community.linear_threshold(by_strength=True), runs=3, seed=7,
                             backend=backend).mean)
"""


def test_ties_without_strength_tip_nobody_and_no_place_is_written_twice():
    # Uncompiled, a place past the end of an array is an error.
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_STRENGTH],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == ["15.0", "15.0"], done.stderr
