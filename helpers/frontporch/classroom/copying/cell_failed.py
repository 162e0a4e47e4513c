"""A cell that fails while a notebook runs, in one sentence."""

from __future__ import annotations

from typing import Any

from .lesson_cells import about, named

MOST_LETTERS = 200
"""Of an error's last line; tables and paths can make it endless."""


class CellFailedError(RuntimeError):
    """A cell failed; the message says which, why, and what to do."""


def failed(book: Any, file: str, error: Exception) -> CellFailedError:
    """Say which cell of a notebook failed, with what, and what to do.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The notebook as it was left, with the results so far.
    file : str
        What the notebook is called.
    error : Exception
        What stopped it.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> cell = new_code_cell("tips", id="l11-04", metadata={"frontporch": {"role": "data"}})
    >>> cell.outputs = [new_output("error", ename="NameError", evalue="no tips")]
    >>> told = str(failed(new_notebook(cells=[cell]), "11_tips.ipynb", ValueError()))
    >>> print(told.partition(". ")[0])
    11_tips.ipynb, cell 0 (l11-04, "tips") of the block 'data' fails: NameError: no tips
    """
    k = _place(book)
    if k is None:
        return CellFailedError(f"{file} could not be run: {_last_line(error)}.")
    role = about(book.cells[k]).get("role")
    where = f"{file}, {named(book, k)}" + (f" of the block {role!r}" if role else "")
    if isinstance(error, TimeoutError):
        why = "takes too long: a lesson's cell runs in some seconds"
    else:
        said = [one for one in book.cells[k].outputs if one.output_type == "error"]
        name = f"{said[0].ename}: " if said else ""
        why = f"fails: {name}{_last_line(said[0].evalue if said else error)}"
    return CellFailedError(
        f"{where} {why.rstrip('.')}. Open the notebook, choose Run All Cells, and correct this "
        "cell or what it uses."
    )


def _place(book: Any) -> int | None:
    """Find the cell that ended in an error, else the first that did not end."""
    cells = [(k, one) for k, one in enumerate(book.cells) if one.cell_type == "code"]
    for k, cell in cells:
        if any(one.output_type == "error" for one in cell.outputs):
            return k
    return next((k for k, cell in cells if cell.execution_count is None), None)


def _last_line(told: object) -> str:
    lines = [line.strip() for line in str(told).splitlines() if line.strip()]
    last = lines[-1] if lines else type(told).__name__
    return last if len(last) <= MOST_LETTERS else f"{last[: MOST_LETTERS - 1]}…"
