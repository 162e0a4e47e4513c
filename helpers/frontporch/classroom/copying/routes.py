"""The cells of one way through a lesson, and the signs that tell the ways apart."""

from __future__ import annotations

import copy
import re
from typing import Any

from ...names import UnknownName
from .lesson_cells import ROUTES, about


def on_route(book: Any, route: int | None) -> Any:
    """Give a lesson with the cells of one route alone; all of them without a route.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source; it is left as it is.
    route : int, optional
        Minutes of the route.

    Raises
    ------
    UnknownName
        If the lesson has no such route; the message names those there are.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> cells = [new_markdown_cell(f"## {name}") for name in ("Case", "Modify")]
    >>> cells[0].metadata["frontporch"], cells[1].metadata["frontporch"] = (
    ...     {"routes": [20, 45]}, {"routes": [75]})
    >>> [one.source for one in on_route(new_notebook(cells=cells), 45).cells]
    ['## Case']
    """
    made = copy.deepcopy(book)
    if route is None:
        return made
    if route not in ROUTES:
        raise UnknownName(
            f"There is no route of {route} minutes: --route takes {', '.join(map(str, ROUTES))}."
        )
    made.cells = [cell for cell in made.cells if route in about(cell).get("routes", ())]
    for cell in made.cells:
        if cell.cell_type == "markdown":
            cell.source = without_signs(cell.source)
    return made


def without_signs(markdown: str) -> str:
    """Take the signs of the routes off headings, where there is one route.

    Examples
    --------
    >>> without_signs("## ● The case")
    '## The case'
    """
    return re.sub(r"^(#+ )[●○◐] ", r"\1", markdown, flags=re.MULTILINE)
