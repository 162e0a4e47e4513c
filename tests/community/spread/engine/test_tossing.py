"""Coins first gives the same runs as the frontier of any rule."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.spread.engine import tossing
from frontporch.community.spread.engine.compiled import plan_of
from frontporch.community.spread.engine.frontier import run_frontier
from frontporch.streams import root_key, run_keys


def by_ends(ties):
    return 0.05 + 0.2 * ((ties.source + ties.target) % 3)


RULES = {
    "never": community.independent_cascade(0.0),
    "always": community.independent_cascade(1.0),
    "alike": community.independent_cascade(0.15),
    "by person": community.weighted_cascade(),
    "by arc": community.independent_cascade(by_ends),
}


def same(first, second):
    for name in ("sizes", "new", "squares", "reached"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name


@settings(max_examples=40, deadline=None)
@given(
    rule=st.sampled_from(sorted(RULES)),
    directed=st.booleans(),
    steps=st.one_of(st.none(), st.integers(0, 4)),
    seed=st.integers(0, 10**6),
)
def test_the_same_runs_as_the_frontier(rule, directed, steps, seed):
    graph = nx.gnp_random_graph(40, 0.1, seed=seed, directed=directed)
    town, rule = community.from_networkx(graph, strength=None), RULES[rule]
    start, keys = np.array([3, 17]), run_keys(root_key(seed), np.arange(50))
    plan = plan_of(rule, town)
    tosses = tossing.Tosses(town, plan.mode, plan.values["limits"])
    same(
        tossing.run_cascades(tosses, start, keys, steps),
        run_frontier(town, start, rule, keys, steps),
    )


@pytest.mark.parametrize("rule", sorted(RULES))
def test_numbers_of_ties_written_down_or_not_make_no_difference(rule, monkeypatch):
    town, start = community.small_world(300, 8, 0.1, seed=7), np.array([0, 150])
    keys, plan = run_keys(root_key(7), np.arange(200)), plan_of(RULES[rule], town)
    once = tossing.Tosses(town, plan.mode, plan.values["limits"])
    monkeypatch.setattr(tossing, "EVEN", 0)
    uneven = tossing.Tosses(town, plan.mode, plan.values["limits"])
    monkeypatch.setattr(tossing, "FEW", 0)
    anew = tossing.Tosses(town, plan.mode, plan.values["limits"])
    assert once.rows is not None and uneven.rows is None and uneven.ties is not None
    assert anew.ties is None
    for other in (uneven, anew):
        same(tossing.run_cascades(once, start, keys), tossing.run_cascades(other, start, keys))


def test_people_without_ties_and_nobody_at_all():
    lonely = community.from_arrays([0], [1], 3)
    found = community.simulate(lonely, 2, community.independent_cascade(1.0), 5, 7, backend="numpy")
    assert found.mean == 1
