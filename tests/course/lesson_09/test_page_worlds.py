"""A year of a page: the books are alike, and only the coin tells the worlds apart."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.course import lesson_09
from frontporch.course.lesson_09 import PageWorld, bought_by
from frontporch.fans import customers_won
from frontporch.stats import wilson

PAYS, IDLE = lesson_09.worlds().values()
BOOKS = ["fans", "fans_who_bought", "others_who_bought", "sales"]


@pytest.mark.parametrize("world", [PAYS, IDLE, PageWorld(invited=0.3, joins=0.7, anyway=0.2)])
def test_draws_agree_with_what_is_expected(world):
    strangers = 200_000
    books, said = world.simulate(strangers, 7), world.expected(strangers)
    fans = books["fan"].sum()
    bought = books["customer"]
    found = {
        "fans": fans,
        "fans_who_bought": (bought & books["fan"]).sum(),
        "others_who_bought": (bought & ~books["fan"]).sum(),
    }
    for name, value in found.items():
        assert abs(value - said[name]) < 4 * np.sqrt(said[name]), name
    assert books["spend"].sum() == pytest.approx(said["sales"], rel=0.02)
    won, lower, upper = customers_won(books)
    # Half of a 95 per cent interval is about two standard errors.
    won, lower, upper = (one * 2 * world.invited for one in (won, lower, upper))
    assert abs(won - said["won"] * 2 * world.invited) < 2 * (upper - lower) / 2


@given(
    st.floats(0.1, 0.9),
    st.floats(0.1, 0.9),
    st.floats(0.05, 0.95),
    st.floats(0.05, 0.95),
    st.floats(0, 1),
)
def test_whatever_the_fans_would_have_done_the_books_are_those_that_were_set(
    invited, joins, fans_buy, others_buy, anyway
):
    try:
        world = PageWorld(invited, joins, fans_buy, others_buy, anyway)
    except ValueError as error:
        assert "Bring the two nearer" in str(error)
        return
    # All others: the uninvited, who would have joined or not, and the invited who did not.
    hidden = (1 - invited) * (joins * anyway + (1 - joins) * world.no_fans_buy)
    seen = invited * (1 - joins) * world.no_fans_buy
    assert (hidden + seen) / (1 - invited * joins) == pytest.approx(others_buy, abs=1e-9)


def test_the_two_worlds_have_the_same_books_and_differ_in_what_was_won():
    one, other = PAYS.expected(8_000), IDLE.expected(8_000)
    assert one[BOOKS].tolist() == pytest.approx(other[BOOKS].tolist())
    assert one["won"] > 200 and other["won"] == 0


def test_over_many_draws_the_coin_is_right_on_average_and_sees_the_difference():
    for world in (PAYS, IDLE):
        found = [customers_won(world.simulate(8_000, seed))[0] for seed in range(60)]
        error = np.std(found, ddof=1) / np.sqrt(len(found))
        assert abs(np.mean(found) - world.expected(8_000)["won"]) < 3.5 * error


def test_a_shuffle_hides_which_is_which_and_uses_both_orders():
    orders = {lesson_09.worlds(shuffle=seed)["A"].anyway for seed in range(12)}
    assert orders == {PAYS.anyway, IDLE.anyway}
    assert list(lesson_09.worlds(shuffle=1)) == ["A", "B"]
    assert dict(lesson_09.worlds(shuffle=3)) == dict(lesson_09.worlds(shuffle=3))


def test_the_books_hold_together():
    books = PageWorld().simulate(5_000, 7)
    assert books["invited"].sum() == 2_500
    assert not (books["fan"] & ~books["invited"]).any()
    assert ((books["purchases"] > 0) == books["customer"]).all()
    assert ((books["spend"] > 0) == books["customer"]).all()
    assert books.equals(PageWorld().simulate(5_000, 7))
    assert (PageWorld(again=0.0).simulate(500, 7)["purchases"] <= 1).all()


def test_shares_are_counted_by_group():
    books = PageWorld().simulate(4_000, 7)
    for group, names in (
        ("fan", ["fans: bought", "all others: bought"]),
        ("invited", ["invited: bought", "not invited: bought"]),
    ):
        table = bought_by(books, group).summary()
        assert table["step"].tolist() == names and table["of"].sum() == 4_000
        assert table["events"].sum() == books["customer"].sum()
        row = table.iloc[0]
        assert (row["share"], row["lower"], row["upper"]) == wilson(row["events"], row["of"])
        assert table["note"].tolist() == ["", ""]
    assert bought_by(books.head(12)).summary()["note"].ne("").any()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: PageWorld(joins=1.0), "joins is 1.0, but a share above 0 to below 1 is needed"),
        (lambda: PageWorld(others_buy=0.05, anyway=1.0), "Bring the two nearer"),
        (lambda: lesson_09.worlds(0.5), "a share from 0 to below 0.5"),
        (lambda: bought_by(PageWorld().simulate(50, 7), "fans"), "Did you mean 'fan'"),
    ],
)
def test_what_cannot_be_is_refused_in_words(make, said):
    with pytest.raises(ValueError, match=said):
        make()
