"""Data sets of one's own are loaded, described and checked like ours."""

import json
import subprocess
import sys

import pytest

from frontporch import data
from frontporch.data import packages
from frontporch.tables import TableError

SCHEMA = {
    "fields": [
        {
            "name": "person",
            "type": "string",
            "description": "Who.",
            "constraints": {"required": True},
        },
        {
            "name": "visits",
            "type": "integer",
            "description": "How often.",
            "constraints": {"minimum": 0},
        },
    ]
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "_added", [])
    place = tmp_path / "sets" / "my_survey"
    place.mkdir(parents=True)
    (place / "visits.csv").write_text("person;visits\nann;3\nbob;0\n", encoding="utf-8")
    table = {"name": "visits", "path": "visits.csv", "rows": 2, "schema": SCHEMA}
    about = {
        "title": "My survey",
        "description": "Who came how often.",
        "licenses": [{"name": "CC0"}],
        "sources": [{"title": "our shop"}],
        "synthetic": False,
        "citation": "We (2026)",
        "resources": [table],
    }
    (place / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    return tmp_path / "sets"


@pytest.mark.parametrize("way", ["add", "variable"])
def test_a_data_set_of_ones_own(folder, way, monkeypatch):
    if way == "add":
        assert data.add(folder) == data.add(folder) == ["my_survey"]
    else:
        monkeypatch.setenv("FRONTPORCH_DATA", str(folder))
    assert "my_survey" in data.names() and "cdnow" in data.names()
    assert data.load("my_survey").visits.tolist() == [3, 0]
    assert data.describe("my_survey").citation == "We (2026)"


def test_it_is_checked(folder):
    data.add(folder)
    (folder / "my_survey" / "visits.csv").write_text("person,visits\nann,-3\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 2, column 'visits', value -3: is below 0"):
        data.load("my_survey")
    (folder / "my_survey" / "datapackage.json").write_text('{"title": "x"}', encoding="utf-8")
    with pytest.raises(ValueError, match="lacks 'description'"):
        data.load("my_survey")


def test_names_of_ours_are_not_taken(folder, monkeypatch):
    (folder / "my_survey").rename(folder / "cdnow")
    with pytest.raises(ValueError, match="Two data sets are called 'cdnow'"):
        data.add(folder)
    assert data.load("cdnow").shape[0] > 2_000, "what could not be added harms nothing"
    with pytest.raises(FileNotFoundError, match="has no data set"):
        data.add(folder / "cdnow")
    monkeypatch.setenv("FRONTPORCH_DATA", str(folder / "nowhere"))
    with pytest.raises(FileNotFoundError, match="FRONTPORCH_DATA names"):
        data.names()


def test_an_import_reads_no_folder():
    code = "import frontporch.data, sys; assert 'pandera' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
