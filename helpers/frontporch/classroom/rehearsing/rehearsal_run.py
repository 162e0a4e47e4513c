"""One run of a lesson in a kernel that is watched and refused the network."""

from __future__ import annotations

import copy
import json
import tempfile
import time
from dataclasses import dataclass
from typing import Any

from ...groups import needs
from ..copying import copies
from ..predicting.open_results import open_results


@dataclass(frozen=True)
class CellTime:
    """How long a cell ran.

    Parameters
    ----------
    cell : str
        Its id.
    seconds : float
        From its start to its end.
    begins : str
        Its first line.
    """

    cell: str
    seconds: float
    begins: str


def run_watched(book: Any) -> tuple[Any, list[CellTime], float, dict[str, Any]]:
    """Run a lesson with its solutions; a cell that fails does not end it.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source; it is left as it is.

    Returns
    -------
    notebook : nbformat.NotebookNode
        With its results, without notes to the instructor.
    times : list of CellTime
        Each cell of code that ran.
    kernel_seconds : float
        How long the kernel took to start.
    seen : dict
        ``refused``, pairs of cell and host; ``smallest``, pairs of cell and pixels of a picture's
        smallest text.
    """
    with needs("A rehearsal"):
        from nbclient import NotebookClient
        from nbconvert.preprocessors import ClearOutputPreprocessor
        from nbformat.v4 import new_code_cell

    made, _ = ClearOutputPreprocessor().preprocess(copy.deepcopy(book), {})
    first = new_code_cell("%load_ext frontporch.classroom.rehearsing.rehearsal_watch")
    last = new_code_cell("print(frontporch_watch.told())")
    lesson = [
        cell
        for cell in made.cells
        if cell.metadata.get(copies.FOLDER, {}).get("audience") != "instructor"
    ]
    made.cells = [first, *lesson, last]
    begun: dict[int, float] = {}
    took: dict[int, float] = {}

    def begin(cell: Any, cell_index: int) -> None:
        begun[cell_index] = time.perf_counter()

    def end(cell: Any, cell_index: int, execute_reply: Any) -> None:
        took[cell_index] = time.perf_counter() - begun[cell_index]

    before = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, open_results():
        client = NotebookClient(
            made,
            timeout=120,
            allow_errors=True,
            kernel_name="python3",
            extra_arguments=["--IPKernelApp.log_level=40"],  # this machine's own line, unencrypted
            resources={"metadata": {"path": folder}},
            on_cell_execute=begin,
            on_cell_executed=end,
        )
        client.execute()
    told = "".join(one.get("text", "") for one in last.outputs)
    made.cells = lesson
    times = [
        CellTime(cell["id"], took[place], cell.source.strip().split("\n", 1)[0])
        for place, cell in enumerate(lesson, start=1)
        if place in took
    ]
    seen = {
        kind: [(times[place - 1].cell, what) for place, what in noted if place <= len(times)]
        for kind, noted in json.loads(told).items()
    }
    return made, times, begun[0] - before, seen
