"""Many series at once, and a prior that each learns from the others (empirical Bayes)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from ...citing import cited
from ...names import pick
from ...result import Result
from ...stats.intervals import student_quantile
from .contradictions import BELOW
from .counts import read_counts
from .curves import Curve, Share, bass
from .custom_curve import understood
from .fitted_growth import FAR
from .least_squares import Solved, solve, uncertainty
from .priors import CEILING, LAUNCH, Prior, chosen_prior
from .problem import Problem
from .series import Series
from .what_counts_tell import FEWEST_GROWING, OF_ALL

FEWEST_SERIES = 5
"""Below this number of series nothing is learned."""
_LEAST_SPREAD = 0.05
_ROUNDS = 100


@dataclass(frozen=True, eq=False)
class ManyGrowths(Result):
    """One curve fitted to many series, each for itself.

    Parameters
    ----------
    names : tuple of str
        The series.
    curve : Curve
        The curve.
    problem : Problem
        What was fitted.
    inner : numpy.ndarray of float, shape (series, parameters + 1)
        Estimates on their scale, the logarithm of the ceiling last.
    covariance : numpy.ndarray of float, shape (series, parameters + 1, parameters + 1)
        Of them; missing where the counts leave a direction open.
    variance, freedom : numpy.ndarray of float, shape (series,)
        Of the errors.
    prior : Prior
        What was taken as likely beforehand.
    level : float
        Confidence level.
    """

    names: tuple[str, ...]
    curve: Curve
    problem: Problem
    inner: NDArray[np.float64]
    covariance: NDArray[np.float64]
    variance: NDArray[np.float64]
    freedom: NDArray[np.float64]
    prior: Prior
    level: float = 0.95

    @property
    def estimator(self) -> str:
        """Name of the estimator."""
        return f"per-period least squares with {self.prior.name}, {len(self.names):,} series"

    def __len__(self) -> int:
        """Count the series."""
        return len(self.names)

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Names of the parameters, the ceiling last."""
        return (*(p.name for p in self.problem.parameters), CEILING)

    @property
    def values(self) -> NDArray[np.float64]:
        """Estimates, shape (series, parameters + 1)."""
        return np.column_stack([self.problem.values(self.inner[:, :-1]), np.exp(self.inner[:, -1])])

    @property
    def peak_reached(self) -> NDArray[np.bool_]:
        """Whether the fitted growth of each series was fastest before its last count."""
        k = len(self.curve.parameters)
        shifts = self.values[:, k] if k < len(self.problem.parameters) else np.zeros(len(self))
        times = np.broadcast_to(self.problem.times, (len(self), self.problem.times.shape[-1]))
        counted = (self.problem.weights > 0).cumsum(1).argmax(1)
        ends = times[np.arange(len(self)), counted + (0 if self.problem.since_start else 1)]
        peaks = [self.curve.peak_time(one) for one in self.values[:, :k]]
        return np.array(peaks) - shifts <= ends

    def summary(self) -> pd.DataFrame:
        """Show estimates and standard errors, one row a series; warnings in words in `note`."""
        values, error = self.values, np.sqrt(np.maximum(np.diagonal(self.covariance, 0, 1, 2), 0))
        positive = [*(p.positive for p in self.problem.parameters), True]
        frame = pd.DataFrame({"series": self.names})
        for k, name in enumerate(self.parameter_names):
            frame[name] = values[:, k]
            frame[f"{name}_se"] = error[:, k] * (values[:, k] if positive[k] else 1.0)
        t = np.array([student_quantile(self.level, round(v, 1)) for v in self.freedom])
        frame["ceiling_lower"] = values[:, -1] * np.exp(-t * error[:, -1])
        frame["ceiling_upper"] = values[:, -1] * np.exp(np.minimum(t * error[:, -1], 50))
        far = values[:, -1] > FAR * self.problem.last
        nothing, flat = self.problem.last <= 0, _without_shape(self.problem)
        frame.loc[nothing, list(frame.columns[1:])] = np.nan
        frame["note"] = np.select(
            [
                nothing,
                flat,
                far,
                ~self.peak_reached,
                values[:, -1] < (1 - BELOW) * self.problem.last,
            ],
            [
                "nothing was counted: there is no growth to fit",
                f"all growth lies in fewer than {FEWEST_GROWING} periods: there are no intervals",
                "the fit diverged",
                "the peak has not been reached: the ceiling is a guess",
                "the ceiling lies below what is already counted",
            ],
            "",
        )
        return frame

    def parameters(self, name: str) -> dict[str, float]:
        """Give the estimates of one series by name."""
        row = self.names.index(pick(name, self.names, "series"))
        return dict(zip(self.parameter_names, map(float, self.values[row]), strict=True))


@cited
def fit_many(
    counts: pd.DataFrame | Mapping[str, Series] | ArrayLike,
    curve: Share | str = bass,
    *,
    by: str | None = None,
    prior: Prior | str | None = "weak",
    level: float = 0.95,
) -> ManyGrowths:
    """Fit one curve to many series at once, each for itself.

    Parameters
    ----------
    counts : pandas.DataFrame, mapping of str to Series, or array_like of float
        A table with a column `by` whose values tell the series apart; or a row a series and a
        column a year from the launch on (a frame's index names the series), missing where a
        series is shorter.
    curve : callable or str
        The curve; one's own is called series by series unless it takes columns.
    by : str, optional
        Column that names the series of a table.
    prior : Prior, "weak", "learned" or None
        "learned": from all the series together (empirical Bayes), at least five of them.
    level : float
        Confidence level.

    Returns
    -------
    ManyGrowths

    Raises
    ------
    TableError
        If a series is not right; see `read_counts`.
    ValueError
        If some series begin at a launch and others do not, or values are negative.

    Notes
    -----
    The ceiling is eliminated by variable projection (Golub & Pereyra 1973, SIAM Journal on
    Numerical Analysis 10:413-432) to choose each start from a shared grid; damped Gauss-Newton
    steps follow for all series together.

    Examples
    --------
    >>> from frontporch import data
    >>> many = fit_many(data.load("bass_classics"), by="series")
    >>> len(many), many.parameter_names
    (8, ('p', 'q', 'ceiling'))
    """
    known = understood(curve)
    if isinstance(prior, str):
        pick(prior, ("weak", "learned"), "prior")
    learn = prior == "learned"
    chosen = chosen_prior("weak" if learn else prior, known)
    if by is not None:
        if not isinstance(counts, pd.DataFrame):
            raise TypeError(f"by is {by!r}, but only a table has columns to tell series apart.")
        if by not in counts.columns:
            pick(by, list(counts.columns), "column")
        counts = {str(name): read_counts(rows) for name, rows in counts.groupby(by, sort=True)}
    if isinstance(counts, Mapping):
        names, problem = _from_series(counts, known, chosen)
    else:
        names, problem = _from_rows(counts, known, chosen)
    solved = solve(problem)
    if learn:
        if len(names) < FEWEST_SERIES:
            raise ValueError(
                f"{len(names)} series: a prior is learned from {FEWEST_SERIES} or more. Use the "
                "weak one."
            )
        chosen = empirical_bayes(problem, solved, chosen)
        problem = _with_prior(problem, chosen)
        solved = solve(problem, solved.inner)
    return _gathered(names, known, problem, solved, chosen, level)


def _gathered(
    names: tuple[str, ...],
    curve: Curve,
    problem: Problem,
    solved: Solved,
    prior: Prior,
    level: float,
) -> ManyGrowths:
    covariance, variance, freedom = uncertainty(problem, solved)
    covariance[_without_shape(problem)] = np.nan
    return ManyGrowths(
        names, curve, problem, solved.inner, covariance, variance, freedom, prior, level
    )


def _without_shape(problem: Problem) -> NDArray[np.bool_]:
    """Which series grew in too few of their periods to have a shape."""
    later = slice(1 if problem.since_start else 0, None)
    added = np.maximum(problem.added[:, later], 0.0)
    active = (added > OF_ALL * added.sum(1, keepdims=True)).sum(1)
    periods = (problem.weights[:, later] > 0).sum(1)
    return (active < FEWEST_GROWING) & (periods > FEWEST_GROWING)


def _with_prior(problem: Problem, prior: Prior) -> Problem:
    return replace(problem, beliefs=prior.beliefs(problem.parameters))


def _from_rows(
    counts: pd.DataFrame | ArrayLike, curve: Curve, prior: Prior
) -> tuple[tuple[str, ...], Problem]:
    try:
        added = np.asarray(counts, float)
    except (TypeError, ValueError):
        told = [f"{one!r}" for one in getattr(counts, "columns", ())]
        raise ValueError(
            "not all values are increments: for a table with a row a count, name in by= the column "
            f"that tells the series apart{', one of ' if told else ''}{', '.join(told)}."
        ) from None
    if added.ndim != 2 or added.shape[1] < 3:
        raise ValueError(
            f"increments have the shape {added.shape}, but a row a series and a column a period, "
            "at least three, are needed. For a table with a row a count, name the column in by=."
        )
    names = counts.index if isinstance(counts, pd.DataFrame) else range(len(added))
    known = np.isfinite(added)
    for fault, words in (
        (known & (added < 0), "is negative: new adopters are from 0 up"),
        (known & ~np.logical_and.accumulate(known, axis=1), "comes after a missing one"),
    ):
        if fault.any():
            row, column = np.argwhere(fault)[0]
            raise ValueError(f"series {list(names)[row]}, period {column + 1}: {words}.")
    if (known.sum(1) < 3).any():
        row = int(np.argmin(known.sum(1)))
        raise ValueError(f"series {list(names)[row]}: at least 3 increments are needed.")
    added = np.where(known, added, 0.0)
    problem = Problem(
        curve,
        np.arange(added.shape[1] + 1.0),
        added,
        known.astype(float),
        added.sum(1),
        curve.parameters,
        prior.beliefs(curve.parameters),
    )
    return tuple(map(str, names)), problem


def _from_series(
    several: Mapping[str, Series], curve: Curve, prior: Prior
) -> tuple[tuple[str, ...], Problem]:
    launched = {one.launched for one in several.values()}
    if len(launched) != 1:
        raise ValueError(
            "some series begin at a launch and others in the midst of growth: fit these apart."
        )
    since_start = not launched.pop()
    parameters = (*curve.parameters, LAUNCH) if curve.launched and since_start else curve.parameters
    longest = max((one.times for one in several.values()), key=len)
    shape = len(several), len(longest) - (0 if since_start else 1)
    added, weights = np.zeros(shape), np.zeros(shape)
    times = np.tile(longest, (len(several), 1))
    for k, one in enumerate(several.values()):
        made = one.increments
        added[k, : len(made)] = made
        weights[k, : len(made)] = one.used / one.spans
        times[k, : len(one.times)] = one.times
        times[k, len(one.times) :] = one.times[-1]
    if all(np.allclose(one.times, longest[: len(one.times)]) for one in several.values()):
        times = longest  # shared, so that one grid serves all
    last = np.array([one.totals[-1] for one in several.values()])
    problem = Problem(
        curve,
        times,
        added,
        weights,
        last,
        parameters,
        prior.beliefs(parameters),
        since_start,
    )
    return tuple(several), problem


def empirical_bayes(problem: Problem, solved: Solved, first: Prior) -> Prior:
    """Learn how parameters are spread over series.

    Parameters
    ----------
    problem : Problem
        The series, with the prior under which they were fitted.
    solved : Solved
        Their fits.
    first : Prior
        That prior; its ceiling stays, because how far a ceiling lies above the last total says
        when the counting ended, not how a kind of product grows.

    Returns
    -------
    Prior
        With the name "prior learned from n series".

    Notes
    -----
    The likelihood of each series is taken as normal around its fit, with the prior taken out;
    centres and spreads of the parameters are those that make all series together most likely,
    by the EM algorithm (Dempster, Laird & Rubin 1977, Journal of the Royal Statistical Society B
    39:1-38).
    """
    covariance, _, _ = uncertainty(problem, solved)
    good = np.isfinite(covariance).all((1, 2)) & solved.arrived
    inner, information = solved.inner[good], np.linalg.inv(covariance[good])
    pull = np.diag(problem.beliefs.pull**2)
    own = information - pull
    towards = (information @ inner[..., None])[..., 0] - problem.centres[
        good
    ] * problem.beliefs.pull**2
    # Numerically the likelihood of a flat series can bend the wrong way by a hair.
    roots, axes = np.linalg.eigh(own)
    own = (axes * np.maximum(roots, 0)[:, None, :]) @ axes.transpose(0, 2, 1)
    centre, spread = np.median(inner, axis=0), np.std(inner, axis=0) + _LEAST_SPREAD
    kept = np.arange(len(centre)) == len(centre) - 1
    for _ in range(_ROUNDS):
        weight = np.where(kept, problem.beliefs.pull**2, 1 / spread**2)
        at = np.where(kept, problem.centres[good], centre)
        posterior = np.linalg.inv(own + np.diag(weight))
        mean = (posterior @ (towards + at * weight)[..., None])[..., 0]
        before = centre
        centre = mean.mean(0)
        spread = np.sqrt(((mean - centre) ** 2).mean(0) + np.diagonal(posterior, 0, 1, 2).mean(0))
        spread = np.maximum(spread, _LEAST_SPREAD)
        if np.abs(centre - before).max() < 1e-6:
            break
    centres, spreads = dict(first.centres), dict(first.spreads)
    for k, p in enumerate(problem.parameters):
        if p.positive:
            centres[p.name], spreads[p.name] = float(p.outward(centre[k])), float(spread[k])
    return Prior(f"prior learned from {int(good.sum())} series", centres, spreads)
