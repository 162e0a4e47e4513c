"""Whom to ask first, in a real JupyterLab: clicked, typed, timed, read aloud."""

import contextlib
import json
import os
import re
import statistics
import subprocess
import time
import urllib.request

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from frontporch import community, data
from frontporch.classroom.presenting import starting
from frontporch.rounding import decimal

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CELLS = (
    """from frontporch import classroom, community, data
people = data.load("main_street_ties", table="people")
town = community.on_main_street(data.load("main_street_ties"), people)
places = ["Station", "Market", "Mill Lane", "Church Hill", "Harbour"]""",
    """control = classroom.ask_first(town, probability=0.1, budget=4, names=places)
control""",
    """print("asked:", *control.starters)""",
)
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
CLICK = """name => new Promise(done => {
  const one = [...document.querySelectorAll('.fp-ask-first .person')].find(
    person => person.getAttribute('aria-label').startsWith(name + ','));
  const said = document.querySelector('.fp-ask-first .headline'), began = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  });
  seen.observe(said, {childList: true, characterData: true, subtree: true});
  one.dispatchEvent(new MouseEvent('click', {bubbles: true}));
  setTimeout(() => done(null), 3000);
})"""


@pytest.fixture(scope="module")
def worlds():
    """The same worlds as those of the notebook."""
    tables = [data.load("main_street_ties", name) for name in ("ties", "people")]
    town = community.on_main_street(*tables)
    return community.live_edges(town, community.independent_cascade(0.1), 1_000, seed=7)


@pytest.fixture(scope="module")
def opened(page, lab):
    """A notebook with the control, run from top to bottom; the console has to stay silent."""
    address, token, folder = lab
    book = new_notebook(cells=[new_code_cell(one) for one in CELLS], metadata=KERNEL)
    nbformat.write(book, folder / "ask_first.ipynb")
    said = []
    page.goto(f"{address}/lab/tree/ask_first.ipynb?reset&token={token}")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: said.append(str(one)))
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
    page.locator(".fp-ask-first svg").first.wait_for(timeout=60_000)
    page.get_by_text("asked:").last.wait_for()
    yield page
    assert not said, said


def person(page, name):
    return page.locator(f'.fp-ask-first .person[aria-label^="{name},"]')


def headline(page):
    return page.locator(".fp-ask-first .headline")


def take_everybody_back(page):
    button = page.get_by_role("button", name="Take all back")
    if button.is_enabled():
        button.click()
    headline(page).get_by_text("Whom do you ask first?").wait_for()


def said_of(reach, asked):
    return f"{asked} of 4 asked: {decimal(reach.mean, 1)} of 200 people reached on average"


def test_three_clicks_say_the_reach_that_python_knows(opened, worlds):
    take_everybody_back(opened)
    names = ["Zoe B.", "Sam H.", "Olga M."]
    for k, name in enumerate(names, start=1):
        person(opened, name).click()
        headline(opened).get_by_text(said_of(worlds.reach(names[:k]), k)).wait_for()
        assert person(opened, name).get_attribute("aria-pressed") == "true"
    reach = worlds.reach(names)
    band = f"Nine of ten worlds: {reach.quantile(0.05)} to {reach.quantile(0.95)} people."
    assert opened.locator(".fp-ask-first .said").get_by_text(band).count() == 1
    more = reach.mean - worlds.reach(names[:2]).mean
    last = f"Last click: Olga M. adds {decimal(more, 1)} people"
    assert opened.locator(".fp-ask-first .said").get_by_text(last).count() == 1
    mine = opened.locator(".fp-ask-first tr.yours")
    assert mine.locator("td").first.inner_text() == decimal(reach.mean, 1)
    chances = worlds.chances(names)
    for name in ("Ada B.", "Kate F."):
        told = person(opened, name).get_attribute("aria-label")
        share = 100 * chances[worlds.community.number(name)]
        assert float(told.rsplit("chance ", 1)[1].removesuffix(" %")) == pytest.approx(share, abs=1)
    person(opened, "Sam H.").click()
    fewer = worlds.reach(["Zoe B.", "Olga M."])
    headline(opened).get_by_text(said_of(fewer, 2)).wait_for()
    assert person(opened, "Sam H.").get_attribute("aria-pressed") == "false"


def test_the_keyboard_alone_asks_and_takes_back(opened, worlds):
    take_everybody_back(opened)
    cells = opened.locator(".jp-Cell").count()
    opened.get_by_role("button", name="Take all back").focus()
    reached = opened.locator('.fp-ask-first .person[tabindex="0"]')
    assert reached.count() == 1
    reached.focus()
    opened.keyboard.press("z")
    focused = "document.activeElement.getAttribute('aria-label')"
    assert opened.evaluate(focused).startswith("Zoe")
    name = opened.evaluate(focused).split(",")[0]
    opened.keyboard.press("Enter")
    headline(opened).get_by_text(said_of(worlds.reach(name), 1)).wait_for()
    opened.keyboard.press("ArrowRight")
    other = opened.evaluate(focused).split(",")[0]
    assert other != name
    opened.keyboard.press(" ")
    headline(opened).get_by_text(said_of(worlds.reach([name, other]), 2)).wait_for()
    opened.keyboard.press("Enter")
    headline(opened).get_by_text(said_of(worlds.reach(name), 1)).wait_for()
    assert opened.evaluate(focused).startswith(other)
    met = set()
    for _ in range(200):
        met.add(opened.evaluate(focused))
        opened.keyboard.press("PageDown")
    assert len(met) == 200
    # None of these keys is one of the notebook's own.
    for key in ("d", "d", "b", "ArrowDown", "ArrowUp"):
        opened.keyboard.press(key)
    assert opened.locator(".jp-Cell").count() == cells


def test_a_fifth_is_refused_in_words(opened):
    take_everybody_back(opened)
    for name in ("Zoe B.", "Sam H.", "Olga M.", "Flora B."):
        person(opened, name).click()
    headline(opened).get_by_text("4 of 4 asked").wait_for()
    person(opened, "Ada B.").click()
    said = "All 4 are asked: take somebody back before you ask Ada B."
    opened.locator(".fp-ask-first .said").get_by_text(said).wait_for()
    assert opened.locator('.fp-ask-first .person[aria-pressed="true"]').count() == 4


def test_python_knows_who_was_clicked(opened):
    take_everybody_back(opened)
    person(opened, "Zoe B.").click()
    headline(opened).get_by_text("1 of 4 asked").wait_for()
    cell = opened.locator(".jp-CodeCell", has_text="control.starters").last
    cell.locator(".cm-content").click()
    opened.keyboard.press("Control+Enter")
    cell.get_by_text("asked: Zoe B.").wait_for()


def test_the_picture_of_the_page_gives_way_to_the_one_that_is_clicked(opened):
    still = opened.locator('.jp-OutputArea img[alt^="A community of 200 people"]')
    assert still.count() == 1 and not still.is_visible()


def test_everybody_can_use_it(opened, barriers):
    take_everybody_back(opened)
    person(opened, "Zoe B.").click()
    headline(opened).get_by_text("1 of 4 asked").wait_for()
    assert barriers(opened, ".fp-ask-first") == {}
    assert opened.locator(".fp-ask-first [onclick], .fp-ask-first script").count() == 0


def test_how_long_a_click_takes(opened, capsys):
    take_everybody_back(opened)
    took = [opened.evaluate(CLICK, "Zoe B.") for _ in range(20)]
    assert None not in took
    with capsys.disabled():
        median, low, high = statistics.median(took), min(took), max(took)
        print(f"\nclick to picture: median {median:.0f} ms, {low:.0f} to {high:.0f}, 20 clicks")


@pytest.fixture
def served(tmp_path):
    """The same control as a page without code: its address."""
    level = {"level": "core", "minutes": 1, "role": "run", "routes": [20, 45, 75]}
    cells = [new_code_cell(one, metadata={"frontporch": level}) for one in CELLS[:2]]
    title = new_markdown_cell("# Whom do we ask first?", metadata={"frontporch": level})
    source = tmp_path / "06_whom_do_we_ask_first.ipynb"
    told = KERNEL | {"frontporch": {"title": "Whom do we ask first?"}}
    nbformat.write(new_notebook(cells=[title, *cells], metadata=told), source)
    server = starting.page(source, tmp_path / "build", port=None, viewers=1)
    with subprocess.Popen(
        server.command,
        env=os.environ | server.variables,
        cwd=server.folder / "lesson",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            for _ in range(600):
                with contextlib.suppress(OSError), urllib.request.urlopen(server.answers) as told:
                    if json.load(told)["ready"]:
                        break
                time.sleep(0.2)
            yield server.address
        finally:
            process.terminate()
            process.wait(60)


def test_it_works_on_a_page_without_code(opened, served, worlds):
    page, outside, said = opened.context.new_page(), [], []
    page.on("request", lambda one: None if LOCAL.match(one.url) else outside.append(one.url))
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.goto(served, wait_until="commit")
    person(page, "Zoe B.").wait_for(timeout=60_000)
    person(page, "Zoe B.").click()
    headline(page).get_by_text(said_of(worlds.reach("Zoe B."), 1)).wait_for()
    still = page.locator('img[alt^="A community of 200 people"]')
    assert still.count() == 1 and not still.is_visible()
    page.close(run_before_unload=True)
    assert not outside and not said, (outside, said)
