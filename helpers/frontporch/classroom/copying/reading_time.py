"""How many minutes the cells of a lesson take a class that reads them and answers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

from .sources import FOLDER, for_instructor

WORDS_A_MINUTE = 200
MINUTES_AN_ANSWER = 3
SLACK = 1.25
"""A quarter more than reading and answering, for whoever is slower, and for talk."""

# A decision and its memo are answers too, and no cell's metadata say so.
_ASKS = re.compile(r"\bclassroom\.(?:decide|memo)\(")
_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
_HIDDEN = re.compile(r"<(figcaption|style|script|svg)\b.*?</\1>", re.DOTALL)
# What opens on request is read by whoever asks for it, beyond the time of the class.
_CLOSED = re.compile(r"<details>\s*(<summary>.*?</summary>).*?</details>", re.DOTALL)
# What is drawn or moved is looked at, and its text stands in for it where it cannot be shown.
_NOT_READ = ("image/", "application/")


def minutes_needed(cells: Iterable[Any]) -> float:
    """Work out how many minutes a class needs for cells: reading, answers and a quarter more.

    Words are those of texts and of tables that are shown, without what opens on a click. A
    prediction, an exercise, a decision and a memo take three minutes each, in which their question
    is read too. Pictures and what a class says about them take no time of their own: this is the
    least that must be planned.

    Parameters
    ----------
    cells : iterable of nbformat.NotebookNode
        Cells of a lesson, with results. What is for the instructor takes no time.

    Returns
    -------
    float
        Minutes, 0 or more.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_markdown_cell
    >>> text = new_markdown_cell("word " * 400)
    >>> minutes_needed([text])
    2.5
    >>> asked = new_code_cell(metadata={"frontporch": {"check": "4.1"}})
    >>> minutes_needed([text, asked])
    6.25
    """
    words = answers = 0
    for cell in cells:
        if for_instructor(cell):
            continue
        if asked := _answers(cell):
            answers += asked
        else:
            words += len(_WORD.findall(_read(cell)))
    return SLACK * (words / WORDS_A_MINUTE + MINUTES_AN_ANSWER * answers)


def _answers(cell: Any) -> int:
    if cell.cell_type != "code":
        return 0
    if cell.metadata.get(FOLDER, {}).get("check"):
        return 1
    return len(_ASKS.findall(cell.source))


def _read(cell: Any) -> str:
    """Give what is read in a cell: a text as written, or what a code cell shows in words."""
    if cell.cell_type != "code":
        return str(cell.source)
    return " ".join(map(_shown, cell.get("outputs", ())))


def _shown(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    data = output.get("data", {})
    if any(kind.startswith(_NOT_READ) for kind in data):
        return ""
    page = data.get("text/html")
    if page is None:
        return str(data.get("text/plain", ""))
    there = _HIDDEN.sub(" ", _CLOSED.sub(r"\1", page))
    return html.unescape(re.sub(r"<[^>]*>", " ", there))
