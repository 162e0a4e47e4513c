"""Many series at once: the same as one by one, no worse than many starts, and learning."""

import numpy as np
import pandas as pd
import pytest
from scipy import optimize

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.least_squares import _descended, solve
from frontporch.fans.growth.many_series import _from_rows
from frontporch.fans.growth.priors import NO_PRIOR, weak_prior
from frontporch.streams import generator


def rows(series, periods=20, error=0.2, seed=1):
    """Increments of random Bass curves; some end long before the peak, some long after."""
    rng = generator(seed)
    p = np.exp(rng.normal(np.log(0.01), 1.0, (series, 1)))
    q = np.exp(rng.normal(np.log(0.38), 0.5, (series, 1)))
    exact = np.diff(growth.bass(np.arange(periods + 1.0), p, q), axis=1)
    ceiling = np.exp(rng.normal(8, 1, (series, 1)))
    noise = rng.normal(0, 1, exact.shape) * error * exact.mean(1, keepdims=True)
    return np.maximum(ceiling * (exact + noise), 0)


def test_one_by_one_is_the_same():
    classics = data.load("bass_classics")
    many = growth.fit_many(classics, by="series")
    for name, table in classics.groupby("series"):
        one = growth.fit(table)
        assert many.parameters(name)["ceiling"] == pytest.approx(one.ceiling, rel=2e-4)
        errors = many.summary().set_index("series").loc[name]
        known = one.summary().set_index("parameter")["standard_error"]
        assert errors["q_se"] == pytest.approx(known["q"], rel=2e-3)


@pytest.mark.parametrize("with_prior", [False, True])
def test_no_fit_is_worse_than_the_best_of_twenty_starts(with_prior):
    prior = weak_prior(growth.bass.curve) if with_prior else NO_PRIOR
    _, problem = _from_rows(rows(1_000), growth.bass.curve, prior)
    found = solve(problem)
    assert found.arrived.all()
    low, high = problem.bounds
    rng = generator(7)
    best = np.full(1_000, np.inf)
    for _ in range(20):
        start = np.column_stack(
            [
                rng.normal(np.log(0.01), 1.5, 1_000),
                rng.normal(np.log(0.38), 0.6, 1_000),
                np.log(problem.last) + rng.normal(0.4, 0.5, 1_000),
            ]
        )
        best = np.minimum(best, _descended(problem, np.clip(start, low, high)).loss)
    worse = found.loss - best
    assert (worse <= 1e-6 * (1 + np.abs(best))).all(), f"worst: {worse.max()}"


def test_scipy_finds_nothing_better():
    added = rows(15, seed=3)
    _, problem = _from_rows(added, growth.bass.curve, NO_PRIOR)
    found = solve(problem)
    low, high = problem.bounds
    times = np.arange(21.0)
    rng = generator(5)
    for k in range(15):

        def left(inner, k=k):
            p, q, ceiling = np.exp(inner)
            return added[k] - ceiling * np.diff(growth.bass(times, p, q))

        begun = np.clip(rng.normal(found.inner[k], 0.7, (5, 3)), low[k] + 1e-6, high[k] - 1e-6)
        best = min(
            2 * optimize.least_squares(left, one, bounds=(low[k], high[k]), x_scale=1.0).cost
            for one in begun
        )
        assert found.loss[k] <= best * (1 + 1e-6)


def test_missing_periods_at_the_end():
    added = pd.DataFrame(rows(3, error=0.05), index=["a", "b", "c"])
    added.loc["b", 15:] = np.nan
    many = growth.fit_many(added)
    alone = growth.fit_many(added.loc[["b"], :14])
    assert many.parameters("b") == pytest.approx(alone.parameters("b"), rel=1e-3)
    assert many.names == ("a", "b", "c")


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (np.ones(4), "shape"),
        ([[1.0, -2.0, 3.0]], "series 0, period 2: is negative"),
        ([[1.0, np.nan, 3.0]], "series 0, period 3: comes after a missing one"),
        ([[1.0, 2.0, np.nan]], "at least 3"),
    ],
)
def test_bad_rows_are_named(added, words):
    with pytest.raises(ValueError, match=words):
        growth.fit_many(added)


def test_warnings_are_in_the_summary():
    p, q = np.array([[[0.03], [0.0005]], [[0.6], [0.5]]])
    exact = np.diff(growth.bass(np.arange(11.0), p, q), axis=1)
    notes = growth.fit_many(1e4 * exact).summary()["note"].tolist()
    assert notes == ["", "the peak has not been reached: the ceiling is a guess"]


def test_a_learned_prior_finds_how_series_differ():
    rng = generator(2)
    p = np.exp(rng.normal(np.log(0.02), 0.5, (200, 1)))
    q = np.exp(rng.normal(np.log(0.5), 0.2, (200, 1)))
    exact = np.diff(growth.bass(np.arange(16.0), p, q), axis=1)
    added = 1e4 * np.maximum(exact + rng.normal(0, 0.15, exact.shape) * exact.mean(1)[:, None], 0)
    many = growth.fit_many(added, prior="learned")
    assert many.prior.name == "prior learned from 200 series"
    assert many.prior.centres["p"] == pytest.approx(0.02, rel=0.15)
    assert many.prior.centres["q"] == pytest.approx(0.5, rel=0.06)
    assert many.prior.spreads["p"] == pytest.approx(0.5, rel=0.25)
    assert many.prior.spreads["q"] == pytest.approx(0.2, rel=0.35)


def test_a_learned_prior_helps_short_series():
    rng = generator(4)
    p = np.exp(rng.normal(np.log(0.02), 0.3, (150, 1)))
    q = np.exp(rng.normal(np.log(0.6), 0.1, (150, 1)))
    exact = 1e4 * np.diff(growth.bass(np.arange(7.0), p, q), axis=1)
    added = np.maximum(exact + rng.normal(0, 0.15, exact.shape) * exact.mean(1)[:, None], 0)
    missed = {
        prior: np.abs(np.log(growth.fit_many(added, prior=prior).values[:, -1] / 1e4)).mean()
        for prior in ("weak", "learned")
    }
    assert missed["learned"] < 0.9 * missed["weak"]
    with pytest.raises(ValueError, match="from 5 or more"):
        growth.fit_many(added[:3], prior="learned")


def test_dated_counts_of_several_pages():
    users = data.load("platform_users").query(
        "metric == 'MAU' and platform in ('Facebook', 'Twitter')"
    )
    many = growth.fit_many(users, by="platform")
    one = growth.fit(users.query("platform == 'Twitter'"))
    assert many.parameters("Twitter")["ceiling"] == pytest.approx(one.ceiling, rel=0.01)
    assert many.parameter_names == ("p", "q", "launch", "ceiling")


def test_a_curve_that_takes_single_numbers_is_fitted_too():
    def halves(times, years=4.0):
        return times * 0 if years > 1e9 else 1 - 0.5 ** (np.maximum(times, 0) / years)

    exact = np.diff(1 - 0.5 ** (np.arange(11.0) / np.array([[3.0], [6.0]])), axis=1)
    many = growth.fit_many(1e3 * exact, halves)
    assert many.values[:, 0] == pytest.approx([3, 6], rel=0.02)
