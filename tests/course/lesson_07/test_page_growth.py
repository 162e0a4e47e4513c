"""Two worlds that grow alike at first, and the readings that tell them apart or say they cannot."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import look
from frontporch.course import lesson_07
from frontporch.course.lesson_07 import estimate_talk
from frontporch.course.lesson_07.talk import readings, talk_from_totals
from frontporch.fans import growth
from frontporch.tables import TableError


@pytest.fixture
def worlds():
    return list(lesson_07.worlds().values())


def test_both_have_as_many_fans_after_the_first_years_and_part_later(worlds):
    talk, quiet = (world.path() for world in worlds)
    assert talk[12] == pytest.approx(quiet[12], rel=1e-9)
    assert np.abs(talk[:13] / quiet[:13] - 1).max() < 0.06
    assert talk[-1] > 3 * quiet[-1]


@settings(max_examples=30, deadline=None)
@given(st.floats(0.005, 0.1), st.integers(4, 16))
def test_the_first_years_are_alike_for_any_share_and_length(unprompted, quarters):
    talk, quiet = lesson_07.worlds(unprompted, alike_until=quarters / 4).values()
    assert talk.path()[quarters] == pytest.approx(quiet.path()[quarters], rel=1e-6)
    assert talk.talk > 0 == quiet.talk
    assert (np.diff(talk.path()) > 0).all() and (talk.path() <= talk.people).all()


def test_where_nobody_talks_each_quarter_takes_the_same_share_of_the_rest(worlds):
    quiet = worlds[1]
    fans, users = quiet.path(), quiet.users(np.arange(29) / 4)
    taken = np.diff(fans) / (users - fans)[:-1]
    assert taken == pytest.approx(0.03 / 4)


def test_counts_are_synthetic_whole_repeatable_and_follow_the_contract(worlds):
    page = worlds[0].simulate(seed=7)
    pd.testing.assert_frame_equal(page, worlds[0].simulate(seed=7))
    assert not page.equals(worlds[0].simulate(seed=8))
    assert set(page["platform"]) == {"synthetic"} and (page["users"] > page["fans"]).all()
    assert len(growth.read_counts(page).times) == 29


def test_a_shuffle_names_them_and_hides_the_order():
    orders = {lesson_07.worlds(shuffle=seed).truth for seed in range(12)}
    assert orders == {"A", "B"}
    assert list(lesson_07.worlds(shuffle=1)) == ["A", "B"]
    for seed in range(4):
        hidden = lesson_07.worlds(shuffle=seed)
        assert hidden[hidden.truth].talk > 0


@pytest.mark.parametrize(
    "wrong", [{"unprompted": 0}, {"error": -1}, {"alike_until": 9.0}, {"alike_until": 0.1}]
)
def test_numbers_out_of_range_are_named(wrong):
    with pytest.raises(ValueError, match="unprompted lies above 0"):
        lesson_07.worlds(**wrong)


def test_without_error_the_line_gives_back_both_numbers(worlds):
    for world, still in zip(worlds, lesson_07.worlds(error=0.0).values(), strict=True):
        found = estimate_talk(still.simulate(seed=1))
        assert found.talk == pytest.approx(world.talk, abs=0.01)
        assert found.unprompted == pytest.approx(world.unprompted, abs=0.001)


def estimates(world, quarters, runs):
    """Estimates from many draws, each of the first quarters."""
    years = np.arange(quarters + 1) / 4
    users = world.users(years)
    for seed in range(runs):
        noise = world.error * np.random.default_rng(seed).normal(0, 1, world.quarters)
        yield talk_from_totals(years, world.path(noise)[: quarters + 1], users)


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("quarters", [16, 28])
def test_nineteen_intervals_in_twenty_hold_the_truth(worlds, which, quarters):
    world, runs = worlds[which], 1_000
    ends = [found.interval() for found in estimates(world, quarters, runs)]
    held = sum(lower <= world.talk <= upper for lower, upper in ends)
    assert 0.92 <= held / runs <= 0.97


def test_where_nobody_talks_talk_is_seldom_read(worlds):
    read = [found.interval()[0] > 0 for found in estimates(worlds[1], 28, 1_000)]
    assert np.mean(read) < 0.05


def test_naive_sees_talk_in_both_and_right_in_one(worlds):
    read = [readings(world.simulate(seed=7)) for world in worlds]
    assert [one.loc["naive", "read"] for one in read] == ["people talk"] * 2
    assert [one.loc["right", "read"] for one in read] == ["people talk", "no sign of talk"]


def test_early_on_the_right_reading_says_that_it_cannot_tell(worlds):
    for world in worlds:
        page = world.simulate(seed=7).head(9)
        assert readings(page).loc["right", "read"] == "cannot tell"
        notes = " ".join(estimate_talk(page).notes)
        assert "these counts cannot tell which" in notes and "8 steps only" in notes
        assert not estimate_talk(world.simulate(seed=7)).notes


def test_a_page_without_users_is_told_what_is_missing(worlds):
    page = worlds[0].simulate(seed=7)
    with pytest.raises(TableError, match="nobody knows who could become a fan"):
        estimate_talk(page.drop(columns="users"))
    with pytest.raises(TableError, match="not a number above the fans"):
        estimate_talk(page.assign(users=page["fans"]))
    with pytest.raises(ValueError, match="4 counts, but talk needs at least 5"):
        estimate_talk(page.head(4))


def test_the_picture_draws_the_quarters_asked_for(worlds):
    page = worlds[0].simulate(seed=7)
    ax = lesson_07.plot_pages({"A": page}, quarters=12)
    (line,) = [one for one in ax.get_lines() if one.get_label() == "A"]
    assert line.get_ydata() == pytest.approx(page["fans"].head(13))
    assert "made up" in look.alt_text(ax)
    with pytest.raises(ValueError, match="from 1 up"):
        lesson_07.plot_pages({"A": page}, quarters=0)


def test_how_often_talk_can_be_told_is_what_the_guide_says(worlds):
    for world in worlds:
        pages = [world.simulate(seed=seed) for seed in range(1, 101)]
        early, late = (
            [estimate_talk(page.head(known)).interval() for page in pages] for known in (9, 29)
        )
        assert sum(lower <= 0 and upper >= 0.38 for lower, upper in early) >= 85
        right = [lower > 0 if world.talk else lower <= 0 for lower, _ in late]
        assert sum(right) >= 98
