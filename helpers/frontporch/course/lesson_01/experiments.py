"""What is tried in the exercises of lesson 1: tables by hours, pairs of worlds, slower steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import pandas as pd

from ... import data, deepening
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...deepening import Curves
from ...deepening.comparison import Comparison
from ...deepening.frailty.worlds import chosen_channel
from ...rounding import decimal, number
from ...stats import SurvivalCurve, life_table
from .. import pairs as hidden
from ..findings import Findings
from .selection import only_pairs_that_ever
from .worlds import arrivals, worlds

ENCOUNTERS = {"second": 2, "third": 3, "fifth": 5}
_ORDER = {place: name for name, place in ENCOUNTERS.items()}
TIMES = {"half a day": 12, "a day": 24, "a week": 168}
LISTS = ("list of friends", "four numbers")
ONLINE, CHANNELS = "students online", ("offline", "online")
PEOPLE, WEEKS, SEED = 4_000, 104, 7
UNLUCKY = frozenset({131, 142, 173, 233})
"""Seeds at which chance alone puts the interval of the world without acceleration above 1."""


@cache
def curves(encounter: int = 2, counted: str = "any") -> Curves:
    """Give how soon the pairs of the four communities reached an encounter."""
    tables = data.load("deepening_life_tables").query("channel != 'text message'")
    return deepening.encounter_curves(tables, encounter, counted)


@cache
def chosen_pairs() -> SurvivalCurve:
    """Give the curve of the pairs of students online that ever replied."""
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    table = data.load("deepening_life_tables").query(
        "community == 'students online' and counted == 'both spoken' and encounter == 2"
    )
    return life_table(only_pairs_that_ever(table, int(ladder.iloc[0]["dyads_reaching_next"])))


def slows_down(weeks: float, times: float) -> Callable[[np.ndarray, float], np.ndarray]:
    """Give a law of stays: after some weeks in a stage everything takes several times as long."""

    def law(hazard: np.ndarray, rate: float) -> np.ndarray:
        passed = hazard / rate
        return np.where(passed < weeks, passed, weeks + times * (passed - weeks))

    return law


@cache
def first_step(weeks: float | None, times: float) -> dict[str, float]:
    """Estimate the first step, in per cent per week, by channel; None is the ladder's own law."""
    law = deepening.exponential if weeks is None else slows_down(weeks, times)
    spells = deepening.Ladder.online_and_offline().simulate(
        pairs=PEOPLE, weeks=WEEKS, seed=SEED, law=law
    )
    found = deepening.fit(spells, by="channel")
    steps = {name: found[name].rates.set_index(["stage", "next_stage"]) for name in CHANNELS}
    return {
        name: 100 * float(rates.loc[("stranger", "acquaintance"), "rate"])
        for name, rates in steps.items()
    }


@cache
def logs_of_pair(pairs: int, pair: str) -> dict[str, pd.DataFrame]:
    """Draw the spells of the two worlds of a pair, by their letters."""
    seed = hidden.seed(pairs, pair)
    drawn = seed + 500 if seed in UNLUCKY else seed
    return {letter: one.simulate(seed=drawn) for letter, one in worlds(shuffle=seed).items()}


def first_guess() -> Prequestion:
    """Ask how many of 100 pairs of students online talk five times within a week."""
    five_times = curves(ENCOUNTERS["fifth"])[ONLINE]
    return Prequestion(
        "Picture **100 pairs of students** who have just written to each other online for the "
        "first time. How many of them talk at least five times within a week? Move the slider, "
        "then press Show me.",
        Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 pairs"),
        came=lambda: 100 * float(five_times.at([TIMES["a week"]])["reached"].iloc[0]),
        meaning=f"We counted {decimal(five_times.started)} real pairs. Most strangers "
        "stay strangers. Does meeting in person change that?",
    )


def two_definitions(hours: float) -> Findings:
    """Show the students online twice: any message counts, or both must have spoken."""
    both = {
        "any message counts": curves()[ONLINE],
        "both must have spoken": curves(counted="both spoken")[ONLINE],
    }
    return _shares(both, hours, "what counts")


def by_community(encounter: str, within: str) -> Findings:
    """Show the share of each community's pairs at an encounter, with its interval."""
    return _shares(curves(ENCOUNTERS[encounter]), TIMES[within], "community")


def all_and_chosen(hours: float) -> Findings:
    """Show all pairs of students online beside those that ever replied."""
    both = {
        "all pairs": curves(counted="both spoken")[ONLINE],
        "only pairs that ever replied": chosen_pairs(),
    }
    return _shares(both, hours, "whose pairs")


def by_hours(encounter: str, hours: float) -> Findings:
    """Show the share of each community's pairs at an encounter within some hours."""
    return _shares(curves(ENCOUNTERS[encounter]), hours, "community")


def one_pair(pair: str, shown: str, pairs: int) -> Findings:
    """Show the two worlds of a pair: the list of friends, or the four numbers for "faster"."""
    found = {f"world {letter}": spells for letter, spells in logs_of_pair(pairs, pair).items()}
    return list_of_friends(found) if shown == LISTS[0] else four_numbers(found)


def list_of_friends(found: Mapping[str, pd.DataFrame]) -> Findings:
    """Show how many friends each world has, and how long they took on average."""
    rows = {name: arrivals(spells) for name, spells in found.items()}
    headings = {"arrived": "friends", "mean_weeks": "mean weeks until friends"}
    columns = {
        f"{name}: {heading}": list(table[column])
        for name, table in rows.items()
        for column, heading in headings.items()
    }
    return Findings(pd.DataFrame({"friends made": list(CHANNELS), **columns}))


def four_numbers(found: Mapping[str, pd.DataFrame]) -> Findings:
    """Show the four numbers for "faster" of each world, with their intervals."""
    four = {name: one.summary() for name, one in compared(found).items()}
    columns = {name: [_interval(row) for _, row in one.iterrows()] for name, one in four.items()}
    measures = list(next(iter(four.values()))["measure"])
    return Findings(pd.DataFrame({"online compared with offline": measures, **columns}))


@cache
def same_customer() -> Findings:
    """Show how much faster online looks: among all pairs, and of each customer with themselves."""
    names = ("channel by coin flip", "the lively chose online")
    columns = {}
    for name, world in zip(names, chosen_channel(), strict=True):
        read = world.readings(world.simulate(SEED))
        columns[name] = [
            f"{decimal(row.value, 1)} ({decimal(row.lower, 1)} to {decimal(row.upper, 1)})"
            for row in read.itertuples()
        ]
    rows = ["all pairs", "each customer with themselves"]
    return Findings(
        pd.DataFrame({"hazard of a first step, online divided by offline": rows, **columns})
    )


def compared(found: Mapping[str, pd.DataFrame]) -> dict[str, Comparison]:
    """Compare online with offline in each world, by numbers that do not look at the future."""
    read = {name: deepening.fit(spells, by="channel") for name, spells in found.items()}
    return {name: deepening.compare(one["online"], one["offline"]) for name, one in read.items()}


def counts(community: str) -> Findings:
    """Show the first rows of the life table of a community, for the second encounter."""
    table = data.load("deepening_life_tables").query(
        "community == @community and counted == 'any' and encounter == 2"
    )
    rows = table[table["reached"] > 0].head()
    ends = rows["hours_up_to"].round(1)
    return Findings(
        pd.DataFrame(
            {
                "community": rows["community"],
                "what counts": "any message or meeting",
                "up to (hours)": [number(one, 3) for one in ends],
                "pairs that met again": rows["reached"],
                "pairs lost from view": rows["censored"],
            }
        ).reset_index(drop=True)
    )


def honest_intervals() -> Findings:
    """Show shares with intervals that take people as independent, and not their pairs."""
    people = data.load("deepening_life_tables", table="person_intervals")
    rows = people.query("counted == 'any' and community != 'students by phone'")
    return Findings(
        pd.DataFrame(
            {
                "community": rows["community"],
                "encounter": [_ORDER[one] for one in rows["encounter"]],
                "within": [f"{number(one, 3)} hours" for one in rows["hours"]],
                "met again, %": [decimal(100 * one, 1) for one in rows["share"]],
                "95 % interval over people": [
                    f"{decimal(100 * low, 1)} to {decimal(100 * high, 1)}"
                    for low, high in zip(rows["lower"], rows["upper"], strict=True)
                ],
            }
        ).reset_index(drop=True)
    )


def slower_later(weeks: float, times: float) -> Findings:
    """Show the first step as one rate, where everything is slower after some weeks."""
    steady, slowed = first_step(None, 1.0), first_step(weeks, times)
    return Findings(
        pd.DataFrame(
            {
                "first step, from stranger to acquaintance": list(steady),
                "steady, % per week": [number(one, 3) for one in steady.values()],
                f"{number(times, 2)} × slower after week {number(weeks, 2)}, % per week": [
                    number(one, 3) for one in slowed.values()
                ],
            }
        )
    )


def _shares(found: dict[str, SurvivalCurve], hours: float, heading: str) -> Findings:
    table = Curves(found).reached(hours)
    known = table["per cent"].notna()
    return Findings(
        pd.DataFrame(
            {
                heading: list(table.index),
                "pairs": [f"{pairs:,}" for pairs in table["pairs"]],
                "met again, %": [
                    decimal(share, 1) if there else "not known: the record ends before"
                    for share, there in zip(table["per cent"], known, strict=True)
                ],
                "95 % interval": [
                    f"{decimal(low, 1)} to {decimal(high, 1)}" if there else "–"
                    for low, high, there in zip(table["lower"], table["upper"], known, strict=True)
                ],
            }
        )
    )


def _interval(row: pd.Series) -> str:
    share = row["no_difference"] == 0
    values = (100 * row[c] if share else row[c] for c in ("contrast", "lower", "upper"))
    value, low, high = (decimal(one, 1 if share else 2) for one in values)
    return f"{value}{' points' if share else ''} ({low} to {high})"


EXPERIMENTS = {
    "1.1": Experiment(
        two_definitions,
        [Slider("hours", "within", 1, 72, 1, 24, unit="hours")],
        "lesson_01.experiments.two_definitions(hours={hours})",
    ),
    "1.2": Experiment(
        by_community,
        [
            Choice("encounter", "encounter", tuple(ENCOUNTERS), "second"),
            Choice("within", "within", tuple(TIMES), "a day"),
        ],
        'lesson_01.experiments.by_community("{encounter}", "{within}")',
    ),
    "1.3": Experiment(
        all_and_chosen,
        [Slider("hours", "within", 1, 72, 1, 24, unit="hours")],
        "lesson_01.experiments.all_and_chosen(hours={hours})",
    ),
    "1.4": Experiment(
        by_hours,
        [
            Choice("encounter", "encounter", tuple(ENCOUNTERS), "second"),
            Slider("hours", "within", 12, 240, 12, 24, unit="hours"),
        ],
        'lesson_01.experiments.by_hours("{encounter}", hours={hours})',
    ),
    "1.5": Experiment(
        one_pair,
        [
            Choice("pair", "pair of worlds", hidden.PAIRS, hidden.PAIRS[0]),
            Choice("shown", "show the", LISTS, LISTS[0]),
        ],
        'lesson_01.experiments.one_pair("{pair}", "{shown}", pairs=1)',
    ),
    "1.6": Experiment(
        slower_later,
        [
            Slider("weeks", "quick until week", 1, 12, 1, 4),
            Slider("times", "slower afterwards", 1, 6, 1, 2, unit="×"),
        ],
        "lesson_01.experiments.slower_later(weeks={weeks}, times={times})",
    ),
}
