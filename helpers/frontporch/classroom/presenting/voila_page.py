"""A lesson as a page without code: what a class sees that is to run nothing itself."""

from __future__ import annotations

from typing import Any

from ...groups import needs
from ..copying import copies

_SILENT = "%%capture\n"
_HOW = (
    "*This page runs by itself: there is no code and no cell to run. It forgets your answers when "
    "you close or reload it, so hand in first.*"
)


def page(book: Any) -> Any:
    """Make the page's copy of a lesson: the student's, with nothing to type and nothing to run.

    Code that is marked as folded runs unseen, and text that slides skip is left out. Controls stay,
    also those that slides skip: here they work. A text that only fits a notebook may bring another
    for the page, as ``page`` in the cell's metadata; an empty one leaves the cell out.

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

    made = copies.student(book)
    start = new_code_cell("%load_ext frontporch.classroom.presenting.voila_displays")
    cells = [start]
    for cell in made.cells:
        told = cell.metadata.get(copies.FOLDER, {})
        if cell.cell_type == "markdown":
            cell.source = told.get("page", "" if _skipped(cell) else cell.source)
        elif told.get("folded"):
            cell.source = _SILENT + cell.source
        if cell.source:
            cells.append(cell)
    first = next((k for k, one in enumerate(cells) if one.cell_type == "markdown"), 0)
    cells.insert(first + 1, new_markdown_cell(_HOW))
    made.cells = cells
    made.metadata["title"] = book.metadata[copies.FOLDER]["title"]
    return made


def _skipped(cell: Any) -> bool:
    """Whether a text is about the notebook itself: its set-up, or what slides skip."""
    told = cell.metadata.get(copies.FOLDER, {})
    skipped = cell.metadata.get("slideshow", {}).get("slide_type") == "skip"
    return bool(told.get("folded")) or skipped
