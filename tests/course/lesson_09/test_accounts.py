"""The account of a page by three readings: two see a profit in any world, the coin does not."""

import numpy as np
import pytest

from frontporch import data, fans
from frontporch.course import lesson_09
from frontporch.course.lesson_09 import PageWorld, page_accounts, profits
from frontporch.fans import break_even, customers_won, fixed, supposed, worth_of_a_customer

VALUE, HOURS, WAGE = fixed(49.0), fixed(416.0), fixed(18.0)
BOUGHT = fans.fit_customers(data.load("cdnow"))


def test_the_readings_differ_in_the_customers_alone():
    books = PageWorld().simulate(8_000, 7)
    pages = page_accounts(books, VALUE, HOURS, WAGE, other=fixed(100.0))
    everybody, beyond, coin = (page.customers for page in pages.values())
    fan = books["fan"]
    assert everybody.value == (fan & books["customer"]).sum() and everybody.variance == 0
    shares = books.groupby("fan")["customer"].mean()
    assert beyond.value == pytest.approx((shares[True] - shares[False]) * fan.sum())
    assert (coin.value, coin.lower, coin.upper) == customers_won(books)
    for page in pages.values():
        assert page.profit == pytest.approx(page.customers.value * 49 - 416 * 18 - 100)


def test_only_the_coin_tells_the_worlds_apart():
    found = {}
    for name, world in lesson_09.worlds().items():
        pages = page_accounts(world.simulate(40_000, 7), VALUE, fixed(5 * 416.0), WAGE)
        found[name] = profits(pages, 7).summary().set_index("account")
    pays, idle = found.values()
    for reading in ("all fans who bought", "fans beyond the others"):
        assert min(pays.loc[reading, "lower"], idle.loc[reading, "lower"]) > 0
        assert pays.loc[reading, "profit"] == pytest.approx(idle.loc[reading, "profit"], rel=0.1)
    assert pays.loc["by the coin", "lower"] > 0 > idle.loc["by the coin", "upper"]


def test_intervals_of_the_coin_cover_the_true_profit():
    world = PageWorld()
    truth = world.expected(4_000)["won"] * 49 - 416 * 18
    runs = 200
    held = 0
    for seed in range(runs):
        page = page_accounts(world.simulate(4_000, seed), VALUE, HOURS, WAGE)["by the coin"]
        found = break_even(page, seed, draws=2_000)
        held += found.lower <= truth <= found.upper
    # Nominal 95 per cent; four standard errors of 200 runs are six points.
    assert abs(held / runs - 0.95) < 0.06


def test_profits_say_what_each_account_says():
    pages = page_accounts(PageWorld().simulate(2_000, 7), supposed(49, 40, 60), HOURS, WAGE)
    table = profits(pages, 7).summary()
    assert table["account"].tolist() == list(pages)
    for row, page in zip(table.itertuples(), pages.values(), strict=True):
        one = break_even(page, 7)
        assert (row.profit, row.lower, row.upper) == (one.profit, one.lower, one.upper)
        assert row.breaks_even == one.probability and row.customers == page.customers.value


def test_worth_is_the_first_purchase_and_the_later_ones():
    later = BOUGHT.value_of_a_new_customer(30.0, margin=0.5, weeks=104)
    worth = worth_of_a_customer(BOUGHT, 30.0, margin=0.5, weeks=104)
    assert [worth.lower, worth.value, worth.upper] == pytest.approx(
        [15 + later[k] for k in (1, 0, 2)]
    )
    assert worth.law == "log" and worth.level == BOUGHT.level
    undiscounted = worth_of_a_customer(BOUGHT, 30.0, margin=0.5, weeks=104, discount=0.0)
    assert undiscounted.value > worth.value


def test_the_worth_of_a_cdnow_customer():
    # BG/NBD and Gamma-Gamma of CDNOW (Fader, Hardie & Lee 2005): mean spend pv/(q-1) = 35.2.
    spend = fans.fit_spend(data.load("cdnow")).mean
    assert spend == pytest.approx(6.25 * 15.44 / 2.74, rel=2e-3)
    worth = worth_of_a_customer(BOUGHT, spend)
    # Counted over weeks, as a check of the sum: purchases expected by the week.
    made = BOUGHT.mean_purchases(np.arange(157.0))["purchases"].to_numpy()
    discounted = (np.diff(made) * 1.1 ** (-(np.arange(156) + 0.5) * 7 / 365.25)).sum()
    assert worth.value == pytest.approx(0.4 * spend * (1 + discounted), rel=1e-3)


def test_what_is_missing_is_named():
    books = PageWorld().simulate(500, 7)
    with pytest.raises(ValueError, match=r"no column 'fan'\. Did you mean 'fans'"):
        page_accounts(books.rename(columns={"fan": "fans"}), VALUE, HOURS, WAGE)
    with pytest.raises(ValueError, match="nothing to compare with"):
        page_accounts(books.assign(fan=False), VALUE, HOURS, WAGE)
    with pytest.raises(ValueError, match="there is no account"):
        profits({}, 7)


def test_how_often_the_coin_leaves_it_open_is_what_the_lesson_says():
    worth = worth_of_a_customer(BOUGHT, fans.fit_spend(data.load("cdnow")).mean)
    hours, open_in = supposed(416, 312, 520), []
    for world in lesson_09.worlds().values():
        found = [
            break_even(page_accounts(books, worth, hours, fixed(18.0))["by the coin"], seed=7)
            for books in (world.simulate(12_000, seed=seed) for seed in range(1, 101))
        ]
        open_in.append(sum(one.lower <= 0 <= one.upper for one in found))
    assert open_in[0] <= 4 and 18 <= open_in[1] <= 30
