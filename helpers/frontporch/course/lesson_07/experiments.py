"""What is tried in the exercises of lesson 7: rates, ceilings, errors, pages and their talk."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from ... import data
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...classroom.prequestion import Prequestion
from ...fans import growth
from ...rounding import decimal
from .. import pairs as worlds_in_pairs
from .hindcast import Hindcast, hindcast
from .talk import TalkEstimate, estimate_talk, talk_on_pages
from .worlds import worlds

MILLION = 1e6
CURVES = ("logistic", "gompertz", "bass")
BASELINES = ("last increment repeated", "damped Holt")
SERIES = {
    "Facebook": ("platform_users", "platform == 'Facebook' and metric == 'MAU'"),
    "Twitter": ("platform_users", "platform == 'Twitter' and metric == 'MAU'"),
    "clothes dryers": ("bass_classics", "series == 'clothes_dryers'"),
    "room air conditioners": ("bass_classics", "series == 'room_air_conditioners'"),
    "color televisions": ("bass_classics", "series == 'color_television'"),
    "video recorders": ("bass_classics", "series == 'vcr_us'"),
    "ultrasound in hospitals": ("bass_classics", "series == 'ultrasound'"),
    "mammography in hospitals": ("bass_classics", "series == 'mammography'"),
    "foreign languages in schools": ("bass_classics", "series == 'foreign_language'"),
    "accelerated programs in schools": ("bass_classics", "series == 'accelerated_program'"),
}
"""Series that can be held out, by what they are called in the lesson."""


# Madden, M. (2010): Older adults and social media. Pew Research Center, 27 August 2010; percent of
# internet users on social networking sites in April 2009. Those of May 2010: `age_and_channel`.
IN_2009 = {"18 to 29": 76, "50 to 64": 25, "65 and older": 13}


def by_age() -> pd.DataFrame:
    """Give those on social networking sites in two years, of 100 internet users of an age."""
    rows = data.load("age_and_channel").query("channel == 'social networking sites'")
    shares = rows[rows["year"] == 2010].set_index("age")["share"]
    table = pd.DataFrame({"april_2009": IN_2009, "may_2010": shares[list(IN_2009)]})
    return table.assign(more=table["may_2010"] - table["april_2009"])


def first_guess() -> Prequestion:
    """Ask which age group won most people in the year in which the oldest grew fastest."""
    more = by_age()["more"]
    young, middle, old = more
    return Prequestion(
        "A baker writes for **one age group**. In the year to May 2010, in which group did most "
        "people join a social network, out of every 100 internet users of that age?",
        Choice("guess", "your guess", tuple(more.index), more.index[0]),
        came=lambda: more.idxmax(),
        meaning=f"Of every 100, {middle} joined there, {old} of the oldest and {young} of the "
        "youngest. Yet the oldest are called the fastest-growing: they doubled, from very few.",
    )


@lru_cache
def users(platform: str, year: int) -> float:
    """Monthly users at the end of June, in millions."""
    table = data.load("platform_users").query("platform == @platform and metric == 'MAU'")
    at = table.set_index("date")["users"]
    return float(at[pd.Timestamp(year, 6, 30)]) / MILLION


def users_of_two_years(platform: str, since: int, until: int) -> pd.DataFrame:
    """Exercise 7.1: users in two Junes, and how many came."""
    before, after = users(platform, since), users(platform, until)
    return pd.DataFrame(
        {
            platform: [f"June {since}", f"June {until}", "more people"],
            "monthly users (millions)": [
                decimal(one, 1) for one in (before, after, after - before)
            ],
        }
    )


@lru_cache
def starbucks() -> pd.DataFrame:
    """Give the counts of Starbucks' page that are not graded low."""
    return data.load("brand_fans").query(
        "brand == 'Starbucks' and platform == 'Facebook' and confidence != 'low'"
    )


@lru_cache(maxsize=64)
def looked_back(known: int, curve: str = "logistic") -> Hindcast:
    """Make the hindcast of the last count from the first ones, once."""
    return hindcast(starbucks(), known, curve)


def ceiling(known: int, curve: str) -> float:
    """Ceiling of a curve through the first counts, in millions of fans."""
    return looked_back(known, curve).forecast.growth.ceiling / MILLION


def last_known(known: int) -> float:
    """Give the last of the counts that were known, in millions of fans."""
    return float(looked_back(known).series.totals[known - 1]) / MILLION


def ceiling_of_a_curve(known: int, curve: str) -> pd.DataFrame:
    """Exercise 7.2: the last count that was known, and where the curve ends."""
    made = looked_back(known, curve)
    return pd.DataFrame(
        {
            f"{curve}, first {known} counts": [
                f"last known count ({made.since:%B %Y})",
                "ceiling of the curve",
            ],
            "million fans": [decimal(last_known(known), 2), decimal(ceiling(known, curve), 2)],
        }
    )


def expected(known: int, method: str) -> float:
    """What a method expected of May 2012 from the first counts, in millions of fans."""
    curve = method if method in CURVES else "logistic"
    return float(looked_back(known, curve).summary().loc[method, "expected"]) / MILLION


def came() -> float:
    """What came in May 2012, in millions of fans."""
    return float(looked_back(7).summary()["came"].iloc[0]) / MILLION


def forecasts_of_2012(known: int) -> pd.DataFrame:
    """Exercise 7.3: what every method expected of May 2012, and what came."""
    methods = (*CURVES, *BASELINES)
    return pd.DataFrame(
        {
            f"method, first {known} counts": methods,
            "expected (million fans)": [decimal(expected(known, one), 2) for one in methods],
            "came (million fans)": [decimal(came(), 2)] * len(methods),
        }
    )


@lru_cache(maxsize=64)
def held_out(series: str, first: int) -> pd.DataFrame:
    """Errors of each method, by method, in per cent."""
    table, rows = SERIES[series]
    held = growth.backtest(growth.read_counts(data.load(table).query(rows)), first=first)
    return 100 * held.summary().set_index("method").drop(columns="tasks")


def errors_of_forecasts(series: str, first: int) -> pd.DataFrame:
    """Exercise 7.4: how far each method was off, on average."""
    found = held_out(series, first)
    return pd.DataFrame(
        {
            f"method, on {series}": found.index,
            "mean absolute error (%)": [decimal(x, 2) for x in found["mean_absolute_error"]],
            "median absolute error (%)": [decimal(x, 2) for x in found["median_absolute_error"]],
            "bias (%)": [decimal(x, 2, signed=True) for x in found["bias"]],
        }
    )


@lru_cache(maxsize=8)
def pages(pairs: int, pair: str) -> dict[str, pd.DataFrame]:
    """Draw the two pages of a pair, by their names."""
    seed = worlds_in_pairs.seed(pairs, pair)
    return {name: one.simulate(seed=seed) for name, one in worlds(shuffle=seed).items()}


def talk_of_a_pair(pair: str, quarters: int, pairs: int) -> pd.DataFrame:
    """Exercise 7.5: talk on both pages of a pair, read from the fans and with the platform."""
    return talk_on_pages(pages(pairs, pair), quarters=quarters)


@lru_cache(maxsize=256)
def talk(quarters: int, page: int) -> TalkEstimate:
    """Talk on a page whose fans bring fans, from its first quarters."""
    drawn = worlds()["fans bring fans"].simulate(seed=page)
    return estimate_talk(drawn.head(quarters + 1))


def talk_of_a_page(quarters: int, page: int) -> pd.DataFrame:
    """Exercise 7.6: talk on one page with its interval."""
    found = talk(quarters, page)
    low, high = found.interval()
    return pd.DataFrame(
        {
            f"page {page}, {quarters} quarters": ["talk", "lower limit", "upper limit"],
            "per year": [decimal(one, 3) for one in (found.talk, low, high)],
        }
    )


def _known(low: int, high: int) -> Slider:
    return Slider("known", "counts known", low, high, 1, 7)


USERS = Experiment(
    users_of_two_years,
    (
        Choice("platform", "platform", ("Twitter", "Facebook"), "Twitter"),
        Slider("since", "from June", 2010, 2012, 1, 2010, year=True),
        Slider("until", "to June", 2011, 2018, 1, 2011, year=True),
    ),
    code="""\
users = data.load("platform_users").query("platform == '{platform}' and metric == 'MAU'")
june = users.set_index("date")["users"] / 1_000_000
june[["{since}-06-30", "{until}-06-30"]]""",
)
CEILING = Experiment(
    ceiling_of_a_curve,
    (_known(3, 13), Choice("curve", "curve", CURVES, "logistic")),
    code="""\
made = lesson_07.hindcast(starbucks, known={known}, curve="{curve}")
made.forecast.growth.ceiling / 1_000_000 - made.series.totals[{known} - 1] / 1_000_000""",
)
FORECAST = Experiment(
    forecasts_of_2012,
    (_known(3, 9),),
    code="lesson_07.hindcast(starbucks, known={known}).summary()",
)
HELD_OUT = Experiment(
    errors_of_forecasts,
    (
        Choice("series", "series", tuple(SERIES), "Facebook"),
        Slider("first", "totals known at first", 5, 6, 1, 6),
    ),
    code="""\
rows = data.load("platform_users").query("platform == 'Facebook' and metric == 'MAU'")
fans.backtest(fans.read_counts(rows), first={first}).summary()""",
)
PAIR = Experiment(
    talk_of_a_pair,
    (
        Choice("pair", "pair", worlds_in_pairs.PAIRS, worlds_in_pairs.PAIRS[0]),
        Slider("quarters", "watched for", 8, 28, 1, 8, unit="quarters"),
    ),
    code="""\
worlds = lesson_07.worlds(shuffle=7)
worlds.read(worlds["A"].simulate(seed=7).head({quarters} + 1))""",
)
WATCHED = Experiment(
    talk_of_a_page,
    (
        Slider("page", "page", 1, 7, 1, 7),
        Slider("quarters", "watched for", 8, 28, 1, 8, unit="quarters"),
    ),
    code="""\
page = lesson_07.worlds()["fans bring fans"].simulate(seed={page})
lesson_07.estimate_talk(page.head({quarters} + 1)).summary()""",
)
