"""The door of the estimators: each fault is named by row, value and remedy."""

import pandas as pd
import pytest

from frontporch.deepening import Ladder, fit
from frontporch.deepening.spells import read_spells

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
        (GOOD.drop(columns="left"), "no column 'left'"),
        (GOOD.rename(columns={"next_stage": "next_stge"}), "Did you mean 'next_stge'"),
        (GOOD.iloc[:0], "no row"),
        (changed(2, "stage", "strangr"), "row 3: stage 'strangr'.*Did you mean 'stranger'"),
        (changed(1, "stage", None), "row 2: stage is missing"),
        (changed(2, "next_stage", "buy"), "row 3: next_stage 'buy'"),
        (changed(2, "entered", -1.0), "row 3: entered is -1"),
        (changed(2, "left", float("nan")), "row 3: left is nan"),
        (changed(2, "entered", 4.0), "row 3: left 3 is before entered 4"),
        (changed(2, "next_stage", "stranger"), "same stage"),
        (changed(1, "entered", 2.5), "row 2: .*must follow one another"),
        (changed(1, "stage", "buyer"), "next_stage 'acquaintance'"),
        (changed(2, "pair", None), "row 3: pair is missing"),
        (changed(2, "left", 0.0), "row 3: the stage is left at 0, when it was entered"),
        (changed(1, "left", "five"), "column 'left'"),
    ],
)
def test_a_fault_names_row_value_and_remedy(table, message):
    with pytest.raises(ValueError, match=message):
        read_spells(table)


def test_a_missing_group_is_named():
    with pytest.raises(ValueError, match="row 3: channel is missing"):
        read_spells(changed(2, "channel", None), by="channel")


def test_stages_of_ones_own():
    own = pd.DataFrame(
        {"pair": [1], "stage": ["lead"], "entered": [0], "left": [3], "next_stage": ["won"]}
    )
    with pytest.raises(ValueError, match="pass stages="):
        read_spells(own)
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
    with pytest.raises(ValueError, match="row 2: pair 1 is channel 'offline' here"):
        read_spells(table, by="channel")
