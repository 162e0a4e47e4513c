"""What is tried in lesson 9: the answer can be worked out from the table."""

import pytest

from frontporch.course import pairs
from frontporch.course.lesson_09 import experiments as tried
from frontporch.course.lesson_09.exercises import EXERCISES

BY_ID = {one.id: one for one in EXERCISES}


def numbers(table, column):
    plain = table[column].str.replace(",", "").str.replace("−", "-")
    return plain.str.extract(r"(-?[\d.]+)")[0].astype(float)


def test_a_customer_is_worth_the_first_purchase_and_the_later_ones():
    parts = numbers(tried.worth_in_parts(50, 5), "today's dollars")
    assert parts.sum() == pytest.approx(BY_ID["9.1"].answer(margin=50, years=5), abs=0.011)


def test_the_row_says_how_many_are_still_customers():
    table = tried.silent_customers(14).set_index("came back")
    share = float(table.loc["4 times", "still customers (%)"])
    assert share == pytest.approx(BY_ID["9.2"].answer(purchases=4, quiet=14), abs=0.06)


def test_nobody_silent_is_no_number_and_no_warning():
    assert tried.silent(5, 39.0)[0] == 0
    assert tried.decimal(tried.silent(5, 39.0)[1], 1) == "no value"


def test_customers_needed_are_cost_by_worth():
    cost, worth = numbers(tried.cost_of_a_year(7, 15), "dollars")
    assert cost / worth == pytest.approx(BY_ID["9.3"].answer(hours=7, wage=15), abs=0.02)


def test_break_even_is_the_rest_of_a_loss():
    loss = numbers(tried.account_of_a_year(6, 20), "in the year").iloc[-1]
    assert 100 - loss == pytest.approx(BY_ID["9.4"].answer(hours=6, wage=20), abs=0.06)


def test_every_pair_can_be_told_by_the_coin():
    for number in pairs.SETS:
        for pair, truth in zip(pairs.PAIRS, pairs.truth(number), strict=True):
            table = tried.two_pages(pair, number)
            low = numbers(table, "lower limit (dollars)")
            assert table["shop"][low > 0].tolist() == [truth]


def test_those_who_left_are_set_against_those_who_stayed():
    stayed, left = numbers(tried.cohort(-0.5, 12), "profit per week (dollars)")
    assert left - stayed == pytest.approx(BY_ID["9.6"].answer(tie=-0.5, margin=12), abs=0.0011)
