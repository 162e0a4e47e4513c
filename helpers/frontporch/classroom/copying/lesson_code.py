"""Rules on code and results: short, seeded, offline, run in order, every picture with its text."""

from __future__ import annotations

import ast
import builtins
import re
import statistics
from collections.abc import Iterator
from typing import Any

from ..course_package import course
from .lesson_cells import ROUTES, about, named
from .sources import for_instructor

LONGEST, USUAL, MEDIAN = 15, 8, 3
"""Lines of any code cell, of nine in ten, and of the median one."""
FORBIDDEN = (
    "pip ",
    "conda ",
    "!",
    "%",
    "input(",
    "http:",
    "https:",
    "urllib",
    "requests",
    "import *",
    "warnings.filter",
    "/home",
    "C:\\",
    "../",
)
FEWEST = 40
"""Characters of an alternative text."""


def code(book: Any) -> list[tuple[int, Any]]:
    """Give the code cells with their numbers."""
    return [(k, cell) for k, cell in enumerate(book.cells) if cell.cell_type == "code"]


def short(book: Any) -> Iterator[str]:
    """Yield the code cells that are too long."""
    lines = {k: sum(1 for row in one.source.splitlines() if row.strip()) for k, one in code(book)}
    for k, count in lines.items():
        if count > LONGEST:
            yield f"{named(book, k)} has {count} lines of code, more than {LONGEST}: split it."
    long = [k for k, count in lines.items() if count > USUAL]
    if len(long) > 0.1 * len(lines):
        told = ", ".join(named(book, k) for k in long)
        yield f"more than a tenth of the code cells have over {USUAL} lines: shorten {told}."
    if lines and statistics.median(lines.values()) > MEDIAN:
        k = max(lines, key=lines.__getitem__)
        yield f"the median code cell has over {MEDIAN} lines: begin with {named(book, k)}."


def by_itself(book: Any) -> Iterator[str]:
    """Yield the cells that use, on some route, what no earlier cell of the route made."""
    for route in ROUTES:
        known = set(dir(builtins))
        for k, cell in code(book):
            if route not in about(cell).get("routes", ()):
                continue
            tree = _parsed(cell)
            if tree is None:
                yield f"{named(book, k)} is no Python: correct it."
                continue
            made, used = _names(tree)
            if used - known - made:
                missing = ", ".join(sorted(used - known - made))
                yield (
                    f"{named(book, k)} uses {missing}, which no earlier cell of route {route} "
                    "makes: put it on the route, or make it there."
                )
            known |= made


def offline(book: Any) -> Iterator[str]:
    """Yield the cells that install, fetch, ask, or name a place of one machine."""
    for k, cell in code(book):
        bare = re.sub(r'"[^"\n]*"', '""', cell.source).replace("!=", "")
        for word in FORBIDDEN:
            if word in bare:
                yield f"{named(book, k)} has {word.strip()!r}: a lesson fetches and asks nothing."


def seeded(book: Any) -> Iterator[str]:
    """Yield the draws without a seed."""
    for k, cell in code(book):
        for call in [one for one in ast.walk(_parsed(cell) or ast.Module([])) if _is_call(one)]:
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            given = {word.arg for word in call.keywords}
            # Exact runs follow every possibility, and draw nothing.
            exact = any(getattr(word.value, "value", None) == "exact" for word in call.keywords)
            unseeded = (
                (name == "simulate" and "seed" not in given and not exact)
                or (name == "default_rng" and not call.args and "seed" not in given)
                or name in ("rand", "randn", "randint", "shuffle")
            )
            if unseeded:
                yield f"{named(book, k)} draws by {name} without a seed: pass seed=7."


def never_run(book: Any) -> bool:
    """Say whether no cell of a notebook has a result or was counted."""
    cells = [cell for _, cell in code(book)]
    return bool(cells) and not any(one.execution_count or one.outputs for one in cells)


def results(book: Any) -> Iterator[str]:
    """Yield the cells whose stored results are missing, failed or carry warnings."""
    if never_run(book):
        lesson = book.metadata.get("frontporch", {}).get("lesson")
        remedy = (
            f"type  {course().porch} lesson all {lesson}" if lesson else "run all of it and save it"
        )
        yield f"the notebook has no results, because it was not run: {remedy}."
        return
    for number, (k, cell) in enumerate(code(book), start=1):
        name = named(book, k)
        if cell.execution_count != number:
            yield f"{name} was not run in order: run the whole notebook and save it."
        for one in cell.outputs:
            if one.output_type == "error":
                yield f"{name} ends in an error: {one.get('ename')}."
            elif one.get("name") == "stderr":
                yield f"{name} gives a warning: remove its cause."


def pictures(book: Any, *, flagged: bool = True) -> Iterator[str]:
    """Yield the pictures without an alternative text.

    Parameters
    ----------
    book : nbformat.NotebookNode
        Notebook with its results.
    flagged : bool
        Whether the metadata of a cell say that it has a picture, as those of a lesson do.
    """
    if never_run(book):  # `results` says so
        return
    shown = 0
    for k, cell in enumerate(book.cells):
        name, texts = named(book, k), list(_alt_texts(cell))
        shown += len(texts)
        for text in texts:
            if len(text.strip()) < FEWEST:
                yield (
                    f"{name} shows a picture whose alternative text is {text.strip()!r}: end the "
                    "cell with look.show(ax), or say in a sentence what is seen."
                )
        if flagged and cell.cell_type == "code" and bool(about(cell).get("picture")) != bool(texts):
            yield (
                f"{name} shows a picture, but its metadata do not say so: add picture: true."
                if texts
                else f"{name} should show a picture and has none: run it and save the result."
            )
        returned = [one for one in cell.get("outputs", []) if one.output_type == "execute_result"]
        if "look.show(" in cell.source and cell.cell_type == "code" and returned:
            yield f"{name} shows a picture and returns something too: end it with look.show(ax)."
    if not shown:
        yield "there is no picture with its text: draw one, run the notebook and save it."


def titled(book: Any) -> Iterator[str]:
    """Yield the pictures without a title, and the blocks of which no slide says anything."""
    for k, cell in enumerate(book.cells):
        if cell.cell_type != "code":
            block = _block(book, k)
            if block and not any(map(_says_something, block)):
                yield (
                    f"{named(book, k)} begins a block, and no slide of it has a title that says "
                    'something: add "message" to its metadata.'
                )
            continue
        for node in ast.walk(_parsed(cell) or ast.Module([], [])):
            shows = _is_call(node) and ast.unparse(node.func) == "look.show"
            if shows and len(node.args) + len(node.keywords) < 2:
                yield (
                    f"{named(book, k)} shows a picture without a title: give what it says, "
                    'look.show(ax, "Strangers bring more than half").'
                )


_SAYS = re.compile(r"classroom\.(evidence|verdict|result)\(|\blook\.show\(")


def _says_something(cell: Any) -> bool:
    """Whether a cell gives its slide a title: its own, that of a picture, or that of a claim."""
    return bool(
        about(cell).get("message") or (cell.cell_type == "code" and _SAYS.search(cell.source))
    )


def _block(book: Any, k: int) -> list[Any]:
    """Give the cells from a heading that is seen on slides to the next; none elsewhere."""
    told = about(book.cells[k])
    unseen = told.get("slide") == "skip" or for_instructor(book.cells[k])
    if not book.cells[k].source.startswith("#") or unseen or told.get("role") in _NAMED:
        return []
    end = k + 1
    while end < len(book.cells) and not book.cells[end].source.startswith("#"):
        end += 1
    return list(book.cells[k:end])


_NAMED = ("masthead", "objectives", "setup", None)
"""Blocks whose name is title enough."""


def _alt_texts(cell: Any) -> Iterator[str]:
    """Give the alternative text of each picture in a cell; an empty one where there is none."""
    pages = [cell.source] if cell.cell_type == "markdown" else []
    for one in cell.get("outputs", []):
        data, told = one.get("data", {}), one.get("metadata", {})
        pages.append("".join(data.get("text/html", "")))
        for kind in data:
            if kind.startswith("image/"):
                yield str(told.get(kind, {}).get("alt") or told.get("alt") or "")
    for page in pages:
        for tag in re.findall(r"<img\b[^>]*>", page):
            found = re.search(r'\balt="([^"]*)"', tag)
            yield found[1] if found else ""
    if cell.cell_type == "markdown":
        yield from re.findall(r"!\[([^\]]*)\]\(", cell.source)


def _names(tree: ast.AST) -> tuple[set[str], set[str]]:
    """Names that a cell makes, and those that it uses."""
    made, used = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (made if isinstance(node.ctx, ast.Store) else used).add(node.id)
        elif isinstance(node, ast.arg):
            made.add(node.arg)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            made.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            made |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return made, used


def _parsed(cell: Any) -> ast.Module | None:
    try:
        return ast.parse(cell.source)
    except SyntaxError:
        return None


def _is_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call)
