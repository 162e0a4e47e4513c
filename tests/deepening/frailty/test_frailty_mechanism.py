"""Closed forms of hidden differences, and what a Cox fit makes of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening import Ladder, fit
from frontporch.deepening.frailty import (
    attenuation,
    gamma_frailty,
    simulate_people,
)
from frontporch.deepening.frailty.mechanism import (
    attenuated,
    cox_limit,
    marginal_hazard,
    marginal_survival,
)

STEP = ("stranger", "acquaintance")


@given(st.floats(0.01, 2), st.floats(0, 3), st.floats(0, 60))
def test_the_marginal_hazard_is_the_slope_of_the_marginal_survival(rate, variance, time):
    step = 1e-4
    logs = np.log(marginal_survival([time, time + step], rate, variance))
    middle = marginal_hazard(time + step / 2, rate, variance)
    assert (logs[0] - logs[1]) / step == pytest.approx(float(middle), rel=1e-4, abs=1e-8)


@given(st.floats(1e-6, 1e-4))
def test_little_variance_is_none(variance):
    assert marginal_survival(10, 0.1, variance) == pytest.approx(np.exp(-1), abs=1e-4)


def test_liveliness_has_mean_one_and_its_variance():
    drawn = gamma_frailty(200_000, 0.7, seed=7)
    assert drawn.mean() == pytest.approx(1, abs=0.01)
    assert drawn.var() == pytest.approx(0.7, abs=0.02)
    with pytest.raises(ValueError, match="from 0 up"):
        gamma_frailty(3, -1, seed=7)


# Science, table B1.6: a true hazard ratio of 2 in an unadjusted Cox fit of 40,000 people over
# 30 time units at a baseline of .1. The limits of our own quadrature are 2, 1.646, 1.511, 1.391.
SEEN = {0.0: 1.98, 0.5: 1.64, 1.0: 1.52, 2.0: 1.40}


def test_the_published_attenuation_is_reproduced():
    found = attenuation(tuple(SEEN), people=40_000, seed=3).set_index("variance")
    # Standard error of one log ratio is about .011; the difference of two runs has √2 of it.
    for variance, seen in SEEN.items():
        assert found.loc[variance, "hazard_ratio"] == pytest.approx(seen, rel=0.047)
        assert found.loc[variance, "limit"] == pytest.approx(seen, abs=0.021)
        assert found.loc[variance, "lower"] <= found.loc[variance, "limit"] * 1.02


@given(st.floats(1.0, 4.0), st.floats(0, 3))
def test_attenuation_goes_towards_one_and_never_beyond(ratio, variance):
    found = attenuated(ratio, variance)
    assert 1 - 1e-9 <= found <= ratio + 1e-9
    assert found == pytest.approx(1 / attenuated(1 / ratio, variance, rate=0.1 * ratio), rel=1e-6)


def test_proportional_hazards_have_their_ratio_as_limit():
    slow, fast = (
        lambda t, q=q: (np.exp(-q * t**2), 2 * q * t * np.exp(-q * t**2)) for q in (0.001, 0.0025)
    )
    assert cox_limit(slow, fast, weeks=30) == pytest.approx(2.5, rel=1e-9)


def test_simulated_people_wait_as_the_closed_form_says():
    ladder = Ladder({"online": {STEP: 0.1}})
    spells = simulate_people(ladder, 60_000, weeks=40, seed=7, frailty=1.5)
    for week in (5, 15, 39):
        share = (spells["left"] > week).mean()
        assert share == pytest.approx(float(marginal_survival(week, 0.1, 1.5)), abs=0.008)


def test_without_frailty_people_climb_the_plain_ladder():
    ladder = Ladder.online_and_offline()
    found = fit(simulate_people(ladder, 8_000, 104, seed=7, frailty=0), by="channel")
    for channel in ladder.channels:
        for row in found[channel].rates.itertuples():
            truth = ladder.rates[channel][row.stage, row.next_stage]
            assert abs(np.log(row.rate / truth)) < 4 * row.log_error


def test_liveliness_is_one_persons_in_every_shop_and_may_spare_some_steps():
    ladder = Ladder.online_and_offline()
    spells = simulate_people(ladder, 300, 52, seed=7, frailty=1, pairs_each=3)
    assert (spells.groupby("person")["liveliness"].nunique() == 1).all()
    assert (spells.groupby("person")["channel"].nunique() == 1).all()
    alike = simulate_people(ladder, 20_000, 104, seed=7, frailty=1, steps=[STEP])
    lost = fit(alike)["all"].rates.set_index(["stage", "next_stage"])["rate"]["stranger", "lost"]
    assert lost == pytest.approx(0.06, rel=0.04)
    with pytest.raises(KeyError, match="There is no step"):
        simulate_people(ladder, 3, seed=7, steps=[("friend", "stranger")])
    with pytest.raises(ValueError, match="pairs_each"):
        simulate_people(ladder, 3, seed=7, pairs_each=0)
