"""Holding-time laws: moments, special cases, and a law of one's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from frontporch.deepening import Ladder, exponential, fit, gamma, weibull
from frontporch.deepening.holding import tried

hazards = st.lists(st.floats(0, 20), min_size=1, max_size=20)
rate = st.floats(0.01, 2)


@given(hazards, rate)
def test_shape_one_is_the_exponential_law(hazard, per_week):
    plain = exponential(hazard, per_week)
    np.testing.assert_allclose(weibull(hazard, per_week, shape=1.0), plain, atol=1e-12)
    np.testing.assert_allclose(gamma(hazard, per_week, shape=1.0), plain, atol=1e-9, rtol=1e-9)


@given(st.lists(st.floats(0.001, 15), min_size=1, max_size=20), rate, st.floats(0.5, 3))
def test_a_law_inverts_its_cumulative_hazard(hazard, per_week, shape):
    back = -stats.weibull_min.logsf(weibull(hazard, per_week, shape), shape, scale=1 / per_week)
    np.testing.assert_allclose(back, hazard, rtol=1e-9)
    back = -stats.gamma.logsf(gamma(hazard, per_week, shape), shape, scale=1 / per_week)
    np.testing.assert_allclose(back, hazard, rtol=1e-6)


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_erlang_clock_has_mean_m_by_r_and_variation_one_by_root_m(steps):
    # Source: any table of the Erlang distribution; midpoint rule over the unit exponential.
    share = (np.arange(1_000_000) + 0.5) / 1_000_000
    time = gamma(-np.log(share), rate=0.25, shape=steps)
    assert time.mean() == pytest.approx(steps / 0.25, rel=1e-4)
    assert time.std() / time.mean() == pytest.approx(1 / np.sqrt(steps), rel=1e-3)


def halved_after_a_month(hazard, rate):
    month = 4.0
    early = hazard / rate
    return np.where(early < month, early, month + (early - month) * 2)


def test_a_law_of_ones_own_passes_through_simulate_and_fit():
    spells = Ladder.online_and_offline().simulate(
        pairs=4_000, weeks=104, seed=7, law={("stranger", "acquaintance"): halved_after_a_month}
    )
    plain = Ladder.online_and_offline().simulate(pairs=4_000, weeks=104, seed=7)
    slowed = fit(spells)["all"].rates.set_index(["stage", "next_stage"])["rate"]
    usual = fit(plain)["all"].rates.set_index(["stage", "next_stage"])["rate"]
    assert slowed["stranger", "acquaintance"] < 0.9 * usual["stranger", "acquaintance"]


@pytest.mark.parametrize(
    ("law", "error", "message"),
    [
        (lambda hazard, rate: hazard[:2], ValueError, "gave 2 times for 3 hazards"),
        (lambda hazard, rate: hazard - 1, ValueError, "times must be from 0 up"),
        (lambda hazard, rate: 5 - hazard, ValueError, "falling times"),
        (lambda hazard, rate: hazard / nonsense, TypeError, "failed when tried"),  # noqa: F821
        (lambda hazard: hazard, TypeError, "failed when tried"),
        (lambda hazard, rate: hazard if hazard < 1 else 1, TypeError, r"write np\.where\("),
        ("weibull", TypeError, "is a function"),
    ],
)
def test_a_wrong_law_is_met_before_the_long_run(law, error, message):
    with pytest.raises(error, match=message):
        tried(law)
    with pytest.raises(error, match=message):
        Ladder.online_and_offline().simulate(pairs=10, seed=7, law=law)


def test_a_law_for_an_unknown_transition_names_the_nearest():
    with pytest.raises(KeyError, match="Did you mean 'stranger to acquaintance'"):
        Ladder.online_and_offline().simulate(
            pairs=10, seed=7, law={("stranger", "aquaintance"): weibull}
        )


@pytest.mark.parametrize("step", ["stranger", ("stranger",), ("stranger", "buyer", "friend")])
def test_a_law_for_one_stage_is_told_that_it_belongs_to_a_transition(step):
    with pytest.raises(TypeError, match="a law belongs to a transition"):
        Ladder.online_and_offline().simulate(pairs=10, seed=7, law={step: weibull})
