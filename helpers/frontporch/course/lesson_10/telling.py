"""What a round brought, in sentences, and what its research gave, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ...classroom.deciding import money
from ...rounding import decimal
from .rivals import YOU

if TYPE_CHECKING:
    import pandas as pd

    from ...classroom.record.entry import Entry
    from ...game.play import Play

HALVES = ("as usual", "tested")
STEPS: Mapping[str, tuple[str, str]] = {
    "met you": ("unmet", "stranger"),
    "left as strangers": ("stranger", "lost"),
    "left as acquaintances": ("acquaintance", "lost"),
    "became acquaintances": ("stranger", "acquaintance"),
    "became buyers": ("acquaintance", "buyer"),
}
"""Steps that a test on halves can change within four weeks."""
FEWEST = 5
TITLES = {
    "survey": "survey of 30 customers",
    "ab_test offer_week": "test: offer on halves",
    "ab_test join_hours": "test: join in on halves",
}
WAYS = {"lost": "stayed away"}
PLACES = ("first", "second", "third", "last")


def said(value: float) -> str:
    """Write dollars without a plus sign: they are what is in the till, and no change."""
    return money.said(value, sign=False)


def told(play: Play, before: Sequence[Entry]) -> list[str]:
    """Say what the last round brought: cash, rank, people, orders and posts."""
    screen = play.team(YOU).screen()
    expected = before[-1].details.get("expected")
    guess = "" if expected is None else f" You expected {said(expected)}."
    more = "more" if screen["change"] >= 0 else "less"
    found = [
        f"You have {said(screen['cash'])} dollars, {said(abs(screen['change']))} {more} than four "
        f"weeks ago.{guess} You are {PLACES[screen['rank'] - 1]} of four. Luck alone spreads equal "
        f"shops by {said(screen['luck'])} dollars by now.",
        f"You met {_many(screen['met'])}. You lost {_many(screen['lost'])}.",
        f"{_both('Orders', screen['orders'])} {_both('Sales in dollars', screen['sales'])}",
    ]
    posts = screen["posts"]
    found.append(
        f"Posts: {posts['answered']} answered, {posts['gave up']} writers gave up, "
        f"{posts['open']} are open."
    )
    if screen["reason"]:
        found.append(f"Your last decision did not count: {screen['reason']}")
    return found


def research_tables(play: Play) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give what the research of the last round brought, as short tables, each with its name."""
    if not play.research:
        return
    for name, tables in play.research[-1].get(YOU, {}).items():
        title = TITLES.get(name, name)
        if "steps" in tables:
            yield f"Research, {title}: per 100 people and week", in_steps(tables["steps"])
        elif "answers" in tables:
            yield f"Research, {title}", in_answers(tables["answers"])


def in_steps(found: pd.DataFrame) -> pd.DataFrame:
    """Give the steps that tell most in both halves, with the ratio of their rates.

    Parameters
    ----------
    found : pandas.DataFrame
        The table `steps` of an A/B test: half, from, to, steps, person_weeks.

    Notes
    -----
    Limits of a ratio of two rates, on the log scale: Rothman (2012), Epidemiology: An
    Introduction, 2nd ed., chapter 9.
    """
    import pandas as pd

    counted = found.set_index(["from", "to", "half"])
    rows = []
    for words, step in STEPS.items():
        counts, rates = [], []
        for half in HALVES:
            key = (*step, half)
            there = key in counted.index
            counts.append(int(counted.loc[key, "steps"]) if there else 0)
            weeks = float(counted.loc[key, "person_weeks"]) if there else 0.0
            rates.append(counts[-1] / weeks if weeks else 0.0)
        ratio = "too few"
        if min(counts) >= FEWEST:
            middle = rates[1] / rates[0]
            reach = float(np.exp(1.96 * (1 / counts[0] + 1 / counts[1]) ** 0.5))
            ends = (decimal(one, 2) for one in (middle / reach, middle * reach))
            ratio = f"{decimal(middle, 2)} ({' to '.join(ends)})"
        rows.append((words, *(decimal(100 * one, 1) for one in rates), ratio))
    columns = ["people who", "as usual", "tested half", "times as often (95 % interval)"]
    return pd.DataFrame(rows, columns=columns).set_index("people who")


def in_answers(found: pd.DataFrame) -> pd.DataFrame:
    """Count who was asked, who answered, and what they said.

    Parameters
    ----------
    found : pandas.DataFrame
        The table `answers` of a survey: answered, wants_closeness.
    """
    import pandas as pd

    said_so = found.loc[found["answered"], "wants_closeness"].astype(bool)
    rows = [
        ("were asked, of those who know you", len(found)),
        ("answered; who wants a closer relationship answers more often", len(said_so)),
        ("of these want a closer relationship", int(said_so.sum())),
    ]
    return pd.DataFrame(rows, columns=["people who", "how many"]).set_index("people who")


def _many(parts: Mapping[str, int]) -> str:
    """Say how many people there were, and the ways in which they came or went."""
    total = sum(parts.values())
    if not total:
        return "nobody"
    ways = ", ".join(f"{many:,} {WAYS.get(way, way)}" for way, many in parts.items() if many)
    return f"{total:,} people ({ways})"


def _both(what: str, numbers: Sequence[Any]) -> str:
    now = decimal(numbers[-1])
    return (
        f"{what}: {now} (before: {decimal(numbers[-2])})."
        if len(numbers) > 1
        else (f"{what}: {now}.")
    )
