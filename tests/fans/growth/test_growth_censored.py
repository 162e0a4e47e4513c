"""The likelihood of scattered counts: against simulation, and against what it must become."""

import numpy as np
import pytest
from scipy import stats

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.censored import Scatter, intervals
from frontporch.fans.growth.priors import NO_PRIOR
from frontporch.fans.growth.problem import Problem

LOGISTIC = {"speed": 0.9, "middle": 3.0}


def counts(seed=1, **choices):
    told = {"report": "error", "drift": "drift", "digits": "digits", "over": "over"}
    reports = growth.Reports(**{told[k]: v for k, v in choices.items() if k in told})
    others = {k: v for k, v in choices.items() if k not in told}
    chosen = {"counts": 18, "years": 7.0, "start": 0.0, **LOGISTIC, **others}
    return growth.simulate_counts("logistic", ceiling=8e6, reports=reports, seed=seed, **chosen)


def likelihood(table, report, drift, ceiling=8e6):
    series = growth.read_counts(table)
    scatter = Scatter(Problem.of(series, growth.logistic.curve, NO_PRIOR), series)
    inner = np.array([np.log(0.9), 3.0, *np.log([ceiling, report, drift])])
    return scatter, float(scatter.filtered(inner[None]).log_likelihood[0])


def test_exact_counts_have_the_likelihood_of_a_normal_vector():
    # Log counts are a normal vector with covariance drift² min(s, t) + report² on the diagonal.
    table = counts(digits=None)
    report, drift = 0.02, 0.05
    scatter, found = likelihood(table, report, drift)
    series = scatter.series
    mean = np.log(8e6 * growth.logistic(series.times, **LOGISTIC))
    covariance = drift**2 * np.minimum.outer(series.times, series.times)
    covariance += report**2 * np.eye(len(mean))
    known = stats.multivariate_normal(mean, covariance).logpdf(np.log(series.totals))
    assert found == pytest.approx(known, abs=1e-6)


def test_rounded_counts_have_the_probability_of_their_intervals():
    # Without drift the counts are independent, and the likelihood is a product of intervals.
    table = counts(digits=1, drift=0.0)
    scatter, found = likelihood(table, 0.05, 1e-9)
    low, high = intervals(scatter.series)
    assert (high > low).all()
    mean = np.log(8e6 * growth.logistic(scatter.series.times, **LOGISTIC))
    known = np.log(stats.norm.cdf(high, mean, 0.05) - stats.norm.cdf(low, mean, 0.05)).sum()
    assert found == pytest.approx(known, rel=1e-5)


def test_drift_beside_a_bound_is_close_to_the_exact_integral():
    # Three counts, one of them a bound: the filter against the normal orthant.
    table = counts(counts=3, years=2.0, digits=None).drop(columns="rounded_to")
    table["at_least"] = [False, True, False]
    report, drift = 0.05, 0.1
    scatter, found = likelihood(table, report, drift)
    times = scatter.series.times
    mean = np.log(8e6 * growth.logistic(times, **LOGISTIC))
    covariance = drift**2 * np.minimum.outer(times, times) + report**2 * np.eye(3)
    seen, bound = [0, 2], 1
    logs = np.log(scatter.series.totals)
    known = stats.multivariate_normal(mean[seen], covariance[np.ix_(seen, seen)]).logpdf(logs[seen])
    gain = covariance[bound, seen] @ np.linalg.inv(covariance[np.ix_(seen, seen)])
    middle = mean[bound] + gain @ (logs[seen] - mean[seen])
    spread = np.sqrt(covariance[bound, bound] - gain @ covariance[seen, bound])
    known += stats.norm.logsf(logs[bound], middle, spread)
    assert found == pytest.approx(known, abs=0.02)


def test_a_bound_is_not_taken_for_a_count():
    table = counts(digits=None)
    table.loc[table.index[-6:], "fans"] = table["fans"].iloc[-7]
    table.loc[table.index[-6:], "at_least"] = True
    as_bounds = growth.fit(table, growth.logistic)
    as_counts = growth.fit(table.assign(at_least=False), growth.logistic, estimator="censored")
    assert as_bounds.estimator.startswith("censored likelihood")
    assert as_bounds.ceiling > 1.1 * as_counts.ceiling


@pytest.mark.parametrize(
    ("noise", "name", "truth"),
    [
        ({"report": 0.03, "drift": 0.0}, "error of a report", 0.03),
        ({"report": 0.001, "drift": 0.1}, "drift", 0.1),
    ],
)
def test_noise_is_found(noise, name, truth):
    table = counts(counts=60, years=12.0, digits=None, seed=3, **noise)
    found = growth.fit(table, growth.logistic, estimator="censored", may_fall=True)
    assert found.parameters[name] == pytest.approx(truth, rel=0.35)


def test_scattered_counts_are_recognised():
    users = data.load("platform_users")
    facebook = users.query("platform == 'Facebook' and metric == 'MAU'")
    assert not growth.read_counts(facebook).scattered
    assert growth.read_counts(users.query("platform == 'LinkedIn'")).scattered
    assert growth.fit(users.query("platform == 'LinkedIn'")).estimate.scatter is not None


def test_wide_windows_weigh_less():
    table = counts(digits=None)
    wide = table.copy()
    at = wide.index[5]
    wide.loc[at, "date_from"] -= np.timedelta64(120, "D")
    wide.loc[at, "date_to"] += np.timedelta64(120, "D")
    wide.loc[at, "fans"] = int(wide.loc[at, "fans"] * 0.8)
    narrow = table.copy()
    narrow.loc[at, "fans"] = wide.loc[at, "fans"]
    moved = [  # a fifth below the curve, on one day or on some day of eight months
        growth.fit(one, growth.logistic, estimator="censored", may_fall=True).parameters[
            "error of a report"
        ]
        for one in (narrow, wide)
    ]
    assert moved[1] < moved[0]


def test_profile_and_forecast_of_scattered_counts():
    found = growth.fit(counts(digits=2, over=0.2), growth.logistic)
    lower, upper = found.interval("ceiling")
    assert lower < found.ceiling < upper
    table = growth.forecast(found, periods=4, step=0.25).summary()
    assert table["method"].unique().tolist() == [
        "logistic",
        "last increment repeated",
        "damped Holt",
    ]
    curve = table.query("method == 'logistic'")
    assert (curve["lower"] <= curve["total"]).all() and (curve["total"] < curve["upper"]).all()
    assert ((curve["date"].diff().dropna().dt.days - 91).abs() <= 1).all()


def test_bootstrap_of_scattered_counts():
    found = growth.fit(counts(), growth.logistic)
    table = found.bootstrap(20, seed=3).summary().set_index("parameter")
    assert table.loc["ceiling", "lower"] < found.ceiling < table.loc["ceiling", "upper"]
    assert "drift" in table.index
