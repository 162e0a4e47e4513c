"""Forecasts beside the baselines, and the hold-out that scores them."""

import numpy as np
import pytest
import statsmodels.api as sm

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.baselines import damped_holt, equal_steps, holt_errors, last_increment
from frontporch.names import UnknownName


def sold(series="room_air_conditioners"):
    return data.load("bass_classics").query("series == @series")


def test_holt_is_that_of_statsmodels():
    # The first two totals give level and trend; from there on the recursions are the same.
    totals = growth.read_counts(sold()).totals
    alpha, beta, phi = 0.6, 0.3, 0.9
    error, level, trend = holt_errors(totals, np.array([[alpha, beta, phi]]))
    model = sm.tsa.Holt(
        totals[2:],
        damped_trend=True,
        initialization_method="known",
        initial_level=totals[1],
        initial_trend=totals[1] - totals[0],
    )
    known = model.fit(
        smoothing_level=alpha, smoothing_trend=beta, damping_trend=phi, optimized=False
    )
    assert error[0] == pytest.approx(known.sse)
    assert (level[0], trend[0]) == pytest.approx((known.level[-1], known.trend[-1]))
    assert level[0] + phi * trend[0] == pytest.approx(known.forecast(1)[0])


def test_holt_goes_along_a_straight_line_and_damps_it():
    line = 10.0 * np.arange(12)
    ahead = damped_holt(line, 5)
    steps = np.diff(np.concatenate([[line[-1]], ahead.totals]))
    assert (np.diff(steps) < 0).all() and steps[0] == pytest.approx(10, rel=0.03)
    assert (np.diff(ahead.spread) >= 0).all()


def test_last_increment_and_its_spread():
    ahead = last_increment(np.array([0.0, 10.0, 30.0, 40.0]), 3)
    assert ahead.totals.tolist() == [50, 60, 70]
    assert ahead.spread == pytest.approx(10 * np.sqrt([1, 5, 14]))


def test_baselines_stand_on_equal_steps():
    facebook = data.load("platform_users").query("platform == 'Facebook' and metric == 'MAU'")
    series = growth.read_counts(facebook)
    steady = equal_steps(series)
    assert len(steady) == len(series.times) + 1  # the one quarter that nobody counted
    assert steady[-1] == series.totals[-1] and steady[0] == series.totals[0]


def test_a_forecast_goes_on_from_the_last_total():
    found = growth.fit(sold())
    ahead = growth.forecast(found, periods=6)
    assert ahead.dates[0].year == 1963
    curve = ahead.methods["bass"]
    last = found.series.totals[-1]
    assert curve["total"].iloc[0] == pytest.approx(
        last + found.totals(14.0)[0] - found.totals(13.0)[0]
    )
    assert (curve["lower"] < curve["total"]).all() and (curve["total"] < curve["upper"]).all()
    width = (curve["upper"] - curve["lower"]).to_numpy()
    assert (np.diff(width) > 0).all()
    narrow = growth.forecast(found, periods=6, level=0.5).methods["bass"]
    assert (narrow["upper"] < curve["upper"]).all()
    assert ahead.beside().shape == (6, 3)


def test_a_combination_lies_between():
    ahead = growth.forecast(growth.fit(sold()), periods=3, combine=0.5)
    both = ahead.beside()
    assert both["curve and damped Holt"].to_numpy() == pytest.approx(
        (both["bass"] + both["damped Holt"]).to_numpy() / 2
    )


@pytest.mark.parametrize(
    "choices", [{"periods": 0}, {"periods": 2.5}, {"combine": 2}, {"step": -1}, {"level": 1.0}]
)
def test_bad_choices_are_refused(choices):
    with pytest.raises(ValueError, match=r"needed|lies from"):
        growth.forecast(growth.fit(sold()), **choices)


def test_a_weighting_reaches_the_forecast():
    wide = growth.forecast(growth.fit(sold()), 3).methods["bass"]
    late = growth.forecast(growth.fit(sold(), weighting="proportional"), 3).methods["bass"]
    assert not np.allclose(wide["upper"], late["upper"])


def test_an_origin_knows_nothing_of_later():
    series = growth.read_counts(sold())
    held = growth.backtest(series, first=8, horizons=2)
    changed = sold().copy()
    changed.loc[changed.index[-3:], "adopters"] *= 5
    other = growth.backtest(growth.read_counts(changed), first=8, horizons=2)
    for one, two in zip(held.tasks.itertuples(), other.tasks.itertuples(), strict=True):
        if one.origin <= 10:
            # One fit starts beside others: it stops within the solver's tolerance.
            assert one.forecast == pytest.approx(two.forecast, rel=1e-5)
    at = held.tasks.query("origin == 10 and horizon == 2 and method == 'bass'").iloc[0]
    alone = growth.forecast(growth.fit(series.until(10)), 2).beside()["bass"].iloc[-1]
    assert at["forecast"] == pytest.approx(alone, rel=1e-4)
    assert at["counted"] == series.totals[11]


def test_scores_are_weighed_as_asked():
    several = {n: growth.read_counts(t) for n, t in data.load("bass_classics").groupby("series")}
    held = growth.backtest(several, ["bass"], combine=0.5)
    by_task, by_series = held.summary(), held.summary("series")
    assert by_task["method"].nunique() == 4
    size = held.tasks.assign(size=held.tasks["error"].abs()).query("method == 'bass'")
    row = by_task.set_index("method").loc["bass"]
    assert row["mean_absolute_error"] == pytest.approx(size["size"].mean())
    row = by_series.set_index("method").loc["bass"]
    assert row["mean_absolute_error"] == pytest.approx(size.groupby("series")["size"].mean().mean())
    with pytest.raises(UnknownName, match="Known: task, series, horizon"):
        held.summary("by series")
    with pytest.raises(ValueError, match="nothing to hold out"):
        growth.backtest(growth.read_counts(sold()), first=30)
    with pytest.raises(ValueError, match="at least 4"):
        growth.backtest(several, first=2)


def test_scattered_counts_are_held_out_too():
    members = data.load("platform_users").query("platform == 'LinkedIn'")
    held = growth.backtest(growth.read_counts(members), ["logistic"], first=8, horizons=1)
    assert held.tasks["error"].notna().all()
