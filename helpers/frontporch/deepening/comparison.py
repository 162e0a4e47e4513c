"""Four numbers for "faster", which can disagree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ..citing import cited
from ..counting import bincount
from ..result import Result
from ..rounding import above, as_given
from ..stats.intervals import FEWEST_EVENTS, difference
from .estimate import GroupEstimate
from .hazards import step_ratio

IN_BOTH = "some people are in both groups: where they hasten or slow both, the interval is too wide"


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """Two groups side by side, by four measures of acceleration.

    Parameters
    ----------
    first, second : str
        Names of the groups; contrasts are first by second, or first minus second.
    table : pandas.DataFrame
        One row a measure: `measure`, `unit`, the value of each group, `contrast`, `lower`,
        `upper`, `no_difference` (what the contrast is where the groups are alike), `says`
        (which group looks faster by this measure, or "cannot tell", from the interval),
        `note`.
    level : float
        Confidence level of each interval by itself.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "measures": "frontporch.deepening.pictures:plot_comparison",
    }

    first: str
    second: str
    table: pd.DataFrame
    level: float = 0.95

    def summary(self) -> pd.DataFrame:
        """Show the four measures as a frame."""
        return self.table.copy()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        noted = self.table[self.table["note"] != ""]
        return tuple(f"{row.measure}: {row.note}" for row in noted.itertuples())


@cited
def compare(
    first: GroupEstimate,
    second: GroupEstimate,
    *,
    step: tuple[str, str] = ("stranger", "acquaintance"),
    goal: str = "friend",
    weeks: float = 26.0,
) -> Comparison:
    """Compare two groups by the four numbers that "faster" can mean.

    Parameters
    ----------
    first, second : GroupEstimate
        Such as `estimate["online"]` and `estimate["offline"]`.
    step : tuple of two str
        The transition whose hazard and whose stage's sojourn are compared.
    goal : str
        The stage to be reached.
    weeks : float
        By when, in weeks since first contact, or in the unit of the spells.

    Returns
    -------
    Comparison
        Hazard ratio of the step, ratio of the median sojourns in its stage, difference of
        the shares that reached the goal by then, difference of the probabilities of ever
        reaching it.

    Raises
    ------
    ValueError
        If a group was not observed as long as `weeks`, or a stage is unknown. A group that never
        made the step has its note, and loses no other measure.

    Notes
    -----
    The hazard ratio is Cox's, which supposes no shape of the hazard; beside it stand the
    average rates of the groups. It counts only the step; the sojourn is also shortened by
    losing pairs sooner; reach and probability are lowered by it. Intervals of ratios of
    medians and of differences are combined from those of the groups (Zou & Donner 2008). Where
    `fit` was told whose the pairs are (`cluster`), errors hold for pairs that share people.

    Examples
    --------
    >>> from frontporch.deepening import Ladder, fit
    >>> spells = Ladder.online_and_offline().simulate(pairs=4_000, weeks=104, seed=7)
    >>> estimate = fit(spells, by="channel")
    >>> compare(estimate["online"], estimate["offline"]).summary()["measure"].tolist()
    ['hazard ratio', 'ratio of median sojourns', 'reached by week 26', 'ever reached']
    """
    stage, following = step
    one, other = first.name, second.name
    if one == other:  # as of two tables without groups
        one, other = f"{one} (first)", f"{other} (second)"
    rows = [
        _hazard(first, second, stage, following),
        _sojourn(first, second, stage),
        _reached(first, second, goal, weeks),
        _ever(first, second, goal, stage_of_start(first)),
    ]
    columns = [
        "measure",
        "unit",
        one,
        other,
        "contrast",
        "lower",
        "upper",
        "no_difference",
        "more_is_faster",
        "note",
    ]
    table = pd.DataFrame(rows, columns=columns)
    if _share_people(first, second):
        of_groups = table["measure"] != "hazard ratio"
        table.loc[of_groups, "note"] = [
            "; ".join(one for one in (note, IN_BOTH) if one) for note in table["note"][of_groups]
        ]
    more = above(table["lower"], table["no_difference"])
    less = above(table["no_difference"], table["upper"])
    sooner = table["more_is_faster"].to_numpy(bool)
    table["says"] = np.select(
        [
            (more & sooner) | (less & ~sooner),
            (less & sooner) | (more & ~sooner),
        ],
        [f"{one} looks faster", f"{other} looks faster"],
        "cannot tell",
    )
    order = [*columns[:7], "no_difference", "says", "note"]
    return Comparison(one, other, table[order], first.level)


def _share_people(first: GroupEstimate, second: GroupEstimate) -> bool:
    """Say whether errors are over people, and some are in both groups."""
    if first.spells.people is None or second.spells.people is None:
        return False
    one, other = (set(group.spells.people.ravel()) for group in (first, second))
    return not one.isdisjoint(other)


def stage_of_start(group: GroupEstimate) -> str:
    """Give the stage in which most pairs of a group begin."""
    begins = group.spells.stage[group.spells.entered == 0]
    return group.spells.stages[int(bincount(begins).argmax())]


def _hazard(first: GroupEstimate, second: GroupEstimate, stage: str, following: str) -> tuple:
    found, events = step_ratio(first.spells, second.spells, stage, following, first.level)
    own = [_rate(group, stage, following) for group in (first, second)]
    note = found.note
    if not note and min(events) < FEWEST_EVENTS:
        note = f"fewer than {FEWEST_EVENTS} events in a group: do not rely on the interval"
    left_out = [group.spells.waits(stage).note for group in (first, second)]
    note = "; ".join(dict.fromkeys(one for one in (note, *left_out) if one))
    ratio, low, high = np.exp([found.log_ratio, found.lower, found.upper]).tolist()
    return ("hazard ratio", f"per {first.spells.each}", *own, ratio, low, high, 1.0, True, note)


def _rate(group: GroupEstimate, stage: str, following: str) -> float:
    """Give the rate of a step: 0 where it was never made, missing where nobody could."""
    group.spells.number(following)
    step = group.rates[(group.rates["stage"] == stage) & (group.rates["next_stage"] == following)]
    if len(step):
        return float(step["rate"].iloc[0])
    return 0.0 if (group.spells.stage == group.spells.number(stage)).any() else np.nan


def _sojourn(first: GroupEstimate, second: GroupEstimate, stage: str) -> tuple:
    curves = [group.sojourn(stage) for group in (first, second)]
    medians = [curve.quantile(0.5) for curve in curves]
    note = ""
    if any(np.isnan(m).any() for m in medians):
        note = "there is no median, or no limit of it: too few have left, or all left at once"
    elif min(curve.events.sum() for curve in curves) < FEWEST_EVENTS:
        note = f"fewer than {FEWEST_EVENTS} left the stage: do not rely on the interval"
    left_out = [group.spells.waits(stage).note for group in (first, second)]
    note = "; ".join(dict.fromkeys(one for one in (note, *left_out) if one))
    contrast = np.exp(difference(tuple(np.log(medians[0])), tuple(np.log(medians[1]))))
    own = (medians[0][0], medians[1][0])
    return ("ratio of median sojourns", first.spells.unit, *own, *contrast, 1.0, False, note)


def _reached(first: GroupEstimate, second: GroupEstimate, goal: str, weeks: float) -> tuple:
    found, notes = [], []
    for group in (first, second):
        curve = group.reach(goal)
        if weeks > curve.last:
            raise ValueError(
                f"weeks is {as_given(weeks)}, but {group.name!r} was observed up to "
                f"{group.spells.each} "
                f"{as_given(curve.last)}."
            )
        found.append(curve.share(goal, weeks))
        row = curve.at(weeks).set_index("stage").loc[goal]
        notes.append(row["note"])
    said = [one.replace("moves", "reached it") for one in notes if one]
    note = said[0] if said else ""
    if np.isnan(found).any():
        note = "no interval: in a group nobody or everybody reached it by then"
    elif any(one[0] in (0.0, 1.0) for one in found):
        note = "in a group nobody or everybody reached it by then: limits by Wilson's score"
    measure = f"reached by {first.spells.each} {as_given(weeks)}"
    own = (found[0][0], found[1][0])
    return (measure, "share", *own, *difference(*found), 0.0, True, note)


def _ever(first: GroupEstimate, second: GroupEstimate, goal: str, start: str) -> tuple:
    found = [group.ever(goal, start) for group in (first, second)]
    fewest = min(
        group.rates.loc[group.rates["next_stage"] == goal, "events"].sum()
        for group in (first, second)
    )
    note = "supposes constant rates, also after the last observation"
    if fewest < FEWEST_EVENTS:
        note = f"fewer than {FEWEST_EVENTS} reached it: do not rely on the interval"
    if np.isnan(found).any():
        note = "no interval: in a group nobody or everybody reaches it in the end"
    own = (found[0][0], found[1][0])
    return ("ever reached", "share", *own, *difference(*found), 0.0, True, note)
