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

    The role of a cell decides, and what it is on slides does not: code that sets the lesson up runs
    unseen, and its words are left out; predictions, exercises, decision and hand-in always stay. A
    text that only fits a notebook may bring another for the page, as ``page`` in the cell's
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

    made = copies.student(book)
    start = new_code_cell("%load_ext frontporch.classroom.presenting.voila_displays")
    cells = [start]
    for cell in made.cells:
        told = cell.metadata.get(copies.FOLDER, {})
        loads = told.get("role") == "setup" and not cell.source.startswith("classroom.")
        if cell.cell_type == "markdown":
            cell.source = told.get("page", "" if loads else cell.source)
        elif loads:
            cell.source = _SILENT + cell.source
        if cell.source:
            cells.append(cell)
    first = next((k for k, one in enumerate(cells) if one.cell_type == "markdown"), 0)
    cells.insert(first + 1, new_markdown_cell(_HOW))
    made.cells = cells
    made.metadata["title"] = book.metadata[copies.FOLDER]["title"]
    return made
