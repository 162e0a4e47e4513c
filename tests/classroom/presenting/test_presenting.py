"""The projector's copy, the page without code, and what is said where they cannot be had."""

import json
import pathlib
import re
import socket
import subprocess
import sys

import nbformat
import pytest
import typer
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from typer.testing import CliRunner

from frontporch.classroom.copying import copies, sources
from frontporch.classroom.copying.routes import on_route
from frontporch.classroom.presenting import presenter_layout, serving, voila_page
from frontporch.classroom.presenting import starting as presenting
from frontporch.cli import presenting as commands
from frontporch.groups import MissingPackage, line_for

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
SOURCES = sources.sources(LESSONS)
porch = typer.Typer()
porch.command("present")(commands.present)
porch.command("rehearse")(commands.rehearse)


def cell(made, name, role="run", slide="slide", **told):
    """Give a cell an id and the lesson's metadata."""
    made["id"] = name
    made.metadata["frontporch"] = {"role": role, "level": "core", "minutes": 1, **told}
    made.metadata["slideshow"] = {"slide_type": slide}
    return made


def lesson():
    """A small source with everything that a copy treats on its own."""
    made = new_notebook(
        cells=[
            cell(new_markdown_cell("# 7 · A lesson\n\nPress Shift + Enter."), "title"),
            cell(new_markdown_cell("## Set-up"), "folds", "setup", "skip"),
            cell(new_code_cell("secret = 41\nprint('ready')"), "setup", "setup", folded=True),
            cell(new_code_cell("classroom.result('1.curve', draw)"), "result"),
            cell(new_markdown_cell("Say nothing yet."), "note", audience="instructor"),
            cell(new_code_cell("classroom.exercise('1.2')"), "asks", "exercise", check="1.2"),
            cell(
                new_code_cell("answer = 'office 2013'\nprint(answer)"),
                "solves",
                "exercise",
                audience="instructor",
                check="1.2",
            ),
            cell(new_markdown_cell("Double-click here."), "memo", "decide", page="Say it aloud."),
        ]
    )
    made.metadata["frontporch"] = {"title": "A lesson", "minutes": {"20": 7}}
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    return made


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "lessons" / "instructor"
    folder.mkdir(parents=True)
    nbformat.write(lesson(), folder / "07_small.ipynb")
    return tmp_path / "lessons"


def by_id(book):
    return {one["id"]: one for one in book.cells}


def test_the_projector_shows_no_solution_and_no_note_before_a_click():
    cells = by_id(presenting.presenters_copy(lesson()))
    assert cells["asks"].source == "classroom.exercise('1.2')"
    assert cells["solves"].source.startswith("<details><summary>Solution to 1.2</summary>")
    assert "office 2013" in cells["solves"].source
    for name in ("note", "solves-wrong"):
        assert cells[name].source.startswith("<details><summary>For the instructor</summary>")
    assert all(one.metadata["scrolled"] is False for one in cells.values() if "outputs" in one)


@pytest.mark.parametrize("number", SOURCES)
def test_no_visible_cell_of_the_projector_holds_a_solution(number):
    source = copies.read(SOURCES[number])
    shown = [
        one.source
        for one in presenting.presenters_copy(source).cells
        if not one.source.startswith("<details>")
    ]
    for one in source.cells:
        told = one.metadata["frontporch"]
        if told.get("audience") == "instructor":
            assert one.source not in shown


def test_the_page_runs_set_up_unseen_and_keeps_what_can_be_looked_at():
    made = voila_page.page(lesson())
    cells = by_id(made)
    assert made.metadata["title"] == "A lesson"
    assert cells["setup"].source == "%%capture\nsecret = 41\nprint('ready')"
    assert cells["asks"].source == "classroom.exercise('1.2')"
    assert cells["memo"].source == "Say it aloud."
    assert not {"folds", "note", "solves"} & set(cells)


@pytest.mark.parametrize("number", SOURCES)
def test_no_solution_and_no_note_is_on_the_page(number):
    source = copies.read(SOURCES[number])
    whole = nbformat.writes(voila_page.page(source))
    for one in source.cells:
        told = one.metadata["frontporch"]
        if told.get("audience") == "instructor":
            assert json.dumps(one.source)[1:-1] not in whole


@pytest.mark.parametrize("number", SOURCES)
def test_every_question_is_on_the_page_whatever_slides_make_of_its_cell(number):
    source = copies.read(SOURCES[number])
    for cell in source.cells:
        cell.metadata["slideshow"] = {"slide_type": "skip"}
    there = [one.source for one in voila_page.page(source).cells if one.cell_type == "code"]
    asked = [
        one.source
        for one in source.cells
        if one.cell_type == "code"
        and one.metadata["frontporch"].get("audience") != "instructor"
        and one.metadata["frontporch"]["role"] != "setup"
    ]
    assert [one for one in there if one in asked] == asked
    for call in ("predict_", "exercise(", "decide(", "memo(", "hand_in(", "team("):
        assert any(f"classroom.{call}" in one for one in there), call


@pytest.mark.parametrize("number", SOURCES)
def test_the_page_of_twenty_minutes_has_a_prediction_a_decision_and_the_hand_in(number):
    made = voila_page.page(on_route(copies.read(SOURCES[number]), 20))
    there = "\n".join(one.source for one in made.cells)
    for call in ("predict_", "result(", "decide(", "memo(", "hand_in("):
        assert f"classroom.{call}" in there, call
    assert not [
        one
        for one in made.cells
        if 20 not in one.metadata.get("frontporch", {}).get("routes", [20])
    ]


def test_the_committed_source_is_only_read(project, tmp_path):
    source = sources.source(project, 7)
    before = source.read_bytes()
    presenting.lab(source, tmp_path / "build")
    presenting.page(source, tmp_path / "build")
    assert source.read_bytes() == before
    assert sorted(project.rglob("*.ipynb")) == [source]


def test_every_presentation_has_a_folder_and_a_token_of_its_own(project, tmp_path):
    source = sources.source(project, 7)
    one, other = (presenting.lab(source, tmp_path / "build") for _ in range(2))
    assert one.folder != other.folder
    tokens = {server.variables["JUPYTER_TOKEN"] for server in (one, other)}
    assert len(tokens) == 2 and all(len(token) >= 20 for token in tokens)
    for server in (one, other):
        # Among the running commands anybody can read the words of each.
        assert not any(token in word for token in tokens for word in server.command)
        assert "--ServerApp.ip=127.0.0.1" in server.command


def test_the_layout_changes_nobodys_own_settings(project, tmp_path):
    server = presenting.lab(sources.source(project, 7), tmp_path / "build")
    for word in ("app_settings_dir", "user_settings_dir", "workspaces_dir"):
        (given,) = [one for one in server.command if f".{word}=" in one]
        assert pathlib.Path(given.split("=", 1)[1]).is_relative_to(server.folder)
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        assert pathlib.Path(server.variables[name]).is_relative_to(server.folder)
    news = presenter_layout.settings()["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}


def test_the_settings_are_those_that_jupyterlab_knows():
    schemas = pathlib.Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    if not schemas.exists():
        pytest.skip("JupyterLab keeps its schemas elsewhere")
    for plugin, given in presenter_layout.settings(dark=True).items():
        package, name = plugin.split(":")
        schema = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))
        assert set(given) <= set(schema["properties"]), plugin


def test_the_page_listens_to_this_machine_unless_it_is_shared(project, tmp_path):
    source = sources.source(project, 7)
    for share, ip in ((False, "127.0.0.1"), (True, "0.0.0.0")):
        server = presenting.page(source, tmp_path / "build", viewers=3, share=share)
        told = json.loads((server.folder / "jupyter" / "voila.json").read_text(encoding="utf-8"))
        assert told["Voila"]["ip"] == ip
        assert told["VoilaConfiguration"]["file_allowlist"] == []
        assert told["Places"]["places"] == 3 == server.places
        assert told["Places"]["cull_connected"] and told["Places"]["cull_idle_timeout"] > 0


def test_a_taken_port_and_an_unknown_lesson_are_one_sentence(project, tmp_path):
    into = ["--lessons", str(project), "--into", str(tmp_path / "build"), "--no-browser"]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for more in ([], ["--page"]):
            result = CliRunner().invoke(porch, ["present", "7", "--port", port, *more, *into])
            assert result.exit_code == 1
            assert result.output == (
                f"Port {port} is taken by another program: leave out --port, and a free port is "
                "found.\n"
            )
            assert not (tmp_path / "build").exists()  # said before anything was made
    result = CliRunner().invoke(porch, ["present", "8", *into])
    assert result.exit_code == 1 and "There is no lesson 8" in result.output


@pytest.mark.parametrize(("make", "name"), [("lab", "jupyterlab"), ("page", "voila")])
def test_what_is_not_installed_is_named_with_its_remedy(make, name, project, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, name, None)
    remedy = rf"needs {name}, which is not installed: run  {re.escape(line_for(name))} "
    with pytest.raises(MissingPackage, match=remedy):
        getattr(presenting, make)(sources.source(project, 7), tmp_path / "build")


def test_a_folder_that_cannot_be_written_is_one_sentence(project, tmp_path):
    (tmp_path / "build").write_text("a file", encoding="utf-8")
    with pytest.raises(serving.PresentingError, match="cannot be written"):
        presenting.lab(sources.source(project, 7), tmp_path / "build")


def server_of(tmp_path, code):
    """A server that is a few lines of Python."""
    (tmp_path / "lesson").mkdir()
    words = (sys.executable, "-c", code)
    return serving.Server(words, {}, "http://127.0.0.1:9/", "http://127.0.0.1:9/", tmp_path)


def test_a_server_that_ends_says_its_last_words(tmp_path):
    server = server_of(tmp_path, "print('no room'); raise SystemExit(3)")
    with pytest.raises(serving.PresentingError, match=r"Its last words: no room .*server\.log"):
        serving.serve(server, browser=False, say=lambda _: None)


def test_a_server_that_never_answers_is_ended(tmp_path):
    server = server_of(tmp_path, "import time, os; print(os.getpid(), flush=True); time.sleep(99)")
    with pytest.raises(serving.PresentingError, match="It did not start"):
        serving.serve(server, browser=False, say=lambda _: None, patience=1.5)
    number = (tmp_path / "server.log").read_text(encoding="utf-8").strip()
    if sys.platform != "win32":
        alive = subprocess.run(["ps", "-p", number], capture_output=True, check=False)
        assert alive.returncode != 0


def test_a_display_that_can_be_updated_becomes_a_widget():
    from frontporch.classroom.presenting.voila_displays import Displays

    def message(kind, told, transient):
        content = {"data": {"text/html": told}, "transient": transient}
        return {"msg_type": kind, "content": content}

    shown = Displays()
    plain = message("display_data", "<p>once</p>", {})
    assert shown(plain) is plain
    first = shown(message("display_data", "<img alt='1'>", {"display_id": "a"}))
    assert "application/vnd.jupyter.widget-view+json" in first["content"]["data"]
    assert shown(message("update_display_data", "<img alt='2'>", {"display_id": "a"})) is None
    (widget,) = shown._widgets.values()
    assert widget.value == "<img alt='2'>"
