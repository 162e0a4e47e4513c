"""Exercises of lesson 7: how brands grow, and what a forecast is worth."""

from __future__ import annotations

from ...classroom.checking.exercise import Diagnosis, Exercise
from .. import pairs
from ..apart import apart
from . import experiments as tried

LAST, HOLT = tried.BASELINES


def grew(platform: str, since: int, until: int) -> float:
    """Exercise 7.1: growth between the dates, in per cent."""
    return 100 * (tried.users(platform, until) / tried.users(platform, since) - 1)


def another(platform: str) -> str:
    """Name the platform that was not asked for."""
    return "Facebook" if platform == "Twitter" else "Twitter"


def still_to_come(known: int, curve: str) -> float:
    """Exercise 7.2: ceiling of a curve less the last known count, in millions of fans."""
    return tried.ceiling(known, curve) - tried.last_known(known)


def short_by(method: str, known: int) -> float:
    """Exercise 7.3: by how much a method fell short of what came, in per cent of what came."""
    return 100 * (1 - tried.expected(known, method) / tried.came())


def short_of_the_forecast(method: str, known: int) -> float:
    """Exercise 7.3: the same, in per cent of the forecast."""
    return 100 * (tried.came() / tried.expected(known, method) - 1)


def mean_error(series: str, method: str, first: int, column: str = "mean_absolute_error") -> float:
    """Exercise 7.4: a column of the errors."""
    return float(tried.held_out(series, first).loc[method, column])


def width(quarters: int, page: int) -> float:
    """Exercise 7.6: width of the interval of talk, per year."""
    low, high = tried.talk(quarters, page).interval()
    return high - low


_ASKED = (
    Exercise(
        id="7.1",
        question="By how many percent did {platform}'s monthly users grow from June {since} to "
        "June {until}?",
        options={
            "platform": ("Twitter", "Facebook"),
            "since": (2010, 2011, 2012),
            "until": (2013, 2014, 2015, 2016, 2017, 2018),
        },
        answer=grew,
        absolute_tolerance=0.3,
        unit="%",
        hint="Choose {platform}, and set the sliders to {since} and {until}. Divide the users of "
        "the later June by those of the earlier June. Subtract 1, and multiply by 100.",
        solution="With {platform}, {since} and {until}: the later users divided by the earlier "
        "ones, minus 1, times 100. A platform that starts small grows fast in per cent, even "
        "where few people come.",
        experiment=tried.USERS,
        diagnoses=(
            Diagnosis(
                lambda platform, since, until: (
                    tried.users(platform, until) - tried.users(platform, since)
                ),
                "this is how many millions of people came; the question asks for percent of "
                "those who were there at the start.",
            ),
            Diagnosis(
                lambda platform, since, until: (
                    100 * (1 - tried.users(platform, since) / tried.users(platform, until))
                ),
                "you divided by the users at the end; divide by those at the start.",
            ),
            Diagnosis(
                lambda platform, since, until: 100 + grew(platform, since, until),
                "these are the users at the end in percent of those at the start; growth is "
                "what lies above 100.",
            ),
            Diagnosis(
                lambda platform, since, until: grew(another(platform), since, until),
                lambda platform, since, until: (
                    f"this is the growth of {another(platform)}; yours is {platform}."
                ),
            ),
            Diagnosis(
                lambda platform, since, until: grew(platform, since, until - 1),
                lambda platform, since, until: (
                    f"this is the growth to June {until - 1}; yours goes to June {until}."
                ),
            ),
        ),
    ),
    Exercise(
        id="7.2",
        question="Fit a {curve} curve to the first {known} counts of Starbucks' fans. How many "
        "million fans does the curve still expect: its ceiling minus the last known count?",
        options={"known": tuple(range(3, 14)), "curve": tried.CURVES},
        answer=still_to_come,
        absolute_tolerance=0.045,
        unit="million fans",
        hint="Set the slider to {known} counts and choose the {curve} curve. Subtract the last "
        "known count from the ceiling.",
        solution="With {known} counts and the {curve} curve: the ceiling minus the last known "
        "count. Move the slider by one count, and the ceiling moves, too. It is a guess until "
        "growth has slowed down.",
        experiment=tried.CEILING,
        diagnoses=(
            Diagnosis(
                lambda known, curve: tried.ceiling(known, curve),
                "this is the ceiling itself; subtract the last known count from it.",
            ),
            Diagnosis(
                lambda known, curve: tried.last_known(known),
                "this is the last count that was known; the question asks for what the curve "
                "says is still to come.",
            ),
            Diagnosis(
                lambda known, curve: tried.came() - tried.last_known(known),
                "this is what really came by May 2012; the question asks for what the curve said.",
            ),
            Diagnosis(
                lambda known, curve: still_to_come(7, curve),
                lambda known, curve: f"this is from 7 counts; your curve knew {known}.",
            ),
        ),
    ),
    Exercise(
        id="7.3",
        question="The method '{method}' knew the first {known} counts and made a forecast for May "
        "2012. How much too low was it, in percent of what came?",
        options={"method": (LAST, HOLT, *tried.CURVES), "known": tuple(range(3, 10))},
        answer=short_by,
        absolute_tolerance=0.08,
        unit="%",
        hint="Set the slider to {known} counts. In the row {method}, divide what was expected by "
        "what came. Subtract that from 1, and multiply by 100.",
        solution="With {known} counts, in the row {method}: 1 minus expected divided by came, "
        "times 100. With 9 counts or fewer, every method was far too low.",
        experiment=tried.FORECAST,
        diagnoses=(
            Diagnosis(
                short_of_the_forecast,
                "you divided by the forecast; the question asks for percent of what came.",
            ),
            Diagnosis(
                lambda method, known: tried.came() - tried.expected(known, method),
                "these are millions of fans; the question asks for percent of what came.",
            ),
            Diagnosis(
                lambda method, known: 100 - short_by(method, known),
                "this is the forecast in percent of what came; subtract it from 100.",
            ),
            Diagnosis(
                lambda method, known: short_by(method, 7),
                lambda method, known: f"this is from 7 counts; your method knew {known}.",
            ),
        ),
    ),
    Exercise(
        id="7.4",
        question="Forecast {series}, one to four steps ahead, as soon as {first} totals are known. "
        "What is the mean absolute error of '{method}', in percent?",
        options={
            "series": tuple(one for one in tried.SERIES if one != "Facebook"),
            "method": ("bass", LAST, HOLT),
            "first": (6, 5),
        },
        answer=mean_error,
        absolute_tolerance=0.06,
        unit="%",
        hint="Choose {series} and set the slider to {first}. In the row {method}, read the column "
        "of the mean.",
        solution="With {series} and {first} totals known at first: the mean absolute error in the "
        "row {method}. The curve wins on one series and loses on the next.",
        experiment=tried.HELD_OUT,
        diagnoses=(
            Diagnosis(
                lambda series, method, first: mean_error(
                    series, method, first, "median_absolute_error"
                ),
                "this is the median; the question asks for the mean.",
            ),
            Diagnosis(
                lambda series, method, first: mean_error(series, method, first, "bias"),
                "this is the bias, in which errors above and below cancel out.",
            ),
            Diagnosis(
                lambda series, method, first: mean_error("Facebook", method, first),
                lambda series, method, first: (
                    f"this is the error on Facebook; your series is {series}."
                ),
            ),
            Diagnosis(
                lambda series, method, first: mean_error(series, method, 11 - first),
                lambda series, method, first: (
                    f"this is with {11 - first} totals known at first; yours are {first}."
                ),
            ),
        ),
    ),
    Exercise(
        id="7.5",
        question="Your team has three pairs of pages of its own (set {pairs}). "
        "In each pair, on which page do fans bring fans: A or B?",
        options={"pairs": pairs.SETS},
        answer=pairs.truth,
        choices=pairs.CHOICES,
        hint='Choose a pair and watch it for all 28 quarters. Compare the rows "platform known" of '
        "its two pages: which interval stays above 0?",
        solution="After 28 quarters, with the platform known, the interval of talk lies above 0 on "
        "only one page of each pair. On the other page the same share of the platform's people "
        "joins each year: that page grows because the platform grows.",
        experiment=tried.PAIR,
        diagnoses=pairs.diagnoses(
            "these are the pages on which nobody talks. Their talk vanishes once the number of "
            "people on the platform is known.",
            'Watch it for 28 quarters, and read the rows "platform known".',
        ),
    ),
    Exercise(
        id="7.6",
        question="On page {page} fans bring fans. You watch it for {quarters} quarters, and know "
        "how many people the platform has. How wide is the interval of talk: its upper limit minus "
        "its lower limit?",
        options={"quarters": tuple(range(11, 23)), "page": (1, 2, 3, 4, 5)},
        answer=width,
        absolute_tolerance=0.006,
        unit="per year",
        hint="Set the sliders to page {page} and {quarters} quarters. Subtract the lower limit "
        "from the upper one.",
        solution="With page {page} and {quarters} quarters: the upper limit minus the lower one. "
        "While the interval reaches below 0, the counts cannot tell talk from no talk.",
        experiment=tried.WATCHED,
        diagnoses=(
            Diagnosis(
                lambda quarters, page: width(quarters, page) / 2,
                "this is half the width: from the estimate to one limit. Subtract the lower "
                "limit from the upper one.",
            ),
            Diagnosis(
                lambda quarters, page: tried.talk(quarters, page).interval()[1],
                "this is the upper limit; subtract the lower one from it.",
            ),
            Diagnosis(
                lambda quarters, page: sum(tried.talk(quarters, page).interval()),
                "you added the limits, or left out a minus sign: a limit below 0 makes the "
                "interval wider.",
            ),
            Diagnosis(
                lambda quarters, page: width(28, page),
                lambda quarters, page: f"this is after all 28 quarters; you watched {quarters}.",
            ),
            Diagnosis(
                lambda quarters, page: width(quarters, 7),
                lambda quarters, page: f"this is page 7; your page is {page}.",
            ),
        ),
    ),
)

EXERCISES = tuple(map(apart, _ASKED))
