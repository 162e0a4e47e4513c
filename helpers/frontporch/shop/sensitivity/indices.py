"""How much of the differences between towns each topic or factor explains: Sobol indices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from ...groups import needs
from ...result import Result
from ...stats.intervals import normal_quantile
from ..parameters import whole
from .factors import topics

NOTHING, APART, NOT_APART = "changes nothing", "told apart from 0", "not told apart from 0"


@dataclass(frozen=True, eq=False)
class Indices(Result):
    """What each factor explains of the differences between towns.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a factor, the most important first: `factor`; `total` with its limits, the share
        of the variance in which the factor has a part; `alone` with its limits, the share that it
        explains by itself; and `says`, whether `alone` is told apart from 0.
    variance : float
        Variance between towns, in squared units of the outcome.
    base : int
        Pairs of base towns.
    level : float
        Confidence level of each interval.
    """

    table: pd.DataFrame
    variance: float
    base: int
    level: float

    PICTURES: ClassVar[Mapping[str, str]] = {
        "indices": "frontporch.shop.sensitivity.pictures:plot_indices"
    }

    def summary(self) -> pd.DataFrame:
        """Give the factors, the most important first."""
        return self.table

    @property
    def notes(self) -> tuple[str, ...]:
        """What the table does not say by itself."""
        many = len(self.table)
        told = int((self.table["says"] == APART).sum())
        nothing = int((self.table["says"] == NOTHING).sum())
        notes = [
            f"{told} of {many} explain something by themselves, by a test that allows for asking "
            f"{many} times.",
            "The limits stand for the towns that were drawn, not for the assumptions. From few "
            "pairs of towns they hold the truth in about nine of ten studies, and not in 95 %.",
        ]
        if nothing:
            notes.append(f"{nothing} of {many} change nothing in any town.")
        return tuple(notes)


def fit(
    outcomes: ArrayLike,
    names: Sequence[str] | None = None,
    *,
    level: float = 0.95,
    resamples: int = 500,
    seed: int = 7,
) -> Indices:
    """Estimate Sobol indices from the outcomes in the towns of a design.

    Parameters
    ----------
    outcomes : array_like
        One number for each row of `worlds`, in its order.
    names : sequence of str, optional
        The groups of the design, in their order; without it the topics of `describe`.
    level : float
        Confidence level.
    resamples : int
        How often the base towns are drawn again, for the limits.
    seed : int
        From 1 up: where those draws come from.

    Returns
    -------
    Indices

    Raises
    ------
    ValueError
        If the outcomes do not belong to such a design, or are all the same.

    Notes
    -----
    SALib's estimators: the share of a factor alone by Saltelli et al. (2010), Computer Physics
    Communications 181:259-270, table 2b; the total share by Jansen (1999), Computer Physics
    Communications 117:35-43. Limits are normal intervals by the bootstrap over base
    towns, of a total share on the scale of logarithms.
    `says` uses Bonferroni's level, because many factors are looked at.

    Examples
    --------
    >>> import numpy as np
    >>> from frontporch.shop import sensitivity
    >>> design = sensitivity.worlds(256, {"a": "a", "b": "b"})
    >>> found = sensitivity.fit(3 * design["a"] + design["b"], ["a", "b"])
    >>> found.summary()[["factor", "total"]].round(1).to_numpy().tolist()
    [['a', 0.9], ['b', 0.1]]
    """
    wanted = list(dict.fromkeys(topics().values()) if names is None else names)
    values = _checked(outcomes, len(wanted))
    reach = normal_quantile(level)
    with needs("An estimate of Sobol indices"):
        from SALib.analyze import sobol
    problem = {"num_vars": len(wanted), "names": wanted, "bounds": [[0.0, 1.0]] * len(wanted)}
    found = sobol.analyze(
        problem,
        values,
        calc_second_order=False,
        num_resamples=whole(resamples, "resamples", 50),
        conf_level=level,
        seed=whole(seed, "seed", 1),
    )
    alone, total = np.asarray(found["S1"]), np.asarray(found["ST"])
    far, reach_total = np.asarray(found["S1_conf"]), np.asarray(found["ST_conf"])
    # On the scale of logarithms, as a total share is never below 0 and its errors are skewed.
    far_total = np.exp(reach_total / np.where(total > 0, total, 1.0))
    strict = normal_quantile(1 - (1 - level) / len(wanted)) / reach * far
    says = np.where(total == 0, NOTHING, np.where(alone > strict, APART, NOT_APART))
    table = pd.DataFrame(
        {
            "factor": wanted,
            "total": total,
            "total_lower": total / far_total,
            "total_upper": np.maximum(total, np.minimum(total * far_total, 1.0)),
            "alone": alone,
            "alone_lower": alone - far,
            "alone_upper": alone + far,
            "says": says,
        }
    )
    table = table.sort_values("total", ascending=False, kind="stable", ignore_index=True)
    return Indices(table, float(values.var()), len(values) // (len(wanted) + 2), level)


def _checked(outcomes: ArrayLike, many: int) -> np.ndarray:
    values = np.asarray(outcomes, float)
    if values.ndim != 1 or not len(values) or len(values) % (many + 2):
        raise ValueError(
            f"there are {values.size} outcomes, but a design of {many} groups has a multiple of "
            f"{many + 2} towns: give one outcome for each row of worlds(...)."
        )
    if not np.isfinite(values).all():
        place = int(np.flatnonzero(~np.isfinite(values))[0])
        raise ValueError(f"the outcome of row {place} is {values[place]}, but must be a number.")
    if np.ptp(values) == 0:
        raise ValueError("all outcomes are the same, so there is no variance to explain.")
    return values
