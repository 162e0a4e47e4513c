"""A hindcast knows the first counts alone, and says what came."""

import numpy as np
import pytest

from frontporch import data, look
from frontporch.course.lesson_07 import hindcast, plot_beyond
from frontporch.fans import growth


@pytest.fixture(scope="module")
def starbucks():
    return data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )


@pytest.fixture(scope="module")
def june(starbucks):
    return hindcast(starbucks, known=7)


def test_what_came_has_no_part_in_the_forecast(starbucks, june):
    first = starbucks.sort_values("date_to").head(7)
    alone = growth.fit(first, "logistic")
    assert june.forecast.growth.ceiling == pytest.approx(alone.ceiling)
    more = starbucks.assign(
        fans=starbucks["fans"].where(starbucks["date_to"] < "2010-06-03", starbucks["fans"] * 3)
    )
    changed = hindcast(more, known=7)
    assert changed.forecast.growth.ceiling == pytest.approx(alone.ceiling)
    assert changed.later["counted"].iloc[-1] == 90_000_000


def test_in_june_2010_every_method_was_too_low_and_no_interval_held_what_came(june):
    table = june.summary()
    assert list(table.index) == ["logistic", "last increment repeated", "damped Holt"]
    assert (table["came"] == 30_000_000).all()
    assert (table["expected"] < table["came"]).all() and not table["held"].any()
    assert any("below 10 intervals are not to be relied upon" in note for note in june.notes)


def test_the_last_step_is_the_day_of_the_last_count(starbucks):
    for known in (5, 11, 13):
        made = hindcast(starbucks, known)
        assert abs((made.forecast.dates[-1] - made.later["date"].iloc[-1]).days) <= 1
        assert len(made.later) == 14 - known
        assert made.since <= made.later["date"].min()


def test_an_interval_that_holds_is_said_to_hold(starbucks):
    assert hindcast(starbucks, 11).summary()["held"].to_dict()["logistic"]


def test_a_lower_bound_is_held_from_below(starbucks):
    bound = starbucks.sort_values("date_to").head(13)  # ends with "surpasses 20 million"
    table = hindcast(bound, 12, "gompertz").summary()
    above = table["lower"] > table["came"]
    assert table.loc[above | (table["upper"] >= table["came"]), "held"].all()


@pytest.mark.parametrize("known", [2, 14, 7.5, True])
def test_what_is_known_must_leave_something_to_come(starbucks, known):
    with pytest.raises(ValueError, match="a whole number from 3 to 13 is needed"):
        hindcast(starbucks, known)


def test_the_picture_shows_what_came_and_both_baselines(june):
    ax = june.plot()
    drawn = {one.get_label(): one for one in ax.get_lines()}
    assert drawn["what came"].get_ydata()[-1] == pytest.approx(30)
    for name, row in june.summary().iterrows():
        assert drawn[name].get_ydata()[-1] == pytest.approx(row["expected"] / 1e6)
    assert "7 counts, to 2 June 2010" in ax.get_title(loc="left") + ax.get_title()
    note = " ".join(text.get_text() for text in ax.texts).replace("\n", " ")
    assert "95% interval of the logistic curve" in note and "7 counts only" in note
    assert ax.get_ylim()[1] > 30
    assert "what came" in look.alt_text(ax)


def test_curves_go_on_to_their_ceilings(starbucks):
    alike = growth.compare(starbucks, ["logistic", "gompertz"], estimator="log totals", prior=None)
    ax = plot_beyond(alike.growths, years=60)
    ends = {one.get_label(): one.get_ydata()[-1] for one in ax.get_lines()}
    # science: logistic 43.6, Gompertz 147 million, within 2 %
    assert ends["logistic, ceiling 44 million"] == pytest.approx(43.6, rel=0.02)
    assert ends["gompertz, ceiling 149 million"] == pytest.approx(147, rel=0.02)
    with pytest.raises(ValueError, match="above 0"):
        plot_beyond(alike.growths, years=0)


def test_a_unit_that_is_thousands_already_stands_in_the_name():
    sold = data.load("bass_classics").query("series == 'vcr_us'")
    ax = plot_beyond(growth.fit(sold), years=3)
    (name,) = [one.get_label() for one in ax.get_lines() if "ceiling" in one.get_label()]
    assert name.startswith("bass, ceiling ") and name.endswith("thousand homes")
    assert np.isfinite(ax.get_ylim()).all()


@pytest.mark.parametrize("known", [5, 7, 8, 9, 11, 13])
def test_what_is_said_then_speaks_of_nothing_that_came_later(starbucks, known):
    series = hindcast(starbucks, known).forecast.growth.series
    table = starbucks.assign(
        middle=starbucks["date_from"] + (starbucks["date_to"] - starbucks["date_from"]) / 2
    )
    alone = growth.read_counts(table.sort_values(["middle", "fans"]).head(known))
    assert series.notes == alone.notes
    assert series.conflicts.to_dict("records") == alone.conflicts.to_dict("records")
    assert series.table["fans"].tolist() == alone.table["fans"].tolist() == list(series.totals)
    for pair in series.conflicts.itertuples():
        assert series.table["fans"].iloc[pair.place_of_fewer] == pair.fewer
        assert series.table["fans"].iloc[pair.place_of_more] == pair.more


def test_a_page_event_of_later_days_is_not_yet_known(starbucks):
    merged = growth.PageEvent("2010-07-01", "merge", 1_000_000)
    series = growth.read_counts(starbucks, events=[merged])
    assert series.until(9).events == () and series.until(9).step == 0
    assert not any("known step" in note for note in series.until(9).notes)
    assert series.until(11).events == (merged,) and series.until(11).step == 1_000_000


def test_how_a_month_is_dated_moves_the_larger_ceiling_more_than_two_computations(starbucks):
    def ceiling(counts):
        return growth.fit(counts, "gompertz", estimator="log totals", prior=None).ceiling

    usual, published = ceiling(starbucks), 147e6
    at_the_end = ceiling(starbucks.assign(date_from=starbucks["date_to"]))
    assert at_the_end - usual > 5 * abs(usual - published)


def test_before_growth_slows_down_the_prior_and_not_the_counts_gives_the_ceiling():
    def ceilings(periods, **prior):
        sold = [growth.simulate(ceiling=10_000, periods=14, seed=k) for k in range(8)]
        return np.array([growth.fit(one.head(periods), **prior).ceiling for one in sold])

    assert (ceilings(6) < 7_000).all()
    assert (ceilings(6, prior=None) > 1e6).sum() >= 4
    for prior in ({}, {"prior": None}):
        assert ceilings(14, **prior) == pytest.approx(10_000, rel=0.06)
