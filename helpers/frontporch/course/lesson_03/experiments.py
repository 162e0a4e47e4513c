"""What is tried in the exercises of lesson 3: ladders, rest points, two worlds, endless talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import data
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...deepening import reciprocity
from ...rounding import decimal
from .. import pairs as hidden
from ..findings import Findings
from .pictures import plot_messages, plot_phase
from .worlds import worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

OWN = (0.2, 0.3)
"""Depth that customer and shop tell of their own accord."""
ANSWERS = (0.5, 0.6)
COMMUNITIES = ("students online", "students by phone")
READINGS = {"without the clock": "naive", "with the clock": "right"}
CALLS_FORTH = 0.6
"""Messages of Bob's that each of Ann's calls forth."""
OWN_BURSTS, BOB_ALONE, DECAY = 0.1, 0.1, 1.0
DAYS_SEEN, FIRST_SEED = 5.0, 33
UNLUCKY = frozenset({32, 183, 233})
"""Seeds at which chance alone makes the reading with the clock say the wrong thing."""


def first_guess() -> Prequestion:
    """Ask which of two pairs answer each other, by pictures of when they wrote."""
    both = worlds(pairs=1, days=DAYS_SEEN, answers=0.45, own_bursts=0.1, shuffle=FIRST_SEED)

    def draw(letter: str) -> Axes:
        return plot_messages(both[letter].events(seed=FIRST_SEED), DAYS_SEEN)

    return Prequestion(
        "Each mark is a message. In one picture Ann and Bob **answer each other**; in the other "
        "nobody answers anybody. Which is the one with answers?",
        Choice("guess", "your guess", ("A", "B"), "A"),
        came=lambda: both.truth,
        meaning="In the other, both are merely free at the same hours (simulated). Writing at the "
        "same time looks like a talk; you will see how to tell them apart.",
        pictures={letter: partial(draw, letter) for letter in both},
    )


@cache
def reached(community: str) -> dict[int, int]:
    """Give how many pairs of a community came to each exchange."""
    ladder = data.load("exchange_ladder").query("community == @community")
    found = dict(zip(ladder["exchange"], ladder["dyads_reaching"], strict=True))
    last = ladder.iloc[-1]
    return {**found, last["exchange"] + 1: last["dyads_reaching_next"]}


@cache
def paths(step: float) -> pd.DataFrame:
    """Follow the customer's depth where the customer opens first by a step, and where the shop."""
    pair = reciprocity.Disclosure(base=OWN, reciprocity=ANSWERS)
    exchanges = [float(k) for k in range(7)]
    return pd.DataFrame(
        {
            "exchange": range(7),
            "customer": pair.path(exchanges, (step, 0.0))["first"],
            "shop": pair.path(exchanges, (0.0, step))["first"],
        }
    )


@cache
def at_rest(customer: float, answered: float) -> tuple[float, float]:
    """Give where customer and brand come to rest, if the brand answers in kind."""
    policy = reciprocity.in_kind(answered)
    talk = reciprocity.Disclosure.with_brand(policy, reciprocity=customer)
    first, second = talk.settles_at()
    return float(first), float(second)


def law_of(alone: float, answers: float) -> reciprocity.Hawkes:
    """Give the law by which Ann and Bob write to each other."""
    excitation = ((OWN_BURSTS, answers), (CALLS_FORTH, OWN_BURSTS))
    return reciprocity.Hawkes((alone, BOB_ALONE), excitation, DECAY)


@cache
def readings_of_pair(pairs: int, pair: str) -> dict[str, pd.DataFrame]:
    """Read the two worlds of a pair, without the clock and with it, by their letters."""
    seed = hidden.seed(pairs, pair)
    drawn = seed + 500 if seed in UNLUCKY else seed
    both = worlds(shuffle=seed)
    return {letter: both.read(world.events(seed=drawn)) for letter, world in both.items()}


def pairs_left(community: str, exchange: float) -> Findings:
    """Show how many pairs came to an exchange, and to the three after it."""
    known = reached(community)
    rows = [k for k in range(int(exchange), int(exchange) + 4) if k in known]
    return Findings(
        pd.DataFrame({"exchange": rows, "pairs that came so far": [f"{known[k]:,}" for k in rows]})
    )


def going_on(community: str, exchanges: Sequence[int]) -> Findings:
    """Show what per cent of the pairs at some exchanges went on to the next."""
    known = reached(community)
    return Findings(
        pd.DataFrame(
            {
                "exchanges so far": [str(k) if k else "first message" for k in exchanges],
                "pairs that came so far": [f"{known[k]:,}" for k in exchanges],
                "went on, %": [decimal(100 * known[k + 1] / known[k], 1) for k in exchanges],
            }
        )
    )


def where_they_rest(customer: float, shop: float) -> Axes:
    """Draw where customer and shop come to rest, by how much each answers."""
    return plot_phase(customer, shop, *OWN)


def who_opened(step: float) -> Findings:
    """Show the customer's depth by exchange, where the customer opened first or the shop did."""
    found = paths(step)
    return Findings(
        pd.DataFrame(
            {
                "exchanges": found["exchange"],
                "customer's depth, if the customer opened": [
                    decimal(one, 3) for one in found["customer"]
                ],
                "customer's depth, if the shop opened": [decimal(one, 3) for one in found["shop"]],
            }
        )
    )


def brand_at_rest(answered: float, customer: float) -> Findings:
    """Show where customer and brand come to rest."""
    first, second = at_rest(customer, answered)
    return Findings(
        pd.DataFrame(
            {
                "who": ["customer", "brand"],
                "answers, of a step": [decimal(customer, 1), decimal(answered, 1)],
                "comes to rest at a depth of": [decimal(first, 3), decimal(second, 3)],
            }
        )
    )


def one_pair(pair: str, reading: str, pairs: int) -> Findings:
    """Show what a reading finds in the two worlds of a pair."""
    return side_by_side(readings_of_pair(pairs, pair), reading)


def side_by_side(found: Mapping[str, pd.DataFrame], reading: str) -> Findings:
    """Show what a reading finds in each world: answers, and whether chance would do it."""
    rows = [table.loc[READINGS[reading]] for table in found.values()]
    return Findings(
        pd.DataFrame(
            {
                "world": list(found),
                "answers that a message of Ann's calls forth": [
                    decimal(one["bob answers ann"], 2) for one in rows
                ],
                "answers that a message of Bob's calls forth": [
                    decimal(one["ann answers bob"], 2) for one in rows
                ],
                "chance alone would show as much": [_how_often(one["p_value"]) for one in rows],
            }
        )
    )


def in_the_long_run(alone: float, answers: float) -> Findings | str:
    """Show how much Ann and Bob write in the long run, or say that the talk never ends."""
    law = law_of(alone, answers)
    if law.radius >= 1:
        return (
            f"Give and take together have the size {decimal(law.radius, 2)}. From 1 on the talk "
            "never ends: there is no number of messages per hour in the long run."
        )
    rates = np.asarray(law.mean_rates())
    return Findings(
        pd.DataFrame(
            {
                "who": ["Ann", "Bob"],
                "alone, messages per hour": [decimal(alone, 2), decimal(BOB_ALONE, 2)],
                "in the long run, messages per hour": [decimal(one, 3) for one in rates],
                "size of all give and take": [decimal(law.radius, 2), ""],
            }
        )
    )


def _how_often(p_value: float) -> str:
    return "fewer than 1 time in 1,000" if p_value < 0.001 else f"{decimal(100 * p_value, 1)} %"


EXPERIMENTS = {
    "3.1": Experiment(
        pairs_left,
        [
            Choice("community", "community", COMMUNITIES, COMMUNITIES[0]),
            Slider("exchange", "from exchange", 0, 9, 1, 0),
        ],
        'lesson_03.experiments.pairs_left("{community}", {exchange})',
    ),
    "3.2": Experiment(
        where_they_rest,
        [
            Slider("customer", "customer answers", 0, 1, 0.1, ANSWERS[0], unit="of a step"),
            Slider("shop", "the shop answers", 0, 1, 0.1, ANSWERS[1], unit="of a step"),
        ],
        "lesson_03.experiments.where_they_rest(customer={customer}, shop={shop})",
    ),
    "3.3": Experiment(
        who_opened,
        [Slider("step", "first step", 0.1, 1.0, 0.05, 0.6, unit="deep")],
        "lesson_03.experiments.who_opened(step={step})",
    ),
    "3.4": Experiment(
        brand_at_rest,
        [
            Slider("answered", "the brand answers", 0, 1, 0.1, 1.0, unit="of a step"),
            Slider("customer", "customer answers", 0, 1, 0.1, 0.6, unit="of a step"),
        ],
        "lesson_03.experiments.brand_at_rest(answered={answered}, customer={customer})",
    ),
    "3.5": Experiment(
        one_pair,
        [
            Choice("pair", "pair of worlds", hidden.PAIRS, hidden.PAIRS[0]),
            Choice("reading", "read", tuple(READINGS), "without the clock"),
        ],
        'lesson_03.experiments.one_pair("{pair}", "{reading}", pairs=1)',
    ),
    "3.6": Experiment(
        in_the_long_run,
        [
            Slider("alone", "Ann writes alone", 0.1, 1.0, 0.1, 0.2, unit="per hour"),
            Slider("answers", "each message calls forth", 0, 1.5, 0.1, 0.5, unit="answers"),
        ],
        "lesson_03.experiments.in_the_long_run(alone={alone}, answers={answers})",
    ),
}
