"""From the one source of a lesson to every copy: student's, instructor's, reading and key.

The source stands in `lessons/instructor`: a notebook whose solutions and notes for the instructor
are marked as such.
Copies are made by nbconvert; this file says only what each copy leaves out or adds.
"""

from __future__ import annotations

import copy
import html
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ...groups import needs
from ...rounding import as_given, number
from ..checking.checks import registered
from ..checking.exercise import Answer, Exercise, Posed
from ..predicting.open_results import open_results
from .cell_failed import failed
from .sources import FOLDER, for_instructor, student_cells

_WIDGET = "application/vnd.jupyter.widget-view+json"


def read(path: Path) -> Any:
    """Read a notebook."""
    with needs("A copy of a lesson"):
        import nbformat

    return nbformat.read(path, as_version=4)


def student(book: Any) -> Any:
    """Make the student's copy: no solution, and no word to the instructor.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source; it is left as it is.

    Returns
    -------
    nbformat.NotebookNode
        Without results: `run` brings them.
    """
    with needs("A copy of a lesson"):
        from nbconvert.preprocessors import ClearOutputPreprocessor

    made = _copied(book)
    made.cells = student_cells(made.cells)
    return ClearOutputPreprocessor().preprocess(made, {})[0]


def instructor(book: Any) -> Any:
    """Make the instructor's copy: solutions, minutes, and under each check what goes wrong.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source, with its results; it is left as it is.

    Returns
    -------
    nbformat.NotebookNode
    """
    with needs("A copy of a lesson"):
        from nbformat.v4 import new_markdown_cell

    known = {one.id: one for one in registered()}
    made = _copied(book)
    cells = []
    # Under the solution, where there is one, and under the question otherwise.
    last = {cell.metadata.get(FOLDER, {}).get("check"): cell["id"] for cell in made.cells}
    for cell in made.cells:
        told = cell.metadata.get(FOLDER, {})
        if cell.cell_type == "markdown" and told.get("minutes") and not for_instructor(cell):
            cell.source += f"\n\n*{told['minutes']} min, {told['level']}*"
        cells.append(cell)
        exercise = known.get(told.get("check"))
        if exercise and last[exercise.id] == cell["id"]:
            note = new_markdown_cell(_typical(exercise))
            note["id"] = f"{cell['id']}-wrong"
            cells.append(note)
    made.cells = cells
    return made


def key(book: Any) -> str:
    """Write the answer key of a lesson in Markdown: answers, tolerances, reasons.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source.
    """
    asked = [cell.metadata.get(FOLDER, {}).get("check") for cell in book.cells]
    title = book.metadata[FOLDER]["title"]
    parts = [f"# Key: {title}"]
    parts += [_entry(one) for one in registered() if one.id in asked]
    return "\n\n".join(parts) + "\n"


def reading(book: Any) -> str:
    """Write a notebook, all of it with its results, as one page of HTML that needs no network.

    Parameters
    ----------
    book : nbformat.NotebookNode
        A copy with its results.
    """
    with needs("A copy of a lesson"):
        from nbconvert import HTMLExporter
        from traitlets.config import Config

    # Pages of nbconvert fetch these from elsewhere unless told otherwise.
    nowhere = dict.fromkeys(
        ("require_js_url", "mathjax_url", "jquery_url", "widget_renderer_url"), ""
    )
    exporter = HTMLExporter(
        template_name="basic",
        config=Config({"HTMLExporter": nowhere}),
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    book = _copied(book)
    for cell in book.cells:
        if cell.cell_type == "code":  # paper has no sliders; their picture stands by itself
            cell.outputs = still(cell.outputs)
    body, _ = exporter.from_notebook_node(book)
    title = html.escape(book.metadata[FOLDER]["title"])
    return _PAGE.format(title=title, body=without_empty_headers(body))


def without_empty_headers(page: str) -> str:
    """Make plain cells of a table's headers that say nothing, which a screen reader would announce.

    Examples
    --------
    >>> without_empty_headers("<tr><th></th><th>pairs</th></tr>")
    '<tr><td></td><th>pairs</th></tr>'
    """
    return re.sub(r"<th\b[^>]*>\s*</th>", "<td></td>", page)


def still(outputs: list[Any]) -> list[Any]:
    """Give the results that need no kernel: without controls and what runs beside them."""
    live = {_WIDGET, "application/javascript"}
    return [one for one in outputs if not live & set(one.get("data", {}))]


def run(
    book: Any, file: str = "The notebook", *, place: Path | None = None, seconds: int = 120
) -> Any:
    """Run a notebook from top to bottom in a folder of its own; its results are stored in it.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The notebook; it is left as it is.
    file : str
        What it is called, for the sentence on a cell that fails.
    place : pathlib.Path, optional
        The folder to run it in, instead of one of its own.
    seconds : int
        How long a cell may take.

    Raises
    ------
    CellFailedError
        If a cell fails; the message says which, why, and what to do.
    """
    with needs("A copy of a lesson"):
        from nbclient.exceptions import CellControlSignal, DeadKernelError
        from nbconvert.preprocessors import ExecutePreprocessor

    with tempfile.TemporaryDirectory() as folder, open_results():
        # A kernel's warnings are about itself, and no news to whoever makes a copy.
        runner = ExecutePreprocessor(
            timeout=seconds, kernel_name="python3", extra_arguments=["--log-level=ERROR"]
        )
        made = _copied(book)
        try:
            runner.preprocess(made, {"metadata": {"path": str(place or folder)}})
        except (CellControlSignal, DeadKernelError) as error:
            raise failed(made, file, error) from None
    # What changes from one run to the next, or from machine to machine, is left out.
    made.metadata.pop("widgets", None)
    made.metadata["language_info"] = {"name": "python"}
    for cell in made.cells:
        cell.metadata.pop("execution", None)
    return made


def _copied(book: Any) -> Any:
    return copy.deepcopy(book)


def _typical(exercise: Exercise) -> str:
    lines = [f"> **Typical wrong answers to {exercise.id}, with the class's numbers**", ">"]
    return "\n".join(lines + [f"> {line}" for line in _mistakes(exercise.posed())])


def _mistakes(posed: Posed) -> list[str]:
    return [f"- {_said(wrong)}: {reason}" for wrong, reason in posed.diagnoses]


def _entry(exercise: Exercise) -> str:
    within = (
        f", within {as_given(exercise.absolute_tolerance)}" if exercise.absolute_tolerance else ""
    )
    unit = f" {exercise.unit}" if exercise.unit else ""
    first, *others = exercise.ways()
    answers = [f"**Answer:** {_said(first.answer)}{unit}{within}"]
    if others:
        names = list(first.numbers)
        answers += [
            "",
            _row([*names, f"answer{unit and ','}{unit}"]),
            "|---" * (len(names) + 1) + "|",
        ]
        answers += [_row([*way.numbers.values(), _said(way.answer)]) for way in others]
    said = [*answers, "", f"**Solution:** {first.solution}", "", *_mistakes(first)]
    return "\n".join([f"## {exercise.id}", "", first.question, "", *said])


def _row(values: Iterable[object]) -> str:
    """Give a row of a Markdown table."""
    return f"| {' | '.join(str(one) for one in values)} |"


def _said(value: Answer) -> str:
    if isinstance(value, tuple):
        return f"`{', '.join(value)}`"
    return f"`{value}`" if isinstance(value, str) else f"`{number(value, 4)}`"


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 sans-serif; color: #1a1a1a; max-width: 46rem; margin: 2rem auto; }}
img {{ max-width: 100%; }}
pre {{ background: #f2f2f2; padding: .6em; white-space: pre-wrap; font-size: 14px; }}
table {{ border-collapse: collapse; }}
td, th {{ border: 1px solid #bbb; padding: .2em .6em; text-align: left; }}
h2 {{ break-after: avoid; }}
img, table, pre {{ break-inside: avoid; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
