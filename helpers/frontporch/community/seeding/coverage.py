"""Choosing people who lie in most sets, and a bound on what any choice could cover."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount, repeat
from .reverse_reachable import ReverseReachable


def most_covering(
    sets: ReverseReachable, k: int, already: NDArray[np.int64], compiled: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Choose people greedily, each time the one who lies in most sets not yet covered.

    Parameters
    ----------
    sets : ReverseReachable
        The sets.
    k : int
        How many people.
    already : numpy.ndarray of int64
        Numbers of those who are not chosen, and whose sets do not count.
    compiled : bool
        Whether to use the compiled kernel, which makes the same choice.

    Returns
    -------
    chosen : numpy.ndarray of int64, shape (k,)
        Numbers of the people; of several who are as good, the lowest.
    gains : numpy.ndarray of int64, shape (k,)
        How many sets each adds.
    bound : int
        No k people cover more sets.

    Notes
    -----
    Coverage is submodular: whatever is chosen already, k more people add no more than the k
    largest gains that are left, and the smallest of these sums over all steps is the bound.
    Source: Tang, Tang, Xiao & Yuan (2018), SIGMOD, section 4.

    Examples
    --------
    >>> some = ReverseReachable(3, np.array([0, 1, 1, 2], dtype=np.int32), np.array([0, 1, 3, 4]))
    >>> chosen, gains, bound = most_covering(some, 1, np.array([], dtype=int))
    >>> chosen.tolist(), gains.tolist(), bound
    ([1], [2], 2)
    """
    closed, taken = sets.hit(already), np.zeros(sets.people, dtype=bool)
    taken[already] = True
    if compiled:
        from .kernels import covered_by, index_of

        chosen, gains = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
        starts, lying = index_of(sets.members, sets.ends, closed, sets.people)
        bound = covered_by(starts, lying, sets.members, sets.ends, closed, taken, chosen, gains)
        return chosen, gains, int(bound)
    return _numpy(sets, k, closed, taken)


def _numpy(sets: ReverseReachable, k: int, closed: NDArray, taken: NDArray):
    members, people = sets.members, sets.people
    number = repeat(np.arange(len(sets)), np.diff(sets.ends))
    order = np.argsort(members, kind="stable")
    starts = np.searchsorted(members[order], np.arange(people + 1))
    lying = number[order]
    count = bincount(members[~closed[number]], minlength=people)
    chosen, gains = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
    upto, bound = 0, None
    for step in range(k + 1):
        top = int(np.partition(count, people - k)[people - k :].sum())
        bound = upto + top if bound is None else min(bound, upto + top)
        if step == k:
            break
        person = int(np.argmax(np.where(taken, -1, count)))
        chosen[step], gains[step] = person, count[person]
        taken[person] = True
        upto += int(count[person])
        new = lying[starts[person] : starts[person + 1]]
        new = new[~closed[new]]
        closed[new] = True
        # The members of all sets that have just been covered lie in one set less.
        sizes = sets.ends[new + 1] - sets.ends[new]
        before = np.cumsum(sizes) - sizes
        at = np.arange(sizes.sum()) + repeat(sets.ends[new] - before, sizes)
        count -= bincount(members[at], minlength=people)
    return chosen, gains, int(bound)
