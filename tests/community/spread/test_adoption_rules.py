"""Rules that are asked every period, crowds, testimonials: published values and closed forms."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from frontporch import community
from frontporch.community.spread.adoption import homophily_alone
from frontporch.community.spread.granovetter import equilibrium, no_ties, tipping_spread


def test_granovetter_in_the_crowd_of_a_hundred(printed):
    crowd = no_ties(100)
    rule = community.granovetter(range(100))
    riot = community.simulate(crowd, [], rule, runs="exact")
    assert riot.mean == printed("riot", "thresholds 0 to 99")
    assert riot.adopters.tolist() == list(range(101))
    tamer = community.granovetter([0, 2, *range(2, 100)])
    assert community.simulate(crowd, [], tamer, runs=3, seed=7).sizes.tolist() == [1, 1, 1]


def test_granovetter_jumps_where_the_curves_touch():
    # Tangency: F(r) = r, F'(r) = 1.
    spread, share = tipping_spread(0.25)
    assert stats.norm.cdf(share, 0.25, spread) == pytest.approx(share, abs=1e-12)
    assert stats.norm.pdf(share, 0.25, spread) == pytest.approx(1, abs=1e-9)
    assert equilibrium(0.25, [spread + 1e-6])[0] > 0.97


@given(st.floats(0.02, 0.48))
def test_below_the_tipping_spread_most_stay_at_home(mean):
    spread, share = tipping_spread(mean)
    below, above = equilibrium(mean, [spread * 0.999, spread * 1.001])
    assert below <= share + 1e-6 < above


def test_goldenberg_libai_muller(printed):
    rule = community.goldenberg_libai_muller(0.005, 0.01, 0.04)
    # Person 0 has three weak and two strong ties; six strong ones elsewhere make three weak.
    weights = [1.0, 1.0, 1.0, 9.0, 9.0] + [9.0] * 6
    source, target = [0] * 5 + list(range(6, 18, 2)), [1, 2, 3, 4, 5, *range(7, 19, 2)]
    town = community.from_arrays(source, target, strength=weights)
    call = {"start": [1, 2, 3, 4, 5], "rule": rule, "steps": 1}
    exact = community.simulate(town, runs="exact", **call)
    assert exact.reached[0] == printed("weak_and_strong_ties", "3 weak, 2 strong")
    drawn = community.simulate(town, runs=20_000, seed=7, **call)
    assert abs(drawn.mean - exact.mean) < 4 * drawn.standard_error
    assert sum(drawn.carried.values()) == pytest.approx(drawn.mean - 5, abs=1e-9)


def test_credit_goes_by_hazard():
    # Two sources that can convince a person: credit in proportion to −log(1 − p).
    pair = community.from_arrays([0], [1], strength=[1.0])
    rule = community.goldenberg_libai_muller(0.1, 0.2, 0.3)
    drawn = community.simulate(pair, 0, rule, runs=20_000, seed=7, steps=1)
    advertising, strong = -np.log(0.9), -np.log(0.7)
    gained = drawn.mean - 1
    assert gained == pytest.approx(1 - 0.9 * 0.7, abs=4 * drawn.standard_error)
    assert drawn.carried["strong"] / gained == pytest.approx(strong / (strong + advertising))
    assert drawn.carried["weak"] == 0


def bass_ode(p, q, t):
    """F(t) of Bass (1969), equation 9."""
    decay = np.exp(-(p + q) * t)
    return (1 - decay) / (1 + q / p * decay)


def test_bass_where_everybody_knows_everybody_follows_the_differential_equation():
    # Bass (1969), Management Science 15:215-227; steps of 0.02 and 600 people leave a bias
    # below 0.005.
    p, q, people = 0.05, 0.5, 600
    town = community.from_networkx(nx.complete_graph(people))
    at = np.array([2.0, 5.0, 8.0])
    rule = community.bass_on_ties(p, q, period=0.02)
    drawn = community.simulate(town, [], rule, runs=60, seed=7, steps=400)
    index = np.minimum((at / 0.02).astype(int), len(drawn.adopters) - 1)
    error = 4 * drawn.adopters_error[index] / people + 0.005
    assert (np.abs(drawn.adopters[index] / people - bass_ode(p, q, at)) < error).all()


def test_bass_by_enumeration_is_the_birth_process():
    # n people who all know each other: a + 1 from a with 1 − exp(−(p + q·a/(n − 1))·period) each.
    p, q, n, steps = 0.1, 0.8, 5, 4
    town = community.from_networkx(nx.complete_graph(n))
    law = np.zeros(n + 1)
    law[0] = 1
    for _ in range(steps):
        after = np.zeros(n + 1)
        for a, weight in enumerate(law):
            chance = 1 - np.exp(-(p + q * a / (n - 1)))
            after[a:] += weight * stats.binom.pmf(np.arange(n - a + 1), n - a, chance)
        law = after
    exact = community.simulate(town, [], community.bass_on_ties(p, q), runs="exact", steps=steps)
    found = np.zeros(n + 1)
    found[exact.sizes] = exact.weights
    assert found == pytest.approx(law, abs=1e-12)


def test_without_contagion_neighbours_do_not_matter():
    rates = [0.3] * 6 + [0.01] * 6
    rule = homophily_alone(rates)
    apart = community.simulate(no_ties(12), [], rule, runs=300, seed=7, steps=10)
    tied = community.simulate(community.ring(12, 4), [], rule, runs=300, seed=7, steps=10)
    assert (apart.sizes == tied.sizes).all()
    expected = sum(1 - (1 - rate) ** 10 for rate in rates)
    assert abs(apart.mean - expected) < 4 * apart.standard_error
    with pytest.raises(TypeError, match="12 rates for 5 people"):
        community.simulate(no_ties(5), [], rule, runs=2, seed=7, steps=2)


def test_a_rule_asked_every_period_needs_an_end():
    with pytest.raises(ValueError, match="steps=52"):
        community.simulate(
            community.ring(6, 2), 0, community.bass_on_ties(0.1, 0.1), runs=2, seed=7
        )


@pytest.mark.parametrize(
    "make, text",
    [
        (lambda: community.bass_on_ties(-0.1, 0.3), "innovation"),
        (lambda: community.bass_on_ties(0.1, 0.3, 0), "period"),
        (lambda: community.goldenberg_libai_muller(2, 0, 0), "advertising"),
        (lambda: homophily_alone([0.2, 1.2]), "from 0 to 1"),
        (lambda: community.granovetter([0, np.nan]), "one number"),
        (lambda: tipping_spread(0.6), "mean"),
        (lambda: no_ties(0), "people"),
        (lambda: equilibrium(0.2, 0.0), "spread"),
    ],
)
def test_numbers_out_of_range_are_named(make, text):
    with pytest.raises(ValueError, match=text):
        make()
