"""Exercises of lesson 8: do fans become customers?"""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs
from ..apart import apart
from . import experiments as tried


def naive(number: int, customers: int) -> float:
    """Exercise 8.1: per cent that fans spend more than the others."""
    fans, others = tried.spent(number, customers, "fan")
    return 100 * (fans / others - 1)


def gap(number: int, customers: int) -> float:
    """Give the dollars that fans spend more than the others."""
    fans, others = tried.spent(number, customers, "fan")
    return fans - others


def per_new_fan(number: int, customers: int) -> float:
    """Exercise 8.2: dollars that the invited spend more, by new fan."""
    asked, idle = tried.shares(number, customers)
    return undivided(number, customers) / (asked - idle)


def undivided(number: int, customers: int) -> float:
    """Leave the dollars that the invited spend more undivided."""
    invited, rest = tried.spent(number, customers, "invited")
    return invited - rest


def by_all_invited_fans(number: int, customers: int) -> float:
    """Divide by all fans among the invited, also those who would have come anyway."""
    return undivided(number, customers) / tried.shares(number, customers)[0]


def by_selection(selection: float, invite: float, what: str = "naive") -> float:
    """Exercise 8.3: per cent that fans spend more in the long run where the page does nothing."""
    return 100 * float(tried.long_run(selection, invite)[what])


def targeted_for_all(narrowed: float, margin: float, column: str = "against_generic") -> float:
    """Exercise 8.4: dollars from a targeted message for all."""
    return float(tried.messages(narrowed, margin).net(1.0)[column].iloc[0])


def targeted_narrowed(narrowed: float, margin: float) -> float:
    """Write a targeted message only to those who know what they want."""
    made = tried.messages(narrowed, margin)
    return float(made.net(narrowed / 100, "narrowed first")["against_generic"].iloc[0])


def broken_coin(least: int, number: int, estimator: str = "experiment") -> float:
    """Exercise 8.6: per cent by an invitation that only good customers got."""
    return 100 * tried.chosen(least, number).lift(estimator)


_ASKED = (
    Exercise(
        id="8.1",
        question="Take list {number} of Elif's customers, with {customers:,} people on it. By how "
        "many percent do fans spend more than all others?",
        options={
            "number": (1, 2, 3, 4, 5, 6, 7),
            "customers": (2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000),
        },
        answer=naive,
        absolute_tolerance=0.1,
        unit="%",
        hint="Set the sliders to list {number} and {customers:,} customers. Divide the mean spend "
        "of the fans by that of all others. Subtract 1, and multiply by 100.",
        solution="With list {number} and {customers:,} customers: the mean spend of fans divided "
        "by that of all others, minus 1, times 100. This is the naive lift.",
        experiment=tried.FANS,
        diagnoses=(
            Diagnosis(
                lambda number, customers: (
                    100
                    * (
                        1
                        - tried.spent(number, customers, "fan")[1]
                        / tried.spent(number, customers, "fan")[0]
                    )
                ),
                "this is how much less the others spend, in per cent of what fans spend: divide by "
                "the others.",
            ),
            Diagnosis(
                lambda number, customers: naive(number, customers) + 100,
                "this is all that fans spend, in percent of the others; subtract 100.",
            ),
            Diagnosis(
                gap,
                "these are dollars; the question asks for percent of what the others spend.",
            ),
            Diagnosis(
                lambda number, customers: naive(tried.LIST, tried.CUSTOMERS),
                lambda number, customers: (
                    "this is the list with which the sliders begin; set them to list "
                    f"{number} and {customers} customers."
                ),
            ),
            Diagnosis(
                lambda number, customers: naive(number, tried.CUSTOMERS),
                lambda number, customers: (
                    f"this is with 10,000 customers; your list has {customers:,}."
                ),
            ),
        ),
    ),
    Exercise(
        id="8.2",
        question="Take list {number}, with {customers:,} customers. How many extra dollars do the "
        "invited spend for each new fan that the invitation made?",
        options={
            "number": (8, 9, 10, 11, 12, 2),
            "customers": (2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000),
        },
        answer=per_new_fan,
        absolute_tolerance=0.05,
        unit="dollars",
        hint="Set the sliders to list {number} and {customers:,} customers. In both columns, "
        "subtract the row of those not invited from the row of the invited. Divide the difference "
        "in spend by the difference in fans, as a share: 35 % is 0.35.",
        solution="With list {number} and {customers:,} customers: the difference in spend between "
        "invited and not invited, divided by the difference in the share of fans. This page does "
        "nothing, so any difference from 0 is chance.",
        experiment=tried.INVITED,
        diagnoses=(
            Diagnosis(
                undivided,
                "this is per invited customer; divide it by the difference in the share of fans.",
            ),
            Diagnosis(
                by_all_invited_fans,
                "you divided by all fans among the invited; some would have joined anyway. First "
                "subtract the share of fans among the others.",
            ),
            Diagnosis(
                lambda number, customers: per_new_fan(number, customers) / 100,
                "you divided by percent; divide by a share: 35 % is 0.35.",
            ),
            Diagnosis(
                gap,
                "this compares fans with the others; compare the invited with the others, because "
                "chance decided who was invited.",
            ),
            Diagnosis(
                lambda number, customers: per_new_fan(tried.LIST, tried.CUSTOMERS),
                lambda number, customers: (
                    "this is the list with which the sliders begin; set them to list "
                    f"{number} and {customers} customers."
                ),
            ),
        ),
    ),
    Exercise(
        id="8.3",
        question="The page does nothing. Selection is {selection}, and the invitation adds "
        "{invite} to people's eagerness to join. By how many percent do fans spend more than all "
        "others, on average over many lists?",
        options={
            "selection": (0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0),
            "invite": (0.2, 0.4, 0.6, 0.8, 1.0),
        },
        answer=by_selection,
        absolute_tolerance=0.12,
        unit="%",
        hint="Set the sliders to {selection} and {invite}. Divide what fans spend by what all "
        "others spend. Subtract 1, and multiply by 100.",
        solution="With {selection} and {invite}: what fans spend divided by what all others "
        "spend, minus 1, times 100. Selection alone makes fans look like better customers.",
        experiment=tried.SELECTION,
        diagnoses=(
            Diagnosis(
                lambda selection, invite: 100 - 100 / (1 + by_selection(selection, invite) / 100),
                "this is how much less the others spend, in per cent of what fans spend: divide by "
                "the others.",
            ),
            Diagnosis(
                0.0,
                "this is what the page does; the question asks how much more fans spend.",
            ),
            Diagnosis(
                lambda selection, invite: by_selection(0.5, 0.6),
                lambda selection, invite: (
                    f"this is for 0.5 and 0.6, where the sliders begin; yours are {selection} and "
                    f"{invite}."
                ),
            ),
            Diagnosis(
                lambda selection, invite: by_selection(selection, 0.6),
                lambda selection, invite: (
                    f"this is for an invitation that adds 0.6; yours adds {invite}."
                ),
            ),
            Diagnosis(
                lambda selection, invite: by_selection(selection, invite, "past"),
                "this is how much more fans had bought before; the question asks what they spend "
                "afterwards.",
            ),
        ),
    ),
    Exercise(
        id="8.4",
        question="In the model, {narrowed} % of 10,000 people know what they want, and Elif keeps "
        "{margin} dollars of each purchase. How many dollars more does a targeted message for all "
        "bring than a generic one for all? A loss is below zero.",
        options={
            "narrowed": (10, 20, 40, 50, 60, 70, 80, 90),
            "margin": (10, 15, 25, 30),
        },
        answer=targeted_for_all,
        absolute_tolerance=5.0,
        unit="dollars",
        hint="Set the sliders to {narrowed} % and {margin} dollars. Subtract what the generic "
        "message brings from what the targeted one for all brings.",
        solution="With {narrowed} % and {margin} dollars: what the targeted message for all brings "
        "minus what the generic one brings. It gains among people who know what they want, and "
        "loses among those who still look around. Each message also costs more.",
        experiment=tried.MESSAGES,
        diagnoses=(
            Diagnosis(
                lambda narrowed, margin: targeted_for_all(narrowed, margin, "net"),
                "this is all that the targeted message brings; the question asks how much more "
                "than the generic one.",
            ),
            Diagnosis(
                lambda narrowed, margin: -targeted_for_all(narrowed, margin),
                "the sign is wrong: subtract the generic message from the targeted one.",
            ),
            Diagnosis(
                targeted_narrowed,
                "here only those who know what they want get a targeted message; in the question "
                "everybody gets one.",
            ),
            Diagnosis(
                lambda narrowed, margin: targeted_for_all(30, margin),
                lambda narrowed, margin: (
                    f"this is for 30 % who know what they want; yours are {narrowed} %."
                ),
            ),
            Diagnosis(
                lambda narrowed, margin: targeted_for_all(narrowed, 20),
                lambda narrowed, margin: (
                    f"this is for 20 dollars kept of each purchase; yours are {margin}."
                ),
            ),
        ),
    ),
    Exercise(
        id="8.5",
        question="Your team has three pairs of shops of its own (set {pairs}). "
        "In each pair, in which shop do fans buy more because they are fans: A or B?",
        options={"pairs": pairs.SETS},
        answer=pairs.truth,
        choices=pairs.CHOICES,
        hint="Choose a pair. Look at the row “experiment” in the picture: in which shop is "
        "its interval above zero?",
        solution="In each pair the invited spend more than the others in one shop only. There the "
        "page does something; in the other shop those who buy more join more.",
        experiment=tried.SHOPS,
        diagnoses=pairs.diagnoses(
            "these are the shops in which more of the invited are fans, and they spend no more.",
            "Look only at the experiment, not at the comparisons of fans with others.",
        ),
    ),
    Exercise(
        id="8.6",
        question="A colleague sends the invitations of list {number} only to customers with at "
        "least {least} past purchases. What lift does the experiment seem to find, in per cent?",
        options={"least": (2, 3, 4, 5), "number": (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)},
        answer=broken_coin,
        absolute_tolerance=0.1,
        unit="%",
        hint="Set the sliders to list {number} and at least {least} past purchases, and read the "
        "row of the experiment.",
        solution="With list {number} and at least {least} past purchases: the lift in the row of "
        "the experiment. The invited were better customers before any invitation, and the page "
        "gets the credit for that.",
        experiment=tried.BY_HAND,
        diagnoses=(
            Diagnosis(
                lambda least, number: broken_coin(least, number, "naive"),
                "this is the naive lift; read the row of the experiment.",
            ),
            Diagnosis(
                lambda least, number: broken_coin(0, number),
                "this is with the invitations that chance gave; set the slider to your number of "
                "past purchases.",
            ),
            Diagnosis(
                lambda least, number: broken_coin(least, tried.LIST),
                lambda least, number: f"this is list {tried.LIST}; your list is {number}.",
            ),
            Diagnosis(
                lambda least, number: broken_coin(least + 1, number),
                lambda least, number: (
                    f"this is for at least {least + 1} past purchases; yours have at least {least}."
                ),
            ),
        ),
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
