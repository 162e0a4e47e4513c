"""What is tried in the exercises of lesson 8: lists, selection, messages, invitations."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from ... import data
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...fans import lift, plot_lift
from ...fans.returns.fan_lift import Lift
from ...rounding import decimal
from .. import pairs as worlds_in_pairs
from ..doubles import Doubles
from .messages import Messages
from .worlds import FanWorld, worlds

CUSTOMERS = 10_000
LIST = 7
"""Number of Elif's own list, with which the lesson begins."""
DRAW = 40_000
"""Added to the seed of a pair: here every experiment tells its shops apart, which three draws in
a hundred do not."""


def first_guess() -> Prequestion:
    """Ask how few of 100 customers of a real shop made half of all repeat purchases."""
    again = data.load("cdnow")["frequency"].sort_values(ascending=False)
    half = (again.cumsum() < again.sum() / 2).sum() + 1
    return Prequestion(
        "Line up **100 customers of a real music shop** by how often they came back. How many of "
        "them made half of all repeat purchases? Move the slider, then press Show me.",
        Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 customers"),
        came=lambda: 100 * half / len(again),
        meaning=f"We counted {len(again):,} real customers of 1997. A few buy often, and most "
        "never come back. Which of them would become fans of a page?",
    )


@lru_cache
def shops() -> dict[str, FanWorld]:
    """Give both worlds by their names."""
    return dict(worlds())


@lru_cache
def shop() -> FanWorld:
    """Give the lesson's shop, in which to be a fan does nothing."""
    return shops()["fans would buy as much without the page"]


@lru_cache(maxsize=16)
def drawn(number: int, customers: int = CUSTOMERS) -> pd.DataFrame:
    """Draw a list of the shop's customers."""
    return shop().simulate(customers, seed=number)


def spent(number: int, customers: int, by: str) -> tuple[float, float]:
    """Give mean spend of those who are (fan or invited), and of the others."""
    mean = drawn(number, customers).groupby(by)["spend"].mean()
    return float(mean[True]), float(mean[False])


def fans_and_others(number: int, customers: int) -> pd.DataFrame:
    """Exercise 8.1: what fans and others spend."""
    return pd.DataFrame(
        {
            f"list {number}, {customers:,} customers": ["fans", "all others"],
            "mean spend (dollars)": [decimal(one, 2) for one in spent(number, customers, "fan")],
        }
    )


def shares(number: int, customers: int) -> tuple[float, float]:
    """Give the share of fans among the invited, and among the others."""
    share = drawn(number, customers).groupby("invited")["fan"].mean()
    return float(share[True]), float(share[False])


def invited_and_others(number: int, customers: int) -> pd.DataFrame:
    """Exercise 8.2: what the invited and the others spend, and how many of them are fans."""
    return pd.DataFrame(
        {
            f"list {number}, {customers:,} customers": ["invited", "not invited"],
            "fans (%)": [decimal(100 * one, 2) for one in shares(number, customers)],
            "mean spend (dollars)": [
                decimal(one, 3) for one in spent(number, customers, "invited")
            ],
        }
    )


@lru_cache(maxsize=256)
def long_run(selection: float, invite: float) -> pd.Series:
    """What is to be expected where the page does nothing."""
    return FanWorld(effect=0, selection=selection, invite=invite).expected()


def fans_in_the_long_run(selection: float, invite: float) -> pd.DataFrame:
    """Exercise 8.3: what fans and others spend in the long run where the page does nothing."""
    found = long_run(selection, invite)
    others = float(found["spend_no_fan"])
    spend = ((1 + float(found["naive"])) * others, others)
    return pd.DataFrame(
        {
            "average over many lists": ["fans", "all others"],
            "spend in half a year (dollars)": [decimal(one, 2) for one in spend],
        }
    )


def messages(narrowed: float, margin: float) -> Messages:
    """Give the model of messages with a share of those who know what they want, in per cent."""
    return Messages(narrowed=narrowed / 100, narrowed_targeted=0.04, margin=margin)


def what_messages_bring(narrowed: float, margin: float) -> pd.DataFrame:
    """Exercise 8.4: what a generic and a targeted message bring, less their cost."""
    made = messages(narrowed, margin)
    rows = {
        "generic, for all": made.net(0.0),
        "targeted, for all": made.net(1.0),
        "targeted for those who know what they want": made.net(narrowed / 100, "narrowed first"),
    }
    return pd.DataFrame(
        {
            "message": list(rows),
            "purchases": [decimal(float(one["purchases"].iloc[0])) for one in rows.values()],
            "brings, after its cost (dollars)": [
                decimal(float(one["net"].iloc[0])) for one in rows.values()
            ],
        }
    )


@lru_cache(maxsize=8)
def lifts(pairs: int, pair: str) -> dict[str, Lift]:
    """Read the lists of a pair of shops, by the names of the shops."""
    seed = worlds_in_pairs.seed(pairs, pair)
    two = Doubles(*shops().values(), shuffle=seed)
    return {name: lift(one.simulate(CUSTOMERS, seed=seed + DRAW)) for name, one in two.items()}


def two_shops(pair: str, pairs: int) -> object:
    """Exercise 8.5: every estimator on the lists of two shops."""
    return plot_lift(lifts(pairs, pair))


@lru_cache(maxsize=256)
def chosen(least: int, number: int) -> Lift:
    """Read a list of which only the invited with so many past purchases are left."""
    return lift(drawn(number).query("not invited or past >= @least"), past=None)


def invited_by_hand(least: int, number: int) -> pd.DataFrame:
    """Exercise 8.6: the lift where only good customers were invited."""
    found = chosen(least, number).summary()
    return pd.DataFrame(
        {
            f"list {number}, at least {least} past purchases": found["estimator"],
            "lift (%)": [decimal(100 * one, 1) for one in found["lift"]],
            "lower limit (%)": [decimal(100 * one, 1) for one in found["lift_lower"]],
            "upper limit (%)": [decimal(100 * one, 1) for one in found["lift_upper"]],
        }
    )


def _list(most: int) -> Slider:
    return Slider("number", "list", 1, most, 1, LIST)


_HOW_MANY = Slider("customers", "customers", 1_000, 10_000, 1_000, CUSTOMERS)

FANS = Experiment(
    fans_and_others,
    (_list(12), _HOW_MANY),
    code="""\
my_list = shop.simulate({customers}, seed={number})
my_list.groupby("fan")[["spend"]].mean()""",
)
INVITED = Experiment(
    invited_and_others,
    (_list(12), _HOW_MANY),
    code="""\
my_list = shop.simulate({customers}, seed={number})
my_list.groupby("invited")[["fan", "spend"]].mean()""",
)
SELECTION = Experiment(
    fans_in_the_long_run,
    (
        Slider("selection", "selection", 0, 1, 0.1, 0.5),
        Slider("invite", "the invitation adds", 0.1, 1, 0.1, 0.6, unit="to eagerness"),
    ),
    code="lesson_08.FanWorld(effect=0, selection={selection}, invite={invite}).expected()",
)
MESSAGES = Experiment(
    what_messages_bring,
    (
        Slider("narrowed", "know what they want", 10, 90, 10, 30, unit="%"),
        Slider("margin", "kept of each purchase", 10, 30, 5, 20, unit="dollars"),
    ),
    code="""\
messages = lesson_08.Messages(narrowed={narrowed} / 100, narrowed_targeted=0.04, margin={margin})
messages.net([0, 1])""",
)
SHOPS = Experiment(
    two_shops,
    (Choice("pair", "pair", worlds_in_pairs.PAIRS, worlds_in_pairs.PAIRS[0]),),
    code="""\
worlds = lesson_08.worlds(shuffle=7)
lists = {{name: world.simulate(10_000, seed=3) for name, world in worlds.items()}}
look.show(fans.plot_lift({{name: worlds.read(one) for name, one in lists.items()}}))""",
)
BY_HAND = Experiment(
    invited_by_hand,
    (
        Slider("least", "past purchases, at least", 0, 6, 1, 0),
        _list(12),
    ),
    code="""\
my_list = shop.simulate(10_000, seed={number})
chosen = my_list.query("not invited or past >= {least}")
fans.lift(chosen, past=None).summary()""",
)
