"""The four numbers for "faster", and Cox regression."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch.deepening import Ladder, compare, fit, hazard_ratios
from frontporch.deepening.hazards import hazard_ratio
from frontporch.deepening.spells import read_spells

MEASURES = ["hazard ratio", "ratio of median sojourns", "reached by week 26", "ever reached"]


def four(spells, **settings):
    estimate = fit(spells, by="channel")
    return (
        compare(estimate["online"], estimate["offline"], **settings).summary().set_index("measure")
    )


def test_four_numbers_of_the_reference(golden_spells, printed):
    table = four(golden_spells)
    assert list(table.index) == MEASURES
    ratio = np.log(table.loc["hazard ratio", "contrast"])
    assert ratio == printed("cox_by_step", "stranger to acquaintance, log hazard ratio")
    assert table.loc["reached by week 26", "online"] == pytest.approx(0.23, abs=1e-12)
    inside = (table["lower"] < table["contrast"]) & (table["contrast"] < table["upper"])
    assert inside.all()


def test_true_values_lie_in_the_intervals_of_a_large_simulation():
    ladder = Ladder.online_and_offline()
    table = four(ladder.simulate(pairs=40_000, weeks=104, seed=7))
    reach, by = ladder.reach("friend"), ladder.reach_by("friend", 26).iloc[0]
    truth = {
        "hazard ratio": 1.8,
        "ratio of median sojourns": 0.16 / 0.24,
        "reached by week 26": by["online"] - by["offline"],
        "ever reached": reach["online"] - reach["offline"],
    }
    for measure, value in truth.items():
        # Four standard errors: twice the width of a 95 % interval from its middle, and a bit.
        row = table.loc[measure]
        assert abs(row["contrast"] - value) < 4 / 1.96 * (row["upper"] - row["lower"]) / 2


def test_few_events_are_said():
    spells = Ladder.online_and_offline().simulate(pairs=30, weeks=20, seed=7)
    estimate = fit(spells, by="channel")
    assert any("do not rely" in text for text in estimate.notes)
    found = compare(estimate["online"], estimate["offline"], weeks=10)
    assert any("do not rely" in text for text in found.notes)


def test_what_cannot_be_compared_is_named(golden_spells):
    estimate = fit(golden_spells, by="channel")
    with pytest.raises(KeyError, match="Did you mean 'online'"):
        estimate["onlin"]
    never = compare(estimate["online"], estimate["offline"], step=("stranger", "friend"))
    assert "nobody moved while both groups were at risk" in never.notes[0]
    assert never.table["contrast"].notna().tolist() == [False, True, True, True]
    with pytest.raises(ValueError, match="observed up to week"):
        compare(estimate["online"], estimate["offline"], weeks=500)


def test_cox_with_a_number_and_a_clock_since_contact(golden_spells):
    spells = golden_spells.assign(visits=golden_spells["pair"] % 5)
    both = hazard_ratios(
        spells, "acquaintance", "buyer", ("channel", "visits"), reference="offline"
    )
    assert both["covariate"].tolist() == ["channel: online", "visits"]
    since_contact = hazard_ratios(spells, "acquaintance", "buyer", clock="contact")
    assert since_contact["log_hazard_ratio"][0] != both["log_hazard_ratio"][0]


@pytest.mark.parametrize(
    ("change", "settings", "message"),
    [
        ({}, {"covariates": ("chanel",)}, "no covariate 'chanel'"),
        ({}, {"clock": "wall"}, "one of: stage, contact"),
        ({"channel": "online"}, {}, "one value only"),
        ({"channel": None}, {}, "missing in"),
    ],
)
def test_cox_names_what_is_wrong(golden_spells, change, settings, message):
    with pytest.raises(ValueError, match=message):
        hazard_ratios(golden_spells.assign(**change), "stranger", "acquaintance", **settings)


@pytest.mark.parametrize(
    "step",
    [
        ("stranger", "acquaintance"),
        ("acquaintance", "buyer"),
        ("buyer", "friend"),
        ("friend", "lost"),
    ],
)
def test_hazard_ratio_of_two_groups_is_that_of_cox_regression(golden_spells, step):
    groups = read_spells(golden_spells, by="channel")
    row = hazard_ratios(golden_spells, *step, reference="offline").iloc[0]
    ratio, lower, upper, _ = hazard_ratio(groups["online"], groups["offline"], *step)
    assert (ratio, lower, upper) == pytest.approx(
        (row["hazard_ratio"], row["lower"], row["upper"]), rel=1e-8
    )


def test_hazard_ratio_with_ties_is_that_of_cox_regression():
    rng = np.random.default_rng(7)
    left = rng.integers(1, 6, 300)
    table = pd.DataFrame(
        {
            "pair": range(300),
            "channel": np.where(np.arange(300) % 2, "a", "b"),
            "stage": "here",
            "entered": 0.0,
            "left": left,
            "next_stage": np.where(rng.random(300) < 0.7, "gone", None),
        }
    )
    table["stage"] = pd.Categorical(table["stage"], ["here", "gone"])
    groups = read_spells(table, by="channel")
    row = hazard_ratios(table, "here", "gone", reference="b").iloc[0]
    found = hazard_ratio(groups["a"], groups["b"], "here", "gone")
    assert found[:3] == pytest.approx((row["hazard_ratio"], row["lower"], row["upper"]), rel=1e-7)


def test_hazard_ratio_supposes_no_shape_where_rates_do():
    # Under a law that slows down the ratio of rates is 1.98; the hazards' is 1.8 all along.
    def slows_down(hazard, rate):
        weeks = hazard / rate
        return np.where(weeks < 4, weeks, 4 + 2 * (weeks - 4))

    spells = Ladder.online_and_offline().simulate(40_000, 104, seed=7, law=slows_down)
    row = four(spells).loc["hazard ratio"]
    assert row["lower"] < 1.8 < row["upper"]
    assert row["online"] / row["offline"] > row["upper"]


def test_cox_names_the_nearest_reference_and_a_group_without_events(golden_spells):
    with pytest.raises(KeyError, match="Did you mean 'offline'"):
        hazard_ratios(golden_spells, "stranger", "acquaintance", reference="ofline")
    third = golden_spells.assign(
        channel=golden_spells["channel"].where(
            ~(
                (golden_spells["stage"] == "stranger")
                & (golden_spells["next_stage"] == "lost")
                & (golden_spells["pair"] % 3 == 0)
            ),
            "a third",
        )
    )
    row = hazard_ratios(third, "stranger", "acquaintance").iloc[0]
    assert row["covariate"] == "channel: offline" and np.isinf(row["upper"])
    none = hazard_ratios(third, "stranger", "acquaintance", reference="online")
    none = none.set_index("covariate").loc["channel: a third"]
    assert none["lower"] == 0 and 0 < none["upper"] < 1 and "never moves first" in none["note"]


def test_cox_needs_events_in_both_groups(golden_spells):
    stays = golden_spells["stage"] == "stranger"
    lost = golden_spells[stays].assign(
        next_stage=lambda t: t["next_stage"].where(t["channel"] == "online", "lost")
    )
    row = hazard_ratios(lost.reset_index(drop=True), "stranger", "acquaintance").iloc[0]
    assert (row["covariate"], row["upper"]) == ("channel: online", np.inf)
    assert row["lower"] > 1 and "no maximum" in row["note"]


def test_summary_and_occupancy_are_frames_by_group(golden_spells):
    estimate = fit(golden_spells, by="channel")
    assert isinstance(estimate.summary(), pd.DataFrame)
    assert set(estimate.summary()["channel"]) == {"online", "offline"}
    found = estimate.occupancy([0, 26])
    totals = found.groupby(["channel", "weeks"])["share"].sum()
    assert totals.to_numpy() == pytest.approx(np.ones(4))
    assert estimate["online"].ladder.reach("friend")["online"] == pytest.approx(
        estimate["online"].ever("friend")[0]
    )


def test_a_stay_that_begins_when_another_pair_moves_is_not_at_risk_then():
    """On the clock since first contact entries tie with moves; intervals are open on the left.

    Expected by brute force: Breslow and Efron agree, as no two moves tie.
    """
    rows = [
        # pair, channel, stage, entered, left, next_stage
        (1, "online", "acquaintance", 2.0, 5.0, "buyer"),
        (2, "offline", "acquaintance", 5.0, 9.0, "buyer"),
        (3, "offline", "acquaintance", 1.0, 7.0, "buyer"),
        (4, "online", "acquaintance", 3.0, 11.0, "buyer"),
        (5, "offline", "acquaintance", 7.0, 12.0, "buyer"),
    ]
    table = pd.DataFrame(
        rows, columns=["pair", "channel", "stage", "entered", "left", "next_stage"]
    )
    found = hazard_ratios(table, "acquaintance", "buyer", ("channel",), clock="contact")

    def score(beta):
        total = 0.0
        for _, channel, _, _, left, _ in rows:
            there = [r for r in rows if r[3] < left <= r[4]]
            weights = np.array([np.exp(beta * (r[1] == "online")) for r in there])
            online = np.array([r[1] == "online" for r in there], float)
            total += (channel == "online") - (weights @ online) / weights.sum()
        return total

    from scipy.optimize import brentq

    assert found["log_hazard_ratio"].iloc[0] == pytest.approx(brentq(score, -9, 9), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(st.sampled_from([("seconds", 604_800.0), ("days", 7.0), ("years", 7 / 365.25)]))
def test_every_number_is_the_same_in_every_unit(golden_spells, named):
    name, unit = named
    table = golden_spells.assign(
        entered=golden_spells["entered"] * unit, left=golden_spells["left"] * unit
    )
    one, two = fit(golden_spells, by="channel"), fit(table, by="channel", unit=name)
    rates, scaled = one["online"].rates, two["online"].rates
    assert f"{name}_at_risk" in scaled
    assert scaled["rate"].to_numpy() * unit == pytest.approx(rates["rate"].to_numpy(), rel=1e-9)
    assert two["online"].sojourn("stranger").unit == name
    weeks = two["online"].restricted_mean(26 * unit)[name] / unit
    assert weeks.tolist() == pytest.approx(one["online"].restricted_mean(26)["weeks"].tolist())
    found = compare(two["online"], two["offline"], weeks=26 * unit).table
    plain = compare(one["online"], one["offline"], weeks=26).table
    assert found["contrast"].to_numpy() == pytest.approx(plain["contrast"].to_numpy(), rel=1e-7)
    assert found["unit"][0] == f"per {name[:-1]}" and name[:-1] in found["measure"][2]
    assert hazard_ratios(table, "stranger", "acquaintance")["hazard_ratio"].tolist() == (
        pytest.approx(
            hazard_ratios(golden_spells, "stranger", "acquaintance")["hazard_ratio"].tolist()
        )
    )
    assert two["online"].plot("occupancy").get_xlabel() == f"{name} since first contact"


def test_two_groups_of_one_name_are_told_apart(golden_spells):
    online = fit(golden_spells, by="channel")["online"]
    table = compare(online, online).table
    assert table.columns.is_unique and {"online (first)", "online (second)"} <= set(table.columns)
    assert (table["says"] == "cannot tell").all()
