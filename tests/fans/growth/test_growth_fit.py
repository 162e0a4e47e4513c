"""Each curve is found again; every choice does what it says; every warning is in words."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.curves import CURVES
from frontporch.names import UnknownName

TRUTH = {
    "bass": {"p": 0.02, "q": 0.5},
    "logistic": {"speed": 0.7, "middle": 8.0},
    "gompertz": {"speed": 0.4, "middle": 6.0},
    "shifted_gompertz": {"p": 0.03, "q": 0.45, "shape": 2.0},
    "weibull": {"years": 8.0, "shape": 2.5},
    "bass_with_churn": {"p": 0.02, "q": 0.6, "churn": 0.1},
}


def drawn(curve="bass", error=0.03, periods=20, seed=1, **values):
    return growth.simulate(
        curve, periods=periods, error=error, seed=seed, ceiling=10_000, **(values or TRUTH[curve])
    )


@pytest.mark.parametrize("curve", CURVES)
def test_each_curve_is_found_again(curve):
    fixed = {"churn": 0.1} if curve == "bass_with_churn" else None
    table = drawn(curve)
    if not CURVES[curve].curve.launched:
        # A curve without a launch has grown already when counting begins: count totals instead.
        table = growth.simulate_counts(
            curve,
            ceiling=1e7,
            counts=25,
            years=18,
            start=0,
            reports=growth.Reports(error=0.002, drift=0.005, digits=None),
            seed=1,
            **TRUTH[curve],
        )
    found = growth.fit(table, curve, prior=None, fixed=fixed)
    ceiling = 10_000 if table.columns[0] == "series" else 1e7
    assert found.ceiling == pytest.approx(ceiling, rel=0.05)
    truth = {k: v for k, v in TRUTH[curve].items() if k != "churn"}
    rows = found.summary().set_index("parameter")
    for name, value in truth.items():
        row = rows.loc[name]
        assert abs(row["estimate"] - value) < 4 * row["standard_error"], name
        assert row["standard_error"] < 0.5 * value, "the counts say something"


def test_without_errors_the_truth_itself_is_found():
    found = growth.fit(drawn(error=0.0), prior=None)
    assert found.ceiling == pytest.approx(10_000, rel=1e-5)
    assert found.parameters["p"] == pytest.approx(0.02, rel=1e-4)


def test_a_curve_of_ones_own_passes_through_all():
    def ramp(times, years=6.0):
        return np.clip(times / years, 0, 1)

    table = drawn(ramp, years=12.0, error=0.02, periods=15)
    found = growth.fit(table, ramp)
    assert found.parameters["years"] == pytest.approx(12, rel=0.05)
    assert found.estimator == "per-period least squares with weak priors"
    ahead = growth.forecast(found, periods=3)
    assert list(ahead.methods) == ["ramp", "last increment repeated", "damped Holt"]
    assert np.isfinite(found.interval("ceiling")[0])
    assert growth.compare(table, (ramp, "bass")).summary()["curve"][0] == "ramp"
    assert growth.backtest(growth.read_counts(table), [ramp]).tasks["error"].notna().all()


def test_priors_are_on_by_default_and_shown():
    found = growth.fit(drawn())
    assert found.prior.name == "weak prior"
    shown = found.summary().set_index("parameter")["prior"]
    assert shown["p"] == "0.01, spread 1.5"
    assert shown["q"] == "0.38, spread 0.6"
    assert shown["ceiling"] == "1.5 × last total, spread 0.5"
    assert growth.fit(drawn(), prior=None).summary()["prior"].tolist() == ["none"] * 3


def test_priors_hold_the_ceiling_where_counts_do_not_bend():
    early = pd.DataFrame({"year": range(2001, 2007), "adopters": 1.6 ** np.arange(6) * 100})
    free = growth.fit(early, prior=None)
    held = growth.fit(early)
    assert free.ceiling > 20 * free.series.totals[-1]
    assert "the fit diverged" in " ".join(free.notes)
    assert held.ceiling < 5 * held.series.totals[-1]
    assert any("the peak has not been reached" in note for note in held.notes)
    assert any("counts only" in note for note in held.notes)
    assert not held.peak_reached


def test_no_warning_where_all_is_well():
    assert growth.fit(drawn()).notes == ()
    assert growth.fit(drawn()).peak_reached


def test_a_held_parameter_stays():
    found = growth.fit(drawn(), fixed={"q": 0.4, "ceiling": 12_000})
    rows = found.summary().set_index("parameter")
    assert rows.loc["q", "estimate"] == pytest.approx(0.4)
    assert found.ceiling == pytest.approx(12_000)
    assert rows.loc["q", "prior"] == "held" and np.isnan(rows.loc["q", "lower"])
    with pytest.raises(ValueError, match="offers no profile"):
        found.ceiling_profile  # noqa: B018
    with pytest.raises(UnknownName, match="Did you mean 'ceiling'"):
        growth.fit(drawn(), fixed={"cieling": 1.0})
    with pytest.raises(ValueError, match="above 0"):
        growth.fit(drawn(), fixed={"q": -1.0})


def test_counts_cannot_tell_churn():
    found = growth.fit(drawn("bass_with_churn"), growth.bass_with_churn)
    assert any(note.startswith("churn rests on its prior") for note in found.notes)


def test_penalised_lies_between_the_counts_and_what_is_usual():
    early = drawn(error=0.1, periods=8, p=0.004, q=0.7)
    p = {
        name: growth.fit(early, estimator=name).parameters["q"]
        for name in ("per-period", "penalised")
    }
    assert 0.38 < p["penalised"] < p["per-period"]


def test_weighting_follows_the_errors():
    exact = 10_000 * np.diff(growth.bass(np.arange(21.0), 0.02, 0.5))
    missed = {"constant": [], "square root": [], "proportional": []}
    for seed in range(40):
        errors = np.exp(np.random.default_rng(seed).normal(0, 0.1, 20))
        table = pd.DataFrame({"year": 2001 + np.arange(20), "adopters": exact * errors})
        series = growth.read_counts(table)
        for weighting, found in missed.items():
            one = growth.fit(series, prior=None, weighting=weighting)
            found.append(np.log(one.parameters["p"] / 0.02) ** 2)
    assert np.mean(missed["proportional"]) < np.mean(missed["square root"])
    assert np.mean(missed["square root"]) < np.mean(missed["constant"])
    with pytest.raises(UnknownName, match="proportional"):
        growth.fit(series, weighting="proportonal")


def test_profile_interval_passes_through_its_limits():
    found = growth.fit(drawn(error=0.2), prior=None)
    profile = found.ceiling_profile
    for limit in (profile.lower, profile.upper):
        held = growth.fit(drawn(error=0.2), prior=None, fixed={"ceiling": limit})
        errors = [
            one.estimate.problem.loss(one.estimate.inner[None])[0][0] for one in (held, found)
        ]
        rise = (errors[0] - errors[1]) / found.estimate.variance
        assert np.sqrt(rise) == pytest.approx(profile.limit, rel=0.02)
    assert (np.diff(profile.distance) > -1e-6).all()
    assert profile.upper - found.ceiling > found.ceiling - profile.lower, "skewed to above"


def test_profile_is_open_where_nothing_holds_the_ceiling():
    early = pd.DataFrame({"year": range(2001, 2007), "adopters": [100, 170, 240, 420, 650, 1000]})
    found = growth.fit(early, prior=None)
    assert found.interval("ceiling")[1] == np.inf


def test_bootstrap_agrees_with_standard_errors():
    found = growth.fit(drawn(error=0.1), prior=None)
    drawn_again = found.bootstrap(400, seed=7).summary().set_index("parameter")
    table = found.summary().set_index("parameter")
    ratio = drawn_again["standard_error"] / table["standard_error"]
    assert ratio.between(0.8, 1.25).all()
    again = found.bootstrap(400, seed=7).summary()
    pd.testing.assert_frame_equal(drawn_again.reset_index(), again)
    with pytest.raises(ValueError, match="at least 20"):
        found.bootstrap(3, seed=1)


def test_the_regression_says_where_it_has_no_ceiling():
    rising = pd.DataFrame({"year": range(2001, 2009), "adopters": 2.0 ** np.arange(8)})
    with pytest.raises(ValueError, match="there is no ceiling"):
        growth.fit(rising, estimator="Bass regression")
    with pytest.raises(ValueError, match="fits the curve bass"):
        growth.fit(drawn(), growth.logistic, estimator="Bass regression")


def test_unknown_choices_name_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'per-period'"):
        growth.fit(drawn(), estimator="per period")
    with pytest.raises(UnknownName, match="Known: weak"):
        growth.fit(drawn(), prior="strong")


def test_irregular_years_of_active_users():
    users = data.load("platform_users").query("platform == 'Facebook' and metric == 'MAU'")
    found = growth.fit(users)
    assert found.estimator.startswith("per-period")
    # A gap of half a year, and quarters from 90 to 92 days.
    assert np.diff(found.series.times).max() > 1.9 * found.series.step_length
    assert found.ceiling > users["users"].max()


def test_result_carries_versions_and_estimator():
    found = growth.fit(drawn())
    assert "numpy" in found.versions
    assert "least squares" in found.estimator
    assert found.fitted()["curve"].iloc[0] == pytest.approx(0)


def test_bass_on_a_complete_graph_is_the_curve():
    import networkx as nx

    from frontporch import community

    # Steps of 0.02 and 600 people leave a bias below 0.005.
    p, q, people, period = 0.05, 0.5, 600, 0.02
    town = community.from_networkx(nx.complete_graph(people))
    rule = community.bass_on_ties(innovation=p, imitation=q, period=period)
    spread = community.simulate(town, [], rule, runs=40, seed=7, steps=400)
    curve = growth.bass(np.arange(401) * period, p, q)
    error = 4 * spread.adopters_error / people + 0.005
    assert (np.abs(spread.adopters / people - curve) < error).all()
    assert error.max() < 0.03


ESTIMATORS = ["per-period", "density", "penalised", "Bass regression", "log totals"]


@settings(max_examples=15, deadline=None)
@given(st.floats(1e-12, 1e12), st.sampled_from(ESTIMATORS), st.booleans(), st.integers(0, 99))
def test_counts_in_thousands_or_billionths_give_the_same(unit, estimator, with_prior, seed):
    """Only the ceiling has the unit of the counts."""
    choice = {} if with_prior or estimator in ("penalised", "Bass regression") else {"prior": None}
    table = drawn(seed=seed)
    scaled = table.assign(adopters=table["adopters"] * unit)
    one, two = (growth.fit(t, "bass", estimator=estimator, **choice) for t in (table, scaled))
    assert two.ceiling == pytest.approx(unit * one.ceiling, rel=1e-4)
    for name in ("p", "q"):
        assert two.parameters[name] == pytest.approx(one.parameters[name], rel=1e-3)
    assert two.notes == one.notes
