"""Fans against others, adjusted, and by an invitation, with an effect and without."""

from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import look
from frontporch.course import lesson_08
from frontporch.course.lesson_08 import FanWorld
from frontporch.fans import lift
from frontporch.fans.returns.fan_lift import ROWS

EFFECT, NOTHING = lesson_08.worlds().values()


@pytest.fixture(scope="module")
def large():
    return {True: EFFECT.simulate(300_000, 7), False: NOTHING.simulate(300_000, 8)}


@pytest.mark.parametrize(
    "world", [EFFECT, NOTHING, FanWorld(shape=0.7, selection=0.9, effect=-0.2, steady=1.0)]
)
def test_the_long_run_is_as_the_closed_form_says(world):
    drawn, said = world.simulate(400_000, 7), world.expected()
    found = lift(drawn)
    by_coin = drawn.groupby("invited")["fan"].mean()
    assert by_coin[False] == pytest.approx(said["fans_uninvited"], abs=0.003)
    assert by_coin[True] == pytest.approx(said["fans_invited"], abs=0.004)
    for name in ("naive", "experiment"):
        low, high = found.interval(name)
        assert abs(found.lift(name) - said[name]) < 3.5 * (high - low) / 3.92, name
    before = lift(drawn, outcome="past", past=None)
    low, high = before.interval("naive")
    assert abs(before.lift("naive") - said["past"]) < 3.5 * (high - low) / 3.92


def test_the_worlds_have_one_surface_and_two_truths():
    one, other = EFFECT.expected(), NOTHING.expected()
    pd.testing.assert_series_equal(one.drop("experiment"), other.drop("experiment"), rtol=1e-8)
    assert one["naive"] == pytest.approx(0.5)
    assert one["experiment"] > 0.3 and other["experiment"] == 0
    hidden = lesson_08.worlds(shuffle=3)
    assert set(hidden) == {"A", "B"} and {w.effect for w in hidden.values()} == {0.0, 0.35}
    assert len({lesson_08.worlds(shuffle=k)["A"].effect for k in range(8)}) == 2


def test_adjusting_leaves_most_of_a_lift_that_is_not_there(large):
    # The claim of lesson 8: naive about one half, adjusted not much less, truly 0.
    for claim, lowest in ((True, 0.38), (False, 0.42)):
        found = lift(large[claim])
        lifts = {name: found.lift(name) for name in ROWS}
        assert lifts["naive"] == pytest.approx(0.5, abs=0.025)
        for name in ("regression on the past", "same past purchases"):
            assert lowest < lifts[name] < lifts["naive"]
    assert lift(large[True]).says == "fans buy more because they are fans"
    assert lift(large[False]).says == "cannot tell"


def test_past_purchases_adjust_fully_only_where_they_say_all():
    # A long past of customers who do not change: then to adjust is enough.
    world = FanWorld(steady=1.0, before=2_000.0, selection=0.6)
    drawn = world.simulate(100_000, 7)
    assert lift(drawn).interval("naive")[0] > 0.3
    low, high = lift(drawn).interval("same past purchases")
    assert low < 0.03 and high > -0.03


def test_regression_is_that_of_statsmodels(large):
    import statsmodels.api as sm

    drawn = large[False].iloc[:5_000]
    design = sm.add_constant(drawn[["fan", "past"]].astype(float))
    known = sm.OLS(drawn["spend"], design).fit(cov_type="HC0")
    row = lift(drawn).summary().set_index("estimator").loc["regression on the past"]
    low, high = known.conf_int().loc["fan"]
    assert row[["extra", "lower", "upper"]].tolist() == pytest.approx(
        [known.params["fan"], low, high]
    )


def test_experiment_is_two_stage_least_squares(large):
    drawn = large[True].iloc[:4_000]
    y, coin = drawn["spend"].to_numpy(), drawn["invited"].to_numpy(float)
    x = np.column_stack([np.ones(len(y)), drawn["fan"]])
    z = np.column_stack([np.ones(len(y)), coin])
    bread = np.linalg.inv(z.T @ x)
    beta = bread @ z.T @ y
    left = y - x @ beta
    cover = bread @ (z.T * left**2) @ z @ bread.T
    row = lift(drawn).summary().set_index("estimator").loc["experiment"]
    assert row["extra"] == pytest.approx(beta[1])
    assert (row["upper"] - row["extra"]) / 1.959964 == pytest.approx(sqrt(cover[1, 1]), rel=1e-6)


def test_equal_past_purchases_by_hand(large):
    drawn = large[False].iloc[:20_000].assign(past=lambda t: t["past"].clip(upper=2))
    gap = drawn.groupby(["past", "fan"])["spend"].mean().unstack()
    weights = drawn[drawn["fan"]].groupby("past").size()
    expected = ((gap[True] - gap[False]) * weights).sum() / weights.sum()
    row = lift(drawn).summary().set_index("estimator").loc["same past purchases"]
    assert row["extra"] == pytest.approx(expected)


def test_a_stratum_without_fans_is_joined_to_its_neighbour(large):
    drawn = large[False].iloc[:3_000].reset_index(drop=True)
    alone = drawn.assign(past=drawn["past"].where(drawn.index > 0, 10_000))
    extra = lift(alone).summary().set_index("estimator")["extra"]
    assert np.isfinite(extra).all()


def test_robust_limits_are_where_the_test_just_rejects(large):
    drawn = large[True].iloc[:3_000]
    for limit in lift(drawn).robust:
        shifted = drawn.assign(rest=drawn["spend"] - limit * drawn["fan"])
        at = lift(shifted, outcome="rest", past=None).by_invitation
        assert min(abs(at[1]), abs(at[2])) < 1e-9


def test_a_weak_invitation_is_said_in_words():
    found = lift(FanWorld(invite=0.005).simulate(2_000, 8))
    assert found.f < 10
    assert "weak instrument" in found.notes[0] and f"F = {found.f:.1f}" in found.notes[0]
    assert np.isinf(found.robust).all() and "no effect so large" in found.notes[1]
    assert found.robust_set == ((-np.inf, np.inf),) and found.says == "cannot tell"
    row = found.summary().iloc[-1]
    assert row["estimator"] == "experiment, robust" and np.isinf(row["upper"])
    strong = lift(FanWorld().simulate(2_000, 7))
    assert strong.f > 10 and not strong.notes


def weakly_invited(effect, people=4_000, moved=0.004, seed=3):
    """An invitation that moves hardly anybody and yet goes with another spend, as no fan would."""
    rng = np.random.default_rng(seed)
    coin = np.arange(people) % 2 == 1
    fan = rng.random(people) < 0.3 + moved * coin
    spend = 20 + rng.normal(0, 5, people) + effect * coin
    return pd.DataFrame({"fan": fan, "invited": coin, "spend": spend})


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 999), st.floats(-9, 9), st.floats(0, 0.2), st.floats(-50, 50))
def test_the_robust_set_is_what_the_test_does_not_reject(seed, effect, moved, probe):
    """One interval, two rays or everything: each value is in it if the test lets it stand."""
    drawn = weakly_invited(effect, 400, moved, seed)
    found = lift(drawn, past=None)
    ends = [one for ray in found.robust_set for one in ray if np.isfinite(one)]
    for value in (probe, *(one + step for one in ends for step in (-1e-6, 1e-6))):
        shifted = drawn.assign(spend=drawn["spend"] - value * drawn["fan"])
        stands = lift(shifted, past=None).p_value >= 0.05
        assert stands == any(low <= value <= high for low, high in found.robust_set)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"spend": 20.0}, "All fans spend the same"),
        ({"spend": lambda t: np.where(t["fan"], 5.0, 0.0)}, "Others spend nothing"),
        ({"spend": 0.0}, "Others spend nothing"),
        ({"fan": np.arange(400) % 4 < 2}, "the experiment has no estimate"),
    ],
)
def test_what_is_missing_is_said(change, said):
    found = lift(weakly_invited(1.0, 400, 0.4).assign(**change), past=None)
    assert said in " ".join(found.notes) and found.summary().isna().any(axis=None)


@given(st.integers(-290, 290))
def test_spend_may_be_counted_in_any_unit(power):
    drawn = weakly_invited(1.0, 200, 0.2)
    one, two = (lift(drawn.assign(spend=drawn["spend"] * u), past=None) for u in (1, 10.0**power))
    assert two.lift() == pytest.approx(one.lift()) and two.p_value == pytest.approx(one.p_value)
    assert two.robust == pytest.approx(tuple(end * 10.0**power for end in one.robust))


def test_two_rays_are_shown_as_two_rays():
    found = lift(weakly_invited(2.0), past=None)
    low, high = found.excluded
    assert low < 0 < high and found.robust == (-np.inf, np.inf)
    assert found.robust_set == ((-np.inf, low), (high, np.inf))
    assert "two rays" in found.notes[1] and "no effect so large" not in " ".join(found.notes)
    assert found.p_value < 1e-9 and found.says.startswith("being a fan changes what they buy")
    rows = found.summary().iloc[-2:]
    assert rows["lower"].tolist() == [-np.inf, high] and rows["upper"].tolist() == [low, np.inf]
    assert rows["lift_lower"].iloc[1] == pytest.approx(high / found.usual)
    text = look.drawn(found.plot()).text
    assert "robust limits" in text and "up to" in text and "or from" in text


def rates(world, customers, sets, truth):
    """How often the test rejects 0, and both intervals hold the truth (money per fan)."""
    rejects, ratio, robust = 0, 0, 0
    for k in range(sets):
        found = lift(
            world.simulate(customers, np.random.SeedSequence(11, spawn_key=(k,))), past=None
        )
        row = found.estimates.iloc[-1]
        rejects += found.p_value < 0.05
        ratio += row["lower"] <= truth <= row["upper"]
        robust += any(low <= truth <= high for low, high in found.robust_set)
    return np.array([rejects, ratio, robust]) / sets


def within_error(share, nominal, sets):
    return abs(share - nominal) < 3.3 * sqrt(nominal * (1 - nominal) / sets)


def test_in_a_world_without_effect_the_test_keeps_its_size():
    rejects, ratio, robust = rates(NOTHING, 1_000, 400, 0.0)
    assert within_error(rejects, 0.05, 400)
    assert robust == pytest.approx(1 - rejects)  # the robust limits are the same test
    assert within_error(ratio, 0.95, 400)


def test_also_where_the_invitation_is_weak():
    # The ratio has no useful interval here; the test keeps its size, and so do its limits, which
    # are two rays in many sets.
    rejects, _, robust = rates(FanWorld(invite=0.02), 1_000, 400, 0.0)
    assert within_error(rejects, 0.05, 400)
    assert robust == pytest.approx(1 - rejects)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("world", "customers"), [(EFFECT, 1_000), (EFFECT, 10_000), (NOTHING, 4_000)]
)
def test_intervals_of_the_experiment_cover(world, customers):
    said = world.expected()
    _, ratio, robust = rates(world, customers, 2_000, said["experiment"] * said["spend_no_fan"])
    assert 0.93 <= ratio <= 0.97
    assert 0.93 <= robust <= 0.97


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.drop(columns="invited"), "no column 'invited'"),
        (lambda t: t.assign(fan="yes"), "row 1: fan is 'yes', but must be True or False"),
        (lambda t: t.assign(spend=np.nan), "row 1: spend is missing"),
        (lambda t: t.assign(spend=np.inf), "row 1: spend is infinite"),
        (lambda t: t.assign(invited=True), "0 customers are not invited: at least 10"),
    ],
)
def test_bad_customers_are_named(change, said):
    with pytest.raises(ValueError, match=said):
        lift(change(FanWorld().simulate(200, 7)))


def test_a_lift_that_no_world_has_is_refused():
    with pytest.raises(ValueError, match="an effect above 0 and below the lift"):
        lesson_08.worlds(effect=0.6)
