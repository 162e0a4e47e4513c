"""Cox regression on plain durations: against statsmodels, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import optimize
from statsmodels.duration.hazard_regression import PHReg

from frontporch.stats import cox
from frontporch.stats.risk_sets import RiskSets

# Acute myelogenous leukaemia: survival's data set `aml` (Miller 1997, Survival Analysis).
WEEKS = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161, 5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45]
SEEN = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1]
GROUP = ["maintained"] * 11 + ["not"] * 12

NOT = pd.DataFrame({"not": [one == "not" for one in GROUP]}).astype(float)


def test_an_interval_is_that_of_the_table():
    found = cox(WEEKS, SEEN, NOT)
    row = found.summary().iloc[0]
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
        (SEEN, NOT.assign(name="ann"), "row 1: name is 'ann', but must be a number"),
        (SEEN, NOT.assign(age=[1.0] * 22 + [float("nan")]), "row 23: age is nan"),
    ],
)
def test_what_cannot_be_estimated_is_refused(arrived, covariates, message):
    with pytest.raises(ValueError, match=message):
        cox(WEEKS, arrived, covariates)


def drawn(seed, *, rows=40, whole=False, strata=1):
    """Rows with delayed entry, two covariates and ties of all kinds."""
    rng = np.random.default_rng(seed)
    entry = rng.integers(0, 5, rows).astype(float) if whole else rng.uniform(0, 5, rows)
    stay = rng.integers(1, 7, rows).astype(float) if whole else rng.exponential(4, rows)
    design = pd.DataFrame({"side": rng.integers(0, 2, rows), "age": rng.normal(size=rows)})
    return entry + stay, rng.random(rows) < 0.7, design, entry, rng.integers(0, strata, rows)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans(), st.sampled_from([1, 3]))
def test_delayed_entry_and_strata_are_those_of_statsmodels(seed, whole, strata):
    time, seen, design, entry, stratum = drawn(seed, whole=whole, strata=strata)
    assume(seen.sum() > 8)
    found = cox(time, seen, design, entry=entry, strata=stratum)
    assume(not any("maximum" in note for note in found.notes))
    theirs = PHReg(
        time,
        design.to_numpy(float),
        status=seen.astype(int),
        entry=entry + 1e-7,
        strata=stratum,
        ties="efron",
    )
    at = found.table["log_hazard_ratio"].to_numpy()
    assert theirs.score(at) == pytest.approx(np.zeros(2), abs=1e-6)
    assert found.log_likelihood == pytest.approx(theirs.loglike(at), abs=1e-8)
    assert np.linalg.inv(found.covariance) == pytest.approx(-theirs.hessian(at), rel=1e-6)
    sets = RiskSets(time, seen, design.to_numpy(float), stratum, entry)
    assert sets.expected(at, np.zeros(len(time)))[2].sum() == pytest.approx(seen.sum())


@given(st.integers(0, 2**32 - 1), st.floats(1e-12, 1e12), st.floats(-1e6, 1e6))
def test_neither_unit_nor_origin_of_a_covariate_matters(seed, unit, origin):
    time, seen, design, *_ = drawn(seed)
    assume(seen.sum() > 8)
    one = cox(time, seen, design).table
    moved = design.assign(age=unit * (design["age"] + round(origin)))
    two = cox(time, seen, moved).table
    assert two["note"].tolist() == one["note"].tolist()
    ratio = two["log_hazard_ratio"] * [1, unit]
    assert ratio.to_numpy() == pytest.approx(one["log_hazard_ratio"].to_numpy(), rel=1e-4, abs=1e-6)


@given(st.integers(0, 2**32 - 1), st.sampled_from(["constant", "twice", "sum"]))
def test_what_says_nothing_is_named_and_harms_nothing_else(seed, kind):
    time, seen, design, *_ = drawn(seed)
    assume(seen.sum() > 8)
    more = {
        "constant": pd.Series(3.0, index=design.index),
        "twice": 2 * design["age"] - 1,
        "sum": design["side"] + design["age"],
    }[kind]
    alone, both = cox(time, seen, design).table, cox(time, seen, design.assign(more=more)).table
    pd.testing.assert_frame_equal(alone, both.iloc[:2], atol=1e-6)
    last = both.iloc[2]
    assert last[["log_hazard_ratio", "standard_error", "lower", "upper"]].isna().all()
    said = "more is the same for all" if kind == "constant" else "more follows from side, age"
    assert last["note"].startswith(said)


@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_group_that_always_moves_first_has_one_limit(seed, turned):
    """Of a covariate beside it the numbers stay; the limit is that of the likelihood."""
    time, seen, design, *_ = drawn(seed)
    first = design["side"] == 1
    time = np.where(first, time, time + time[first].max(initial=0.0) + 1)
    assume(seen[first].sum() > 3 and seen[~first].sum() > 3)
    side = design["side"] if not turned else 1 - design["side"]
    found = cox(time, seen, design.assign(side=side))
    row = found.table.iloc[0]
    assert "no maximum" in row["note"] and "side" in row["note"]
    limit = np.log(row["upper" if turned else "lower"])
    assert row["lower" if turned else "upper"] == (0 if turned else np.inf)
    sets = RiskSets(time, seen, design.assign(side=side).to_numpy(float), np.zeros(40, int))

    def lost(age):
        return -sets.evaluate(np.array([limit, age]), np.zeros(40))[0]

    best = -optimize.minimize_scalar(lost, bracket=(-1, 1)).fun
    assert found.log_likelihood - best == pytest.approx(1.959964**2 / 2, abs=1e-3)
    assert found.table["standard_error"][1] > 0 and "maximum" not in found.table["note"][1]


def test_firths_penalty_is_that_of_its_definition_and_always_has_two_limits():
    time = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])
    x = np.array([1, 1, 1, 1, 0, 0, 0, 0.0])
    sets = RiskSets(time, np.ones(8, bool), x[:, None], np.zeros(8, int))

    def penalised(b):
        value, _, information = sets.evaluate(np.array([b]), np.zeros(8))
        return value + np.log(information[0, 0]) / 2

    best = optimize.minimize_scalar(lambda b: -penalised(b), bracket=(0, 3), tol=1e-12)
    row = cox(time, [1] * 8, pd.DataFrame({"x": x}), penalty="firth").table.iloc[0]
    assert row["log_hazard_ratio"] == pytest.approx(best.x, abs=1e-5)
    for end in ("lower", "upper"):
        fall = -best.fun - penalised(np.log(row[end]))
        assert fall == pytest.approx(1.959964**2 / 2, abs=1e-4)
    assert 0 < row["lower"] < row["hazard_ratio"] < row["upper"] < np.inf
    with pytest.raises(ValueError, match="penalty is 'ridge', but must be 'firth'"):
        cox(time, [1] * 8, pd.DataFrame({"x": x}), penalty="ridge")


@pytest.mark.slow
def test_firths_limits_cover_where_one_group_hardly_moves():
    """True ratio 20, 20 people a group: in one set of twenty the slower group never moves."""
    hits = []
    for seed in range(600):
        rng = np.random.default_rng(seed)
        x = np.repeat([0.0, 1.0], 20)
        wait, last = rng.exponential(20 / 20**x), rng.uniform(2, 8, 40)
        covariate = pd.DataFrame({"x": x})
        row = cox(np.minimum(wait, last), wait < last, covariate, penalty="firth").table.iloc[0]
        hits.append(row["lower"] <= 20 <= row["upper"])
    assert 0.93 <= np.mean(hits) <= 0.985
