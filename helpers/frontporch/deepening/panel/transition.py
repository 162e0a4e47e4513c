"""What a generator says of a stay of given length, and how that changes with the generator."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ...counting import bincount, indices

WORST_CONDITION = 1e6
"""Above it eigenvectors lose too many digits, and the series of the exponential is summed."""


@dataclass(frozen=True, eq=False)
class Moves:
    """Moves to be weighed: one a row, of which each generator has some.

    Parameters
    ----------
    group : numpy.ndarray of int, shape (n,)
        Which generator the row belongs to.
    start : numpy.ndarray of int, shape (n,)
        State at its beginning.
    gap : numpy.ndarray of float, shape (n,)
        Time until its end.
    """

    group: NDArray[np.int64]
    start: NDArray[np.int64]
    gap: NDArray[np.float64]


def transition_matrix(generator: ArrayLike, gap: float) -> NDArray[np.float64]:
    """Give the probabilities of moving from each state to each within some time.

    Parameters
    ----------
    generator : array_like of float, shape (states, states)
        Q: rates off the diagonal, rows that add to 0.
    gap : float
        Time, in the unit of the rates.

    Returns
    -------
    numpy.ndarray of float, shape (states, states)
        exp(Q·gap).

    Examples
    --------
    >>> transition_matrix([[-0.1, 0.1], [0.0, 0.0]], 10).round(6).tolist()
    [[0.367879, 0.632121], [0.0, 1.0]]
    """
    states = len(np.asarray(generator))
    start, end = np.divmod(np.arange(states**2), states)
    moves = Moves(np.zeros(states**2, np.int64), start, np.full(states**2, float(gap)))
    return weigh(np.asarray(generator, float)[None], moves, np.eye(states)[end])[0].reshape(
        states, states
    )


@dataclass(frozen=True, eq=False)
class Parts:
    """Eigenvalues and eigenvectors of generators, computed once.

    Parameters
    ----------
    values : numpy.ndarray, shape (groups, states)
    vectors, inverse : numpy.ndarray, shape (groups, states, states)
    sound : numpy.ndarray of bool, shape (groups,)
        Whether the eigenvectors are well-conditioned.
    """

    values: NDArray
    vectors: NDArray
    inverse: NDArray
    sound: NDArray[np.bool_]

    @classmethod
    def of(cls, generators: NDArray[np.float64]) -> Parts:
        """Take generators apart, shape (groups, states, states)."""
        values, vectors = np.linalg.eig(generators)
        unit = np.eye(vectors.shape[-1])
        # Columns have length 1: without volume there is no inverse to be had.
        sound = np.abs(np.linalg.det(vectors)) > 1e-12
        inverse = np.linalg.inv(np.where(sound[:, None, None], vectors, unit))
        size = np.linalg.norm(vectors, axis=(1, 2)) * np.linalg.norm(inverse, axis=(1, 2))
        # What was taken apart must come together again; rates near the smallest number do not.
        apart = np.abs((vectors * values[:, None, :]) @ inverse - generators).max(axis=(1, 2))
        whole = apart <= 1e-9 * np.abs(generators).max(axis=(1, 2))
        return cls(values, vectors, inverse, sound & whole & (size < WORST_CONDITION))


def weigh(
    generators: NDArray[np.float64],
    moves: Moves,
    target: NDArray[np.float64],
    *,
    slope: bool = False,
    parts: Parts | None = None,
) -> tuple[NDArray[np.float64], Slope | None]:
    """Give e_sᵀ exp(Q t) c for every row: where it starts, how long it lasts, what counts.

    Parameters
    ----------
    generators : numpy.ndarray of float, shape (groups, states, states)
        Q of each group.
    moves : Moves
        Group g, start s and gap t of each row.
    target : numpy.ndarray of float, shape (n, states)
        What each state at the end counts, c: 1 at the state seen and 0 elsewhere, or the
        rates into a state whose moment is known.
    slope : bool
        Whether to prepare derivatives.
    parts : Parts, optional
        The generators taken apart, where that was done before.

    Returns
    -------
    value : numpy.ndarray of float, shape (n,)
    slope : Slope or None
        Where asked for.

    Notes
    -----
    By eigenvalues, exp(Qt) = V exp(Dt) V⁻¹, for all rows of all groups at once. Where the
    eigenvectors are ill-conditioned, as those of a ladder whose stages are left at equal
    rates, scipy's `expm` takes over for that group. Source: Kalbfleisch & Lawless (1985), JASA
    80:863-871; Moler & Van Loan (2003), SIAM Review 45:3-49.
    """
    from scipy import linalg

    parts = parts or Parts.of(generators)
    g = moves.group
    left = parts.vectors[g, moves.start]
    right = np.einsum("nkj,nj->nk", parts.inverse[g], target)
    lasting = np.exp(parts.values[g] * moves.gap[:, None])
    value = np.real((left * lasting * right).sum(axis=1))
    rough = np.flatnonzero(~parts.sound[g])
    if len(rough):
        exact = linalg.expm(generators[g[rough]] * moves.gap[rough, None, None])
        value[rough] = np.einsum(
            "nj,nj->n", exact[np.arange(len(rough)), moves.start[rough]], target[rough]
        )
    if not slope:
        return value, None
    return value, Slope(generators, moves, target, parts, left, right, rough)


@dataclass(frozen=True, eq=False)
class Slope:
    """How the weighed values change with the entries of the generators; made by `weigh`."""

    generators: NDArray[np.float64]
    moves: Moves
    target: NDArray[np.float64]
    parts: Parts
    left: NDArray
    right: NDArray
    rough: NDArray[np.int64]

    def by_generator(self, weight: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum weight · ∂(e_sᵀ exp(Q t) c)/∂Q over the rows of each group.

        Parameters
        ----------
        weight : numpy.ndarray of float, shape (n,)
            What each row counts.

        Returns
        -------
        numpy.ndarray of float, shape (groups, states, states)

        Notes
        -----
        The derivative of exp(Qt) along G is V (V⁻¹GV ∘ E) V⁻¹ with E_kl = (e^{d_k t} −
        e^{d_l t})/(d_k − d_l), or t e^{d_k t} where they are equal (Kalbfleisch & Lawless
        1985, section 3.1). The sum over rows is taken before any direction G is.
        """
        weight = weight.copy()
        rough_weight = weight[self.rough]
        weight[self.rough] = 0
        g, groups = self.moves.group, len(self.generators)
        order = np.argsort(g, kind="stable")
        begins = np.searchsorted(g[order], np.arange(groups))
        t = self.moves.gap[order]
        share = _divided_difference(self.parts.values, g[order], t)
        rows = weight[order, None, None] * self.left[order][:, :, None] * share
        rows *= self.right[order][:, None, :]
        inner = np.add.reduceat(rows, indices(np.minimum(begins, len(order) - 1)), axis=0)
        inner[bincount(g, minlength=groups) == 0] = 0
        # ∂/∂Q_ij = Σ_kl inner_kl (V⁻¹)_ki V_jl
        flipped = self.parts.inverse.swapaxes(1, 2)
        total = np.real(flipped @ inner @ self.parts.vectors.swapaxes(1, 2))
        for at, row in zip(self.rough, rough_weight, strict=True):
            total[g[at]] += row * _frechet(
                self.generators[g[at]], self.moves.start[at], self.target[at], self.moves.gap[at]
            )
        return total


def _divided_difference(values: NDArray, group: NDArray, gap: NDArray) -> NDArray:
    """(e^{at} − e^{bt})/(a − b) for every pair of eigenvalues a, b and every row."""
    states = values.shape[1]
    one, two = np.triu_indices(states)
    high, low = values[:, one], values[:, two]
    swap = np.real(high) < np.real(low)
    # From the larger one down, so that no exponential overflows.
    high, low = np.where(swap, low, high), np.where(swap, high, low)
    apart = (low - high)[group] * gap[:, None]
    near = np.abs(apart) < 1e-12
    ratio = np.where(near, 1 + apart / 2, np.expm1(apart) / np.where(near, 1, apart))
    found = gap[:, None] * np.exp(high[group] * gap[:, None]) * ratio
    full = np.empty((len(gap), states, states), found.dtype)
    full[:, one, two] = full[:, two, one] = found
    return full


def _frechet(generator: NDArray, start: int, target: NDArray, gap: float) -> NDArray[np.float64]:
    """∂(e_sᵀ exp(Q t) c)/∂Q from one exponential of twice the size (Van Loan 1978)."""
    from scipy import linalg

    states = len(generator)
    block = np.zeros((2 * states, 2 * states))
    block[:states, :states] = block[states:, states:] = generator.T
    block[start, states:] = target
    return linalg.expm(block * gap)[:states, states:]
