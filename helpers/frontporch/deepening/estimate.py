"""From a spells table to an estimate: rates, occupancy and reach, group by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ..citing import cited
from ..names import pick
from ..result import Result
from ..stats import SurvivalCurve, kaplan_meier
from ..stats.clustered import FEWEST_CLUSTERS, clusters, effective, person_variances
from ..stats.intervals import FEWEST_EVENTS, logit
from ..stats.multistate import Occupancy, occupancy, restricted_mean
from ..stats.multistate import aalen_johansen as aalen_johansen
from .ladder import Ladder
from .rates import log_changes, log_likelihood, rates
from .spells import Spells, reach, read_spells


@dataclass(frozen=True, eq=False)
class GroupEstimate(Result):
    """What the spells of one group say.

    Parameters
    ----------
    name : str
        The group, such as a channel.
    spells : Spells
        Its stays.
    rates : pandas.DataFrame
        Occurrence-exposure rates with their intervals; see `rates.rates`.
    level : float
        Confidence level of every interval.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "occupancy": "frontporch.deepening.pictures:plot_occupancy",
    }

    name: str
    spells: Spells
    rates: pd.DataFrame
    level: float = 0.95

    def summary(self) -> pd.DataFrame:
        """Show every rate with its interval, one row a transition."""
        return self.rates.copy()

    @cached_property
    @cited
    def occupancy(self) -> Occupancy:
        """Share of pairs in each stage by time (Aalen-Johansen)."""
        return occupancy(self.spells, self.level, self.spells.unit, self.spells.people)

    @cached_property
    def ladder(self) -> Ladder:
        """The ladder with the estimated rates: the same answers, if rates are constant."""
        steps = zip(self.rates["stage"], self.rates["next_stage"], self.rates["rate"], strict=True)
        return Ladder({self.name: {(a, b): float(r) for a, b, r in steps}}, self.spells.stages)

    @cited
    def reach(self, stage: str) -> Occupancy:
        """Share of pairs that have ever reached a stage, by time (cumulative incidence)."""
        return reach(self.spells, stage, self.level)

    @cited
    def sojourn(self, stage: str) -> SurvivalCurve:
        """How long stays in a stage last, whatever ends them (Kaplan-Meier).

        Pairs that come under observation late are at risk from then on only; those are left
        out of whom nobody knows when they entered the stage.
        """
        waits = self.spells.waits(stage)
        if not len(waits.at) + waits.unknown:
            raise ValueError(f"no pair of {self.name!r} was ever in stage {stage!r}.")
        if not len(waits.at):
            raise ValueError(f"{self.name!r}, {stage!r}: {waits.note}.")
        curve = kaplan_meier(
            waits.time,
            self.spells.following[waits.at] >= 0,
            entry=waits.entry,
            unit=self.spells.unit,
            level=self.level,
            cluster=None if self.spells.people is None else self.spells.people[waits.at],
        )
        return replace(curve, notes=(*curve.notes, waits.note)) if waits.note else curve

    def restricted_mean(self, horizon: float) -> pd.DataFrame:
        """Mean weeks spent in each stage up to a horizon, with intervals."""
        spells = self.spells
        return restricted_mean(spells, horizon, self.level, spells.unit, spells.people)

    def ever(self, stage: str, start: str = "stranger") -> tuple[float, float, float]:
        """Probability of ever reaching a stage: estimate, lower and upper limit.

        Rates are taken as constant, so this looks past the last observation. The interval
        is by the delta method on the logarithms of the rates.
        """
        logs = np.log(self.rates["rate"].to_numpy())
        gradient = np.empty(len(logs))
        for k in range(len(logs)):
            step = np.zeros(len(logs))
            step[k] = 1e-5
            gradient[k] = (
                self._ever(logs + step, stage, start) - self._ever(logs - step, stage, start)
            ) / 2e-5
        share = self._ever(logs, stage, start)
        error, degrees = self._error_along(gradient)
        lower, upper = logit([share], [error], self.level, degrees)
        return share, float(lower[0]), float(upper[0])

    def _error_along(self, gradient: np.ndarray) -> tuple[float, float]:
        """Standard error of a sum of log rates, and its degrees of freedom."""
        if self.spells.people is None:
            return float(np.sqrt((gradient**2 / self.rates["events"].to_numpy()).sum())), np.inf
        spells, found = self.spells, self.rates
        whose = clusters(spells.people, len(spells.stage))
        here, there = (
            np.array([spells.number(one) for one in found[name]], np.int64)
            for name in ("stage", "next_stage")
        )
        changes, _ = log_changes(spells, here, there, found["rate"].to_numpy())
        share = (spells.sojourn / spells.sojourn.sum())[:, None]
        variance = float(person_variances((changes @ gradient)[:, None], whose, share)[0])
        return np.sqrt(variance), float(effective(whose, share)[0]) - 1

    def _ever(self, logs: np.ndarray, stage: str, start: str) -> float:
        steps = zip(self.rates["stage"], self.rates["next_stage"], np.exp(logs), strict=True)
        ladder = Ladder({self.name: {(a, b): float(r) for a, b, r in steps}}, self.spells.stages)
        return ladder.reach(stage, start)[self.name]


@dataclass(frozen=True, eq=False)
class Estimate(Result):
    """What a spells table says, group by group.

    Parameters
    ----------
    groups : mapping of str to GroupEstimate
        One a group; `estimate["online"]` gives it.
    by : str or None
        Column that made the groups.
    log_likelihood : float
        Of constant rates, over all groups.
    estimator : str
        Name of the estimator of the rates.
    notes : tuple of str
        What a reader must know, in words.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "occupancy": "frontporch.deepening.pictures:plot_occupancy",
    }

    groups: Mapping[str, GroupEstimate]
    by: str | None
    log_likelihood: float
    estimator: str
    notes: tuple[str, ...] = ()

    @cited
    def __getitem__(self, group: str) -> GroupEstimate:
        """Give one group by its name."""
        return self.groups[pick(group, self.groups, self.by or "group")]

    def summary(self) -> pd.DataFrame:
        """Show every rate with its interval, one row a group and transition."""
        return self._gathered({name: group.rates for name, group in self.groups.items()})

    def occupancy(self, weeks: ArrayLike) -> pd.DataFrame:
        """Show the share of pairs in each stage at given weeks, with intervals."""
        return self._gathered({n: g.occupancy.at(weeks) for n, g in self.groups.items()})

    def _gathered(self, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
        label = self.by or "group"
        return pd.concat(
            [frame.assign(**{label: name})[[label, *frame]] for name, frame in frames.items()],
            ignore_index=True,
        )


@cited
def fit(
    spells: pd.DataFrame,
    by: str | None = None,
    *,
    unit: str = "weeks",
    level: float = 0.95,
    stages: Sequence[str] | None = None,
    cluster: str | Sequence[str] | None = None,
) -> Estimate:
    """Estimate how pairs move between stages, group by group.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract.
    by : str, optional
        Column whose values make the groups, such as "channel".
    unit : str
        What `entered` and `left` are counted in, if not in weeks: it is carried to columns,
        pictures and comparisons. The estimates are the same in every unit.
    level : float
        Confidence level of every interval.
    stages : sequence of str, optional
        All stages in order, for a ladder of your own; by default as in the table.
    cluster : str or sequence of two str, optional
        Column of the person of each stay, or of the two people of its pair, such as
        ("source", "target"). Errors then hold for pairs that share people: of rates, shares,
        sojourns, mean times and comparisons. Without it pairs are taken as independent of each
        other.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If the table is not a spells table; the message names row, value and remedy.

    Notes
    -----
    Events by time at risk, and shares by Aalen and Johansen. Source: Andersen, Borgan, Gill &
    Keiding (1993), Statistical Models Based on Counting Processes, chapters IV and VI.

    Examples
    --------
    >>> from frontporch.deepening import Ladder
    >>> spells = Ladder.online_and_offline().simulate(pairs=800, weeks=104, seed=7)
    >>> estimate = fit(spells, by="channel")
    >>> estimate["online"].rates["next_stage"].tolist()[:2]
    ['acquaintance', 'lost']
    """
    groups = {
        name: GroupEstimate(name, one, rates(one, level), level)
        for name, one in read_spells(spells, by, stages, unit=unit, cluster=cluster).items()
    }
    notes = [
        f"{name}: {row.stage} to {row.next_stage} rests on {row.events} events: "
        "do not rely on its interval."
        for name, group in groups.items()
        for row in group.rates[group.rates["events"] < FEWEST_EVENTS].itertuples()
    ]
    notes += _of_people(groups)
    notes += [
        f"{name}: nobody was seen to move, so there is no rate."
        for name, group in groups.items()
        if not len(group.rates)
    ]
    notes += [
        f"{name}: {late} of {group.spells.pairs} pairs are observed only from some time after "
        "their first contact (left-truncated): shares hold if these are like the others."
        for name, group in groups.items()
        if (late := group.spells.late)
    ]
    return Estimate(
        MappingProxyType(groups),
        by,
        sum(log_likelihood(g.rates) for g in groups.values()),
        "occurrence-exposure rates (maximum likelihood, constant rates)"
        + (", errors over people" if cluster is not None else ""),
        tuple(notes),
    )


def _of_people(groups: Mapping[str, GroupEstimate]) -> list[str]:
    """Say how many people the pairs share, where errors are over people."""
    said = []
    for name, group in groups.items():
        if group.spells.people is not None:
            many = len(np.unique(clusters(group.spells.people, len(group.spells.stage))))
            few = ": intervals are a little too narrow" if many < FEWEST_CLUSTERS else ""
            said.append(f"{name}: errors hold for pairs that share people, {many} in all{few}.")
    return said
