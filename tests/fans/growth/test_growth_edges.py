"""Counts that tell little of a curve: what is refused, what is said, what has no interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.contradictions import prior_shift
from frontporch.fans.growth.estimators import ESTIMATORS
from frontporch.fans.growth.what_counts_tell import never_falls

WAYS = [name for name in ESTIMATORS if name != "Bass regression"]


def sold(adopters):
    return pd.DataFrame({"year": 2001 + np.arange(len(adopters)), "adopters": adopters})


def page(fans):
    """A page counted once a month."""
    days = pd.date_range("2010-01-01", periods=len(fans), freq="MS")
    return pd.DataFrame({"date": days, "users": fans})


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.sampled_from([0, 0, 0, 1, 3, 10, 100]), min_size=4, max_size=14),
    st.sampled_from(list(ESTIMATORS)),
    st.sampled_from(["weak", None]),
)
def test_no_series_is_answered_in_silence(adopters, estimator, prior):
    """Refused in words of ours, or every missing or infinite limit has a note."""
    try:
        found = growth.fit(sold(adopters), estimator=estimator, prior=prior)
        ahead = growth.forecast(found, 2).methods["bass"]
    except ValueError as error:
        assert str(error)[0] in "at" and not isinstance(error, np.linalg.LinAlgError)
        return
    rows = found.summary()
    assert np.isfinite(rows["estimate"]).all()
    if not np.isfinite(rows[["lower", "upper"]]).all(axis=None):
        assert found.notes
    assert (ahead["total"] >= sum(adopters) - 1e-9).all(), "whoever adopted has adopted"
    assert not (ahead["lower"] < sum(adopters)).any()
    assert not rows["upper"].iloc[2] < sum(adopters) * (1 - 1e-9) or np.isnan(rows["upper"].iloc[2])


@settings(max_examples=15, deadline=None)
@given(st.integers(4, 15), st.integers(0, 14), st.floats(1, 1e6), st.sampled_from(WAYS))
def test_one_spike_has_no_interval(periods, place, height, estimator):
    adopters = np.zeros(periods)
    adopters[place % periods] = height
    if estimator in ("censored", "log totals") and place % periods > periods - 3:
        return  # fewer than three totals above 0
    found = growth.fit(sold(adopters), estimator=estimator)
    assert any("all growth lies in 1 period" in note for note in found.notes)
    assert found.summary()[["lower", "upper"]].isna().all(axis=None)
    assert growth.forecast(found, 3).methods["bass"]["lower"].isna().all()


@pytest.mark.parametrize("estimator", list(ESTIMATORS))
def test_nothing_counted_is_refused(estimator):
    with pytest.raises(ValueError, match="all 12 counts are 0, so there is no growth to fit"):
        growth.fit(sold([0] * 12), estimator=estimator)


def test_a_page_that_lost_all_its_fans_is_refused_and_one_that_stands_still_is_said():
    with pytest.raises(ValueError, match="nothing is left of 800 users"):
        growth.fit(page([200, 500, 800, 300, 0]), may_fall=True)
    still = growth.fit(page([500] * 8))
    assert any("does not grow in any of 7 periods" in note for note in still.notes)


@settings(max_examples=15, deadline=None)
@given(st.floats(0.5, 0.9), st.integers(6, 14), st.integers(50, 10_000))
def test_a_series_that_falls_from_its_first_period_is_said(rate, periods, first):
    found = growth.fit(sold(np.round(first * rate ** np.arange(periods))))
    assert any("growth was fastest in the first period" in note for note in found.notes)


def test_a_page_that_shrinks_has_no_ceiling_below_its_counts_without_a_word():
    found = growth.fit(page([100, 300, 600, 900, 1000, 700, 500, 400, 300]), may_fall=True)
    told = " ".join(found.notes)
    assert "the count falls in 4 of 8 steps" in told
    assert "is below the 1,000 users already counted" in told
    assert found.interval("ceiling")[1] >= 1000


# Published case: 119 hospitals had adopted mammography (Srinivasan & Mason 1986).
def test_a_ceiling_below_what_is_counted_is_said():
    table = data.load("bass_classics").query("series == 'mammography'")
    found = growth.fit(table)
    assert found.ceiling < 119
    assert any("is below the 119" in note for note in found.notes)
    ahead = growth.forecast(found, 4).summary()
    assert (ahead[["total", "lower"]].min(axis=1) >= 119 - 1e-9).all()


def test_what_the_prior_moves_is_said_and_is_what_taking_it_off_changes():
    table = data.load("bass_classics").query("series == 'mammography'")
    with_it, without = growth.fit(table), growth.fit(table, prior=None)
    told = [note for note in with_it.notes if note.startswith("the prior moves")]
    assert told == [
        "the prior moves p, q and ceiling by more than half a standard error: fit with prior=None "
        "too, and see what it changes."
    ]
    moved = (with_it.estimate.inner - without.estimate.inner) / with_it.estimate.errors
    # One Newton step: the sign is right, and the size nearly.
    assert (np.sign(-prior_shift(with_it.estimate)) == np.sign(moved)).all()
    assert np.abs(moved).min() > 0.4
    calm = growth.fit(growth.simulate("bass", periods=20, error=0.03, seed=1, ceiling=1e4))
    assert not calm.notes and np.abs(prior_shift(calm.estimate)).max() < 0.5


def test_a_page_that_never_fell_may_still_fall():
    rising = growth.fit(page([100, 220, 400, 520, 700, 790, 860, 900]))
    assert not never_falls(rising.series)
    assert never_falls(growth.read_counts(sold([1, 5, 3])))


def test_many_series_say_the_same_of_each():
    counts = pd.DataFrame(
        [[0] * 8, [0, 0, 90, 0, 0, 0, 0, 0], [5, 20, 60, 90, 80, 40, 20, 5]],
        index=["nothing", "spike", "well"],
    )
    rows = growth.fit_many(counts).summary().set_index("series")
    assert rows.loc["nothing"].drop("note").isna().all()
    assert "nothing was counted" in rows.loc["nothing", "note"]
    assert "fewer than 3 periods" in rows.loc["spike", "note"]
    assert np.isnan(rows.loc["spike", "ceiling_lower"])
    alone = growth.fit(sold(counts.loc["well"].to_numpy()))
    assert rows.loc["well", "ceiling"] == pytest.approx(alone.ceiling, rel=1e-4)
