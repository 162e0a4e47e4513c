"""Conversions from a table of people, and the customers that an invitation has won."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...citing import cited
from ...rounding import as_given
from ...stats.durations import yes_or_no
from ..columns import need
from .shares import Shares, count_shares, share_difference

COLUMNS = ("arrived", "became_fan", "first_bought")


def customers_won(people: pd.DataFrame, *, level: float = 0.95) -> tuple[float, float, float]:
    """Give how many customers an invitation by a coin has won, with its interval.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person: `invited` and `customer`, true or false.
    level : float
        Confidence level.

    Returns
    -------
    customers, lower, upper : float
        The difference in the share of customers, times the number of the invited: those who
        would not have come without the invitation.

    Examples
    --------
    >>> from frontporch.fans import Funnel
    >>> won, lower, upper = customers_won(Funnel(fan_effect=3.0).simulate(7).people)
    >>> lower > 0
    True
    """
    need(people, ("invited", "customer"), "the people have")
    invited, customer = (yes_or_no(people[name], name) for name in ("invited", "customer"))
    asked, others = ((int(customer[one].sum()), int(one.sum())) for one in (invited, ~invited))
    if not (asked[1] and others[1]):
        raise ValueError("everybody was invited, or nobody: there is nothing to compare with.")
    gap, low, high = share_difference(asked, others, level)
    return gap * asked[1], low * asked[1], high * asked[1]


@cited
def conversions(
    people: pd.DataFrame, within: float = 12.0, *, until: float = 52.0, level: float = 0.95
) -> Shares:
    """Count each step of the funnel among those who were seen long enough.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a person, with `arrived`, `became_fan` and `first_bought` (weeks; missing: not
        yet).
    within : float
        Weeks that everybody is given for a step. Who was seen for less is left out of it, and
        what came later does not count: else whoever came last looks worst.
    until : float
        Week at which the observation ended.
    level : float
        Confidence level.

    Returns
    -------
    Shares
        Of the people who were seen long enough, those who took each step: strangers who become
        fans, strangers who become customers, fans who had not bought and do so, customers who
        were no fans and become fans; and, of the customers, those who had been fans before their
        first purchase.

    Raises
    ------
    ValueError
        If a column is missing, or a time is out of order or after the end.

    Examples
    --------
    >>> import pandas as pd
    >>> people = pd.DataFrame({"arrived": [0.0, 1.0, 50.0], "became_fan": [2.0, None, None],
    ...                        "first_bought": [5.0, 40.0, None]})
    >>> conversions(people).summary()[["step", "of", "events"]].head(2).to_dict("records")
    [{'step': 'stranger to fan', 'of': 2, 'events': 1}, \
{'step': 'stranger to customer', 'of': 2, 'events': 1}]
    """
    arrived, fan, bought = read_times(people, until)
    if not 0 < within <= until:
        raise ValueError(
            f"within is {within}, but must be above 0 and up to {as_given(until)} weeks."
        )
    fan_first, bought_first = fan < bought, bought < fan  # missing is never first
    fan_first |= ~np.isnan(fan) & np.isnan(bought)
    bought_first |= ~np.isnan(bought) & np.isnan(fan)
    everybody = np.ones(len(people), bool)
    steps = {
        "stranger to fan": (everybody, arrived, fan),
        "stranger to customer": (everybody, arrived, bought),
        "fan to customer": (fan_first, fan, bought),
        "customer to fan": (bought_first, bought, fan),
    }
    rows = []
    for name, (entered, start, end) in steps.items():
        seen = entered & (start + within <= until)
        done = seen & (end - start <= within)
        rows.append((name, int(seen.sum()), int(done.sum())))
    customers = ~np.isnan(bought)
    before = int((customers & fan_first).sum())
    rows.append(("of the customers, fans before they bought", int(customers.sum()), before))
    return count_shares(rows, level)


def read_times(people: pd.DataFrame, until: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give arrival, week of becoming a fan and of the first purchase, checked.

    Raises
    ------
    ValueError
        If a column is missing, or a time is out of order or after the end.
    """
    need(people, COLUMNS, "the people have")
    arrived, fan, bought = (
        pd.to_numeric(people[name], errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        for name in COLUMNS
    )
    if not len(people):
        raise ValueError("the people have no row: nothing can be counted.")
    end = as_given(until)
    remedies = (
        *(
            (
                name,
                np.isnan(at) & people[name].notna().to_numpy(),
                "is no number: give weeks as 1.5",
            )
            for name, at in zip(COLUMNS, (arrived, fan, bought), strict=True)
        ),
        ("arrived", np.isnan(arrived), "is missing: everybody arrived some time"),
        ("arrived", arrived < 0, "is before the observation began, at 0: count weeks from there"),
        ("became_fan", fan < arrived, "is before the arrival: look which of the two is wrong"),
        ("first_bought", bought < arrived, "is before the arrival: look which is wrong"),
        *(
            (name, at > until, f"is after the end, week {end}: say until when people were seen")
            for name, at in zip(COLUMNS, (arrived, fan, bought), strict=True)
        ),
    )
    for name, wrong, said in remedies:
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise ValueError(f"row {row + 1}: {name} is {people[name].iloc[row]}, which {said}.")
    return arrived, fan, bought
