"""The plugin in pytest: it catches a changed digit in every lesson, and lets no cell out."""

import copy
import pathlib
import re
import subprocess
import sys

import nbformat
import nbval_numbers
import pytest
from numeric_outputs import NUMBER, contents
from store import store

ROOT = pathlib.Path(__file__).parents[2]
LESSONS = sorted((ROOT / "lessons").glob("[0-9]*.ipynb"))


def run(folder, *words):
    """Run the notebooks of a folder as the test command does; return what pytest said."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-rA", "--color=no", *words]
    options = ["-p", "no:cacheprovider", "-c", str(ROOT / "pyproject.toml"), str(folder)]
    ran = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return ran.stdout + ran.stderr


def flip(output):
    """Change the first digit of the first number that an output shows; False where none is."""
    texts = output.get("data", output)
    kind = next((kind for kind in ("text/html", "text/plain", "text") if kind in texts), None)
    number = kind and NUMBER.search(texts[kind])
    if not number or "png" in texts[kind][: number.start()]:
        return False
    at = re.search(r"\d", number[0]).start() + number.start()
    digit = "1" if texts[kind][at] == "9" else str(int(texts[kind][at]) + 1)
    texts[kind] = texts[kind][:at] + digit + texts[kind][at + 1 :]
    return True


def with_a_flipped_digit(lesson):
    """Give a lesson up to its first cell that shows a number, and that cell's place."""
    notebook = nbformat.read(lesson, 4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for place, cell in enumerate(code):
        stored = copy.deepcopy(cell.outputs)
        if any(flip(output) for output in cell.outputs):
            assert [contents(one) for one in stored] != [contents(one) for one in cell.outputs]
            notebook.cells = code[: place + 1]
            return notebook, place
    raise AssertionError(f"{lesson.name} shows no number")


def test_one_flipped_digit_is_caught_in_every_lesson(tmp_path):
    flipped = {}
    for lesson in LESSONS:
        notebook, place = with_a_flipped_digit(lesson)
        nbformat.write(notebook, tmp_path / lesson.name)
        flipped[lesson.name] = place
    said = run(tmp_path)
    failed = re.findall(r"^FAILED \S*?([^/\s]+\.ipynb)::Cell (\d+)", said, re.MULTILINE)
    assert failed == [(name, str(place)) for name, place in flipped.items()], said
    assert len(re.findall(r"ipynb::Cell \d+: output .* stored .* now ", said)) >= len(LESSONS) >= 9
    assert len(re.findall(r"^PASSED", said, re.MULTILINE)) == sum(flipped.values())


def run_cell(source, shown=None, run=True):
    """A cell as it is stored after a run, with what its last line showed."""
    cell = nbformat.v4.new_code_cell(source, execution_count=1 if run else None)
    if shown:
        cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": shown})]
    return cell


def test_a_kernel_that_dies_at_its_start_is_started_once_more(monkeypatch):
    starts = []

    def setup(self):
        starts.append(self)
        if len(starts) < dies:
            raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr(nbval_numbers.IPyNbFile, "setup", setup)
    notebook = object.__new__(nbval_numbers.Notebook)
    dies = 2
    notebook.setup()
    notebook._results.close()
    assert len(starts) == 2
    dies = 9
    with pytest.raises(RuntimeError, match="died"):
        notebook.setup()
    notebook._results.close()


@pytest.fixture
def left_out(tmp_path):
    """Cells that ask not to be compared, one as never run, and two that are honest."""
    cells = [
        run_cell("# NBVAL_SKIP\n1 / 3"),
        run_cell("2 / 3"),
        run_cell("3", run=False),
        run_cell("4 / 3", shown="1.3333333333333"),
        run_cell("print(5 / 3)"),
    ]
    cells[1].metadata["tags"] = ["nbval-ignore-output"]
    cells[4].outputs = [nbformat.v4.new_output("stream", name="stdout", text="1.666667\n")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "cells.ipynb")
    return tmp_path


def test_no_cell_is_left_out_and_the_message_names_it(left_out):
    said = run(left_out)
    outcome = re.findall(r"^(\w+) \S*cells\.ipynb::Cell (\d)", said, re.MULTILINE)
    by_place = [word for word, _ in sorted(outcome, key=lambda one: one[1])]
    assert by_place == ["FAILED", "FAILED", "FAILED", "PASSED", "PASSED"]
    assert said.count("left out of the comparison") >= 2  # and once more in a whole summary
    assert said.count("stored without having been run") >= 1


def test_only_what_changed_is_stored(tmp_path):
    cells = [run_cell("4 / 3", shown="1.3333333333"), run_cell("5 / 3", shown="1.5")]
    path = tmp_path / "cells.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    assert store(path) == [1]
    kept, changed = nbformat.read(path, 4).cells
    assert kept.outputs[0]["data"]["text/plain"] == "1.3333333333"
    assert changed.outputs[0]["data"]["text/plain"] == "1.6666666666666667"
    assert store(path) == []
