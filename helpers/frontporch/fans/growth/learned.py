"""A prior learned from other series: empirical Bayes."""

from __future__ import annotations

import numpy as np

from .least_squares import Solved
from .per_period import uncertainty
from .priors import Prior
from .task import Task

FEWEST_SERIES = 5
"""Below this number of series nothing is learned."""
_LEAST_SPREAD = 0.05
_ROUNDS = 100


def learned_prior(task: Task, solved: Solved, first: Prior) -> Prior:
    """Learn how parameters are spread over series.

    Parameters
    ----------
    task : Task
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
    covariance, _, _ = uncertainty(task, solved)
    good = np.isfinite(covariance).all((1, 2)) & solved.arrived
    inner, information = solved.inner[good], np.linalg.inv(covariance[good])
    pull = np.diag(task.pull**2)
    own = information - pull
    towards = (information @ inner[..., None])[..., 0] - task.centres[good] * task.pull**2
    # Numerically the likelihood of a flat series can bend the wrong way by a hair.
    roots, axes = np.linalg.eigh(own)
    own = (axes * np.maximum(roots, 0)[:, None, :]) @ axes.transpose(0, 2, 1)
    centre, spread = np.median(inner, axis=0), np.std(inner, axis=0) + _LEAST_SPREAD
    kept = np.arange(len(centre)) == len(centre) - 1
    for _ in range(_ROUNDS):
        weight = np.where(kept, task.pull**2, 1 / spread**2)
        at = np.where(kept, task.centres[good], centre)
        posterior = np.linalg.inv(own + np.diag(weight))
        mean = (posterior @ (towards + at * weight)[..., None])[..., 0]
        before = centre
        centre = mean.mean(0)
        spread = np.sqrt(((mean - centre) ** 2).mean(0) + np.diagonal(posterior, 0, 1, 2).mean(0))
        spread = np.maximum(spread, _LEAST_SPREAD)
        if np.abs(centre - before).max() < 1e-6:
            break
    centres, spreads = dict(first.centres), dict(first.spreads)
    for k, p in enumerate(task.parameters):
        if p.positive:
            centres[p.name], spreads[p.name] = float(p.outward(centre[k])), float(spread[k])
    return Prior(f"prior learned from {int(good.sum())} series", centres, spreads)
