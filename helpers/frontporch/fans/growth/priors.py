"""What is taken as likely before a series is seen, and how strongly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import pick
from ...rounding import number
from .curves import Curve, Parameter

CEILING = "ceiling"
LAUNCH = Parameter("launch", "years", 1.0, 1.0, "years from the launch to the first count")
"""The further parameter of a curve with a launch where the counts begin later."""
CEILING_OVER_LAST = 1.5
CEILING_SPREAD = 0.5
"""Weak prior of the ceiling: log m ~ N(log(1.5 times the last total), .5)."""
PUBLISHED_MEAN = {"p": 0.03, "q": 0.38}
"""Mean of a meta-analysis (Sultan, Farley & Lehmann 1990, Journal of Marketing Research 27)."""
_PENALTY = 3.0  # times stronger than the weak prior


@dataclass(frozen=True, eq=False)
class Beliefs:
    """A prior on the scale of the estimate, an entry a parameter, the ceiling last.

    Parameters
    ----------
    centre : numpy.ndarray of float, shape (parameters + 1,)
        That of the ceiling relative to the last total.
    pull : numpy.ndarray of float, shape (parameters + 1,)
        1 by the spread; 0 is no prior.
    held : numpy.ndarray of float, shape (parameters + 1,)
        1 for a parameter that stays where it begins, its centre; 0 for the others.
    """

    centre: NDArray[np.float64]
    pull: NDArray[np.float64]
    held: NDArray[np.float64]


@dataclass(frozen=True)
class Prior:
    """Centre and spread of each parameter of a curve.

    Parameters
    ----------
    name : str
        Such as "weak prior".
    centres : mapping of str to float
        By parameter; of the ceiling, times the last total.
    spreads : mapping of str to float
        Standard deviations: of the logarithm, or in its own unit for a parameter of either sign.
        A parameter without a spread has no prior.
    """

    name: str
    centres: Mapping[str, float]
    spreads: Mapping[str, float]

    def beliefs(
        self,
        parameters: tuple[Parameter, ...],
        last: float = np.nan,
        fixed: Mapping[str, float] | None = None,
    ) -> Beliefs:
        """Give centres and spreads on the scale of the estimate, and what is held.

        Parameters
        ----------
        parameters : tuple of Parameter
            Those of a curve, without the ceiling.
        last : float
            The last total; needed where the ceiling is held.
        fixed : mapping of str to float, optional
            Parameters held at a known value, also "ceiling".
        """
        names = [*(p.name for p in parameters), CEILING]
        centre = [float(p.inward(self.centres.get(p.name, p.usual))) for p in parameters]
        centre.append(float(np.log(self.centres.get(CEILING, CEILING_OVER_LAST))))
        pull = [1 / self.spreads[one] if one in self.spreads else 0.0 for one in names]
        held = np.zeros(len(names))
        for name, value in (fixed or {}).items():
            k = names.index(pick(name, names, "parameter"))
            positive = name == CEILING or parameters[k].positive
            if not np.isfinite(value) or (positive and value <= 0):
                raise ValueError(f"{name} is held at {value}, but it must be above 0.")
            inward = np.log(value / last) if name == CEILING else parameters[k].inward(value)
            centre[k], pull[k], held[k] = float(inward), 0.0, 1.0
        return Beliefs(np.array(centre), np.array(pull), held)

    def words(self, parameter: str) -> str:
        """Say what is taken of a parameter."""
        if parameter not in self.spreads:
            return "none"
        of = " × last total" if parameter == CEILING else ""
        return f"{number(self.centres[parameter])}{of}, spread {number(self.spreads[parameter], 2)}"

    def table(self) -> pd.DataFrame:
        """Show centres and spreads, one row a parameter."""
        return pd.DataFrame(
            {
                "parameter": list(self.spreads),
                "centre": [self.centres[one] for one in self.spreads],
                "spread": list(self.spreads.values()),
            }
        )


NO_PRIOR = Prior("no prior", {}, {})


def weak_prior(curve: Curve) -> Prior:
    """Give the weak prior of a curve, which is the default.

    For Bass: log p ~ N(log .01, 1.5), log q ~ N(log .38, .6). For every curve the ceiling has
    log m ~ N(log(1.5 times the last total), .5).

    Examples
    --------
    >>> from frontporch.fans.growth.curves import bass
    >>> weak_prior(bass.curve).words("q")
    '0.38, spread 0.6'
    """
    known = (*curve.parameters, LAUNCH) if curve.launched else curve.parameters
    # A location of either sign is nothing that other series can tell.
    placed = [p for p in known if p.positive]
    return Prior(
        "weak prior",
        {**{p.name: p.usual for p in known}, CEILING: CEILING_OVER_LAST},
        {**{p.name: p.spread for p in placed}, CEILING: CEILING_SPREAD},
    )


def penalty(curve: Curve) -> Prior:
    """Give the penalty of penalised least squares: what is usual, with a third of the spread."""
    weak = weak_prior(curve)
    centres = {**weak.centres}
    centres.update({k: v for k, v in PUBLISHED_MEAN.items() if k in centres})
    spreads = {
        name: spread if name in (CEILING, LAUNCH.name) else spread / _PENALTY
        for name, spread in weak.spreads.items()
    }
    return Prior("penalty", centres, spreads)


def chosen_prior(prior: Prior | str | None, curve: Curve) -> Prior:
    """Give the prior that is meant: one's own, "weak", or None for none."""
    if isinstance(prior, Prior):
        return prior
    if prior is None:
        return NO_PRIOR
    pick(prior, ("weak",), "prior")
    return weak_prior(curve)
