"""The command loads for a word what this word needs, and nothing else."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
HEAVY = {"numpy", "pandas", "matplotlib", "nbformat", "nbconvert", "IPython", "rich"}


@pytest.mark.parametrize(("word", "said"), [("--help", "Commands:"), ("lessons", "45 min")])
def test_help_and_the_list_of_lessons_load_nothing_heavy(word, said):
    code = (
        "import sys\n"
        f"sys.argv = ['porch', {word!r}]\n"
        "from frontporch.cli import app\n"
        "try:\n"
        "    app()\n"
        "finally:\n"
        f"    assert not {HEAVY!r} & set(sys.modules), sorted({HEAVY!r} & set(sys.modules))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert said in told.stdout
