"""Exercises of lesson 7: how brands grow, and what a forecast is worth."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from ... import data
from ...classroom.checking.exercise import Diagnosis, Exercise
from ...fans import growth
from .hindcast import Hindcast, hindcast
from .talk import estimate_talk
from .worlds import worlds

LAST, HOLT = "last increment repeated", "damped Holt"
MILLION = 1e6


def users(platform: str, year: int) -> tuple[float, float]:
    """Monthly users at the end of June 2010 and of June of a later year, in millions."""
    table = data.load("platform_users").query("platform == @platform and metric == 'MAU'")
    at = table.set_index("date")["users"]
    first, last = (float(at[pd.Timestamp(one, 6, 30)]) / MILLION for one in (2010, year))
    return first, last


def grew(platform: str, year: int) -> float:
    """Exercise 7.1: growth between the dates, in per cent."""
    first, last = users(platform, year)
    return 100 * (last / first - 1)


@lru_cache
def starbucks() -> pd.DataFrame:
    """Give the counts of Starbucks' page that are not graded low."""
    return data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )


@lru_cache
def looked_back(known: int) -> Hindcast:
    """Make the hindcast of the last count from the first ones, once."""
    return hindcast(starbucks(), known)


def ceiling(known: int) -> float:
    """Exercise 7.2: ceiling of a logistic curve through the first counts, millions of fans."""
    return looked_back(known).forecast.growth.ceiling / MILLION


def last_known(known: int) -> float:
    """Exercise 7.2: the last of the counts that were known, millions of fans."""
    return float(looked_back(known).series.totals[known - 1]) / MILLION


def short_by(method: str) -> float:
    """Exercise 7.3: by how much a method fell short of what came, in per cent of what came."""
    row = looked_back(7).summary().loc[method]
    return 100 * float(1 - row["expected"] / row["came"])


def short_of_the_forecast(method: str) -> float:
    """Exercise 7.3: the same, in per cent of the forecast."""
    row = looked_back(7).summary().loc[method]
    return 100 * float(row["came"] / row["expected"] - 1)


SERIES = {
    "Twitter": ("platform_users", "platform == 'Twitter' and metric == 'MAU'"),
    "clothes dryers": ("bass_classics", "series == 'clothes_dryers'"),
}


@lru_cache
def held_out(series: str) -> pd.DataFrame:
    """Exercise 7.4: errors of each method, by method, in per cent."""
    table, rows = SERIES[series]
    held = growth.backtest(growth.read_counts(data.load(table).query(rows)), first=6)
    return 100 * held.summary().set_index("method").drop(columns="tasks")


def mean_error(series: str, method: str, column: str = "mean_absolute_error") -> float:
    """Exercise 7.4: a column of these errors."""
    return float(held_out(series).loc[method, column])


def another(series: str) -> str:
    """Name the series that was not asked for."""
    return next(one for one in SERIES if one != series)


def world_that_holds(shuffle: int) -> str:
    """Exercise 7.5: the name of the world in which people talk."""
    return worlds(shuffle=shuffle).truth


@lru_cache
def talk(quarters: int, what: str = "lower") -> float:
    """Exercise 7.6: talk in the world where people talk, from the first quarters."""
    page = worlds()["fans bring fans"].simulate(seed=7).head(quarters + 1)
    row = estimate_talk(page).summary().set_index("parameter").loc["talk"]
    return float(row[what])


EXERCISES = (
    Exercise(
        id="7.1",
        question="By how many per cent did the monthly users of {platform} grow from the end of "
        "June 2010 to the end of June {year}?",
        options={"platform": ("Twitter", "Facebook"), "year": (2012, 2013)},
        answer=grew,
        absolute_tolerance=0.3,
        unit="%",
        hint="Divide the users in June {year} by those in June 2010, take 1 away, and multiply by "
        "100. The column is {platform}.",
        solution="Users in June {year} by users in June 2010, less 1, times 100, in the column "
        "{platform}. The rate depends on where a platform began; the number of people who came "
        "does not.",
        diagnoses=(
            Diagnosis(
                lambda platform, year: users(platform, year)[1] - users(platform, year)[0],
                "these are the millions of people who came; the question asks for per cent of "
                "those who were there at the start.",
            ),
            Diagnosis(
                lambda platform, year: (
                    100 * (1 - users(platform, year)[0] / users(platform, year)[1])
                ),
                "this divides by the end; growth is divided by where it began.",
            ),
            Diagnosis(
                lambda platform, year: 100 + grew(platform, year),
                "this is the end in per cent of the start; growth is what lies above 100.",
            ),
            Diagnosis(
                lambda platform, year: grew(platform, 2011),
                lambda platform, year: f"this is the growth to June 2011; yours ends in {year}.",
            ),
        ),
    ),
    Exercise(
        id="7.2",
        question="Somebody knew the first {known} counts of Starbucks' fans. What ceiling, in "
        "millions of fans, does a logistic curve through them have?",
        options={"known": (12, 6, 13, 5)},
        answer=ceiling,
        absolute_tolerance=0.2,
        unit="million fans",
        hint="Put {known} in the place of 7 in `known=7`, and read the ceiling in millions.",
        solution="`lesson_07.hindcast(starbucks, known={known}).forecast.growth.ceiling`, by a "
        "million. From count to count the ceiling moves: it is a guess as long as growth has not "
        "slowed down.",
        diagnoses=(
            Diagnosis(
                last_known,
                "this is the last count that was known; the ceiling is where growth ends.",
            ),
            Diagnosis(
                lambda known: ceiling(7),
                lambda known: f"this is the ceiling from 7 counts; yours knew {known}.",
            ),
            Diagnosis(
                lambda known: float(looked_back(7).later["counted"].iloc[-1]) / MILLION,
                "this is what was counted in May 2012; the ceiling is where the curve ends.",
            ),
        ),
    ),
    Exercise(
        id="7.3",
        question="By how many per cent of what came did the forecast '{method}' fall short, made "
        "with the first 7 counts?",
        options={"method": (LAST, HOLT, "logistic")},
        answer=short_by,
        absolute_tolerance=0.4,
        unit="%",
        hint="Take the row {method}: divide expected by came, take that from 1, and multiply by "
        "100.",
        solution="In the row {method}: 1 less expected by came, times 100. All three were far too "
        "low, and none of the intervals held what came.",
        diagnoses=(
            Diagnosis(
                short_of_the_forecast,
                "this divides by the forecast; the question asks for per cent of what came.",
            ),
            Diagnosis(
                lambda method: 100 - short_by(method),
                "this is the forecast in per cent of what came; take it from 100.",
            ),
        ),
    ),
    Exercise(
        id="7.4",
        question="Held out one to four steps ahead, with at least 6 totals known: what is the "
        "mean absolute error of '{method}' on the series {series}, in per cent?",
        options={"series": tuple(SERIES), "method": ("bass", LAST, HOLT)},
        answer=mean_error,
        absolute_tolerance=0.06,
        unit="%",
        hint="Load the rows of {series}, run the hold-out, and read the column of the mean in the "
        "row {method}.",
        solution="`fans.backtest(fans.read_counts(rows), first=6).summary()` with the rows "
        "of {series}: the row {method}. On one series the curve is ahead, on the other it is not.",
        diagnoses=(
            Diagnosis(
                lambda series, method: mean_error(series, method, "median_absolute_error"),
                "this is the median; the question asks for the mean.",
            ),
            Diagnosis(
                lambda series, method: mean_error(series, method, "bias"),
                "this is the bias, in which errors above and below cancel out.",
            ),
            Diagnosis(
                lambda series, method: mean_error(another(series), method),
                lambda series, method: f"this is the error on {another(series)}.",
            ),
        ),
    ),
    Exercise(
        id="7.5",
        question="In which of your two worlds (shuffle {shuffle}) do fans bring fans: A or B?",
        options={"shuffle": (7, 3, 8, 2)},
        answer=world_that_holds,
        hint='Read the rows "right" of both tables after all quarters: they know how many people '
        "the platform has.",
        solution="Only in one world is talk left once the platform's own growth is known. In the "
        "other a constant share of the people on the platform becomes a fan, and the page grows "
        "because the platform does.",
        diagnoses=(
            Diagnosis(
                lambda shuffle: "B" if world_that_holds(shuffle) == "A" else "A",
                "in this world talk vanishes once the number of people on the platform is known: "
                "the page only rose with the tide.",
            ),
            Diagnosis("both", "the naive readings are alike, the right ones are not."),
            Diagnosis("neither", 'look at the rows "right": in one world talk is left.'),
        ),
    ),
    Exercise(
        id="7.6",
        question="In the world in which people talk, watched for {quarters} quarters (seed 7): "
        "what is the lower limit of talk, per year, when the platform is known?",
        options={"quarters": (16, 12, 18)},
        answer=talk,
        absolute_tolerance=0.006,
        unit="per year",
        hint="Keep the first count and {quarters} more, `page.head({quarters} + 1)`, and read "
        "`lower` in the row talk.",
        solution="`lesson_07.estimate_talk(page.head({quarters} + 1)).summary()`, the column "
        "`lower` in the row talk. With few quarters it lies below 0: the counts cannot tell.",
        diagnoses=(
            Diagnosis(
                lambda quarters: talk(quarters, "upper"),
                "this is the upper limit.",
            ),
            Diagnosis(
                lambda quarters: talk(quarters, "estimate"),
                "this is the estimate itself; its lower limit says what it could be at least.",
            ),
            Diagnosis(
                lambda quarters: talk(28),
                lambda quarters: f"this is from all quarters; yours watched {quarters}.",
            ),
        ),
    ),
)
