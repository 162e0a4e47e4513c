"""Independent cascades in compiled kernels, several runs step by step together.

Nobody can guess which coin falls, and a wrong guess costs a processor as much as eighty coins. So
nothing here branches on a coin: eight coins at a time give a mask, masks with a bit are kept, and
the bits are worked off one a round. Small communities take many runs at once, so that each round
is long; a large one fills memory by itself.

A *member* is a person in a run: the run's number among those at work, shifted by `shift`, and the
person's number. `seen` and `queue` are over members.
"""

import numpy as np

from .kernels import compiled, inlined, touched_rows
from .vector_coins import LANES, WITHIN, fallen_alike, fallen_by_arc, fallen_by_person, lowest_bit

BLOCK = 64  # adopters whose rows are touched together
ALIKE, BY_PERSON, BY_ARC = 0, 1, 2
ONE = np.uint64(1)


@inlined
def fallen(targets, at, person, key, limits, by, directed):
    """Toss the coins of eight arcs."""
    if by == ALIKE:
        return fallen_alike(targets, at, person, key, limits, directed)
    if by == BY_PERSON:
        return fallen_by_person(targets, at, person, key, limits, directed)
    return fallen_by_arc(targets, at, person, key, limits, directed)


@compiled
def taken(found, masks, rows, bases, targets, seen, queue, count):
    """Let those adopt whom coins fell for: one bit of every mask a round."""
    while found:
        left = 0
        for k in range(found):
            mask, row, base = masks[k], rows[k], bases[k]
            member = base + targets[row + lowest_bit(mask)]
            # The queue has a place to spare for a member who is not taken.
            queue[count] = member
            count += np.int64(seen[member] == 0)
            seen[member] = 1
            mask &= mask - ONE
            masks[left], rows[left], bases[left] = mask, row, base
            left += np.int64(mask != 0)
        found = left
    return count


@inlined
def seated_together(start, runs, shift, seen, queue, now, before, new, squares):
    """Let those adopt who have at the start, in every run at work."""
    count = 0
    for run in range(runs):
        for k in range(start.size):
            queue[count] = (run << shift) + start[k]
            seen[queue[count]] = 1
            count += 1
        now[run] = before[run] = start.size
    new[0] += runs * start.size
    squares[0] += runs * start.size * start.size
    return count


@inlined
def counted(last, count, step, runs, shift, queue, now, before, new, squares):
    """Close a step: count who adopted in it, run by run."""
    for k in range(last, count):
        now[queue[k] >> shift] += 1
    for run in range(runs):
        new[step] += now[run] - before[run]
        squares[step] += now[run] * now[run] - before[run] * before[run]
        before[run] = now[run]


@compiled
def cascades(town, call, by, limits, lanes, work, sums):
    """Run independent cascades, so many `together`; coins are held against `limits`.

    `by` says whether there is one limit for all, one by the person reached, or one by arc.
    """
    starts, targets, directed = town
    start, keys, most_steps = call
    shift, together = lanes
    seen, queue, masks, rows, bases = work
    sizes, new, squares, reached = sums
    below, far = (1 << shift) - 1, together == 1
    final = targets.size - LANES
    begin, end, deepest, touched = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), 0, 0
    now, before = np.empty(together, np.int64), np.empty(together, np.int64)
    for block in range(0, keys.size, together):
        runs = min(together, keys.size - block)
        count = seated_together(start, runs, shift, seen, queue, now, before, new, squares)
        first, step = 0, 0
        while first < count and step != most_steps:
            last = count
            while first < last:
                upto = min(first + BLOCK, last) if far else last
                if far:
                    touched += touched_rows(starts, targets, queue, first, upto, begin, end)
                found = 0
                for k in range(first, upto):
                    person = queue[k] & below
                    base = queue[k] - person
                    key = keys[block + (base >> shift)]
                    arc, stop = starts[person], starts[person + 1]
                    while arc < stop:
                        if found == masks.size:
                            count = taken(found, masks, rows, bases, targets, seen, queue, count)
                            found = 0
                        # The last eight arcs of all are read from where there are eight.
                        at = min(arc, final)
                        mask = fallen(targets, at, person, key, limits, by, directed)
                        mask = (mask >> np.uint64(arc - at)) & WITHIN[min(stop - arc, LANES)]
                        masks[found], rows[found], bases[found] = mask, arc, base
                        found += np.int64(mask != 0)
                        arc += LANES
                count = taken(found, masks, rows, bases, targets, seen, queue, count)
                first = upto
            if count == last:
                break
            step += 1
            counted(last, count, step, runs, shift, queue, now, before, new, squares)
        sizes[block : block + runs] = now[:runs]
        for k in range(count):
            seen[queue[k]] = 0
            reached[queue[k] & below] += 1
        deepest = max(deepest, step)
    return deepest, touched
