"""Exercises of lesson 6: join in, or push, and must we answer everything?"""

from __future__ import annotations

import math

from ...classroom.checking.exercise import Diagnosis, Exercise
from ...community import answering
from ..apart import apart
from ..pairs import CHOICES, PAIRS, SETS, truth, turned
from . import experiments
from .contact import KINDS
from .experiments import MINUTES, REPLIED, WEEKS, added, at_equal_cost, in_time
from .replies import by_reply

ALL = "all compared"
SEEN = "matched on what shows"


def people_for(posts: int) -> int:
    """Exercise 6.2: people who answer nine in ten posts within half an hour."""
    return answering.people_needed(posts, MINUTES, share=0.9, within_hours=0.5)


def fewest(posts: int) -> int:
    """People whose hours are enough for the work, however long posts wait."""
    return math.ceil(posts * MINUTES / 60)


def price(budget: int, way: str) -> float:
    """Exercise 6.3: dollars that one incremental adopter costs."""
    return float(budget * WEEKS / at_equal_cost(budget).loc[way, "adopters"])


def price_of_all(budget: int, way: str) -> float:
    """Divide by all adopters, also those who would have come anyway."""
    row = at_equal_cost(budget).loc[way]
    return float(budget * WEEKS / row[list(KINDS)].sum())


def other(way: str) -> str:
    """Name another way than this one."""
    return "push" if way == "join in" else "join in"


def among_posters(unhappy: int, unhappy_post: int) -> float:
    """Exercise 6.4: of 100 who post, the unhappy."""
    return 100 * answering.Voices(unhappy / 100, 0.02, unhappy_post / 100).among_posters


def further_ahead(pairs: int) -> tuple[str, ...]:
    """Exercise 6.5: the shops in which those with a usual reply are further ahead."""

    def further(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return max("AB", key=lambda name: experiments.lead(by_reply(found[name][REPLIED[0]])))

    return tuple(map(further, PAIRS))


def more_customers(pairs: int) -> tuple[str, ...]:
    """Count customers: the shops that won more."""

    def more(pair: str) -> str:
        found = experiments.pair_of(pairs, pair)
        return max("AB", key=lambda name: int(found[name][REPLIED[0]]["adopted"].sum()))

    return tuple(map(more, PAIRS))


def adds(town: int, method: str) -> float:
    """Exercise 6.6: percentage points that a method finds for one more friend."""
    return added(town)[method][0]


_ASKED = (
    Exercise(
        id="6.1",
        question="{posts} posts come per hour, and an answer takes {minutes} minutes. Of 100 "
        "posts, how many does Joe alone begin to answer within {within} minutes? (One decimal.)",
        options={
            "posts": (4, 3, 2),
            "minutes": (11, 8, 9, 12, 14),
            "within": (20, 15, 25, 40),
        },
        answer=lambda posts, minutes, within: in_time(posts, minutes, within),
        absolute_tolerance=0.15,
        unit="%",
        hint="Set the three sliders to {posts} posts, {minutes} minutes an answer and within "
        "{within} minutes. Two rows of the table are in time; add them.",
        solution="With {posts} posts, {minutes} minutes and within {within} minutes set: the posts "
        "answered at once, and those answered after a wait of up to {within} minutes. Fewer are in "
        "time, the nearer the posts come to what Joe can answer in an hour.",
        diagnoses=(
            Diagnosis(
                lambda posts, minutes, within: experiments.at_once(posts, minutes),
                lambda posts, minutes, within: (
                    f"these are answered at once; those that wait up to {within} minutes are in "
                    "time, too."
                ),
            ),
            Diagnosis(
                lambda posts, minutes, within: (
                    in_time(posts, minutes, within) - experiments.at_once(posts, minutes)
                ),
                "these wait and are still in time; add those that are answered at once.",
            ),
            Diagnosis(
                lambda posts, minutes, within: in_time(posts, MINUTES, within),
                lambda posts, minutes, within: (
                    f"this is for 10 minutes an answer; yours takes {minutes}."
                ),
            ),
            Diagnosis(
                lambda posts, minutes, within: in_time(posts, minutes, 60),
                lambda posts, minutes, within: (
                    f"this is within an hour; the question asks for {within} minutes."
                ),
            ),
            Diagnosis(
                lambda posts, minutes, within: in_time(posts, minutes, 30),
                lambda posts, minutes, within: (
                    f"this is within half an hour; the question asks for {within} minutes."
                ),
            ),
        ),
        experiment=experiments.IN_TIME,
    ),
    Exercise(
        id="6.2",
        question="{posts} posts come per hour, ten minutes each, and 90 of 100 are to be answered "
        "within half an hour. Each person at the desk is paid {wage} dollars an hour. What does "
        "one post cost?",
        options={
            "posts": (7, 6, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22),
            "wage": (18, 16, 22, 24, 27),
        },
        answer=lambda posts, wage: people_for(posts) * wage / posts,
        absolute_tolerance=0.03,
        unit="dollars",
        hint="Set {posts} posts and {wage} dollars. Find the first row in which 90 of 100 or more "
        "are answered in time, and divide its dollars by the posts of an hour.",
        solution="With {posts} posts and {wage} dollars set: the dollars of the first row that "
        "reaches 90 of 100, divided by {posts}. The hours in which people wait for posts are paid, "
        "too.",
        diagnoses=(
            Diagnosis(
                lambda posts, wage: wage * MINUTES / 60,
                "this is ten minutes' wage; while people wait for posts they are paid, too.",
            ),
            Diagnosis(
                lambda posts, wage: float(people_for(posts) * wage),
                "this is what an hour costs; divide by the posts of an hour.",
            ),
            Diagnosis(
                lambda posts, wage: fewest(posts) * wage / posts,
                "so many people can do the work, but not within half an hour.",
            ),
            Diagnosis(
                lambda posts, wage: people_for(posts) * 20 / posts,
                lambda posts, wage: f"this is for 20 dollars an hour; yours are {wage}.",
            ),
        ),
        experiment=experiments.DESK,
    ),
    Exercise(
        id="6.3",
        question='Mara spends {budget} dollars a week for 26 weeks, all of it by the way "{way}". '
        "A new customer is worth {worth} dollars to her. How much of that is left for each "
        "incremental adopter, after what it cost to win one? (Below 0: a loss. Two decimals.)",
        options={
            "budget": (200, 50, 400),
            "way": ("join in", "push", "half and half"),
            "worth": (40, 25, 30, 35, 45, 60),
        },
        answer=lambda budget, way, worth: worth - price(budget, way),
        absolute_tolerance=0.06,
        unit="dollars",
        hint="Set {budget} dollars a week. Divide the dollars of 26 weeks by the incremental "
        "adopters in the row {way}, and take the result from {worth}.",
        solution="{worth} dollars, less {budget} × 26 dollars divided by the incremental adopters "
        "in the row {way}.",
        diagnoses=(
            Diagnosis(
                lambda budget, way, worth: price(budget, way),
                lambda budget, way, worth: (
                    f"this is what one incremental adopter costs; take it from {worth} dollars."
                ),
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(budget, way) / WEEKS,
                "you counted the money of one week; the adopters are those of 26 weeks.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price_of_all(budget, way),
                "you divided by all adopters; count only those who came because of the money.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(budget, other(way)),
                lambda budget, way, worth: f"this is another way; yours is {way}.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(100, way),
                lambda budget, way, worth: f"this is for 100 dollars a week; yours are {budget}.",
            ),
        ),
        experiment=experiments.COST,
    ),
    Exercise(
        id="6.4",
        question="Of 100 customers {unhappy} are unhappy. Of 100 unhappy ones {unhappy_post} "
        "post, of 100 happy ones 2. Of 100 who post, how many are unhappy? (One decimal.)",
        options={
            "unhappy": (15, 5, 8, 12, 20, 25, 30),
            "unhappy_post": (30, 10, 15, 25, 40, 35),
        },
        answer=among_posters,
        absolute_tolerance=0.1,
        unit="%",
        hint="Set {unhappy} unhappy, of whom {unhappy_post} of 100 post. In the last column, "
        "divide the unhappy by all who post.",
        solution="With {unhappy} and {unhappy_post} set: the unhappy who post, divided by all who "
        "post, times 100. They are far more than among all customers, because the unhappy speak "
        "up.",
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
                lambda unhappy, unhappy_post: (
                    100 * answering.Voices(unhappy / 100, 0.02, unhappy_post / 100).among_silent
                ),
                "these are the unhappy among the silent.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: 100 - among_posters(unhappy, unhappy_post),
                "these are the happy among those who post.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: among_posters(10, unhappy_post),
                lambda unhappy, unhappy_post: f"this is for 10 unhappy; yours are {unhappy}.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: among_posters(unhappy, 20),
                lambda unhappy, unhappy_post: (
                    f"this is so if 20 of 100 unhappy ones post; yours are {unhappy_post}."
                ),
            ),
        ),
        experiment=experiments.CROWD,
    ),
    Exercise(
        id="6.5",
        question="Your team has three pairs of shops of its own, number {pairs}. "
        "In which shop of each pair do "
        "replies win customers?",
        options={"pairs": SETS},
        answer=truth,
        choices=CHOICES,
        hint='Set who gets a reply to "picked by chance", and look at one pair after the other. In '
        "which shop are those with a reply still ahead?",
        solution="In one shop of each pair of set {pairs}, those with a reply are still ahead if "
        "chance picks who gets one. In the other, replies went to the keen, who came anyway.",
        diagnoses=(
            Diagnosis(
                turned,
                "in these shops the difference is gone once chance picks who gets a reply: the "
                "keen got the replies, and came anyway.",
            ),
            Diagnosis(
                further_ahead,
                "you looked at replies as usual, which go to the keen. Let chance pick who gets "
                "one.",
            ),
            Diagnosis(
                more_customers,
                "these are the shops with more customers in all. Ask who won them: let chance pick "
                "who gets a reply.",
            ),
        ),
        experiment=experiments.SHOPS,
    ),
    Exercise(
        id="6.6",
        question="In town {town} friends are only alike, so the truth is 0. How many percentage "
        'points does the method "{method}" find for one more friend? (Two decimals.)',
        options={
            "town": tuple(range(2, 30)),
            "method": (ALL, SEEN),
        },
        answer=adds,
        absolute_tolerance=0.006,
        unit="points",
        hint='Move the slider to town {town}, and read the row "{method}".',
        solution='With town {town} set: the row "{method}". The truth is none: friends are alike, '
        "and nobody convinced anybody.",
        diagnoses=(
            Diagnosis(
                lambda town, method: adds(town, SEEN if method == ALL else ALL),
                lambda town, method: f'this is another method; the question asks for "{method}".',
            ),
            Diagnosis(
                lambda town, method: adds(town, "matched on the taste itself"),
                lambda town, method: (
                    f'this compares people of the same taste; the question asks for "{method}".'
                ),
            ),
            Diagnosis(
                lambda town, method: adds(town, "encouraged by a coin"),
                lambda town, method: (
                    f'this is what chance found; the question asks for "{method}".'
                ),
            ),
            Diagnosis(
                lambda town, method: adds(1, method),
                lambda town, method: f"this is town 1; yours is {town}.",
            ),
        ),
        experiment=experiments.METHODS,
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
