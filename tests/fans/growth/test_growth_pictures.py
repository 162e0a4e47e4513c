"""Pictures of growth hold what the numbers say."""

import numpy as np
import pytest
from matplotlib import pyplot as plt

from frontporch import data, fans, look


def starbucks():
    return data.load("brand_fans").query("brand == 'Starbucks' and platform == 'Facebook'")


@pytest.fixture(scope="module")
def sold():
    return fans.fit(data.load("bass_classics").query("series == 'vcr_us'"))


def lines(ax):
    return {line.get_label().lstrip("_"): line for line in ax.get_lines()}


def test_counts_mark_grades_and_bounds_and_name_their_sources():
    ax = fans.plot_counts(starbucks())
    drawn = lines(ax)
    table = starbucks()
    low = table["confidence"] == "low"
    assert len(drawn["counted"].get_xdata()) == (~low & ~table["at_least"]).sum()
    assert len(drawn["at least"].get_xdata()) == (~low & table["at_least"]).sum()
    assert len(drawn["graded low"].get_xdata()) == (low & ~table["at_least"]).sum()
    assert drawn["graded low"].get_markerfacecolor() == "white"
    assert drawn["counted"].get_ydata().max() == pytest.approx(30)
    assert ax.get_ylabel() == "total (millions of fans)"
    note = ax.texts[0].get_text()
    assert note.startswith("Sources: ") and "and 12 more" in note
    assert "graded low" in look.alt_text(ax)
    assert not fans.plot_counts(starbucks(), sources=False).texts


def test_growth_shows_curve_band_and_both_baselines(sold):
    ax = sold.plot(periods=4)
    drawn, ahead = lines(ax), fans.forecast(sold, 4)
    for name, frame in ahead.methods.items():
        assert drawn[name].get_ydata()[1:] == pytest.approx(frame["total"].to_numpy())
    assert drawn["bass so far"].get_ydata()[-1] == pytest.approx(sold.totals(10.0)[0])
    band = ax.collections[-1].get_paths()[0].vertices
    assert band[:, 1].max() == pytest.approx(ahead.methods["bass"]["upper"].max())
    assert ax.get_ylabel() == "total (thousand homes)"
    assert "damped Holt goes from" in look.alt_text(ax)


def test_a_warning_stands_below_the_picture():
    ax = fans.fit(starbucks().query("confidence != 'low'")).plot(periods=4, step=0.25)
    assert "the peak has not been reached" in ax.texts[0].get_text().replace("\n", " ")


def test_a_curve_without_intervals_has_no_band(sold):
    growth = fans.fit(sold.series.table, estimator="log totals", prior=None)
    ax = growth.plot(periods=3)
    assert not any(
        hasattr(one, "get_facecolor") and len(one.get_paths()) and one.get_alpha() == 0.18
        for one in ax.collections
    )


def test_profile_is_zero_at_the_estimate(sold):
    ax = sold.plot("ceiling_profile")
    line = lines(ax)["bass"]
    at = np.argmin(line.get_ydata())
    assert line.get_xdata()[at] == pytest.approx(sold.ceiling, rel=0.01)
    assert line.get_ydata()[at] == pytest.approx(0, abs=0.01)
    assert ax.get_xscale() == "log"
    two = fans.compare(sold.series, ("bass", "gompertz"))
    assert set(lines(two.plot())) >= {"bass", "gompertz"}
    with pytest.raises(ValueError, match="offers no profile"):
        fans.fit(sold.series, estimator="Bass regression").plot("ceiling_profile")


def test_profiles_of_two_dates_have_a_limit_and_a_last_count_each():
    counts = starbucks().query("confidence != 'low'")
    known = fans.read_counts(counts).until(11)
    then, now = (fans.fit(one, "logistic") for one in (known, counts))
    drawn = lines(fans.compare({"then": then, "now": now}).plot())
    for k, (name, one) in enumerate((("then", then), ("now", now))):
        limit, last = drawn[f"limit {k}"], drawn[f"last count {k}"]
        assert limit.get_ydata()[0] == pytest.approx(one.ceiling_profile.limit)
        assert last.get_xdata()[0] == pytest.approx(one.series.totals[-1] / 1e6)
        assert {limit.get_color(), last.get_color()} == {drawn[name].get_color()}
    alone = lines(now.plot("ceiling_profile"))
    assert "limit 0" in alone and "limit 1" not in alone and "last count 1" not in alone


def test_profiles_of_two_pages_are_refused(sold):
    other = fans.fit(starbucks().query("confidence != 'low'"), "logistic")
    with pytest.raises(ValueError, match="draw each with axes of its own"):
        fans.compare({"sold": sold, "fans": other}).plot()


def test_an_axes_of_ones_own_is_used(sold):
    _, ax = plt.subplots()
    assert sold.plot(ax=ax) is ax
