"""Cascades followed person by person: exact where there are too many courses to list."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import community
from frontporch.community.graph.reading import as_community
from frontporch.community.spread import exact_cascade
from frontporch.community.spread.engine.compiled import chance_of_arcs
from frontporch.community.spread.enumeration import enumerate_exactly
from frontporch.community.spread.exact_cascade import cascade_exactly

KARATE = nx.karate_club_graph()


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.booleans())
def test_person_by_person_is_step_by_step(seed, directed, alike):
    """Sizes and people agree with the list of all courses, whatever the ties."""
    rng = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(7, 0.45, seed=seed, directed=directed)
    town = as_community(graph)
    chance = np.full(town.arcs, 0.4) if alike else rng.choice([0.0, 0.2, 0.7, 1.0], town.arcs)
    start = np.sort(rng.choice(7, rng.integers(1, 4), replace=False))
    rule = community.independent_cascade(lambda ties: chance[ties.arc])
    listed = enumerate_exactly(town, start, rule)
    sizes, reached = cascade_exactly(town, start, chance)
    assert sizes == pytest.approx(listed.sizes, abs=1e-12)
    assert reached == pytest.approx(listed.reached, abs=1e-12)


@pytest.mark.parametrize("start", [[33], [0], [0, 33], [0, 32, 33]])
def test_the_karate_club(start, printed):
    rule = community.independent_cascade(0.1)
    found = community.simulate(KARATE, start, rule, runs="exact")
    assert found.mean == printed("karate_cascade", f"from {', '.join(map(str, start))}")
    assert (found.sizes * found.weights).sum() == pytest.approx(found.mean, abs=1e-12)
    assert found.reached.sum() == pytest.approx(found.mean, abs=1e-12)


def test_chances_that_differ_by_way_agree_with_runs():
    rule = community.weighted_cascade()
    exact = community.simulate(KARATE, 33, rule, runs="exact")
    drawn = community.simulate(KARATE, 33, rule, runs=4_000, seed=7)
    assert abs(exact.mean - drawn.mean) < 4 * drawn.standard_error
    assert abs(exact.reached - drawn.reached).max() < 4 * np.sqrt(0.25 / 4_000)
    assert abs(exact.quantile(0.5) - drawn.quantile(0.5)) <= 1


@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
def test_a_long_line_has_its_closed_form(p):
    line = community.from_arrays(np.arange(99), np.arange(1, 100))
    _, reached = cascade_exactly(line, np.array([0]), np.full(line.arcs, p))
    assert reached == pytest.approx(p ** np.arange(100.0), abs=1e-14)


def test_steps_that_are_not_known_are_not_told():
    rule = community.independent_cascade(0.1)
    found = community.simulate(KARATE, 33, rule, runs="exact")
    assert not found.timed and "not told after how many steps" in found.notes[0]
    assert found.summary()["steps"][0] == "not known"
    for ask in (found.by_step, found.plot):
        with pytest.raises(ValueError, match="steps of this spread are not known"):
            ask()
    few = community.simulate(KARATE, 33, rule, runs="exact", steps=1)
    assert few.timed and few.by_step()["adopters"][1] == pytest.approx(1 + 17 * 0.1)


def test_too_many_ties_are_refused(monkeypatch):
    monkeypatch.setattr(exact_cascade, "MOST_NUMBERS", 10_000)
    rule = community.independent_cascade(0.5)
    with pytest.raises(ValueError, match=r"too many people are tied .* or runs=10_000"):
        community.simulate(nx.complete_graph(20), 0, rule, runs="exact")


def test_a_rule_that_looks_at_more_than_ties_is_listed_or_refused():
    rule = community.independent_cascade(lambda ties: 0.1 / ties.step)
    assert chance_of_arcs(rule, as_community(KARATE)) is None
    with pytest.raises(ValueError, match="exact enumeration would follow more than"):
        community.simulate(nx.complete_graph(30), 0, rule, runs="exact")
