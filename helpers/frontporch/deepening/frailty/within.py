"""Each person beside themselves: a hazard ratio that no hidden difference can bend."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...stats.intervals import FEWEST_EVENTS, normal_quantile
from ..hazards import design_matrix
from ..spells import read_spells
from .partial import RiskSets


def within_person(
    spells: pd.DataFrame,
    stage: str = "stranger",
    next_stage: str = "acquaintance",
    covariates: tuple[str, ...] = ("channel",),
    *,
    person: str = "person",
    reference: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate how covariates multiply a hazard, every person compared with themselves.

    Parameters
    ----------
    spells : pandas.DataFrame
        The `spells` contract, with the covariates and the person as further columns.
    stage, next_stage : str
        The transition; leaving the stage otherwise counts as censored.
    covariates : tuple of str
        Names of columns; they must differ between the pairs of one person.
    person : str
        Column that says whose a pair is.
    reference : str, optional
        The group that a text covariate is compared with.
    level : float
        Confidence level.

    Returns
    -------
    pandas.DataFrame
        One row a covariate: `covariate`, `log_hazard_ratio`, `standard_error`,
        `hazard_ratio`, `lower`, `upper`, `moves` (those that say something), `note`.

    Raises
    ------
    ValueError
        If no person was at risk twice, with different covariates, when they moved.

    Notes
    -----
    Cox's model with a baseline hazard of its own for every person. Source: Holt & Prentice
    (1974), Biometrika 61:17-30.
    """
    data = read_spells(spells)["all"]
    if person not in spells.columns:
        raise ValueError(f"there is no column {person!r} that says whose a pair is: add it.")
    at = np.flatnonzero(data.stage == data.number(stage))
    moved = data.following[at] == data.number(next_stage)
    design = design_matrix(spells.iloc[at], covariates, reference)
    whose = pd.factorize(spells[person].iloc[at])[0].astype(np.int64)
    sets = RiskSets(data.sojourn[at], moved, design.to_numpy(), whose)
    nobody = np.zeros(len(at))
    information = sets.evaluate(np.zeros(design.shape[1]), nobody)[2]
    if not (np.diag(information) > 1e-9).all():
        raise ValueError(
            f"no {person} could have made the step in more than one of {list(covariates)}: "
            "nobody can be compared with themselves."
        )
    found = sets.climb(np.zeros(design.shape[1]), nobody)
    error = np.sqrt(np.diag(np.linalg.inv(sets.evaluate(found, nobody)[2])))
    width = normal_quantile(level) * error
    own = pd.DataFrame(design.to_numpy()).groupby(whose)
    both = (own.max() != own.min()).any(axis=1).to_numpy()
    moves = int((moved & both[whose]).sum())
    few = f"fewer than {FEWEST_EVENTS} moves say something: do not rely on the interval"
    return pd.DataFrame(
        {
            "covariate": list(design),
            "log_hazard_ratio": found,
            "standard_error": error,
            "hazard_ratio": np.exp(found),
            "lower": np.exp(found - width),
            "upper": np.exp(found + width),
            "moves": moves,
            "note": few if moves < FEWEST_EVENTS else "",
        }
    )
