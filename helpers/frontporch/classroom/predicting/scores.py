"""Proper scores: nobody expects a better one by saying anything but what they believe."""

from __future__ import annotations

import math

from ...rounding import decimal


def brier(sure: float, right: bool, choices: int) -> float:
    """Score a choice and how sure somebody was of it; 0 is best, 1 is worst.

    What is left over counts as shared evenly among the other choices.

    Parameters
    ----------
    sure : float
        Per cent sure, from a mere guess (100 shared among all choices) to 100.
    right : bool
        Whether the choice was right.
    choices : int
        Among how many it was made, 2 or more.

    Returns
    -------
    float
        Half the sum of squared differences between the probabilities and what came out: among
        two choices the squared difference of one of them.

    Raises
    ------
    ValueError
        If there are fewer than two choices, or `sure` is less than a guess or above 100.

    Notes
    -----
    Source: Brier (1950), Monthly Weather Review 78:1-3, equation 2, there not halved. Strictly
    proper among probabilities that are even over the other choices; to choose what one believes
    less, and to say so, gains nothing.

    Examples
    --------
    >>> round(brier(70, True, choices=2), 3), round(brier(70, False, choices=2), 3)
    (0.09, 0.49)
    >>> brier(50, True, choices=2)
    0.25
    """
    if choices < 2:
        raise ValueError(f"choices is {choices}: a score needs two or more.")
    if not 100 / choices - 1e-9 <= sure <= 100:
        raise ValueError(
            f"sure is {sure} per cent, but from {decimal(100 / choices, 1)} (a guess of {choices}) "
            "to 100."
        )
    said = sure / 100
    other = (1 - said) / (choices - 1)
    if right:
        return ((1 - said) ** 2 + (choices - 1) * other**2) / 2
    return (said**2 + (1 - other) ** 2 + (choices - 2) * other**2) / 2


def interval_score(low: float, high: float, truth: float, sure: float) -> float:
    """Score a range: its width, and a penalty for a truth outside it; lower is better.

    Parameters
    ----------
    low, high : float
        The range, in the unit of the truth.
    truth : float
        What came out.
    sure : float
        Per cent sure that the truth lies in the range, above 0 and below 100.

    Returns
    -------
    float
        In the unit of the truth. A truth outside costs 2 / (1 - sure / 100) times its distance
        from the range: 10 times at 80 per cent.

    Raises
    ------
    ValueError
        If low is above high, or `sure` not between 0 and 100.

    Notes
    -----
    Source: Gneiting & Raftery (2007), Journal of the American Statistical Association
    102:359-378, equation 43. Proper: best expected where as much is left over below as above.

    Examples
    --------
    >>> interval_score(10, 30, truth=25, sure=80)
    20.0
    >>> round(interval_score(10, 30, truth=35, sure=80), 9)
    70.0
    """
    if not 0 < sure < 100:
        raise ValueError(f"sure is {sure} per cent, but above 0 and below 100.")
    if not low <= high:
        raise ValueError(f"the range goes from {low} to {high}: low must not be above high.")
    left_over = 1 - sure / 100
    outside = max(low - truth, truth - high, 0.0)
    return float(high - low + 2 / left_over * outside)


def share_interval(count: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Give an interval for a share that never holds the truth less often than it says.

    Parameters
    ----------
    count : float
        How many of n; a part where single ones count in part.
    n : int
        Of how many, 1 or more.
    level : float
        Confidence level.

    Returns
    -------
    tuple of float
        Lower and upper limit, from 0 to 1.

    Raises
    ------
    ValueError
        If count is not from 0 to n, or n below 1.

    Notes
    -----
    Source: Clopper & Pearson (1934), Biometrika 26:404-413. Parts of a count vary less than
    whole ones of the same mean, so that the interval stays on the safe side.

    Examples
    --------
    >>> [round(limit, 3) for limit in share_interval(3, 4)]
    [0.194, 0.994]
    """
    from scipy.special import betaincinv

    if n < 1 or not 0 <= count <= n or math.isnan(count):
        raise ValueError(f"{count} of {n} is no share.")
    tail = (1 - level) / 2
    lower = float(betaincinv(count, n - count + 1, tail)) if count > 0 else 0.0
    upper = float(betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0
    return lower, upper
