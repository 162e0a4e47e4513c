"""Exercises of lesson 3: small talk, who opens up first?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ... import data
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...deepening import reciprocity
from .worlds import worlds


def goes_on(community: str, exchange: int) -> float:
    """Exercise 3.1: per cent of the pairs at an exchange that went on to the next."""
    row = data.load("exchange_ladder").query("community == @community and exchange == @exchange")
    return 100 * float(row["dyads_reaching_next"].iloc[0] / row["dyads_reaching"].iloc[0])


def of_all(community: str, exchange: int) -> float:
    """Divide by the pairs that began, in place of those that came so far."""
    ladder = data.load("exchange_ladder").query("community == @community")
    last = ladder.query("exchange == @exchange")["dyads_reaching_next"].iloc[0]
    return 100 * float(last / ladder["dyads_reaching"].iloc[0])


def other(community: str) -> str:
    """Name the community that was not asked for."""
    return "students by phone" if community == "students online" else "students online"


def settled(reciprocity_: float, who: int = 0) -> float:
    """Exercise 3.2: depth at which one of the two comes to rest."""
    pair = reciprocity.Disclosure(base=(0.2, 0.3), reciprocity=(0.5, reciprocity_))
    return float(pair.settles_at()[who])


@lru_cache
def ahead(exchanges: float) -> float:
    """Exercise 3.3: how much deeper the customer is where the customer opened first."""
    pair = reciprocity.Disclosure(base=(0.2, 0.3), reciprocity=(0.5, 0.6))
    deep, shallow = (
        pair.path([exchanges], start)["first"].iloc[0] for start in ((0.6, 0.0), (0.0, 0.6))
    )
    return float(deep - shallow)


def with_brand(answered: float, who: int = 0) -> float:
    """Exercise 3.4: where customer and brand come to rest, if the brand answers in kind."""
    talk = reciprocity.Disclosure.with_brand(reciprocity.in_kind(answered))
    return float(talk.settles_at()[who])


def world_that_holds(shuffle: int) -> str:
    """Exercise 3.5: the name of the world in which people answer each other."""
    return worlds(shuffle=shuffle).truth


def rate_of(answers: float, who: int = 0) -> float:
    """Exercise 3.6: messages per hour in the long run."""
    law = reciprocity.Hawkes((0.2, 0.1), ((0.1, answers), (0.6, 0.1)), 1.0)
    return float(np.asarray(law.mean_rates())[who])


EXERCISES = (
    Exercise(
        id="3.1",
        question="Of the pairs of {community} that had come to exchange {exchange}, what per cent "
        "went on to the next?",
        options={"community": ("students online", "students by phone"), "exchange": (1, 3, 5)},
        answer=goes_on,
        absolute_tolerance=0.4,
        unit="%",
        hint="Divide `dyads_reaching_next` by `dyads_reaching` in the row of {community}, exchange "
        "{exchange}, and make it per cent.",
        solution="In the row of {community} with exchange {exchange}: the pairs that reached the "
        "next, divided by the pairs that came so far.",
        diagnoses=(
            Diagnosis(
                of_all,
                "this divides by all pairs that began; the question asks for those that had come "
                "so far.",
            ),
            Diagnosis(
                lambda community, exchange: goes_on(other(community), exchange),
                lambda community, exchange: f"this is the row of {other(community)}.",
            ),
        ),
    ),
    Exercise(
        id="3.2",
        question="The shop answers every step of the customer with {answers} of a step. At which "
        "depth does the customer, the first of the two, come to rest?",
        options={"answers": (0.6, 0.3, 0.9)},
        answer=lambda answers: settled(answers),
        absolute_tolerance=0.006,
        hint="Put {answers} as the second number of `reciprocity`, and read the first number of "
        "`settles_at()`.",
        solution="`reciprocity.Disclosure((0.2, 0.3), (0.5, {answers})).settles_at()[0]`: each "
        "one's own depth, raised by what comes back.",
        diagnoses=(
            Diagnosis(
                lambda answers: settled(answers, 1),
                "this is the depth of the shop, the second of the two.",
            ),
            Diagnosis(
                0.2,
                "this is what the customer would tell with no answer at all.",
            ),
            Diagnosis(
                lambda answers: None if answers == 0.6 else settled(0.6),
                lambda answers: f"this is for an answer of 0.6 of a step; yours is {answers}.",
            ),
        ),
    ),
    Exercise(
        id="3.3",
        question="After {exchanges} exchanges: how much deeper is the customer's disclosure where "
        "the customer opened first, compared with the shop opening first?",
        options={"exchanges": (2, 1, 3)},
        answer=lambda exchanges: ahead(float(exchanges)),
        absolute_tolerance=0.004,
        hint="Read the column `first` after {exchanges} exchanges on both paths, and subtract.",
        solution="Subtract the two paths after {exchanges} exchanges. The difference shrinks with "
        "every exchange: who opened first is soon forgotten.",
        diagnoses=(
            Diagnosis(
                lambda exchanges: -ahead(float(exchanges)),
                "the other way round: the path with the customer first, less the other.",
            ),
            Diagnosis(0.6, "this is the head start itself, before any exchange."),
            Diagnosis(
                lambda exchanges: None if exchanges == 2 else ahead(2.0),
                lambda exchanges: f"this is after 2 exchanges; your question asks for {exchanges}.",
            ),
        ),
    ),
    Exercise(
        id="3.4",
        question="A brand answers in kind, with {answered} of what the customer tells, and never "
        "deeper than its cap. At which depth does the customer come to rest?",
        options={"answered": (0.8, 0.5, 0.2)},
        answer=with_brand,
        absolute_tolerance=0.006,
        hint="Put {answered} into `in_kind`, and read the first number.",
        solution="`reciprocity.Disclosure.with_brand(reciprocity.in_kind({answered}))"
        ".settles_at()[0]`.",
        diagnoses=(
            Diagnosis(
                lambda answered: with_brand(answered, 1),
                "this is the brand, the second of the two.",
            ),
            Diagnosis(
                lambda answered: None if answered == 0.8 else with_brand(0.8),
                lambda answered: f"this is for a brand that answers 0.8; yours answers {answered}.",
            ),
            Diagnosis(
                lambda answered: with_brand(1.0),
                "this is for a brand that answers like for like, 1.",
            ),
        ),
    ),
    Exercise(
        id="3.5",
        question="In which of your two worlds (shuffle {shuffle}) do people answer each other: A "
        "or B?",
        options={"shuffle": (7, 3, 8, 2)},
        answer=world_that_holds,
        hint='Read the rows "right" of both tables: they know the hours of the day.',
        solution="Only in one world does the reading that knows the hours of the day still find "
        "answers. In the other, two people merely write at the same hours.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this world the answers vanish once the hours of the day are known: both only "
                "follow the same clock.",
            ),
            Diagnosis("both", "the naive readings are alike, the right ones are not."),
            Diagnosis("neither", 'look at the rows "right": in one world answers are left.'),
        ),
    ),
    Exercise(
        id="3.6",
        question="In the long run, how many messages per hour does A write, if each message of B "
        "calls forth {answers} messages of A?",
        options={"answers": (0.5, 0.4, 0.2)},
        answer=rate_of,
        absolute_tolerance=0.006,
        unit="per hour",
        hint="Put {answers} in the first row, second column of the excitation, and read "
        "`mean_rates()`.",
        solution="`reciprocity.Hawkes((0.2, 0.1), ((0.1, {answers}), (0.6, 0.1)), 1.0)"
        ".mean_rates()`, the first number: what A would write alone, and all that answers call "
        "forth.",
        diagnoses=(
            Diagnosis(lambda answers: rate_of(answers, 1), "this is B, the second of the two."),
            Diagnosis(0.2, "this is what A writes without being asked."),
            Diagnosis(
                lambda answers: None if answers == 0.5 else rate_of(0.5),
                lambda answers: f"this is for 0.5 messages; yours calls forth {answers}.",
            ),
        ),
    ),
)
