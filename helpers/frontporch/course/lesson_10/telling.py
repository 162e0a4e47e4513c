"""What a round brought, in sentences, and what its research gave, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ...classroom.deciding import money
from ...rounding import decimal
from .rivals import YOU

if TYPE_CHECKING:
    import pandas as pd

    from ...classroom.record.entry import Entry
    from ...game.play import Play

PLACES = ("first", "second", "third", "last")


def said(value: float) -> str:
    """Write dollars without a plus sign: they are what is in the till, and no change."""
    return money.said(value, sign=False)


def told(play: Play, before: Sequence[Entry]) -> list[str]:
    """Say what the last round brought: cash, rank, people, orders and posts."""
    screen = play.team(YOU).screen()
    expected = before[-1].details.get("expected")
    guess = "" if expected is None else f" You expected {said(expected)}."
    found = [
        f"You have {said(screen['cash'])} dollars, {said(screen['change'])} of them from this "
        f"round.{guess} You are {PLACES[screen['rank'] - 1]} of four. Luck alone spreads equal "
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
    """Give the tables that the research of the last round brought, each with its name."""
    if not play.research:
        return
    for name, tables in play.research[-1].get(YOU, {}).items():
        for part, table in tables.items():
            yield f"Research, {name}: {part}", table


def _many(parts: Mapping[str, int]) -> str:
    """Say how many people there were, and the ways in which they came or went."""
    total = sum(parts.values())
    if not total:
        return "nobody"
    ways = ", ".join(f"{many:,} {way}" for way, many in parts.items() if many)
    return f"{total:,} people ({ways})"


def _both(what: str, numbers: Sequence[Any]) -> str:
    now = decimal(numbers[-1])
    return (
        f"{what}: {now} (before: {decimal(numbers[-2])})."
        if len(numbers) > 1
        else (f"{what}: {now}.")
    )
