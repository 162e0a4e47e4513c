"""What is tried in the exercises of lesson 2: readings of a log, a trial's size, eager shops."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ... import data, stats
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...deepening import offers
from ...deepening.frailty.bored import early_exit
from ...deepening.offers.gain import GainEstimate
from ...deepening.offers.immortal import ImmortalTime
from ...rounding import decimal
from .. import pairs as hidden
from ..findings import Findings
from .pictures import plot_gain, plot_trial
from .worlds import Shop, worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STRANGERS, WATCHED, SEED = 2_000, 104, 7
WRONG, RIGHT = "ever offered", "from the offer on"
YEAR = 52.0
SHOWN = ("friends at the end of the year", "what an offer gains, by week", "a trial")


def first_guess() -> Prequestion:
    """Ask how many people come back whose first question nobody answered."""
    studies = data.load("evidence")
    found = studies[(studies["claim"] == "2.4") & studies["study"].str.startswith("Support forum")]
    forum = found.iloc[0]
    soon, _, never = (int(one) for one in re.findall(r"(\d+) %", forum["finding"]))
    return Prequestion(
        "Picture **100 people** whose first question in a software firm's support forum nobody "
        "ever answered. How many of them asked another within three months? Move the slider, then "
        "press Show me.",
        Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 people"),
        came=lambda: never,
        meaning=f"Of 100 people with an answer within a day, {soon} asked again ({forum['n']} real "
        "people in all). Does waiting lose people, or are promising people answered first?",
    )


@cache
def idle(weeks: float) -> ImmortalTime:
    """Both readings of a log in which offers, after so many weeks on average, do nothing."""
    log = offers.OfferModel.without_effect().simulate(
        pairs=STRANGERS, weeks=WATCHED, seed=SEED, timing=offers.at_random(weeks)
    )
    return offers.immortal_time(log)


@cache
def amirs_shop() -> Shop:
    """Give the shop of the lesson, in which waiting loses customers."""
    return worlds()["waiting loses customers"]


@cache
def of_a_shop(shop: int, outcome: str = "lost") -> ImmortalTime:
    """Both readings of the log of a shop like Amir's."""
    log = amirs_shop().simulate(pairs=STRANGERS, seed=shop)
    return offers.immortal_time(log, outcome)


def eager(contacts: float, weeks: float) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Give a contact policy: several a week for some weeks after the offer, and one later."""

    def policy(week: np.ndarray, offered: np.ndarray) -> np.ndarray:
        open_for = week - offered
        return np.where(open_for < 0, 0.0, np.where(open_for < weeks, contacts, 1.0))

    return policy


@cache
def ends(contacts: float, weeks: float, offered: float = 0.0) -> pd.Series:
    """Give where 100 strangers end within a year, with an offer in some week."""
    shares = offers.OfferModel().shares([offered], YEAR, policy=eager(contacts, weeks))
    return 100 * shares[["friend", "competitor", "over-contact", "stranger"]].iloc[0]


@cache
def shops_of_pair(pairs: int, pair: str) -> dict[str, Shop]:
    """Give the two shops of a pair by their letters."""
    return dict(worlds(shuffle=hidden.seed(pairs, pair)))


def two_readings(weeks: float) -> Findings:
    """Show what both readings find where offers do nothing."""
    return _readings(idle(weeks))


def weeks_counted(weeks: float) -> Findings:
    """Show how many weeks each reading counts as weeks with an offer."""
    trap = idle(weeks)
    rows = {
        f'counted as with an offer by "{WRONG}"': trap.ever_offered.weeks[1],
        "of these, before the offer came": trap.immortal_weeks,
        f'counted as with an offer by "{RIGHT}"': trap.from_the_offer_on.weeks[1],
        "all weeks of all strangers": sum(trap.ever_offered.weeks),
    }
    return Findings(
        pd.DataFrame({"weeks": list(rows), "how many": [decimal(one) for one in rows.values()]})
    )


def log_of_a_shop(shop: int, end: str) -> Findings:
    """Show what both readings find in the log of a shop like Amir's."""
    return _readings(of_a_shop(int(shop), "lost" if end == ENDS[0] else "friend"))


def size_of_a_trial(usual: float, rise: float) -> Findings:
    """Show how many strangers a trial needs, by how often it finds a rise that is there."""
    needed = {
        power: stats.sample_size(usual / 100, (usual + rise) / 100, power=power)
        for power in (0.5, 0.8, 0.9)
    }
    return Findings(
        pd.DataFrame(
            {
                "power: it finds the rise": ["1 time in 2", "4 times in 5", "9 times in 10"],
                "strangers in each arm": [f"{one:,}" for one in needed.values()],
                "strangers in all": [f"{2 * one:,}" for one in needed.values()],
            }
        )
    )


def one_pair(pair: str, shown: str, pairs: int) -> Findings | Axes:
    """Show the two shops of a pair: how their year ended, a gain by week, or a trial."""
    shops, seed = shops_of_pair(pairs, pair), hidden.seed(pairs, pair)
    if shown == SHOWN[2]:
        return plot_trial(
            {
                f"shop {letter}": offers.trial(shop.randomise(pairs=1_000, seed=seed))
                for letter, shop in shops.items()
            }
        )
    logs = {f"shop {letter}": one.simulate(seed=seed) for letter, one in shops.items()}
    if shown == SHOWN[1]:
        return plot_gain({name: offers.fit_gain(log) for name, log in logs.items()})
    return ends_of_the_year(logs)


def ends_of_the_year(logs: Mapping[str, pd.DataFrame]) -> Findings:
    """Show how many in 100 strangers became friends, and how many were lost, in each shop."""
    shares = {
        heading: [decimal(100 * (log["next_stage"] == end).mean()) for log in logs.values()]
        for end, heading in (("friend", "friends, in 100"), ("lost", "lost, in 100"))
    }
    return Findings(pd.DataFrame({"shop": list(logs), **shares}))


@cache
def who_is_still_there() -> Findings:
    """Show online beside the counter in two shops: by a rate, and among all strangers."""
    names = ("faster online", "the bored leave sooner")
    columns = {}
    for name, shop in zip(names, early_exit(), strict=True):
        rate, share = (row for row in shop.readings(shop.simulate(seed=7)).itertuples())
        columns[name] = [
            f"{decimal(rate.value, 1)} ({decimal(rate.lower, 1)} to {decimal(rate.upper, 1)})",
            f"{decimal(100 * share.value, signed=True)} ({decimal(100 * share.lower, signed=True)}"
            f" to {decimal(100 * share.upper, signed=True)})",
        ]
    rows = ["rate among those still there: online divided by counter"]
    rows += ["of 100 strangers, closer by week 26: online minus counter"]
    return Findings(pd.DataFrame({"strangers who come closer": rows, **columns}))


def first_strangers(log: pd.DataFrame, many: int = 5) -> Findings:
    """Show the first strangers of a log: when and how their time ended, and when Amir wrote."""
    rows = log.head(many)
    offers_ = [decimal(week, 1) if week == week else "–" for week in rows["offered_at"]]
    return Findings(
        pd.DataFrame(
            {
                "stranger": [str(k + 1) for k in range(len(rows))],
                "time as a stranger ended in week": [decimal(week, 1) for week in rows["left"]],
                "as": [str(end) if end == end else "still there" for end in rows["next_stage"]],
                "Amir's offer in week": offers_,
            }
        )
    )


def gain_by_week(gain: GainEstimate, weeks: Sequence[float]) -> Findings:
    """Show what an offer in each of some weeks gains, in friends of 100 strangers."""
    table = 100 * gain.at(weeks)[["gain", "lower", "upper"]]
    return Findings(
        pd.DataFrame(
            {
                "offer in week": [decimal(week) for week in weeks],
                "more friends, of 100 strangers": [decimal(one, 1) for one in table["gain"]],
                "95 % interval": [
                    f"{decimal(low, 1)} to {decimal(high, 1)}"
                    for low, high in zip(table["lower"], table["upper"], strict=True)
                ],
            }
        )
    )


def eager_at_first(contacts: float, weeks: float) -> Findings:
    """Show where 100 strangers end in a year, beside one contact a week throughout."""
    ways = {"once a week throughout": ends(1.0, 0.0), "eager at first": ends(contacts, weeks)}
    headings = ("friends", "went to a competitor", "driven off", "still strangers")
    return Findings(
        pd.DataFrame(
            {
                "contact": list(ways),
                **{
                    f"{heading}, of 100": [decimal(one.iloc[k], 1) for one in ways.values()]
                    for k, heading in enumerate(headings)
                },
            }
        )
    )


def _readings(trap: ImmortalTime) -> Findings:
    both = {WRONG: trap.ever_offered, RIGHT: trap.from_the_offer_on}
    intervals = [trap.interval(name) for name in both]
    return Findings(
        pd.DataFrame(
            {
                "reading": list(both),
                "hazard ratio": [decimal(one.hazard_ratio, 3) for one in both.values()],
                "95 % interval": [
                    f"{decimal(low, 3)} to {decimal(high, 3)}" for low, high in intervals
                ],
            }
        )
    )


ENDS = ("lost", "friend")
_WEEKS = Slider("weeks", "offers come after", 2, 40, 1, 10, unit="weeks")
EXPERIMENTS = {
    "2.1": Experiment(two_readings, [_WEEKS], "lesson_02.experiments.two_readings(weeks={weeks})"),
    "2.2": Experiment(
        weeks_counted, [_WEEKS], "lesson_02.experiments.weeks_counted(weeks={weeks})"
    ),
    "2.3": Experiment(
        log_of_a_shop,
        [
            Slider("shop", "log of shop", 1, 48, 1, 7),
            Choice("end", "end", ENDS, "lost"),
        ],
        'lesson_02.experiments.log_of_a_shop({shop}, "{end}")',
    ),
    "2.4": Experiment(
        size_of_a_trial,
        [
            Slider("usual", "friends as usual", 5, 50, 5, 20, unit="in 100"),
            Slider("rise", "rise worth finding", 2, 15, 1, 3, unit="points"),
        ],
        "lesson_02.experiments.size_of_a_trial(usual={usual}, rise={rise})",
    ),
    "2.5": Experiment(
        one_pair,
        [
            Choice("pair", "pair of shops", hidden.PAIRS, hidden.PAIRS[0]),
            Choice("shown", "show", SHOWN, SHOWN[0]),
        ],
        'lesson_02.experiments.one_pair("{pair}", "{shown}", pairs=1)',
    ),
    "2.6": Experiment(
        eager_at_first,
        [
            Slider("contacts", "contacts a week at first", 1, 6, 1, 1),
            Slider("weeks", "for the first", 1, 20, 1, 4, unit="weeks"),
        ],
        "lesson_02.experiments.eager_at_first(contacts={contacts}, weeks={weeks})",
    ),
}
