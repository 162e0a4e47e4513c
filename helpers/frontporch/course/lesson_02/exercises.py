"""Exercises of lesson 2: when should the shop open the door?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ... import stats
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...deepening import offers
from ...deepening.offers.contact import Policy
from ...deepening.offers.immortal import ImmortalTime
from .worlds import worlds

YEAR = 52.0


@lru_cache
def idle(weeks: float) -> ImmortalTime:
    """Both readings of a log in which offers, after so many weeks on average, do nothing."""
    log = offers.OfferModel.without_effect().simulate(
        pairs=4_000, weeks=104, seed=7, timing=offers.at_random(weeks)
    )
    return offers.immortal_time(log)


def immortal_share(weeks: float) -> float:
    """Exercise 2.2: per cent of the weeks under "ever offered" that had no offer yet."""
    trap = idle(weeks)
    return 100 * trap.immortal_weeks / trap.ever_offered.weeks[1]


@lru_cache
def of_a_shop(seed: int, outcome: str = "lost", reading: str = "from_the_offer_on") -> float:
    """Exercise 2.3: hazard ratio of an ending in the log of a shop like Amir's, by a reading."""
    log = worlds()["waiting loses customers"].simulate(pairs=2_000, seed=seed)
    return float(getattr(offers.immortal_time(log, outcome), reading).hazard_ratio)


def strangers_needed(usual: int, rise: int, power: float = 0.8) -> int:
    """Exercise 2.4: strangers in each arm of the trial."""
    return stats.sample_size(usual / 100, (usual + rise) / 100, power=power)


def world_that_fails(shuffle: int) -> str:
    """Exercise 2.5: the name of the shop in which pushing loses customers."""
    both = worlds(shuffle=shuffle)
    return next(name for name in both if name != both.truth)


def eager(weeks: float) -> Policy:
    """Contact policy of exercise 2.6: twice a week for some weeks, then once."""

    def policy(week: np.ndarray, offered: np.ndarray) -> np.ndarray:
        open_for = week - offered
        return np.where(open_for < 0, 0.0, np.where(open_for < weeks, 2.0, 1.0))

    return policy


@lru_cache
def friends_under(weeks: float | None, offered: float = 0.0) -> float:
    """Exercise 2.6: friends in 100 strangers after a year; None is one contact a week."""
    policy = None if weeks is None else eager(weeks)
    return 100 * float(offers.OfferModel().shares([offered], YEAR, policy=policy)["friend"].iloc[0])


EXERCISES = (
    Exercise(
        id="2.1",
        question="Offers that do nothing come after {weeks} weeks on average. What hazard ratio "
        'does the reading "ever offered" give?',
        options={"weeks": (10, 5, 20)},
        answer=lambda weeks: idle(weeks).ever_offered.hazard_ratio,
        absolute_tolerance=0.02,
        hint="Put {weeks} into `at_random`, run the cell again, and read the first row of "
        "`trap.summary()`.",
        solution='`trap.summary()`, in the row "ever offered", with offers after {weeks} weeks. '
        "Far below one, although the offers do nothing: who was lost early had no time to get one.",
        diagnoses=(
            Diagnosis(
                lambda weeks: idle(weeks).from_the_offer_on.hazard_ratio,
                "this is the right reading, near one; the question asks for the wrong one.",
            ),
            Diagnosis(
                lambda weeks: 1 / idle(weeks).ever_offered.hazard_ratio,
                "this is the other way round, without an offer by with one: take one over it.",
            ),
            Diagnosis(
                lambda weeks: None if weeks == 10 else idle(10).ever_offered.hazard_ratio,
                lambda weeks: f"this is for offers after 10 weeks; yours come after {weeks}.",
            ),
        ),
    ),
    Exercise(
        id="2.2",
        question='With offers after {weeks} weeks on average: of all weeks that the reading "ever '
        'offered" counts as weeks with an offer, what per cent had none yet?',
        options={"weeks": (10, 5, 20)},
        answer=immortal_share,
        absolute_tolerance=0.6,
        unit="%",
        hint="Divide `trap.immortal_weeks` by the weeks with an offer of the wrong reading, "
        "`trap.ever_offered.weeks[1]`, and make it per cent.",
        solution="`100 * trap.immortal_weeks / trap.ever_offered.weeks[1]`. In these weeks nobody "
        "could be lost, or the stranger would never have counted as offered: immortal time.",
        diagnoses=(
            Diagnosis(
                lambda weeks: (
                    100 * idle(weeks).immortal_weeks / sum(idle(weeks).ever_offered.weeks)
                ),
                "this is the share of all weeks; the question asks for the weeks that count as "
                "weeks with an offer.",
            ),
            Diagnosis(
                lambda weeks: (
                    100 * idle(weeks).immortal_weeks / idle(weeks).from_the_offer_on.weeks[1]
                ),
                "you divide by the weeks that really had an offer; divide by those that the wrong "
                "reading counts.",
            ),
        ),
    ),
    Exercise(
        id="2.3",
        question="In the log of a shop like Amir's, drawn with seed {seed}, and read from the "
        "offer on: how many times as high is the hazard of being lost with an offer as without?",
        options={"seed": (7, 11, 23, 5)},
        answer=of_a_shop,
        absolute_tolerance=0.004,
        unit="times",
        hint="Put seed {seed} into the second cell, run it, and read the row of the right reading.",
        solution='`offers.immortal_time(other_log, "lost").summary()` with seed {seed}, in the row '
        '"from the offer on".',
        diagnoses=(
            Diagnosis(
                lambda seed: of_a_shop(seed, reading="ever_offered"),
                'this is the reading "ever offered", which has immortal time in it.',
            ),
            Diagnosis(
                lambda seed: of_a_shop(seed, "friend"),
                'this is the ending "friend"; the question asks for being lost.',
            ),
            Diagnosis(
                lambda seed: of_a_shop(1),
                lambda seed: f"this is the log with seed 1; yours has seed {seed}.",
            ),
        ),
    ),
    Exercise(
        id="2.4",
        question="As usual {usual} in 100 strangers become friends. How many strangers does each "
        "arm need so that a trial finds a rise by {rise} percentage points with a power of four "
        "in five?",
        options={"usual": (20, 30), "rise": (6, 10)},
        answer=lambda usual, rise: float(strangers_needed(usual, rise)),
        absolute_tolerance=1.0,
        unit="strangers",
        hint="Give both shares to `stats.sample_size`, as numbers between 0 and 1: the usual "
        "one, and the usual one plus the rise.",
        solution="`stats.sample_size(...)` with {usual} in 100, and {rise} in 100 more, as "
        "shares. Half the rise needs about four times as many strangers.",
        diagnoses=(
            Diagnosis(
                lambda usual, rise: 2.0 * strangers_needed(usual, rise),
                "these are both arms together; the question asks for each arm.",
            ),
            Diagnosis(
                lambda usual, rise: float(strangers_needed(usual, rise, power=0.9)),
                "this is for a power of nine in ten.",
            ),
            Diagnosis(
                lambda usual, rise: float(stats.sample_size(usual / 100, rise / 100)),
                "the second share is the usual one plus the rise, not the rise by itself.",
            ),
        ),
    ),
    Exercise(
        id="2.5",
        question="In which of your two shops (shuffle {shuffle}) does an offer at the first visit "
        "cost friends: A or B?",
        options={"shuffle": (7, 3, 8, 5)},
        answer=world_that_fails,
        hint="The two logs look alike as the shops are run. Look at the gain in week 0, or at the "
        "trial.",
        solution="Only in one shop does the trial find fewer friends from the first visit, and "
        "only there is the gain in week 0 lower than some weeks later: the offer came before the "
        "acquaintance was ripe.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_fails(shuffle) == "A" else "A",
                "in this shop the trial finds more friends from the first visit: here waiting "
                "costs, as the article says.",
            ),
            Diagnosis("both", "the logs are alike, the trials are not: look at their signs."),
            Diagnosis(
                "neither", "look at the trials again: one interval lies below no difference."
            ),
        ),
    ),
    Exercise(
        id="2.6",
        question="With your own contact policy, two contacts a week for {weeks} weeks and one a "
        "week from then on: how many in 100 strangers are friends after a year, with the offer in "
        "week 0?",
        options={"weeks": (4, 8, 12)},
        answer=friends_under,
        absolute_tolerance=0.2,
        unit="friends",
        hint="Write {weeks} into your policy, and pass it: "
        "`offers.OfferModel().shares([0], 52, policy=eager)`.",
        solution='`100 * offers.OfferModel().shares([0], 52, policy=eager)["friend"]`, with '
        "{weeks} weeks in the policy. Every week above the ideal loses strangers to too much "
        "contact.",
        diagnoses=(
            Diagnosis(
                lambda weeks: friends_under(None),
                "this is one contact a week from the start: pass policy=eager.",
            ),
            Diagnosis(
                lambda weeks: friends_under(weeks, np.inf),
                "this is without any offer: it comes in week 0.",
            ),
            Diagnosis(
                lambda weeks: None if weeks == 4 else friends_under(4),
                lambda weeks: f"your policy is eager for {weeks} weeks, and not for 4.",
            ),
        ),
    ),
)
