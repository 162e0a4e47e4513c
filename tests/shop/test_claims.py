"""The table of claims: what each recommends, what following it brings, and how sure that is."""

import numpy as np
import pytest

from frontporch import data, look, shop
from frontporch.shop.claims import mean_interval, value_of_knowing
from frontporch.shop.switches import SWITCHES

SMALL = shop.World(people=200)


def test_every_claim_of_the_articles_is_listed():
    listed = shop.claims().summary()
    assert set(data.load("evidence", table="verdicts")["claim"]) < set(listed["claim"])
    assert set(SWITCHES) <= set(listed["claim"])
    assert (listed[["says", "verdict", "act"]].map(len) > 3).all(axis=None)
    assert "runs=20" in shop.claims().notes[0]


@pytest.mark.parametrize("claim", SWITCHES)
def test_every_claim_recommends_something_else_than_what_is_done_instead(claim):
    switch = SWITCHES[claim]
    assert shop.Acts().but(**switch.act) != shop.Acts().but(**switch.instead)
    assert switch.true != switch.false


def test_years_are_played_in_both_towns_on_the_same_luck():
    found = shop.claims("access", "0.1", runs=3, world=SMALL, rivals=["usual"], weeks=6, seed=7)
    assert len(found.gains) == 6  # 0.1 recommends no act
    again = shop.claims("access", runs=3, world=SMALL, rivals=["usual"], weeks=6, seed=7)
    assert found.summary().equals(again.summary())
    row = found.summary().iloc[0]
    assert row["true_lower"] < row["true"] < row["true_upper"]
    assert row["true"] != row["false"]
    assert "access" in look.alt_text(found.plot())


def test_what_cannot_be_asked():
    with pytest.raises(KeyError, match=r"There is no claim '2\.44'"):
        shop.claims("2.44")
    with pytest.raises(ValueError, match="from 2 up"):
        shop.claims("2.4", runs=1)
    with pytest.raises(ValueError, match="level"):
        shop.claims("2.4", runs=2, level=95)
    with pytest.raises(ValueError, match=r"claims\(runs=20\)"):
        shop.claims("2.4").plot()


def test_knowing_is_worth_nothing_where_the_act_does_not_depend_on_it():
    assert value_of_knowing(100, -100) == 50
    assert value_of_knowing(100, 20) == value_of_knowing(-5, -100) == 0


def test_equal_values_have_no_limits_and_a_note():
    assert np.isnan(mean_interval([2.0, 2.0, 2.0])[1:]).all()
    found = shop.claims("3.7", runs=2, world=SMALL, rivals=["usual"], weeks=4)
    row = found.summary().iloc[0]
    # Two and a half hours a week for reviews by which nobody goes.
    assert row["false"] == -4 * 2.5 * 18 and np.isnan(row["false_lower"])
    assert found.notes[0].startswith("3.7: where limits are missing")


@pytest.mark.parametrize(("law", "truth", "least"), [("normal", 0.0, 0.94), ("gamma", 4.0, 0.92)])
def test_the_interval_covers_as_often_as_it_says(law, truth, least):
    """95 % limits of 20 runs hold the mean in 94 to 96 % of 4,000 sets; in 92 % if skewed."""
    rng = np.random.default_rng(7)
    sets = rng.normal(size=(4_000, 20)) if law == "normal" else rng.gamma(4.0, size=(4_000, 20))
    held = np.mean([low <= truth <= high for _, low, high in map(mean_interval, sets)])
    assert least <= held <= 0.96
