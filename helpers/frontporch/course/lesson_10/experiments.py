"""What is tried in the exercises of lesson 10: luck, tests on halves, knowing, the same luck."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from ... import shop
from ...classroom.checking.experiment import Experiment
from ...classroom.controls import Choice, Slider
from ...rounding import decimal
from .. import pairs as worlds_in_pairs
from .equal_shops import spread
from .first_months import RIVALS
from .halves import HALVES, Halves
from .trial_of_offers import offer_test
from .worlds import worlds

OTHER_LUCK = 100
"""What is added to a town's seed for a year of other luck."""
ACTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "joins in 5 hours a week": {"join_hours": 5.0},
        "pays 60 dollars a week for views": {"boost": 60.0},
    }
)


def luck(weeks: float, lead: float) -> dict[str, float]:
    """Give the spread of one shop and of a gap, and per cent of pairs with a smaller gap."""
    from scipy.special import ndtr

    one = spread(weeks)
    gap = one * 2**0.5
    return {"one": one, "gap": gap, "smaller": float(100 * (2 * ndtr(lead / gap) - 1))}


def luck_in_words(weeks: float, lead: float) -> pd.DataFrame:
    """Exercise 10.1: how far luck moves a shop and a gap, and how many gaps are smaller."""
    found = luck(weeks, lead)
    return pd.DataFrame(
        {
            "two equal shops": [
                "luck moves one shop by",
                "luck moves the gap of two by",
                f"the gap is below {decimal(lead)} dollars",
            ],
            f"after {decimal(weeks)} weeks": [
                f"{decimal(found['one'])} dollars",
                f"{decimal(round(found['gap'], -2))} dollars",
                f"in {decimal(found['smaller'], 1)} % of pairs",
            ],
        }
    )


def test_in(town: int, weeks: int) -> Halves:
    """Give the test of a first offer in a drawn town."""
    return offer_test(shop.World.drawn(town), weeks, seed=town)


def test_in_words(town: int, weeks: int) -> pd.DataFrame:
    """Exercise 10.2: newcomers of both halves, and how many of them were lost early."""
    found = test_in(int(town), int(weeks))
    people, lost = zip(*map(found.counts, HALVES), strict=True)
    return pd.DataFrame({"half": HALVES, "newcomers": people, "lost within four weeks": lost})


def knowing(chance: float, gain: float, loss: float) -> dict[str, float]:
    """Give mean dollars of following a claim, of leaving it, and of knowing first."""
    right = chance / 100 * gain
    return {"follow": right - (1 - chance / 100) * loss, "leave": 0.0, "know": right}


def knowing_in_words(chance: float, gain: float, loss: float = 600) -> pd.DataFrame:
    """Exercise 10.3: what each way brings on average."""
    found = knowing(chance, gain, loss)
    ways = {"follow": "follow the claim", "leave": "ignore it", "know": "know first, then decide"}
    return pd.DataFrame(
        {
            "what you do": list(ways.values()),
            "dollars on average": [decimal(found[one]) for one in ways],
        }
    )


def pair_of_tests(pairs: int, pair: str) -> dict[str, Halves]:
    """Test a first offer in both towns of a pair, by the names of the towns."""
    seed = worlds_in_pairs.seed(pairs, pair)
    towns = worlds_in_pairs.named(pairs, pair, worlds().values())
    return {name: offer_test(towns[name], seed=seed) for name in "AB"}


def two_tests(pair: str, pairs: int) -> pd.DataFrame:
    """Exercise 10.4: what the test of a first offer says in two towns."""
    rows = [
        (name, *(f"{lost} of {people}" for people, lost in map(found.counts, HALVES)))
        for name, found in pair_of_tests(pairs, pair).items()
    ]
    return pd.DataFrame(rows, columns=["town", *(f"lost, {half}" for half in HALVES)])


@lru_cache(maxsize=64)
def till(town: int, act: str, seed: int) -> tuple[float, ...]:
    """Give a shop's dollars after each of 24 weeks; the empty name is the usual shop."""
    mine = shop.Acts().but(**ACTS.get(act, {}))
    year = shop.simulate(shop.World.drawn(town), [mine, *RIVALS], 24, seed=seed)
    cash = year.weeks.loc[year.weeks["shop"] == 0, "cash"].to_numpy() / 100
    return tuple(map(float, cash))


def on_luck(town: int, act: str, weeks: int) -> dict[str, float]:
    """Give dollars with an act, without it on the same luck, and without it on other luck."""
    at = int(weeks) - 1
    return {
        "with": till(town, act, town)[at],
        "without": till(town, "", town)[at],
        "other luck": till(town, "", town + OTHER_LUCK)[at],
    }


def on_luck_in_words(town: float, act: str, weeks: float) -> pd.DataFrame:
    """Exercise 10.5: dollars with an act, and without it on the same luck and on other luck."""
    found = on_luck(int(town), act, int(weeks))
    return pd.DataFrame(
        {
            "a shop of this town": [
                act,
                "as usual, on the same luck",
                "as usual, in a year of different luck",
            ],
            "dollars in the till": [decimal(one) for one in found.values()],
        }
    )


LUCK = Experiment(
    luck_in_words,
    (
        Slider("weeks", "weeks", 4, 48, 4, 24),
        Slider("lead", "you are ahead by", 1_000, 12_000, 500, 5_000, unit="dollars"),
    ),
)
TEST = Experiment(
    test_in_words,
    (Slider("town", "town", 1, 8, 1, 1), Slider("weeks", "weeks of the test", 8, 24, 2, 8)),
    "street.offer_test(shop.World.drawn({town}), {weeks}, seed={town})",
)
KNOWING = Experiment(
    knowing_in_words,
    (
        Slider("chance", "chance that the claim holds", 5, 95, 5, 50, unit="%"),
        Slider("gain", "if it holds, it brings", 500, 3_000, 100, 1_500, unit="dollars"),
        Slider("loss", "if not, it costs", 200, 2_000, 100, 600, unit="dollars"),
    ),
)
PAIRS = Experiment(
    two_tests, (Choice("pair", "pair of towns", worlds_in_pairs.PAIRS, worlds_in_pairs.PAIRS[0]),)
)
SAME_LUCK = Experiment(
    on_luck_in_words,
    (
        Slider("town", "town", 1, 8, 1, 1),
        Choice("act", "the shop", tuple(ACTS), next(iter(ACTS))),
        Slider("weeks", "after", 6, 24, 3, 6, unit="weeks"),
    ),
)
