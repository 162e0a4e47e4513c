"""What is tried in lesson 5 to answer its exercises: tables and pictures, by their controls."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from ... import community
from ...classroom import Choice, Slider
from ...classroom.checking.experiment import Experiment
from ...classroom.prequestion import Prequestion
from ...rounding import as_given, decimal
from ...streams import spawn
from .. import pairs
from ..findings import Findings
from ..town import Town
from .letters import believed, letters_shown, written_and_shown
from .shop import Praise
from .ways import ways
from .worlds import worlds

if TYPE_CHECKING:
    import pandas as pd

QUALITY = 6
LETTERS = 3
"""Seed of the letters, that of the lesson."""
STREET = "the whole street"
NEIGHBORHOODS = ("Station", "Market", "Mill Lane", "Church Hill", "Harbour")
WAYS = MappingProxyType(
    {
        "as now": "doing nothing",
        "picked letters": "picked letters",
        "open reviews": "open reviews",
        "regulars asked": "asked regulars",
    }
)
"""What a way is called in a sentence."""
READINGS = MappingProxyType(
    {
        "tied to a customer or not": "people tied to a customer buy … times as often as others",
        "the same within a taste": "the same, among people of one taste",
        "letter shown or not, by the coin": "a letter that was shown brings … more buyers",
    }
)
DRAWS = 4
"""So many pairs of towns for each place; which of them is called A differs from team to team."""


def first_guess() -> Prequestion:
    """Ask what mark all customers give to a shop of which one sees the best letters."""
    page = letters_shown([5], above=8).iloc[0]
    shown, written = as_given(page["shown"]), as_given(page["written"])
    return Prequestion(
        f"A shop's page shows letters with a mean mark of **{decimal(page['mean shown'], 1)}** out "
        "of 10. What mark do all customers who wrote give, on average? Move the slider, then press "
        "Show me.",
        Slider("guess", "your guess", 0, 10, 0.5, 8.5, unit="marks"),
        came=lambda: page["quality"],
        meaning=f"This (simulated) shop got {written} letters, and shows the {shown} best. A much "
        "better shop would show much the same page.",
    )


@lru_cache(maxsize=256)
def words(strangers: float, worth: float) -> pd.DataFrame:
    """Give what a person hears from friends and strangers; worth is per cent of a friend."""
    return Praise(strangers=strangers, stranger_worth=worth / 100).words()


def praise(strangers: float, worth: float) -> pd.DataFrame:
    """Show ties, worth of one and their product, for friends and strangers."""
    found = words(float(strangers), float(worth)).reset_index()
    shown = found[["kind", "ties", "worth of one", "words of a friend"]].round(2)
    return shown.rename(
        columns={"kind": "who", "ties": "people heard", "worth of one": "worth of one word"}
    )


@lru_cache(maxsize=256)
def read(above: float, written: int) -> pd.Series:
    """Give what readers believe of a shop of quality 6, by mark shown and letters written."""
    return letters_shown([QUALITY], above=above, written=written).iloc[0]


def two_readers(above: float, written: int) -> pd.DataFrame:
    """Show what two readers of the page believe, and one of a single comment, by the true mean."""
    import pandas as pd

    _, shown = written_and_shown(float(QUALITY), float(above), int(written), LETTERS)
    readers = {
        "a reader who thinks these are all the letters": (believed(shown), len(shown)),
        "a reader who knows that they were picked": (believed(shown, float(above)), len(shown)),
        # The typical one: a comment of a customer who marks the shop as all do on average.
        "a reader of one short comment by a typical customer": (believed(np.array([QUALITY])), 1),
    }
    rows = [("all customers, in truth", as_given(written), float(QUALITY), "", "")]
    for who, (one, letters) in readers.items():
        low, high = (decimal(end, 1) for end in one.interval())
        rows.append((who, as_given(letters), round(one.mean, 2), low, high))
    columns = ["who", "letters read", "mean mark", "95 % sure: from", "to"]
    return pd.DataFrame(rows, columns=columns)


def balance(disappointed: float, blame: float) -> pd.DataFrame:
    """Show what 100 reviews are worth together, in words of praise."""
    import pandas as pd

    happy = 100 - disappointed
    lost = round(blame * disappointed, 2)
    rows = [
        ("praise, by happy customers", as_given(happy)),
        (f"undone by {as_given(disappointed)} disappointed ones", f"−{as_given(lost)}"),
        ("left", as_given(round(happy - lost, 2)).replace("-", "−")),
    ]
    return pd.DataFrame(rows, columns=["100 open reviews", "words of praise"])


@lru_cache(maxsize=32)
def newcomers(disappointed: int) -> dict[str, float]:
    """Give the newcomers of each way, where so many of 100 customers are disappointed."""
    found = ways(disappointed / 100).summary()
    return {
        WAYS[way]: float(one) for way, one in zip(found["way"], found["newcomers"], strict=True)
    }


def by_way(disappointed: int) -> pd.DataFrame:
    """Show newcomers by way, and the middle eight in ten runs."""
    found = ways(int(disappointed) / 100).summary().round(2)
    found["way"] = found["way"].map(WAYS)
    shown = found[["way", "newcomers", "lower", "upper"]]
    return shown.set_axis(
        ["way", "newcomers, on average", "80 % of years: from", "to"], axis="columns"
    )


@lru_cache(maxsize=32)
def drawn(place: int, draw: int) -> dict[str, tuple[Town, pd.DataFrame]]:
    """Draw two towns, and read them; by the name of their world.

    The first draw in which the letters that chance had shown leave no doubt. In the first pair
    the tied buy more often by a larger factor where letters convince, in the second where they
    do not: that comparison helps nobody.
    """
    both = worlds()
    for seed in spawn(500 + 100 * place + draw, 200):
        found = {}
        for name, world in both.items():
            town = world.simulate(seed)
            found[name] = (town, both.read(town))
        tied, shown = (
            {name: table.iloc[row] for name, (_, table) in found.items()} for row in (0, 2)
        )
        more = max(tied, key=lambda name: tied[name]["estimate"])
        misleads = place == 2 or (more == both.truth) == (place == 0)
        holds, fails = (shown[name] for name in both)
        if misleads and holds["lower"] > 0.1 and fails["lower"] < -0.1 < 0.1 < fails["upper"]:
            return found
    raise ValueError(f"no draw of pair {place} leaves no doubt.")


def pair_of(number: int, pair: str) -> dict[str, tuple[Town, pd.DataFrame]]:
    """Give both towns of a pair of a team's set, called A and B, with what is read in them."""
    found = drawn(pairs.PAIRS.index(pair), number % DRAWS)
    return pairs.named(number, pair, found.values())


def two_towns(pair: str, pairs: int) -> Findings:
    """Show the three comparisons of both towns of a pair."""
    found = pair_of(pairs, pair)
    return compared({name: found[name][1] for name in "AB"})


def compared(readings: Mapping[str, pd.DataFrame]) -> Findings:
    """Show the comparisons of some towns as one table for reading.

    Parameters
    ----------
    readings : mapping of str to pandas.DataFrame
        What `read_letters` finds in each town, by the town's name.

    Examples
    --------
    >>> from frontporch.course.lesson_05 import worlds
    >>> towns = worlds(shuffle=7)
    >>> seen = {name: towns.read(towns[name].simulate(seed=8)) for name in "AB"}
    >>> list(compared(seen).summary())
    ['comparison', 'town A', 'town B', 'if letters did nothing']
    """
    import pandas as pd

    first = next(iter(readings.values()))
    shown = {"comparison": [READINGS[one] for one in first["reading"]]}
    for name, table in readings.items():
        ends = [(decimal(one, 2) for one in table[part]) for part in ("estimate", "lower", "upper")]
        shown[f"town {name}"] = [
            f"{middle} ({low} to {high})".replace("-", "−")
            for middle, low, high in zip(*ends, strict=True)
        ]
    shown["if letters did nothing"] = [as_given(one) for one in first["no_effect"]]
    return Findings(pd.DataFrame(shown))


@lru_cache(maxsize=256)
def weak_and_bridges(share: int, neighborhood: str = STREET) -> dict[str, int]:
    """Count ties of a neighborhood: weak ones, bridges, and those that are both."""
    street = community.main_street().community()
    weak = community.weak_ties(street, share=share / 100)
    bridge = community.local_bridges(street)
    there = np.ones(len(weak), dtype=bool)
    if neighborhood != STREET:
        place = NEIGHBORHOODS.index(neighborhood)
        group = np.asarray(street.group)
        there = (group[street.sources] == place) | (group[street.targets] == place)
    once = there & (street.sources < street.targets)
    return {
        "ties": int(once.sum()),
        "weak": int((weak & once).sum()),
        "bridges": int((bridge & once).sum()),
        "both": int((weak & bridge & once).sum()),
    }


def bridges(share: int, neighborhood: str) -> pd.DataFrame:
    """Show how many ties are weak, and how many are local bridges."""
    import pandas as pd

    found = weak_and_bridges(int(share), neighborhood)
    rows = [
        ("weak", found["weak"], found["both"]),
        ("stronger", found["ties"] - found["weak"], found["bridges"] - found["both"]),
        ("all", found["ties"], found["bridges"]),
    ]
    return pd.DataFrame(rows, columns=["kind of tie", "ties", "of these, local bridges"])


PRAISE = Experiment(
    praise,
    (
        Slider("strangers", "strangers heard", 0, 60, 5, 20, unit="each"),
        Slider("worth", "a stranger is worth", 0, 100, 10, 20, unit="% of a friend"),
    ),
    "lesson_05.Praise(strangers={strangers}, stranger_worth={worth} / 100).words()",
)
READERS = Experiment(
    two_readers,
    (
        Slider("above", "shown from mark", 4, 9.5, 0.5, 8, unit="up"),
        Slider("written", "letters written", 50, 400, 50, 200),
    ),
    "lesson_05.letters_shown([6], above={above}, written={written})",
)
BALANCE = Experiment(
    balance,
    (
        Slider("disappointed", "disappointed", 0, 60, 0.2, 10, unit="%"),
        Slider("blame", "one blame undoes", 1, 6, 0.5, 2, unit="words of praise"),
    ),
    "lesson_05.net_words({disappointed} / 100, blame={blame})",
)
BY_WAY = Experiment(
    by_way,
    (Slider("disappointed", "disappointed", 0, 40, 5, 10, unit="%"),),
    "lesson_05.ways({disappointed} / 100).summary()",
)
TOWNS = Experiment(two_towns, (Choice("pair", "pair of towns", pairs.PAIRS, pairs.PAIRS[0]),))
BRIDGES = Experiment(
    bridges,
    (
        Slider("share", "called weak", 5, 95, 5, 50, unit="% of ties"),
        Choice("neighborhood", "neighborhood", (STREET, *NEIGHBORHOODS), STREET),
    ),
    "weak = community.weak_ties(street, share={share} / 100)\n"
    "bridge = community.local_bridges(street)\n"
    "100 * bridge[weak].mean()",
)
