"""Compiled kernels of seeding: worlds, reverse-reachable sets, coverage; the same bits as numpy.

This module is imported only when kernels are asked for: it needs numba.
"""

import numpy as np

from ..spread.engine.kernels import BLOCK, compiled, inlined, tossed, touched_rows

PERSON, ARC = 1, 2
U11 = np.uint64(11)
TO_ONE = 2.0**-53
ROOT = np.uint64(0xFFFFFFFFFFFFFFFF)
U27, U30, U31 = (np.uint64(k) for k in (27, 30, 31))
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@compiled
def head(parent, person):
    """Find the head of a person's component, halving the path to it."""
    while parent[person] != person:
        parent[person] = parent[parent[person]]
        person = parent[person]
    return person


@compiled
def labelled(starts, targets, key, limits, parent, size, labels, sizes):
    """Toss the ties of one world and label its components; give how many have two or more.

    The head of a component is its first member, so that labels follow in that order.
    """
    people = starts.size - 1
    alike = limits.size == 1
    for person in range(people):
        parent[person] = person
        size[person] = 0
    for person in range(people):
        for arc in range(starts[person], starts[person + 1]):
            other = targets[arc]
            if other <= person:
                continue
            limit = limits[0] if alike else limits[arc]
            if tossed(key, person, other, False) < limit:
                one, two = head(parent, person), head(parent, other)
                if one < two:
                    parent[two] = one
                elif two < one:
                    parent[one] = two
    for person in range(people):
        size[head(parent, person)] += 1
    found = 0
    sizes[0] = 1
    for person in range(people):
        top = head(parent, person)
        if size[top] == 1:
            labels[person] = 0
        elif top == person:
            found += 1
            labels[person] = found
            sizes[found] = size[top]
        else:
            labels[person] = labels[top]
    return found


@compiled
def root_of(key, people):
    """Draw the person whom a reverse-reachable set starts from."""
    bits = key ^ ROOT
    bits = (bits ^ (bits >> U30)) * FIRST
    bits = (bits ^ (bits >> U27)) * SECOND
    return np.int64(np.float64((bits ^ (bits >> U31)) >> U11) * TO_ONE * people)


@inlined
def joined(hits, found, members, seen, filled):
    """Let those into a set whom coins fell for, each once."""
    for source in hits[:found]:
        members[filled] = source
        filled += np.int64(seen[source] == 0)
        seen[source] = 1
    return filled


@compiled
def reverse_reachable(town, by, limits, keys, first, kept, work):
    """Draw sets from number `first` on until `members` is full; give the number of the next.

    A set lies in `members` in the order in which it was found, and is its own queue. It is
    worked on in blocks: rows are touched before any of them is used, coins are tossed one
    after the other without a branch, and looked at when the block is done. `town` holds the arcs to
    each person, `kept` the sets one after the other with their ends.
    """
    starts, sources, directed = town
    members, ends = kept
    seen, hits = work
    people = starts.size - 1
    begin, end, touched = np.empty(BLOCK, np.int64), np.empty(BLOCK, np.int64), 0
    filled = ends[first]
    for number in range(first, keys.size):
        key = keys[number]
        begun, at = filled, filled
        full = filled == members.size
        if not full:
            root = root_of(key, people)
            members[filled] = root
            seen[root] = 1
            filled += 1
        while at < filled and not full:
            last = min(at + BLOCK, filled)
            touched += touched_rows(starts, sources, members, at, last, begin, end)
            found = 0
            for k in range(last - at):
                person, arc = members[at + k], begin[k]
                limit = limits[person if by == PERSON else 0]
                while arc < end[k]:
                    if found == hits.size:
                        full = full or filled + found > members.size
                        filled = joined(hits, 0 if full else found, members, seen, filled)
                        found = 0
                    piece = min(end[k], arc + hits.size - found)
                    if by == ARC:
                        for place in range(arc, piece):
                            source = sources[place]
                            hits[found] = source
                            fits = tossed(key, source, person, directed) < limits[place]
                            found += np.int64(fits)
                    else:
                        for place in range(arc, piece):
                            source = sources[place]
                            hits[found] = source
                            found += np.int64(tossed(key, source, person, directed) < limit)
                    arc = piece
            full = full or filled + found > members.size
            filled = joined(hits, 0 if full else found, members, seen, filled)
            at = last
        for k in range(begun, filled):
            seen[members[k]] = 0
        if full:
            return number, touched
        ends[number + 1] = filled
    return keys.size, touched


@compiled
def index_of(members, ends, closed, people):
    """Say which open sets each person lies in, as compressed sparse rows."""
    starts = np.zeros(people + 1, np.int64)
    for number in range(ends.size - 1):
        if not closed[number]:
            for at in range(ends[number], ends[number + 1]):
                starts[members[at] + 1] += 1
    for person in range(people):
        starts[person + 1] += starts[person]
    sets = np.empty(starts[people], np.int32)
    place = starts.copy()
    for number in range(ends.size - 1):
        if not closed[number]:
            for at in range(ends[number], ends[number + 1]):
                person = members[at]
                sets[place[person]] = number
                place[person] += 1
    return starts, sets


@inlined
def at_most(lie, most, k):
    """Give how many open sets k people can cover at most, from how many lie in exactly so many."""
    left, above, level = k, 0, most
    while left > 0 and level > 0:
        here = min(left, lie[level])
        above += here * level
        left -= here
        level -= 1
    return above


@compiled
def covered_by(starts, sets, members, ends, closed, taken, chosen, gains):
    """Choose people who lie in most sets, one after the other; give the bound on any choice."""
    people = starts.size - 1
    k = chosen.size
    count = np.empty(people, np.int64)
    most = 0
    for person in range(people):
        count[person] = starts[person + 1] - starts[person]
        most = max(most, count[person])
    # How many people lie in exactly so many open sets: the k largest are read off it.
    lie = np.zeros(most + 1, np.int64)
    for person in range(people):
        lie[count[person]] += 1
    upto, bound = 0, np.int64(2**62)
    for step in range(k + 1):
        best, person = -1, 0
        bound = min(bound, upto + at_most(lie, most, k))
        if step == k:
            break
        while most > 0 and lie[most] == 0:
            most -= 1
        for one in range(people):
            if count[one] > best and not taken[one]:
                best, person = count[one], one
                if best == most:
                    break
        taken[person] = True
        chosen[step], gains[step] = person, best
        upto += best
        for place in range(starts[person], starts[person + 1]):
            number = sets[place]
            if not closed[number]:
                closed[number] = True
                for at in range(ends[number], ends[number + 1]):
                    one = members[at]
                    lie[count[one]] -= 1
                    count[one] -= 1
                    lie[count[one]] += 1
    return bound
