"""Exercises of lesson 2: when should the shop open the door?"""

from __future__ import annotations

import numpy as np

from ... import stats
from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs as hidden
from .experiments import EXPERIMENTS, ends, idle, of_a_shop

AFTER = (12, *(weeks for weeks in range(3, 41) if weeks not in (10, 11, 12)))
"""Weeks until an offer; the lesson itself shows 10."""
SHOPS = (11, *(shop for shop in range(1, 49) if shop not in (7, 11)))
"""Shops like Amir's; his own log is number 7."""


def immortal_share(weeks: float) -> float:
    """Exercise 2.2: per cent of the weeks under "ever offered" that had no offer yet."""
    trap = idle(weeks)
    return 100 * trap.immortal_weeks / trap.ever_offered.weeks[1]


def strangers_needed(usual: int, rise: int, power: float = 0.8) -> int:
    """Exercise 2.4: strangers in each arm of the trial."""
    return stats.sample_size(usual / 100, (usual + rise) / 100, power=power)


def friends_under(contacts: float, weeks: float, offered: float = 0.0) -> float:
    """Exercise 2.6: friends in 100 strangers after a year."""
    return float(ends(contacts, weeks, offered)["friend"])


EXERCISES = (
    Exercise(
        id="2.1",
        question="In a shop where offers do nothing, they come after {weeks} weeks on average. "
        'Which hazard ratio does the reading "ever offered" give (with an offer, divided by '
        "without)?",
        options={"weeks": AFTER},
        answer=lambda weeks: idle(weeks).ever_offered.hazard_ratio,
        absolute_tolerance=0.0007,
        hint="Set the slider to {weeks} weeks and read the first row.",
        solution='Set the slider to {weeks} weeks and read the row "ever offered". The ratio is '
        "far below 1, although the offers do nothing: strangers who were lost early had no time "
        "to get one.",
        diagnoses=(
            Diagnosis(
                lambda weeks: idle(weeks).from_the_offer_on.hazard_ratio,
                "this is the right reading, near 1. The question asks for the wrong one.",
            ),
            Diagnosis(
                lambda weeks: 1 / idle(weeks).ever_offered.hazard_ratio,
                "this is the other way round, without an offer divided by with one. Divide 1 by "
                "it.",
            ),
            Diagnosis(
                lambda weeks: idle(10).ever_offered.hazard_ratio,
                lambda weeks: f"this is for offers after 10 weeks. Yours come after {weeks}.",
            ),
        ),
        experiment=EXPERIMENTS["2.1"],
    ),
    Exercise(
        id="2.2",
        question='Offers come after {weeks} weeks on average. Of all weeks that the reading "ever '
        'offered" counts as weeks with an offer, what per cent came before the offer?',
        options={"weeks": AFTER},
        answer=immortal_share,
        absolute_tolerance=0.06,
        unit="%",
        hint="Set the slider to {weeks} weeks. Divide the weeks before the offer by those that "
        '"ever offered" counts, and take it times 100.',
        solution="Set the slider to {weeks} weeks. Divide the second number by the first, and take "
        "it times 100. In these weeks nobody could be lost, or the stranger would never have "
        "counted as offered: immortal time.",
        diagnoses=(
            Diagnosis(
                lambda weeks: (
                    100 * idle(weeks).immortal_weeks / sum(idle(weeks).ever_offered.weeks)
                ),
                "this is the share of all weeks. The question asks for the weeks that count as "
                "weeks with an offer.",
            ),
            Diagnosis(
                lambda weeks: (
                    100 * idle(weeks).immortal_weeks / idle(weeks).from_the_offer_on.weeks[1]
                ),
                "you divided by the weeks that really had an offer. Divide by those that the "
                "wrong reading counts.",
            ),
            Diagnosis(
                lambda weeks: immortal_share(10),
                lambda weeks: f"this is for offers after 10 weeks. Yours come after {weeks}.",
            ),
        ),
        experiment=EXPERIMENTS["2.2"],
    ),
    Exercise(
        id="2.3",
        question="Many shops like Amir's kept a log. In the log of shop {shop}, read from the "
        "offer on: how many times higher is the hazard of being lost with an offer than without?",
        options={"shop": SHOPS},
        answer=lambda shop: of_a_shop(shop).from_the_offer_on.hazard_ratio,
        absolute_tolerance=0.0007,
        unit="times",
        hint='Set the slider to shop {shop}, leave the end at "lost", and read the second row.',
        solution='Set the slider to shop {shop}, leave the end at "lost", and read the row "from '
        'the offer on". Below 1 means: an offer keeps strangers.',
        diagnoses=(
            Diagnosis(
                lambda shop: of_a_shop(shop).ever_offered.hazard_ratio,
                'this is the reading "ever offered", which has immortal time in it.',
            ),
            Diagnosis(
                lambda shop: of_a_shop(shop, "friend").from_the_offer_on.hazard_ratio,
                'this is the end "friend". The question asks for being lost.',
            ),
            Diagnosis(
                lambda shop: of_a_shop(7).from_the_offer_on.hazard_ratio,
                lambda shop: f"this is Amir's own log, number 7. Yours is that of shop {shop}.",
            ),
        ),
        experiment=EXPERIMENTS["2.3"],
    ),
    Exercise(
        id="2.4",
        question="As usual, {usual} in 100 strangers become friends. How many strangers does each "
        "arm of a trial need, to find a rise by {rise} percentage points 4 times in 5?",
        options={"usual": (20, 15, 25, 30, 35, 40), "rise": (6, 4, 5, 7, 8, 9, 10, 12)},
        answer=lambda usual, rise: float(strangers_needed(usual, rise)),
        absolute_tolerance=5.0,
        unit="strangers",
        hint="Set the sliders to {usual} in 100 and {rise} points, and find the row with a power "
        "of 4 times in 5.",
        solution="Set the sliders to {usual} in 100 and {rise} points. Read the number for each "
        "arm in the row with a power of 4 times in 5. Half the rise needs about four times as "
        "many strangers.",
        diagnoses=(
            Diagnosis(
                lambda usual, rise: 2.0 * strangers_needed(usual, rise),
                "these are both arms together. The question asks for each arm.",
            ),
            Diagnosis(
                lambda usual, rise: float(strangers_needed(usual, rise, power=0.9)),
                "this trial finds the rise 9 times in 10. The question asks for 4 times in 5.",
            ),
            Diagnosis(
                lambda usual, rise: float(stats.sample_size(usual / 100, rise / 100)),
                "the second share is the usual one plus the rise, not the rise by itself.",
            ),
        ),
        experiment=EXPERIMENTS["2.4"],
    ),
    Exercise(
        id="2.5",
        question="Your team has three pairs of shops of its own, number {pairs}. "
        "In which shop of each pair does "
        "waiting lose customers, as the article says: A or B?",
        options={"pairs": hidden.SETS},
        choices=hidden.CHOICES,
        answer=hidden.truth,
        hint="At the end of the year the two shops of a pair look alike. Look at the trial, or at "
        "the gain in week 0.",
        solution="For each of the three pairs, look at the trial. In one shop it finds more "
        "friends from the first visit: there waiting loses customers. In the other it finds "
        "fewer: the offer came before the acquaintance was ripe.",
        diagnoses=hidden.diagnoses(
            "in these shops the trial finds fewer friends from the first visit. There pushing "
            "loses customers.",
            "The ends of the year are alike, the trials are not. Look at their signs.",
        ),
        experiment=EXPERIMENTS["2.5"],
    ),
    Exercise(
        id="2.6",
        question="A shop offers contact in week 0. It writes {contacts} times a week for the first "
        "{weeks} weeks, and once a week from then on. How many in 100 strangers are friends after "
        "a year?",
        options={"contacts": (2, 3, 4, 5), "weeks": (4, 2, 3, 5, 6, 8, 10, 12, 16)},
        answer=friends_under,
        absolute_tolerance=0.06,
        unit="friends",
        hint="Set the sliders to {contacts} contacts and {weeks} weeks, and read the friends of "
        "the shop that is eager at first.",
        solution="Set the sliders to {contacts} contacts and {weeks} weeks, and read the friends "
        "in the second row. In every week above the ideal point the shop drives strangers off.",
        diagnoses=(
            Diagnosis(
                lambda contacts, weeks: friends_under(1.0, 0.0),
                "this is one contact a week from the start. Read the second row.",
            ),
            Diagnosis(
                lambda contacts, weeks: friends_under(contacts, weeks, np.inf),
                "this is without any offer. It comes in week 0.",
            ),
            Diagnosis(
                lambda contacts, weeks: (
                    None if (contacts, weeks) == (2, 4) else friends_under(2, 4)
                ),
                lambda contacts, weeks: (
                    f"this is for 2 contacts a week for 4 weeks. Yours are {contacts} for {weeks}."
                ),
            ),
        ),
        experiment=EXPERIMENTS["2.6"],
    ),
)
