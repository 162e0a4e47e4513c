"""The door of the estimators: each fault is named by row, value and remedy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening import Ladder, fit, hazard_ratios
from frontporch.deepening.spells import read_spells
from frontporch.tables import TableError

GOOD = pd.DataFrame(
    {
        "pair": [1, 1, 2],
        "channel": ["online", "online", "offline"],
        "stage": ["stranger", "acquaintance", "stranger"],
        "entered": [0.0, 2.0, 0.0],
        "left": [2.0, 5.0, 3.0],
        "next_stage": ["acquaintance", None, "lost"],
    }
)


def changed(row, column, value):
    table = GOOD.copy()
    table[column] = table[column].astype(object)
    table.loc[row, column] = value
    return table


def test_good_table_is_read():
    groups = read_spells(GOOD, by="channel")
    assert sorted(groups) == ["offline", "online"]
    assert groups["online"].following.tolist() == [1, -1]
    assert read_spells(GOOD)["all"].pairs == 2


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (GOOD.drop(columns="left"), "column 'left': this column is missing"),
        (GOOD.rename(columns={"next_stage": "Next_stage"}), "Rename 'Next_stage' to 'next_stage'"),
        (GOOD.iloc[:0], "has no rows"),
        (changed(2, "stage", "strangr"), "row 2, .*'strangr': is not .*Did you mean 'stranger'"),
        (changed(1, "stage", None), "row 1, column 'stage': is missing"),
        (changed(2, "next_stage", "buy"), "row 2, column 'next_stage', value 'buy'"),
        (changed(2, "entered", -1.0), "row 2, column 'entered', value '?-1"),
        (changed(2, "left", float("nan")), "row 2, column 'left': is missing"),
        (changed(2, "left", float("inf")), "left"),
        (changed(2, "entered", 4.0), "row 2, column 'left', value 3.*: is before entered.* 4"),
        (changed(2, "next_stage", "stranger"), "row 2, .*same stage"),
        (changed(1, "entered", 2.5), "row 1, .*2.5.*: is not 2, .*must follow one another"),
        (changed(1, "stage", "buyer"), "row 1, .*next_stage 'acquaintance'"),
        (changed(2, "pair", None), "row 2, column 'pair': is missing"),
        (changed(2, "left", 0.0), "row 2, .*nobody is seen in it"),
        (changed(1, "left", "five"), "row 1, column 'left', value 'five'"),
    ],
)
def test_a_fault_names_row_value_and_remedy(table, message):
    with pytest.raises(TableError, match=message):
        read_spells(table)


def test_a_missing_group_is_named():
    with pytest.raises(ValueError, match="row 2, column 'channel': is missing"):
        read_spells(changed(2, "channel", None), by="channel")


def test_stages_of_ones_own():
    own = pd.DataFrame(
        {"pair": [1], "stage": ["lead"], "entered": [0], "left": [3], "next_stage": ["won"]}
    )
    assert read_spells(own)["all"].stages == ("lead", "won")
    with pytest.raises(ValueError, match="pass stages="):
        read_spells(own.assign(next_stage="friend"))
    assert read_spells(own, stages=("lead", "won"))["all"].stages == ("lead", "won")
    as_categories = own.astype({"stage": pd.CategoricalDtype(["lead", "won"])})
    assert fit(as_categories)["all"].rates["rate"].tolist() == [1 / 3]


def test_until_follows_each_pair_to_its_first_arrival():
    spells = Ladder.online_and_offline().simulate(pairs=500, weeks=104, seed=7)
    data = read_spells(spells)["all"]
    short = data.until("buyer")
    assert not (short.stage == data.number("buyer")).any()
    ever = spells.loc[spells["next_stage"] == "buyer", "pair"].nunique()
    assert (short.following == data.number("buyer")).sum() == ever


def test_a_stay_that_was_only_just_entered_when_last_seen_is_no_fault():
    table = pd.DataFrame(
        {
            "pair": [1, 1],
            "stage": ["stranger", "buyer"],
            "entered": [0.0, 2.0],
            "left": [2.0, 2.0],
            "next_stage": ["buyer", None],
        }
    )
    assert read_spells(table)["all"].pairs == 1


def test_a_pair_that_changes_its_group_is_named():
    table = GOOD.assign(channel=["online", "offline", "offline"])
    with pytest.raises(ValueError, match="row 1, column 'channel', value 'offline': is another"):
        read_spells(table, by="channel")


@given(st.lists(st.integers(1, 60), min_size=12, max_size=40), st.floats(1e-6, 1e6))
def test_stays_that_differ_by_rounding_are_equally_long(begun, unit):
    """Stays of 0.3 weeks that began at different times: one time at which somebody leaves."""
    rows = []
    for k, step in enumerate(begun):
        start = 0.1 * step * unit
        end = start + 0.3 * unit
        side = "online" if k % 3 else "offline"
        after = "friend" if k % 2 else None
        rows.append((f"p{k}", "stranger", 0.0, start, "acquaintance", side))
        rows.append((f"p{k}", "acquaintance", start, end, after, side))
    columns = ["pair", "stage", "entered", "left", "next_stage", "channel"]
    table = pd.DataFrame(rows, columns=columns)
    curve = fit(table)["all"].sojourn("acquaintance")
    assert len(curve.times) == 1
    assert curve.survival[0] == pytest.approx(1 - (len(begun) // 2) / len(begun), abs=1e-12)
    ratio = hazard_ratios(table, "acquaintance", "friend")
    exact = table.assign(
        entered=np.where(table["entered"] > 0, 1.0, 0.0),
        left=np.where(table["entered"] > 0, 2.0, 1.0),
    )
    same = hazard_ratios(exact, "acquaintance", "friend")
    assert ratio["log_hazard_ratio"][0] == pytest.approx(same["log_hazard_ratio"][0], abs=1e-6)
