"""The log-rank test against statsmodels and what follows from its definition."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import survdiff

from frontporch.stats import logrank

# Acute myelogenous leukaemia: survival's data set `aml` (Miller 1997, Survival Analysis).
WEEKS = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
SEEN = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
GROUP = ["maintained"] * 11 + ["not"] * 12


@pytest.fixture(scope="module")
def many():
    rng = np.random.default_rng(7)
    entry = rng.integers(0, 6, 300).astype(float)
    return {
        "durations": entry + rng.integers(1, 30, 300),
        "arrived": rng.random(300) < 0.6,
        "group": rng.integers(0, 3, 300),
        "entry": entry,
        "strata": rng.integers(0, 4, 300),
    }


@pytest.mark.parametrize("beside", [None, "entry", "strata"])
def test_statsmodels(many, beside):
    given = {k: many[k] for k in ("durations", "arrived", "group")}
    more = {beside: many[beside]} if beside else {}
    found = logrank(**given, **more)
    if beside == "entry":  # statsmodels counts the moment of entry as well
        more = {"entry": np.nextafter(many["entry"], np.inf)}
    statistic, p_value = survdiff(*given.values(), **more)
    assert found.statistic == pytest.approx(statistic, rel=1e-9)
    assert found.p_value == pytest.approx(p_value, rel=1e-9)


def test_strata_sum_up_with_delayed_entry(many):
    # Two groups: (sum of O - E)² by the sum of the variances, which is (O - E)²/chi² in each.
    table = {**many, "group": many["group"] > 0}
    apart, variance = 0.0, 0.0
    for one in range(4):
        at = table["strata"] == one
        found = logrank(**{k: table[k][at] for k in ("durations", "arrived", "group", "entry")})
        first = found.table.iloc[0]
        apart += first["arrived"] - first["expected"]
        variance += (first["arrived"] - first["expected"]) ** 2 / found.statistic
    assert logrank(**table).statistic == pytest.approx(apart**2 / variance, rel=1e-9)


def test_what_is_expected_sums_to_what_arrived(many):
    found = logrank(**many)
    assert found.table["expected"].sum() == pytest.approx(found.table["arrived"].sum())
    assert found.degrees == 2 and found.summary()["at_start"].sum() == 300


def test_a_stratum_of_its_own_for_each_group_leaves_nothing_to_compare(many):
    found = logrank(many["durations"], many["arrived"], many["group"], strata=many["group"])
    assert found.statistic == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"group": ["a"] * 23}, "one group only"),
        ({"arrived": [0] * 23}, "nothing arrived"),
        ({"group": GROUP[:-1]}, "one length"),
        ({"entry": [0] * 22 + [45]}, "row 23: entry is 45"),
        ({"strata": [None] + ["x"] * 22}, "must not be missing"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        logrank(**({"durations": WEEKS, "arrived": SEEN, "group": GROUP} | change))
