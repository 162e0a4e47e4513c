"""What is public: few names, each of one thing, none that nobody can reach."""

import ast
import functools
import importlib
import inspect
import json
import pathlib
import pickle
import re
import types

import pytest

import frontporch

PACKAGE = pathlib.Path(frontporch.__file__).parent
ROOT = PACKAGE.parents[1]
# The verbs of every subject, what a catalogue, a table and a community all do, the two worlds of
# each lesson, and a distribution that is a law of stays here and a curve there.
SAME_SENSE = {"simulate", "fit", "compare", "load", "describe", "names", "check", "read"}
SAME_SENSE |= {"worlds", "weibull"}
MOST_NAMES, MOST_OF_A_ROOM, MOST_UNREACHED = 300, 40, 30


def rooms():
    """Every package with a face, a list of its names in `__init__.pyi`, by its dotted name."""
    faces = sorted(PACKAGE.rglob("__init__.pyi"))
    return [".".join(("frontporch", *face.parent.relative_to(PACKAGE).parts)) for face in faces]


def public(room):
    """The names of a room that are things, not rooms."""
    face = importlib.import_module(room)
    names = {name: getattr(face, name) for name in getattr(face, "__all__", ())}
    return {name: one for name, one in names.items() if not isinstance(one, types.ModuleType)}


ROOMS = rooms()
WHERE = {
    name: {room: thing for room in ROOMS for one, thing in public(room).items() if one == name}
    for room in ROOMS
    for name in public(room)
}


def test_there_are_few_names():
    assert len(WHERE) <= MOST_NAMES


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_few_names_and_shows_no_module_that_is_no_room(room):
    face = importlib.import_module(room)
    shown = [name for name in dir(face) if not name.startswith("_")]
    assert len(shown) <= MOST_OF_A_ROOM, (
        f"{room} has {len(shown)} names, but a room has {MOST_OF_A_ROOM} at most: make the new one "
        "an argument or a method, or take an old one out (docs/public.md)."
    )
    assert set(shown) == set(getattr(face, "__all__", ())) - {"__version__"}
    modules = [name for name in shown if isinstance(getattr(face, name), types.ModuleType)]
    assert [name for name in modules if f"{room}.{name}" not in ROOMS] == []


def test_the_package_lists_its_rooms():
    assert set(dir(frontporch)) >= {"classroom", "community", "course", "data", "deepening"}
    assert set(dir(frontporch)) >= {"fans", "look", "stats", "tables"}
    assert {f"frontporch.{name}" for name in dir(frontporch)} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_sent_to_another_process_by_its_name(room):
    cloudpickle = pytest.importorskip("cloudpickle")
    face = importlib.import_module(room)
    sent = cloudpickle.dumps(face)
    assert len(sent) < 200 and pickle.loads(sent) is face


@pytest.mark.parametrize("name", sorted(WHERE))
def test_a_name_means_one_thing(name):
    if name in SAME_SENSE:
        return
    things = list(WHERE[name].values())
    assert all(one is things[0] for one in things), sorted(WHERE[name])


@functools.cache
def texts_of_users():
    """Code of lessons and notebooks, exercises of lessons, and the pages that people read."""
    texts = []
    for path in [*ROOT.glob("lessons/**/*.ipynb"), *ROOT.glob("notebooks/*.ipynb")]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells]
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]
    course = [*PACKAGE.glob("course/**/*.py"), *PACKAGE.glob("cli/*.py")]
    texts += [path.read_text(encoding="utf-8") for path in [*pages, *course]]
    return set(re.findall(r"\w+", "\n".join(texts)))


def test_hardly_a_public_function_is_out_of_reach():
    functions = {
        name for name, things in WHERE.items() if inspect.isroutine(next(iter(things.values())))
    }
    unreached = sorted(functions - texts_of_users())
    assert len(unreached) < MOST_UNREACHED, unreached


def own_lines(function):
    """How many lines a function has without its docstring."""
    first = function.body[0]
    told = ast.get_docstring(function, clean=False) is not None
    return function.end_lineno - function.lineno + 1 - (first.end_lineno - first.lineno + 1) * told


# A prediction is one call with all that may be said of it, in a cell that a student edits.
MANY_ARGUMENTS = set()


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_functions_are_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    assert [one.name for one in functions if own_lines(one) > 60] == []


def test_public_functions_take_few_arguments():
    found = {name: next(iter(things.values())) for name, things in WHERE.items()}
    many = {
        name
        for name, thing in found.items()
        if inspect.isroutine(thing) and len(inspect.signature(thing).parameters) > 8
    }
    assert many == MANY_ARGUMENTS
