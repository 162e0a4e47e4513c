"""What is tried in lesson 6 to answer its exercises: tables and pictures, by their controls."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from ... import community
from ...classroom import Choice, Slider
from ...classroom.checking.experiment import Experiment
from ...classroom.prequestion import Prequestion
from ...community import answering
from ...rounding import as_given, decimal
from .. import pairs
from ..doubles import Doubles
from .budgets import by_budget
from .contact import KINDS
from .contact_world import ContactWorld
from .pictures import plot_by_reply
from .replies import by_reply
from .tastes import Tastes, taste_worlds
from .worlds import worlds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MINUTES, WITHIN, WEEKS, MOST_PEOPLE = 10, 30, 26, 5
USEFUL_SELLS_LESS, USEFUL_IS_TOLD = 0.5, 0.5
"""Useful posts win half as many by themselves, and friends talk half as much more; assumed."""
REPLIED = ("as usual", "picked by chance")
DRAWS = 4
"""So many pairs of shops for each place; which of them is called A differs from team to team."""


def first_guess() -> Prequestion:
    """Ask how many posts come from the few who are unhappy."""
    return Prequestion(
        "Of 100 customers of a shop, **10 are unhappy**. Unhappy customers post ten times as often "
        "as happy ones: of 100 posts, how many are by unhappy customers? Move the slider, then "
        "press Show me.",
        Slider("guess", "your guess", 0, 100, 1, 10, unit="of 100 posts"),
        came=lambda: 100 * answering.Voices(0.1, 0.02, 0.2).among_posters,
        meaning="Nine in ten customers are happy, but you would not know it from the page. So whom "
        "do you answer?",
    )


@lru_cache(maxsize=512)
def in_time(posts: int, minutes: int, within: int, people: int = 1) -> float:
    """Give of 100 posts those that are answered within some minutes."""
    return 100 * answering.Queue(posts, minutes, people).answered_within(within / 60)


@lru_cache(maxsize=512)
def at_once(posts: int, minutes: int, people: int = 1) -> float:
    """Give of 100 posts those that do not wait at all."""
    return 100 * (1 - answering.Queue(posts, minutes, people).waits)


def joe_alone(posts: int, minutes: int, within: int) -> pd.DataFrame:
    """Show how many of 100 posts are answered at once, within some minutes, and later."""
    if posts * minutes >= 60:
        raise ValueError(
            f"{posts} posts of {as_given(minutes)} minutes are an hour of work or more in every "
            "hour: the "
            "queue grows without end. Take fewer."
        )
    soon, now = in_time(int(posts), int(minutes), int(within)), at_once(int(posts), int(minutes))
    rows = [
        ("at once", now),
        (f"after a wait of up to {as_given(within)} minutes", soon - now),
        ("later", 100 - soon),
    ]
    return pd.DataFrame(rows, columns=["Joe begins the answer", "% of posts"]).round(1)


def at_the_desk(posts: int, wage: int, onlookers: int) -> pd.DataFrame:
    """Show for one to five people what is answered in time, what it costs, and who reads it."""
    rows = []
    for people in range(1, MOST_PEOPLE + 1):
        if posts * MINUTES >= 60 * people:
            found = "never: more work than they can do"
        else:
            found = decimal(in_time(int(posts), MINUTES, WITHIN, people), 1)
        readers = posts * (1 + onlookers)
        rows.append((people, found, int(people * wage), round(people * wage / readers, 2)))
    columns = [
        "people",
        "% answered within 30 minutes",
        "dollars an hour",
        "dollars for each reader",
    ]
    return pd.DataFrame(rows, columns=columns)


@lru_cache(maxsize=64)
def at_equal_cost(budget: int, useful: int = 0) -> pd.DataFrame:
    """Give what joining in and pushing bring, by way, for dollars a week.

    Useful posts, in per cent of all, sell less by themselves and are talked about more.
    """
    world, part = ContactWorld(), useful / 100
    found = by_budget(world, [budget], seed=7, runs=20).summary().set_index("way")
    if not useful:
        return found
    anyway = found[list(KINDS)].sum(axis=1) - found["adopters"]
    world = replace(
        world,
        member=world.member * (1 - USEFUL_SELLS_LESS * part),
        boost=world.boost * (1 - USEFUL_SELLS_LESS * part),
        talk=world.talk * (1 + USEFUL_IS_TOLD * part),
    )
    found = by_budget(world, [budget], seed=7, runs=20).summary().set_index("way")
    # Without the money there are no such posts: those who come anyway are those of before.
    return found.assign(adopters=found[list(KINDS)].sum(axis=1) - anyway)


def by_way(budget: int, useful: int) -> pd.DataFrame:
    """Show what each way brings in 26 weeks at one budget."""
    rows = at_equal_cost(int(budget), int(useful))
    return pd.DataFrame(
        {
            "way": list(rows.index),
            "incremental adopters": rows["adopters"].round(1).to_numpy(),
            "adopters in all": rows[list(KINDS)].sum(axis=1).round(1).to_numpy(),
            "dollars in 26 weeks": [f"{WEEKS * int(budget):,}"] * len(rows),
        }
    )


def crowd(unhappy: int, unhappy_post: int) -> pd.DataFrame:
    """Show of 1,000 customers who is unhappy, and who posts; 2 of 100 happy ones do."""
    loud, quiet = 10 * unhappy * unhappy_post / 100, 10 * (100 - unhappy) * 2 / 100
    rows = [
        ("unhappy", 10 * unhappy, round(loud, 1)),
        ("happy", 10 * (100 - unhappy), round(quiet, 1)),
    ]
    return pd.DataFrame(rows, columns=["kind", "customers (of 1,000)", "of these, post"])


@lru_cache(maxsize=1)
def shops() -> Doubles[ContactWorld]:
    """Give the shop in which replies win customers, and the one in which only pushing does."""
    return worlds(budget=100)


@lru_cache(maxsize=32)
def drawn(place: int, draw: int) -> dict[str, dict[str, pd.DataFrame]]:
    """Draw the logs of two shops, as usual and with replies picked by chance.

    The first draw in which chance leaves no doubt. In the first pair those with a usual reply are
    further ahead where replies win customers, in the second where they do not.
    """
    begin = 10_000 * place + 1_000 * draw
    for seed in range(begin, begin + 200):
        found = {
            name: {
                how: world.simulate(100, 0.5, seed=seed, by_coin=how == REPLIED[1])
                for how in REPLIED
            }
            for name, world in shops().items()
        }
        usual, chance = (
            {name: by_reply(logs[how]) for name, logs in found.items()} for how in REPLIED
        )
        further = max(usual, key=lambda name: lead(usual[name]))
        misleads = place == 2 or (further == shops().truth) == (place == 0)
        holds, fails = (chance[name] for name in shops())
        clear = holds["lower"][1] > holds["upper"][0] and abs(lead(fails)) < 0.02
        if misleads and clear:
            return found
    raise ValueError(f"no draw of pair {place} leaves no doubt.")


def lead(table: pd.DataFrame) -> float:
    """Give by how much more of those with a reply adopted."""
    return float(table["adopted"].iloc[1] - table["adopted"].iloc[0])


def pair_of(number: int, pair: str) -> dict[str, dict[str, pd.DataFrame]]:
    """Give the logs of both shops of a pair of a team's set, called A and B."""
    found = drawn(pairs.PAIRS.index(pair), number % DRAWS)
    return pairs.named(number, pair, found.values())


def two_shops(pair: str, replied: str, pairs: int) -> Axes:
    """Draw who became a customer, with a reply and without, in both shops of a pair."""
    found = pair_of(pairs, pair)
    return plot_by_reply({f"shop {name}": found[name][replied] for name in "AB"})


@lru_cache(maxsize=1)
def only_alike() -> Tastes:
    """Give the town in which friends are alike and do not influence each other."""
    return taste_worlds()["friends are only alike"]


@lru_cache(maxsize=128)
def added(town: int) -> dict[str, tuple[float, float, float]]:
    """Give percentage points that each method finds for one more friend, with its interval."""
    found = community.fit(*only_alike().simulate(town))
    low, middle, high = "lower", "effect", "upper"
    return {
        row["method"]: (100 * row[middle], 100 * row[low], 100 * row[high])
        for _, row in found.summary().iterrows()
    }


def four_methods(town: int) -> pd.DataFrame:
    """Show what four methods find in a town where friends are only alike."""
    rows = [(name, *numbers) for name, numbers in added(int(town)).items()]
    columns = ["method", "percentage points for one more friend", "95 % sure: from", "to"]
    return pd.DataFrame(rows, columns=columns).round(2)


IN_TIME = Experiment(
    joe_alone,
    (
        Slider("posts", "posts come in", 1, 6, 1, 5, unit="per hour"),
        Slider("minutes", "an answer takes", 5, 25, 1, MINUTES, unit="minutes"),
        Slider("within", "in time is within", 5, 60, 5, WITHIN, unit="minutes"),
    ),
    "desk = answering.Queue({posts}, {minutes}, people=1)\n"
    "100 * desk.answered_within({within} / 60)",
)
DESK = Experiment(
    at_the_desk,
    (
        Slider("posts", "posts come in", 1, 24, 1, 5, unit="per hour"),
        Slider("wage", "an hour costs", 15, 30, 1, 20, unit="dollars"),
        Slider("onlookers", "others who read it", 0, 20, 1, 0, unit="per answer"),
    ),
    "answering.people_needed({posts}, 10, share=0.9, within_hours=0.5)",
)
COST = Experiment(
    by_way,
    (
        Slider("budget", "budget", 50, 400, 50, 100, unit="dollars a week"),
        Slider("useful", "posts that are useful", 0, 100, 25, 0, unit="%"),
    ),
    "world = lesson_06.ContactWorld()\n"
    "lesson_06.by_budget(world, [{budget}], seed=7, runs=20).summary()",
)
CROWD = Experiment(
    crowd,
    (
        Slider("unhappy", "unhappy", 1, 40, 1, 10, unit="%"),
        Slider("unhappy_post", "of the unhappy, post", 2, 60, 1, 20, unit="%"),
    ),
    "answering.Voices({unhappy} / 100, 0.02, {unhappy_post} / 100).among_posters",
)
SHOPS = Experiment(
    two_shops,
    (
        Choice("pair", "pair of shops", pairs.PAIRS, pairs.PAIRS[0]),
        Choice("replied", "who gets a reply", REPLIED, REPLIED[0]),
    ),
)
METHODS = Experiment(
    four_methods,
    (Slider("town", "town", 1, 40, 1, 1),),
    "community.fit(*alike.simulate(seed={town})).summary()",
)
