"""How a brand answers what a customer tells: a policy is a plain function of depth."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeAlias

from ...rounding import as_given

Policy: TypeAlias = Callable[[float], float]
"""From the depth of what the customer tells (0 to 1) to the depth at which a brand answers."""


def in_kind(share: float) -> Policy:
    """Make the policy that answers a share of what it hears; 1 is like for like.

    Examples
    --------
    >>> in_kind(0.5)(0.4)
    0.2
    """
    return lambda depth: share * depth


def by_the_script(depth: float) -> Policy:
    """Make the policy that answers everybody alike, whatever they tell.

    Examples
    --------
    >>> by_the_script(0.1)(0.9)
    0.1
    """
    return lambda _depth: depth


def once_told(threshold: float, depth: float) -> Policy:
    """Make the policy that keeps to small talk until the customer has told something.

    Parameters
    ----------
    threshold : float
        Depth from which on the brand answers.
    depth : float
        How deep it answers then.

    Examples
    --------
    >>> once_told(0.3, 0.5)(0.2), once_told(0.3, 0.5)(0.4)
    (0.0, 0.5)
    """
    return lambda told: depth if told >= threshold else 0.0


def tried(policy: Policy) -> None:
    """Try a policy on three depths, so that a mistake is met before a long run.

    Raises
    ------
    ValueError
        If it fails or answers something that is no depth; the message names the step.

    Examples
    --------
    >>> tried(in_kind(0.8))
    """
    for depth in (0.0, 0.5, 1.0):
        try:
            answer = float(policy(depth))
        except Exception as error:
            raise ValueError(
                f"the policy failed at depth {as_given(depth)}: {type(error).__name__}: {error}"
            ) from error
        if not 0 <= answer < math.inf:
            raise ValueError(
                f"the policy answers {answer} to depth {as_given(depth)}, but an answer is a depth "
                "from 0 up, such as 0.5."
            )
