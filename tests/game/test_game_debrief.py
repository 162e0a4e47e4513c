"""`porch game debrief`: a notebook and slides that need nothing but the game's folder."""

import json

import pytest
from typer.testing import CliRunner

from frontporch.classroom.copying import game_debrief
from frontporch.cli import commands
from frontporch.game import Game, simulate
from frontporch.game.debriefing import TABLES, debrief
from frontporch.game.store import Folder
from frontporch.names import UnknownName

GAME = Game(
    seed=4, teams=("Ada", "Bo"), rounds=1, people=200, weeks_a_round=1, policies={"Bo": "late"}
)


def porch(*words):
    return CliRunner().invoke(commands.porch, ["game", *map(str, words)])


def test_tables_for_reading_have_headings_and_no_bare_truth():
    told = debrief(simulate(GAME, [{"Ada": {"research": {"kind": "log"}, "prediction": 9_000}}]))
    for name in TABLES:
        shown = told.table(name)
        assert len(shown) and "nan" not in shown.to_string()
        assert not any(isinstance(one, bool) for one in shown.to_numpy().ravel())
    assert list(told.table("calibration")) == [
        "predictions",
        "too high",
        "off by on average ($)",
        "distance on average ($)",
        "distance, same as last round ($)",
    ]
    with pytest.raises(UnknownName, match="Did you mean 'claims'"):
        told.table("claim")


def test_the_notebook_runs_as_code_in_the_folder(tmp_path, monkeypatch):
    """Every cell that draws or tells runs where the game lies; here without a kernel."""
    folder = Folder.create(tmp_path, GAME)
    folder.hand_in("Ada", {"prediction": 9_000})
    book = game_debrief.notebook(folder.resolve())
    monkeypatch.chdir(tmp_path)
    names = {}
    for cell in book.cells:
        if cell.cell_type == "code":
            exec(cell.source, names)
    assert names["told"].came["team"].tolist() == ["Ada"]
    assert book.metadata["frontporch"]["title"].startswith("A year on Main Street")


def test_before_the_first_round_there_is_nothing_to_debrief(tmp_path):
    Folder.create(tmp_path, GAME)
    told = porch("debrief", tmp_path)
    assert told.exit_code == 1 and f"porch game round {tmp_path}" in told.output


@pytest.mark.slow
def test_a_debrief_from_the_command(tmp_path):
    folder = Folder.create(tmp_path, GAME)
    folder.hand_in("Ada", {"prediction": 9_000})
    folder.resolve()
    told = porch("debrief", tmp_path)
    assert told.exit_code == 0, told.output
    book = json.loads((tmp_path / "debrief.ipynb").read_text(encoding="utf-8"))
    outputs = [one for cell in book["cells"] for one in cell.get("outputs", [])]
    assert sum("<img" in "".join(one["data"]["text/html"]) for one in outputs) == 4
    slides = (tmp_path / "debrief-slides.html").read_text(encoding="utf-8")
    assert slides.count("<section") >= 8
