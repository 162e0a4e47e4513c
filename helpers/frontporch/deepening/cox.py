"""Cox regression for one transition: a hazard ratio that assumes no shape of the hazard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..survival.intervals import FEWEST_EVENTS, normal_quantile
from .spells import COLUMNS, read_spells


def cox(
    spells: pd.DataFrame,
    stage: str,
    next_stage: str,
    covariates: Sequence[str] = ("channel",),
    *,
    clock: str = "stage",
    reference: str | None = None,
    level: float = 0.95,
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
        Time since the stage was entered, or since first contact (with delayed entry).
    reference : str, optional
        The group that a text covariate is compared with; the first in alphabetical order
        where not given.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a covariate: `covariate`, `log_hazard_ratio`, `standard_error`,
        `hazard_ratio`, `lower`, `upper`, `events`, `pairs`, `note`.

    Raises
    ------
    ValueError
        If a column is missing, the transition was never made, or a group never made it.

    Notes
    -----
    Ties by Efron's method, fitted by statsmodels. Source: Cox (1972), JRSS B 34:187-220;
    Efron (1977), JASA 72:557-565.
    """
    from statsmodels.duration.hazard_regression import PHReg

    if clock not in ("stage", "contact"):
        raise ValueError(f"clock is {clock!r}, but is one of: stage, contact.")
    data = read_spells(spells)["all"]
    here, there = data.number(stage), data.number(next_stage)
    at = data.stage == here
    arrived = data.following[at] == there
    if not arrived.any():
        raise ValueError(f"no pair moves from {stage} to {next_stage} in this table.")
    design = _design(spells.loc[at], covariates, reference)
    for name in design:
        if design[name].isin((0.0, 1.0)).all() and design[name][arrived].nunique() < 2:
            raise ValueError(
                f"one group of {name!r} never moves from {stage} to {next_stage}: a hazard ratio "
                "cannot be estimated."
            )
    if clock == "stage":
        time, entry = data.sojourn[at], None
    else:
        time, entry = data.left[at], data.entered[at]
    model = PHReg(time, design.to_numpy(), status=arrived.astype(int), entry=entry, ties="efron")
    found = model.fit(disp=0)
    width = normal_quantile(level) * found.bse
    events = int(arrived.sum())
    few = f"fewer than {FEWEST_EVENTS} events: do not rely on the interval"
    return pd.DataFrame(
        {
            "covariate": list(design),
            "log_hazard_ratio": found.params,
            "standard_error": found.bse,
            "hazard_ratio": np.exp(found.params),
            "lower": np.exp(found.params - width),
            "upper": np.exp(found.params + width),
            "events": events,
            "pairs": len(np.unique(data.pair[at])),
            "note": few if events < FEWEST_EVENTS else "",
        }
    )


def _design(spells: pd.DataFrame, covariates: Sequence[str], reference: str | None) -> pd.DataFrame:
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
        groups = sorted(values.astype(str).unique())
        base = reference if reference in groups else groups[0]
        if len(groups) < 2:
            raise ValueError(f"covariate {name!r} has one value only, {base!r}.")
        for group in groups:
            if group != base:
                columns[f"{name}: {group}"] = (values.astype(str) == group).to_numpy(float)
    return pd.DataFrame(columns)
