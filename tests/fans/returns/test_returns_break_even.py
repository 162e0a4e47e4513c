"""The cash register: profit with its interval, whether it pays, and what decides it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import data
from frontporch.fans import (
    Funnel,
    PageAccount,
    break_even,
    customers_won,
    fit_customers,
    fixed,
    measured,
    supposed,
)
from frontporch.fans.returns.quantity import Quantity
from frontporch.names import UnknownName
from frontporch.streams import generator

PAGE = PageAccount(
    measured(120, 20, 220),
    measured(35, 28, 44, law="log", source="orders"),
    supposed(0.5, 0.2, 0.8),
    supposed(60, 40, 100),
    fixed(18.0),
    supposed(200, 100, 300),
)
QUANTITIES = [
    measured(10, 4, 12),
    measured(35, 28, 50, law="log"),
    supposed(0.5, 0.4, 0.9),
    fixed(3.0),
]


@pytest.mark.parametrize("one", QUANTITIES, ids=lambda one: one.law)
def test_draws_have_the_mean_variance_and_limits_that_are_said(one):
    drawn = one.draw(400_000, generator(7))
    spread = np.sqrt(one.variance)
    assert drawn.mean() == pytest.approx(one.mean, abs=4 * spread / np.sqrt(400_000) + 1e-12)
    assert drawn.var() == pytest.approx(one.variance, rel=0.02)
    assert np.median(drawn) == pytest.approx(one.value, rel=0.01)
    ends = (0.025, 0.975) if one.law in ("normal", "log") else (0, 1)
    assert np.quantile(drawn, ends) == pytest.approx([one.lower, one.upper], rel=0.01)


def test_profit_of_known_parts_is_known():
    page = PageAccount(fixed(20), fixed(60.0), fixed(0.5), fixed(20), fixed(18.0), fixed(40.0))
    found = break_even(page, 7)
    assert found.profit == found.lower == found.upper == found.mean == 200.0
    assert (found.probability, found.normal_probability, found.standard_error) == (1.0, 1.0, 0.0)
    assert found.roi == found.roi_lower == pytest.approx(0.5)
    assert page.flips_at("hours") == pytest.approx((20 * 60 * 0.5 - 40) / 18)


def test_where_profit_is_normal_the_answer_is_in_closed_form():
    # Only the customers are uncertain: profit is normal, with half width 100 · 35 · 0.5.
    page = replace(PAGE, value=fixed(35), attribution=fixed(0.5), hours=fixed(60), other=fixed(200))
    found = break_even(page, 7, draws=200_000)
    assert found.profit == 820 == found.mean
    assert found.standard_error == pytest.approx(1_750 / 1.959964)
    assert (found.lower, found.upper) == pytest.approx((-930, 2_570), abs=25)
    assert found.probability == pytest.approx(found.normal_probability, abs=0.004)


def test_draws_agree_with_the_moments_of_products():
    page = replace(PAGE, attribution=supposed(0.5, 0.2, 0.6))
    profit = break_even(page, 7, draws=200_000)
    drawn = page.drawn(200_000, 7)
    made = drawn[0] * drawn[1] * drawn[2] - drawn[3] * drawn[4] - drawn[5]
    assert made.mean() == pytest.approx(profit.mean, abs=4 * made.std() / np.sqrt(200_000))
    assert made.std() == pytest.approx(profit.standard_error, rel=0.01)


def test_the_same_seed_gives_the_same_account_and_the_notes_say_what_is_assumed():
    assert break_even(PAGE, 7) == break_even(PAGE, 7)
    assert break_even(PAGE, 7) != break_even(PAGE, 8)
    assert "come from a trial" in break_even(PAGE, 7).notes[0]
    assert any("cannot be told" in note for note in break_even(PAGE, 7).notes)
    guess = break_even(replace(PAGE, customers=supposed(120, 20, 220)), 7)
    assert "The number of customers is an assumption" in guess.notes[0]
    assert "attribution share is an assumption" in guess.notes[1]
    sure = replace(PAGE, customers=measured(500, 480, 520), attribution=fixed(1.0))
    assert break_even(sure, 7).notes == ()


def test_no_cost_no_return_on_investment():
    free = break_even(replace(PAGE, hours=fixed(0), other=fixed(0)), 7)
    assert np.isnan([free.roi, free.roi_lower, free.roi_upper]).all()
    assert "has no meaning" in free.notes[-1]


def test_tornado_is_sorted_and_moves_one_part_at_a_time():
    table = PAGE.tornado()
    assert table["width"].is_monotonic_decreasing and table["part"].iloc[0] == "customers"
    row = table.set_index("part").loc["hours"]
    assert (row["profit_lower"], row["profit_upper"]) == (1_180, 100)
    assert row["flips_at"] == pytest.approx(1_900 / 18) and not row["flips"]
    assert table.set_index("part").loc["wage", "width"] == 0
    assert table.set_index("part").loc["attribution", "flips"]


positive = st.floats(0.1, 500)


@given(positive, positive, st.floats(0.05, 1), positive, positive, positive)
def test_at_the_flip_profit_is_nothing(customers, value, share, hours, wage, other):
    page = PageAccount(*map(fixed, (customers, value, share, hours, wage, other)))
    size = customers * value * share + hours * wage + other
    for part in ("customers", "value", "attribution", "hours", "wage", "other"):
        at = page.flips_at(part)
        parts = {name: getattr(page, name).value for name in vars(page)} | {part: at}
        profit = parts["customers"] * parts["value"] * parts["attribution"]
        profit -= parts["hours"] * parts["wage"] + parts["other"]
        assert profit == pytest.approx(0, abs=1e-9 * size)


def test_a_part_that_makes_no_difference_flips_nothing():
    assert np.isnan(replace(PAGE, customers=fixed(0)).flips_at("value"))


def test_more_hours_never_help_and_attribution_never_hurts():
    by_hours = PAGE.probability_by("hours", np.linspace(0, 300, 31), 7)
    assert (by_hours["probability"].diff().iloc[1:] <= 0).all()
    by_share = replace(PAGE, customers=measured(120, 60, 180)).probability_by(
        "attribution", np.linspace(0, 1, 21), 7
    )
    assert by_share["probability"].iloc[0] == 0 and by_share["probability"].iloc[-1] > 0.95
    at = PAGE.probability_by("hours", [80.0], 7)["probability"].iloc[0]
    assert at == break_even(replace(PAGE, hours=fixed(80.0)), 7).probability


def test_intervals_of_estimates_pass_through():
    bought = fit_customers(data.load("cdnow"))
    later = bought.value_of_a_new_customer(38.0, margin=0.4)
    value = Quantity(*later, law="log", source="CDNOW")
    won = customers_won(Funnel(fan_effect=2.0).simulate(7).people)
    page = PageAccount(measured(*won), value, fixed(1.0), fixed(180), fixed(18.0))
    found = break_even(page, 7)
    assert found.lower < found.profit < found.upper
    assert found.profit == pytest.approx(won[0] * value.value - 180 * 18)


def test_the_probability_is_calibrated_where_profit_is_around_zero():
    # Trials of a page whose true profit is 0: it pays with probability above 90 per cent in
    # one trial of ten, if the interval that goes in is right.
    rng, above = np.random.default_rng(7), 0
    for k in range(300):
        seen = 50 + 20 * rng.standard_normal()
        customers = measured(seen, seen - 1.959964 * 20, seen + 1.959964 * 20)
        page = PageAccount(customers, fixed(36.0), fixed(1.0), fixed(100), fixed(18.0))
        above += break_even(page, k, draws=2_000).probability > 0.9
    assert abs(above / 300 - 0.1) < 3.3 * np.sqrt(0.09 / 300)


@pytest.mark.parametrize(
    ("make", "error", "said"),
    [
        (lambda: replace(PAGE, hours=60), TypeError, r"hours is 60: give fixed\(...\)"),
        (lambda: replace(PAGE, attribution=fixed(50)), ValueError, "attribution goes up to 50"),
        (lambda: replace(PAGE, wage=supposed(1, -1, 2)), ValueError, "wage goes down to -1"),
        (lambda: measured(5, 6, 7), ValueError, "lower, value and upper are 6, 5, 7"),
        (lambda: measured(5, 0, 7, law="log"), ValueError, "the law 'log' is for numbers above 0"),
        (lambda: measured(5, 0, 7, law="logg"), UnknownName, "Did you mean 'log'"),
        (lambda: PAGE.flips_at("hour"), UnknownName, "Did you mean 'hours'"),
        (lambda: break_even(PAGE, 7, draws=10), ValueError, "at least 1000"),
        (lambda: PAGE.probability_by("attribution", [2], 7), ValueError, "goes up to 2"),
    ],
)
def test_what_cannot_be_is_named(make, error, said):
    with pytest.raises(error, match=said):
        make()
