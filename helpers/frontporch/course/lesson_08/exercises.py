"""Exercises of lesson 8: do fans become customers?"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from ...classroom.checking.exercise import Diagnosis, Exercise
from ...fans import lift
from .messages import Messages
from .worlds import FanWorld, worlds

CUSTOMERS = 10_000
TYPED_SEED = 1
"""Seed of the list that stands in the lesson before a team puts in its own."""


@lru_cache
def shop() -> FanWorld:
    """Give the lesson's shop, in which to be a fan does nothing."""
    return worlds(shuffle=7)["A"]


@lru_cache
def drawn(seed: int) -> pd.DataFrame:
    """Draw a list of the shop's customers."""
    return shop().simulate(CUSTOMERS, seed=seed)


def spent(seed: int, by: str) -> tuple[float, float]:
    """Give mean spend of those who are (fan or invited), and of the others."""
    mean = drawn(seed).groupby(by)["spend"].mean()
    return float(mean[True]), float(mean[False])


def naive(seed: int) -> float:
    """Exercise 8.1: per cent that fans spend more than the others."""
    fans, others = spent(seed, "fan")
    return 100 * (fans / others - 1)


def more_fans(seed: int) -> tuple[float, float]:
    """Give the share of fans among the invited, and among the others."""
    share = drawn(seed).groupby("invited")["fan"].mean()
    return float(share[True]), float(share[False])


def per_new_fan(seed: int) -> float:
    """Exercise 8.2: dollars that the invited spend more, by new fan."""
    invited, rest = spent(seed, "invited")
    asked, idle = more_fans(seed)
    return (invited - rest) / (asked - idle)


def undivided(seed: int) -> float:
    """Leave the dollars that the invited spend more undivided."""
    invited, rest = spent(seed, "invited")
    return invited - rest


def by_all_invited_fans(seed: int) -> float:
    """Divide by all fans among the invited, also those who would have come anyway."""
    return undivided(seed) / more_fans(seed)[0]


def gap(seed: int) -> float:
    """Give the dollars that fans spend more than the others."""
    fans, others = spent(seed, "fan")
    return fans - others


@lru_cache
def by_selection(selection: float, what: str = "naive") -> float:
    """Exercise 8.3: per cent that fans spend more in the long run where the page does nothing."""
    return 100 * float(FanWorld(effect=0, selection=selection).expected()[what])


@lru_cache
def targeted_for_all(narrowed: float, column: str = "against_generic") -> float:
    """Exercise 8.4: dollars from a targeted message for all."""
    messages = Messages(narrowed=narrowed / 100, narrowed_targeted=0.04)
    return float(messages.net(1.0)[column].iloc[0])


@lru_cache
def targeted_narrowed(narrowed: float) -> float:
    """Write a targeted message only to those who know what they want."""
    messages = Messages(narrowed=narrowed / 100, narrowed_targeted=0.04)
    return float(messages.net(narrowed / 100, "narrowed first")["against_generic"].iloc[0])


def world_that_holds(shuffle: int) -> str:
    """Exercise 8.5: the name of the world in which fans buy more because they are fans."""
    return worlds(shuffle=shuffle).truth


@lru_cache
def broken_coin(least: int, estimator: str = "experiment") -> float:
    """Exercise 8.6: per cent by an invitation that only good customers got."""
    chosen = drawn(7).query("not invited or past >= @least")
    return 100 * lift(chosen, past=None).lift(estimator)


EXERCISES = (
    Exercise(
        id="8.1",
        question="In a list of Elif's customers drawn with seed {seed}: by how many per cent do "
        "fans spend more than the others?",
        options={"seed": (2, 9, 11, 12)},
        answer=naive,
        absolute_tolerance=0.4,
        unit="%",
        hint="Put seed {seed} into the second cell, run it, and divide the mean of the fans "
        "(True) by that of the others (False). What is above 1 is the lift.",
        solution="With seed {seed}: mean spend of the fans, divided by that of the others, less "
        "1, times 100. This is the naive lift.",
        diagnoses=(
            Diagnosis(
                lambda seed: 100 * (1 - spent(seed, "fan")[1] / spent(seed, "fan")[0]),
                "this is how much less the others spend, as a share of what fans spend: divide "
                "by the others.",
            ),
            Diagnosis(
                lambda seed: naive(seed) + 100,
                "this is what fans spend, not what they spend more: take 100 off.",
            ),
            Diagnosis(
                gap,
                "these are dollars; the question asks for per cent of what the others spend.",
            ),
            Diagnosis(
                lambda seed: naive(TYPED_SEED),
                lambda seed: f"this is the list with seed {TYPED_SEED}; yours has seed {seed}.",
            ),
        ),
    ),
    Exercise(
        id="8.2",
        question="In a list drawn with seed {seed}: how many dollars more do the invited spend, "
        "for each new fan whom the invitation made?",
        options={"seed": (4, 17, 9, 25)},
        answer=per_new_fan,
        absolute_tolerance=0.05,
        unit="dollars",
        hint="Put seed {seed} into the second cell and run it. Take the row False off the row "
        "True in both columns, then divide the difference in `spend` by that in `fan`.",
        solution="With seed {seed}: the difference in spend between invited and others, divided "
        "by the difference in fans. The shop's page does nothing, so this is chance.",
        diagnoses=(
            Diagnosis(
                undivided,
                "this is by invited customer; divide it by the difference in fans.",
            ),
            Diagnosis(
                by_all_invited_fans,
                "you divide by all fans among the invited; some would have joined anyway. Take "
                "the share of fans among the others off first.",
            ),
            Diagnosis(gap, "this compares fans with the others; the coin decided who is invited."),
            Diagnosis(
                lambda seed: per_new_fan(TYPED_SEED),
                lambda seed: f"this is the list with seed {TYPED_SEED}; yours has seed {seed}.",
            ),
        ),
    ),
    Exercise(
        id="8.3",
        question="In a world where the page does nothing and joining follows buying with a "
        "strength of {selection}: by how many per cent do fans spend more, in the long run?",
        options={"selection": (0.6, 0.3, 0.9)},
        answer=by_selection,
        absolute_tolerance=0.4,
        unit="%",
        hint="Put {selection} in place of the 0.5, read `naive`, and make it per cent.",
        solution='`100 * lesson_08.FanWorld(effect=0, selection={selection}).expected()["naive"]`: '
        "selection alone makes fans look like better customers.",
        diagnoses=(
            Diagnosis(
                lambda selection: by_selection(selection, "past"),
                "this is what fans had bought more before; read `naive`.",
            ),
            Diagnosis(
                0.0,
                "this is what the page does, and what the experiment finds; the question asks "
                "for the naive lift.",
            ),
            Diagnosis(
                lambda selection: by_selection(0.5),
                lambda selection: f"this is for a strength of 0.5; yours is {selection}.",
            ),
        ),
    ),
    Exercise(
        id="8.4",
        question="In the model, {narrowed} per cent of 10,000 people know what they want. How "
        "many dollars does a targeted message for all bring more than a generic one for all?",
        options={"narrowed": (50, 20, 80)},
        answer=targeted_for_all,
        absolute_tolerance=2.0,
        unit="dollars",
        hint="Write {narrowed} per cent as a share in place of the 0.3, and read "
        "`against_generic` in the row where `targeted` is 1. Below zero is a loss.",
        solution="`against_generic` with {narrowed} per cent who know what they want: gains among "
        "them, less losses among those who still look around and the dearer message.",
        diagnoses=(
            Diagnosis(
                lambda narrowed: targeted_for_all(narrowed, "net"),
                "this is all that the targeted message brings; the question asks for how much "
                "more than the generic one.",
            ),
            Diagnosis(
                targeted_narrowed,
                "this writes targeted messages only to those who know what they want.",
            ),
            Diagnosis(
                lambda narrowed: targeted_for_all(30),
                lambda narrowed: f"this is for 30 per cent; yours are {narrowed}.",
            ),
        ),
    ),
    Exercise(
        id="8.5",
        question="In which of your two worlds (shuffle {shuffle}) do fans buy more because they "
        "are fans: A or B?",
        options={"shuffle": (7, 3, 8, 9)},
        answer=world_that_holds,
        hint="Look at the estimator `experiment` in the picture: in which world is its interval "
        "above zero?",
        solution="Only in one world do the invited spend more than the others. There the page "
        "itself does something; in the other, whoever buys more joins more.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this world the invited are more often fans and spend no more for it.",
            ),
            Diagnosis("both", "the naive lifts are alike, the experiments are not."),
            Diagnosis("neither", "look at the experiments: one interval is above zero."),
        ),
    ),
    Exercise(
        id="8.6",
        question="A colleague sends Elif's invitations only to customers with at least {least} "
        "past purchases. What lift, in per cent, does the experiment seem to find?",
        options={"least": (3, 2, 4)},
        answer=broken_coin,
        absolute_tolerance=0.4,
        unit="%",
        hint="Put {least} in place of the 1, read the lift in the row of the experiment, and make "
        "it per cent.",
        solution='`customers.query("not invited or past >= {least}")`, then `fans.lift`: the '
        "invited now are better customers before any invitation, and the ratio counts that as "
        "the page's doing.",
        diagnoses=(
            Diagnosis(
                lambda least: broken_coin(least, "naive"),
                "this is the naive lift; read the row of the experiment.",
            ),
            Diagnosis(
                lambda least: broken_coin(1),
                lambda least: f"this is for at least 1 past purchase; yours is {least}.",
            ),
            Diagnosis(
                lambda least: broken_coin(0),
                "this is with the coin as it fell; leave out the invited with few past purchases.",
            ),
        ),
    ),
)
