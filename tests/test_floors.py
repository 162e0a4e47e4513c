"""Imports run down only, and heavy libraries stay where they belong."""

import ast
import pathlib
import re
import subprocess
import sys

import pytest

import frontporch

PACKAGE = pathlib.Path(frontporch.__file__).parent
FLOORS = {
    "cli": 6,
    "course": 5,
    "classroom": 4,
    "shop": 3,
    "game": 3.5,
    "published": 3,
    "deepening": 2,
    "community": 2,
    "fans": 2,
    "data": 2,
    "tables": 1,
    "stats": 1,
    "look": 1,
    "sweep": 1,
    "streams": 0,
    "names": 0,
    "groups": 0,
    "citing": 0.25,  # what results carry along
    "result": 0.5,  # what stats and the subjects give; it words numbers
    "rounding": 0,
    "elementary": 0,
    "counting": 0,
}
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path):
    """Every (module, line) that a file imports from frontporch, also inside functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    here = ("frontporch", *path.relative_to(PACKAGE).with_suffix("").parts)
    package = here[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.split("."), node.lineno
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            for name in node.names:
                yield [*base, name.name], node.lineno


def rooms_used(path):
    for module, line in imports(path):
        if module[0] == "frontporch" and len(module) > 1 and not module[1].startswith("__"):
            yield module[1], line


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_imports_run_down(path):
    room = room_of(path)
    if room == "__init__":
        assert not list(rooms_used(path)), "the package's face imports no room"
        return
    for used, line in rooms_used(path):
        if used != room:
            assert FLOORS[used] < FLOORS[room], f"{path.name}:{line} {room} imports {used}"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_only_pictures_know_matplotlib_and_only_the_classroom_knows_widgets(path):
    room = room_of(path)
    for module, line in imports(path):
        where = f"{path.name}:{line}"
        if module[0] == "matplotlib":
            drawn = "pictures" in path.relative_to(PACKAGE).with_suffix("").parts
            assert drawn or room in ("look", "classroom", "course"), where
        if module[0] in ("ipywidgets", "IPython"):
            assert room in ("classroom", "course", "look"), where


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_file_is_named_for_its_concept(path):
    assert path.stem not in ("utils", "misc", "common", "helpers")


def test_the_classroom_knows_no_lesson():
    """It finds a course by the name of its package, which stands in one file."""
    named = [
        path.name
        for path in FILES
        if room_of(path) == "classroom"
        and re.search(r"frontporch\.course\b|\blesson_\d", path.read_text(encoding="utf-8"))
    ]
    assert named == ["course_package.py"]


def test_every_room_has_a_floor():
    assert {room_of(path) for path in FILES} - {"__init__"} <= set(FLOORS)


def test_importing_is_light_and_changes_nothing():
    code = (
        "import sys, warnings; warnings.simplefilter('error')\n"
        "import frontporch\n"
        "from frontporch import community, data, deepening, fans, look, shop, stats, tables\n"
        "heavy = {'pandera', 'statsmodels', 'matplotlib', 'IPython', 'ipywidgets', 'networkx',\n"
        "         'frictionless', 'numba', 'duckdb', 'scipy.stats',\n"
        "         'scipy.linalg'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
