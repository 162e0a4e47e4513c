"""What needs a package that is not installed says which line adds it, wherever it is needed."""

import ast
import functools
import importlib.metadata
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import frontporch
from frontporch import groups

PACKAGE = Path(frontporch.__file__).parent
PROJECT = tomllib.loads((groups.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
# Found nowhere, as if never installed; what they bring is missed with them.
HIDE = """
import importlib.machinery, sys, warnings
warnings.simplefilter("error")
hidden, looked = set({hidden!r}), importlib.machinery.PathFinder.find_spec
def find_spec(name, path=None, target=None):
    return None if name.partition(".")[0] in hidden else looked(name, path, target)
importlib.machinery.PathFinder.find_spec = find_spec
"""


@functools.cache
def modules_of(*wanted):
    """List the modules that packages of these groups are imported by."""
    names = {groups._normal(name) for group in wanted for name in groups.groups()[group]}
    tops = importlib.metadata.packages_distributions()
    return sorted(
        top for top, dists in tops.items() if names & {groups._normal(one) for one in dists}
    )


def without(code, *hidden, **variables):
    """Run code in a process where the packages of some groups are not installed."""
    return subprocess.run(
        [sys.executable, "-c", HIDE.format(hidden=modules_of(*hidden)) + code],
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# Every door that needs a group: what is typed, what is missing, and what else can be done.
DOORS = {
    "kernels": (
        "numba",
        "fast",
        "leave backend out",
        """
from frontporch import community
community.simulate(community.ring(10, 4), 0, community.independent_cascade(0.1), seed=7,
                 backend="numba")""",
    ),
    "seeding": (
        "numba",
        "fast",
        "leave backend out",
        """
from frontporch.community.spread.engine import backends
backends.compiled_wanted("numba", 1)""",
    ),
    "compiled kernels": ("numba", "fast", "", "import frontporch.community.spread.engine.kernels"),
    "vector coins": ("numba", "fast", "", "import frontporch.community.spread.engine.vector_coins"),
    "circles": (
        "graspologic-native",
        "lab",
        "",
        """
from frontporch.community import ring
from frontporch.community.measures import partition
partition.MOST = 5
partition.detect_communities(ring(10, 4), 7)""",
    ),
    "Sobol indices": (
        "salib",
        "sweep",
        "",
        """
from frontporch.shop import sensitivity
sensitivity.fit([1.0, 2.0, 3.0], ["a"])""",
    ),
    "ties in Parquet": (
        "pyarrow",
        "logs",
        "",
        """
from frontporch import community
community.from_parquet("ties.parquet")""",
    ),
    "log in Parquet": (
        "pyarrow",
        "logs",
        "give CSV",
        """
import pathlib, tempfile
from frontporch.deepening import logs
with tempfile.TemporaryDirectory() as folder:
    file = pathlib.Path(folder, "log.parquet")
    file.write_bytes(b"PAR1")
    logs.read(file)""",
    ),
    "large log": (
        "duckdb",
        "logs",
        "use read",
        """
from frontporch.deepening import logs
logs.read_large("log.csv")""",
    ),
    "download": (
        "pooch",
        "logs",
        "fetch the file https://",
        """
from frontporch import data
data.fetch("students_online", agree=True)""",
    ),
    "slides": (
        "sphinx-revealjs",
        "teach",
        "",
        """
from nbformat.v4 import new_markdown_cell, new_notebook
from frontporch.classroom.copying import slides
book = new_notebook(cells=[new_markdown_cell("# Why people meet again")])
book.metadata["frontporch"] = {"title": "Why people meet again"}
slides.slides(book)""",
    ),
    "page": (
        "voila",
        "teach",
        "",
        """
from pathlib import Path
from frontporch.classroom.presenting import starting
starting.page(Path("lesson.ipynb"), Path("build"))""",
    ),
    "page's server": ("voila", "teach", "", "import frontporch.classroom.presenting.voila_server"),
    "projector": (
        "jupyterlab and nbconvert and nbformat",
        "lab",
        "",
        """
from pathlib import Path
from frontporch.classroom.presenting import starting
starting.lab(Path("lesson.ipynb"), Path("build"))""",
    ),
    "slider": (
        "ipywidgets",
        "lab",
        "",
        """
from frontporch import classroom
classroom.Slider("share", "share", 0, 1, 0.1, 0.5).widget()""",
    ),
    "player": (
        "ipywidgets",
        "lab",
        "",
        """
from frontporch import classroom
classroom.play(lambda step: None, steps=3)""",
    ),
    "question": (
        "ipywidgets",
        "lab",
        "",
        """
from frontporch import classroom
classroom.predict_number("1.share", low=0, high=100)""",
    ),
    "hand in": (
        "ipywidgets",
        "lab",
        "",
        """
from frontporch import classroom
classroom.hand_in(1)._ipython_display_()""",
    ),
    "copies": (
        "nbformat",
        "lab",
        "",
        """
from pathlib import Path
from frontporch.classroom.copying import copies
copies.read(Path("lesson.ipynb"))""",
    ),
}


TRY = """
import json, os
told = {}
for name, code in json.loads(os.environ["DOORS"]).items():
    try:
        exec(code, {})
    except Exception as error:
        told[name] = type(error).__name__ + ": " + str(error)
print(json.dumps(told))
"""


@functools.cache
def told_at_doors(group):
    """Open every door that needs a group, where it is not installed; one process for all."""
    codes = {name: code for name, (_, needed, _, code) in DOORS.items() if needed == group}
    said = without(TRY, group, DOORS=json.dumps(codes))
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout.splitlines()[-1])


@pytest.mark.parametrize("door", DOORS)
def test_a_door_whose_package_is_missing_says_the_line_that_adds_it(door):
    packages, group, instead, _ = DOORS[door]
    told = told_at_doors(group)[door]
    line = groups.line_for(*packages.split(" and "))
    assert told.startswith("MissingPackage: ")
    assert f" needs {packages}, which " in told
    assert f" not installed: run  {line}  in " in told
    assert (", or " in told) == bool(instead) and instead in told
    assert told.endswith(".")


def test_porch_without_its_packages_ends_with_the_sentence_alone():
    said = without("from frontporch import cli; cli.app()", "lab")
    assert said.returncode == 1
    (sentence,) = said.stderr.splitlines()
    assert sentence.startswith("The command porch needs jupyterlab and nbclient and ")
    assert "typer, which are not installed" in sentence


@pytest.mark.parametrize("words", [["slides", "1"], ["all", "1"]], ids=" ".join)
def test_slides_are_refused_before_the_lesson_is_run_and_anything_is_written(words, tmp_path):
    given = [*words, "--lessons", str(groups.ROOT / "lessons"), "--into", str(tmp_path / "made")]
    code = (
        f"import sys; sys.argv[1:] = {['lesson', *given]!r}\nfrom frontporch import cli; cli.app()"
    )
    said = without(code, "teach")
    names = "sphinx-revealjs and jupyter-server-mathjax"
    assert said.stderr.startswith(f"A page of slides needs {names}, which are not installed: run")
    assert (said.returncode, said.stdout, list(tmp_path.iterdir())) == (1, "", [])


EXAMPLE = """
import os, tempfile
os.chdir(tempfile.mkdtemp())
from frontporch import data, deepening, look, tables
from frontporch.deepening import Ladder
mine = Ladder.online_and_offline().simulate(pairs=800, weeks=104, seed=7)
tables.write(mine, "my_spells.csv", "spells")
spells = tables.read("my_spells.csv", "spells")
estimate = deepening.fit(spells, by="channel")
deepening.compare(estimate["online"], estimate["offline"]).summary()
look.show(estimate.plot())
print(os.listdir())
"""


def test_the_first_example_of_the_readme_runs_with_the_base_alone():
    said = without(EXAMPLE, *groups.groups())
    assert said.stderr == ""
    shown, files = said.stdout.splitlines()
    assert shown.startswith("picture-1.png: ")
    assert "picture-1.png" in files


def tops(node):
    """The packages that a line imports, by the first word of their modules."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and not node.level:
        return {node.module.partition(".")[0]}
    return set()


def calls(node, name):
    """The calls of a function by this name that stand anywhere in a node."""
    found = (one for one in ast.walk(node) if isinstance(one, ast.Call))
    return [one for one in found if getattr(one.func, "id", "") == name]


def told_by(item):
    """Whether a `with` tells of a missing package, or does without it."""
    return calls(item, "needs") or "suppress(ImportError)" in ast.unparse(item)


def told_of(tree):
    """Each node at which a missing package is told or done without; the packages, None for all."""
    for node in ast.walk(tree):
        if (isinstance(node, ast.With) and any(told_by(item) for item in node.items)) or (
            isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        ):
            yield node, None
        elif isinstance(node, ast.Try) and any(
            "ImportError" in ast.unparse(one.type) for one in node.handlers if one.type
        ):
            yield ast.Module(node.body, []), None
        elif isinstance(node, ast.FunctionDef):
            words = [arg for call in calls(node, "require") for arg in call.args]
            yield node, {one.value for one in words if isinstance(one, ast.Constant)}


def bare_imports(tree, optional):
    """Lines that import an optional package where its absence would not be told."""
    found = {id(node): node for node in ast.walk(tree) if tops(node) & optional}
    for place, told in told_of(tree):
        for node in ast.walk(place):
            if id(node) in found and (told is None or tops(node) & optional <= told):
                del found[id(node)]
    return [node.lineno for node in found.values()]


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_every_import_of_a_package_of_a_group_stands_where_its_absence_is_told(path):
    optional = set(modules_of(*groups.groups())) | {"jupyterlab_server", "llvmlite"}
    if path.parent.name == "cli":
        optional.discard("typer")  # looked for before any of these files is read
    assert bare_imports(ast.parse(path.read_text(encoding="utf-8")), optional) == []


def test_a_bare_import_would_be_found():
    code = (
        "def f():\n    import numba\n    with needs('A'):\n        import duckdb\n"
        "def g():\n    require('A', 'numba')\n    import numba, duckdb\n    import numba.core\n"
    )
    assert bare_imports(ast.parse(code), {"numba", "duckdb"}) == [2, 7]


def test_nobody_offers_an_extra_of_a_package_that_no_registry_has():
    texts = [*groups.ROOT.glob("helpers/**/*.py"), *groups.ROOT.glob("*.md")]
    assert [path.name for path in texts if "frontporch[" in path.read_text(encoding="utf-8")] == []


def test_groups_are_those_of_the_project():
    assert set(groups.groups()) == set(EXTRAS)
    for group, found in groups.groups().items():
        words = {str(Requirement(word)) for word in EXTRAS[group] if ";" not in word}
        assert words <= set(found.values())
    assert (groups.group_of("Numba"), groups.group_of("graspologic_native")) == ("fast", "lab")
    assert groups.group_of("numpy") is None


def test_in_the_projects_own_environment_start_adds_a_group(monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(groups.ROOT / ".venv"))
    assert groups.line_for("numba") == "python start.py --with fast"
    assert groups.line_for("numba", "graspologic_native") == "python start.py --with fast"
    assert groups.line_for("duckdb", "pyarrow") == "python start.py --with logs"
    assert groups.line_for("IPython") == "python start.py"
    assert groups.line_for("hypothesis", "IPython") == "python start.py test"
    said = str(groups.missing("A download", "pooch", "numba", instead="fetch it yourself"))
    assert said == (
        "A download needs pooch and numba, which are not installed: run  python start.py "
        "--with fast --with logs  in the project's folder, or fetch it yourself."
    )


def test_anywhere_else_pip_is_asked_for_the_versions_of_the_metadata(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    (asked,) = [word for word in EXTRAS["fast"] if word.startswith("numba")]
    assert groups.line_for("numba") == f'pip install "{asked}"'
    said = str(groups.missing("A kernel", "numba"))
    assert said.endswith(f'run  pip install "{asked}"  in this environment.')


def test_an_import_error_of_something_else_is_left_as_it_is():
    expected = pytest.raises(ModuleNotFoundError, match="No module named 'nympy'")
    with expected as caught, groups.needs("A table"):
        import nympy  # noqa: F401
    assert not isinstance(caught.value, groups.MissingPackage)
