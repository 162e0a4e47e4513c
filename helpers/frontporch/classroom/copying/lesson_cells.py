"""Rules on the cells of a lesson: roles in order, levels, minutes that add up."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from ...rounding import as_given
from .reading_time import minutes_needed

ROLES = (
    "masthead",
    "case",
    "objectives",
    "setup",
    "data",
    "predict",
    "run",
    "explain",
    "investigate",
    "modify",
    "uncertainty",
    "limits",
    "exercise",
    "decide",
    "keypoints",
)
LEVELS = ("core", "stretch", "research")
ROUTES = (20, 45, 75)
"""Minutes of the three ways through a lesson."""


def about(cell: Any) -> dict[str, Any]:
    """What a cell's metadata say of its place in the lesson."""
    return cell.metadata.get("frontporch", {})


def named(book: Any, k: int) -> str:
    """Name a cell so that its author finds it: number, id and first words.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> named(new_notebook(cells=[new_code_cell("answer = 3", id="l01-05")]), 0)
    'cell 0 (l01-05, "answer = 3")'
    """
    cell = book.cells[k]
    words = " ".join(cell.source.split())
    shown = words if len(words) <= 40 else f"{words[:39]}…"
    return f'cell {k} ({cell.get("id", "no id")}, "{shown}")'


def said(book: Any) -> Iterator[str]:
    """Yield what is wrong with what cells say of themselves."""
    for k, cell in enumerate(book.cells):
        told, name = about(cell), named(book, k)
        if told.get("role") not in ROLES:
            yield f"{name} has no role: give it one of {', '.join(ROLES)}."
        if told.get("level") not in LEVELS:
            yield f"{name} has no level: give it one of {', '.join(LEVELS)}."
        if not isinstance(told.get("minutes"), int | float) or told["minutes"] < 0:
            yield f"{name} has no minutes: give 0 or more."
        if "routes" not in told or not set(told["routes"]) <= set(ROUTES):
            yield f"{name} names no route, or one that does not exist: {ROUTES} are."
        if not cell.metadata.get("slideshow", {}).get("slide_type"):
            yield f"{name} has no slide type: give slide, subslide, fragment, notes or skip."
        if told.get("folded") and not cell.metadata.get("jupyter", {}).get("source_hidden"):
            yield f"{name} is called folded, but must be open: set its jupyter.source_hidden."


def order(book: Any) -> Iterator[str]:
    """Yield the roles that are missing, and the cells that stand before their time."""
    seen = [about(cell).get("role") for cell in book.cells]
    for role in ROLES:
        if role not in seen:
            k = next(
                (i for i, one in enumerate(seen) if one in ROLES and _place(one) > _place(role)),
                len(seen) - 1,
            )
            yield f"{named(book, k)} comes without a cell of role {role!r} before it: add one."
    latest = 0
    for k, role in enumerate(seen):
        if role in ROLES:
            if _place(role) < latest:
                yield (
                    f"{named(book, k)} has the role {role!r}, but stands after "
                    f"{ROLES[latest]!r}: move it, or give it the role of its neighbours."
                )
            latest = max(latest, _place(role))


def minutes(book: Any, guide: str | None = None) -> Iterator[str]:
    """Yield routes whose minutes do not add up, or that a class which reads cannot hold.

    The guide's table, where it is given, tells in which block the wrong minutes are.
    """
    header = book.metadata.get("frontporch", {}).get("minutes", {})
    if sorted(header) != sorted(map(str, ROUTES)):
        yield f"{named(book, 0)}: the header has the routes {sorted(header)}, but not {ROUTES}."
    wrong = {}
    for route in ROUTES:
        total = sum(_spent(cell) for cell in book.cells if route in about(cell).get("routes", ()))
        if not total == header.get(str(route)) == route:
            wrong[route] = total
    if not wrong:
        yield from _too_short(book)
        return
    blocks = _wrong_blocks(book, guide)
    cells = [
        k
        for k, cell in enumerate(book.cells)
        if _spent(cell) and (not blocks or about(cell).get("role") in blocks)
    ]
    # A wrong number moves exactly the routes on which its cell is.
    likely = [
        k for k in cells if set(about(book.cells[k]).get("routes", ())) == set(wrong)
    ] or cells
    told = "; ".join(f"{named(book, k)} {as_given(_spent(book.cells[k]))} min" for k in likely)
    for route, total in wrong.items():
        yield (
            f"the cells of route {route} take {as_given(total)} minutes, the header says "
            f"{header.get(str(route))}: correct one of {told}."
        )


def _too_short(book: Any) -> Iterator[str]:
    """Yield the blocks and routes that take a class more minutes than they are given."""
    for route in ROUTES:
        there = [k for k, cell in enumerate(book.cells) if route in about(cell).get("routes", ())]
        takes = minutes_needed(book.cells[k] for k in there)
        if takes > route:
            yield (
                f"{named(book, there[0])} begins route {route}, whose texts and answers take "
                f"{as_given(math.ceil(takes))} minutes: take a question or an evidence off it."
            )
        for role in ROLES:
            block = [k for k in there if about(book.cells[k]).get("role") == role]
            takes = math.floor(minutes_needed(book.cells[k] for k in block) + 0.5)
            given = sum(_spent(book.cells[k]) for k in block)
            if takes > given:
                yield (
                    f"{named(book, block[0])} begins {role!r}, which has {as_given(given)} min "
                    f"on route {route}, but its texts and answers take {takes} min: give its "
                    "cells more, or take one off the route."
                )


def guide_rows(book: Any, name: str, guide: str) -> Iterator[str]:
    """Yield what the guide's table of blocks lacks, has too much, or counts otherwise."""
    rows = re.findall(r"^\| (?!block)(\w+) \| \d+ \| \d+ \| \d+ \|$", guide, re.MULTILINE)
    roles = list(dict.fromkeys(about(cell).get("role") for cell in book.cells))
    missing = [role for role in roles if role not in rows]
    if missing:
        yield (
            f"{name} has no row for {', '.join(missing)}: its table needs one for each block, in "
            "order, such as  | predict | 2 | 4 | 6 |  with the minutes of routes 20, 45 and 75."
        )
    elif rows != roles:
        yield f"{name} has rows for {', '.join(rows)}, but the blocks are {', '.join(roles)}."
    wrong = sorted(_wrong_blocks(book, guide), key=_place)
    if wrong:
        yield f"{name} gives other minutes than the cells have for {', '.join(wrong)}."


def _wrong_blocks(book: Any, guide: str | None) -> set[str]:
    rows = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \|$", guide or "", re.MULTILINE)
    return {
        role
        for role, *given in rows
        if role in ROLES
        and any(
            sum(
                _spent(cell)
                for cell in book.cells
                if about(cell).get("role") == role and route in about(cell).get("routes", ())
            )
            != int(one)
            for route, one in zip(ROUTES, given, strict=True)
        )
    }


def _spent(cell: Any) -> float:
    given = about(cell).get("minutes", 0)
    return given if isinstance(given, int | float) else 0


def _place(role: str) -> int:
    return ROLES.index(role)
