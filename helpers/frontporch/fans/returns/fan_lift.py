"""What fans spend more: compared as they are, adjusted, and by an invitation that a coin gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...counting import bincount
from ...names import pick
from ...result import Result
from ...rounding import above, as_given, decimal, percent
from ...stats.durations import yes_or_no
from ...stats.intervals import normal_quantile
from ..columns import need

WEAK = 10.0
"""First-stage F below which the invitation moved too few (Staiger & Stock 1997)."""
FEWEST = 10
ROWS = ("naive", "regression on the past", "same past purchases", "experiment")


@dataclass(frozen=True, eq=False)
class Lift(Result):
    """What fans spend more than others, by several estimators on the same customers.

    Parameters
    ----------
    estimates : pandas.DataFrame
        One row an estimator: `estimator`, `extra` (money per fan), `lower`, `upper`, `lift`
        (as a share of what a customer spends who is no fan), `lift_lower`, `lift_upper`.
    customers, fans, invited : int
        How many.
    moved : tuple of float
        Share that the invitation made fans (invited less others), with lower and upper limit.
    f : float
        First-stage F: the square of that share by its standard error.
    by_invitation : tuple of float
        What the invited spend more than the others, fans or not, with lower and upper limit.
    p_value : float
        Of the test that being a fan does nothing: nobody spends more for an invitation. It
        keeps its size also where the invitation is weak.
    robust : tuple of float
        Limits of the experiment's `extra` that hold also where the invitation is weak: the
        shortest interval with every value that is not rejected. Infinite where the invitation
        moved so few that there is no end to them.
    level : float
        Confidence level of every interval.
    notes : tuple of str
        What a reader must know, in words.
    """

    estimates: pd.DataFrame
    customers: int
    fans: int
    invited: int
    moved: tuple[float, float, float]
    f: float
    by_invitation: tuple[float, float, float]
    p_value: float
    robust: tuple[float, float]
    level: float = 0.95
    notes: tuple[str, ...] = ()
    estimator: str = "differences of means, least squares, Wald's ratio; robust standard errors"

    PICTURES: ClassVar[dict[str, str]] = {"lift": "frontporch.fans.returns.pictures:plot_lift"}

    def summary(self) -> pd.DataFrame:
        """Show the estimators side by side."""
        return self.estimates.copy()

    def lift(self, estimator: str = "experiment") -> float:
        """Give the lift by one estimator, as a share."""
        return float(self._row(estimator)["lift"])

    def interval(self, estimator: str = "experiment") -> tuple[float, float]:
        """Give the limits of the lift by one estimator, as shares."""
        row = self._row(estimator)
        return float(row["lift_lower"]), float(row["lift_upper"])

    def _row(self, estimator: str) -> pd.Series:
        known = self.estimates.set_index("estimator")
        return known.loc[pick(estimator, list(known.index), "estimator")]

    @property
    def says(self) -> str:
        """What the experiment says, from its interval."""
        low, high = self.robust
        if above(low, 0):
            return "fans buy more because they are fans"
        if above(0, high):
            return "fans buy less because they are fans"
        return "cannot tell"


def lift(
    customers: pd.DataFrame,
    *,
    outcome: str = "spend",
    past: str | None = "past",
    level: float = 0.95,
) -> Lift:
    """Compare fans with others, as they are, adjusted, and by the invitation.

    Parameters
    ----------
    customers : pandas.DataFrame
        One row a customer: `fan` and `invited` (true or false; the invitation given by a coin),
        the outcome, and past purchases where there are any.
    outcome : str
        Column of what is spent afterwards.
    past : str, optional
        Column of purchases before; None where there is none: then nothing is adjusted.
    level : float
        Confidence level.

    Returns
    -------
    Lift

    Raises
    ------
    ValueError
        If a column is missing or has a missing value, or a group has fewer than ten.

    Notes
    -----
    The experiment's estimate is the difference in spend between invited and others divided by
    the difference in fans (Wald 1940; Imbens & Angrist 1994: the effect on those whom the
    invitation made fans, if it does nothing else to anybody). Its interval is that of two-stage
    least squares with robust errors; `robust` are the limits of Anderson & Rubin (1949).

    Examples
    --------
    >>> from frontporch import data
    >>> found = lift(data.load("shop_funnel", table="people"), past=None)
    >>> found.says, found.interval("naive")[0] > 0.3
    ('cannot tell', True)
    """
    y, fan, coin, before = _columns(customers, outcome, past)
    groups = {"fans": fan, "others": ~fan, "invited": coin, "not invited": ~coin}
    for name, group in groups.items():
        if group.sum() < FEWEST:
            raise ValueError(
                f"{group.sum()} customers are {name}: at least {FEWEST} are needed in each group."
            )
    n, z = len(y), normal_quantile(level)
    usual, usual_of = _mean(y, ~fan)
    naive, naive_of = _contrast(y, fan)
    found = {"naive": (naive, naive_of)}
    if before is not None:
        found["regression on the past"] = _regression(y, fan, before)
        found["same past purchases"] = _stratified(y, fan, before)
    moved, moved_of = _contrast(fan.astype(float), coin)
    more, more_of = _contrast(y, coin)
    wald = more / moved if moved else np.nan
    found["experiment"] = (wald, (more_of - wald * moved_of) / moved if moved else y * np.nan)

    rows = []
    for name, (value, of) in found.items():
        reach = z * _error(of)
        ratio = value / usual
        spread = z * _error((of - ratio * usual_of) / usual)
        rows.append(
            (name, value, value - reach, value + reach, ratio, ratio - spread, ratio + spread)
        )
    table = pd.DataFrame(
        rows, columns=["estimator", "extra", "lower", "upper", "lift", "lift_lower", "lift_upper"]
    )
    moved_error, more_error = _error(moved_of), _error(more_of)
    f = (moved / moved_error) ** 2 if moved_error else np.inf
    robust = _anderson_rubin(more, moved, more_of, moved_of, z)
    return Lift(
        table,
        n,
        int(fan.sum()),
        int(coin.sum()),
        (moved, moved - z * moved_error, moved + z * moved_error),
        f,
        (more, more - z * more_error, more + z * more_error),
        _p_value(more / more_error if more_error else 0.0),
        robust,
        level,
        _notes(f, moved, robust, level),
    )


def _notes(f: float, moved: float, robust: tuple[float, float], level: float) -> tuple[str, ...]:
    notes = []
    if f < WEAK:
        notes.append(
            f"The invitation is a weak instrument: it made {percent(moved, 1, signed=True)} fans, "
            f"F = {decimal(f, 1)} where {as_given(WEAK)} is the least. The experiment's estimate "
            "and its interval cannot be relied upon; the test and the robust limits can. Invite "
            "more people, or more warmly."
        )
    if not np.isfinite(robust).all():
        notes.append(f"At {percent(level)} there is no effect so large that the data exclude it.")
    return tuple(notes)


def _anderson_rubin(
    more: float, moved: float, more_of: NDArray, moved_of: NDArray, z: float
) -> tuple[float, float]:
    """Values b at which spend less b times fan does not differ between invited and others."""
    v_y, v_f = _error(more_of) ** 2, _error(moved_of) ** 2
    v_yf = float(more_of @ moved_of) / len(more_of) ** 2
    a, b, c = moved**2 - z**2 * v_f, more * moved - z**2 * v_yf, more**2 - z**2 * v_y
    inside = b**2 - a * c
    if a <= 0 or inside < 0:
        return -np.inf, np.inf
    return (b - np.sqrt(inside)) / a, (b + np.sqrt(inside)) / a


def _mean(y: NDArray, group: NDArray) -> tuple[float, NDArray]:
    """Mean of a group, and what each customer contributes to its error."""
    mean = float(y[group].mean())
    return mean, np.where(group, (y - mean) / group.mean(), 0.0)


def _contrast(y: NDArray, group: NDArray) -> tuple[float, NDArray]:
    (first, first_of), (second, second_of) = _mean(y, group), _mean(y, ~group)
    return first - second, first_of - second_of


def _regression(y: NDArray, fan: NDArray, past: NDArray) -> tuple[float, NDArray]:
    """Coefficient of being a fan beside past purchases, by least squares."""
    others = np.column_stack([np.ones(len(y)), past])
    part = fan - others @ np.linalg.lstsq(others, fan.astype(float), rcond=None)[0]
    left = y - others @ np.linalg.lstsq(others, y, rcond=None)[0]
    value = float(part @ left / (part @ part))
    return value, part * (left - value * part) / np.mean(part**2)


def _stratified(y: NDArray, fan: NDArray, past: NDArray) -> tuple[float, NDArray]:
    """Difference within equal numbers of past purchases, weighed as fans are distributed."""
    # Where a number has no customer to compare with, it is joined to the one below.
    value, which = np.unique(past, return_inverse=True)
    fans, rest = bincount(which, fan), bincount(which, ~fan)
    label, held = np.zeros(len(value), int), [0.0, 0.0]
    for k in range(len(value)):
        label[k] = label[k - 1] if k else 0
        if k and min(held) >= FEWEST and fans[k:].sum() >= FEWEST and rest[k:].sum() >= FEWEST:
            label[k] += 1
            held = [0.0, 0.0]
        held = [held[0] + fans[k], held[1] + rest[k]]
    stratum = label[which]
    sizes = bincount(stratum)
    among = bincount(stratum, fan) / sizes
    mean_fan = bincount(stratum, y * fan) / (sizes * among)
    mean_rest = bincount(stratum, y * ~fan) / (sizes * (1 - among))
    gap = mean_fan - mean_rest
    share = fan.mean()
    total = float((gap * among * sizes).sum() / fan.sum())
    odds = (among / (1 - among))[stratum]
    of = (
        np.where(
            fan, y - mean_fan[stratum] + gap[stratum] - total, -odds * (y - mean_rest[stratum])
        )
        / share
    )
    return total, of


def _error(of: NDArray) -> float:
    return float(np.sqrt(np.mean(of**2) / len(of)))


def _p_value(ratio: float) -> float:
    from math import erfc, sqrt

    return erfc(abs(ratio) / sqrt(2))


def _columns(
    customers: pd.DataFrame, outcome: str, past: str | None
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], NDArray | None]:
    wanted = [outcome, "fan", "invited"] + ([past] if past else [])
    need(customers, wanted, "the customers have", "customer")
    y = customers[outcome].to_numpy(float)
    before = customers[past].to_numpy(float) if past else None
    return y, *(yes_or_no(customers[name], name) for name in ("fan", "invited")), before
