"""What a growth curve says of its parameters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

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
    peak: Callable[..., float] | None = None
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
    *parameters: Parameter, peak: Callable[..., float] | None = None, launched: bool = True
) -> Callable[[Share], Share]:
    """Say of a curve what its parameters are, when it peaks, and whether it starts at a launch."""

    def with_description(share: Share) -> Share:
        quick = partial(share, by=np)
        share.curve = Curve(share.__name__, share, parameters, peak, launched, quick=quick)
        return share

    return with_description
