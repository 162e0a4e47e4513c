"""Hazard ratios of one transition, which assume no shape of the hazard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..names import pick
from ..stats import cox
from ..stats.two_groups import TwoGroups, two_groups
from .spells import COLUMNS, Spells, read_spells


def hazard_ratios(
    spells: pd.DataFrame,
    stage: str,
    next_stage: str,
    covariates: Sequence[str] = ("channel",),
    *,
    clock: str = "stage",
    reference: str | None = None,
    level: float = 0.95,
    stages: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Estimate how covariates multiply the hazard of one transition.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract with the covariates as further columns; text and categories
        become 0/1 against the reference, numbers are taken as they are.
    stage, next_stage : str
        The transition. Leaving the stage otherwise counts as censored, so this is the
        cause-specific hazard.
    covariates : sequence of str
        Names of columns.
    clock : {"stage", "contact"}
        Time since the stage was entered, or since first contact. Either way pairs that come
        under observation late are at risk from then on only; on the clock of the stage those
        are left out of whom nobody knows when they entered it, and the note counts them.
    reference : str, optional
        The group that a text covariate is compared with; the first in alphabetical order
        where not given.
    level : float
        Confidence level.
    stages : sequence of str, optional
        All stages in order, for a ladder of your own; by default as in the table.

    Returns
    -------
    pandas.DataFrame
        One row a covariate: `covariate`, `log_hazard_ratio`, `standard_error`,
        `hazard_ratio`, `lower`, `upper`, `events`, `pairs`, `note`.

    Raises
    ------
    ValueError
        If a column is missing, or the transition was never made.

    Notes
    -----
    As `stats.cox`: where a group never moves, or always first, the likelihood has no maximum,
    and the note says so beside the one limit that exists. Ties by Efron's method. Source: Cox
    (1972), JRSS B 34:187-220; Efron (1977), JASA 72:557-565.
    """
    if clock not in ("stage", "contact"):
        raise ValueError(f"clock is {clock!r}, but must be one of: stage, contact.")
    data = read_spells(spells, stages=stages)["all"]
    there, waits = data.number(next_stage), data.waits(stage)
    at, time, entry = waits.at, waits.time, waits.entry
    if clock == "contact":
        at = np.flatnonzero(data.stage == data.number(stage))
        time, entry = data.left[at], data.entered[at]
    arrived = data.following[at] == there
    if not arrived.any():
        raise ValueError(f"no pair moves from {stage} to {next_stage} in this table.")
    design = design_matrix(spells.iloc[at], covariates, reference)
    found = cox(time, arrived, design, entry=entry, level=level).summary()
    found.insert(len(found.columns) - 1, "pairs", len(np.unique(data.pair[at])))
    if clock == "stage" and waits.note:
        found["note"] = [
            "; ".join(one for one in (note, waits.note) if one) for note in found["note"]
        ]
    return found


def design_matrix(
    spells: pd.DataFrame, covariates: Sequence[str], reference: str | None
) -> pd.DataFrame:
    """Give a column for each number, and one for each group but the reference."""
    columns = {}
    for name in covariates:
        if name in COLUMNS or name not in spells.columns:
            known = [c for c in spells.columns if c not in COLUMNS]
            raise ValueError(f"there is no covariate {name!r}. Columns to choose from: {known}.")
        values = spells[name]
        if values.isna().any():
            raise ValueError(f"covariate {name!r} is missing in {int(values.isna().sum())} rows.")
        if pd.api.types.is_numeric_dtype(values):
            columns[name] = values.to_numpy(float)
            continue
        if pd.to_numeric(values.astype(object), errors="coerce").notna().all():
            raise ValueError(
                f"covariate {name!r} is text, but every cell is a number. Make it numbers: "
                f"table.assign({name}=pd.to_numeric(table[{name!r}])); or make it groups: "
                f"table.assign({name}='group ' + table[{name!r}].astype(str))."
            )
        groups = sorted(values.astype(str).unique())
        base = pick(reference, groups, f"{name} to compare with") if reference else groups[0]
        if len(groups) < 2:
            raise ValueError(f"covariate {name!r} has one value only, {base!r}.")
        for group in groups:
            if group != base:
                columns[f"{name}: {group}"] = (values.astype(str) == group).to_numpy(float)
    return pd.DataFrame(columns)


def hazard_ratio(
    first: Spells, second: Spells, stage: str, next_stage: str, level: float = 0.95
) -> tuple[float, float, float, int]:
    """Estimate the hazard ratio of one transition between two groups.

    Parameters
    ----------
    first, second : Spells
        The stays of each group; the ratio is first by second.
    stage, next_stage : str
        The transition.
    level : float
        Confidence level.

    Returns
    -------
    tuple
        Ratio, lower and upper limit, and the events of the group with fewer. Where of two
        groups that moved only one did so while both were at risk, the ratio is 0 or infinite,
        with the limit of the profile likelihood on the other side.

    Raises
    ------
    ValueError
        If a group never made the transition.

    Notes
    -----
    Cox's partial likelihood with one 0/1 covariate and Efron's ties: the same estimate as
    `stats.cox`, from counts at risk alone, so that a million spells take a second.
    """
    found, events = step_ratio(first, second, stage, next_stage, level)
    if not min(events):
        raise ValueError(
            f"a group never moves from {stage} to {next_stage}: their hazards cannot be compared."
        )
    ratio, lower, upper = np.exp([found.log_ratio, found.lower, found.upper]).tolist()
    return ratio, lower, upper, min(events)


def step_ratio(
    first: Spells, second: Spells, stage: str, next_stage: str, level: float = 0.95
) -> tuple[TwoGroups, tuple[int, int]]:
    """Compare the hazards of one transition, and count the moves of both groups.

    Errors hold for stays that share people where both groups say whose their stays are.
    """
    waits = [one.waits(stage) for one in (first, second)]
    moved = [
        one.following[own.at] == one.number(next_stage)
        for one, own in zip((first, second), waits, strict=True)
    ]
    left, arrived = np.concatenate([own.time for own in waits]), np.concatenate(moved)
    is_first = np.arange(len(left)) < len(moved[0])
    entry = None
    if any(own.entry is not None for own in waits):
        begun = [np.zeros(len(own.time)) if own.entry is None else own.entry for own in waits]
        # Who is seen from the start on is at risk from the start on, at 0 as well.
        entry = np.concatenate(begun)
        entry = np.where(entry > 0, entry, -np.inf)
    events = (int(moved[0].sum()), int(moved[1].sum()))
    if first.people is None or second.people is None or not any(events):
        return two_groups(left, is_first, arrived, entry=entry, level=level), events
    whose = np.concatenate([first.people[waits[0].at], second.people[waits[1].at]])
    side = pd.DataFrame({"first": is_first.astype(float)})
    found = cox(left, arrived, side, entry=entry, level=level, cluster=whose)
    row = found.table.iloc[0]
    with np.errstate(divide="ignore"):
        low, high = np.log([row["lower"], row["upper"]]).tolist()
    values = (row["log_hazard_ratio"], row["standard_error"], found.log_likelihood, low, high)
    return TwoGroups(*map(float, values), row["note"]), events
