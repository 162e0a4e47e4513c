"""Exercises of lesson 9: ring the cash register."""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs
from ..apart import apart
from . import experiments as tried


def still_there(purchases: int, quiet: float) -> float:
    """Exercise 9.2: mean probability, in per cent, that silent customers are still there."""
    return tried.silent(purchases, quiet)[1]


def needed(hours: float, wage: float) -> float:
    """Exercise 9.3: customers that a page must win to break even."""
    return tried.cost(hours, wage) / tried.worth()


def breaks_even(hours: float | None, wage: float, reading: str = "by the coin") -> float:
    """Exercise 9.4: probability of breaking even, in per cent; None is the shop's own hours."""
    return 100 * tried.account(hours, wage, reading).probability


def gap(tie: float, margin: float) -> float:
    """Exercise 9.6: expected profit per week of those who left, less that of those who stayed."""
    left, stayed = (tried.per_week(tie, margin, f"weekly_{one}") for one in ("left", "stayed"))
    return left - stayed


_ASKED = (
    Exercise(
        id="9.1",
        question="A shop keeps {margin} % of the price and looks {years} years ahead. What is a "
        "newly won customer worth, in dollars?",
        options={"margin": (20, 25, 30, 35, 45, 50, 55, 60), "years": (2, 4, 5, 6)},
        answer=lambda margin, years: tried.worth(margin, years),
        absolute_tolerance=0.06,
        unit="dollars",
        hint="Set the sliders to {margin} % and {years} years. Add both rows: the first purchase "
        "is won, too.",
        solution="With {margin} % and {years} years: what the shop keeps of the first "
        "purchase, plus what it keeps of the later ones.",
        experiment=tried.WORTH,
        diagnoses=(
            Diagnosis(
                lambda margin, years: tried.worth(margin, years) - tried.first_purchase(margin),
                "this is what the later purchases leave; the first one is won, too.",
            ),
            Diagnosis(
                lambda margin, years: tried.first_purchase(margin),
                "this is the first purchase alone; add what the later ones leave.",
            ),
            Diagnosis(
                lambda margin, years: tried.worth(margin, years) * 100 / margin,
                lambda margin, years: (
                    f"this is what the customer pays; the shop keeps {margin} % of it, the rest "
                    "pays for the goods."
                ),
            ),
            Diagnosis(
                lambda margin, years: tried.worth(margin, years, 0.0),
                "this counts later money like money today: discount it by 10 % a year.",
            ),
            Diagnosis(
                lambda margin, years: tried.worth(),
                lambda margin, years: (
                    "this is for 40 % and 3 years, where the sliders begin; yours are "
                    f"{margin} % and {years}."
                ),
            ),
            Diagnosis(
                lambda margin, years: tried.worth(margin, 3),
                lambda margin, years: f"this is for 3 years; your question asks for {years}.",
            ),
        ),
    ),
    Exercise(
        id="9.2",
        question="Some real customers came back {purchases} times, and then bought nothing for "
        "more than {quiet} weeks. How many percent of them are still customers, by the model?",
        options={
            "purchases": (2, 3, 4),
            "quiet": (8, 9, 10, 11, 12, 13, 14, 16, 17, 18, 19, 20),
        },
        answer=still_there,
        absolute_tolerance=0.1,
        unit="%",
        hint="Set the slider to {quiet} weeks, and read the row of those who came back "
        "{purchases} times.",
        solution="With {quiet} weeks: the last column, in the row of those who came back "
        "{purchases} times. The more often somebody used to buy, the more a long silence says.",
        experiment=tried.SILENT,
        diagnoses=(
            Diagnosis(
                lambda purchases, quiet: still_there(purchases, -1.0),
                lambda purchases, quiet: (
                    "this is the mean over all customers with so many purchases; the question asks "
                    f"for those who have been silent for more than {quiet} weeks."
                ),
            ),
            Diagnosis(
                lambda purchases, quiet: still_there(purchases - 1, quiet),
                "this is the row above: one purchase fewer.",
            ),
            Diagnosis(
                lambda purchases, quiet: still_there(purchases + 1, quiet),
                "this is the row below: one purchase more.",
            ),
            Diagnosis(
                lambda purchases, quiet: still_there(purchases, 15),
                lambda purchases, quiet: (
                    "this is for 15 weeks, where the slider begins; your question asks for "
                    f"{quiet}."
                ),
            ),
            Diagnosis(
                lambda purchases, quiet: 100 - still_there(purchases, quiet),
                "these are those who have left.",
            ),
            Diagnosis(
                lambda purchases, quiet: still_there(1, quiet),
                lambda purchases, quiet: (
                    f"this is for one repeat purchase; your question asks for {purchases}."
                ),
            ),
        ),
    ),
    Exercise(
        id="9.3",
        question="A page takes {hours} hours a week, at a wage of {wage} dollars an hour. How many "
        "customers must it win in a year to break even?",
        options={"hours": (5, 10, 12, 4, 6, 7, 9, 11, 14), "wage": (15, 20, 25, 16, 22, 28)},
        answer=needed,
        absolute_tolerance=0.55,
        unit="customers",
        hint="Set the sliders to {hours} hours and {wage} dollars. Divide what the page costs by "
        "what a customer is worth.",
        solution="With {hours} hours and {wage} dollars: what the page costs in the year, divided "
        "by what a newly won customer is worth.",
        experiment=tried.COST,
        diagnoses=(
            Diagnosis(
                lambda hours, wage: tried.cost(hours, wage) / tried.fitted()[1],
                "you divided by the price of one purchase, as if goods were free and nobody came "
                "back: divide by what a customer is worth.",
            ),
            Diagnosis(
                lambda hours, wage: tried.WEEKS * hours / tried.worth(),
                "these are hours divided by dollars: the wage is missing.",
            ),
            Diagnosis(
                tried.cost,
                "this is the cost in dollars; the question asks for customers.",
            ),
            Diagnosis(
                lambda hours, wage: needed(8, 18),
                lambda hours, wage: (
                    "this is for 8 hours at 18 dollars, where the sliders begin; yours are "
                    f"{hours} hours at {wage}."
                ),
            ),
        ),
    ),
    Exercise(
        id="9.4",
        question="The page takes {hours} hours a week at {wage} dollars an hour, and wins as many "
        "customers as it did. What is the probability that it breaks even, by the coin?",
        options={"hours": (4, 6, 10, 3, 5, 7, 9, 11, 12), "wage": (12, 14, 16, 20, 22, 15)},
        answer=breaks_even,
        absolute_tolerance=0.3,
        unit="%",
        hint="Set the sliders to {hours} hours and {wage} dollars. Subtract the probability of a "
        "loss from 100.",
        solution="With {hours} hours and {wage} dollars: 100 minus the probability of a loss.",
        experiment=tried.ACCOUNT,
        diagnoses=(
            Diagnosis(
                lambda hours, wage: 100 - breaks_even(hours, wage),
                "this is the probability of a loss; subtract it from 100.",
            ),
            Diagnosis(
                lambda hours, wage: breaks_even(8, 18),
                lambda hours, wage: (
                    "this is for 8 hours at 18 dollars, where the sliders begin; yours are "
                    f"{hours} hours at {wage}."
                ),
            ),
            Diagnosis(
                lambda hours, wage: breaks_even(None, 18),
                lambda hours, wage: (
                    "this is for six to ten hours a week at 18 dollars, as in the lesson; yours "
                    f"are {hours} hours at {wage}."
                ),
            ),
            Diagnosis(
                lambda hours, wage: breaks_even(hours, wage, "fans beyond the others"),
                "this compares fans with all others, as if fans were like everybody: take the "
                "account by the coin.",
            ),
        ),
    ),
    Exercise(
        id="9.5",
        question="Your team has three pairs of shops of its own (set {pairs}). "
        "In each pair, whose page brings a "
        "profit: that of A or of B?",
        options={"pairs": pairs.SETS},
        answer=pairs.truth,
        choices=pairs.CHOICES,
        hint="Choose a pair. The coin picked who was invited: in which row does the profit by the "
        "coin have its lower limit above 0?",
        solution="In each pair the lower limit of the profit by the coin lies above 0 in one shop "
        "only. In the other the fans would have bought anyway, and the hours are a loss.",
        experiment=tried.PAGES,
        diagnoses=pairs.diagnoses(
            "in these shops the invited, taken together, buy hardly more than the others: good "
            "customers merely moved onto the page.",
            "Look at its profit by the coin, and leave the fans aside.",
        ),
    ),
    Exercise(
        id="9.6",
        question="A group of customers has a tie of {tie}, and the shop keeps {margin} dollars of "
        "each purchase. How many dollars a week more do those who left bring than those who stayed "
        "bring? Below 0 they bring less.",
        options={
            "tie": (-0.6, -0.3, 0.3, 0.6, -0.7, -0.5, -0.4, -0.2, 0.2, 0.4, 0.5, 0.7),
            "margin": (9, 11, 12, 14),
        },
        answer=gap,
        absolute_tolerance=0.006,
        unit="dollars a week",
        hint="Set the sliders to a tie of {tie} and {margin} dollars. Subtract the row of those "
        "who stayed from the row of those who left.",
        solution="With a tie of {tie} and {margin} dollars: those who left, minus those who "
        "stayed. The shop still sees only those who stayed.",
        experiment=tried.COHORT,
        diagnoses=(
            Diagnosis(
                lambda tie, margin: tried.per_week(tie, margin, "weekly_left"),
                "this is what those who left bring; subtract what those who stayed bring.",
            ),
            Diagnosis(
                lambda tie, margin: tried.per_week(tie, margin, "weekly_stayed"),
                "this is what those who stayed bring: the ones whom the shop still sees.",
            ),
            Diagnosis(
                lambda tie, margin: -gap(tie, margin),
                "the sign is wrong: subtract those who stayed from those who left.",
            ),
            Diagnosis(
                lambda tie, margin: gap(-tie, margin),
                "this is for the opposite sign of the tie.",
            ),
            Diagnosis(
                lambda tie, margin: gap(tie, 10),
                lambda tie, margin: (
                    f"this is for 10 dollars kept of each purchase; yours are {margin}."
                ),
            ),
        ),
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
