"""Formulas of covariates: an effect of each step's own, or one that several steps share."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import Ladder
from frontporch.deepening.panel import fit_panel, snapshots
from frontporch.deepening.panel.terms import effects, read_terms
from frontporch.streams import spawn

STEPS = (("in", "up"), ("up", "in"), ("up", "out"))
UP, BACK, OUT = (f"{a} to {b}" for a, b in STEPS)


def looks(seed=7, pairs=300, ratios=(1.5, 1.5, 1.5)):
    """Looks every 3 weeks; rates online are those offline times a ratio, step by step."""
    offline = dict(zip(STEPS, (0.2, 0.1, 0.05), strict=True))
    online = {step: r * k for (step, r), k in zip(offline.items(), ratios, strict=True)}
    ladder = Ladder({"offline": offline, "online": online}, ("in", "up", "out"))
    table = snapshots(ladder.simulate(pairs, 40, seed, start="in"), 3, exact=["out"])
    return table.assign(age=(table["pair"] % 5).astype(float))


def fitted(table, covariates, **more):
    return fit_panel(
        table, covariates, steps=STEPS, exact=["out"], stages=["in", "up", "out"], **more
    )


@pytest.fixture(scope="module")
def table():
    return looks()


def numbers(covariates, names=("age", "channel: online")):
    return effects(read_terms(covariates, STEPS, ["age", "channel"]), STEPS, names).tolist()


@pytest.mark.parametrize(
    ("covariates", "wanted"),
    [
        ("age", [[0, -1], [1, -1], [2, -1]]),
        (["age"], [[0, -1], [1, -1], [2, -1]]),
        ("age + channel", [[0, 1], [2, 3], [4, 5]]),
        ("~ age + same(channel)", [[0, 1], [2, 1], [3, 1]]),
        ([f"{UP}, {OUT} ~ same(age)"], [[0, -1], [-1, -1], [0, -1]]),
        ([f"{UP},{OUT}~same( age )", f"{BACK} ~ age"], [[0, -1], [1, -1], [0, -1]]),
        ({STEPS[1]: ["age"]}, [[-1, -1], [0, -1], [-1, -1]]),
        ({STEPS[1]: "age + channel"}, [[-1, -1], [0, 1], [-1, -1]]),
        ([], [[-1, -1]] * 3),
    ],
)
def test_formulas_are_read(covariates, wanted):
    assert numbers(covariates) == wanted


def test_what_is_the_name_of_a_column_is_that_column():
    terms = read_terms(["a + b", "same(x)"], STEPS, ["a + b", "same(x)"])
    assert [term.column for term in terms] == ["a + b", "same(x)"]
    assert not any(term.same for term in terms)


@pytest.mark.parametrize(
    ("covariates", "error", "said"),
    [
        ("in to uq ~ age", KeyError, "There is no step 'in to uq'. Did you mean 'in to up'"),
        ({("up", "up"): ["age"]}, KeyError, "There is no step 'up to up'"),
        ("in to up ~", ValueError, "lacks the name of a column"),
        ("age + ", ValueError, "lacks the name of a column"),
        ("~ same()", ValueError, "lacks the name of a column"),
        (["age", "in to up ~ age"], ValueError, "'age' stands twice for in to up"),
        ({STEPS[0]: ["same(age)"]}, ValueError, r"write a list: covariates=\['in to up, "),
        ("agee", ValueError, "there is no covariate 'agee'. Did you mean 'age'"),
    ],
)
def test_what_is_no_formula_is_told(table, covariates, error, said):
    with pytest.raises(error, match=said):
        fitted(table, covariates)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.assign(age=t["age"].where(t.index != 3)), "missing in 1 rows, such as row 4"),
        (lambda t: t.assign(age=t["age"].where(t.index != 3, np.inf)), "row 4: covariate 'age'"),
    ],
)
def test_a_value_that_is_no_number_is_told(table, change, said):
    with pytest.raises(ValueError, match=said):
        fitted(change(table.reset_index(drop=True)), "age")


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**16), st.sampled_from([[[0], [0], [1]], [[0], [1], [0]], [[0]] * 3]))
def test_the_gradient_of_shared_effects_is_that_of_finite_differences(seed, shared):
    found = fitted(looks(seed, pairs=60), "~ same(age)").likelihood
    found = type(found)(found.seen, STEPS, np.ones((3, 1), bool), np.array(shared))
    at = np.append(np.log([0.2, 0.1, 0.05]), np.full(found.size - 3, 0.1))
    _, gradient = found.value_and_gradient(at)
    for k, step in enumerate(1e-6 * np.eye(len(at))):
        slope = (found.value(at + step) - found.value(at - step)) / 2e-6
        assert gradient[k] == pytest.approx(slope, abs=1e-3)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**16))
def test_one_effect_for_all_steps_lies_below_effects_of_their_own(seed):
    """And where its value is put in for all of them, their likelihood is the same."""
    data = looks(seed, pairs=120)
    same, own = fitted(data, "~ same(channel)"), fitted(data, "channel")
    assert same.log_likelihood <= own.log_likelihood + 1e-8
    spread = np.append(same.parameters[:3], np.repeat(same.parameters[3], 3))
    assert own.likelihood.value(spread) == pytest.approx(same.log_likelihood, rel=1e-12)
    assert len(same.summary()) == 4 and same.summary()["stage"].iloc[-1] == "any"
    # What the parts of the information add up to, at one place.
    cut = np.vstack([np.eye(4)[:3], np.repeat(np.eye(4)[3:], 3, axis=0)])
    there = own.likelihood.information(spread)
    assert same.likelihood.information(same.parameters) == pytest.approx(
        cut.T @ there @ cut, rel=1e-4, abs=1e-3
    )


def test_formulas_reach_rates_notes_and_ladders(table):
    found = fitted(table, [f"{UP}, {BACK} ~ same(channel)", f"{OUT} ~ age"])
    rows = found.summary()
    assert rows["stage"].tolist()[3:] == ["in or up", "up"]
    assert rows["next_stage"].tolist()[3:] == ["up or in", "out"]
    ratio = rows["estimate"][3]
    online, offline = (found.rates(channel=one)["rate"] for one in ("online", "offline"))
    assert (online / offline).tolist() == pytest.approx([ratio, ratio, 1.0])
    aged = found.rates(age=1)["rate"] / offline
    assert aged.tolist() == pytest.approx([1, 1, rows["estimate"][4]])
    assert found.ladder(channel="online").channels == ("all",)


def test_a_shared_effect_of_which_nothing_is_told_says_so(table):
    age = (table["pair"] % 3).astype(float)
    found = fitted(table.assign(age=age, twice=2 * age), "~ same(age) + same(twice)")
    row = found.summary().iloc[-1]
    assert row["note"] and any("any" in note or "age" in note for note in found.notes)


def covered(sets, pairs, seed):
    hits = 0
    for rng in spawn(seed, sets):
        row = fitted(looks(rng, pairs), "~ same(channel)").summary().iloc[-1]
        hits += row["lower"] <= 1.5 <= row["upper"]
    return hits / sets


def test_intervals_of_a_shared_effect_cover_in_a_few_sets():
    assert covered(sets=10, pairs=60, seed=3) >= 0.7


@pytest.mark.slow
def test_intervals_of_a_shared_effect_cover():
    # 200 sets: four standard errors are 6.2 points.
    assert covered(sets=200, pairs=150, seed=4) >= 0.89


def test_a_text_of_three_groups_has_one_effect_a_group():
    three = looks().assign(kind=lambda t: pd.Series(["a", "b", "c"]).iloc[t["pair"] % 3].to_numpy())
    found = fitted(three, "~ same(kind)")
    assert found.summary()["covariate"].tolist()[3:] == ["kind: b", "kind: c"]
