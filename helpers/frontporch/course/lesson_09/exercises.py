"""Exercises of lesson 9: ring the cash register."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ... import data, fans
from ...classroom.checking.exercise import Diagnosis, Exercise
from .accounts import page_accounts
from .worlds import PageWorld, worlds

WEEKS, WAGE, SEED = 52, 18.0, 7
STRANGERS = 8_000
QUIET = 15
"""Weeks without a purchase at the end of the observation."""


@lru_cache
def fitted() -> tuple[Any, float]:
    """How the customers of CDNOW buy and leave, and their mean spend."""
    customers = data.load("cdnow")
    return fans.fit_customers(customers), fans.fit_spend(customers).mean


@lru_cache
def worth(margin: float = 40, years: float = 3, discount: float = 0.10) -> float:
    """Exercise 9.1: dollars that a customer who is won is worth."""
    bought, spend = fitted()
    return fans.worth_of_a_customer(
        bought, spend, margin=margin / 100, discount=discount, weeks=WEEKS * years
    ).value


@lru_cache
def alive(purchases: int, quiet: float = QUIET) -> float:
    """Exercise 9.2: mean probability, in per cent, that quiet customers are still there."""
    customers = data.load("cdnow")
    chosen = (customers["frequency"] == purchases) & (
        customers["age"] - customers["recency"] > quiet
    )
    return 100 * float(fitted()[0].alive[chosen.to_numpy()].mean())


def cost(hours: float, wage: float) -> float:
    """Dollars that a page costs in a year."""
    return WEEKS * hours * wage


def needed(hours: float, wage: float) -> float:
    """Exercise 9.3: customers that a page must win to break even."""
    return cost(hours, wage) / worth()


@lru_cache
def breaks_even(hours: float | None, reading: str = "by the coin") -> float:
    """Exercise 9.4: probability of breaking even, in per cent; None is the shop's own hours."""
    books = PageWorld().simulate(STRANGERS, seed=SEED)
    value = fans.worth_of_a_customer(*fitted(), margin=0.4)
    work = fans.supposed(WEEKS * 8, WEEKS * 6, WEEKS * 10)
    if hours is not None:
        work = fans.fixed(WEEKS * hours)
    page = page_accounts(books, value, work, fans.fixed(WAGE))[reading]
    return 100 * fans.break_even(page, seed=SEED).probability


def world_that_pays(shuffle: int) -> str:
    """Exercise 9.5: the name of the world in which the page wins customers."""
    return worlds(shuffle=shuffle).truth


def per_week(tie: float, whose: str = "weekly_left") -> float:
    """Exercise 9.6: expected profit per week of a group of a cohort."""
    return float(fans.Cohort(tie=tie).expected()[whose])


EXERCISES = (
    Exercise(
        id="9.1",
        question="A shop keeps {margin} per cent of the price. Looking {years} years ahead, what "
        "is a customer worth who is won?",
        options={"margin": (30, 50, 35), "years": (2, 5, 4)},
        answer=lambda margin, years: worth(margin, years),
        absolute_tolerance=0.12,
        unit="dollars",
        hint="Put margin={margin} / 100 and weeks=52 * {years} into `worth_of_a_customer`, and "
        "read the value.",
        solution="`fans.worth_of_a_customer(bought, spent.mean, margin={margin} / 100, "
        "weeks=52 * {years}).value`: the first purchase, and the discounted ones after it.",
        diagnoses=(
            Diagnosis(
                lambda margin, years: worth(margin, years) - fitted()[1] * margin / 100,
                "this is the worth of the later purchases; the first one is won too.",
            ),
            Diagnosis(
                lambda margin, years: worth(margin, years) * 100 / margin,
                lambda margin, years: (
                    "this is what the customer pays; the shop keeps "
                    f"{margin} per cent of it, the rest pays for the goods."
                ),
            ),
            Diagnosis(
                lambda margin, years: worth(margin, years, 0.0),
                "this counts money of later years like money of today: leave the discount at 0.10.",
            ),
            Diagnosis(
                lambda margin, years: worth(margin, 3),
                lambda margin, years: f"this is for 3 years; your question asks for {years}.",
            ),
        ),
    ),
    Exercise(
        id="9.2",
        question="Customers of CDNOW who had bought again {purchases} times, and then nothing for "
        "more than 15 weeks: with what probability, on average, are they still customers?",
        options={"purchases": (2, 3, 4)},
        answer=alive,
        absolute_tolerance=0.4,
        unit="%",
        hint="Put {purchases} in place of the 1 in the query, and make the mean per cent.",
        solution='`100 * quiet.query("frequency == {purchases}")["alive"].mean()`. The more often '
        "somebody used to buy, the more a long silence says.",
        diagnoses=(
            Diagnosis(
                lambda purchases: alive(purchases, -1.0),
                "this is the mean over all customers with so many purchases; the question asks "
                "for those who have been silent for more than 15 weeks.",
            ),
            Diagnosis(
                lambda purchases: alive(1),
                lambda purchases: (
                    f"this is for one repeat purchase; your question asks for {purchases}."
                ),
            ),
            Diagnosis(
                lambda purchases: 100 - alive(purchases),
                "this is the probability that they have left.",
            ),
        ),
    ),
    Exercise(
        id="9.3",
        question="A page takes {hours} hours a week, at a wage of {wage} dollars. How many "
        "customers must it win in a year to break even?",
        options={"hours": (5, 10, 12), "wage": (15, 20, 25)},
        answer=needed,
        absolute_tolerance=0.6,
        unit="customers",
        hint="Cost: 52 weeks of {hours} hours at {wage} dollars. Divide it by the worth of a "
        "customer, `worth.value`.",
        solution="`52 * {hours} * {wage} / worth.value`: the year's wages, divided by what one "
        "customer brings in.",
        diagnoses=(
            Diagnosis(
                lambda hours, wage: cost(hours, wage) / fitted()[1],
                "this divides by the price of one purchase, as if the goods cost nothing and "
                "nobody bought again: divide by worth.value.",
            ),
            Diagnosis(
                lambda hours, wage: WEEKS * hours / worth(),
                "these are hours divided by dollars: the wage is missing.",
            ),
            Diagnosis(
                cost,
                "this is the cost in dollars; the question asks for customers.",
            ),
        ),
    ),
    Exercise(
        id="9.4",
        question="If the page took {hours} hours a week, with what probability would it break "
        "even, by the coin?",
        options={"hours": (4, 6, 10)},
        answer=breaks_even,
        absolute_tolerance=0.4,
        unit="%",
        hint="Put 52 * {hours} into `fixed`, and read `probability` of the account by the coin.",
        solution="`page = lesson_09.page_accounts(books, worth, fans.fixed(52 * {hours}), wage)"
        '["by the coin"]`, then `fans.break_even(page, seed=7).probability`.',
        diagnoses=(
            Diagnosis(
                lambda hours: breaks_even(hours, "fans beyond the others"),
                "this compares fans with all others, as if fans were like everybody: take the "
                "account by the coin.",
            ),
            Diagnosis(
                lambda hours: breaks_even(None),
                lambda hours: f"this is for about 8 hours a week; your question asks for {hours}.",
            ),
            Diagnosis(
                lambda hours: 100 - breaks_even(hours),
                "this is the probability of a loss.",
            ),
        ),
    ),
    Exercise(
        id="9.5",
        question="In which of your two worlds (shuffle {shuffle}) does the page bring profit: A "
        "or B?",
        options={"shuffle": (7, 3, 5, 2)},
        answer=world_that_pays,
        hint='Read the rows "by the coin" of both tables.',
        solution="Only in one world do the invited buy more than those whom the coin did not "
        "invite. In the other the fans would have bought anyway, and the hours are a loss.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_pays(shuffle) == "A" else "A",
                "in this world the invited, taken together, buy no more than the others: the coin "
                "merely moved good customers onto the page.",
            ),
            Diagnosis(
                "both",
                "fans and sales are alike in both; what the coin says is not.",
            ),
            Diagnosis(
                "neither",
                'read the rows "by the coin": in one world the interval is above break-even.',
            ),
        ),
    ),
    Exercise(
        id="9.6",
        question="In a cohort with a tie of {tie} between staying long and buying much, what "
        "profit per week is to be expected of those who left?",
        options={"tie": (-0.6, -0.3, 0.3)},
        answer=per_week,
        absolute_tolerance=0.006,
        unit="dollars per week",
        hint="Put {tie} as `tie` and read `weekly_left`.",
        solution="`fans.Cohort(tie={tie}).expected()`, the row `weekly_left`.",
        diagnoses=(
            Diagnosis(
                lambda tie: per_week(tie, "weekly_stayed"),
                "this is the profit per week of those who stayed: the ones whom the shop still "
                "sees.",
            ),
            Diagnosis(
                lambda tie: per_week(tie, "weekly_all"),
                "this is the profit per week of everybody.",
            ),
            Diagnosis(
                lambda tie: per_week(-tie),
                "the sign of the tie is the other way round.",
            ),
        ),
    ),
)
