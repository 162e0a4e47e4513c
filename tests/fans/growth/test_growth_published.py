"""Numbers of the literature, each under its citation, with its tolerance."""

import numpy as np
import pytest

from frontporch import data
from frontporch.fans import growth
from frontporch.fans.growth.priors import PUBLISHED_MEAN


def sold(series):
    return data.load("bass_classics").query("series == @series")


# Textbook series of the Bass-model literature (Bass 1969; Srinivasan & Mason 1986); per-period
# nonlinear least squares without priors, computed independently with scipy. Relative 1e-3 for
# estimates; standard errors as printed, to two or three digits.
PER_PERIOD = [
    ("room_air_conditioners", (18_713, 0.009442, 0.3748), (1_410, 0.0020, 0.040)),
    ("color_television", (39_659, 0.018466, 0.6159), (2_270, 0.0032, 0.054)),
    ("clothes_dryers", (16_497, 0.013596, 0.3267), (1_230, 0.0023, 0.036)),
]


@pytest.mark.parametrize(("series", "estimates", "errors"), PER_PERIOD)
def test_bass_per_period(series, estimates, errors):
    found = growth.fit(sold(series), growth.bass, estimator="per-period", prior=None)
    assert found.estimator == "per-period least squares"
    table = found.summary().set_index("parameter").loc[["ceiling", "p", "q"]]
    assert table["estimate"].tolist() == pytest.approx(estimates, rel=1e-3)
    for error, printed in zip(table["standard_error"], errors, strict=True):
        digits = 3 if printed > 1 else 2
        assert float(f"{error:.{digits}g}") == pytest.approx(printed, rel=1e-9)


def test_vcr_density_form():
    # VCR in US homes, density form (series and form of the R package DIMORA's manual).
    found = growth.fit(sold("vcr_us"), growth.bass, estimator="density", prior=None)
    table = found.summary().set_index("parameter").loc[["ceiling", "p", "q"]]
    assert table["estimate"].tolist() == pytest.approx([67_981, 0.006594, 0.6381], rel=1e-3)
    assert table["standard_error"].tolist() == pytest.approx([3_128, 0.00143, 0.0414], rel=1e-3)


# Bass (1969), regression on the total and its square; to the last digit printed.
REGRESSION = [
    ("room_air_conditioners", 0.0170, 0.405, 0.895),
    ("clothes_dryers", 0.0196, 0.348, 0.896),
    ("color_television", 0.0357, 0.672, 0.928),
]


@pytest.mark.parametrize(("series", "p", "q", "r_squared"), REGRESSION)
def test_bass_regression(series, p, q, r_squared):
    found = growth.fit(sold(series), growth.bass, estimator="Bass regression")
    assert round(found.parameters["p"], 4) == p
    assert round(found.parameters["q"], 3) == q
    assert round(found.estimate.r_squared, 3) == r_squared


def test_mean_of_the_meta_analysis():
    # Sultan, Farley & Lehmann (1990), Journal of Marketing Research 27:70-77.
    row = data.load("bass_published").query("set == 'SultanFarleyLehmann1990'").iloc[0]
    assert PUBLISHED_MEAN == {"p": row["p"], "q": row["q"]} == {"p": 0.03, "q": 0.38}


def starbucks():
    return data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )


@pytest.mark.parametrize(
    ("curve", "ceiling", "error"),
    [(growth.logistic, 43.6e6, 0.115), (growth.gompertz, 147e6, 0.128)],
)
def test_starbucks_ceiling_depends_on_the_curve(curve, ceiling, error):
    # Fourteen dated counts to May 2012 that are not graded low; log totals, no prior.
    assert len(starbucks()) == 14
    found = growth.fit(starbucks(), curve, estimator="log totals", prior=None)
    assert found.ceiling == pytest.approx(ceiling, rel=0.02)
    left = np.log(found.fitted()["counted"] / found.fitted()["curve"])
    assert np.sqrt((left**2).mean()) == pytest.approx(error, rel=0.005)
    assert not found.has_intervals
    assert any("none is offered" in note for note in found.notes)


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
