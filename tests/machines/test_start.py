"""start.py on a small false project: what it says, what it builds, and what it leaves alone."""

import ast
import errno
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("front_porch_start", ROOT / "start.py")
start = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(start)

LOCK = r"""a==1 \
    --hash=sha256:11
    # via b
uv==2.0 ; x \
    --hash=sha256:22 \
    --hash=sha256:33
    # via kit (pyproject.toml)
uvicorn==9 \
    --hash=sha256:44
"""


PYPROJECT = """[project]
name = "kit"
dependencies = ["b>=1"]
[project.optional-dependencies]
lab = ["uv[x]>=1; x"]
fast = ["uvicorn"]
"""


def notebook(text, **metadata):
    """A notebook of one cell."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def kit(tmp_path):
    """A project with one lesson that has a picture, one notebook, and an instructor's copy."""
    for name, text in {
        "lessons/01_first.ipynb": notebook("one"),
        "lessons/pictures/porch.svg": "<svg/>",
        "lessons/.ipynb_checkpoints/01_first.ipynb": "old",
        "lessons/instructor/01_first.ipynb": notebook("solution"),
        "lessons/README.md": "for makers",
        "notebooks/replication.ipynb": notebook("many"),
        "requirements.lock": LOCK,
        "pyproject.toml": PYPROJECT,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


# The sentence about Python


def test_the_range_of_pythons_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    allowed = SpecifierSet(project["requires-python"])
    for minor in range(6, 20):
        assert (start.python_problem((3, minor), None) is None) == (f"3.{minor}" in allowed)


def test_an_unfit_python_is_told_what_to_do():
    said = start.python_problem((3, 8), None)
    assert said == (
        "Front Porch needs Python 3.11 to 3.14; this is 3.8: install Python 3.13 from python.org."
    )
    assert start.python_problem((3, 15), "python3.12").endswith("run  python3.12 start.py.")


def test_start_is_written_in_syntax_that_an_old_python_reads():
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_start_needs_only_the_standard_library():
    tree = ast.parse((ROOT / "start.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert all(name.name.split(".")[0] in sys.stdlib_module_names for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module in sys.stdlib_module_names


def test_help_is_given_without_a_set_up(kit, capsys):
    with pytest.raises(SystemExit) as ended:
        start.main(["--help"], kit)
    assert ended.value.code == 0
    assert "my-lessons" in capsys.readouterr().out
    assert not (kit / ".jupyter").exists()


@pytest.mark.parametrize("words", [["tset"], ["--prot", "1"], ["--port", "x"]])
def test_an_unknown_word_is_refused(words, kit):
    with pytest.raises(SystemExit) as ended:
        start.main(words, kit)
    assert ended.value.code == 2


# The lock and the sentences about failures


def test_the_block_of_a_package_is_its_version_and_its_hashes():
    wanted = "uv==2.0 ; x \\\n    --hash=sha256:22 \\\n    --hash=sha256:33\n"
    assert start.block_of("uv", LOCK) == wanted


def test_the_real_lock_has_a_block_for_the_installer():
    block = start.block_of("uv", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert block.startswith("uv==")
    assert block.count("--hash=sha256:") == len(block.splitlines()) - 1 > 5


@pytest.mark.parametrize("lock", ["", "uv==1 \\\n", LOCK + LOCK])
def test_a_lock_that_does_not_name_a_package_once_is_refused(lock):
    with pytest.raises(start.SetupError, match=r"requirements\.lock"):
        start.block_of("uv", lock)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("error: failed to write: No space left on device (os error 28)", "disk is full"),
        (str(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))), "disk is full"),
        ("error: Espace insuffisant (os error 112)", "disk is full"),
        ("error sending request for url\n  cause: Connection refused (os error 111)", "internet"),
        ("ERROR: No matching distribution found for uv==0.13.9", "internet"),
        ("[Errno -3] Temporary failure in name resolution", "internet"),
        ("invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("error: Hash mismatch for `six==1.17.0`", "requirements.lock"),
        ("Because statsmodels==1 has no usable wheels", "Python 3.13"),
        ("[Errno 13] Permission denied: 'x'", "could not be written"),
        ("[Errno 30] Read-only file system: 'x'", "could not be written"),
        ("Zugriff verweigert (os error 5)", "could not be written"),
        ("[WinError 206] The filename or extension is too long", "too long"),
    ],
)
def test_a_known_failure_is_one_sentence_that_says_what_to_do(said, word, tmp_path):
    sentence = start.explain(said, tmp_path)
    assert word in sentence
    assert sentence.endswith("then start again.")
    assert "\n" not in sentence


def test_an_unknown_failure_stays_unexplained(tmp_path):
    assert start.explain("Segmentation fault", tmp_path) is None


def test_a_full_disk_is_seen_even_when_the_tool_hides_it(tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": 4096})
    monkeypatch.setattr(start.shutil, "disk_usage", lambda path: usage)
    assert "disk is full" in start.explain("Command returned 1", tmp_path)


def test_a_failed_step_shows_its_last_words_only_when_they_are_not_understood(kit, capsys):
    (kit / ".venv").mkdir()
    for said, shown in (("os error 28)", False), ("strange", True)):
        script = f"import sys; print({said!r}); sys.exit(3)"
        with pytest.raises(start.SetupError):
            start.run("Trying", [sys.executable, "-c", script], kit)
        assert (said in capsys.readouterr().out) is shown
    log = (kit / ".venv" / "setup.log").read_text(encoding="utf-8")
    assert "os error 28)" in log
    assert "strange" in log


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (PermissionError(errno.EACCES, "Permission denied"), "could not be written"),
        (start.SetupError("Do this."), "Do this."),
    ],
)
def test_a_failure_ends_in_its_sentence_and_a_code(error, word, kit, monkeypatch, capsys):
    def fail(root, groups, anew):
        raise error

    monkeypatch.setattr(start, "set_up", fail)
    assert start.main([], kit) == 1
    assert word in capsys.readouterr().out


def test_a_python_without_venv_is_told_how_to_get_it(kit, monkeypatch):
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(start.SetupError, match=r"apt install python3\.\d+-venv"):
        start.set_up(kit)


# The environment


@pytest.fixture
def built(kit, monkeypatch):
    """A set-up whose steps install one false package instead of asking the network."""
    steps = []

    def step(name, command, root, variables=None):
        steps.append(name[:3])
        if name.startswith("1/4"):
            subprocess.run(
                [sys.executable, "-m", "venv", "--without-pip", str(root / ".venv")], check=True
            )
        if name.startswith("2/4"):
            info = start.site_packages(root) / "uv-2.0.dist-info"
            info.mkdir(exist_ok=True)
            (info / "RECORD").write_text("six.py,,\n__pycache__/six.pyc,,\n", encoding="utf-8")
            (info.parent / "six.py").write_text("", encoding="utf-8")

    monkeypatch.setattr(start, "run", step)
    monkeypatch.setattr(start, "check_kernel", lambda root: None)
    return steps


ALL = ["1/4", "2/4", "2/4", "3/4"]  # the packages of this kit bring uv, which is fetched first


def test_a_second_start_has_nothing_to_do(kit, built):
    start.set_up(kit)
    assert built == ALL
    assert start.condition(kit)[0] == "ready"
    start.set_up(kit)
    assert built == ALL


@pytest.mark.parametrize("file", ["requirements.lock", "pyproject.toml"])
def test_a_change_of_what_is_installed_updates_in_place(file, kit, built):
    start.set_up(kit)
    with (kit / file).open("a", encoding="utf-8") as changed:
        changed.write("# changed\n")
    assert start.condition(kit)[0] == "update"
    start.set_up(kit)
    assert built == ALL + ALL[1:]
    assert start.condition(kit)[0] == "ready"


def remove(path):
    path.unlink()


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: remove(start.venv_python(root)),
        lambda root: remove(start.site_packages(root) / "six.py"),
        lambda root: remove(start.site_packages(root) / "uv-2.0.dist-info" / "RECORD"),
        lambda root: remove(root / ".venv" / start.STAMP),
        lambda root: (root / ".venv" / start.STAMP).write_text("[1]", encoding="utf-8"),
        lambda root: (root / ".venv" / start.STAMP).write_text('{"python":', encoding="utf-8"),
        lambda root: start.shutil.rmtree(root / ".venv") or (root / ".venv").touch(),
    ],
    ids=["python", "file", "record", "no stamp", "odd stamp", "half stamp", "no folder"],
)
def test_a_broken_environment_is_built_anew(damage, kit, built):
    start.set_up(kit)
    damage(kit)
    assert start.condition(kit)[0] == "rebuild"
    start.set_up(kit)
    assert built == ALL + ALL
    assert start.condition(kit)[0] == "ready"


@pytest.mark.parametrize("change", [{"python": "3.11.0a1"}, {"root": "elsewhere"}])
def test_an_environment_of_another_python_or_place_is_built_anew(change, kit, built):
    start.set_up(kit)
    stamp = kit / ".venv" / start.STAMP
    content = json.loads(stamp.read_text(encoding="utf-8"))
    stamp.write_text(json.dumps({**content, **change}), encoding="utf-8")
    assert start.condition(kit)[0] == "rebuild"


def test_a_lost_bytecode_file_is_no_damage(kit, built):
    start.set_up(kit)
    assert not (start.site_packages(kit) / "__pycache__" / "six.pyc").exists()
    assert start.condition(kit)[0] == "ready"


def test_an_interrupted_set_up_is_not_taken_for_a_finished_one(kit, built, monkeypatch, capsys):
    whole = start.run

    def interrupted(name, command, root, variables=None):
        if name.startswith("2/4"):
            raise KeyboardInterrupt
        whole(name, command, root, variables)

    monkeypatch.setattr(start, "run", interrupted)
    assert start.main(["setup", "--with", "fast"], kit) == 130
    assert start.condition(kit)[0] == "rebuild"
    monkeypatch.setattr(start, "run", whole)
    start.set_up(kit)
    assert start.remembered(kit)["groups"] == ["fast"]


def test_jupyterlab_asks_for_no_news(kit, built):
    start.set_up(kit)
    file = kit / ".venv" / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    assert settings["@jupyterlab/apputils-extension:notification"] == {
        "fetchNews": "false",
        "checkForUpdates": False,
    }


def test_a_second_start_waits_for_the_first_and_a_dead_one_is_not_waited_for(kit, tmp_path):
    script = (
        "import importlib.util, pathlib, sys, time\n"
        f"spec = importlib.util.spec_from_file_location('start', {str(ROOT / 'start.py')!r})\n"
        "start = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(start)\n"
        "with start.one_at_a_time(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(599)\n"
    )
    command = [sys.executable, "-c", script, str(kit)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as first:
        try:
            assert first.stdout.readline().strip() == "held"
            with (kit / ".jupyter" / "setup.lock").open("a") as lock:
                assert not start.take(lock.fileno())
        finally:
            first.kill()
    with start.one_at_a_time(kit), (kit / ".jupyter" / "setup.lock").open("a") as lock:
        assert not start.take(lock.fileno())


# What is run


def test_the_real_project_brings_its_lessons(tmp_path):
    for folder in ("lessons", "helpers"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    assert start.copy_lessons(tmp_path) == []
    assert list((tmp_path / "my-lessons").glob("01_*.ipynb"))


def test_jupyterlab_opens_the_first_lesson_and_later_what_was_open(kit):
    assert "--LabApp.default_url=/lab/tree/01_first.ipynb" in start.lab_command(kit, None, True)
    (kit / ".jupyter" / "config_dir" / "lab" / "workspaces").mkdir(parents=True)
    assert "--LabApp.default_url=/lab" in start.lab_command(kit, None, True)


def test_a_port_that_is_asked_for_is_not_swapped_for_another(kit):
    command = start.lab_command(kit, 8899, False)
    assert {"--ServerApp.port=8899", "--ServerApp.port_retries=0", "--no-browser"} <= set(command)
    plain = start.lab_command(kit, None, True)
    assert not any(word.startswith(("--ServerApp.port", "--no-browser")) for word in plain)


@pytest.fixture
def called(monkeypatch):
    """The commands that the tests would run; the second of them fails."""
    commands = []

    def call(command, **options):
        commands.append(command[2:])
        return len(commands) == 2

    monkeypatch.setattr(start.subprocess, "call", call)
    monkeypatch.setattr(start, "set_up", lambda root, groups, anew: None)
    return commands


def test_test_runs_every_lane_even_after_a_failure_and_says_so(kit, called, capsys):
    assert start.main(["test"], kit) == 1
    ruff, layout, tests = called
    assert ruff == ["ruff", "check"]
    assert layout == ["ruff", "format", "--check"]
    assert tests[:3] == ["pytest", "-m", "not slow"]
    assert tests[-5:] == ["--nbval", "tests", "helpers", "lessons", "notebooks"]
    said = capsys.readouterr().out
    assert said.endswith("tests\nFailed: ruff format\n")
    assert not (kit / "my-lessons").exists()


def test_a_dead_kernel_is_not_waited_for_with_plain_pytest_either():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    words = settings["tool"]["pytest"]["ini_options"]["addopts"]
    assert any(word.startswith("--nbval-cell-timeout=") for word in words)
    assert any(word.startswith("--nbval-kernel-startup-timeout=") for word in words)


def test_all_runs_the_slow_tests_too(kit, called):
    start.main(["test", "--all"], kit)
    assert called[-1][0] == "pytest"
    assert "not slow" not in called[-1]


def test_further_words_go_to_pytest_alone(kit, called):
    assert start.main(["test", "tests/fans", "-k", "bass", "-x"], kit) == 0
    assert called == [["pytest", "-m", "not slow", "tests/fans", "-k", "bass", "-x"]]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such locale")
@pytest.mark.parametrize(
    ("here", "told"),
    [({"LC_ALL": "C"}, "C.UTF-8"), ({"LANG": "POSIX"}, "C.UTF-8"), ({"LANG": "de_DE.UTF-8"}, None)],
)
def test_our_commands_read_settings_in_utf8_where_the_locale_is_plain(here, told, kit, monkeypatch):
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in here.items():
        monkeypatch.setenv(name, value)
    assert start.environment(kit).get("LC_ALL") == told
