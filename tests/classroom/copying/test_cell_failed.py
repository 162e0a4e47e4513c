"""A cell that fails is named in a sentence, and no traceback of what runs notebooks is shown."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from frontporch.classroom.copying import copies
from frontporch.classroom.copying.cell_failed import CellFailedError, failed
from frontporch.cli import commands

STORE = Path(__file__).parents[2] / "notebooks" / "store.py"
SAID = (
    "03_tips.ipynb, cell 1 (l03-01, \"print('begun') tips\") of the block 'data' fails: "
    "NameError: name 'tips' is not defined. Open the notebook, choose Run All Cells, and correct "
    "this cell or what it uses."
)


@pytest.fixture
def lesson(tmp_path):
    """A source whose second cell fails."""
    told = {"role": "data", "level": "core", "minutes": 1, "routes": [20]}
    cells = [
        new_markdown_cell("# Tips", id="l03-00", metadata={"frontporch": told}),
        new_code_cell("print('begun')\ntips", id="l03-01", metadata={"frontporch": told}),
        new_code_cell("1 + 1", id="l03-02", metadata={"frontporch": told}),
    ]
    book = new_notebook(cells=cells)
    book.metadata["frontporch"] = {"lesson": 3, "title": "Tips", "minutes": {"20": 3}}
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    path = tmp_path / "lessons" / "instructor" / "03_tips.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(book, path)
    return path


def test_the_command_names_the_cell_and_stops(lesson):
    words = ["lesson", "student", "3", "--lessons", str(lesson.parents[1])]
    told = CliRunner().invoke(commands.porch, words)
    assert (told.exit_code, told.output) == (1, f"{SAID}\n")
    assert not (lesson.parents[1] / lesson.name).exists()


def test_what_stores_results_says_the_same_and_stores_nothing(lesson):
    before = lesson.read_bytes()
    told = subprocess.run(
        [sys.executable, str(STORE), str(lesson)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1] == SAID and "Traceback" not in told.stderr
    assert lesson.read_bytes() == before


def test_a_notebook_without_a_name_is_told_too(lesson):
    with pytest.raises(CellFailedError, match=r"^The notebook, cell 1 \(l03-01"):
        copies.run(nbformat.read(lesson, 4))


def test_a_cell_that_takes_too_long_and_a_kernel_that_never_began():
    book = new_notebook(cells=[new_code_cell("while True: ...", id="one")])
    said = str(failed(book, "x.ipynb", TimeoutError("timed out")))
    assert said.startswith('x.ipynb, cell 0 (one, "while True: ...") takes too long: ')
    assert str(failed(new_notebook(), "x.ipynb", RuntimeError("a\n\nKernel died\n"))) == (
        "x.ipynb could not be run: Kernel died."
    )
