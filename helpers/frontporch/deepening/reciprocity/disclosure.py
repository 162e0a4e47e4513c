"""How deep two people open up to each other, exchange by exchange: a linear equation."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...rounding import as_given, decimal
from .policy import Policy, tried

LONG_RUN = 10_000.0
"""Exchanges after which a path that settles at all has settled."""


@dataclass(frozen=True)
class Disclosure:
    """Two people who tell each other more, the more they are told.

    Each moves towards what they would tell of their own accord, plus a part of what they hear:
    ẋ_A = κ(b_A + ρ_A x_B + λ c − x_A), likewise B, and closeness ċ = α x_A x_B (1 − c) − δ c.

    Parameters
    ----------
    base : tuple of 2 floats
        b: depth that each would tell of their own accord, from 0 (small talk) to 1.
    reciprocity : tuple of 2 floats
        ρ: how much each answers a step of the other, from 0 up; 1 is like for like. The
        second is not used where a policy answers.
    speed : float
        κ: how fast each moves towards it, per exchange.
    warmth : float
        λ: how much deeper full closeness makes both aim, from 0 up.
    growth, cooling : float
        α and δ: how fast closeness grows where both open up, and cools, per exchange.
    limits : tuple of 2 floats
        Depth beyond which each does not aim: 1 is the norm of maximal intimacy, infinity none.
    policy : callable, optional
        Brand mode: how deep the second answers, as a plain function of the first's depth,
        such as `in_kind(0.8)`; it takes the place of ρ_B x_A.

    Notes
    -----
    κ is known only up to what counts as one exchange. That depth follows depth is of Altman &
    Taylor (1973), Social Penetration; the equation is the kit's.

    Examples
    --------
    >>> pair = Disclosure(base=(0.2, 0.3), reciprocity=(0.5, 0.6))
    >>> pair.rest_point().round(10).tolist()
    [0.5, 0.6]
    >>> pair.eigenvalues().round(7).tolist()
    [-0.4522774, -1.5477226]
    """

    base: tuple[float, float] = (0.2, 0.3)
    reciprocity: tuple[float, float] = (0.5, 0.6)
    speed: float = 1.0
    warmth: float = 0.0
    growth: float = 0.2
    cooling: float = 0.05
    limits: tuple[float, float] = (1.0, 1.0)
    policy: Policy | None = None

    def __post_init__(self) -> None:
        """Check every number, and try the policy on a small case."""
        for name in ("base", "reciprocity", "limits"):
            object.__setattr__(self, name, _two(getattr(self, name), name))
        for name in ("speed", "warmth", "growth", "cooling"):
            value = getattr(self, name)
            if not (0 <= value < math.inf and (value > 0 or name != "speed")):
                raise ValueError(f"{name} is {value}, but must be a number from 0 up, such as 0.2.")
        if max(self.base) > 1 or not min(self.limits) > 0:
            raise ValueError(
                f"base is {self.base} and limits {self.limits}, but base is two depths from 0 to "
                "1, and limits are above 0: 1, or infinity for none."
            )
        if self.policy is not None:
            tried(self.policy)

    @classmethod
    def with_brand(
        cls,
        policy: Policy,
        *,
        customer: float = 0.2,
        reciprocity: float = 0.6,
        brand: float = 0.05,
        cap: float = 0.6,
        speed: float = 1.0,
    ) -> Disclosure:
        """Pair a customer with a brand that answers by a policy.

        Parameters
        ----------
        policy : callable
            How deep the brand answers, as a plain function of the customer's depth.
        customer, brand : float
            Depth of their own accord, 0 to 1; a brand's is small.
        reciprocity : float
            How much the customer answers a step of the brand.
        cap : float
            Depth beyond which the brand does not go.
        speed : float
            Per exchange.

        Examples
        --------
        >>> from frontporch.deepening.reciprocity.policy import in_kind
        >>> talk = Disclosure.with_brand(in_kind(0.8))
        >>> talk.settles_at().round(3).tolist()
        [0.442, 0.404]
        """
        return cls((customer, brand), (reciprocity, 0.0), speed, limits=(1.0, cap), policy=policy)

    @property
    def escalates(self) -> bool:
        """Whether disclosure would rise without bound but for a norm: ρ_A ρ_B of 1 or more."""
        self._linear_only("escalation")
        return math.prod(self.reciprocity) >= 1

    def rest_point(self) -> NDArray[np.float64]:
        """Give the depths at which neither moves any more, as if there were no limits.

        Returns
        -------
        numpy.ndarray of float, shape (2,)
            x*_A = (b_A + ρ_A b_B) / (1 − ρ_A ρ_B), likewise B. It may lie beyond a limit:
            `settles_at` knows of limits.

        Raises
        ------
        ValueError
            If disclosure escalates, so that there is none, or has no closed form.
        """
        self._linear_only("a closed-form rest point")
        (b, c), (r, s) = self.base, self.reciprocity
        if r * s >= 1:
            raise ValueError(self.in_words())
        return np.array([b + r * c, c + s * b]) / (1 - r * s)

    def eigenvalues(self) -> NDArray[np.float64]:
        """Give the two rates at which a disturbance changes, per exchange, the slow one first.

        Returns
        -------
        numpy.ndarray of float, shape (2,)
            κ(−1 ± √(ρ_A ρ_B)); the first is 0 or more where disclosure escalates.
        """
        self._linear_only("an eigenvalue")
        root = math.sqrt(math.prod(self.reciprocity))
        return self.speed * np.array([root - 1, -root - 1])

    def in_words(self) -> str:
        """Say what becomes of the two, in a sentence or two.

        Examples
        --------
        >>> print(Disclosure(reciprocity=(1.1, 1.0)).in_words())
        Disclosure escalates without bound: a step is answered by 1.1 × 1 = 1.1 of itself when \
it comes back, which is 1 or more. Only a norm of what is too intimate ends it.
        """
        r, s = self.reciprocity
        both = f"{as_given(r)} × {as_given(s)} = {as_given(r * s)}"
        back = f"a step is answered by {both} of itself when it comes back"
        if self.escalates:
            return (
                f"Disclosure escalates without bound: {back}, which is 1 or more. Only a norm of "
                "what is too intimate ends it."
            )
        one, other = self.rest_point()
        half = math.log(2) / -self.eigenvalues()[0]
        return (
            f"Disclosure settles at {decimal(one, 2)} and {decimal(other, 2)}: {back}, which is "
            f"less than 1. Half of what is left of the way takes {decimal(half, 1)} exchanges."
        )

    def aims(
        self, first: ArrayLike, second: ArrayLike, closeness: ArrayLike = 0.0
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the depth towards which each moves, given how deep both are.

        Parameters
        ----------
        first, second, closeness : array_like of float
            Depths and closeness, 0 to 1.
        """
        first, second = np.asarray(first, float), np.asarray(second, float)
        warm = self.warmth * np.asarray(closeness, float)
        if self.policy is None:
            answer = self.reciprocity[1] * first
        else:
            answer = np.reshape([float(self.policy(float(x))) for x in first.ravel()], first.shape)
        return (
            np.minimum(self.base[0] + self.reciprocity[0] * second + warm, self.limits[0]),
            np.minimum(self.base[1] + answer + warm, self.limits[1]),
        )

    def path(
        self,
        exchanges: float | Iterable[float] = 20.0,
        start: tuple[float, float] = (0.0, 0.0),
        closeness: float = 0.0,
    ) -> pd.DataFrame:
        """Follow both from exchange to exchange.

        Parameters
        ----------
        exchanges : float or iterable of float
            How far, in 101 points, or at which exchanges, rising from 0 up.
        start : tuple of 2 floats
            Depths at the beginning, from 0 to the limits.
        closeness : float
            At the beginning, 0 to 1.

        Returns
        -------
        pandas.DataFrame
            `exchange`, `first`, `second`, `closeness`.

        Notes
        -----
        Exact, by the matrix exponential, where nothing but ρ is at work and no aim can pass
        its limit; integrated to a relative 1e-8 otherwise. A limit holds what is aimed at: a
        path nears it and never jumps.

        Examples
        --------
        >>> Disclosure(speed=0.5).path([0, 10, 40])["first"].round(4).tolist()
        [0.0, 0.4454, 0.4999]
        """
        if isinstance(exchanges, Iterable):
            at = np.array(list(exchanges), np.float64)
        else:
            at = np.linspace(0, float(exchanges), 101)
        if not (len(at) and at[0] >= 0 and (np.diff(at) >= 0).all() and np.isfinite(at).all()):
            raise ValueError("exchanges must be a number, or rising numbers, from 0 up.")
        begin = np.array(_two(start, "start"))
        if (begin > self.limits).any() or not 0 <= closeness <= 1:
            raise ValueError(f"start is {start}, but lies between 0 and the limits {self.limits}.")
        if self._stays_linear() and self.growth == 0 == closeness:
            found = np.column_stack([_exact(self, at, begin), np.zeros(len(at))])
        else:
            found = _integrated(self, at, np.append(begin, closeness))
            if self._stays_linear():
                found[:, :2] = _exact(self, at, begin)
        frame = pd.DataFrame(found, columns=["first", "second", "closeness"])
        frame.insert(0, "exchange", at)
        return frame

    def settles_at(self, start: tuple[float, float] = (0.0, 0.0)) -> NDArray[np.float64]:
        """Give the depths at which a path ends: limits, closeness and policy included.

        Returns
        -------
        numpy.ndarray of float, shape (2,)

        Raises
        ------
        ValueError
            If nothing limits an escalation.
        """
        if not np.isfinite(self.limits).all() and self._linear and self.escalates:
            raise ValueError(self.in_words())
        return self.path([0.0, LONG_RUN / self.speed], start).iloc[-1, 1:3].to_numpy(float)

    @property
    def _linear(self) -> bool:
        return self.policy is None and self.warmth == 0

    def _linear_only(self, what: str) -> None:
        if not self._linear:
            raise ValueError(
                f"{what} belongs to the linear equation, without policy and with warmth=0: follow "
                "the path instead, path() or settles_at()."
            )

    def _stays_linear(self) -> bool:
        """Whether no aim can pass its limit from anywhere inside the limits."""
        if not self._linear:
            return False
        if not np.isfinite(self.limits).any():
            return True
        highest = np.array(self.base) + np.array(self.reciprocity) * self.limits[::-1]
        return bool((highest <= self.limits).all())


def _two(given: Iterable[float], name: str) -> tuple[float, float]:
    try:
        one, other = (float(x) for x in given)
    except (TypeError, ValueError):
        one = other = math.nan
    if not (one >= 0 and other >= 0):
        raise ValueError(
            f"{name} is {given!r}, but must be two numbers from 0 up, such as (0.2, 0.3)."
        )
    return one, other


def _exact(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the depths at each exchange as if there were no limits, shape (n, 2)."""
    r, s = pair.reciprocity
    root = math.sqrt(r * s)
    if abs(root - 1) < 1e-9:
        return _by_exponential(pair, at, begin)
    # No rest where disclosure escalates, but the point that the path turns away from.
    (b, c) = pair.base
    rest = np.array([b + r * c, c + s * b]) / (1 - r * s)
    away, time = begin - rest, pair.speed * at
    slow, fast = np.exp((root - 1) * time), np.exp(-(root + 1) * time)
    turn = slow * -np.expm1(-2 * root * time) / (2 * root) if root > 0 else time * slow
    across = np.array([r * away[1], s * away[0]])
    return rest + np.outer((slow + fast) / 2, away) + np.outer(turn, across)


def _by_exponential(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    from scipy.linalg import expm

    # A third coordinate that is always 1 carries what each would tell of their own accord.
    (b, c), (r, s) = pair.base, pair.reciprocity
    generator = pair.speed * np.array([[-1, r, b], [s, -1, c], [0, 0, 0]])
    return (expm(at[:, None, None] * generator) @ np.append(begin, 1.0))[:, :2]


def _integrated(
    pair: Disclosure, at: NDArray[np.float64], begin: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give depths and closeness at each exchange by numerical integration, shape (n, 3)."""
    from scipy.integrate import solve_ivp

    def change(_time: float, state: NDArray[np.float64]) -> list[float]:
        one, other, close = state
        aims = pair.aims(one, other, close)
        grown = pair.growth * one * other * (1 - close) - pair.cooling * close
        return [pair.speed * (aims[0] - one), pair.speed * (aims[1] - other), grown]

    end = max(float(at[-1]), 1e-9)
    solved = solve_ivp(change, (0.0, end), begin, method="LSODA", t_eval=at, rtol=1e-8, atol=1e-10)
    if not solved.success:
        raise ValueError(f"the path could not be followed: {solved.message}")
    return solved.y.T
