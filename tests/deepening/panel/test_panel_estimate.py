"""Rates from snapshots beside rates from the same pairs with every move timed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from frontporch.deepening import Ladder, fit
from frontporch.deepening.panel import (
    by_interval,
    crude_rates,
    fit_panel,
    fitted_looks,
    read_snapshots,
    snapshots,
)
from frontporch.deepening.panel.identification import to_and_fro
from frontporch.deepening.panel.likelihood import PanelLikelihood

LADDER = Ladder.online_and_offline()
STEPS = tuple(LADDER.rates["offline"])


@pytest.fixture(scope="module")
def spells():
    return LADDER.simulate(pairs=2_000, weeks=104, seed=11)


@pytest.fixture(scope="module")
def estimate(spells):
    return fit_panel(snapshots(spells, every=4), ["channel"])


def test_the_gradient_is_that_of_finite_differences(spells):
    table = snapshots(spells, 8).assign(age=lambda t: (t["pair"] % 5).astype(float))
    seen = read_snapshots(table, ["channel", "age"])
    likelihood = PanelLikelihood(seen, STEPS, np.ones((len(STEPS), 2), bool))
    at = np.concatenate([np.log(list(LADDER.rates["offline"].values())), np.full(18, 0.1)])
    value, gradient = likelihood.value_and_gradient(at)
    assert value == pytest.approx(likelihood.value(at))
    for k, step in enumerate(1e-6 * np.eye(len(at))):
        slope = (likelihood.value(at + step) - likelihood.value(at - step)) / 2e-6
        assert gradient[k] == pytest.approx(slope, abs=1e-3)


def test_snapshots_and_timed_moves_agree_within_their_errors(spells, estimate):
    timed = fit(spells, by="channel")
    for channel in ("online", "offline"):
        one = timed[channel].rates.set_index(["stage", "next_stage"])
        other = estimate.rates(channel=channel).set_index(["stage", "next_stage"]).loc[one.index]
        apart = np.log(other["rate"] / one["rate"]) / other["log_error"]
        assert np.abs(apart).max() < 3.5
        # Looks say less than timed moves do.
        assert (other["log_error"] > 0.98 * one["log_error"]).all()


def test_one_covariate_for_all_steps_is_two_separate_fits(spells, estimate):
    table = snapshots(spells, every=4)
    online = fit_panel(table[table["channel"] == "online"])
    offline = fit_panel(table[table["channel"] == "offline"])
    assert estimate.log_likelihood == pytest.approx(
        online.log_likelihood + offline.log_likelihood, abs=1e-4
    )
    np.testing.assert_allclose(
        estimate.rates(channel="online")["rate"], online.rates()["rate"], rtol=1e-4
    )


def test_equal_rows_are_counted_together(spells):
    table = snapshots(spells, every=8)
    seen = read_snapshots(table)
    assert seen.moves == len(table) - table["pair"].nunique()
    assert len(seen.gap) < seen.moves / 2
    # With a covariate that tells all pairs apart nothing is collapsed, and nothing changes.
    alone = read_snapshots(table.assign(number=table["pair"].astype(float)), ["number"])
    few = PanelLikelihood(seen, STEPS, np.ones((9, 0), bool))
    many = PanelLikelihood(alone, STEPS, np.zeros((9, 1), bool))
    at = np.log(list(LADDER.rates["offline"].values()))
    assert few.value(at) == pytest.approx(many.value(at), rel=1e-12)


def test_covariates_of_some_steps_only(spells):
    step = ("stranger", "acquaintance")
    found = fit_panel(snapshots(spells, 4), {step: ["channel"]})
    effects = found.summary().query("covariate != ''")
    assert list(zip(effects["stage"], effects["next_stage"], strict=True)) == [step]
    assert effects["lower"].iloc[0] < 1.8 < effects["upper"].iloc[0]


def test_a_loss_that_is_seen_at_the_next_look_only(spells):
    table = snapshots(spells, every=4, exact=())
    assert (table["time"] % 4 == 0).all()
    found = fit_panel(table, exact=()).rates()
    truth = fit(spells)["all"].rates.set_index(["stage", "next_stage"])["rate"]
    for row in found.itertuples():
        assert abs(np.log(row.rate / truth[row.stage, row.next_stage])) < 3.5 * row.log_error


def test_a_ladder_of_ones_own():
    own = Ladder({"shop": {("in", "out"): 0.3, ("out", "in"): 0.2}}, ("in", "out"))
    spells = own.simulate(400, 60, seed=3, start="in")
    table = snapshots(spells, every=2, exact=())
    found = fit_panel(table, steps=own.rates["shop"], exact=(), stages=own.stages)
    assert found.rates()["rate"].tolist() == pytest.approx([0.3, 0.2], rel=0.12)
    assert found.notes == ()
    with pytest.raises(ValueError, match="name the steps"):
        fit_panel(table, exact=(), stages=own.stages)


def test_looks_that_are_too_rare_are_said_to_be():
    own = Ladder({"shop": {("in", "out"): 1.0, ("out", "in"): 0.8}}, ("in", "out"))
    table = snapshots(own.simulate(300, 400, seed=3, start="in"), every=20, exact=())
    notes = fit_panel(table, steps=own.rates["shop"], exact=(), stages=own.stages).notes
    assert any(
        "looks are 20 weeks apart" in note and "Look at least every" in note for note in notes
    )


def test_only_ways_that_lead_back_are_to_and_fro():
    assert set(to_and_fro(STEPS)) == {
        ("acquaintance", "buyer"),
        ("buyer", "acquaintance"),
        ("buyer", "friend"),
        ("friend", "buyer"),
    }


def test_a_rate_that_nothing_speaks_for_has_no_interval():
    table = snapshots(LADDER.simulate(60, 40, seed=2), every=4)
    extra = (*STEPS, ("friend", "acquaintance"))
    found = fit_panel(table, steps=extra)
    row = found.rates().query("stage == 'friend' and next_stage == 'acquaintance'").iloc[0]
    assert row["rate"] < 1e-3 and row["note"]
    assert any("friend to acquaintance" in note for note in found.notes)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.assign(stage=t["stage"].replace("friend", "frend")), "Did you mean 'friend'"),
        (lambda t: t.drop(columns="time"), "this column is missing"),
        (lambda t: t.groupby("pair").head(1), "looked at twice"),
        (lambda t: t.assign(channel=[f"c{k % 2}" for k in range(len(t))]), "give every pair one"),
        (lambda t: pd.concat([t, t.iloc[[0]]]), "row"),
    ],
)
def test_a_table_that_is_wrong_is_told_so(spells, change, message):
    table = snapshots(spells, every=8).astype({"stage": object, "channel": object})
    with pytest.raises(ValueError, match=message):
        fit_panel(change(table).reset_index(drop=True))


def test_a_move_that_no_steps_lead_to_is_refused(spells):
    table = snapshots(spells, every=8)
    with pytest.raises(ValueError, match="not possible"):
        fit_panel(table, steps=[s for s in STEPS if s != ("buyer", "acquaintance")])
    with pytest.raises(ValueError, match="Did you mean 'channel'"):
        fit_panel(table, ["chanel"])
    with pytest.raises(KeyError, match="There is no step"):
        fit_panel(table, {("friend", "stranger"): ["channel"]})


def test_the_result_tells_what_it_is(estimate):
    assert len(estimate.summary()) == 18
    assert "maximum likelihood" in estimate.estimator
    assert "scipy" in estimate.versions
    assert estimate.ladder(channel="online").channels == ("all",)
    with pytest.raises(KeyError, match="There is no covariate"):
        estimate.rates(age=3)


def test_moves_seen_by_weeks_fall_short_and_likelihood_does_not(spells):
    found = by_interval(spells, every=[8]).query("stage == 'stranger'")
    rates = found.query("next_stage == 'acquaintance'").set_index("reading")["rate"]
    assert rates["moves seen by weeks"] < 0.4 * rates["timed moves"]
    assert rates["maximum likelihood"] == pytest.approx(rates["timed moves"], rel=0.1)
    crude = crude_rates(snapshots(spells, 8), STEPS)
    assert (crude["lower"] < crude["rate"]).all()


def test_the_rates_give_back_the_looks(estimate):
    looks = fitted_looks(estimate)
    assert looks["seen"].sum() == pytest.approx(looks["expected"].sum(), rel=0.01)
    large = looks[looks["expected"] > 20]
    assert (np.abs(large["seen"] - large["expected"]) < 4.5 * np.sqrt(large["expected"])).all()


def test_the_rates_give_back_looks_of_two_gaps():
    alike = Ladder.online_and_offline(hazard_ratio=1)
    table = snapshots(alike.simulate(2_000, 104, seed=7), {"offline": 4, "online": 1.2})
    looks = fitted_looks(fit_panel(table, ["channel"]))
    assert looks["seen"].sum() == pytest.approx(looks["expected"].sum(), rel=0.01)
    large = looks[looks["expected"] > 20]
    assert (np.abs(large["seen"] - large["expected"]) < 4.5 * np.sqrt(large["expected"])).all()


def small(rates=None, seed=7):
    """Snapshots of a ladder of three stages, quick to fit."""
    steps = {("in", "up"): 0.2, ("up", "in"): 0.1, ("up", "out"): 0.05} | (rates or {})
    both = {"offline": steps, "online": {step: 1.5 * rate for step, rate in steps.items()}}
    ladder = Ladder(both, ("in", "up", "out"))
    return snapshots(ladder.simulate(pairs=200, weeks=40, seed=seed, start="in"), 3, exact=["out"])


def fitted(table, *covariates):
    steps = [("in", "up"), ("up", "in"), ("up", "out")]
    return fit_panel(table, covariates, steps=steps, exact=["out"], stages=["in", "up", "out"])


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.floats(1e-6, 1e8), st.floats(1e-6, 1e6), st.integers(0, 2**16))
def test_neither_the_unit_of_time_nor_that_of_a_covariate_matters(unit, size, seed):
    table = small(seed=seed).assign(x=lambda t: (t["pair"] % 7).astype(float))
    one = fitted(table, "x")
    two = fitted(table.assign(time=table["time"] * unit, x=table["x"] * size), "x")
    timed = one.likelihood.seen.count[one.likelihood.seen.timed].sum()
    assert two.log_likelihood + timed * np.log(unit) == pytest.approx(one.log_likelihood, abs=1e-6)
    rates = np.append(np.full(3, 1 / unit), np.full(3, 1.0))
    assert np.exp(two.parameters[:3]) == pytest.approx(
        rates[:3] * np.exp(one.parameters[:3]), rel=1e-4
    )
    assert two.parameters[3:] * size == pytest.approx(one.parameters[3:], abs=1e-4)
    errors = two.summary()["log_error"].to_numpy() * np.append(np.ones(3), np.full(3, size))
    assert errors == pytest.approx(one.summary()["log_error"].to_numpy(), rel=1e-3)
    assert len(two.notes) == len(one.notes)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 2**16))
def test_one_effect_without_a_top_wipes_out_no_other_interval(seed):
    table = small(seed=seed)
    never = table["channel"] == "online"
    # Nobody online ever comes back from up to in.
    back = never & (table["stage"] == "in") & (table.groupby("pair")["stage"].shift() == "up")
    table = table[~table["pair"].isin(table["pair"][back])]
    found = fitted(table, "channel")
    rows = found.summary()
    assert rows["log_error"].isna().tolist() == [False] * 4 + [True, False]
    last = rows.iloc[4]
    assert (last["estimate"], last["lower"]) == (0, 0) and 0 < last["upper"] < np.inf
    assert "only an upper limit" in found.notes[0] and len(found.notes) <= 2
    k, drop = 4, found.log_likelihood - 1.959964**2 / 2
    at = found.parameters.copy()
    at[k] = np.log(last["upper"])
    assert found.likelihood.value(at) <= drop + 1e-6
    online = found.rates(channel="online")
    assert online["log_error"].isna().tolist() == [False, True, False]
    assert online["note"][1].startswith("the snapshots do not tell it")
    assert len(found.ladder(channel="online").rates["all"]) == 2


def test_a_step_that_is_never_made_has_an_upper_limit():
    table = small()
    table = table[~table["pair"].isin(table["pair"][table["stage"] == "out"])]
    found = fitted(table)
    row = found.summary().iloc[2]
    assert (row["estimate"], row["lower"]) == (0, 0) and "no sign of such a move" in found.notes[0]
    # Nobody left in all the weeks spent there: the limit is half of 1.96 squared by these weeks.
    began = found.likelihood.seen
    weeks = (began.gap * began.count)[(began.start == 1) & (began.end == 1)].sum()
    assert row["upper"] == pytest.approx(1.92 / weeks, rel=0.5)
    assert found.summary()["log_error"][:2].notna().all()
