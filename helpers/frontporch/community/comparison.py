"""Two results held against each other: a difference with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from ..citing import cited
from ..names import pick
from ..result import Result
from ..stats.intervals import difference, normal_quantile
from .spread.contagion import Spread
from .word_of_mouth.carry_over import CarryOver
from .word_of_mouth.influence import Influence

Compared = Spread | Influence | CarryOver


@dataclass(frozen=True, eq=False)
class Comparison(Result):
    """By how much one result lies above another.

    Parameters
    ----------
    differences : pandas.DataFrame
        `what`, `first`, `second`, `difference` (first less second), `lower`, `upper`.
    level : float
        Confidence level.
    estimator : str
        How the interval was found.
    notes : tuple of str
        What a reader must know, in words.
    """

    differences: pd.DataFrame
    level: float
    estimator: str
    notes: tuple[str, ...] = ()

    PICTURES: ClassVar[Mapping[str, str]] = {
        "difference": "frontporch.community.pictures.differences:plot_difference"
    }

    def summary(self) -> pd.DataFrame:
        """Show every difference with its interval."""
        return self.differences.copy()

    def interval(self, name: str | None = None) -> tuple[float, float]:
        """Give the interval of one difference; of the first if no name is given."""
        known = list(self.differences["what"])
        row = self.differences.set_index("what").loc[pick(name or known[0], known, "difference")]
        return float(row["lower"]), float(row["upper"])


@cited
def compare(first: Compared, second: Compared, level: float = 0.95) -> Comparison:
    """Say by how much one spread, influence or carry-over lies above another.

    Parameters
    ----------
    first, second : Spread, Influence or CarryOver
        Two results of one kind.
    level : float
        Confidence level; of `Influence` and `CarryOver` it is their own, which must agree.

    Returns
    -------
    Comparison
        Its picture is `.plot()`.

    Raises
    ------
    TypeError
        If the two are not of one kind.
    ValueError
        If their levels differ.

    Notes
    -----
    Two spreads of one seed toss the same coins run by run, so their difference is taken run by
    run and is more certain than either. Of independent estimates the interval comes from their
    own: Zou & Donner (2008), Statistics in Medicine 27:1693-1702.

    Examples
    --------
    >>> from frontporch import community
    >>> town = community.small_world(200, 6, 0.1, seed=7)
    >>> often, seldom = (
    ...     community.simulate(town, 0, community.independent_cascade(p), runs=500, seed=7)
    ...     for p in (0.2, 0.1)
    ... )
    >>> found = community.compare(often, seldom)
    >>> found.interval()[0] > 0
    True
    """
    if isinstance(first, Spread) and isinstance(second, Spread):
        return _spreads(first, second, level)
    if isinstance(first, Influence) and isinstance(second, Influence):
        return _estimates(first.estimates, second.estimates, "method", "effect", first, second)
    if isinstance(first, CarryOver) and isinstance(second, CarryOver):
        return _estimates(first.total, second.total, "source", "total", first, second)
    raise TypeError(
        f"{type(first).__name__} and {type(second).__name__} cannot be compared: give two spreads, "
        "two influences or two carry-overs."
    )


def _spreads(first: Spread, second: Spread, level: float) -> Comparison:
    same = first.runs == second.runs and first.runs != "exact" and first.runs > 1
    paired = same and isinstance(first.seed, int) and first.seed == second.seed
    if paired:
        apart = first.sizes - second.sizes
        error = apart.std(ddof=1) / np.sqrt(len(apart))
        how = "difference of means, run by run on the same coins; standard error over runs"
    else:
        error = np.hypot(first.standard_error, second.standard_error)
        how = "difference of means of independent runs; standard errors over runs"
    middle, width = first.mean - second.mean, normal_quantile(level) * float(error)
    row = ("mean adopters", first.mean, second.mean, middle, middle - width, middle + width)
    notes = ("one run has no standard error",) if np.isnan(error) else ()
    return Comparison(_table([row]), level, how, notes)


def _estimates(
    first: pd.DataFrame,
    second: pd.DataFrame,
    name: str,
    value: str,
    one: Influence | CarryOver,
    other: Influence | CarryOver,
) -> Comparison:
    if one.level != other.level:
        raise ValueError(f"levels are {one.level} and {other.level}: fit both at one level.")
    known = [what for what in first[name] if what in set(second[name])]
    rows = []
    for what in known:
        a, b = (
            tuple(map(float, table.set_index(name).loc[what, [value, "lower", "upper"]]))
            for table in (first, second)
        )
        rows.append((what, a[0], b[0], *difference(a, b)))
    return Comparison(
        _table(rows), one.level, f"difference of independent estimates; {one.estimator}", one.notes
    )


def _table(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["what", "first", "second", "difference", "lower", "upper"])
