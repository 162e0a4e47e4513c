"""What fans spend more: compared as they are, adjusted, and by an invitation that a coin gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ...citing import cited
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
    excluded : tuple of float or None
        Where a weak invitation leaves two rays, the values between them, all of which are
        rejected.
    usual : float
        What a customer spends who is not a fan.
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
    excluded: tuple[float, float] | None = None
    usual: float = np.nan

    PICTURES: ClassVar[dict[str, str]] = {"lift": "frontporch.fans.returns.pictures:plot_lift"}

    @property
    def robust_set(self) -> tuple[tuple[float, float], ...]:
        """Values of the experiment's `extra` that are not rejected: an interval, or two rays."""
        if self.excluded is None:
            return (self.robust,)
        return (self.robust[0], self.excluded[0]), (self.excluded[1], self.robust[1])

    def summary(self) -> pd.DataFrame:
        """Show the estimators side by side; a weak invitation adds its robust limits.

        Robust limits that are two rays take two rows.
        """
        table = self.estimates.copy()
        if not self.f < WEAK:
            return table
        missing, usual = np.nan, self.usual
        rows = [
            ("experiment, robust", missing, low, high, missing, low / usual, high / usual)
            for low, high in self.robust_set
        ]
        return pd.concat([table, pd.DataFrame(rows, columns=table.columns)], ignore_index=True)

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
        if self.excluded and above(0, self.excluded[0]) and above(self.excluded[1], 0):
            return "being a fan changes what they buy; more or less, we cannot tell"
        return "cannot tell"


@cited
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
            who = "1 customer is" if group.sum() == 1 else f"{group.sum()} customers are"
            raise ValueError(f"{who} {name}: at least {FEWEST} are needed in each group.")
    n, z = len(y), normal_quantile(level)
    # In a unit of its own, so that no square over- or underflows; a power of 2 rounds nothing.
    unit = 2.0 ** int(np.frexp(np.abs(y).max() or 1.0)[1])
    y = y / unit
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

    rows = [_row(name, *one, usual, usual_of, z) for name, one in found.items()]
    table = pd.DataFrame(
        rows, columns=["estimator", "extra", "lower", "upper", "lift", "lift_lower", "lift_upper"]
    )
    table[["extra", "lower", "upper"]] *= unit
    moved_error, more_error = _error(moved_of), _error(more_of)
    f = (moved / moved_error) ** 2 if moved_error else np.inf
    robust, excluded = _anderson_rubin(more, moved, more_of, moved_of, z)
    robust, excluded = _times(robust, unit), excluded and _times(excluded, unit)
    notes = (
        *_notes(f, moved, robust, excluded, level),
        *_nothing_told(_all_alike(y, fan), usual, moved),
    )
    if _all_alike(y, fan):
        table[["lower", "upper", "lift_lower", "lift_upper"]], robust = np.nan, (np.nan, np.nan)
    return Lift(
        table,
        n,
        int(fan.sum()),
        int(coin.sum()),
        (moved, moved - z * moved_error, moved + z * moved_error),
        f,
        _times((more, more - z * more_error, more + z * more_error), unit),
        _p_value(more / more_error if more_error else 0.0),
        robust,
        level,
        notes,
        excluded=excluded,
        usual=usual * unit,
    )


def _times(ends: tuple, unit: float) -> tuple:
    return tuple(float(one * unit) for one in ends)


def _row(
    name: str, value: float, of: NDArray, usual: float, usual_of: NDArray, z: float
) -> tuple[str | float, ...]:
    """Give an estimate with its limits, as money and as a share of what others spend."""
    reach = z * _error(of)
    limits = (value, value - reach, value + reach)
    if not usual:
        return (name, *limits, np.nan, np.nan, np.nan)
    ratio = value / usual
    spread = z * _error((of - ratio * usual_of) / usual)
    return (name, *limits, ratio, ratio - spread, ratio + spread)


def _all_alike(y: NDArray, fan: NDArray) -> bool:
    return not max(np.ptp(y[fan]), np.ptp(y[~fan]))


def _nothing_told(alike: bool, usual: float, moved: float) -> list[str]:
    """Say why numbers are missing."""
    notes = []
    if alike:
        notes.append(
            "All fans spend the same, and so do all others: nothing tells how sure the estimates "
            "are."
        )
    if not usual:
        notes.append("Others spend nothing on average: there is no lift as a share of it.")
    if not moved:
        notes.append(
            "As many of the invited are fans as of the others: the experiment has no estimate."
        )
    return notes


def _notes(
    f: float,
    moved: float,
    robust: tuple[float, float],
    excluded: tuple[float, float] | None,
    level: float,
) -> tuple[str, ...]:
    notes = []
    if f < WEAK:
        notes.append(
            f"The invitation is a weak instrument: it made {percent(moved, 1, signed=True)} fans, "
            f"F = {decimal(f, 1)} where {as_given(WEAK)} is the least. The experiment's estimate "
            "and its interval cannot be relied upon; the test and the robust limits can. Invite "
            "more people, or more warmly."
        )
    if excluded is not None:
        low, high = (decimal(one, 2) for one in excluded)
        notes.append(
            f"At {percent(level)} the robust limits are two rays: the data exclude effects between "
            f"{low} and {high}, and none outside."
        )
    elif not np.isfinite(robust).all():
        notes.append(f"At {percent(level)} there is no effect so large that the data exclude it.")
    return tuple(notes)


def _anderson_rubin(
    more: float, moved: float, more_of: NDArray, moved_of: NDArray, z: float
) -> tuple[tuple[float, float], tuple[float, float] | None]:
    """Values b at which spend less b times fan does not differ between invited and others.

    Returns
    -------
    limits : tuple of float
        Of the shortest interval with all of them.
    excluded : tuple of float or None
        Limits of what lies between two rays.
    """
    v_y, v_f = _error(more_of) ** 2, _error(moved_of) ** 2
    v_yf = float(more_of @ moved_of) / len(more_of) ** 2
    a, b, c = moved**2 - z**2 * v_f, more * moved - z**2 * v_yf, more**2 - z**2 * v_y
    inside = b**2 - a * c
    if inside <= 0 and a <= 0:
        return (-np.inf, np.inf), None
    # The root that is far from 0 first, so that neither is a difference of equals.
    far = b + np.copysign(np.sqrt(max(inside, 0.0)), b)
    roots = [far / a if a else np.copysign(np.inf, b), c / far if far else 0.0]
    low, high = float(min(roots)), float(max(roots))
    if a >= 0:
        return (low, high), None
    return (-np.inf, np.inf), (low, high)


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
    for name in [outcome, past] if past else [outcome]:
        wrong = np.flatnonzero(~np.isfinite(customers[name].to_numpy(float)))
        if len(wrong):
            raise ValueError(
                f"row {wrong[0] + 1}: {name} is infinite, but a number is needed. Correct it, or "
                "leave the customer out."
            )
    y = customers[outcome].to_numpy(float)
    before = customers[past].to_numpy(float) if past else None
    return y, *(yes_or_no(customers[name], name) for name in ("fan", "invited")), before
