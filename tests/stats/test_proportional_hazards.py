"""Cox regression on plain durations: R's numbers, and what is refused."""

import pandas as pd
import pytest

from frontporch.stats import cox

# Acute myelogenous leukaemia: survival's data set `aml` (Miller 1997, Survival Analysis).
WEEKS = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
SEEN = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
GROUP = ["maintained"] * 11 + ["not"] * 12

NOT = pd.DataFrame({"not": [one == "not" for one in GROUP]}).astype(float)


def test_r_coxph():
    # R 4.3, survival 3.5: coxph(Surv(time, status) ~ x, aml): coef 0.9155, se 0.5119.
    found = cox(WEEKS, SEEN, NOT)
    row = found.summary().iloc[0]
    assert row["log_hazard_ratio"] == pytest.approx(0.9155, abs=5e-5)
    assert row["standard_error"] == pytest.approx(0.5119, abs=5e-5)
    assert found.interval("not") == (row["lower"], row["upper"])
    assert not found.notes


def test_few_arrivals_are_told():
    found = cox(WEEKS[:11], SEEN[:11], pd.DataFrame({"odd": [place % 2 for place in range(11)]}))
    assert "fewer than 10 events" in found.notes[0]


def test_who_enters_late_is_at_risk_from_then_on_only():
    late = cox([*WEEKS, 50], [*SEEN, 0], pd.concat([NOT, NOT[-1:]]), entry=[0] * 23 + [49])
    assert late.log_likelihood == pytest.approx(cox(WEEKS, SEEN, NOT).log_likelihood)


@pytest.mark.parametrize(
    ("arrived", "covariates", "message"),
    [
        ([0] * 23, NOT, "nothing arrived"),
        (SEEN, NOT[:-1], "one length"),
        (SEEN, pd.DataFrame({"weeks": WEEKS}), "the likelihood has no maximum"),
    ],
)
def test_what_cannot_be_estimated_is_refused(arrived, covariates, message):
    with pytest.raises(ValueError, match=message):
        cox(WEEKS, arrived, covariates)
