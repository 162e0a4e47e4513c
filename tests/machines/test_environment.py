"""environment.yml says the same as pyproject.toml; so do CITATION.cff and LICENSE."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
# conda-forge calls these by another name.
CONDA_NAMES = {
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
    "pandera": "pandera-pandas",
}


def test_conda_gets_the_same_packages_and_ranges():
    words = list(PROJECT["dependencies"])
    for extra in ("lab", "build", "regression", "test"):
        words += PROJECT["optional-dependencies"][extra]
    project = {"python": SpecifierSet(PROJECT["requires-python"])}
    for requirement in map(Requirement, words):
        if requirement.marker:  # about wheels for one kind of machine; conda builds its own
            continue
        project[CONDA_NAMES.get(requirement.name, requirement.name)] = requirement.specifier
    lines = [line for line in CONDA["dependencies"] if isinstance(line, str) and line != "pip"]
    conda = {}
    for line in lines:
        name, ranges = line.split(" ")
        conda[name] = SpecifierSet(ranges)
    assert len(conda) == len(lines)
    assert conda == project


def test_conda_takes_everything_from_conda_forge_and_the_kit_from_this_folder():
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]
    assert CONDA["name"] == PROJECT["name"]
    assert CONDA["dependencies"][-2:] == ["pip", {"pip": ["-e ."]}]


def test_citation_is_of_this_version():
    assert CITATION["version"] == PROJECT["version"]
    assert CITATION["license"] == PROJECT["license"] == "MIT"
    assert CITATION["keywords"] == PROJECT["keywords"]
    assert [author["name"] for author in CITATION["authors"]] == [
        author["name"] for author in PROJECT["authors"]
    ]


def test_citation_has_what_its_format_asks_for():
    # Citation File Format 1.2.0: four keys are required, and the type is one of two.
    assert {"cff-version", "message", "title", "authors"} <= set(CITATION)
    assert CITATION["cff-version"] == "1.2.0"
    assert isinstance(CITATION["version"], str)
    assert CITATION["type"] in ("software", "dataset")


def test_licence_names_its_holder_and_the_data_sets():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("MIT License\n\nCopyright (c) 2026 The Front Porch authors\n")
    assert "datapackage.json" in text


def test_what_start_makes_is_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {".venv/", ".jupyter/", "my-lessons/", "predictions.json"} <= set(ignored)
    assert {"my-answers.json", "hand-in *.json"} <= set(ignored)
    assert {"my-packages.txt", "wheels/"} <= set(ignored)


def test_hosted_tests_run_the_test_command_on_every_system_and_on_the_oldest_and_newest_python():
    text = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    job = workflow["jobs"]["tests"]
    oldest, newest = re.findall(r"3\.(\d+)", PROJECT["requires-python"])
    matrix = job["strategy"]["matrix"]
    assert matrix["python"] == [f"3.{oldest}", f"3.{int(newest) - 1}"]
    assert matrix["os"] == ["ubuntu-latest", "macos-latest", "windows-latest"]
    assert job["steps"][-1]["run"] == "python start.py test"
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text
    used = [step["uses"] for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", one) for one in used)
