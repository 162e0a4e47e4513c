"""Exercises of lesson 3: small talk, who opens up first?"""

from __future__ import annotations

from functools import cache

import numpy as np

from ...classroom.checking.exercise import Diagnosis, Exercise
from ...deepening import reciprocity
from .. import pairs as hidden
from .experiments import (
    ANSWERS,
    COMMUNITIES,
    EXPERIMENTS,
    OWN,
    at_rest,
    law_of,
    paths,
    reached,
)


def goes_on(community: str, exchange: int, more: int) -> float:
    """Exercise 3.1: per cent of the pairs at an exchange that went on for some more."""
    known = reached(community)
    return 100 * known[exchange + more] / known[exchange]


def of_all(community: str, exchange: int, more: int) -> float:
    """Divide by the pairs that began, in place of those that came so far."""
    known = reached(community)
    return 100 * known[exchange + more] / known[0]


def other(community: str) -> str:
    """Name the community that was not asked for."""
    return COMMUNITIES[1 - COMMUNITIES.index(community)]


@cache
def settled(customer: float, shop: float, who: int = 0) -> float:
    """Exercise 3.2: depth at which one of the two comes to rest."""
    pair = reciprocity.Disclosure(base=OWN, reciprocity=(customer, shop))
    return float(pair.settles_at()[who])


def ahead(step: float, exchanges: int) -> float:
    """Exercise 3.3: how much deeper the customer is where the customer opened first."""
    row = paths(step).iloc[exchanges]
    return float(row["customer"] - row["shop"])


def rate_of(alone: float, answers: float, who: int = 0) -> float:
    """Exercise 3.6: messages per hour in the long run."""
    return float(np.asarray(law_of(alone, answers).mean_rates())[who])


def unless_near(wrong: float, *others: float, by: float = 0.02) -> float | None:
    """Give a wrong answer, or None where it is also the right one or another mistake."""
    return None if any(abs(wrong - one) < by for one in others) else wrong


STEPS = (0.5, 0.15, 0.2, 0.3, 0.35, 0.4, 0.45, 0.55, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)
"""How deep the first step is; the lesson itself shows 0.6."""
EXERCISES = (
    Exercise(
        id="3.1",
        question="Of the pairs of {community} that had come to exchange {exchange}, what per cent "
        "went on for at least {more} more?",
        options={
            "community": COMMUNITIES,
            "exchange": (1, 2, 3, 4, 5, 6, 7, 8),
            "more": (2, 1, 3),
        },
        answer=goes_on,
        absolute_tolerance=0.12,
        unit="%",
        hint="Choose {community} and begin at exchange {exchange}. Divide the pairs that came "
        "{more} exchanges further by those in the first row, and take it times 100.",
        solution="Choose {community} and begin at exchange {exchange}. Go {more} down from the "
        "first row, divide that number by the first, and take it times 100.",
        diagnoses=(
            Diagnosis(
                of_all,
                "this divides by all pairs that began. The question asks for those that had come "
                "so far.",
            ),
            Diagnosis(
                lambda community, exchange, more: goes_on(other(community), exchange, more),
                lambda community, exchange, more: f"these are the {other(community)}.",
            ),
            Diagnosis(
                lambda community, exchange, more: (
                    None if more == 1 else goes_on(community, exchange, 1)
                ),
                "these pairs went on for one more exchange. Look again for how many you were "
                "asked.",
            ),
        ),
        experiment=EXPERIMENTS["3.1"],
    ),
    Exercise(
        id="3.2",
        question="The customer answers {customer} of a step, and the shop {shop}. At which depth "
        "(0 to 1) does the customer come to rest?",
        options={
            "customer": (0.4, 0.1, 0.2, 0.3, 0.5, 0.6, 0.7),
            "shop": (0.9, 0.2, 0.3, 0.5, 0.6, 0.7, 0.8),
        },
        answer=settled,
        absolute_tolerance=0.0015,
        hint="Set the sliders to {customer} and {shop}, and read the first number above the "
        "picture.",
        solution="Set the sliders to {customer} and {shop}. The first number above the picture is "
        "the customer: their own depth, raised by what comes back.",
        diagnoses=(
            Diagnosis(
                lambda customer, shop: settled(customer, shop, 1),
                "this is the depth of the shop, the second of the two.",
            ),
            Diagnosis(
                OWN[0],
                "this is what the customer would tell with no answer at all.",
            ),
            Diagnosis(
                lambda customer, shop: unless_near(
                    settled(*ANSWERS), settled(customer, shop), settled(customer, shop, 1)
                ),
                lambda customer, shop: (
                    f"this is for answers of 0.5 and 0.6 of a step. Yours are {customer} and "
                    f"{shop}."
                ),
            ),
        ),
        experiment=EXPERIMENTS["3.2"],
    ),
    Exercise(
        id="3.3",
        question="The first step is {step} deep. After {exchanges} exchanges: how much deeper does "
        "the customer go if the customer opened first, compared with the shop opening first?",
        options={
            "step": STEPS,
            "exchanges": (2, 1, 3),
        },
        answer=ahead,
        absolute_tolerance=0.0012,
        hint="Set the slider to {step} and go to the row of {exchanges} exchanges. Subtract the "
        "second depth from the first.",
        solution="Set the slider to {step}, go to the row of {exchanges} exchanges, and subtract. "
        "The difference shrinks with every exchange: it is soon forgotten who opened first.",
        diagnoses=(
            Diagnosis(
                lambda step, exchanges: -ahead(step, exchanges),
                "the other way round: take the depth where the customer opened, less the other.",
            ),
            Diagnosis(
                lambda step, exchanges: step,
                "this is the head start itself, before any exchange.",
            ),
            Diagnosis(
                lambda step, exchanges: unless_near(
                    ahead(0.6, exchanges), ahead(step, exchanges), by=0.002
                ),
                lambda step, exchanges: f"this is for a first step of 0.6. Yours is {step}.",
            ),
        ),
        experiment=EXPERIMENTS["3.3"],
    ),
    Exercise(
        id="3.4",
        question="A brand answers {answered} of what the customer tells, and never goes deeper "
        "than 0.6. The customer answers {customer} of a step. At which depth (0 to 1) does the "
        "customer come to rest?",
        options={
            "answered": (0.8, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7),
            "customer": (0.5, 0.3, 0.4, 0.7, 0.8, 0.9),
        },
        answer=lambda answered, customer: at_rest(customer, answered)[0],
        absolute_tolerance=0.0015,
        hint="Set the sliders to {answered} and {customer}, and read the row of the customer.",
        solution="Set the sliders to {answered} for the brand and {customer} for the customer, and "
        "read the row of the customer.",
        diagnoses=(
            Diagnosis(
                lambda answered, customer: at_rest(customer, answered)[1],
                "this is the brand, the second row.",
            ),
            Diagnosis(
                lambda answered, customer: at_rest(0.6, answered)[0],
                lambda answered, customer: (
                    f"this is for a customer who answers 0.6. Yours answers {customer}."
                ),
            ),
            Diagnosis(
                lambda answered, customer: unless_near(
                    at_rest(customer, 1.0)[0], at_rest(customer, answered)[0]
                ),
                "this is for a brand that answers like for like, 1.",
            ),
        ),
        experiment=EXPERIMENTS["3.4"],
    ),
    Exercise(
        id="3.5",
        question="Your team has three pairs of worlds of its own, number {pairs}. "
        "In which world of each pair do Ann "
        "and Bob answer each other: A or B?",
        options={"pairs": hidden.SETS},
        choices=hidden.CHOICES,
        answer=hidden.truth,
        hint="Read both worlds with the clock: the usual number of messages then changes with the "
        "hour of the day.",
        solution="For each of the three pairs, read with the clock. Only in one world are answers "
        "left. In the other, Ann and Bob merely write at the same hours.",
        diagnoses=hidden.diagnoses(
            "in these worlds the answers vanish once the clock is known. Both only follow the "
            "same hours of the day.",
            "Without the clock the two look alike. Read them with it.",
        ),
        experiment=EXPERIMENTS["3.5"],
    ),
    Exercise(
        id="3.6",
        question="Alone, Ann writes {alone} messages per hour. Each message of Bob's calls forth "
        "{answers} of hers. In the long run, how many messages per hour does she write?",
        options={
            "alone": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
            "answers": (0.4, 0.1, 0.2, 0.3, 0.6, 0.7, 0.8),
        },
        answer=rate_of,
        absolute_tolerance=0.0055,
        unit="per hour",
        hint="Set the sliders to {alone} and {answers}, and read the row of Ann in the long run.",
        solution="Set the sliders to {alone} and {answers}, and read the row of Ann in the long "
        "run: what she would write alone, and all that answers call forth.",
        diagnoses=(
            Diagnosis(
                lambda alone, answers: rate_of(alone, answers, 1), "this is Bob, the second row."
            ),
            Diagnosis(
                lambda alone, answers: unless_near(alone, rate_of(alone, answers, 1)),
                "this is what Ann writes without being asked.",
            ),
            Diagnosis(
                lambda alone, answers: unless_near(
                    rate_of(0.2, 0.5), alone, *(rate_of(alone, answers, who) for who in (0, 1))
                ),
                lambda alone, answers: (
                    f"this is for 0.2 messages alone and 0.5 answers. Yours are {alone} and "
                    f"{answers}."
                ),
            ),
        ),
        experiment=EXPERIMENTS["3.6"],
    ),
)
