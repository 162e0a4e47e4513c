"""A lesson as a page without code: what a class sees that is to run nothing itself."""

from __future__ import annotations

import html
import re
from typing import Any

from ...groups import needs
from ..checking.checks import find
from ..copying import copies

_SILENT = "%%capture\n"
_FOLLOWS_PREDICTION = re.compile(r"\blay_over\(")
_HOW = (
    "*This page runs by itself and shows no code. Where the text speaks of running a cell or of "
    "typing an answer, say your answer to your neighbour; a hint stands below each question.*"
)


def page(book: Any) -> Any:
    """Make the page's copy of a lesson: the student's, with nothing to type and nothing to run.

    What is marked as folded or as skipped on slides runs unseen; exercises keep their question,
    with the hint in place of the cell; research exercises, which are made of code, are left out.
    A text that only fits a notebook may bring another for the page, as ``page`` in the cell's
    metadata; an empty one leaves the cell out.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source; it is left as it is.

    Returns
    -------
    nbformat.NotebookNode
        Without results: each viewer's own kernel brings them.
    """
    with needs("A page without code"):
        from nbformat.v4 import new_code_cell, new_markdown_cell

    typed = {one["id"] for one in book.cells if "stub" in one.metadata.get(copies.FOLDER, {})}
    made = copies.student(book)
    start = new_code_cell("%load_ext frontporch.classroom.presenting.voila_displays")
    cells = [start]
    for cell in made.cells:
        told = cell.metadata.get(copies.FOLDER, {})
        if told.get("level") == "research":
            continue
        if cell.cell_type == "markdown":
            cell.source = told.get("page", "" if _unseen(cell) else cell.source)
        elif cell["id"] in typed:
            cell = new_markdown_cell(_hint(told["check"]))
        else:
            cell.source = _how_it_runs(cell) + cell.source
        if cell.source:
            cells.append(cell)
    first = next((k for k, one in enumerate(cells) if one.cell_type == "markdown"), 0)
    cells.insert(first + 1, new_markdown_cell(_HOW))
    made.cells = cells
    made.metadata["title"] = book.metadata[copies.FOLDER]["title"]
    return made


def _unseen(cell: Any) -> bool:
    """Whether a cell is about the notebook itself: its set-up, or what slides skip."""
    told = cell.metadata.get(copies.FOLDER, {})
    skipped = cell.metadata.get("slideshow", {}).get("slide_type") == "skip"
    return bool(told.get("folded")) or skipped


def _how_it_runs(cell: Any) -> str:
    if _unseen(cell):
        return _SILENT
    return "%%with_prediction\n" if _FOLLOWS_PREDICTION.search(cell.source) else ""


def _hint(exercise_id: str) -> str:
    """A hint that opens on a click; a list element of HTML that every browser knows."""
    return (
        f"<details><summary>A hint for {html.escape(exercise_id)}</summary>"
        f"<p>{html.escape(find(exercise_id).posed().hint)}</p></details>"
    )
