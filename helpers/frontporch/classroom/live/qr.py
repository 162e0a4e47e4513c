"""A QR code of a short address, as SVG.

Only what an address needs: bytes, the lowest level of correction (a projector has no scratches),
and the five smallest sizes, in which everything is one block. `segno` would do more; it is not
worth a dependency.

Source: ISO/IEC 18004 (2015), QR Code bar code symbology specification.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

_CODEWORDS = {1: (19, 7), 2: (34, 10), 3: (55, 15), 4: (80, 20), 5: (108, 26)}
"""Of each size: codewords of data, and of correction (table 9, level L)."""
LONGEST = _CODEWORDS[5][0] - 2
"""Bytes of an address."""
_FINDER = ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, column: row % 2 == 0,
    lambda row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)

Matrix = list[list[int]]


def svg(text: str) -> str:
    """Draw the QR code of an address.

    Parameters
    ----------
    text : str
        At most `LONGEST` bytes.

    Returns
    -------
    str
        An SVG that fills its place, with the quiet zone of four modules around it.

    Raises
    ------
    ValueError
        If the address is longer.

    Examples
    --------
    >>> svg("http://10.0.0.7:8000/K7PQ2X")[:62]
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 33 33" ro'
    """
    made = matrix(text)
    side = len(made) + 8
    squares = "".join(
        f"M{column + 4} {row + 4}h1v1h-1z"
        for row, line in enumerate(made)
        for column, dark in enumerate(line)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        'aria-label="QR code of the address beside it" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{squares}"/></svg>'
    )


def matrix(text: str, mask: int | None = None) -> Matrix:
    """Give the modules of a QR code, row by row: 1 is dark.

    Parameters
    ----------
    text : str
        At most `LONGEST` bytes.
    mask : int, optional
        One of the eight masks; without it the one with the fewest penalty points.
    """
    said = text.encode("utf-8")
    version = next((one for one, (data, _) in _CODEWORDS.items() if len(said) + 2 <= data), None)
    if version is None:
        raise ValueError(
            f"The address has {len(said)} bytes, but a QR code here holds {LONGEST}: type it, or "
            "use a shorter name of this computer."
        )
    bits = [int(bit) for word in _codewords(said, version) for bit in f"{word:08b}"]
    drawn = [_drawn(version, bits, one) for one in ([*range(8)] if mask is None else [mask])]
    return min(drawn, key=_penalty)


def _codewords(said: bytes, version: int) -> bytes:
    """The data with its frame and padding, and the codewords that correct it."""
    room, correcting = _CODEWORDS[version]
    bits = f"0100{len(said):08b}" + "".join(f"{one:08b}" for one in said) + "0000"
    data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
    data += bytes((0xEC, 0x11)[k % 2] for k in range(room - len(data)))
    return data + _correction(data, correcting)


def _product(one: int, other: int) -> int:
    """Multiply in the field of 256 elements of QR codes."""
    made = 0
    for bit in reversed(range(8)):
        made = (made << 1) ^ (0x11D if made & 0x80 else 0)
        made ^= one * (other >> bit & 1)
    return made


def _correction(data: bytes, count: int) -> bytes:
    """The remainder of Reed and Solomon (annex A)."""
    generator, root = [1], 1
    for _ in range(count):
        shifted = [*generator, 0]
        generator = [
            here ^ _product(before, root)
            for here, before in zip(shifted, [0, *generator], strict=True)
        ]
        root = _product(root, 2)
    rest = [0] * count
    for one in data:
        factor = one ^ rest[0]
        rest = [
            here ^ _product(factor, by)
            for here, by in zip([*rest[1:], 0], generator[1:], strict=True)
        ]
    return bytes(rest)


def _drawn(version: int, bits: list[int], mask: int) -> Matrix:
    fixed = _fixed(version, mask)
    side = len(fixed)
    made = [[one or 0 for one in row] for row in fixed]
    left = iter(bits)
    for row, column in _path(side):
        if fixed[row][column] is None:
            made[row][column] = next(left, 0) ^ _MASKS[mask](row, column)
    return made


def _fixed(version: int, mask: int) -> list[list[int | None]]:
    """What is the same whatever the code says; None where data go."""
    side = 17 + 4 * version
    made: list[list[int | None]] = [[None] * side for _ in range(side)]
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        for row in range(max(0, top - 1), min(side, top + 8)):  # with its light frame
            for column in range(max(0, left - 1), min(side, left + 8)):
                inside = 0 <= row - top < 7 and 0 <= column - left < 7
                made[row][column] = int(_FINDER[row - top][column - left]) if inside else 0
    if version > 1:  # the small square
        middle = side - 7
        for row in range(-2, 3):
            for column in range(-2, 3):
                made[middle + row][middle + column] = int(max(abs(row), abs(column)) != 1)
    for at in range(8, side - 8):
        made[6][at] = made[at][6] = int(at % 2 == 0)
    for place, bit in enumerate(_format(mask)):
        one, other = _format_places(place, side)
        made[one[0]][one[1]] = made[other[0]][other[1]] = bit
    made[side - 8][8] = 1
    return made


def _format(mask: int) -> list[int]:
    """Fifteen bits that name level and mask (annex C), the least first."""
    told = 0b01 << 3 | mask  # 01 is level L
    rest = told << 10
    for bit in reversed(range(10, 15)):
        if rest >> bit & 1:
            rest ^= 0b10100110111 << (bit - 10)
    said = (told << 10 | rest) ^ 0b101010000010010
    return [said >> bit & 1 for bit in range(15)]


def _format_places(place: int, side: int) -> tuple[tuple[int, int], tuple[int, int]]:
    if place < 8:
        one = (place + (place > 5), 8)
        return one, (8, side - 1 - place)
    return (8, 7 if place == 8 else 14 - place), (side - 15 + place, 8)


def _path(side: int) -> Iterator[tuple[int, int]]:
    """The order in which data are laid: two columns at a time, up and down, from the right."""
    up = True
    for right in range(side - 1, 0, -2):
        right -= right <= 6  # the column of the clock is passed over
        for step in range(side):
            row = side - 1 - step if up else step
            yield row, right
            yield row, right - 1
        up = not up


def _penalty(made: Matrix) -> int:
    """Points of a mask (table 11): long runs, blocks, what looks like a corner, and imbalance."""
    side, points = len(made), 0
    lines = [*made, *(list(one) for one in zip(*made, strict=True))]
    for line in lines:
        runs = [sum(1 for _ in group) for _, group in groupby(line)]
        points += sum(run - 2 for run in runs if run >= 5)
        told = "".join(map(str, line))
        for look in ("10111010000", "00001011101"):
            points += 40 * sum(told.startswith(look, at) for at in range(side))
    for row in range(side - 1):
        for column in range(side - 1):
            block = made[row][column] + made[row][column + 1]
            block += made[row + 1][column] + made[row + 1][column + 1]
            points += 3 * (block in (0, 4))
    share = 100 * sum(map(sum, made)) / side**2
    return points + 10 * int(abs(share - 50) / 5)
