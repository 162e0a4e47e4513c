"""Covariates in units in which nothing can be reckoned, and covariates that do not vary."""

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import Ladder, hazard_ratios
from frontporch.deepening.panel import fit_panel, snapshots
from frontporch.stats import cox, weibull_regression

RNG = np.random.default_rng(0)
TIME, SEEN, X = RNG.exponential(5, 60), RNG.random(60) < 0.8, RNG.normal(size=60)


@pytest.mark.parametrize("fitted", [cox, weibull_regression])
@pytest.mark.parametrize("size", [1e-300, 1e-120, 1e150])
def test_a_unit_beyond_all_measure_is_refused_with_one_that_works(fitted, size):
    given = pd.DataFrame({"age": size * X})
    with pytest.raises(ValueError, match=r"age differs by .* Give it in another unit") as error:
        fitted(TIME, SEEN, given)
    divided = str(error.value).split(" / ")[1].rstrip(".")
    found = fitted(TIME, SEEN, given / float(divided)).summary()
    assert np.isfinite(found.iloc[-1][["lower", "upper"]].astype(float)).all()


@pytest.mark.parametrize("size", [1e-12, 1e9])
def test_odd_units_within_measure_give_the_same(size):
    one = cox(TIME, SEEN, pd.DataFrame({"age": X})).table
    other = cox(TIME, SEEN, pd.DataFrame({"age": size * X})).table
    assert other["log_hazard_ratio"][0] * size == pytest.approx(one["log_hazard_ratio"][0])


def test_infinite_is_not_called_missing():
    with pytest.raises(ValueError, match="row 1: age is inf: give a number"):
        weibull_regression(TIME, SEEN, pd.DataFrame({"age": [np.inf, *X[1:]]}))


@pytest.fixture(scope="module")
def spells():
    return Ladder.online_and_offline().simulate(pairs=60, weeks=30, seed=3)


def test_in_deepening_too(spells):
    tiny = spells.assign(age=spells["pair"] * 1e-200)
    with pytest.raises(ValueError, match="age differs by"):
        hazard_ratios(tiny, "stranger", "acquaintance", ["age"])
    looks = snapshots(tiny, every=4)
    with pytest.raises(ValueError, match="age differs by"):
        fit_panel(looks, "age")


@pytest.mark.parametrize("value", [0.0, 3.5])
def test_a_covariate_that_does_not_vary_says_nothing_of_the_panel(spells, value):
    """It was said that no move was seen, because the rates and its effects ran away together."""
    looks = snapshots(spells, every=4).assign(dose=value)
    with pytest.raises(ValueError, match=r"'dose' is .* in every row: it can explain nothing"):
        fit_panel(looks, "dose")
