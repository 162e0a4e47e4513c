"""Queues of posts against closed forms and simulation; policies, and who stays silent."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import look
from frontporch.community.answering import (
    Answering,
    Queue,
    Voices,
    people_needed,
    plot_answering,
    plot_load,
    plot_staffing,
    plot_waits,
    simulate_posts,
)
from frontporch.community.answering.day import reply_latency
from frontporch.community.answering.erlang import (
    erlang_b,
    erlang_c,
    halfin_whitt,
    square_root_people,
)
from frontporch.community.answering.silent import answered_and_returned

desks = st.builds(
    Queue, st.floats(0.5, 40), st.floats(1, 60), st.integers(1, 25), st.floats(0.05, 50)
)


def test_a_desk_with_too_little_capacity_makes_everybody_wait():
    assert erlang_c(2, 2) == erlang_c(2, 9) == 1.0


@pytest.mark.parametrize("beta", [0.5, 1, 2])
def test_the_square_root_rule(beta):
    people = square_root_people(400, beta)
    assert people == 400 + 20 * beta
    assert erlang_c(people, 400) == pytest.approx(halfin_whitt(beta), abs=8e-3)


@given(desks)
def test_little_and_the_flow_of_those_who_give_up(desk):
    """E[Q] = lambda E[W], and what gives up is theta E[Q]: exact (Erlang-A)."""
    assert desk.queue == pytest.approx(desk.posts_per_hour * desk.mean_wait, rel=1e-12)
    gone = desk.queue / desk.patience_hours
    assert desk.given_up * desk.posts_per_hour == pytest.approx(gone, rel=1e-9)
    # What comes in is answered or given up: the people's work is what is left.
    shares = desk._lengths
    working = np.minimum(np.arange(len(shares)), desk.people) @ shares
    assert working == pytest.approx(desk.load * (1 - desk.given_up), rel=1e-9)
    assert 0 <= desk.given_up <= 1 and 0 <= desk.waits <= 1 and 0 <= desk.busy <= 1


@given(desks)
def test_answers_come_in_the_end_or_are_given_up(desk):
    assert desk.answered_within(0) == pytest.approx(1 - desk.waits, abs=1e-9)
    assert desk.answered_within(1e4) == pytest.approx(1 - desk.given_up, abs=1e-7)
    in_time = [desk.answered_within(hours) for hours in (0, 0.1, 1, 10)]
    assert all(b >= a - 1e-9 for a, b in itertools.pairwise(in_time))


def test_endless_patience_is_the_limit_of_patience():
    ever = Queue(8, 15, 3)
    long = Queue(8, 15, 3, patience_hours=1e7)
    for name in ("waits", "queue", "mean_wait", "busy"):
        assert getattr(long, name) == pytest.approx(getattr(ever, name), rel=1e-5)
    assert long.answered_within(0.2) == pytest.approx(ever.answered_within(0.2), rel=1e-5)
    assert long.given_up == pytest.approx(0, abs=1e-6) and ever.given_up == 0


def test_a_desk_with_too_much_work_waits_for_ever_unless_somebody_gives_up():
    desk = Queue(20, 15, 3)
    assert (desk.stable, desk.queue, desk.answered_within(9), desk.busy) == (False, math.inf, 0, 1)
    assert Queue(20, 15, 3, patience_hours=2).stable


def test_the_simulation_is_the_queue():
    desk = Queue(8, 15, 3, patience_hours=0.5)
    posts = simulate_posts([8] * 24, [3] * 24, 15, days=500, seed=7, patience_hours=0.5)
    begun = posts["answered"] - posts["posted"]
    assert len(posts) == pytest.approx(8 * 24 * 500, rel=0.02)
    # 96,000 posts that depend on their neighbours: four standard errors are about 0.02.
    assert posts["given_up"].notna().mean() == pytest.approx(desk.given_up, abs=0.015)
    assert (begun <= 1e-12).mean() == pytest.approx(1 - desk.waits, abs=0.02)
    for hours in (0.1, 0.3, 1.0):
        assert (begun <= hours).mean() == pytest.approx(desk.answered_within(hours), abs=0.02)


def test_posts_of_the_evening_wait_until_somebody_is_there():
    evening, office = [0] * 24, [0] * 24
    evening[20], office[9:17] = 4, [1] * 8
    posts = simulate_posts(evening, office, 1.0, days=30, seed=3)
    assert (posts["posted"] % 24 // 1 == 20).all()
    hours = posts["answered"].dropna() % 24
    assert ((hours >= 9) & (hours < 17)).all()
    waited = (posts["answered"] - posts["posted"]).dropna()
    assert waited.min() > 12
    last = posts[posts["posted"] > 24 * 29]
    assert last["answered"].isna().all() and (last["watched"] == 24 * 30).all()


def test_unanswered_posts_are_censored_and_not_left_out():
    posts = simulate_posts([10] * 24, [2] * 24, 11, days=60, seed=5, patience_hours=3)
    curve = reply_latency(posts)
    desk = Queue(10, 11, 2, patience_hours=3)
    answered = posts.dropna(subset="answered")
    naive = ((answered["answered"] - answered["posted"]) <= 0.5).mean()
    reached = curve.at(0.5)["reached"].iloc[0]
    # Had nobody given up, fewer would have had an answer than those answered suggest.
    assert desk.answered_within(0.5) < reached < naive
    with pytest.raises(ValueError, match="row 1: posted at 3, but answered or watched until 2"):
        reply_latency(pd.DataFrame({"posted": [3.0], "answered": [2.0]}))


def test_people_needed_is_the_smallest_desk():
    people = people_needed(8, 15, share=0.9, within_hours=0.25, patience_hours=2)
    assert Queue(8, 15, people, 2).answered_within(0.25) >= 0.9
    assert Queue(8, 15, people - 1, 2).answered_within(0.25) < 0.9


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Queue(0, 15, 3), "posts_per_hour is 0"),
        (lambda: Queue(8, 15, 2.5), "people is 2.5"),
        (lambda: Queue(8, 15, 3).answered_within(-1), "hours is -1"),
        (lambda: people_needed(8, 15, share=90, within_hours=1), "share is 90"),
        (lambda: halfin_whitt(0), "beta is 0"),
        (lambda: erlang_b(3, -1), "load is -1"),
        (lambda: simulate_posts([1] * 23, [1] * 24, 15, days=1, seed=1), "posts_per_hour needs 24"),
        (lambda: simulate_posts([1] * 24, [1] * 24, 0, days=1, seed=1), "minutes_per_post is 0"),
        (lambda: Answering(calls_forth=1.0), "calls_forth is 1.0"),
        (lambda: Answering().table(1.5), "share is"),
        (lambda: Voices(0.1, 0, 0.2), "happy_post is 0"),
    ],
)
def test_what_is_out_of_range_is_named(make, said):
    with pytest.raises(ValueError, match=said):
        make()


def test_the_squeaky_wheel_settles_where_the_sum_says():
    policy = Answering(complaints=40, calls_forth=0.25)
    path = policy.weeks(0.8, 60)
    assert path[0] == 40 and (np.diff(path) >= 0).all()
    assert path[-1] == pytest.approx(policy.complaints_at(0.8)) == pytest.approx(50)
    assert (policy.weeks(0.0, 5) == 40).all()


def test_good_will_rises_and_falls_and_the_best_share_is_between():
    """b r - tires r² is highest at b / (2 tires) (Homburg, Ehm & Artz 2015 for the shape)."""
    free = Answering(calls_forth=0, wage=0, gain_complaint=3, gain_praise=-1, tires=3)
    assert free.best()[["complaints", "praise"]].tolist() == [0.5, 0.0]
    costly = Answering(calls_forth=0.3, wage=20)
    assert costly.best()["complaints"] < free.best()["complaints"] + 0.5
    table = costly.table(np.linspace(0, 1, 11), 1.0)
    np.testing.assert_allclose(table["net"], table["good_will"] - table["cost"])
    np.testing.assert_allclose(table["hours"], table["answers"] / 6)


@given(st.floats(0.01, 0.99), st.floats(0.01, 1), st.floats(0.01, 1))
def test_weighing_brings_back_the_share_of_all(unhappy, happy_post, unhappy_post):
    voices = Voices(unhappy, happy_post, unhappy_post)
    assert voices.weighed(voices.among_posters) == pytest.approx(unhappy)
    louder = unhappy_post > happy_post
    assert (voices.among_posters > unhappy) == louder or voices.among_posters == pytest.approx(
        unhappy
    )


def test_posters_are_drawn_as_bayes_says():
    voices = Voices(0.1, 0.02, 0.2)
    drawn = voices.simulate(200_000, seed=7)
    posters = drawn[drawn["posts"]]
    error = np.sqrt(voices.among_posters * (1 - voices.among_posters) / len(posters))
    assert abs(posters["unhappy"].mean() - voices.among_posters) < 4 * error
    silent = drawn[~drawn["posts"]]["unhappy"].mean()
    assert silent == pytest.approx(voices.among_silent, abs=0.003)


@pytest.mark.parametrize("helps", [True, False])
def test_two_worlds_look_alike_until_a_coin_decides(helps):
    seen = answered_and_returned(200_000, 7, answer_helps=helps).groupby("answered")["returned"]
    assert seen.mean()[True] == pytest.approx(0.31, abs=0.006)
    assert seen.mean()[False] == pytest.approx(0.17, abs=0.006)
    trial = answered_and_returned(200_000, 7, answer_helps=helps, by_coin=True)
    shares = trial.groupby("answered")["returned"].mean()
    gain = shares[True] - shares[False]
    assert gain == pytest.approx(0.14 if helps else 0.0, abs=0.008)


def test_pictures_say_what_they_show():
    assert "answered within 1 h" in look.drawn(plot_staffing()).text
    assert "good will" in look.drawn(plot_answering(Answering())).text


def test_the_picture_of_load_tells_how_few_are_in_time():
    text = look.drawn(plot_load(10, 0.5, people=1)).text
    expected = Queue(3, 10, 1).answered_within(0.5)
    assert f"{expected:.0%} at 3 posts per hour" in text
    ax = plot_load(10, 0.5, people=2)
    in_time, busy = (line.get_ydata() for line in ax.lines)
    assert (np.diff(in_time) < 0).all() and np.allclose(np.diff(busy, 2), 0)


def test_the_picture_of_waits_counts_the_unanswered():
    posts = pd.DataFrame(
        {
            "posted": [0.0, 1, 2, 3],
            "answered": [0.5, np.nan, 4, np.nan],
            "watched": [1.0, 14, 4, 16],
        }
    )
    text = look.drawn(plot_waits(posts)).text
    assert "all posts, 4 posts: 25% answered within 1 h, 50% answered within 12 h" in text
    both = look.drawn(plot_waits({"mine": posts, "yours": posts.head(3)})).text
    assert "yours, 3 posts: 33% answered within 1 h" in both
