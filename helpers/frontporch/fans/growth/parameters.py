"""What a growth curve says of its parameters, and the small trial that every curve passes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...names import pick

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
    """

    name: str
    share: Share
    parameters: tuple[Parameter, ...]
    peak: Callable[..., float] | None = None
    launched: bool = True
    rowwise: bool = False

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
        if not self.rowwise:
            return self.share(times, *(column[:, None] for column in values.T))
        rows = np.broadcast_to(times, (len(values), np.shape(times)[-1]))
        return np.stack([self.share(t, *map(float, v)) for t, v in zip(rows, values, strict=True)])

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
        share.curve = Curve(share.__name__, share, parameters, peak, launched)
        return share

    return with_description


def understood(curve: Share | str, known: Mapping[str, Share]) -> Curve:
    """Return what is known of a curve, after a small trial.

    Parameters
    ----------
    curve : callable or str
        A curve of the kit, or its name, or a function of one's own: times first, then one
        argument a parameter, each with its usual value as default.
    known : mapping of str to callable
        The curves of the kit.

    Raises
    ------
    TypeError
        If it is no function, has no parameters, or fails when called.
    ValueError
        If it gives no shares: another shape, a value outside 0 to 1, or one that falls.

    Examples
    --------
    >>> def ramp(times, years=4.0):
    ...     return np.clip(times / years, 0, 1)
    >>> understood(ramp, {}).names
    ('years',)
    """
    if isinstance(curve, str):
        curve = known[pick(curve, known, "curve")]
    if not callable(curve):
        raise TypeError(f"a growth curve is a function of times and parameters, not {curve!r}.")
    if hasattr(curve, "curve"):
        return curve.curve
    return _tried(curve)


def _tried(share: Share) -> Curve:
    """Try a function of one's own on three times, then with changed parameters, then in rows."""
    name = getattr(share, "__name__", type(share).__name__)
    try:
        arguments = list(inspect.signature(share).parameters.values())
    except (TypeError, ValueError) as error:
        raise TypeError(f"growth curve {name!r}: reading its arguments failed: {error}") from error
    usual = [one.default for one in arguments[1:]]
    if not usual or any(
        isinstance(one, bool) or not isinstance(one, (int, float)) or one == 0 for one in usual
    ):
        raise TypeError(
            f"growth curve {name!r}: reading its arguments failed: after the times every argument "
            "is a parameter and needs its usual value, not 0, as default, such as "
            "def mine(times, speed=0.4)."
        )
    parameters = tuple(
        Parameter(one.name, "", float(one.default), 1.0 if one.default > 0 else
                  3 * abs(one.default), positive=one.default > 0)
        for one in arguments[1:]
    )  # fmt: skip
    times = np.array([0.0, 1.0, 2.0, 4.0, 8.0])
    values = np.array(usual, float)
    for step, at in (
        ("at its usual values", values),
        ("with every parameter raised by a tenth", values * 1.1),
    ):
        _checked(share, name, times, at, f"the trial at times 0, 1, 2, 4 and 8 {step}")
    before = _checked(share, name, np.array([-60.0, -1.0]), values, "the trial before the launch")
    curve = Curve(name, share, parameters, launched=bool(before[-1] == 0), rowwise=True)
    both = np.stack([values, values * 1.1])
    expected = curve.at(times, both)
    try:
        together = Curve(name, share, parameters).at(times, both)
        same = together.shape == expected.shape and np.allclose(together, expected)
    except Exception:
        same = False
    return curve if not same else Curve(name, share, parameters, None, curve.launched)


def _checked(
    share: Share, name: str, times: NDArray[np.float64], values: NDArray[np.float64], step: str
) -> NDArray[np.float64]:
    try:
        with np.errstate(all="ignore"):
            shares = np.asarray(share(times, *map(float, values)), float)
    except Exception as error:
        raise TypeError(
            f"growth curve {name!r} failed in {step}: {type(error).__name__}: {error}"
        ) from error
    where = f"growth curve {name!r}, {step}"
    if shares.shape != times.shape:
        raise ValueError(f"{where}: it gave {shares.size} shares for {times.size} times.")
    outside = ~((shares >= 0) & (shares <= 1))
    if outside.any():
        raise ValueError(
            f"{where}: it gave {shares[outside][0]} at time {times[outside][0]:g}, but a share of "
            "the ceiling lies from 0 to 1. Clip times before the launch to 0, and leave the "
            "ceiling itself to the fit."
        )
    if (np.diff(shares) < 0).any():
        raise ValueError(f"{where}: it falls, {shares.round(4).tolist()}: what has grown stays.")
    return shares
