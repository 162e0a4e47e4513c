"""Every lesson in a browser alone: all cells, the numbers that are stored, nobody else asked.

Pyodide is taken from the folder, archive or address that FRONTPORCH_PYODIDE names; where there is
none, `python tests/browser/gather_pyodide.py FOLDER` gathers one.
"""

import functools
import http.server
import json
import os
import pathlib
import threading
import time

import pytest
from nbformat import from_dict
from numeric_outputs import differences, tolerance_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = pathlib.Path(__file__).parents[2]
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))
OPEN = """() => {
  const shown = window.jupyterapp && jupyterapp.shell.currentWidget;
  return !!(shown && shown.context && shown.context.isReady
    && shown.sessionContext.session && shown.sessionContext.session.kernel
    && shown.sessionContext.session.kernel.status === 'idle');
}"""
SETTINGS = """code => jupyterapp.shell.currentWidget.sessionContext.session.kernel
  .requestExecute({code}).done"""
RUN = "() => jupyterapp.commands.execute('notebook:run-all-cells')"
CELLS = "() => jupyterapp.shell.currentWidget.content.model.toJSON()"
# Results are open, and the record is nobody's, as where outputs are stored.
AS_STORED = """import os
os.environ.update(CI="1", FRONTPORCH_RESULTS="shown", FRONTPORCH_RECORD="/tmp/nobody.json")"""
SLOW = 240_000


class Served(http.server.ThreadingHTTPServer):
    """A folder, and the bytes that were asked of it."""

    sent = 0


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = {  # noqa: RUF012 - as the class above has it
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".wasm": "application/wasm",
        ".mjs": "text/javascript",
        ".js": "text/javascript",
    }

    def log_message(self, *_):
        pass

    def copyfile(self, source, outputfile):
        content = source.read()
        self.server.sent += len(content)
        outputfile.write(content)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    given = os.environ.get("FRONTPORCH_PYODIDE", "")
    if not given:
        pytest.skip("FRONTPORCH_PYODIDE names no Pyodide")
    from frontporch.classroom.site import browser, distribution, making, pages

    home = tmp_path_factory.mktemp("site")
    run = home / pages.RUN
    browser.build(ROOT, run, distribution.unpacked(given, home), print)
    making._loads(run)
    server = Served(("127.0.0.1", 0), functools.partial(Handler, directory=str(home)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server, f"http://127.0.0.1:{server.server_port}/{pages.RUN}"
    server.shutdown()
    server.server_close()


def opened(page, address, name):
    page.goto(f"{address}/open.html?path={name}")
    page.wait_for_function(OPEN, timeout=SLOW)


def without_nothing(outputs):
    """The kernel for browsers gives an empty result where a cell showed what it had."""
    return [one for one in outputs if one["output_type"] == "stream" or one.get("data", True)]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda one: one.stem[:2])
def test_a_lesson_gives_the_stored_numbers(page, served, lesson, record_property):
    server, address = served
    began, sent = time.monotonic(), server.sent
    opened(page, address, lesson.name)
    ready = time.monotonic() - began
    page.evaluate(SETTINGS, AS_STORED)
    page.evaluate(RUN)
    found = from_dict(page.evaluate(CELLS))
    took = time.monotonic() - began
    megabytes = (server.sent - sent) / 1e6
    print(f"{lesson.stem[:2]}: ready {ready:.0f} s, all run {took:.0f} s, {megabytes:.0f} MB")
    stored = from_dict(json.loads(lesson.read_text(encoding="utf-8")))
    wrong, cells = [], 0
    for before, after in zip(stored.cells, found.cells, strict=True):
        if before.cell_type == "code":
            cells += 1
            assert after.execution_count, after.source
            for one in (*before.outputs, *after.outputs):
                for kind, text in one.get("data", {}).items():
                    one["data"][kind] = "".join(text) if isinstance(text, list) else text
                if isinstance(one.get("text"), list):
                    one["text"] = "".join(one["text"])
            told = differences(before.outputs, without_nothing(after.outputs), tolerance_of(before))
            wrong += [f"{before.source[:50]!r}: {one}" for one in told]
    assert wrong == [] and cells > 20
