"""What is tried in the exercises of lesson 9: worth, silence, cost, hours, pages and cohorts."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import pandas as pd

from ... import data, fans
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...fans.returns.page_account import PageReturn
from ...rounding import decimal
from .. import pairs as worlds_in_pairs
from ..doubles import Doubles
from .accounts import page_accounts
from .worlds import PageWorld, worlds

WEEKS, WAGE, HOURS, SEED = 52, 18.0, 8.0, 7
STRANGERS, IN_A_PAIR = 8_000, 12_000
MOST_PURCHASES = 5


OFTEN, ONCE, QUIET = 5, 1, 15
"""Purchases after the first of the two customers of the first guess, and weeks of silence."""


def first_guess() -> Prequestion:
    """Ask which of two silent customers of a real shop is more likely to come back."""
    often, once = options = ("Customer A", "Customer B")

    def still(purchases: int) -> int:
        return round(silent(purchases, QUIET)[1])

    return Prequestion(
        f"At a real music shop, Customer A came back **{OFTEN} times** and Customer B **once**. "
        f"Neither has bought anything for {QUIET} weeks. Who is more likely still a customer?",
        Choice("guess", "your guess", options, often),
        came=lambda: once if still(ONCE) > still(OFTEN) else often,
        meaning="Somebody who used to come often, and is silent for so long, has probably left.",
    )


@lru_cache
def fitted() -> tuple[Any, float]:
    """How the customers of CDNOW buy and leave, and their mean spend."""
    customers = data.load("cdnow")
    return fans.fit_customers(customers), fans.fit_spend(customers).mean


@lru_cache(maxsize=128)
def worth(margin: float = 40, years: float = 3, discount: float = 0.10) -> float:
    """Dollars that a newly won customer is worth."""
    bought, spend = fitted()
    return fans.worth_of_a_customer(
        bought, spend, margin=margin / 100, discount=discount, weeks=WEEKS * years
    ).value


def first_purchase(margin: float) -> float:
    """Dollars that the first purchase of a customer leaves."""
    return fitted()[1] * margin / 100


def worth_in_parts(margin: float, years: float) -> pd.DataFrame:
    """Exercise 9.1: what the first and the later purchases of a new customer leave."""
    first = first_purchase(margin)
    return pd.DataFrame(
        {
            f"the shop keeps {margin} %": [
                "kept of the first purchase",
                f"kept of later ones, in {years} {'year' if years == 1 else 'years'}",
            ],
            "today's dollars": [decimal(one, 2) for one in (first, worth(margin, years) - first)],
        }
    )


@lru_cache(maxsize=512)
def silent(purchases: int, quiet: float) -> tuple[int, float]:
    """Count customers who bought again so often, and the share of them, in %, still customers."""
    customers = data.load("cdnow")
    chosen = (customers["frequency"] == purchases) & (
        customers["age"] - customers["recency"] > quiet
    )
    alive = fitted()[0].alive[chosen.to_numpy()]
    return len(alive), 100 * float(alive.mean()) if len(alive) else math.nan


def silent_customers(quiet: float) -> pd.DataFrame:
    """Exercise 9.2: who is still a customer after a silence, by how often they had bought."""
    found = [silent(k, quiet) for k in range(1, MOST_PURCHASES + 1)]
    return pd.DataFrame(
        {
            "came back": [
                f"{k} {'time' if k == 1 else 'times'}" for k in range(1, MOST_PURCHASES + 1)
            ],
            f"customers silent for more than {quiet} weeks": [f"{many:,}" for many, _ in found],
            "still customers (%)": [decimal(share, 1) for _, share in found],
        }
    )


def cost(hours: float, wage: float) -> float:
    """Dollars that a page costs in a year."""
    return WEEKS * hours * wage


def cost_of_a_year(hours: float, wage: float) -> pd.DataFrame:
    """Exercise 9.3: what the page costs in a year, and what a customer is worth."""
    return pd.DataFrame(
        {
            "in a year": ["the page costs", "a newly won customer is worth"],
            "dollars": [decimal(cost(hours, wage)), decimal(worth(), 2)],
        }
    )


@lru_cache
def books() -> pd.DataFrame:
    """Give the books of the lesson's year."""
    return PageWorld().simulate(STRANGERS, seed=SEED)


@lru_cache(maxsize=256)
def account(hours: float | None, wage: float, reading: str = "by the coin") -> PageReturn:
    """Draw up the account of the year by a reading; None is the shop's own hours, six to ten."""
    value = fans.worth_of_a_customer(*fitted(), margin=0.4)
    work = fans.supposed(WEEKS * HOURS, WEEKS * 6, WEEKS * 10)
    if hours is not None:
        work = fans.fixed(float(WEEKS * hours))
    page = page_accounts(books(), value, work, fans.fixed(float(wage)))[reading]
    return fans.break_even(page, seed=SEED)


def account_of_a_year(hours: float, wage: float) -> pd.DataFrame:
    """Exercise 9.4: profit of the year with its interval, and the probability of a loss."""
    found = account(hours, wage)
    return pd.DataFrame(
        {
            "by the coin": ["profit", "lower limit", "upper limit", "probability of a loss"],
            "in the year": [
                *(f"{decimal(one)} dollars" for one in (found.profit, found.lower, found.upper)),
                f"{decimal(100 * (1 - found.probability), 1)} %",
            ],
        }
    )


@lru_cache(maxsize=8)
def pair_of_books(pairs: int, pair: str) -> dict[str, pd.DataFrame]:
    """Draw the books of a pair of shops, by the names of the shops."""
    seed = worlds_in_pairs.seed(pairs, pair)
    two = Doubles(*worlds().values(), shuffle=seed)
    return {name: one.simulate(IN_A_PAIR, seed=seed) for name, one in two.items()}


def two_pages(pair: str, pairs: int) -> pd.DataFrame:
    """Exercise 9.5: what two shops see of their fans, and what each invitation won."""
    rows = []
    for name, drawn in pair_of_books(pairs, pair).items():
        buys = 100 * drawn.groupby("fan")["customer"].mean()
        won = [one * worth() - cost(HOURS, WAGE) for one in fans.customers_won(drawn)]
        rows.append((name, decimal(buys[True]), decimal(buys[False]), *map(decimal, won)))
    columns = (
        "shop",
        "fans who bought (%)",
        "others who bought (%)",
        "profit by the coin (dollars)",
        "lower limit (dollars)",
        "upper limit (dollars)",
    )
    return pd.DataFrame(rows, columns=columns)


def per_week(tie: float, margin: float, whose: str) -> float:
    """Expected profit per week of a group of a cohort, in dollars."""
    return float(fans.Cohort(tie=tie, margin=margin).expected()[whose])


def cohort(tie: float, margin: float) -> pd.DataFrame:
    """Exercise 9.6: what those who stayed and those who left bring per week."""
    groups = {"weekly_stayed": "those who stayed", "weekly_left": "those who left"}
    return pd.DataFrame(
        {
            "customers": list(groups.values()),
            "profit per week (dollars)": [decimal(per_week(tie, margin, one), 3) for one in groups],
        }
    )


WORTH = Experiment(
    worth_in_parts,
    (
        Slider("margin", "the shop keeps", 20, 60, 5, 40, unit="%"),
        Slider("years", "it looks ahead", 1, 6, 1, 3, unit="years"),
    ),
    code="""\
margin, weeks = {margin} / 100, 52 * {years}
fans.worth_of_a_customer(bought, spent.mean, margin=margin, weeks=weeks).value""",
)
SILENT = Experiment(
    silent_customers,
    (Slider("quiet", "silent for more than", 5, 22, 1, 15, unit="weeks"),),
    code="""\
quiet = cdnow.assign(alive=bought.alive).query("age - recency > {quiet}")
quiet.groupby("frequency")["alive"].mean().head(7)""",
)
COST = Experiment(
    cost_of_a_year,
    (
        Slider("hours", "hours of work", 2, 16, 1, 8, unit="a week"),
        Slider("wage", "wage", 12, 30, 1, 18, unit="dollars an hour"),
    ),
    code="52 * {hours} * {wage} / worth.value",
)
ACCOUNT = Experiment(
    account_of_a_year,
    (
        Slider("hours", "hours of work", 2, 16, 1, 8, unit="a week"),
        Slider("wage", "wage", 12, 30, 1, 18, unit="dollars an hour"),
    ),
    code="""\
work, pay = fans.fixed(52 * {hours}), fans.fixed({wage})
page = lesson_09.page_accounts(books, worth, work, pay)["by the coin"]
fans.break_even(page, seed=7).probability""",
)
PAGES = Experiment(
    two_pages,
    (Choice("pair", "pair", worlds_in_pairs.PAIRS, worlds_in_pairs.PAIRS[0]),),
    code="""\
worlds = lesson_09.worlds(shuffle=7)
{{name: worlds.read(one.simulate(12_000, seed=7)) for name, one in worlds.items()}}""",
)
COHORT = Experiment(
    cohort,
    (
        Slider("tie", "tie", -0.8, 0.8, 0.1, 0),
        Slider("margin", "kept of each purchase", 8, 15, 1, 10, unit="dollars"),
    ),
    code="fans.Cohort(tie={tie}, margin={margin}).expected()",
)
