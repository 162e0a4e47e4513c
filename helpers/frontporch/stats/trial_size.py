"""How large a trial of two shares must be, and what a trial of some size can find."""

from __future__ import annotations

import math
from statistics import NormalDist

from .intervals import normal_quantile


def power(usual: float, tried: float, each: int, *, level: float = 0.95) -> float:
    """Give the probability that a trial's interval leaves out "no difference".

    Parameters
    ----------
    usual, tried : float
        True shares that reach the goal in the arms, between 0 and 1.
    each : int
        How many in each arm.
    level : float
        Confidence level of the interval.

    Returns
    -------
    float

    Notes
    -----
    Normal approximation with the variances of the two shares; everyone is observed to the
    end. Where the shares are equal this is one minus the level. Source: Fleiss, Levin & Paik
    (2003), Statistical Methods for Rates and Proportions, chapter 4.

    Examples
    --------
    >>> round(power(0.20, 0.26, 800), 3)
    0.816
    """
    error = math.sqrt(_variance(usual, tried) / _whole(each, "each"))
    shift, z, normal = abs(tried - usual) / error, normal_quantile(level), NormalDist()
    return normal.cdf(shift - z) + normal.cdf(-shift - z)


def sample_size(usual: float, tried: float, *, power: float = 0.8, level: float = 0.95) -> int:
    """Give how many each arm of a trial needs.

    Parameters
    ----------
    usual, tried : float
        Shares that reach the goal, between 0 and 1; the smallest difference worth finding.
    power : float
        Probability of finding it, between 0 and 1.
    level : float
        Confidence level of the interval.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If there is no difference to be found.

    Examples
    --------
    >>> sample_size(0.20, 0.26)
    769
    """
    if not 0 < power < 1:
        raise ValueError(f"power is {power}, but a share between 0 and 1 is needed, such as 0.8.")
    variance = _variance(usual, tried)
    if usual == tried:
        raise ValueError("usual and tried are the same: no size finds a difference of nothing.")
    z = normal_quantile(level) + NormalDist().inv_cdf(power)
    return math.ceil(max(z, 0.0) ** 2 * variance / (tried - usual) ** 2) or 1


def _variance(usual: float, tried: float) -> float:
    for name, value in (("usual", usual), ("tried", tried)):
        if not 0 < value < 1:
            raise ValueError(f"{name} is {value}, but a share between 0 and 1 is needed.")
    return usual * (1 - usual) + tried * (1 - tried)


def _whole(value: int, name: str) -> int:
    if not value >= 1 or value != math.floor(value):
        raise ValueError(f"{name} is {value!r}, but must be a whole number from 1 up.")
    return int(value)
