"""Exercises of lesson 1: do strangers become close faster online?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from ... import data, deepening
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...stats import life_table
from .selection import only_pairs_that_ever
from .worlds import worlds

DAY, WEEK = 24, 168
RANKS = ("highest", "second highest", "lowest known")


def per_cent(community: str, hours: float, encounter: int = 2, counted: str = "any") -> float:
    """Per cent of a community's pairs that reached an encounter by some hours."""
    curves = deepening.encounter_curves(data.load("deepening_life_tables"), encounter, counted)
    return float(curves.reached(hours).loc[community, "per cent"])


def fall_in_points(hours: float) -> float:
    """Exercise 1.1: how much a stricter definition takes from the share online."""
    return per_cent("students online", hours) - per_cent(
        "students online", hours, counted="both spoken"
    )


def ranked() -> dict[str, str]:
    """Exercise 1.2: the community at each rank, by the fifth encounter within a week."""
    table = data.load("deepening_life_tables").query("channel != 'text message'")
    shares = deepening.encounter_curves(table, 5).reached(WEEK)["per cent"]
    order = shares.dropna().sort_values(ascending=False).index
    return {"highest": order[0], "second highest": order[1], "lowest known": order[-1]}


def at_another_rank(rank: str, other: str) -> str | None:
    """Exercise 1.2: the community at a rank that was not asked for."""
    return None if rank == other else ranked()[other]


def chosen_by_their_future(hours: float) -> float:
    """Exercise 1.3: per cent by some hours among the pairs that ever replied."""
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    table = data.load("deepening_life_tables").query(
        "community == 'students online' and counted == 'both spoken' and encounter == 2"
    )
    replied = int(ladder.iloc[0]["dyads_reaching_next"])
    chosen = life_table(only_pairs_that_ever(table, replied))
    return 100 * float(chosen.at(hours)["reached"].iloc[0])


def lost_counted_as_never(community: str, days: float) -> float:
    """Divide by all pairs, as if those whose record ended had been watched for all the days."""
    table = data.load("deepening_life_tables").query(
        "community == @community and counted == 'any' and encounter == 2"
    )
    # The bin in which the days end is counted in part, as the curve does.
    edges = np.r_[0.0, table["hours_up_to"]]
    arrived = np.r_[0.0, np.cumsum(table["reached"])]
    return (
        100
        * float(np.interp(DAY * days, edges, arrived))
        / float(table[["reached", "censored"]].to_numpy().sum())
    )


def world_that_holds(shuffle: int) -> str:
    """Exercise 1.5: the name of the world in which the claim holds."""
    return worlds(shuffle=shuffle).truth


def slows_down(weeks: float) -> Any:
    """Holding-time law of exercise 1.6: after some weeks everything takes twice as long."""

    def law(hazard: np.ndarray, rate: float) -> np.ndarray:
        passed = hazard / rate
        return np.where(passed < weeks, passed, weeks + 2 * (passed - weeks))

    return law


@lru_cache
def rate_of_own_law(weeks: float | None, channel: str = "offline") -> float:
    """Exercise 1.6: estimated rate per week of the first step; None is the ladder's own law."""
    law = deepening.exponential if weeks is None else slows_down(weeks)
    spells: pd.DataFrame = deepening.Ladder.online_and_offline().simulate(
        pairs=4_000, weeks=104, seed=7, law=law
    )
    rates = deepening.fit(spells, by="channel")[channel].rates.set_index(["stage", "next_stage"])
    return float(rates.loc[("stranger", "acquaintance"), "rate"])


EXERCISES = (
    Exercise(
        id="1.1",
        question="By how many percentage points does the share of students online that met again "
        "within {hours} hours fall when both must have spoken?",
        options={"hours": (24, 6, 12, 48)},
        answer=fall_in_points,
        absolute_tolerance=0.15,
        unit="percentage points",
        hint="Set both tables to {hours} hours. Take the per cent in the first and subtract the "
        "per cent in the second.",
        solution="Read both tables in the row of the students online and subtract: "
        "`met_again` less `both_spoke`, each at {hours} hours. Nearly a quarter of the quick "
        "second encounters came before both had spoken.",
        diagnoses=(
            Diagnosis(
                lambda hours: 100 * fall_in_points(hours) / per_cent("students online", hours),
                "this is the fall as a share of what it was; the question asks for percentage "
                "points, so subtract and do not divide.",
            ),
            Diagnosis(
                lambda hours: per_cent("students online", hours, counted="both spoken"),
                "this is what is left when both must have spoken; the question asks how much "
                "it fell.",
            ),
            Diagnosis(
                lambda hours: None if hours == DAY else fall_in_points(DAY),
                lambda hours: (
                    f"this is the fall within 24 hours; your question asks for {hours}: change "
                    "the hours in both tables."
                ),
            ),
        ),
    ),
    Exercise(
        id="1.2",
        question="Which community has the {rank} share of pairs at the fifth encounter within "
        "a week?",
        options={"rank": RANKS},
        answer=lambda rank: ranked()[rank],
        hint="Order the numbers in the column per cent; a community without a number is in no "
        "order. Read the notes.",
        solution="Office 2013, then office 2015, then the students online: another encounter, "
        "another order. But most office pairs knew each other before the badges were handed out, "
        "and intervals over people overlap.",
        diagnoses=(
            Diagnosis(
                "conference 2009",
                "the conference was over before a week had passed: its share is not known, so it "
                "has no rank.",
            ),
            Diagnosis(
                lambda rank: at_another_rank(rank, "highest"),
                lambda rank: f"its share is the highest; your question asks for the {rank}.",
            ),
            Diagnosis(
                lambda rank: at_another_rank(rank, "second highest"),
                "close: its interval overlaps with the leader's, but its share is the lower of "
                "the two offices and above the one below.",
            ),
            Diagnosis(
                lambda rank: at_another_rank(rank, "lowest known"),
                "they lead at the second encounter within a day; read the table of the fifth.",
            ),
        ),
    ),
    Exercise(
        id="1.3",
        question="Among the pairs that ever replied, what per cent met again within {hours} "
        "hours, both having spoken?",
        options={"hours": (24, 6, 12, 48)},
        answer=chosen_by_their_future,
        absolute_tolerance=0.4,
        unit="%",
        hint="Set the hours of the table to {hours} and read the row of the chosen pairs.",
        solution='`trap.reached(hours={hours})`, in the row "only pairs that ever '
        'replied". It is more than twice the share of all pairs, at any hour, although nothing '
        "about the students changed: the pairs that never replied were merely left out, and "
        "nobody could know at the first message which pairs these would be.",
        diagnoses=(
            Diagnosis(
                lambda hours: per_cent("students online", hours, counted="both spoken"),
                "this is the share of all pairs; the question asks for those that ever replied.",
            ),
            Diagnosis(
                lambda hours: (
                    chosen_by_their_future(hours)
                    / per_cent("students online", hours, counted="both spoken")
                ),
                "this is how many times as high it is; the question asks for the per cent itself.",
            ),
            Diagnosis(
                lambda hours: None if hours == DAY else chosen_by_their_future(DAY),
                lambda hours: f"this is the share within 24 hours; your question asks for {hours}.",
            ),
        ),
    ),
    Exercise(
        id="1.4",
        question="What per cent of the pairs in {community} met again within {days} days?",
        options={"community": ("office 2013", "office 2015"), "days": (7, 3, 5)},
        answer=lambda community, days: per_cent(community, DAY * days),
        absolute_tolerance=0.4,
        unit="%",
        hint="{days} days have 24 hours each: change the number in `reached`.",
        solution='`met_again.reached(24 * {days})`, in the row "{community}".',
        diagnoses=(
            Diagnosis(
                lambda community, days: per_cent(community, DAY),
                lambda community, days: (
                    f"this is the share within one day; your question asks for {days} days, of "
                    "24 hours each."
                ),
            ),
            Diagnosis(
                lost_counted_as_never,
                "this divides by all pairs: those whose record ended before are counted as if "
                "they had been watched and had not met.",
            ),
            Diagnosis(
                lambda community, days: per_cent("students online", DAY * days),
                "this is the row of the students online.",
            ),
            Diagnosis(
                lambda community, days: per_cent(
                    "office 2015" if community == "office 2013" else "office 2013", DAY * days
                ),
                "this is the row of the other office.",
            ),
        ),
    ),
    Exercise(
        id="1.5",
        question="In which of your two worlds (shuffle {shuffle}) does the claim hold: A or B?",
        options={"shuffle": (7, 8, 13, 3, 5, 11)},
        answer=world_that_holds,
        hint="The mean weeks of those who became friends look alike. Ask `compare` for the "
        "hazard ratio, which does not look at the future.",
        solution="Only in one of the worlds does the interval of the hazard ratio lie above "
        "one. In the other, online strangers are lost sooner, so that the slow ones never "
        "become friends and the friends that there are came early.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this world the interval of the hazard ratio holds one, and fewer online "
                "strangers become friends: friends come early only because the slow ones are lost.",
            ),
            Diagnosis(
                "both",
                "the averages of those who arrived are alike, but the hazard ratios are not.",
            ),
            Diagnosis(
                "neither",
                "look again at the hazard ratio: in one world its interval lies above one.",
            ),
        ),
    ),
    Exercise(
        id="1.6",
        question="Under a law that slows down after {weeks} weeks, what rate per week do you "
        "estimate for offline strangers who become acquaintances (4,000 pairs, 104 weeks, seed 7)?",
        options={"weeks": (4, 2, 6, 8)},
        answer=rate_of_own_law,
        absolute_tolerance=0.0005,
        unit="per week",
        hint="Write {weeks} weeks into `slows_down`, pass `law=slows_down` to `simulate`, fit by "
        'channel, and read `["offline"].rates`.',
        solution="`ladder.simulate(pairs=4_000, weeks=104, seed=7, law=slows_down)` with {weeks} "
        'weeks in the law, then `deepening.fit(spells, by="channel")["offline"].rates`. The rate '
        "lies between the first weeks' and half of it: a single rate averages a hazard that "
        "changes.",
        diagnoses=(
            Diagnosis(
                lambda weeks: rate_of_own_law(None),
                "this is the rate without your law: pass law=slows_down to simulate.",
            ),
            Diagnosis(
                lambda weeks: rate_of_own_law(weeks, channel="online"),
                "this is the online rate; the question asks for offline.",
            ),
            Diagnosis(
                lambda weeks: None if weeks == 4 else rate_of_own_law(4),
                lambda weeks: f"your law slows down after {weeks} weeks, and not after 4.",
            ),
        ),
    ),
)
