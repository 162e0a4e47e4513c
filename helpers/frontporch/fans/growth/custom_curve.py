"""Which curve is meant, and the small case on which every curve of one's own is tried."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...names import pick
from ...rounding import as_given
from .curves import CURVES, Curve, Parameter, Share


def understood(curve: Share | str) -> Curve:
    """Return what is known of a curve, after a small trial.

    Parameters
    ----------
    curve : callable or str
        A curve of the kit, or its name, or a function of one's own: times first, then one
        argument a parameter, each with its usual value as default.

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
    >>> understood(ramp).names
    ('years',)
    """
    if isinstance(curve, str):
        curve = CURVES[pick(curve, CURVES, "curve")]
    if not callable(curve):
        raise TypeError(f"a growth curve is a function of times and parameters, not {curve!r}.")
    if hasattr(curve, "curve"):
        return curve.curve
    return _tried(curve)


def several(curves: Sequence[Share | str]) -> list[Curve]:
    """Return what is known of several curves, each with a name of its own.

    Raises
    ------
    ValueError
        If two of them have the same name.
    """
    given = [curves] if isinstance(curves, str) or callable(curves) else curves
    found = [understood(one) for one in given]
    names = [one.name for one in found]
    twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        raise ValueError(
            f"two curves are called {twice!r}: give each function a name of its own, with def."
        )
    return found


def _tried(share: Share) -> Curve:
    """Try a function of one's own on three times, then with changed parameters, then in rows."""
    name = getattr(share, "__name__", type(share).__name__)
    try:
        arguments = list(inspect.signature(share).parameters.values())
    except (TypeError, ValueError) as error:
        raise TypeError(f"growth curve {name!r}: reading its arguments failed: {error}") from error
    if wrong := _wrong_arguments(arguments):
        raise TypeError(
            f"growth curve {name!r}: reading its arguments failed: {wrong}. The times come first; "
            "every other argument is a parameter and needs its usual value, not 0, as default, "
            "such as def mine(times, speed=0.4)."
        )
    usual = [one.default for one in arguments[1:]]
    parameters = tuple(_parameter(one.name, float(one.default)) for one in arguments[1:])
    times = np.array([0.0, 1.0, 2.0, 4.0, 8.0])
    values = np.array(usual, float)
    for step, at in (
        ("at its usual values", values),
        ("with every parameter raised by a tenth", values * 1.1),
    ):
        _checked(share, name, times, at, f"the trial at times 0, 1, 2, 4 and 8 {step}")
    before = _checked(share, name, np.array([-60.0, -1.0]), values, "the trial before the launch")
    for k, one in enumerate(parameters):
        if not _matters(share, values, k):
            raise ValueError(
                f"growth curve {name!r}: its parameter {one.name!r} makes no difference to the "
                "shares. Is it forgotten in the formula? Otherwise take it out."
            )
    curve = Curve(name, share, parameters, launched=bool(before[-1] == 0), rowwise=True)
    both = np.stack([values, values * 1.1])
    expected = curve.at(times, both)
    try:
        together = Curve(name, share, parameters).at(times, both)
        same = together.shape == expected.shape and np.allclose(together, expected)
    except Exception:
        same = False
    return curve if not same else Curve(name, share, parameters, None, curve.launched)


def _parameter(name: str, usual: float) -> Parameter:
    """Describe a parameter by its usual value: a negative one may be of either sign."""
    positive = usual > 0
    return Parameter(name, "", usual, 1.0 if positive else 3 * abs(usual), positive=positive)


def _wrong_arguments(arguments: list[inspect.Parameter]) -> str:
    """Say what is wrong with the arguments of a curve; nothing where all is well."""
    if not arguments:
        return "there are none"
    if arguments[0].default is not inspect.Parameter.empty:
        return f"the first, {arguments[0].name!r}, has a default, as times never have"
    if len(arguments) == 1:
        return f"after {arguments[0].name!r} there is no parameter"
    for one in arguments[1:]:
        if one.kind is not inspect.Parameter.POSITIONAL_OR_KEYWORD:
            return f"{str(one).partition('=')[0]!r} is not called by its place"
        if one.default is inspect.Parameter.empty:
            return f"parameter {one.name!r} has no default"
        number = isinstance(one.default, (int, float)) and not isinstance(one.default, bool)
        if not number or not 0 < abs(one.default) < np.inf:
            return (
                f"the default of {one.name!r} is {one.default!r}, but must be a number other than 0"
            )
    return ""


def _matters(share: Share, values: NDArray[np.float64], k: int) -> bool:
    """Whether another value of a parameter changes any share from long before to long after."""
    times = np.linspace(-60, 120, 721)
    for by in (0.5, 1.1, 2.0):
        changed = values.copy()
        changed[k] *= by
        try:
            with np.errstate(all="ignore"):
                before, after = (
                    np.asarray(share(times, *map(float, one)), float) for one in (values, changed)
                )
        except Exception:
            return True  # out of its range, which makes a difference
        if not np.array_equal(before, after):
            return True
    return False


def _checked(
    share: Share, name: str, times: NDArray[np.float64], values: NDArray[np.float64], step: str
) -> NDArray[np.float64]:
    try:
        with np.errstate(all="ignore"):
            given = share(times, *map(float, values))
            shares = np.asarray(times if given is None else given, float)
    except Exception as error:
        at_once = "truth value of an array" in str(error)
        meant = ". Times come all at once: write np.where or np.clip, not if" if at_once else ""
        raise TypeError(
            f"growth curve {name!r} failed in {step}: {type(error).__name__}: {error}{meant}"
        ) from error
    where = f"growth curve {name!r}, {step}"
    if given is None:
        raise ValueError(f"{where}: it gave nothing. Does it end with `return`?")
    if shares.shape != times.shape:
        many = "a single number" if shares.shape == () else f"{shares.size} shares"
        shaped = f" in the shape {shares.shape}" if shares.size == times.size else ""
        raise ValueError(
            f"{where}: it gave {many}{shaped} for {times.size} times; one share for each time is "
            "needed, in one row."
        )
    outside = ~((shares >= 0) & (shares <= 1))
    if outside.any():
        raise ValueError(
            f"{where}: it gave {as_given(shares[outside][0])} at time "
            f"{as_given(times[outside][0])}, but a share of the ceiling lies from 0 to 1. Clip "
            "times before the launch to 0, and leave the ceiling itself to the fit."
        )
    if (np.diff(shares) < 0).any():
        raise ValueError(f"{where}: it falls, {shares.round(4).tolist()}: what has grown stays.")
    return shares
