"""Time-splitting: no week and no move is lost, and weeks before the offer count as before."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening.offers import OfferModel, split_at_offer
from frontporch.deepening.offers.immortal import ever_offered

TWO = pd.DataFrame(
    {
        "pair": ["ann", "ann", "bob"],
        "stage": ["stranger", "acquaintance", "stranger"],
        "entered": [0.0, 4.0, 0.0],
        "left": [4.0, 9.0, 4.0],
        "next_stage": ["acquaintance", "friend", "lost"],
        "offered_at": [6.0, 6.0, np.nan],
    }
)


def test_a_stay_is_cut_in_the_week_of_the_offer():
    pieces = split_at_offer(TWO)
    assert pieces[["pair", "entered", "left", "offered", "since"]].values.tolist() == [
        ["ann", 0, 4, 0, 0],
        ["ann", 4, 6, 0, 4],
        ["ann", 6, 9, 1, 4],
        ["bob", 0, 4, 0, 0],
    ]
    following = pieces["next_stage"].astype(object).where(pieces["next_stage"].notna(), None)
    assert following.tolist() == ["acquaintance", None, "friend", "lost"]


def test_an_offer_at_an_edge_cuts_nothing():
    at_start = split_at_offer(TWO.assign(offered_at=[4.0, 4.0, 0.0]))
    assert at_start["offered"].tolist() == [0, 1, 1] and len(at_start) == 3
    # A move in the very week of the offer happened without it.
    at_end = split_at_offer(TWO.assign(offered_at=[9.0, 9.0, 4.0]))
    assert at_end["offered"].tolist() == [0, 0, 0]


@given(st.lists(st.tuples(st.floats(0.1, 50), st.floats(0, 60) | st.none()), min_size=1))
def test_no_week_and_no_move_is_lost(stays):
    left, offered = (np.array(one, float) for one in zip(*stays, strict=True))
    table = pd.DataFrame(
        {
            "pair": np.arange(len(left)),
            "stage": "stranger",
            "entered": 0.0,
            "left": left,
            "next_stage": np.where(left > 25, None, "friend"),
            "offered_at": offered,
        }
    )
    pieces = split_at_offer(table)
    weeks = (pieces["left"] - pieces["entered"]).groupby(pieces["pair"]).sum()
    assert weeks.to_numpy() == pytest.approx(left)
    assert pieces["next_stage"].notna().sum() == table["next_stage"].notna().sum()
    before = pieces[pieces["offered"] == 0]
    assert (before["left"] <= before["offered_at"].fillna(np.inf)).all()
    after = pieces[pieces["offered"] == 1]
    assert (after["entered"] >= after["offered_at"]).all()
    assert (pieces["left"] > pieces["entered"]).all()
    ever = ever_offered(table)
    assert (ever["offered"] == (offered < left)).all() and len(ever) == len(table)


def test_the_table_that_was_given_is_left_as_it_was():
    before = TWO.copy(deep=True)
    split_at_offer(TWO), ever_offered(TWO)
    pd.testing.assert_frame_equal(TWO, before)


def test_further_columns_and_the_kinds_of_columns_are_kept():
    spells = OfferModel().simulate(50, 52, seed=7).assign(town="Elm", visits=range(50))
    pieces = split_at_offer(spells)
    assert (pieces["visits"] == pieces["pair"]).all() and (pieces["town"] == "Elm").all()
    assert isinstance(pieces["next_stage"].dtype, pd.CategoricalDtype)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (TWO.drop(columns="offered_at"), "no column 'offered_at'"),
        (TWO.rename(columns={"offered_at": "offered"}), "Did you mean 'offered'"),
        (TWO.drop(columns="left"), "column 'left': this column is missing"),
        (TWO.assign(offered_at="soon"), "'soon': weeks since first contact are needed"),
        (TWO.assign(offered_at=[6.0, 6.0, -1.0]), "row 3: offered_at is -1"),
        (TWO.assign(offered_at=[6.0, 5.0, 1.0]), "row 2: offered_at of pair ann is 5 here"),
        (TWO.assign(offered_at=[6.0, np.nan, 1.0]), "row 2: offered_at of pair ann"),
        (TWO.assign(left=[4.0, 9.0, -4.0]), "row 2, column 'left', value .*-4"),
        (TWO.iloc[:0], "no row"),
    ],
)
@pytest.mark.parametrize("reading", [split_at_offer, ever_offered])
def test_a_wrong_table_names_row_and_remedy(reading, table, words):
    with pytest.raises(ValueError, match=words):
        reading(table)
