"""The year after a decision: a team's own world and luck, and what every option brings there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ...names import pick
from ...rounding import as_given, decimal, highest
from .decision import Decision
from .money import said

YEARS = 200
"""Years on other luck, beside the one that is played."""
RANGE = (0.05, 0.95)


@dataclass(frozen=True)
class Year:
    """What a decision brought, and what the other options would have brought.

    Parameters
    ----------
    decision : Decision
        What was to be decided.
    option : str
        What was chosen.
    amount : float
        The budget that was chosen with it; 0 where none is asked.
    expected : float or None
        Dollars that the team expected.
    world, other : str
        The world in which the shop is, and the other one.
    came : mapping of str to float
        By option, the dollars of this year, all on the same luck.
    ranges : mapping of str to tuple of float
        By option, from where to where nine years in ten lie in this world.
    means : mapping of str to mapping of str to float
        By world and option, the mean over 200 years.
    luckier : float
        Share of years, with the same choice in the same world, that bring less than this one.
    """

    decision: Decision
    option: str
    amount: float
    expected: float | None
    world: str
    other: str
    came: Mapping[str, float]
    ranges: Mapping[str, tuple[float, float]]
    means: Mapping[str, Mapping[str, float]]
    luckier: float

    @property
    def brought(self) -> float:
        """Dollars that the year brought."""
        return self.came[self.option]

    @property
    def best(self) -> str:
        """The option that would have brought most on the same luck; the chosen one if as much."""
        most = max(self.came.values())
        if self.came[self.option] >= most - 5:
            return self.option
        return max(self.came, key=lambda one: self.came[one])

    @property
    def bet(self) -> str:
        """The option with the highest mean where both worlds are equally likely."""
        means = [sum(self.means[one][name] for one in self.means) for name in self.came]
        return list(self.came)[highest(means)]

    @property
    def chosen(self) -> str:
        """What was chosen, with its amount, in words."""
        slider = self.decision.amount
        if slider is None:
            return self.option
        amount = f"{slider.label}: {as_given(self.amount, thousands=True)} {slider.unit}".strip()
        return f"{self.option} ({amount})"

    @property
    def title(self) -> str:
        """What the picture says."""
        if self.expected is None:
            return f"The year brought {said(self.brought)} dollars"
        return f"We expected {said(self.expected)} dollars,\nthe year brought {said(self.brought)}"

    @property
    def sentences(self) -> list[str]:
        """What happened, why, and what one could have known."""
        low, high = self.ranges[self.option]
        told = [
            f"You chose: {self.chosen}. {self.title.replace(chr(10), ' ').replace('We', 'You')}.",
            f"Your shop's world: {self.world}. It could have been the other one: {self.other}.",
        ]
        if high - low < 10:
            told.append("With your choice, luck plays no part in this town.")
        else:
            told.append(
                f"With your choice in this town, 9 years in 10 bring {said(low)} to {said(high)} "
                f"dollars: that is luck alone. Your year was better than "
                f"{decimal(100 * self.luckier)} % of them."
            )
        best = self.best
        told.append(
            "On the same luck, no other choice would have brought more."
            if best == self.option
            else f"On the same luck, “{best}” would have brought {said(self.came[best])} dollars."
        )
        mean = sum(self.means[one][self.bet] for one in self.means) / 2
        told.append(
            f"If nobody knows which of the two towns it is, the best bet is “{self.bet}”: "
            f"{said(mean)} dollars on average."
        )
        told.append(f"What you could have known: {self.decision.knowable}")
        return told

    def table(self) -> list[tuple[str, ...]]:
        """Give a row for each option, its first the headings."""
        rows = [
            (
                "choice",
                "this year ($)",
                "9 years in 10 ($)",
                *(f"mean if {one} ($)" for one in self.means),
            )
        ]
        for name, came in self.came.items():
            low, high = self.ranges[name]
            means = (said(each[name]) for each in self.means.values())
            rows.append((name, said(came), f"{said(low)} to {said(high)}", *means))
        return rows


def play(
    decision: Decision,
    team: str,
    option: str,
    amount: float | None = None,
    expected: float | None = None,
) -> Year:
    """Play the year of a decision in a team's own world, with the team's own luck.

    Parameters
    ----------
    decision : Decision
        What was to be decided.
    team : str
        The team's name; the same name gives the same world and luck everywhere.
    option : str
        What was chosen.
    amount : float, optional
        The amount; the slider's own without it.
    expected : float, optional
        Dollars that were expected.

    Raises
    ------
    UnknownName
        If there is no such option.
    ValueError
        If there is no such amount.
    """
    option = pick(option, decision.options, "option")
    placed = decision.placed(amount)
    worlds = list(decision.two_worlds)
    world = worlds[_drawn(team, decision.id, "world") % 2]
    luck = _drawn(team, decision.id, "luck")
    came = {one: float(decision.brought(world, one, placed, [luck])[0]) for one in decision.options}
    years = _years(decision, placed)
    here = years[world]
    return Year(
        decision=decision,
        option=option,
        amount=placed,
        expected=expected,
        world=world,
        other=next(one for one in worlds if one != world),
        came=came,
        ranges={name: _range(one) for name, one in here.items()},
        means={
            name: {one: float(found.mean()) for one, found in each.items()}
            for name, each in years.items()
        },
        luckier=float((here[option] < came[option]).mean()),
    )


def _drawn(team: str, about: str, what: str) -> int:
    """Draw a whole number from a team's name; capitals and spaces at its ends do not matter."""
    digest = hashlib.sha256(f"{team.strip().casefold()}|{about}|{what}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


def _range(years: np.ndarray) -> tuple[float, float]:
    low, high = np.quantile(years, RANGE)
    return float(low), float(high)


def _years(decision: Decision, amount: float) -> Mapping[str, Mapping[str, np.ndarray]]:
    return {
        world: {one: decision.brought(world, one, amount, range(YEARS)) for one in decision.options}
        for world in decision.two_worlds
    }
