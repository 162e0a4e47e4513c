"""A folder of wheels beside start.py: nothing is asked of the network."""

import json
import subprocess
import sys

import pytest

PYTHON = f"3.{sys.version_info[1]}"


def stamp(made):
    return json.loads((made.folder / ".venv" / "frontporch.json").read_text(encoding="utf-8"))


def packages(made):
    records = made.folder.glob(".venv/**/site-packages/*.dist-info")
    return {record.name.partition("-")[0] for record in records}


def test_a_stick_needs_no_network(stick):
    made, ended = stick
    assert ended.returncode == 0, ended.stdout.decode() + ended.stderr.decode()
    assert b"Front Porch is set up." in ended.stdout
    assert "sortedcontainers" not in packages(made)


def test_each_requirement_of_each_package_is_there(stick):
    made, _ = stick
    code = (
        "import importlib.metadata as metadata, sys\n"
        "from packaging.requirements import Requirement\n"
        "for one in metadata.distributions():\n"
        "    for need in map(Requirement, one.requires or []):\n"
        "        if need.marker is None or need.marker.evaluate({'extra': ''}):\n"
        "            assert metadata.version(need.name) in need.specifier, (one.name, need)\n"
        "            print(need)\n"
    )
    tried = made.python(code)
    assert tried.returncode == 0, tried.stderr.decode()
    assert len(tried.stdout.splitlines()) > 20


@pytest.fixture(scope="module")
def with_own_package(stick):
    """The stick's set-up, into which a user installed a package."""
    made, _ = stick
    place = made.folder / ".venv"
    wheel = next(made.folder.glob("wheels/iniconfig-*.whl"))
    own = [sys.executable, "-m", "uv", "pip", "install", "-q", "--offline", "--no-config"]
    subprocess.run([*own, "--python", place, wheel], check=True, cwd=made.folder.parent)
    return made


def test_groups_pile_up_and_packages_of_a_user_stay(with_own_package, cut_off):
    made = with_own_package
    ended = made.start("setup", "--with", "fast,test", **cut_off)
    assert ended.returncode == 0, ended.stdout.decode()
    assert b"Installed: what lessons need, fast, test." in ended.stdout
    assert {"sortedcontainers", "iniconfig"} <= packages(made)
    assert stamp(made)["groups"] == ["fast", "test"]
    assert not any(name.startswith("iniconfig") for name in stamp(made)["packages"])
    with (made.folder / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    ended = made.start("setup", **cut_off)
    assert b"1/4" not in ended.stdout
    assert b"3/4" in ended.stdout
    assert {"sortedcontainers", "iniconfig"} <= packages(made)
    assert stamp(made)["groups"] == ["fast", "test"]


def test_what_goes_with_an_old_environment_is_named_before(with_own_package, start, capsys):
    made = with_own_package
    start.name_what_goes(made.folder)
    said = capsys.readouterr().out
    assert said.count("iniconfig @ file://") == 2
    assert "-m pip install" in said
    assert "my-packages.txt" in said
    assert "ipykernel" not in said


def test_a_list_of_ones_own_is_installed_last_and_its_failures_are_named(stick, cut_off):
    made, _ = stick
    mine = made.folder / "my-packages.txt"
    mine.write_text(
        "# mine\niniconfig>=1  # wanted\nno-such-package\npackaging<1\n", encoding="utf-8"
    )
    ended = made.start("setup", **cut_off)
    said = ended.stdout.decode()
    assert ended.returncode == 0, said
    assert "Front Porch itself is set up. Not installed from my-packages.txt:" in said
    failed = said.partition("my-packages.txt:\n")[2].splitlines()
    assert [line.split()[0] for line in failed[:2]] == ["no-such-package", "packaging<1"]
    assert "iniconfig" in packages(made)
    mine.unlink()


@pytest.mark.parametrize(
    ("made_for", "sentence"),
    [
        ({"pythons": ["3.9"], "systems": ["linux"]}, "made for Python 3.9 on linux: this is"),
        ({"pythons": [PYTHON, "3.9"], "systems": ["amiga"]}, f"Python {PYTHON} and 3.9 on amiga"),
        ({"pythons": [PYTHON], "systems": ["linux", "macos", "windows"]}, "lacks ipykernel"),
        (None, "lacks ipykernel"),
    ],
)
def test_a_stick_for_others_says_for_whom_it_was_made(made_for, sentence, project, start, tmp_path):
    made = project(stick=False)
    wheels = made.folder / "wheels"
    wheels.mkdir()
    lock = start.blocks((made.folder / "requirements.lock").read_text(encoding="utf-8"))
    for block in lock:
        if block.name != "ipykernel":
            name = block.name.replace("-", "_")
            (wheels / f"{name}-{block.version}-py3-none-any.whl").touch()
    if made_for:
        (wheels / "made_for.json").write_text(json.dumps(made_for), encoding="utf-8")
    with pytest.raises(start.SetupError, match="rename the folder wheels") as told:
        start.set_up(made.folder)
    assert sentence in str(told.value)
    assert not (made.folder / ".venv").exists()
