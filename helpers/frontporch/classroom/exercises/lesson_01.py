"""Exercises of lesson 1: do strangers become close faster online?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ... import data, deepening
from ...survival import life_table
from ..checks import Diagnosis, Exercise

DAY, WEEK = 24, 168
PARTED = 4.0
"""Weeks after which the law of exercise 1.6 slows down."""


def per_cent(community: str, hours: float, encounter: int = 2, counted: str = "any") -> float:
    """Per cent of a community's pairs that reached an encounter by some hours."""
    curves = deepening.encounters(data.load("deepening_life_tables"), encounter, counted)
    return float(deepening.reached_by(curves, hours).loc[community, "per cent"])


def fall_in_points() -> float:
    """Exercise 1.1: how much a stricter definition takes from the share online."""
    return per_cent("students online", DAY) - per_cent(
        "students online", DAY, counted="both spoken"
    )


def chosen_by_their_future() -> float:
    """Exercise 1.3: how many times the share is among pairs that ever replied."""
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    table = data.load("deepening_life_tables").query(
        "community == 'students online' and counted == 'both spoken' and encounter == 2"
    )
    replied = int(ladder.iloc[0]["dyads_reaching_next"])
    chosen = life_table(deepening.only_pairs_that_ever(table, replied))
    everyone = life_table(table)
    return float(chosen.at(DAY)["reached"].iloc[0] / everyone.at(DAY)["reached"].iloc[0])


def lost_counted_as_never() -> float:
    """Divide by all pairs, as if those whose record ended had been watched for the week."""
    table = data.load("deepening_life_tables").query(
        "community == 'office 2013' and encounter == 2"
    )
    arrived = table.loc[table["hours_up_to"] <= WEEK + 1, "reached"].sum()
    return 100 * float(arrived) / float(table[["reached", "censored"]].to_numpy().sum())


def slows_down(hazard: np.ndarray, rate: float) -> np.ndarray:
    """Holding-time law of exercise 1.6: after four weeks everything takes twice as long."""
    weeks = hazard / rate
    return np.where(weeks < PARTED, weeks, PARTED + 2 * (weeks - PARTED))


def rate_of_own_law(law: object = slows_down, channel: str = "offline") -> float:
    """Exercise 1.6: estimated rate per week of the first step under the law."""
    spells: pd.DataFrame = deepening.Ladder.online_and_offline().simulate(
        pairs=4_000, weeks=104, seed=7, law=law
    )
    rates = deepening.fit(spells, by="channel")[channel].rates.set_index(["stage", "next_stage"])
    return float(rates.loc[("stranger", "acquaintance"), "rate"])


def world_that_holds() -> str:
    """Exercise 1.5: the name of the world in which the claim holds."""
    return next(w.name for w in deepening.two_worlds(shuffle=7) if w.claim_holds)


EXERCISES = (
    Exercise(
        id="1.1",
        question="By how many percentage points does the share of students online that met again "
        "within a day fall when both must have spoken?",
        answer=fall_in_points,
        absolute_tolerance=0.15,
        unit="percentage points",
        hint="Take the per cent in the first table and subtract the per cent in the second.",
        solution="Read both tables in the row of the students online and subtract: "
        "`met_again` less `both_spoke`, each at 24 hours. About a quarter of the quick second "
        "encounters came before both had spoken.",
        diagnoses=(
            Diagnosis(
                lambda: 100 * fall_in_points() / per_cent("students online", DAY),
                "this is the fall as a share of what it was; the question asks for percentage "
                "points, so subtract and do not divide.",
            ),
            Diagnosis(
                lambda: per_cent("students online", DAY, counted="both spoken"),
                "this is what is left when both must have spoken; the question asks how much "
                "it fell.",
            ),
        ),
    ),
    Exercise(
        id="1.2",
        question="Which community has the highest share of pairs at the fifth encounter within "
        "a week?",
        answer=lambda: "office 2013",
        hint="Look for the largest number in the column per cent, and at the notes.",
        solution="Office 2013, before office 2015 and the students online: another encounter, "
        "another order. But most office pairs knew each other before the badges were handed out, "
        "and intervals over people overlap.",
        diagnoses=(
            Diagnosis(
                "students online",
                "they lead at the second encounter within a day; read the table of the fifth.",
            ),
            Diagnosis(
                "conference 2009",
                "the conference was over before a week had passed: its share is not known, so it "
                "cannot lead.",
            ),
            Diagnosis(
                "office 2015",
                "close, and its interval overlaps with the leader's, but its share is the lower "
                "of the two offices.",
            ),
        ),
    ),
    Exercise(
        id="1.3",
        question="How many times as high is the share by one day among the pairs that ever "
        "replied as among all pairs, both times with both having spoken?",
        answer=chosen_by_their_future,
        absolute_tolerance=0.03,
        unit="times",
        hint="Divide the share of the chosen pairs by the share of all pairs.",
        solution="Divide the two shares. Nothing about the students changed: the pairs that "
        "never replied were merely left out, and nobody could know at the first message which "
        "pairs these would be.",
        diagnoses=(
            Diagnosis(
                lambda: 1 / chosen_by_their_future(),
                "this is the other way round: divide the chosen pairs' share by that of all.",
            ),
            Diagnosis(
                lambda: (
                    chosen_by_their_future()
                    * per_cent("students online", DAY, counted="both spoken")
                    / per_cent("students online", DAY)
                ),
                "you compare with pairs of which only one may have spoken: count the same way "
                "on both sides.",
            ),
        ),
    ),
    Exercise(
        id="1.4",
        question="What per cent of the pairs in office 2013 met again within a week?",
        answer=lambda: per_cent("office 2013", WEEK),
        absolute_tolerance=0.4,
        unit="%",
        hint="A week has 168 hours: change the number in `reached_by`.",
        solution='`deepening.reached_by(met_again, 168)`, in the row "office 2013".',
        diagnoses=(
            Diagnosis(
                lambda: per_cent("office 2013", DAY),
                "this is the share within a day: a week has 168 hours.",
            ),
            Diagnosis(
                lost_counted_as_never,
                "this divides by all pairs: those whose record ended before a week are counted "
                "as if they had been watched and had not met.",
            ),
            Diagnosis(
                lambda: per_cent("students online", WEEK),
                "this is the row of the students online.",
            ),
        ),
    ),
    Exercise(
        id="1.5",
        question="In which world does the claim hold: A or B?",
        answer=world_that_holds,
        hint="The mean weeks of those who became friends look alike. Ask `compare` for the "
        "hazard ratio, which does not look at the future.",
        solution="Only in one of the worlds does the interval of the hazard ratio lie above "
        "one. In the other, online strangers are lost sooner, so that the slow ones never "
        "become friends and the friends that there are came early.",
        diagnoses=(
            Diagnosis(
                lambda: "B" if world_that_holds() == "A" else "A",
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
        question="Under the law `slows_down`, what rate per week do you estimate for offline "
        "strangers who become acquaintances (4,000 pairs, 104 weeks, seed 7)?",
        answer=rate_of_own_law,
        absolute_tolerance=0.0005,
        unit="per week",
        hint='Pass `law=slows_down` to `simulate`, fit by channel, and read `["offline"].rates`.',
        solution="`ladder.simulate(pairs=4_000, weeks=104, seed=7, law=slows_down)`, then "
        '`deepening.fit(spells, by="channel")["offline"].rates`. The rate lies between the first '
        "month's and half of it: a single rate averages a hazard that changes.",
        diagnoses=(
            Diagnosis(
                lambda: rate_of_own_law(deepening.exponential),
                "this is the rate without your law: pass law=slows_down to simulate.",
            ),
            Diagnosis(
                lambda: rate_of_own_law(channel="online"),
                "this is the online rate; the question asks for offline.",
            ),
        ),
    ),
)
