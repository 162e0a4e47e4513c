"""Curves side by side, and a test of one against a case of it."""

import numpy as np
import pytest

from frontporch import fans
from frontporch.fans import growth
from frontporch.names import UnknownName


def drawn(curve="bass", error=0.05, seed=1, **values):
    return growth.simulate(curve, periods=25, error=error, seed=seed, **values)


def test_the_true_curve_is_among_the_best():
    for curve, values in (("weibull", {"years": 8.0, "shape": 3.0}), ("bass", {"p": 0.02})):
        table = growth.compare(drawn(curve, **values), (curve, "gompertz")).summary()
        assert table["curve"].iloc[0] == curve
        assert table["aicc_above_best"].iloc[0] == 0


def test_an_unknown_fit_names_the_nearest():
    both = growth.compare(drawn(), ("bass", "gompertz"))
    assert both["bass"].curve.name == "bass"
    with pytest.raises(UnknownName, match="Did you mean 'gompertz'"):
        both["gomperz"]
    with pytest.raises(ValueError, match="two or more"):
        growth.compare(drawn(), ("bass",))


def test_the_likelihood_ratio_rejects_what_is_not_bass():
    other = drawn("shifted_gompertz", p=0.03, q=0.5, shape=4.0)
    assert growth.likelihood_ratio(other).p_value < 1e-3
    assert growth.likelihood_ratio(drawn()).p_value > 0.05


def test_the_f_ratio_is_the_likelihood_ratio():
    found = growth.likelihood_ratio(drawn())
    fits = [growth.fit(drawn(), c, prior=None) for c in ("bass", "shifted_gompertz")]
    twice = 2 * (fits[1].estimate.log_likelihood - fits[0].estimate.log_likelihood)
    added, freedom = found.freedom
    assert twice == pytest.approx(25 * np.log1p(found.statistic * added / freedom), rel=1e-4)


def test_the_larger_curve_must_be_larger():
    with pytest.raises(ValueError, match="no more parameters"):
        growth.likelihood_ratio(drawn(), "bass", "logistic")


def test_fans_answers_to_the_same_names():
    for name in ("fit", "fit_many", "bass", "logistic", "forecast", "plot_counts"):
        assert getattr(fans, name) is getattr(growth, name)
    assert fans.customers.fit_customers is fans.fit_customers
    assert set(fans.__all__) <= set(dir(fans))


def test_two_curves_of_one_name_are_not_taken_for_one():
    def mine(times, years=9.0):
        return np.clip(times / years, 0, 1)

    first = mine

    def mine(times, years=9.0):
        return np.clip(times / years, 0, 1) ** 2

    for call in (growth.compare, growth.backtest):
        with pytest.raises(ValueError, match="two curves are called 'mine'"):
            call(drawn(), (first, mine))


@pytest.mark.parametrize("alone", [growth.bass, "bass", ["bass"]])
def test_one_curve_is_no_comparison(alone):
    with pytest.raises(ValueError, match="two or more"):
        growth.compare(drawn(), alone)


def test_a_table_is_held_out_as_its_series_is():
    table = growth.backtest(drawn(), growth.bass).summary()
    assert table.equals(growth.backtest(growth.read_counts(drawn()), [growth.bass]).summary())


def test_a_long_table_without_by_names_its_columns():
    with pytest.raises(ValueError, match=r"by= the column .*'series', 'year'"):
        growth.fit_many(drawn())


def test_fits_that_were_made_stand_side_by_side():
    sold = drawn()
    late, early = growth.fit(sold), growth.fit(sold.head(12))
    both = growth.compare({"late": late, "early": early})
    table = both.summary()
    assert table["curve"].tolist() == ["late", "early"], "in the order given"
    assert table["ceiling"].tolist() == [late.ceiling, early.ceiling]
    assert table["aicc_above_best"].isna().all()
    assert "different counts" in both.notes[0]
    assert both["early"] is early
    with pytest.raises(ValueError, match="two or more"):
        growth.compare({"late": late})


def test_fits_to_the_same_counts_are_compared_by_how_well_they_fit():
    made = {name: growth.fit(drawn(), name) for name in ("bass", "gompertz")}
    fitted = growth.compare(drawn(), ("bass", "gompertz"))
    assert growth.compare(made).summary().equals(fitted.summary())
    assert growth.compare(made).notes == fitted.notes


def test_the_interval_of_a_name_is_that_of_the_summary():
    found = growth.fit(drawn())
    for row in found.summary().itertuples():
        assert found.interval(row.parameter) == (row.lower, row.upper)
    with pytest.raises(UnknownName, match="Did you mean 'ceiling'"):
        found.interval("cieling")


def test_results_show_themselves():
    found = growth.fit(drawn())
    shown = (found, growth.forecast(found, 2), growth.backtest(drawn(), first=20))
    for one in (*shown, growth.compare(drawn()), growth.likelihood_ratio(drawn())):
        assert "<table" in one._repr_html_()


def test_the_face_of_fans_has_at_most_forty_names():
    assert len(dir(fans)) <= 40
