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
        question="{posts} posts come per hour, and an answer takes {minutes} minutes. What per "
        "cent of the posts does Joe alone begin to answer within {within} minutes? (One decimal.)",
        options={
            "posts": (4, 3, 2),
            "minutes": (11, 8, 9, 12, 14),
            "within": (20, 15, 25, 40),
        },
        answer=lambda posts, minutes, within: in_time(posts, minutes, within),
        absolute_tolerance=0.15,
        unit="%",
        hint="1. Set the three sliders to {posts} posts, {minutes} minutes an answer and within "
        "{within} minutes. 2. Two rows of the table are in time; add them.",
        solution="With {posts} posts, {minutes} minutes and within {within} minutes set: add the "
        "posts answered at once and those answered after a wait of up to {within} minutes. The "
        "closer the posts come to what Joe can answer in an hour, the fewer are in time.",
        diagnoses=(
            Diagnosis(
                lambda posts, minutes, within: experiments.at_once(posts, minutes),
                lambda posts, minutes, within: (
                    f"these are answered at once; posts that wait up to {within} minutes are in "
                    "time, too."
                ),
            ),
            Diagnosis(
                lambda posts, minutes, within: (
                    in_time(posts, minutes, within) - experiments.at_once(posts, minutes)
                ),
                "these wait and are still in time; add the posts that are answered at once.",
            ),
            Diagnosis(
                lambda posts, minutes, within: in_time(posts, MINUTES, within),
                lambda posts, minutes, within: (
                    f"this is for answers of 10 minutes; yours take {minutes}."
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
        question="{posts} posts come per hour, and an answer takes ten minutes. Mara promises to "
        "answer 90 % of them within 30 minutes. Each person at the desk is paid {wage} dollars an "
        "hour. How many dollars does one post cost?",
        options={
            "posts": (7, 6, 8, 9, 10, 11, 13, 14, 16, 18, 20, 22),
            "wage": (18, 16, 22, 24, 27),
        },
        answer=lambda posts, wage: people_for(posts) * wage / posts,
        absolute_tolerance=0.03,
        unit="dollars",
        hint="1. Set {posts} posts and {wage} dollars. 2. Find the first row in which 90 % or more "
        "are answered in time. 3. Divide its dollars an hour by {posts}.",
        solution="With {posts} posts and {wage} dollars set: the dollars an hour of the first row "
        "that reaches 90 %, divided by {posts}. While people wait for posts, they are paid, too.",
        diagnoses=(
            Diagnosis(
                lambda posts, wage: wage * MINUTES / 60,
                "this is the wage for ten minutes; people are also paid while they wait for posts.",
            ),
            Diagnosis(
                lambda posts, wage: float(people_for(posts) * wage),
                "this is what an hour costs; divide it by the posts that come in an hour.",
            ),
            Diagnosis(
                lambda posts, wage: fewest(posts) * wage / posts,
                "so few people can do the work, but not within 30 minutes.",
            ),
            Diagnosis(
                lambda posts, wage: people_for(posts) * 20 / posts,
                lambda posts, wage: f"this is for 20 dollars an hour; your wage is {wage}.",
            ),
        ),
        experiment=experiments.DESK,
    ),
    Exercise(
        id="6.3",
        question='Mara spends {budget} dollars a week for 26 weeks on "{way}". A new customer is '
        "worth {worth} dollars to her. How many dollars does she earn on each incremental adopter, "
        "after paying for winning that customer? (Below 0 for a loss. Two decimals.)",
        options={
            "budget": (200, 50, 400),
            "way": ("join in", "push", "half and half"),
            "worth": (40, 25, 30, 35, 45, 60),
        },
        answer=lambda budget, way, worth: worth - price(budget, way),
        absolute_tolerance=0.06,
        unit="dollars",
        hint="1. Set {budget} dollars a week, and no useful posts. 2. Divide the dollars in 26 "
        "weeks by the incremental adopters in the row {way}. 3. Subtract the result from {worth}.",
        solution="{worth} dollars, minus the cost of one incremental adopter. That cost is "
        "{budget} × 26 dollars, divided by the incremental adopters in the row {way}.",
        diagnoses=(
            Diagnosis(
                lambda budget, way, worth: price(budget, way),
                lambda budget, way, worth: (
                    f"this is what one incremental adopter costs; subtract it from {worth}."
                ),
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(budget, way) / WEEKS,
                "you counted the money of one week, but the adopters of 26 weeks.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price_of_all(budget, way),
                "you divided by all adopters; count only those who came because of the money.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(budget, other(way)),
                lambda budget, way, worth: f"this is for another way; yours is {way}.",
            ),
            Diagnosis(
                lambda budget, way, worth: worth - price(100, way),
                lambda budget, way, worth: f"this is for 100 dollars a week; Mara spends {budget}.",
            ),
        ),
        experiment=experiments.COST,
    ),
    Exercise(
        id="6.4",
        question="{unhappy} % of the customers are unhappy. {unhappy_post} % of the unhappy post, "
        "but only 2 % of the happy. What per cent of those who post are unhappy? (One decimal.)",
        options={
            "unhappy": (15, 5, 8, 12, 20, 25, 30),
            "unhappy_post": (30, 10, 15, 25, 40, 35),
        },
        answer=among_posters,
        absolute_tolerance=0.1,
        unit="%",
        hint="1. Set {unhappy} % unhappy, of whom {unhappy_post} % post. 2. In the last column, "
        "divide the unhappy by the sum of both rows, and multiply by 100.",
        solution="With {unhappy} % and {unhappy_post} % set: the unhappy who post, divided by all "
        "who post, times 100. The share is far higher than among all customers, because unhappy "
        "customers speak up.",
        diagnoses=(
            Diagnosis(
                lambda unhappy, unhappy_post: float(unhappy),
                "this is the share of all customers who are unhappy; the question asks about those "
                "who post.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: float(unhappy_post),
                "this is the share of the unhappy who post; the question asks for the share of "
                "those who post who are unhappy.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: (
                    100 * answering.Voices(unhappy / 100, 0.02, unhappy_post / 100).among_silent
                ),
                "this is the share of the unhappy among those who do not post.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: 100 - among_posters(unhappy, unhappy_post),
                "this is the share of the happy among those who post.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: among_posters(10, unhappy_post),
                lambda unhappy, unhappy_post: f"this is for 10 % unhappy; yours are {unhappy} %.",
            ),
            Diagnosis(
                lambda unhappy, unhappy_post: among_posters(unhappy, 20),
                lambda unhappy, unhappy_post: (
                    f"this is for 20 % of the unhappy who post; yours are {unhappy_post} %."
                ),
            ),
        ),
        experiment=experiments.CROWD,
    ),
    Exercise(
        id="6.5",
        question="Your team has its own three pairs of shops (set {pairs}). "
        "In which shop of each pair do replies win customers?",
        options={"pairs": SETS},
        answer=truth,
        choices=CHOICES,
        hint='1. Set who gets a reply to "picked by chance". 2. Take one pair after the other. In '
        "which shop do people with a reply still become customers more often?",
        solution="In one shop of each pair of set {pairs}, people with a reply are still ahead if "
        "chance picks who gets one. In the other, replies went to keen people, who came anyway.",
        diagnoses=(
            Diagnosis(
                turned,
                "in these shops the difference is gone once chance picks who gets a reply. Keen "
                "people got the replies, and came anyway.",
            ),
            Diagnosis(
                further_ahead,
                "you looked at replies as usual, which go to keen people. Let chance pick who gets "
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
        solution='With town {town} set: the row "{method}". The truth is 0: friends are alike, '
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
