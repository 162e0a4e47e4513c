"""The data set of many years is what the kit plays today, to the cent."""

import pytest

from frontporch import data, shop
from frontporch.shop import sensitivity
from frontporch.shop.sensitivity.years import USUAL, advice

TOWNS = data.load("advice_years", "towns").set_index("town")
USUALS = data.load("advice_years", "usual")["cents"]
ACTS = data.load("advice_years", "acts")
PEOPLE = shop.World.people_for(2)
AGAIN = "made by another state of the kit: run datasets/advice_years/make.py"


def test_the_tables_belong_together():
    design, pairs = sensitivity.worlds(TOWNS), len(TOWNS) // 2
    assert list(TOWNS.columns) == sensitivity.describe()["factor"].tolist(), AGAIN
    assert len(design) == len(USUALS)
    assert ACTS["act"].unique().tolist() == list(advice()), AGAIN
    # The usual shop in the base towns stands in both tables.
    step = len(design) // pairs
    base = [*USUALS[::step], *USUALS[step - 1 :: step]]
    assert ACTS.query("act == @USUAL").sort_values("town")["cents"].tolist() == base


def test_the_design_is_drawn_again():
    design = sensitivity.worlds(len(TOWNS) // 2, seed=18)
    assert design.equals(sensitivity.worlds(TOWNS))


@pytest.mark.parametrize(("town", "act"), [(3, "offer_week=0"), (7, "policy frugal")])
def test_a_year_is_played_again(town, act):
    cents = sensitivity.simulate(TOWNS.iloc[[town]], {act: advice()[act]}, ["usual"], people=PEOPLE)
    stored = ACTS.query("town == @town and act == @act")["cents"]
    assert cents[act].tolist() == stored.tolist(), AGAIN


@pytest.mark.slow
def test_more_years_are_played_again():
    design = sensitivity.worlds(TOWNS)
    rows = range(5, len(design), len(design) // 20)
    cents = sensitivity.simulate(design.iloc[rows], {USUAL: shop.Acts()}, ["usual"], people=PEOPLE)
    assert cents[USUAL].tolist() == USUALS.iloc[rows].tolist(), AGAIN
