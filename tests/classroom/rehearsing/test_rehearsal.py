"""A rehearsal names what is not fine, with its cell; stills and pages are looked over."""

import nbformat
import pytest
import typer
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from typer.testing import CliRunner

from frontporch.classroom.rehearsing import made_pages, rehearsal, rehearsal_report, stills
from frontporch.classroom.rehearsing.rehearsal import CellTime, Finding, Rehearsal
from frontporch.classroom.rehearsing.rehearsal_watch import Watch, is_local
from frontporch.cli import presenting as commands

porch = typer.Typer()
porch.command("present")(commands.present)
porch.command("rehearse")(commands.rehearse)

CELLS = {
    "slow": "import time\ntime.sleep(2.2)",
    "asks": (
        "import urllib.request\ntry:\n    urllib.request.urlopen('http://example.org', timeout=5)"
        "\nexcept OSError:\n    pass"
    ),
    "fails": "1 / 0",
    "draws": (
        "from frontporch import deepening, look\nfrom frontporch.course import lesson_01\n"
        "ladder = deepening.Ladder.online_and_offline()\n"
        "ax = lesson_01.plot_stages(ladder, 'offline')\nax.text(0, 0, 'small', fontsize=6)\n"
        "look.show(ax)"
    ),
    "bare": (
        "import base64\nfrom IPython.display import Image\n"
        "Image(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhf"
        "DwAChwGA60e6kgAAAABJRU5ErkJggg=='))"
    ),
    "own": "import socket\nsocket.create_server(('127.0.0.1', 0)).close()",
}


def about(**told):
    return {"frontporch": {"role": "run", "level": "core", "minutes": 1, **told}}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A lesson in which something is wrong with every cell but the last."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "lessons" / "instructor").mkdir(parents=True)
    (folder / "build").mkdir()
    cells = [new_code_cell(code, id=name, metadata=about()) for name, code in CELLS.items()]
    cells.insert(3, new_markdown_cell("## ● A ladder", id="head", metadata=about()))
    made = new_notebook(cells=cells)
    made.metadata["frontporch"] = {"title": "A lesson", "minutes": {"20": 7}}
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    nbformat.write(made, folder / "lessons" / "instructor" / "07_small.ipynb")
    page = '<!DOCTYPE html><body style="font-size:20px">a<img src="https://example.org/x.png">'
    (folder / "build" / "07_small.html").write_text(page, encoding="utf-8")
    lock = "numpy==0.1 \\\n    --hash=sha256:0\n"
    (folder / "requirements.lock").write_text(lock, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def held(project):
    source = project / "lessons" / "instructor" / "07_small.ipynb"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rehearsal, "smallest_text", lambda _: None)  # browsers have their own tests
        return rehearsal.rehearse(
            source, pages=project / "build", lock=project / "requirements.lock"
        )


def found(held, where):
    return [one for one in held.findings if one.where.endswith(where)]


def test_what_is_wrong_is_named_with_its_cell_and_what_to_do(held):
    assert "it runs 2." in found(held, "slow")[0].what
    assert found(held, "asks")[0].what == "it asks example.org over the network"
    assert found(held, "fails")[0].what.startswith("it fails: ZeroDivisionError")
    (small,) = found(held, "picture in draws")
    assert "9 pixels" in small.what  # 6 points at 110 pixels an inch
    assert "no alternative text" in found(held, "bare")[0].what
    assert "https://example.org/x.png" in found(held, "07_small.html")[0].what
    assert "0.1 is meant" in found(held, "numpy")[0].what
    assert not found(held, "own")
    assert all(one.remedy for one in held.findings)


def test_every_cell_of_code_is_timed(held):
    assert [one.cell for one in held.cells] == list(CELLS)
    assert held.summary()["seconds"].sum() == pytest.approx(held.seconds)
    assert held.kernel_seconds > 0


def test_stills_have_numbers_titles_and_alternative_texts(held, tmp_path):
    (folder := tmp_path / "stills").mkdir()
    (folder / "09.png").write_bytes(b"of an earlier rehearsal")
    drawn, bare = held.stills
    assert (drawn.cell, drawn.title, drawn.width) == ("draws", "A ladder", 990)
    assert "stranger" in drawn.text and bare.text == ""
    page = stills.write(held.stills, folder, held.title)
    assert sorted(one.name for one in folder.glob("*.png")) == ["01.png", "02.png"]
    assert (folder / "01.png").read_bytes().startswith(b"\x89PNG")
    told = page.read_text(encoding="utf-8")
    assert '<html lang="en">' in told and "1 of 2: A ladder" in told
    assert made_pages.outside(told) == []


def test_the_report_says_first_what_is_not_fine(held):
    told = rehearsal_report.report(held)
    assert told.index("are not fine") < told.index("- slow: it runs") < told.index("## Time")
    assert "| own |" in told and "- numpy " in told
    fine = Rehearsal("A", 1.0, (CellTime("a", 0.1, "x | y"),), (), (), {}, (), ())
    assert "**Everything is fine:**" in rehearsal_report.report(fine)
    assert "`x \\| y`" in rehearsal_report.report(fine)


def test_a_slow_lesson_of_quick_cells_is_named():
    times = [CellTime(f"c{k}", 1.5, "") for k in range(7)]
    (one,) = rehearsal._slow(times)
    assert isinstance(one, Finding) and "10.5 seconds" in one.what


def test_the_command_writes_report_and_stills_and_fails_where_something_is_wrong(
    project, held, monkeypatch
):
    monkeypatch.setattr(rehearsal, "rehearse", lambda *_, **__: held)
    words = ["--lessons", str(project / "lessons"), "--into", str(project / "build")]
    result = CliRunner().invoke(porch, ["rehearse", "7", *words])
    assert result.exit_code == 1 and "- slow: it runs" in result.output
    assert (project / "build" / "rehearsal-07.md").exists()
    assert (project / "build" / "stills" / "07" / "index.html").exists()
    result = CliRunner().invoke(porch, ["rehearse", "8", *words])
    assert result.exit_code == 1 and "There is no lesson 8" in result.output


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.1.1", "::1", "localhost", b"localhost", ""])
def test_this_machine_is_local(host):
    assert is_local(host)
    watch = Watch()
    watch.network("socket.connect", (None, (host, 80)))
    assert watch.refused == []


@pytest.mark.parametrize("host", ["example.org", b"example.org", "10.0.0.1", "2001:db8::1"])
def test_every_other_machine_is_refused(host):
    watch = Watch()
    for event, words in (("socket.getaddrinfo", (host, 80)), ("socket.sendto", (None, (host, 9)))):
        with pytest.raises(ConnectionRefusedError, match="without a network"):
            watch.network(event, words)
    assert len(watch.refused) == 2


def test_pictures_of_matplotlib_itself_are_stills_too():
    png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5"
    data = {"image/png": png + "ErkJggg=="}
    cell = new_code_cell("", outputs=[new_output("display_data", data=data)])
    (one,) = stills.stills(new_notebook(cells=[cell]))
    assert (one.text, one.width, one.file) == ("", 1, "01.png")


@pytest.mark.parametrize(
    "page",
    [
        '<link rel="stylesheet" href="//example.org/a.css">',
        "<style>@import 'https://example.org/a.css';</style>",
        '<p style="background: url(https://example.org/a.png)">',
        '<iframe src="http://example.org/a"></iframe>',
    ],
)
def test_what_a_page_fetches_elsewhere_is_found(page):
    assert len(made_pages.outside(page)) == 1
    local = page.replace("https://example.org", "x").replace("http://example.org", "x")
    assert made_pages.outside(local.replace("//example.org", "x")) == []
