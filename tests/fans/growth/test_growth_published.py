"""Textbook series and one brand: what estimators and curves leave open."""

import pytest

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.priors import PUBLISHED_MEAN


def sold(series):
    return data.load("bass_classics").query("series == @series")


def starbucks():
    return data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )


@pytest.mark.parametrize("curve", [growth.logistic, growth.gompertz])
def test_starbucks_has_a_ceiling_without_an_interval(curve):
    found = growth.fit(starbucks(), curve, estimator="log totals", prior=None)
    assert not found.has_intervals
    assert any("none is offered" in note for note in found.notes)


def test_the_meta_analysis_is_that_of_the_table():
    row = data.load("bass_published").query("set == 'SultanFarleyLehmann1990'").iloc[0]
    assert {"p": row["p"], "q": row["q"]} == PUBLISHED_MEAN


def test_starbucks_curves_fit_alike_and_disagree():
    found = growth.compare(
        starbucks(), (growth.logistic, growth.gompertz), estimator="log totals", prior=None
    )
    assert "logistic and gompertz fit alike and disagree on the ceiling" in found.notes[0]


def test_five_estimators_on_one_series():
    # On the VCR series the estimators give p from .0066 to .0216: the name belongs to the number.
    found = {
        name: growth.fit(sold("vcr_us"), estimator=name, prior=None).parameters["p"]
        for name in ("per-period", "density", "penalised", "log totals", "Bass regression")
    }
    assert min(found.values()) == pytest.approx(0.0066, abs=5e-5)
    assert max(found.values()) == pytest.approx(0.0216, abs=5e-5)
    assert found["density"] == min(found.values())
    assert found["Bass regression"] == max(found.values())
