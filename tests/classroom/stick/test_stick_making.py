"""What goes on a stick, and what does not."""

import hashlib
import json
import re
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from frontporch import groups
from frontporch.classroom.stick import making
from frontporch.classroom.stick.fetching import StickError
from frontporch.cli import commands
from frontporch.names import UnknownName

PYPROJECT = """[project]
name = "frontporch"
dependencies = ["pure"]
[project.optional-dependencies]
lab = []
build = []
teach = ["slide"]
"""
HERE = f"3.{sys.version_info[1]}"


def wheel(name):
    return f"{name}-1.0-py3-none-any.whl"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project, and a pip that has its wheels."""
    root = tmp_path / "project"
    (root / "lessons").mkdir(parents=True)
    shutil.copy(groups.ROOT / "start.py", root)
    lock = "".join(
        f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(wheel(name).encode()).hexdigest()}\n"
        "    # via frontporch\n"
        for name in ("pure", "slide")
    )
    for file, text in {
        "pyproject.toml": PYPROJECT,
        "requirements.lock": lock,
        "lessons/01.ipynb": "{}",
        "my-packages.txt": "mine",
        "predictions.json": "{}",
        "my-answers.json": "{}",
        ".venv/lib/x.py": "",
        "my-lessons/01.ipynb": "{}",
        ".jupyter/token": "",
        "helpers/__pycache__/x.pyc": "",
        "helpers/kit.py": "",
        "frontporch.egg-info/PKG-INFO": "",
        "notes.txt": "my own",
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")

    def run(words):
        listed = (making.Path(words[words.index("-r") + 1])).read_text(encoding="utf-8")
        for name in re.findall("^(.*)==", listed, re.MULTILINE):
            file = making.Path(words[words.index("-d") + 1], wheel(name))
            file.write_text(wheel(name), encoding="utf-8")
        return subprocess.CompletedProcess(words, 0, "")

    monkeypatch.setattr(making, "_pip", lambda start, root: run)
    return root


def files(folder):
    found = (one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())
    return sorted(found)


KIT = ["helpers/kit.py", "lessons/01.ipynb", "pyproject.toml", "requirements.lock", "start.py"]
WHEELS = ["wheels/made_for.json", "wheels/pure-1.0-py3-none-any.whl"]


def test_git_says_what_belongs_to_the_project(project, tmp_path):
    for words in (["init", "-q"], ["add", *KIT]):
        subprocess.run(["git", *words], cwd=project, check=True)
    (project / "helpers" / "kit.py").unlink()  # tracked, and gone
    made = making.make(project, tmp_path / "stick", say=lambda _: None)
    assert files(tmp_path / "stick") == [*KIT[1:], *WHEELS]
    assert made.size == sum((made.folder / one).stat().st_size for one in files(made.folder))
    assert (made.pythons, made.groups, made.lacking) == ((HERE,), (), ())


def test_without_git_all_goes_but_what_a_user_or_a_tool_has_made(project, tmp_path):
    making.make(project, tmp_path / "stick", say=lambda _: None)
    assert files(tmp_path / "stick") == sorted([*KIT, "notes.txt", *WHEELS])


def test_a_stick_inside_the_project_does_not_go_on_the_next_one(project, tmp_path):
    making.make(project, project / "mine", say=lambda _: None)
    making.make(project, tmp_path / "stick", say=lambda _: None)
    assert files(tmp_path / "stick") == sorted([*KIT, "notes.txt", *WHEELS])


def test_systems_pythons_and_groups_pile_up(project, tmp_path):
    making.make(project, tmp_path / "stick", ["linux"], ["3.12"], say=lambda _: None)
    made = making.make(
        project, tmp_path / "stick", ["windows"], ["3.13"], ["teach"], say=lambda _: None
    )
    about = json.loads((made.folder / "wheels" / "made_for.json").read_text(encoding="utf-8"))
    assert about == {
        "systems": ["linux", "windows"],
        "pythons": ["3.12", "3.13"],
        "groups": ["teach"],
    }
    assert (made.folder / "wheels" / wheel("slide")).is_file()


def test_a_package_without_a_wheel_is_named_with_the_computer(project, tmp_path, monkeypatch):
    refused = subprocess.CompletedProcess([], 1, "ERROR: No matching distribution found")
    monkeypatch.setattr(making, "_pip", lambda start, root: lambda words: refused)
    made = making.make(project, tmp_path / "stick", ["windows"], ["3.13"], say=lambda _: None)
    assert made.lacking == ("Python 3.13 on windows (amd64): there is no wheel of pure 1.0.",)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("Retrying (x) after connection broken by NewConnectionError", "check the internet"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("/usr/bin/python: No module named pip", "pip cannot go on: /usr/bin/python: No module"),
    ],
)
def test_what_stops_pip_is_one_sentence(said, sentence, project, tmp_path, monkeypatch):
    stopped = subprocess.CompletedProcess([], 1, said)
    monkeypatch.setattr(making, "_pip", lambda start, root: lambda words: stopped)
    with pytest.raises(StickError, match=rf"{sentence}.*What was fetched is kept\."):
        making.make(project, tmp_path / "stick", say=lambda _: None)


def test_a_folder_with_something_else_is_refused_and_left_as_it_is(project, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StickError, match=r"holds something else already: name a new folder, such"):
        making.make(project, other)
    assert files(other) == ["thesis.txt"]
    (tmp_path / "empty").mkdir()
    making.make(project, tmp_path / "empty", say=lambda _: None)
    with pytest.raises(StickError, match="holds something else"):
        making.make(project, other / "thesis.txt")


def test_unknown_words_name_the_nearest_and_nothing_is_made(project, tmp_path):
    for words, sentence in [
        ({"systems": ["mac"]}, "no system 'mac'. Did you mean 'macos'"),
        ({"pythons": ["3.10"]}, r"no Python that Front Porch knows, '3.10'"),
        ({"groups": ["teech"]}, "Did you mean teach"),
    ]:
        with pytest.raises((UnknownName, ValueError), match=sentence):
            making.make(project, tmp_path / "stick", **words)
    with pytest.raises(StickError, match="is not the project's folder"):
        making.make(tmp_path, tmp_path / "stick")
    assert not (tmp_path / "stick").exists()


def test_the_command_says_what_it_made_and_what_to_do_there(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    words = ["--for", "linux,windows", "--python", "3.12,3.13", "--with", "teach"]
    told = CliRunner().invoke(commands.porch, ["stick", str(tmp_path / "stick"), *words])
    assert told.exit_code == 0, told.output
    *_, made, then = told.output.splitlines()
    assert made == f"{tmp_path / 'stick'}: 0 MB for Python 3.12 and 3.13 on linux and windows."
    assert then == "Copy it to the other computer and run there:  python start.py --with teach"


def test_the_command_stops_with_a_sentence(project, tmp_path, monkeypatch):
    monkeypatch.chdir(project)
    for folder, sentence in {".": "is the project itself", "lessons": "holds something"}.items():
        told = CliRunner().invoke(commands.porch, ["stick", folder])
        assert told.exit_code == 1 and sentence in told.output


def test_the_project_is_found_from_elsewhere(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    command = ["stick", str(tmp_path / "stick")]
    monkeypatch.setattr("frontporch.cli.sticks.ROOT", tmp_path / "installed as a wheel")
    told = CliRunner().invoke(commands.porch, command)
    assert told.exit_code == 1
    assert f"{tmp_path} is not the project's folder" in told.output
    monkeypatch.setattr("frontporch.cli.sticks.ROOT", project)
    assert CliRunner().invoke(commands.porch, command).exit_code == 0


@pytest.mark.parametrize("where", ["_copy", "_pip"])
def test_an_interrupted_command_goes_on_when_it_is_given_again(
    where, project, tmp_path, monkeypatch
):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.chdir(project)
    command = ["stick", str(tmp_path / "stick")]
    with monkeypatch.context() as once:
        once.setattr(making, where, interrupted)
        told = CliRunner().invoke(commands.porch, command)
    assert told.exit_code == 130
    assert told.output.endswith("is kept. The same command continues from there.\n")
    told = CliRunner().invoke(commands.porch, command)
    assert told.exit_code == 0, told.output
    assert set(KIT) < set(files(tmp_path / "stick"))
