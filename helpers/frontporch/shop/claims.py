"""What each claim is worth to a shop: in the town where it holds, and in the one where not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from .. import data
from ..names import pick
from ..result import Result
from ..rounding import number
from ..stats.intervals import normal_quantile, student_quantile
from ..streams import Seed, root_key, run_keys
from .acts import Acts
from .parameters import whole
from .policies import Policy
from .simulation import simulate
from .switches import SWITCHES, Switch
from .world import World

RIVALS = ("usual",) * 3
NO_ROW = "No study in the evidence table"
NO_ACT = "none: it is about facts, or about how to count"


@dataclass(frozen=True, eq=False)
class Claims(Result):
    """The claims of the five articles, and what following them brought.

    Parameters
    ----------
    listed : pandas.DataFrame
        One row a claim: `claim`, `says`, `verdict`, the `act` that it recommends, what a shop does
        `instead`, and what is so in the town `if_true` and `if_false`.
    gains : pandas.DataFrame
        One row a claim, town and luck: `claim`, `holds`, `run`, and `gain`, the dollars a year by
        which the act beats what is done instead. Without rows where nothing was played.
    level : float
        Confidence level of the intervals.
    """

    listed: pd.DataFrame
    gains: pd.DataFrame
    level: float = 0.95

    PICTURES: ClassVar[Mapping[str, str]] = {"gains": "frontporch.shop.pictures:plot_gains"}

    def summary(self) -> pd.DataFrame:
        """Give the claims, with the mean gains and the value of knowing where they were played.

        Returns
        -------
        pandas.DataFrame
            The columns of `listed`. Where years were played also `true`, `true_lower`,
            `true_upper`, `false`, `false_lower`, `false_upper`: dollars a year that following
            the claim brings; and `knowing`, the dollars that it is worth to know which town one
            is in, where both are equally likely.
        """
        if self.gains.empty:
            return self.listed
        rows = []
        for claim, of_claim in self.gains.groupby("claim", sort=False):
            found: dict[str, Any] = {"claim": claim}
            for name, holds in (("true", True), ("false", False)):
                mean, lower, upper = self.interval(str(claim), holds)
                found |= {name: mean, f"{name}_lower": lower, f"{name}_upper": upper}
            means = of_claim.groupby("holds")["gain"].mean()
            found["knowing"] = value_of_knowing(means[True], means[False])
            rows.append(found)
        return self.listed.merge(pd.DataFrame(rows), on="claim", how="inner")

    def interval(self, claim: str, holds: bool) -> tuple[float, float, float]:
        """Give mean, lower and upper limit of the gain from following a claim.

        Raises
        ------
        UnknownName
            If the claim was not played; the nearest is named.
        """
        pick(claim, self.gains["claim"].unique(), "claim that was played")
        chosen = (self.gains["claim"] == claim) & (self.gains["holds"] == holds)
        return mean_interval(self.gains.loc[chosen, "gain"], self.level)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the table does not say by itself."""
        if self.gains.empty:
            return ("Nothing was played: give runs=20 to see what following each claim brings.",)
        runs = self.gains["run"].nunique()
        same = self.gains.groupby(["claim", "holds"])["gain"].nunique() == 1
        equal = sorted({claim for claim, _ in same[same].index})
        without = (
            f"{', '.join(equal)}: where limits are missing, every year brought the same, which is "
            "what the act costs.",
        )
        return (
            *(without if equal else ()),
            f"Means of {runs} towns or kinds of luck; each act against what is done instead, on "
            "the same luck.",
            "All sizes are assumptions: signs follow the studies, dollars do not.",
        )


def claims(
    *names: str,
    runs: int = 0,
    world: World | None = None,
    rivals: Sequence[str | Acts | Policy] = RIVALS,
    weeks: int = 52,
    seed: Seed = 7,
    level: float = 0.95,
) -> Claims:
    """List the claims, and play what following each of them brings.

    Parameters
    ----------
    *names : str
        Numbers of claims, such as "2.4"; all if none is given.
    runs : int
        How many years are played of each: 0 lists the claims, 2 or more give intervals.
    world : World, optional
        The town, in which every run has other luck. Without it each run draws another town.
    rivals : sequence of Acts, str or callable
        What the other shops do.
    weeks : int
        How long a year is.
    seed : int, numpy.random.SeedSequence or numpy.random.Generator
        Where towns and luck come from.
    level : float
        Confidence level, of luck (and towns) and not of the assumptions.

    Returns
    -------
    Claims

    Examples
    --------
    >>> listed = claims("2.4", "4.2").summary()
    >>> listed[["claim", "act"]].to_numpy().tolist()
    [['2.4', 'offer_week=0'], ['4.2', 'none: it is about facts, or about how to count']]
    """
    listed = _listed()
    known = list(listed["claim"])
    asked = [pick(name, known, "claim") for name in names] or known
    listed = listed[listed["claim"].isin(asked)].reset_index(drop=True)
    normal_quantile(level)  # refuses what is no level, before years are played
    runs = whole(runs, "runs", 0)
    if runs == 1:
        raise ValueError("runs is 1, but must be 0, or a whole number from 2 up.")
    rows: list[tuple[str, bool, int, float]] = []
    keys = run_keys(root_key(seed), range(runs))
    for run, key in enumerate(keys.tolist()):
        town = World.drawn(key) if world is None else world
        cash = _remembered(rivals, weeks, key)
        for claim in asked:
            if claim in SWITCHES:
                rows += [
                    (claim, holds, run, gain(SWITCHES[claim], _with(town, claim, holds), cash))
                    for holds in (True, False)
                ]
    table = pd.DataFrame(rows, columns=["claim", "holds", "run", "gain"])
    return Claims(listed, table, level)


def gain(switch: Switch, world: World, cash: Callable[[World, Acts], int]) -> float:
    """Give the dollars by which the act that a claim recommends beats what is done instead."""
    follows, does_not = Acts().but(**switch.act), Acts().but(**switch.instead)
    return (cash(world, follows) - cash(world, does_not)) / 100


def value_of_knowing(if_true: float, if_false: float) -> float:
    """Give what it is worth to know whether a claim holds, where that is as likely as not.

    Parameters
    ----------
    if_true, if_false : float
        What following the claim brings in the two towns, beside not following it.

    Examples
    --------
    >>> value_of_knowing(100.0, -40.0), value_of_knowing(100.0, 40.0)
    (20.0, 0.0)
    """
    knowing = (max(if_true, 0.0) + max(if_false, 0.0)) / 2
    return float(knowing - max((if_true + if_false) / 2, 0.0))


def mean_interval(values: ArrayLike, level: float = 0.95) -> tuple[float, float, float]:
    """Give the mean of some differences with the limits of Student's t.

    Returns
    -------
    (float, float, float)
        Mean, lower and upper limit. Limits are missing where all values are equal: nothing then
        tells how far off the mean is.

    Notes
    -----
    Source: Student (1908), Biometrika 6:1-25.

    Examples
    --------
    >>> [round(one, 3) for one in mean_interval([1.0, 2.0, 3.0])]
    [2.0, -0.484, 4.484]
    """
    given = np.asarray(values, float)
    many = len(given)
    if many < 2:
        raise ValueError(f"there are {many} values, but at least two are needed for an interval.")
    mean = float(given.mean())
    error = float(given.std(ddof=1)) / many**0.5
    if error == 0:
        return mean, np.nan, np.nan
    reach = student_quantile(level, many - 1) * error
    return mean, mean - reach, mean + reach


def _with(world: World, claim: str, holds: bool) -> World:
    others = frozenset(world.holds) - {claim}
    return world.but(holds=others | {claim} if holds else others)


def _remembered(
    rivals: Sequence[str | Acts | Policy], weeks: int, seed: int
) -> Callable[[World, Acts], int]:
    """Play no year twice: give what a shop earns, in cents."""
    known: dict[tuple[World, Acts], int] = {}

    def cash(world: World, acts: Acts) -> int:
        if (world, acts) not in known:
            known[world, acts] = simulate(world, [acts, *rivals], weeks, seed=seed).cash[0]
        return known[world, acts]

    return cash


def _listed() -> pd.DataFrame:
    verdicts = data.load("evidence", table="verdicts").set_index("claim")
    rows = []
    for claim in sorted({*verdicts.index, *SWITCHES}):
        row = verdicts.loc[claim] if claim in verdicts.index else {"verdict": NO_ROW}
        switch = SWITCHES.get(claim)
        rows.append(
            (
                claim,
                switch.says if switch else row["statement"],
                row["verdict"],
                worded(switch.act) if switch else NO_ACT,
                (worded(switch.instead) or "the usual shop") if switch else "",
                switch.true if switch else "",
                switch.false if switch else "",
            )
        )
    columns = ["claim", "says", "verdict", "act", "instead", "if_true", "if_false"]
    return pd.DataFrame(rows, columns=columns)


def worded(acts: Mapping[str, Any]) -> str:
    """Give some acts as a person would type them."""
    return ", ".join(
        f"{name}={number(value) if isinstance(value, float) else repr(value)}"
        for name, value in acts.items()
    )
