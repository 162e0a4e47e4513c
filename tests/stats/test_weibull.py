"""Weibull regression against closed forms and simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.stats import kaplan_meier, weibull_regression


def test_without_covariates_and_with_shape_one_it_is_the_rate():
    """At a constant hazard the mean time is time at risk over events."""
    rng = np.random.default_rng(7)
    true, watched = rng.exponential(10, 4_000), rng.uniform(0, 20, 4_000)
    time, event = np.minimum(true, watched), true <= watched
    fitted = weibull_regression(time, event)
    assert fitted.scale == pytest.approx(1, abs=0.05)
    assert np.exp(fitted.coefficients[0]) == pytest.approx(time.sum() / event.sum(), rel=0.03)


@given(st.floats(0.01, 100), st.floats(-5, 5), st.floats(0.1, 10))
def test_units_do_not_matter(unit, shift, stretch):
    rng = np.random.default_rng(3)
    x = rng.normal(size=80)
    time = np.exp(1 + 0.5 * x) * rng.weibull(1.5, 80)
    event = rng.random(80) < 0.8
    one = weibull_regression(time, event, pd.DataFrame({"x": x}))
    two = weibull_regression(unit * time, event, pd.DataFrame({"x": shift + stretch * x}))
    assert two.scale == pytest.approx(one.scale, rel=1e-5)
    assert two.coefficients[1] * stretch == pytest.approx(one.coefficients[1], rel=1e-5)
    error = np.sqrt(one.covariance[1, 1])
    assert np.sqrt(two.covariance[1, 1]) * stretch == pytest.approx(error, rel=1e-4)


def test_its_intervals_cover_in_simulation():
    """Nominal 95 %, 300 sets of 200 with a third censored: four standard errors are 5 points."""
    truth, hits, runs = 0.6, np.zeros(2), 300
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        x = rng.integers(0, 2, 200).astype(float)
        true = np.exp(2 - truth * x) * rng.weibull(1.25, 200)
        watched = rng.uniform(0, 20, 200)
        fitted = weibull_regression(
            np.minimum(true, watched), true <= watched, pd.DataFrame({"x": x})
        )
        row = fitted.summary().iloc[1]
        hits[0] += row["lower"] <= -truth <= row["upper"]
        error = np.sqrt(fitted.covariance[-1, -1])
        hits[1] += abs(np.log(fitted.scale * 1.25)) <= 1.959964 * error
    assert (np.abs(hits / runs - 0.95) < 0.05).all()


def test_the_curve_goes_through_kaplan_meier():
    rng = np.random.default_rng(5)
    time, event = rng.weibull(2, 3_000) * 10, rng.random(3_000) < 0.7
    fitted = weibull_regression(time, event)
    reached = kaplan_meier(time, event, unit="weeks").at(8.0)["reached"].iloc[0]
    shape, size = 1 / fitted.scale, np.exp(fitted.coefficients[0])
    assert 1 - np.exp(-((8.0 / size) ** shape)) == pytest.approx(reached, abs=0.03)


@pytest.mark.parametrize(
    ("time", "event", "x", "said"),
    [
        ([1.0, 0.0], [True, True], [0.0, 1.0], "row 2: time is 0, but must be above 0"),
        ([1.0, 2.0], [False, False], [0.0, 1.0], "nothing happened"),
        ([1.0, 2.0], [True, True], [1.0, 1.0], "x is 1 in every row"),
        ([1.0, 2.0], [True, True], [1.0, np.nan], "row 2: x is missing"),
    ],
)
def test_what_cannot_be_is_named(time, event, x, said):
    with pytest.raises(ValueError, match=said):
        weibull_regression(time, event, pd.DataFrame({"x": x}))


def with_entry(seed, rows=60, shape=1.5):
    """Times of a Weibull law, of which those are seen who last until they enter."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 2, 4 * rows).astype(float)
    time = 10 * np.exp(-0.5 * x) * rng.weibull(shape, 4 * rows)
    entry = rng.uniform(0, 8, 4 * rows) * (1 + x)
    kept = np.flatnonzero(entry < time)[:rows]
    return time[kept], rng.random(len(kept)) < 0.8, pd.DataFrame({"x": x[kept]}), entry[kept]


@given(st.integers(0, 2**32 - 1))
def test_delayed_entry_is_that_of_the_definition(seed):
    time, event, x, entry = with_entry(seed)
    fitted = weibull_regression(time, event, x, entry=entry)

    def value(at):
        size, shape = np.exp(at[0] + at[1] * x["x"].to_numpy()), np.exp(-at[2])
        hazard = np.log(shape / size) + (shape - 1) * np.log(time / size)
        return (event * hazard - (time / size) ** shape + (entry / size) ** shape).sum()

    at = np.append(fitted.coefficients, np.log(fitted.scale))
    assert value(at) == pytest.approx(fitted.log_likelihood, abs=1e-8)
    for k in range(3):
        step = 1e-4 * np.eye(3)[k]
        assert value(at + step) - value(at - step) == pytest.approx(0, abs=1e-4)


def test_who_enters_late_does_not_count_before():
    """Shape 1.5 and a time ratio of exp(-.5); x enters twice as late. 60 sets of 400."""
    found = np.array(
        [
            [f.coefficients[1], f.scale]
            for f in (
                weibull_regression(t, e, x, entry=begun)
                for t, e, x, begun in (with_entry(seed, 400) for seed in range(60))
            )
        ]
    )
    error = found.std(axis=0) / np.sqrt(60)
    assert (np.abs(found.mean(axis=0) - [-0.5, 1 / 1.5]) < 4 * error + 0.005).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_group_without_an_event_has_one_limit(seed, turned):
    rng = np.random.default_rng(seed)
    x, time = rng.integers(0, 2, 60), rng.weibull(1.5, 60) * 10
    event = (rng.random(60) < 0.7) & (x == 0)
    side = pd.DataFrame({"side": 1 - x if turned else x, "age": rng.normal(size=60)})
    found = weibull_regression(time, event, side)
    rows = found.summary().set_index("name")
    ends = rows.loc["side", ["lower", "upper"]].tolist()
    assert np.isinf(ends[0 if turned else 1]) and np.isfinite(ends[1 if turned else 0])
    assert np.isfinite(rows.loc["intercept", "lower"]) == (not turned)
    assert "no maximum" in rows.loc["side", "note"] and rows.loc["age", "standard_error"] > 0
    inside = ends[1 if turned else 0]
    # At the limit the likelihood, all else at its best, has fallen by half of 1.96 squared.
    held = time * np.exp(-inside * side["side"])
    best = weibull_regression(held, event, side[["age"]])
    fall = found.log_likelihood - best.log_likelihood + inside * (side["side"] * event).sum()
    assert fall == pytest.approx(1.959964**2 / 2, abs=1e-3)


@pytest.mark.parametrize(
    ("time", "event", "x", "said"),
    [
        ([5.0] * 4, [1, 1, 1, 1], [0.0, 1.0, 2.0, 4.0], "no shape can be told"),
        ([1.0, 2.0, 3.0, 4.0], [0, 0, 0, 1], [0.0, 1.0, 0.0, 2.0], "no shape can be told"),
        ([1.0], [1], None, "no shape can be told"),
        ([1.0, 1.5, 3.0], [1, 0, 1], [0.0, 1.0, 2.0], "no shape can be told"),
    ],
)
def test_where_no_shape_can_be_told_it_is_said(time, event, x, said):
    with pytest.raises(ValueError, match=said):
        weibull_regression(time, event, None if x is None else pd.DataFrame({"x": x}))


def test_a_covariate_that_follows_from_another_is_named():
    frame = pd.DataFrame({"age": [1.0, 2.0, 4.0, 7.0], "born": [9.0, 8.0, 6.0, 3.0]})
    with pytest.raises(ValueError, match="born follows from age: take one of them out"):
        weibull_regression([1.0, 2.0, 3.0, 5.0], [1, 1, 0, 1], frame)
