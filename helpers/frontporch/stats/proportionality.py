"""Whether hazard ratios stay the same as time goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..result import Result
from .partial_likelihood import Maximum, too_few
from .risk_sets import RiskSets


@dataclass(frozen=True, eq=False)
class ProportionalHazards(Result):
    """What a test says against hazard ratios that stay the same.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a covariate, and "all of them": `covariate`, `statistic`, `degrees`, `p_value`,
        `note`.
    time : numpy.ndarray of float, shape (m,)
        When somebody moved.
    ratios : pandas.DataFrame
        For every such moment and covariate the logarithm of the hazard ratio that this moment
        alone speaks for (scaled Schoenfeld residual); their trend is the ratio's.
    estimator : str
        Its name.
    """

    PICTURES: ClassVar[Mapping[str, str]] = {
        "ratios": "frontporch.deepening.pictures:plot_proportional",
    }

    table: pd.DataFrame
    time: NDArray[np.float64] = field(repr=False)
    ratios: pd.DataFrame = field(repr=False)
    estimator: str = "score test of hazard ratios that change with the share that has moved"

    def summary(self) -> pd.DataFrame:
        """Show the tests, one row a covariate, the last of all at once."""
        return self.table.copy()

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know, in words."""
        return tuple(sorted({note for note in self.table["note"] if note}))


def tested(sets: RiskSets, found: Maximum, names: list[str]) -> ProportionalHazards:
    """Test whether each coefficient changes with the share that has moved.

    Parameters
    ----------
    sets : RiskSets
        Who was at risk when.
    found : Maximum
        The coefficients under test.
    names : list of str
        Names of the covariates.

    Returns
    -------
    ProportionalHazards

    Notes
    -----
    The score test of adding every covariate times one minus the Kaplan-Meier curve just before
    each moment. Covariates without a maximum are left out. Source: Grambsch & Therneau (1994),
    Biometrika 81:515-526; as `cox.zph` of R's package survival, version 3.
    """
    from scipy.special import chdtrc

    own = np.flatnonzero(found.sound)
    time, weight, residual, variance = sets.moments(found.held, np.zeros(len(sets.time)))
    share = _moved_before(sets, time)
    # Centred by moves, so that the new effects do not mix with the old ones for nothing.
    change = share - np.average(share, weights=weight)
    residual, variance = residual[:, own], variance[:, own[:, None], own]
    score = change @ residual
    blocks = [np.einsum("m,mij->ij", change**power, variance) for power in (0, 1, 2)]
    inner = blocks[2] - blocks[1] @ np.linalg.solve(blocks[0], blocks[1])
    rows, few = [], too_few(int(sets.moved.sum())).replace("the interval", "the p-value")
    for place, k in enumerate(own):
        # One new effect at a time, the old ones all refitted.
        one = blocks[2][place, place] - blocks[1][place] @ np.linalg.solve(
            blocks[0], blocks[1][:, place]
        )
        statistic = float(score[place] ** 2 / one)
        rows.append((names[k], statistic, 1, float(chdtrc(1, statistic)), few))
    for k in np.flatnonzero(~found.sound):
        rows.append((names[k], np.nan, 1, np.nan, "no hazard ratio to be tested"))
    if len(own):
        whole = float(score @ np.linalg.solve(inner, score))
        rows.append(("all of them", whole, len(own), float(chdtrc(len(own), whole)), few))
    scaled = residual @ np.linalg.inv(blocks[0]) * sets.moves / weight[:, None]
    ratios = pd.DataFrame(scaled + found.held[own], columns=[names[k] for k in own])
    table = pd.DataFrame(rows, columns=["covariate", "statistic", "degrees", "p_value", "note"])
    return ProportionalHazards(table, time, ratios)


def _moved_before(sets: RiskSets, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """One minus the Kaplan-Meier curve just before each time."""
    from .product_limit import kaplan_meier

    curve = kaplan_meier(sets.time, sets.moved, entry=sets.entry)
    before = np.searchsorted(curve.times, at, side="left")
    return 1 - np.append(1.0, curve.survival)[before]
