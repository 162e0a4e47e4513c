"""From an information to standard errors, where some combinations of numbers are not told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FLAT = 1e-8
"""An eigenvalue of the information, its diagonal scaled to 1, below which nothing is told."""
TOUCHED = 1e-6
"""Share of a combination that may lie in what is not told."""


@dataclass(frozen=True, eq=False)
class Precision:
    """What an information says of numbers, and of which of them it says nothing.

    Parameters
    ----------
    covariance : numpy.ndarray of float, shape (p, p)
        Of the numbers; zero along what is not told.
    flat : numpy.ndarray of float, shape (p, k)
        Directions along which the likelihood is flat, in numbers divided by `scale`.
    scale : numpy.ndarray of float, shape (p,)
        Size of each number.
    """

    covariance: NDArray[np.float64]
    flat: NDArray[np.float64]
    scale: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        information: NDArray[np.float64],
        size: NDArray[np.float64] | None = None,
        least: float = FLAT,
    ) -> Precision:
        """Invert an information; what is flat, or no top, keeps its own and harms nothing else.

        Parameters
        ----------
        information : numpy.ndarray of float, shape (p, p)
            Minus the second derivatives of a log-likelihood.
        size : numpy.ndarray of float, shape (p,), optional
            A difference of each number that matters; by default its own standard error, all
            else known.
        least : float
            Information about such a difference below which nothing is told.

        Notes
        -----
        The diagonal is scaled to 1 first, so that the units of the numbers do not matter.
        Combinations without a part in a flat direction are estimable and keep their variance.
        Source: Searle (1971), Linear Models, section 5.4.

        Examples
        --------
        >>> found = Precision.of(np.array([[4.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 1.0]]))
        >>> found.errors(np.eye(3)).round(6).tolist(), found.errors([[0, 1, 1]]).round(6).tolist()
        ([0.5, nan, nan], [1.0])
        """
        given = np.asarray(information, float)
        own = np.diag(given)
        known = np.isfinite(given).all(axis=0) & (own > 0)
        scale = np.where(known, 1 / np.sqrt(np.where(known, own, 1.0)), 1.0)
        if size is not None:
            scale = np.asarray(size, float)
        scaled = np.where(np.outer(known, known), given, 0.0) * np.outer(scale, scale)
        values, vectors = np.linalg.eigh(scaled)
        told = values > least
        inverse = (vectors[:, told] / values[told]) @ vectors[:, told].T
        return cls(inverse * np.outer(scale, scale), vectors[:, ~told], scale)

    def estimable(self, combinations: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Say which combinations of numbers, one a row, the likelihood tells."""
        scaled = np.atleast_2d(np.asarray(combinations, float)) * self.scale
        length = np.maximum((scaled**2).sum(axis=1), 1e-300)
        return ((scaled @ self.flat) ** 2).sum(axis=1) <= TOUCHED * length

    def errors(self, combinations: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give standard errors of combinations of numbers; missing where they are not told."""
        rows = np.atleast_2d(np.asarray(combinations, float))
        variance = np.einsum("ij,jk,ik->i", rows, self.covariance, rows)
        return np.where(self.estimable(rows), np.sqrt(np.maximum(variance, 0.0)), np.nan)
