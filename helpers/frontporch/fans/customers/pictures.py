"""Pictures of customers: what came beside what was expected, and what customers are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from ... import look
from ...rounding import decimal
from .estimate import CustomerEstimate
from .holdout_sample import Holdout

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_holdout(held: Holdout, ax: Axes | None = None, *, most: int = 7) -> Axes:
    """Draw purchases per customer in the second part by purchases in the first.

    Parameters
    ----------
    held : Holdout
        A forecast and what came.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    most : int
        Customers with so many repeat purchases, or more, are one point.

    Returns
    -------
    matplotlib Axes
    """
    table = held.summary(most)
    with look.frame(
        ax,
        xlabel="repeat purchases in the first part",
        ylabel=f"purchases per customer\nin the next {decimal(held.weeks)} weeks",
        ylim=(0, None),
        names=True,
    ) as ax:
        at = np.arange(len(table))
        named = {
            "counted": "counted",
            "expected": held.bought.model,
            "last_rate": "rate so far, carried on",
        }
        for k, (column, name) in enumerate(named.items()):
            ax.plot(at, table[column], label=name, **look.series(k))
        ax.set_xticks(at, table["frequency"])
    return ax


def plot_mean_purchases(
    bought: CustomerEstimate, ax: Axes | None = None, *, weeks: ArrayLike | None = None
) -> Axes:
    """Draw repeat purchases of a new customer by weeks since the first, with their interval.

    Parameters
    ----------
    bought : CustomerEstimate
        How customers buy and leave.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.
    weeks : array_like of float, optional
        Weeks since the first purchase; up to twice the longest observation without it.

    Returns
    -------
    matplotlib Axes
    """
    if weeks is None:
        weeks = np.linspace(0, 2 * bought.buyers.age.max(), 60)
    table = bought.mean_purchases(weeks)
    with look.frame(
        ax,
        xlabel="weeks since the first purchase",
        ylabel="repeat purchases per customer",
        ylim=(0, None),
        names=True,
    ) as ax:
        look.curve(ax, 0, table["weeks"], table["purchases"], label=bought.model)
        look.band(ax, 0, table["weeks"], table["lower"], table["upper"])
    return ax


def plot_lifetime_value(values: ArrayLike, *, currency: str, ax: Axes | None = None) -> Axes:
    """Draw what share of all value the most valuable customers bring.

    Parameters
    ----------
    values : array_like of float, shape (customers,)
        Value of each customer, from 0 up.
    currency : str
        In what it is counted, such as "US dollars".
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    sorted_values = np.sort(np.asarray(values, float))[::-1]
    if not len(sorted_values) or not sorted_values.sum() > 0 or sorted_values[-1] < 0:
        raise ValueError("values must be numbers from 0 up, not all of them 0.")
    share = np.r_[0, np.cumsum(sorted_values)] / sorted_values.sum()
    people = np.linspace(0, 1, len(share))
    with look.frame(
        ax,
        xlabel="customers, most valuable first",
        ylabel="share of all value to come",
        title=f"{decimal(sorted_values.mean())} {currency} per customer on average",
        percent="xy",
        names=True,
    ) as ax:
        look.curve(ax, 0, people, share, label="customers, most valuable first")
        look.curve(ax, 1, [0, 1], [0, 1], label="all worth the same")
    return ax
