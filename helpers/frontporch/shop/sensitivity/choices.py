"""Which act to choose when nobody knows in which town one is, and what it is worth to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...names import pick
from ...result import Result
from ...stats.intervals import normal_quantile, student_quantile
from ...streams import coins, root_key, run_keys
from ..claims import mean_interval
from ..parameters import whole
from .factors import CLAIM

FOLDS = 8
SHARED = (1 + FOLDS / (FOLDS - 1)) ** 0.5
"""How much wider limits are because the choices for all parts are learned from shared towns."""
AGAIN = 400
"""How often towns are drawn again, to see how firm a choice is."""
TOLD, NOT_TOLD = "worth knowing", "not told apart from 0"
ONE_HALF = "the same in all towns"


@dataclass(frozen=True, eq=False)
class Choices(Result):
    """What each act brings in many towns, and which of them different rules would choose.

    Parameters
    ----------
    dollars : pandas.DataFrame
        Profit: a row for each town, a column for each act.
    worlds : pandas.DataFrame
        The towns: a row each, with a place from 0 to 1 for every factor.
    beside : str
        The act beside which the others are judged.
    level : float
        Confidence level.
    """

    dollars: pd.DataFrame
    worlds: pd.DataFrame
    beside: str
    level: float

    PICTURES: ClassVar[Mapping[str, str]] = {
        "choices": "frontporch.shop.sensitivity.pictures:plot_choices",
        "knowing": "frontporch.shop.sensitivity.pictures:plot_knowing",
    }

    @property
    def regret(self) -> pd.DataFrame:
        """By town and act, the dollars that the best act of that town brings more."""
        return self.dollars.rsub(self.dollars.max(axis=1), axis=0)

    def summary(self) -> pd.DataFrame:
        """Give the acts, the one with the highest mean first.

        Returns
        -------
        pandas.DataFrame
            `act`; `more` with its limits, mean dollars a year beside the act `beside`; `pays_in`,
            the share of towns in which it brings more; `worst`, the profit in its worst town;
            `regret`, the most that it leaves on the table in any town.
        """
        rows = []
        gain = self.dollars.sub(self.dollars[self.beside], axis=0)
        regret = self.regret
        for act in self.dollars.columns:
            mean, lower, upper = mean_interval(gain[act], self.level)
            rows.append(
                (
                    act,
                    mean,
                    lower,
                    upper,
                    float((gain[act] > 0).mean()),
                    self.dollars[act].min(),
                    regret[act].max(),
                )
            )
        columns = ["act", "more", "more_lower", "more_upper", "pays_in", "worst", "regret"]
        table = pd.DataFrame(rows, columns=columns)
        return table.sort_values("more", ascending=False, kind="stable", ignore_index=True)

    def best(self) -> pd.DataFrame:
        """Say which act each rule would choose, and how firm that choice is.

        Returns
        -------
        pandas.DataFrame
            `rule`, `act`, and `again`: the share of 400 new draws of the towns in which the rule
            chooses the same act. Of equal acts the first one stands.
        """
        values, loss = self.dollars.to_numpy(float), self.regret.to_numpy(float)
        many = len(values)
        key = run_keys(root_key(7), range(AGAIN))
        drawn = [(coins(one, run_keys(one, range(many))) * many).astype(np.intp) for one in key]
        rules = {
            "highest mean": lambda rows: values[rows].mean(axis=0).argmax(),
            "best in its worst town": lambda rows: values[rows].min(axis=0).argmax(),
            "least regret": lambda rows: loss[rows].max(axis=0).argmin(),
        }
        rows = []
        for rule, chosen in rules.items():
            act = chosen(slice(None))
            again = np.mean([chosen(one) == act for one in drawn])
            rows.append((rule, self.dollars.columns[act], float(again)))
        return pd.DataFrame(rows, columns=["rule", "act", "again"])

    def knowing(self, factors: Sequence[str] | None = None) -> pd.DataFrame:
        """Give what it is worth to know each factor before the act is chosen.

        Parameters
        ----------
        factors : sequence of str, optional
            Which are asked about; all without it.

        Returns
        -------
        pandas.DataFrame
            One row a factor, the most valuable first: `factor`; `worth` with its limits, dollars a
            year; the acts chosen if the factor is `low` (a claim: does not hold) and `high` (it
            holds); and `says`. There is no worth where all towns are alike in a factor.

        Notes
        -----
        Knowing means: whether a claim holds, or in which half of its range a parameter lies. The
        acts are chosen in seven eighths of the towns and judged in the rest, so that luck in the
        choice is not taken for worth. It is what knowing was worth to somebody who learned from
        so many towns, and may be negative. Source of the value itself: Raiffa & Schlaifer (1961),
        Applied Statistical Decision Theory; of the limits, which allow for choices learned from
        shared towns: Nadeau & Bengio (2003), Machine Learning 52:239-281. `says` uses
        Bonferroni's level.
        """
        values = self.dollars.to_numpy(float)
        fold = np.arange(len(values)) % FOLDS
        asked = list(self.worlds.columns if factors is None else factors)
        strict = 1 - (1 - self.level) / max(len(asked), 1)
        rows = []
        for factor in asked:
            pick(factor, list(self.worlds.columns), "factor")
            high = _high(factor, self.worlds[factor].to_numpy(float))
            if high.all() or not high.any():
                rows.append((factor, np.nan, np.nan, np.nan, "–", "–", ONE_HALF))
                continue
            gains = _learned(values, high, fold)
            mean, error = gains.mean(), SHARED * gains.std(ddof=1) / len(gains) ** 0.5
            free = len(gains) - 1
            far = student_quantile(self.level, free) * error
            says = TOLD if mean > student_quantile(strict, free) * error else NOT_TOLD
            acts = [self.dollars.columns[_best(values[high == half])] for half in (False, True)]
            rows.append((factor, mean, mean - far, mean + far, *acts, says))
        columns = ["factor", "worth", "worth_lower", "worth_upper", "low", "high", "says"]
        table = pd.DataFrame(rows, columns=columns)
        return table.sort_values("worth", ascending=False, kind="stable", ignore_index=True)

    def everything(self) -> tuple[float, float, float]:
        """Give what it is worth to know the town in full, luck and all: dollars with limits."""
        values = self.dollars.to_numpy(float)
        return mean_interval(values.max(axis=1) - values[:, _best(values)], self.level)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the table does not say by itself."""
        towns, acts = self.dollars.shape
        return (
            f"{acts} acts in {towns} towns, each town on its own luck. The worst town is the worst "
            f"of these {towns}, and worse ones exist.",
            "All sizes are assumptions: signs follow the studies, dollars do not.",
        )


def compare(
    cents: pd.DataFrame, worlds: pd.DataFrame, beside: str | None = None, level: float = 0.95
) -> Choices:
    """Compare acts over many towns.

    Parameters
    ----------
    cents : pandas.DataFrame
        Profits as `simulate` gives them: a row for each town, a column for each act.
    worlds : pandas.DataFrame
        The towns, with the same rows.
    beside : str, optional
        The act beside which the others are judged; the first one without it.
    level : float
        Confidence level.

    Returns
    -------
    Choices

    Raises
    ------
    ValueError
        If there are fewer than 16 towns, or the two tables do not have the same rows.

    Examples
    --------
    >>> import numpy as np
    >>> towns = pd.DataFrame({"claim x": np.arange(32) / 32})
    >>> gain = np.where(towns["claim x"] < 0.5, 9_000, -6_000)
    >>> found = compare(pd.DataFrame({"usual": 0, "new": gain}), towns)
    >>> found.best()["act"].tolist()
    ['new', 'usual', 'new']
    >>> found.knowing()["worth"].round().tolist()
    [30.0]
    """
    if len(cents) < 2 * FOLDS:
        raise ValueError(f"there are {len(cents)} towns, but at least {2 * FOLDS} are needed.")
    if not cents.index.equals(worlds.index):
        raise ValueError("cents and worlds do not have the same rows: give them the same index.")
    if cents.shape[1] < 2:
        raise ValueError("there is 1 act, but at least two are needed to choose.")
    normal_quantile(level)  # refuses what is no level
    chosen = cents.columns[0] if beside is None else pick(beside, list(cents.columns), "act")
    return Choices(cents / 100, worlds, chosen, level)


def _best(values: NDArray[np.float64]) -> int:
    return int(values.mean(axis=0).argmax())


def _high(factor: str, place: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say where a claim holds, or a parameter lies in the upper half of its range."""
    return place < 0.5 if factor.startswith(CLAIM) else place >= 0.5


def _learned(
    values: NDArray[np.float64], high: NDArray[np.bool_], fold: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Give, by town, what choosing by the factor brought more than one choice for all."""
    gains = np.zeros(len(values))
    for one in range(whole(fold.max(), "folds", 1) + 1):
        known = fold != one
        usual = _best(values[known])
        for half in (False, True):
            here = ~known & (high == half)
            seen = known & (high == half)
            act = _best(values[seen]) if seen.any() else usual
            gains[here] = values[here, act] - values[here, usual]
    return gains
