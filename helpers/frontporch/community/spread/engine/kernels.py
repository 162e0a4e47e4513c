"""Contagion in compiled kernels: the same bits as in numpy, run by run.

numba is imported here alone, and this module only when kernels are asked for. Adopters are
worked on in blocks: the rows of a whole block are touched before any of them is used, so that
memory answers for all of them at once; on large graphs this is most of the speed.

Every kernel is given a community, keys of runs, and arrays to work in, which it leaves as it
found them: `seen` (0: has not adopted, 1: has, 2: has in this step), `queue` (adopters in
order), `hits` (whom coins fell for), `via` (over which arcs) and `givers` (from whom). Where
ties have kinds, `lowest` and `through` keep the lowest lot that reached a person in this
step, and over which arc.
"""

import numpy as np

from ....groups import needs

with needs("A compiled kernel"):
    from numba import njit

from ....elementary import log_of_one

U11, U27, U30, U31, U32 = (np.uint64(k) for k in (11, 27, 30, 31, 32))
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
TO_ONE = 2.0**-53
COUNT, SHARE, PRESSURE = 0, 1, 2
BLOCK = 32  # adopters whose rows are touched together
NEAR = 1 << 15  # people whose state lies near the processor as it is
compiled = njit(cache=True, nogil=True)
inlined = njit(cache=True, nogil=True, inline="always")
log = compiled(log_of_one)


@compiled
def tossed(key, source, target, directed):
    """Give the 53 bits of a coin: `frontporch.streams.coins` for one tie."""
    low, high = np.uint64(source), np.uint64(target)
    if not directed and high < low:
        low, high = high, low
    bits = key ^ ((low << U32) | high)
    bits = (bits ^ (bits >> U30)) * FIRST
    bits = (bits ^ (bits >> U27)) * SECOND
    return (bits ^ (bits >> U31)) >> U11


@inlined
def touched_rows(starts, targets, queue, first, last, begin, end):
    """Look up the rows of a block, and touch their first and last arc."""
    touched = 0
    for k in range(last - first):
        begin[k], end[k] = starts[queue[first + k]], starts[queue[first + k] + 1]
    for k in range(last - first):
        if end[k] > begin[k]:
            touched += targets[begin[k]] + targets[end[k] - 1]
    return touched


@compiled
def seated(start, seen, queue, new, squares):
    """Let those adopt who have at the start."""
    for k in range(start.size):
        seen[start[k]] = 1
        queue[k] = start[k]
    new[0] += start.size
    squares[0] += start.size * start.size
    return start.size


@inlined
def won(coin, arc, lottery, people, count):
    """Let a person adopt; of several ties in one step the one with the lowest coin is credited."""
    key, person, target, directed = coin
    seen, queue, lowest, through = people
    first = seen[target] == 0
    if first:
        seen[target] = 2 if lottery else 1
        queue[count] = target
    if lottery:
        lot = np.float64(tossed(key, person, target, directed))
        if first or lot < lowest[target]:
            lowest[target] = lot
            through[target] = arc
    return count + first


@inlined
def fell(key, directed, found, arrows, people, count):
    """Let those adopt whom the coins of a block fell for."""
    hits, via, givers = arrows
    seen = people[0]
    for j in range(found):
        target = hits[j]
        if seen[target] != 1:
            count = won((key, givers[j], target, directed), via[j], True, people, count)
    return count


@compiled
def settled(last, count, step, marked, people, kind, sums):
    """Close a step: count who adopted in it, and what brought them."""
    seen, queue, _, through = people
    _, new, squares, _, carried = sums
    if marked:
        for at in range(last, count):
            seen[queue[at]] = 1
            if carried.size:
                carried[kind[through[queue[at]]]] += 1
    new[step] += count - last
    squares[step] += count * count - last * last


@compiled
def cleared(count, run, seen, queue, sizes, reached):
    """Close a run: count who adopted, and clear the traces."""
    sizes[run] = count
    for at in range(count):
        seen[queue[at]] = 0
        reached[queue[at]] += 1


@inlined
def tossed_rows(key, town, by_person, chance, rows, first, count, work):
    """Toss the coins of a block's arcs, and let those adopt whom they fell for."""
    _, targets, directed = town
    begin, end, upto = rows
    seen, queue, hits, via, givers, lowest, through = work
    arrows, people = (hits, via, givers), (seen, queue, lowest, through)
    found = 0
    for k in range(upto - first):
        person, arc = queue[first + k], begin[k]
        while arc < end[k]:
            if found == hits.size:
                count = fell(key, directed, found, arrows, people, count)
                found = 0
            piece = min(end[k], arc + hits.size - found)
            before = found
            for at in range(arc, piece):
                target = targets[at]
                hits[found] = target
                via[found] = at
                p = chance[target] if by_person else chance[at]
                bits = tossed(key, person, target, directed)
                found += np.int64(bits * TO_ONE < p)
            arc = piece
            givers[before:found] = person
    return fell(key, directed, found, arrows, people, count)


@compiled
def cascade(town, call, by_person, chance, kind, work, sums):
    """Run independent cascades where ties have kinds: every arc of an adopter gets one coin.

    The coin is held against `chance` of the person who is reached, or of the arc. `town` holds
    the arcs, `call` the start, the keys and the most steps; `work` and `sums` are arrays, each
    named where it is unpacked.
    """
    starts, targets, _ = town
    start, keys, most_steps = call
    seen, queue = work[0], work[1]
    people = (seen, queue, work[5], work[6])
    sizes, new, squares, reached, _ = sums
    begin, end, deepest, touched = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), 0, 0
    for run in range(keys.size):
        count = seated(start, seen, queue, new, squares)
        first, step = 0, 0
        while first < count and step != most_steps:
            last = count
            while first < last:
                upto = min(first + BLOCK, last)
                touched += touched_rows(starts, targets, queue, first, upto, begin, end)
                rows = (begin, end, upto)
                count = tossed_rows(keys[run], town, by_person, chance, rows, first, count, work)
                first = upto
            if count == last:
                break
            step += 1
            settled(last, count, step, True, people, kind, sums)
        cleared(count, run, seen, queue, sizes, reached)
        deepest = max(deepest, step)
    return deepest, touched


@inlined
def touched_people(targets, seen, tally, begin, end, rows):
    """Touch the state of those whom the first arcs of a block lead to."""
    touched = 0
    for k in range(rows):
        for arc in range(begin[k], min(end[k], begin[k] + 16)):
            touched += seen[targets[arc]] + tally[targets[arc]]
    return touched


@inlined
def forgotten(exposed, lottery, tally, met, when):
    """Clear the exposures of a run."""
    for k in range(exposed):
        tally[met[k]] = 0
        if lottery:
            when[met[k]] = 0


@compiled
def thresholds(town, call, mode, rule, kind, work, sums):  # noqa: C901 - see the docstring
    """Run contagions in which exposures add up.

    `mode` says what is held against what: COUNT the number of exposures against `needed`, SHARE
    their share of all ties, and PRESSURE the sum of `worth`, against the person's own coin.
    `tally` holds the exposures, `met` those who have any and `when` the step of the last one.

    What happens at an arc stands in the loop itself: as a function that is given the arrays it
    costs half as much again to four times as much, because references to them are counted.
    """
    starts, targets, directed = town
    start, keys, most_steps = call
    needed, degree, worth, unit = rule
    seen, queue, lowest, through, when, tally, met = work
    sizes, new, squares, reached, carried = sums
    people, lottery, far = (seen, queue, lowest, through), carried.size > 0, starts.size > NEAR
    begin, end, deepest, touched = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), 0, 0
    for run in range(keys.size):
        key, exposed, first, step = keys[run], 0, 0, 0
        count = seated(start, seen, queue, new, squares)
        while first < count and step != most_steps:
            last = count
            while first < last:
                upto = min(first + BLOCK, last)
                touched += touched_rows(starts, targets, queue, first, upto, begin, end)
                if far:
                    touched += touched_people(targets, seen, tally, begin, end, upto - first)
                for k in range(upto - first):
                    for arc in range(begin[k], end[k]):
                        target = targets[arc]
                        if seen[target] == 1 or (seen[target] and not lottery):
                            continue
                        # It tips nobody; nor would its tally keep the person from `met` twice.
                        if mode == PRESSURE and worth[arc] == 0:
                            continue
                        if tally[target] == 0:
                            met[exposed] = target
                            exposed += 1
                        tally[target] += worth[arc] if mode == PRESSURE else 1
                        so_far = tally[target]
                        if lottery:
                            # All who reach a person in the step that tips it share the credit,
                            # by weight: the first of exponential times at those rates.
                            lot = np.float64(tossed(key, queue[first + k], target, directed))
                            if mode == PRESSURE:
                                lot = -log(1 - lot * TO_ONE) / worth[arc]
                            if when[target] != step + 1 or lot < lowest[target]:
                                lowest[target], through[target] = lot, arc
                                when[target] = step + 1
                        if mode == COUNT:
                            yes = so_far >= needed[target]
                        else:
                            part = so_far / degree[target] if mode == SHARE else so_far * unit
                            yes = tossed(key, target, target, directed) * TO_ONE < part
                        if yes and seen[target] == 0:
                            seen[target] = 2
                            queue[count] = target
                            count += 1
                first = upto
            if count == last:
                break
            step += 1
            settled(last, count, step, True, people, kind, sums)
        forgotten(exposed, lottery, tally, met, when)
        cleared(count, run, seen, queue, sizes, reached)
        deepest = max(deepest, step)
    return deepest, touched


@compiled
def trials(town, call, chances, kind, work, sums):
    """Run contagions in which each exposure is a trial, with the chance of its number.

    Which exposure of a step comes first matters, so adopters of a step are taken in order.
    """
    starts, targets, directed = town
    start, keys, most_steps = call
    seen, queue, lowest, through, when, tally, met = work
    sizes, new, squares, reached, carried = sums
    people, lottery, far = (seen, queue, lowest, through), carried.size > 0, starts.size > NEAR
    begin, end, deepest, touched = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), 0, 0
    for run in range(keys.size):
        key, exposed, first, step = keys[run], 0, 0, 0
        count = seated(start, seen, queue, new, squares)
        while first < count and step != most_steps:
            last = count
            queue[first:last].sort()
            while first < last:
                upto = min(first + BLOCK, last)
                touched += touched_rows(starts, targets, queue, first, upto, begin, end)
                if far:
                    touched += touched_people(targets, seen, tally, begin, end, upto - first)
                for k in range(upto - first):
                    person = queue[first + k]
                    for arc in range(begin[k], end[k]):
                        target = targets[arc]
                        if seen[target] == 1 or (seen[target] and not lottery):
                            continue
                        if tally[target] == 0:
                            met[exposed] = target
                            exposed += 1
                        tally[target] += 1
                        p = chances[min(tally[target], chances.size) - 1]
                        if tossed(key, person, target, directed) * TO_ONE < p:
                            coin = (key, person, target, directed)
                            count = won(coin, arc, lottery, people, count)
                first = upto
            if count == last:
                break
            step += 1
            settled(last, count, step, True, people, kind, sums)
        forgotten(exposed, lottery, tally, met, when)
        cleared(count, run, seen, queue, sizes, reached)
        deepest = max(deepest, step)
    return deepest, touched
