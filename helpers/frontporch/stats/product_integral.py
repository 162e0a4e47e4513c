"""Products of many small matrices, and what travels along them, a block at a time.

The Aalen-Johansen estimator multiplies one matrix per event time. Event times are cut into
blocks; all blocks take their first step together, then their second, and so on, so that
a million event times need a thousand steps of numpy.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..counting import repeat


def forward(
    start: NDArray[np.float64],
    start_covariance: NDArray[np.float64],
    at_risk: NDArray[np.float64],
    jumps: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Carry an occupancy and its covariance through all event times.

    Parameters
    ----------
    start : numpy.ndarray of float, shape (stages,)
        Occupancy at the beginning.
    start_covariance : numpy.ndarray of float, shape (stages, stages)
        Its covariance.
    at_risk : numpy.ndarray of float, shape (times, stages)
        How many were in each stage just before each event time.
    jumps : numpy.ndarray of float, shape (times, stages, stages)
        How many moved from stage to stage at each event time; the diagonal is 0.

    Returns
    -------
    occupancy : numpy.ndarray of float, shape (times, stages)
        Share in each stage just after each event time.
    variance : numpy.ndarray of float, shape (times, stages)
        Its variance (Greenwood).

    Notes
    -----
    p(t) = p(0) ∏(I + dA(u)), and V(t) = Mᵀ V(t-) M + C with M = I + dA and C the
    multinomial covariance of what moved. Source: Andersen, Borgan, Gill & Keiding (1993),
    Statistical Models Based on Counting Processes, chapter IV.
    """
    times, stages = at_risk.shape
    if not times:
        return np.empty((0, stages)), np.empty((0, stages))
    steps = _blocks(_steps(at_risk, jumps), np.eye(stages))
    risk = _blocks(at_risk, np.ones(stages))
    length, *_, blocks = steps.shape

    whole = repeat(np.eye(stages)[:, :, None], blocks, axis=2)
    for step in steps:
        whole = _times(whole, step)
    begin = np.empty((stages, blocks))
    begin[:, 0] = start
    for b in range(1, blocks):
        begin[:, b] = begin[:, b - 1] @ whole[:, :, b - 1]

    occupancy = np.empty((length + 1, stages, blocks))
    occupancy[0] = begin
    inside = np.zeros((stages, stages, blocks))
    for k, step in enumerate(steps):
        inside = _carried(inside, step, occupancy[k], risk[k])
        np.einsum("hb,hjb->jb", occupancy[k], step, out=occupancy[k + 1])

    covariance = np.empty((stages, stages, blocks))
    covariance[:, :, 0] = start_covariance
    for b in range(1, blocks):
        step = whole[:, :, b - 1]
        covariance[:, :, b] = step.T @ covariance[:, :, b - 1] @ step + inside[:, :, b - 1]

    variance = np.empty((length, stages, blocks))
    for k, step in enumerate(steps):
        covariance = _carried(covariance, step, occupancy[k], risk[k])
        variance[k] = np.einsum("hhb->hb", covariance)
    return _unblocked(occupancy[1:], times), np.maximum(_unblocked(variance, times), 0.0)


def backward(
    at_risk: NDArray[np.float64], jumps: NDArray[np.float64], gaps: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Carry the expected time still to be spent in each stage back from the horizon.

    Parameters
    ----------
    at_risk, jumps
        As in `forward`.
    gaps : numpy.ndarray of float, shape (times,)
        Time from each event time to the next one, the last to the horizon.

    Returns
    -------
    numpy.ndarray of float, shape (times, stages, stages)
        [t, h, j]: expected time spent in stage j from event time t to the horizon by
        someone who is in stage h just after t.
    """
    times, stages = at_risk.shape
    identity = np.eye(stages)
    # Time runs back: R(t) = gap(t) I + M(t+1) R(t+1).
    after = np.concatenate([_steps(at_risk, jumps)[1:], identity[None]])[::-1]
    steps = _blocks(after, identity)
    gain = _blocks(gaps[::-1], np.float64(0.0))
    length, *_, blocks = steps.shape

    total = np.zeros((stages, stages, blocks))
    whole = repeat(identity[:, :, None], blocks, axis=2)
    for k, step in enumerate(steps):
        total = _times(step, total) + identity[:, :, None] * gain[k]
        whole = _times(step, whole)
    state = np.zeros((stages, stages, blocks))
    for b in range(1, blocks):
        state[:, :, b] = total[:, :, b - 1] + whole[:, :, b - 1] @ state[:, :, b - 1]

    left = np.empty((length, stages, stages, blocks))
    for k, step in enumerate(steps):
        state = _times(step, state) + identity[:, :, None] * gain[k]
        left[k] = state
    return _unblocked(left, times)[::-1]


def _steps(at_risk: NDArray, jumps: NDArray) -> NDArray:
    """I + dA at each event time."""
    steps = jumps / np.where(at_risk > 0, at_risk, 1.0)[:, :, None]
    diagonal = np.arange(at_risk.shape[1])
    steps[:, diagonal, diagonal] = 1.0 - steps.sum(axis=2)
    return steps


def _times(one: NDArray, two: NDArray) -> NDArray:
    """Matrix product of each block's pair of matrices; the block is the last axis."""
    return np.einsum("hib,ijb->hjb", one, two)


def _carried(covariance: NDArray, step: NDArray, state: NDArray, risk: NDArray) -> NDArray:
    """Covariance after one step: what was there, moved on, and what this step adds."""
    share = state**2 / np.maximum(risk, 1.0)
    # Sum over stages h of p_h²/Y_h (diag(m_h) - m_h m_hᵀ), m_h the row of I + dA.
    weighted = step * share[:, None]
    turned = np.einsum("hib,ijb->hjb", covariance, step) - weighted
    moved = np.einsum("hib,hjb->ijb", step, turned)
    diagonal = np.arange(len(step))
    moved[diagonal, diagonal] += weighted.sum(axis=0)
    return moved


def _blocks(values: NDArray, filling: NDArray) -> NDArray:
    """Cut into blocks of one length, the block as last axis; fill with idle steps."""
    length = -(-len(values) // max(1, int(np.sqrt(len(values)))))
    blocks = -(-len(values) // length)
    short = np.broadcast_to(filling, (blocks * length - len(values), *values.shape[1:]))
    cut = np.concatenate([values, short]).reshape(blocks, length, *values.shape[1:])
    return np.ascontiguousarray(np.moveaxis(cut, 0, -1))


def _unblocked(values: NDArray, times: int) -> NDArray:
    whole = np.moveaxis(values, -1, 0)
    return whole.reshape(-1, *values.shape[1:-1])[:times]
