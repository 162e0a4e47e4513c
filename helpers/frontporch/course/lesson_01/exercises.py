"""Exercises of lesson 1: do strangers become close faster online?"""

from __future__ import annotations

from functools import cache

import numpy as np

from ... import data
from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs as hidden
from .experiments import ENCOUNTERS, EXPERIMENTS, ONLINE, TIMES, chosen_pairs, curves, first_step

DAY = 24
HOURS = (24, *range(2, 24), 25, 26, 28, 30, 33, 36, 40, 44, 48, 54, 60, 66, 72)
EVEN_HOURS = (24, *range(2, 24, 2), *range(26, 73, 2))
FIRST_LISTS = (
    "the highest share at the second encounter within a day",
    "the lowest share at the second encounter within a day",
    "the highest share at the second encounter within a week",
    "the lowest share at the second encounter within half a day",
)
SECOND_LISTS = (
    "the second highest share at the third encounter within a day",
    "the highest share at the third encounter within a day",
    "the highest share at the third encounter within a week",
    "the second highest share at the third encounter within a week",
)
THIRD_LISTS = (
    "the highest share at the fifth encounter within a week",
    "the second highest share at the fifth encounter within a week",
    "the lowest known share at the fifth encounter within a week",
    "the second highest share at the fifth encounter within a day",
)
COMMUNITIES = ("students online", "conference 2009", "office 2013", "office 2015")


@cache
def per_cent(community: str, hours: float, encounter: int = 2, counted: str = "any") -> float:
    """Per cent of a community's pairs that reached an encounter by some hours."""
    return 100 * float(curves(encounter, counted)[community].at(hours)["reached"].iloc[0])


def fall_in_points(hours: float) -> float:
    """Exercise 1.1: how much a stricter definition takes from the share online."""
    return per_cent(ONLINE, hours) - per_cent(ONLINE, hours, counted="both spoken")


@cache
def at_the_place(asked: str, encounter: str = "", within: str = "") -> str:
    """Exercise 1.2: the community at a place that is asked for in words, or elsewhere."""
    encounter = encounter or next(one for one in ENCOUNTERS if f"the {one} encounter" in asked)
    within = within or asked.split("within ")[1]
    shares = {one: per_cent(one, TIMES[within], ENCOUNTERS[encounter]) for one in COMMUNITIES}
    order = sorted((one for one in shares if shares[one] == shares[one]), key=shares.__getitem__)
    places = {"the highest": -1, "the second highest": -2}
    return order[next((k for place, k in places.items() if asked.startswith(f"{place} share")), 0)]


def at_the_places(first: str, second: str, third: str) -> tuple[str, ...]:
    """Exercise 1.2: the community in each of the three lists."""
    return at_the_place(first), at_the_place(second), at_the_place(third)


def unless_right(wrong: tuple[str, ...], *asked: str) -> tuple[str, ...] | None:
    """Exercise 1.2: a wrong answer, or None where it is the right one."""
    return None if wrong == at_the_places(*asked) else wrong


def always_the_table_of_a_day(*asked: str) -> tuple[str, ...] | None:
    """Exercise 1.2: all three read at the second encounter within a day."""
    return unless_right(tuple(at_the_place(one, "second", "a day") for one in asked), *asked)


def always_the_leader(*asked: str) -> tuple[str, ...] | None:
    """Exercise 1.2: the leader of each list, whatever place is asked for."""
    leaders = tuple(
        at_the_place(f"the highest share at {one.split(' at ', 1)[1]}") for one in asked
    )
    return None if leaders == always_the_table_of_a_day(*asked) else unless_right(leaders, *asked)


def one_for_all(community: str, *asked: str) -> tuple[str, ...] | None:
    """Exercise 1.2: one community three times."""
    wrong = unless_right((community,) * 3, *asked)
    return (
        None if wrong in (always_the_table_of_a_day(*asked), always_the_leader(*asked)) else wrong
    )


def conference_last(*asked: str) -> tuple[str, ...] | None:
    """Exercise 1.2: the conference, whose share after a week is not known, taken for the lowest."""
    right = at_the_places(*asked)
    wrong = (*right[:2], "conference 2009")
    return wrong if "lowest known" in asked[2] and len(set(wrong)) > 1 else None


def chosen_by_their_future(hours: float) -> float:
    """Exercise 1.3: per cent by some hours among the pairs that ever replied."""
    return 100 * float(chosen_pairs().at(hours)["reached"].iloc[0])


def lost_counted_as_never(community: str, days: float, encounter: str) -> float:
    """Divide by all pairs, as if those whose record ended had been watched for all the days."""
    table = data.load("deepening_life_tables").query("community == @community and counted == 'any'")
    table = table[table["encounter"] == ENCOUNTERS[encounter]]
    # The bin in which the days end is counted in part, as the curve does.
    edges = np.r_[0.0, table["hours_up_to"]]
    arrived = np.r_[0.0, np.cumsum(table["reached"])]
    return (
        100
        * float(np.interp(DAY * days, edges, arrived))
        / float(table[["reached", "censored"]].to_numpy().sum())
    )


def of_the_other_office(community: str, encounter: str, days: float) -> float | None:
    """Exercise 1.4: the office that was not asked for, where this is not also another mistake."""
    other = "office 2015" if community == "office 2013" else "office 2013"
    share = per_cent(other, DAY * days, ENCOUNTERS[encounter])
    return None if abs(share - lost_counted_as_never(community, days, encounter)) < 0.3 else share


def steady_offline() -> float:
    """Exercise 1.6: the rate where nothing slows down."""
    return first_step(None, 1.0)["offline"]


def slowed_online(weeks: float, times: float) -> float | None:
    """Exercise 1.6: the rate online, where it is not by chance the steady one offline."""
    online = first_step(weeks, times)["online"]
    return None if abs(online - steady_offline()) < 0.05 else online


EXERCISES = (
    Exercise(
        id="1.1",
        question="Look at the students online, within {hours} hours. By how many percentage points "
        "does the share that met again fall when both must have spoken?",
        options={"hours": HOURS},
        answer=fall_in_points,
        absolute_tolerance=0.11,
        unit="percentage points",
        hint="Set the slider to {hours} hours. Take the share where any message counts, and "
        "subtract the share where both must have spoken.",
        solution="Set the slider to {hours} hours and subtract the second share from the first. "
        "Many of the quick second encounters came before both had spoken: one student wrote "
        "twice, and nobody had answered yet.",
        diagnoses=(
            Diagnosis(
                lambda hours: 100 * fall_in_points(hours) / per_cent(ONLINE, hours),
                "this is the fall as a share of what it was. The question asks for percentage "
                "points: subtract, and do not divide.",
            ),
            Diagnosis(
                lambda hours: per_cent(ONLINE, hours, counted="both spoken"),
                "this is what is left when both must have spoken. The question asks how much "
                "it fell.",
            ),
            Diagnosis(
                lambda hours: None if hours == DAY else fall_in_points(DAY),
                lambda hours: (
                    f"this is the fall within 24 hours. Your question asks for {hours}: move the "
                    "slider there."
                ),
            ),
        ),
        experiment=EXPERIMENTS["1.1"],
    ),
    Exercise(
        id="1.2",
        question="Three lists, three places. Which community has (1) {first}, (2) {second}, "
        "(3) {third}?",
        options={"first": FIRST_LISTS, "second": SECOND_LISTS, "third": THIRD_LISTS},
        choices=dict.fromkeys(("first list", "second list", "third list"), COMMUNITIES),
        answer=at_the_places,
        hint="Set encounter and time for each of the three, and order the shares. A community "
        "without a number has no place.",
        solution="(1) {first}, (2) {second}, (3) {third}: set encounter and time for each, and "
        "order the shares. The order changes from list to list. The students online lead early; "
        "later the offices do. But most office pairs knew each other before the badges were "
        "handed out, and honest intervals overlap.",
        diagnoses=(
            Diagnosis(
                lambda first, second, third: always_the_table_of_a_day(first, second, third),
                "you read all three at the second encounter within a day. Set encounter and time "
                "anew for each list.",
            ),
            Diagnosis(
                lambda first, second, third: always_the_leader(first, second, third),
                "these are the leaders of the three lists. Look again which place is asked for.",
            ),
            Diagnosis(
                lambda first, second, third: conference_last(first, second, third),
                "the conference was over before a week had passed. Its share is not known, so it "
                "has no place in the third list.",
            ),
            Diagnosis(
                lambda first, second, third: one_for_all(ONLINE, first, second, third),
                "the students online do not have all three places. Another encounter or another "
                "time gives another order.",
            ),
            Diagnosis(
                lambda first, second, third: one_for_all("office 2013", first, second, third),
                "the office of 2013 does not have all three places. Another encounter or another "
                "time gives another order.",
            ),
            Diagnosis(
                lambda first, second, third: one_for_all("conference 2009", first, second, third),
                "the conference does not have all three places. After a week its share is not "
                "even known.",
            ),
        ),
        experiment=EXPERIMENTS["1.2"],
    ),
    Exercise(
        id="1.3",
        question="Among the pairs that ever replied, what per cent met again within {hours} "
        "hours, both having spoken?",
        options={"hours": EVEN_HOURS},
        answer=chosen_by_their_future,
        absolute_tolerance=0.12,
        unit="%",
        hint="Set the slider to {hours} hours and read the row of the pairs that ever replied.",
        solution='Set the slider to {hours} hours and read the row "only pairs that ever '
        'replied". The share is more than twice that of all pairs, at any hour, although nothing '
        "about the students changed. The pairs that never replied were left out, and nobody could "
        "know at the first message which pairs these would be.",
        diagnoses=(
            Diagnosis(
                lambda hours: per_cent(ONLINE, hours, counted="both spoken"),
                "this is the share of all pairs. The question asks for those that ever replied.",
            ),
            Diagnosis(
                lambda hours: (
                    chosen_by_their_future(hours) / per_cent(ONLINE, hours, counted="both spoken")
                ),
                "this is how many times higher it is. The question asks for the per cent itself.",
            ),
            Diagnosis(
                lambda hours: None if hours == DAY else chosen_by_their_future(DAY),
                lambda hours: f"this is the share within 24 hours. Your question asks for {hours}.",
            ),
        ),
        experiment=EXPERIMENTS["1.3"],
    ),
    Exercise(
        id="1.4",
        question="What per cent of the pairs in {community} came to the {encounter} encounter "
        "within {days} days?",
        options={
            "community": ("office 2013", "office 2015"),
            "encounter": ("second", "third"),
            "days": (7, 2, 3, 4, 5, 6, 8, 10, 12),
        },
        answer=lambda community, encounter, days: per_cent(
            community, DAY * days, ENCOUNTERS[encounter]
        ),
        absolute_tolerance=0.12,
        unit="%",
        hint="A day has 24 hours. Set the slider to {days} times 24 hours, choose the {encounter} "
        "encounter, and read the row of {community}.",
        solution="Choose the {encounter} encounter, set the slider to {days} times 24 hours, and "
        "read the row of {community}.",
        diagnoses=(
            Diagnosis(
                lambda community, encounter, days: per_cent(community, DAY, ENCOUNTERS[encounter]),
                lambda community, encounter, days: (
                    f"this is the share within one day. Your question asks for {days} days of "
                    "24 hours each."
                ),
            ),
            Diagnosis(
                lost_counted_as_never,
                "this divides by all pairs. Those whose record ended before are counted as if "
                "they had been watched and had not met.",
            ),
            Diagnosis(
                lambda community, encounter, days: per_cent(
                    ONLINE, DAY * days, ENCOUNTERS[encounter]
                ),
                "this is the row of the students online.",
            ),
            Diagnosis(
                of_the_other_office,
                "this is the row of the other office.",
            ),
        ),
        experiment=EXPERIMENTS["1.4"],
    ),
    Exercise(
        id="1.5",
        question="Your team has three pairs of worlds of its own, number {pairs}. "
        "In which world of each pair does "
        "the claim hold: A or B?",
        options={"pairs": hidden.SETS},
        choices=hidden.CHOICES,
        answer=hidden.truth,
        hint="The mean weeks of those who became friends look alike. Choose the four numbers, and "
        "read the hazard ratio: it does not look at the future.",
        solution="For each of the three pairs, choose the four numbers. In only one of the two "
        "worlds does the interval of the hazard ratio lie above 1. In the other, strangers online "
        "are lost sooner: the slow ones never become friends, and the friends that there are "
        "came early.",
        diagnoses=hidden.diagnoses(
            "in these worlds the interval of the hazard ratio holds 1, and fewer strangers online "
            "become friends. Friends come early there because the slow ones are lost.",
            "The averages of those who arrived are alike. Read its hazard ratios, one by one.",
        ),
        experiment=EXPERIMENTS["1.5"],
    ),
    Exercise(
        id="1.6",
        question="After {weeks} weeks in a stage, everything takes {times} times as long. If you "
        "sum up the first step offline, from stranger to acquaintance, by one rate: how high is "
        "it, in per cent per week?",
        options={"weeks": (4, 2, 3, 6, 8, 10, 12), "times": (2, 3, 4, 5, 6)},
        answer=lambda weeks, times: first_step(weeks, times)["offline"],
        absolute_tolerance=0.02,
        unit="% per week",
        hint="Set the sliders to {weeks} weeks and {times} ×, and read the row offline.",
        solution="Set the sliders to {weeks} weeks and {times} ×, and read the last number in the "
        "row offline. It lies between the rate of the first weeks and that rate divided by "
        "{times}. One rate averages a hazard that changes.",
        diagnoses=(
            Diagnosis(
                lambda weeks, times: steady_offline(),
                "this is the steady rate, where nothing slows down. Read the last column.",
            ),
            Diagnosis(
                slowed_online,
                "this is the row online. The question asks for offline.",
            ),
            Diagnosis(
                lambda weeks, times: (
                    None if (weeks, times) == (4, 2) else first_step(4, 2)["offline"]
                ),
                lambda weeks, times: (
                    f"this is for 4 weeks and 2 ×. Your question asks for {weeks} weeks and "
                    f"{times} ×."
                ),
            ),
        ),
        experiment=EXPERIMENTS["1.6"],
    ),
)
