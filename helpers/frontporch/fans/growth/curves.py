"""Growth curves: plain functions that say which share of the ceiling is reached by when.

A curve is a function of times and of one argument a parameter. It gives the share of the ceiling
reached at each time: from 0 to 1, never falling. The default of an argument is its usual value:
fits start there, and the weak prior has its centre there. A curve of one's own is the same::

    def ramp(times, years=4.0):
        return np.clip(times / years, 0, 1)

Times count from the launch. A curve without a launch, such as the logistic, has a parameter that
may be of either sign and says where its middle lies.

The curves here also take `by`, what computes their exponentials: `frontporch.elementary`, with the
same bits on every machine, or numpy, which is faster and is what fits use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import ModuleType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ... import elementary

Shares = NDArray[np.float64]
Share = Callable[..., NDArray[np.float64]]


@dataclass(frozen=True)
class Parameter:
    """One parameter of a growth curve.

    Parameters
    ----------
    name, unit : str
        Its name and unit, such as "per year"; without one the unit is "".
    usual : float
        Centre of its weak prior, and where fits start.
    spread : float
        Standard deviation of the weak prior: of the logarithm where the parameter is positive, in
        its own unit where it may be of either sign.
    meaning : str
        What it is.
    positive : bool
        Whether it must be above 0. Its bounds are then e^±7 times the usual value.
    """

    name: str
    unit: str
    usual: float
    spread: float
    meaning: str = ""
    positive: bool = True

    def inward(self, value: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Go from the parameter to the scale on which it is estimated."""
        return np.log(value) if self.positive else np.asarray(value, float)

    def outward(self, value: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Go from the scale on which it is estimated to the parameter."""
        return np.exp(value) if self.positive else np.asarray(value, float)

    @property
    def centre(self) -> float:
        """Centre of the prior, on the scale of the estimate."""
        return float(self.inward(self.usual))

    @property
    def bounds(self) -> tuple[float, float]:
        """Limits on the scale of the estimate."""
        reach = 7.0 if self.positive else 10 * self.spread
        return self.centre - reach, self.centre + reach


@dataclass(frozen=True)
class Curve:
    """A growth curve with all that a fit needs to know of it.

    Parameters
    ----------
    name : str
        Name of the function.
    share : callable
        From times, shape (n,), and one number a parameter to shares of the ceiling. Where
        `rowwise` is False it also takes columns, shape (series, 1).
    parameters : tuple of Parameter
        In the order of the arguments.
    peak : callable or None
        From the parameters to the time of fastest growth; found on a grid without it.
    launched : bool
        Whether growth begins at time 0.
    rowwise : bool
        Whether it must be called for one series at a time.
    quick : callable or None
        The same as `share`, faster, but with last bits that hang on the processor: for fits.
    """

    name: str
    share: Share
    parameters: tuple[Parameter, ...]
    peak: Callable[..., float | Shares] | None = None
    launched: bool = True
    rowwise: bool = False
    quick: Share | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters."""
        return tuple(one.name for one in self.parameters)

    def at(self, times: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give shares for many series at once.

        Parameters
        ----------
        times : numpy.ndarray of float, shape (n,) or (series, n)
            Years.
        values : numpy.ndarray of float, shape (series, parameters)
            Parameters of each series.

        Returns
        -------
        numpy.ndarray of float, shape (series, n)
        """
        share = self.quick or self.share
        if not self.rowwise:
            return np.asarray(share(times, *(column[:, None] for column in values.T)), float)
        rows = np.broadcast_to(times, (len(values), np.shape(times)[-1]))
        each = [share(t, *map(float, v)) for t, v in zip(rows, values, strict=True)]
        return np.stack(each).astype(float)

    def peak_time(self, values: NDArray[np.float64]) -> float:
        """Give the time of fastest growth, in years from time 0."""
        if self.peak is not None:
            with np.errstate(invalid="ignore", divide="ignore"):
                found = float(self.peak(*values))
            # No peak: growth is fastest at the launch and slows from there.
            return (found if found > 0 else 0.0) if self.launched else found
        grid = np.linspace(0 if self.launched else -60, 60, 24_001)
        grown = np.diff(self.at(grid, np.atleast_2d(values))[0])
        return float(grid[np.argmax(grown)])


def described(
    *parameters: Parameter, peak: Callable[..., float | Shares] | None = None, launched: bool = True
) -> Callable[[Share], Share]:
    """Say of a curve what its parameters are, when it peaks, and whether it starts at a launch."""

    def with_description(share: Share) -> Share:
        quick = partial(share, by=np)
        known = Curve(share.__name__, share, parameters, peak, launched, quick=quick)
        share.curve = known  # type: ignore[attr-defined]
        return share

    return with_description


@described(
    Parameter("p", "per year", 0.01, 1.5, "innovation: adopting without having seen others do so"),
    Parameter("q", "per year", 0.38, 0.6, "imitation: how much the rate rises as others adopt"),
    peak=lambda p, q: np.log(q / p) / (p + q),
)
def bass(
    times: ArrayLike, p: float = 0.01, q: float = 0.38, *, by: ModuleType = elementary
) -> Shares:
    """Grow by innovation and imitation.

    Parameters
    ----------
    times : array_like of float
        Years since the launch; before it nothing has grown.
    p, q : float
        Coefficients of innovation and of imitation, per year, above 0.

    Returns
    -------
    numpy.ndarray of float
        Share of the ceiling, from 0 to 1.

    Notes
    -----
    F(t) = (1 − e^−(p+q)t) / (1 + (q/p) e^−(p+q)t). Source: Bass (1969), Management Science
    15:215-227. The usual values are the centres of weak priors; the mean of a meta-analysis is
    p .03, q .38 (Sultan, Farley & Lehmann 1990, Journal of Marketing Research 27:70-77).

    Examples
    --------
    >>> bass([0, 5, 10, 20], p=0.03, q=0.38).round(3).tolist()
    [0.0, 0.331, 0.813, 0.996]
    """
    left = by.exp(-(p + q) * _since_launch(times))
    return (1 - left) / (1 + q / p * left)


@described(
    Parameter("speed", "per year", 0.4, 1.0, "rate of growth while the ceiling is far"),
    Parameter("middle", "years", 5.0, 20.0, "time at which half the ceiling is reached", False),
    peak=lambda speed, middle: middle,
    launched=False,
)
def logistic(
    times: ArrayLike, speed: float = 0.4, middle: float = 5.0, *, by: ModuleType = elementary
) -> Shares:
    """Grow as fast before the middle as after it.

    Parameters
    ----------
    times : array_like of float
        Years.
    speed : float
        Per year, above 0.
    middle : float
        Time at which half the ceiling is reached and growth is fastest, years.

    Notes
    -----
    F(t) = 1 / (1 + e^−speed·(t − middle)). Source: Verhulst (1838), Correspondance mathématique
    et physique 10:113-121.

    Examples
    --------
    >>> logistic([0, 5, 10], speed=0.4, middle=5).round(3).tolist()
    [0.119, 0.5, 0.881]
    """
    return 0.5 + 0.5 * by.tanh(speed * (np.asarray(times, float) - middle) / 2)


@described(
    Parameter("speed", "per year", 0.3, 1.0, "rate at which relative growth slows down"),
    Parameter("middle", "years", 4.0, 20.0, "time of fastest growth, at 1/e of the ceiling", False),
    peak=lambda speed, middle: middle,
    launched=False,
)
def gompertz(
    times: ArrayLike, speed: float = 0.3, middle: float = 4.0, *, by: ModuleType = elementary
) -> Shares:
    """Grow fast early and slow for long.

    Parameters
    ----------
    times : array_like of float
        Years.
    speed : float
        Per year, above 0.
    middle : float
        Time of fastest growth, years; the share then is 1/e.

    Notes
    -----
    F(t) = e^(−e^−speed·(t − middle)). Source: Gompertz (1825), Philosophical Transactions of the
    Royal Society 115:513-583.

    Examples
    --------
    >>> gompertz([0, 4, 8], speed=0.3, middle=4).round(3).tolist()
    [0.036, 0.368, 0.74]
    """
    behind = -speed * (np.asarray(times, float) - middle)
    return by.exp(-by.exp(np.minimum(behind, 700)))


@described(
    Parameter("p", "per year", 0.01, 1.5, "innovation, where shape is 1"),
    Parameter("q", "per year", 0.38, 0.6, "imitation, where shape is 1"),
    Parameter("shape", "", 1.0, 0.7, "1 is Bass; above it growth starts later and steeper"),
    peak=lambda p, q, shape: _gamma_peak(p, q, shape),
)
def shifted_gompertz(
    times: ArrayLike,
    p: float = 0.01,
    q: float = 0.38,
    shape: float = 1.0,
    *,
    by: ModuleType = elementary,
) -> Shares:
    """Grow as people do whose propensities differ by a gamma distribution; shape 1 is Bass.

    Parameters
    ----------
    times : array_like of float
        Years since the launch.
    p, q : float
        Per year, above 0; innovation and imitation where shape is 1.
    shape : float
        α of the gamma distribution, above 0.

    Notes
    -----
    F(t) = (1 − e^−bt) / (1 + (q/p) e^−bt)^α with b = p + q. Source: Bemmaor (1994), in Laurent,
    Lilien & Pras (eds), Research Traditions in Marketing.

    Examples
    --------
    >>> bool(np.allclose(shifted_gompertz([1, 5], 0.03, 0.38), bass([1, 5], 0.03, 0.38)))
    True
    """
    left = by.exp(-(p + q) * _since_launch(times))
    return (1 - left) * by.exp(-shape * by.log1p(q / p * left))


@described(
    Parameter("years", "years", 5.0, 1.0, "time by which 63 % of the ceiling are reached"),
    Parameter("shape", "", 2.0, 0.7, "above 1 growth speeds up first"),
    peak=lambda years, shape: years * np.maximum(1 - 1 / shape, 0) ** (1 / shape),
)
def weibull(
    times: ArrayLike, years: float = 5.0, shape: float = 2.0, *, by: ModuleType = elementary
) -> Shares:
    """Grow with a hazard that is a power of time, without imitation.

    Parameters
    ----------
    times : array_like of float
        Years since the launch.
    years : float
        Scale, above 0.
    shape : float
        Above 0.

    Notes
    -----
    F(t) = 1 − e^−(t/years)^shape. Source: Weibull (1951), Journal of Applied Mechanics
    18:293-297; for diffusion Sharif & Islam (1980), Technological Forecasting and Social Change
    18:247-256.

    Examples
    --------
    >>> weibull([0, 5], years=5, shape=2).round(3).tolist()
    [0.0, 0.632]
    """
    with np.errstate(over="ignore"):
        return -by.expm1(-by.power(_since_launch(times) / years, shape))


@described(
    Parameter("p", "per year", 0.01, 1.5, "innovation"),
    Parameter("q", "per year", 0.38, 0.6, "imitation"),
    Parameter("churn", "per year", 0.1, 0.7, "share of fans who leave in a year"),
    peak=lambda p, q, churn: _churn_peak(p, q, churn),
)
def bass_with_churn(
    times: ArrayLike,
    p: float = 0.01,
    q: float = 0.38,
    churn: float = 0.1,
    *,
    by: ModuleType = elementary,
) -> Shares:
    """Grow by innovation and imitation while some leave, who may come back.

    Parameters
    ----------
    times : array_like of float
        Years since the launch.
    p, q : float
        Innovation and imitation, per year, above 0.
    churn : float
        δ, share of fans who leave, per year, from 0 up.

    Returns
    -------
    numpy.ndarray of float
        Share of the ceiling m. It levels off below 1, where as many come as leave.

    Notes
    -----
    dN/dt = (p + qN/m)(m − N) − δN, solved in closed form. Counts alone cannot tell churn: every
    such curve is also a Bass curve with a lower ceiling. Give `churn` a known value, as
    ``fit(counts, curve=bass_with_churn, fixed={"churn": 0.2})``.

    Examples
    --------
    >>> bass_with_churn([5, 10, 40], p=0.03, q=0.38, churn=0.1).round(3).tolist()
    [0.254, 0.575, 0.762]
    """
    steady, other = _steady_states(p, q, churn)
    left = by.exp(-(steady - other) * q * _since_launch(times))
    return steady * (1 - left) / (1 - steady / other * left)


def _steady_states(p: float, q: float, churn: float) -> tuple[Shares, Shares]:
    """Return the share at which as many come as leave, and the negative root beside it."""
    net = q - p - churn
    root = np.sqrt(net * net + 4 * p * q)
    # The root of the same sign as `net` by addition, the other by the product of both.
    steady = np.where(net > 0, (net + root) / (2 * q), 2 * p / (root - net + 1e-300))
    return steady, -p / (q * steady)


def _churn_peak(p: float, q: float, churn: float) -> Shares:
    steady, other = _steady_states(p, q, churn)
    return np.log(-steady / other) / (q * (steady - other))


def _gamma_peak(p: float, q: float, shape: float) -> Shares:
    """Return where the density of the gamma/shifted Gompertz curve is flat; nan where it falls."""
    ratio = q / p
    linear = ratio * (shape * (1 + shape * ratio) - 2 * (1 - shape))
    inside = linear**2 - 4 * (1 + shape * ratio) * (ratio * (1 - shape)) ** 2
    left = 2 * (1 + shape * ratio) / (linear + np.sqrt(inside))
    return -np.log(left) / (p + q)


def _since_launch(times: ArrayLike) -> NDArray[np.float64]:
    return np.maximum(np.asarray(times, float), 0.0)


CURVES: dict[str, Share] = {
    one.__name__: one
    for one in (bass, logistic, gompertz, shifted_gompertz, weibull, bass_with_churn)
}
