"""Exercises of lesson 6: join in, or push, and must we answer everything?"""

from __future__ import annotations

import math
from functools import lru_cache

import pandas as pd

from ... import community
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...community import answering
from .. import lesson_06
from .contact import KINDS
from .tastes import Tastes

HALF_AN_HOUR, MINUTES, WEEKS = 0.5, 10, 26


def in_time(posts: int, minutes: int, people: int = 1, within: float = HALF_AN_HOUR) -> float:
    """Exercise 6.1: per cent of posts answered within half an hour."""
    return 100 * answering.Queue(posts, minutes, people).answered_within(within)


def people_for(posts: int) -> int:
    """Exercise 6.2: people who answer nine in ten posts within half an hour."""
    return answering.people_needed(posts, MINUTES, share=0.9, within_hours=HALF_AN_HOUR)


def fewest(posts: int) -> int:
    """People whose hours are enough for the work, however long posts wait."""
    return math.ceil(posts * MINUTES / 60)


@lru_cache
def at_equal_cost() -> pd.DataFrame:
    """Exercise 6.3: what joining in and pushing bring, by budget."""
    found = lesson_06.by_budget(lesson_06.ContactWorld(), [50, 100, 200], seed=7, runs=20)
    return found.summary().set_index(["budget", "way"])


def price(budget: int, way: str) -> float:
    """Exercise 6.3: dollars that one incremental adopter costs."""
    return float(budget * WEEKS / at_equal_cost().loc[(budget, way), "adopters"])


def price_of_all(budget: int, way: str) -> float:
    """Divide by all adopters, also those who would have come anyway."""
    row = at_equal_cost().loc[(budget, way)]
    return float(budget * WEEKS / row[list(KINDS)].sum())


def crowd(unhappy: int, unhappy_post: int) -> answering.Voices:
    """Exercise 6.4: customers of whom the unhappy post more often."""
    return answering.Voices(unhappy / 100, 0.02, unhappy_post / 100)


@lru_cache
def world_of_replies(shuffle: int) -> str:
    """Exercise 6.5: the name of the shop in which replies win customers."""
    return lesson_06.worlds(shuffle=shuffle).truth


@lru_cache
def only_alike() -> Tastes:
    """Exercise 6.6: the town in which friends are alike and do not influence each other."""
    return lesson_06.taste_worlds()["friends are only alike"]


@lru_cache
def adds(seed: int, method: str = "all compared") -> float:
    """Exercise 6.6: percentage points that a method finds for one more friend."""
    return 100 * community.fit(*only_alike().simulate(seed)).effect(method)[0]


EXERCISES = (
    Exercise(
        id="6.1",
        question="{posts} posts come per hour, and an answer takes {minutes} minutes. Of 100 "
        "posts, how many does Joe alone begin to answer within half an hour?",
        options={"posts": (4, 3, 5), "minutes": (11, 8)},
        answer=in_time,
        absolute_tolerance=0.6,
        unit="%",
        hint="Put {posts} and {minutes} into the cell above, run it, and make the share per cent.",
        solution="`100 * answering.Queue({posts}, {minutes}, people=1).answered_within(0.5)`: "
        "fewer, the nearer the posts come to what he can answer in an hour.",
        diagnoses=(
            Diagnosis(
                lambda posts, minutes: 100 * (1 - posts * minutes / 60),
                "these are answered at once, without any wait; the question asks for half an hour.",
            ),
            Diagnosis(
                lambda posts, minutes: in_time(posts, MINUTES),
                lambda posts, minutes: f"this is for 10 minutes an answer; yours takes {minutes}.",
            ),
            Diagnosis(
                lambda posts, minutes: in_time(posts, minutes, within=1.0),
                "this is within an hour; the question asks for half an hour, 0.5.",
            ),
        ),
    ),
    Exercise(
        id="6.2",
        question="{posts} posts come per hour, ten minutes each, and nine in ten are to be "
        "answered within half an hour. At {wage} dollars an hour for each person who is there, "
        "what does one post cost?",
        options={"posts": (7, 5, 16), "wage": (20, 24)},
        answer=lambda posts, wage: people_for(posts) * wage / posts,
        absolute_tolerance=0.03,
        unit="dollars",
        hint="Put {posts} into the cell above: so many people are paid {wage} dollars each in "
        "every hour. Divide by the posts of an hour.",
        solution="People needed, times {wage} dollars, divided by {posts} posts: the hours in "
        "which they wait for posts are paid too.",
        diagnoses=(
            Diagnosis(
                lambda posts, wage: wage * MINUTES / 60,
                "this is ten minutes' wage; while they wait for posts they are paid too.",
            ),
            Diagnosis(
                lambda posts, wage: float(people_for(posts) * wage),
                "this is what an hour costs; divide by the posts of an hour.",
            ),
            Diagnosis(
                lambda posts, wage: (
                    None if fewest(posts) == people_for(posts) else fewest(posts) * wage / posts
                ),
                "so many people can do the work, but not within half an hour.",
            ),
        ),
    ),
    Exercise(
        id="6.3",
        question='With {budget} dollars a week for 26 weeks, all of it by the way "{way}": what '
        "does one incremental adopter cost?",
        options={"budget": (100, 50, 200), "way": ("join in", "push")},
        answer=price,
        absolute_tolerance=0.12,
        unit="dollars",
        hint="Put {budget} into the cell above, run it, and read `adopters` in the row of {way}. "
        "All money of 26 weeks, divided by them.",
        solution="{budget} × 26 dollars, divided by the incremental adopters in the row of {way}.",
        diagnoses=(
            Diagnosis(
                lambda budget, way: price(budget, way) / WEEKS,
                "this is the money of one week; the adopters are those of 26 weeks.",
            ),
            Diagnosis(
                price_of_all,
                "this divides by all adopters; count only those who came because of the money.",
            ),
            Diagnosis(
                lambda budget, way: price(budget, "push" if way == "join in" else "join in"),
                lambda budget, way: f"this is the other way; yours is {way}.",
            ),
        ),
    ),
    Exercise(
        id="6.4",
        question="Of 100 customers {unhappy} are unhappy. Of 100 unhappy ones {unhappy_post} "
        "post, of 100 happy ones 2. Of 100 who post, how many are unhappy?",
        options={"unhappy": (10, 5, 20), "unhappy_post": (30, 15)},
        answer=lambda unhappy, unhappy_post: 100 * crowd(unhappy, unhappy_post).among_posters,
        absolute_tolerance=0.3,
        unit="%",
        hint="Put {unhappy} and {unhappy_post} into the cell above as shares: divide each by 100.",
        solution="`answering.Voices({unhappy} / 100, 0.02, {unhappy_post} / 100).among_posters`, "
        "times 100: far more than among all customers, because the unhappy speak up.",
        diagnoses=(
            Diagnosis(
                lambda unhappy, unhappy_post: float(unhappy),
                "these are the unhappy among all customers; the question asks for those who post.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: float(unhappy_post),
                "these are the posters among the unhappy; the question turns it round.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: 100 * crowd(unhappy, unhappy_post).among_silent,
                "these are the unhappy among the silent.",
            ),
        ),
    ),
    Exercise(
        id="6.5",
        question="In which of your two shops (shuffle {shuffle}) do replies win customers: A or B?",
        options={"shuffle": (7, 3, 8, 2)},
        answer=world_of_replies,
        hint="Look at the picture in which a coin decided who got a reply.",
        solution="Only in one shop do those with a reply still come more often once a coin decides "
        "who gets one. In the other, replies went to the keen, who came anyway.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_of_replies(shuffle) == "A" else "A",
                "in this shop the difference is gone once a coin decides: the keen got the "
                "replies, and came anyway.",
            ),
            Diagnosis("both", "the logs are alike; with the coin only one difference is left."),
            Diagnosis("neither", "look at the coin: in one shop the difference stays."),
        ),
    ),
    Exercise(
        id="6.6",
        question="In the town of seed {seed}, where friends are only alike: how many percentage "
        'points does the method "all compared" say that one more friend adds?',
        options={"seed": (7, 11, 23)},
        answer=adds,
        absolute_tolerance=0.012,
        unit="points",
        hint='Put {seed} in place of the 1, and read `effect` in the row "all compared"; '
        "times 100 it is percentage points.",
        solution="`community.fit(*alike.simulate(seed={seed})).summary()`, first row, "
        "times 100. The truth is none: friends are alike, and nobody convinced anybody.",
        diagnoses=(
            Diagnosis(
                lambda seed: adds(seed, "matched on what shows"),
                "this compares people who look alike; the question asks for all.",
            ),
            Diagnosis(
                lambda seed: adds(seed, "matched on the taste itself"),
                "this compares people of the same taste; the question asks for all.",
            ),
            Diagnosis(
                lambda seed: adds(seed, "encouraged by a coin"),
                "this is the coin's answer; the question asks for all people compared.",
            ),
            Diagnosis(lambda seed: adds(1), lambda seed: f"this is seed 1; yours is {seed}."),
        ),
    ),
)
