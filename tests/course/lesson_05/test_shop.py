"""Praise of one shop: words by kind of tie, the ways, and letters that are picked."""

import numpy as np
import pytest
from scipy import stats

from frontporch.community import independent_cascade, simulate, trace
from frontporch.course.lesson_05 import Praise, by_strangers, letters_shown, net_words, ways
from frontporch.course.lesson_05.shop import SHOP, newcomers
from frontporch.course.lesson_05.testimonials import credibility_weighted
from frontporch.course.lesson_05.ways import WAYS


def test_words_are_ties_times_worth():
    table = Praise(strangers=40, stranger_worth=0.25, readers=50, page_worth=0.4).words()
    assert list(table.index) == ["friends", "strangers", "page"]
    assert table.loc["strangers", "words of a friend"] == pytest.approx(10)
    assert table.loc["page", "words of a friend"] == pytest.approx(50 / 200 * 0.4)
    assert table["per cent"].sum() == pytest.approx(100)


def test_the_town_has_the_ties_that_were_asked_for():
    town = Praise(strangers=20, readers=60).town(seed=7)
    assert town.kinds == ("friends", "strangers", "page")
    by_kind = np.bincount(town.kind)
    assert by_kind[2] == 60
    assert by_kind[1] / 200 == pytest.approx(20, rel=0.15)  # pairs are tied once
    assert not len(town.neighbours(SHOP))


def test_regulars_who_are_silent_are_no_newcomers():
    few = Praise(strangers=40, regulars=3)
    found = few.simulate(runs=50, seed=7)
    assert len(found.start) == 3
    silent = set(Praise(regulars=10).simulate(1, seed=7).start) - set(found.start)
    town = few.town(seed=7)
    assert len(silent) == 7 and not any(len(town.neighbours(one)) for one in silent)


def test_who_brings_newcomers_follows_the_words():
    table = by_strangers([5, 20, 40], towns=4, runs=200).summary()
    assert table["share"].to_numpy() == pytest.approx(table["of the words"].to_numpy(), abs=0.04)
    assert table["share"].is_monotonic_increasing
    assert (table["lower"] <= table["share"]).all() and (table["share"] <= table["upper"]).all()


def test_a_friends_word_is_worth_more_tie_for_tie():
    asked = Praise(strangers=40, stranger_worth=0.2)
    found, town = asked.simulate(400, seed=7), asked.town(seed=7)
    ties = np.bincount(town.kind) / 2
    friends, strangers = found.carried["friends"], found.carried["strangers"]
    assert strangers > friends
    assert friends / ties[0] > 3 * strangers / ties[1]


def test_praise_without_blame_is_the_independent_cascade():
    """Reserve against summed praise, and one coin a word, are one law, credit included."""
    asked = Praise(readers=50)
    summed = asked.simulate(3_000, seed=11)
    chances = 1 - (1 - asked.friend_word) ** np.array([1.0, 0.2, 0.3])
    rule = independent_cascade(lambda ties: chances[ties.kind])
    tossed = simulate(asked.town(seed=11), summed.start, rule, 3_000, seed=12)
    a, b = newcomers(summed), newcomers(tossed)
    error = np.hypot(a.std(ddof=1), b.std(ddof=1)) / np.sqrt(3_000)
    assert abs(a.mean() - b.mean()) < 4 * error
    for kind, count in tossed.carried.items():
        # A count of newcomers differs from run to run no more than all newcomers do.
        assert abs(summed.carried[kind] - count) < 4 * error


def test_who_brought_newcomers_is_known_where_some_are_disappointed():
    found = Praise(readers=50, disappointed=0.2).simulate(400, seed=7)
    assert sum(found.carried.values()) == pytest.approx(newcomers(found).mean())
    assert min(found.carried.values()) > 0 and not found.notes


def test_disappointed_are_as_many_among_newcomers_as_among_all():
    """Who is disappointed does not depend on who is easily convinced."""
    from frontporch.community.spread.exposure import OTHER
    from frontporch.streams import coins, root_key, run_keys, step_keys, tie_numbers

    share, count, blamed = 0.3, 0, 0
    town = Praise(strangers=40).town(seed=1)
    rule = credibility_weighted(
        0.2, {"friends": 1.0, "strangers": 0.2, "page": 0.3}, negative=share, negative_weight=1.0
    )
    for run in range(60):
        course = trace(town, list(town.people[:5]), rule, run=run, seed=5)
        came = np.flatnonzero((course["step"] > 0).fillna(False).to_numpy(bool))
        key = step_keys(run_keys(root_key(5), [run]), OTHER + 1)
        other = coins(np.repeat(key, len(came)), tie_numbers(came, came, town.directed))
        count, blamed = count + len(came), blamed + int((other < share).sum())
    assert count > 500
    assert stats.binomtest(blamed, count, share).pvalue > 1e-4


def test_blame_costs_open_reviews_most_and_the_page_least():
    table = (
        ways([0.0, 0.4]).summary().pivot(index="disappointed", columns="way", values="newcomers")
    )
    left = table.loc[0.4] / table.loc[0.0]
    assert left.idxmin() == "open reviews"
    assert left.idxmax() == "picked letters"
    assert table.loc[0.0].idxmax() == "open reviews"
    assert table.loc[0.4].idxmax() == "picked letters"


def test_ways_give_the_middle_of_their_runs():
    table = ways(0.1, towns=2, runs=50).summary()
    assert (table["lower"] <= table["newcomers"]).all()
    assert (table["newcomers"] <= table["upper"]).all()
    assert list(table["way"]) == list(WAYS)


@pytest.mark.parametrize("blame", [1, 2, 2.5, 5])
def test_reviews_are_worth_nothing_where_blame_undoes_all_praise(blame):
    assert net_words(1 / (1 + blame), blame) == pytest.approx(0, abs=1e-8)


def test_shops_of_any_quality_show_much_the_same_letters():
    table = letters_shown([5, 6, 7, 8]).set_index("quality")
    assert table["mean shown"].max() - table["mean shown"].min() < 1
    assert table["shown"].is_monotonic_increasing
    assert (table["naive"] > table.index).all()
    knows = (table["lower"] <= table.index) & (table.index <= table["upper"])
    assert knows.all()


def test_a_reader_who_knows_is_right_as_often_as_is_said():
    hits = [
        row["lower"] <= 6 <= row["upper"]
        for seed in range(200)
        for _, row in letters_shown([6], seed=seed).iterrows()
    ]
    assert stats.binomtest(sum(hits), len(hits), 0.95).pvalue > 1e-4


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"strangers": 61}, "strangers is 61, but must be from 0 to 60"),
        ({"readers": -1}, "readers is -1"),
        ({"regulars": 0}, "regulars is 0"),
        ({"blame": 0.5}, "blame is 0.5"),
        ({"friend_word": 0.0}, "friend_word is 0.0"),
        ({"stranger_worth": 1.2}, "stranger_worth"),
    ],
)
def test_what_is_out_of_range_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        Praise(**given)


def test_blame_below_one_word_is_named():
    with pytest.raises(ValueError, match=r"blame is 0\.9"):
        net_words(0.1, 0.9)
