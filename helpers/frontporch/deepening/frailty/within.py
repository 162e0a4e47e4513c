"""Each person beside themselves: a hazard ratio that no hidden difference can bend."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...stats.intervals import FEWEST_EVENTS
from ...stats.partial_likelihood import maximise
from ...stats.risk_sets import RiskSets
from ..hazards import design_matrix
from ..spells import read_spells


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
    waits = data.waits(stage)
    at = waits.at
    moved = data.following[at] == data.number(next_stage)
    design = design_matrix(spells.iloc[at], covariates, reference)
    whose = pd.factorize(spells[person].iloc[at])[0].astype(np.int64)
    sets = RiskSets(waits.time, moved, design.to_numpy(), whose, waits.entry)
    names = list(design)
    found = maximise(sets, names, level=level)
    if not (found.sound | np.isinf(found.coefficients)).any():
        raise ValueError(
            f"no {person} could have made the step in more than one of {list(covariates)}: "
            "nobody can be compared with themselves."
        )
    own = pd.DataFrame(design.to_numpy()).groupby(whose)
    both = (own.max() != own.min()).any(axis=1).to_numpy()
    moves = int((moved & both[whose]).sum())
    few = f"fewer than {FEWEST_EVENTS} moves say something: do not rely on the interval"
    few = few if moves < FEWEST_EVENTS else ""
    return pd.DataFrame(
        {
            "covariate": names,
            "log_hazard_ratio": found.coefficients,
            "standard_error": found.errors,
            "hazard_ratio": np.exp(found.coefficients),
            "lower": np.exp(found.lower),
            "upper": np.exp(found.upper),
            "moves": moves,
            "note": [
                "; ".join(one for one in (note or few, waits.note) if one) for note in found.notes
            ],
        }
    )
