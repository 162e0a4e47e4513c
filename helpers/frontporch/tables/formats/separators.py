"""What stands between the cells of a line."""

from __future__ import annotations

import csv
from collections import Counter

from ..contract import Contract
from ..reading import MARKS
from ..usual import plain

LINES = 50


def separator_of(text: str, contract: Contract) -> str:
    """Find the separator of a text by its first lines.

    The one under which the first line has most names of the contract; where none has any, the
    one that divides all lines into equally many cells, most of them.

    Examples
    --------
    >>> separator_of("start;source;target\\n2024-03-01;1,5;2,5\\n", Contract.load("interactions"))
    ';'
    """
    start = text[: 1 << 16]
    lines = [one for one in start.splitlines()[:LINES] if one.strip()]
    if not lines:
        return ","
    if len(start) < len(text) and 1 < len(lines) < LINES:
        lines = lines[:-1]  # the last one may be cut
    known = {plain(n) for one in contract.fields for n in (one.name, *one.usual_names)}
    best, most = ",", (-1, 0.0, 0)
    for mark in MARKS:
        counts = [len(_cells(line, mark)) for line in lines]
        usual, often = Counter(counts).most_common(1)[0]
        named = sum(plain(cell) in known for cell in _cells(lines[0], mark))
        divides = usual > 1 and counts[0] == usual
        if mark == " " and named < 2 and (often < len(counts) or not divides):
            continue
        score = (named, often / len(counts) if divides else 0.0, usual if divides else 1)
        if score > most:
            best, most = mark, score
    return best


def _cells(line: str, mark: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=mark), [])
    except csv.Error:
        return line.split(mark)
