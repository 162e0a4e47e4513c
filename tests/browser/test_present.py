"""`porch present 1` as the instructor meets it: large, plain, and nothing that pops up."""

import contextlib
import pathlib
import re

import pytest
from begun import PRESENT, begun

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ROOT = pathlib.Path(__file__).parents[2]
LOCAL = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:")
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
ALL_RUN = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  const said = prompts.map(one => one.textContent).filter(text => text);
  return said.length > 20 && said.every(text => /\\[\\d+\\]/.test(text));
}"""
SIZE = "one => parseFloat(getComputedStyle(one).fontSize)"


@contextlib.contextmanager
def presented(folder, *words):
    """Run the command until it says where it answers; give that address."""
    with begun(PRESENT, "1", "--no-browser", "--into", str(folder), *words) as (_, said):
        yield said[-1].removeprefix("Open ").strip()


@pytest.fixture(scope="module")
def lab(chromium, tmp_path_factory):
    """The presenter's JupyterLab, in a browser that has never seen one; the lesson is run."""
    from playwright.sync_api import sync_playwright

    outside = []
    with (
        presented(tmp_path_factory.mktemp("build")) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        page.set_default_timeout(20_000)
        page.on("request", lambda one: None if LOCAL.match(one.url) else outside.append(one.url))
        page.goto(address)
        page.wait_for_selector(IDLE, timeout=60_000, state="attached")
        page.wait_for_timeout(1_000)  # the time in which news used to appear
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
        page.wait_for_function(ALL_RUN, timeout=90_000)
        yield page
        browser.close()
    assert not outside, f"requests left the machine: {outside}"


def test_type_is_large(lab):
    assert lab.locator(".jp-RenderedMarkdown p").first.evaluate(SIZE) >= 20
    for what in (".cm-content", ".jp-OutputArea td", ".jp-OutputArea pre", ".widget-label"):
        assert lab.locator(what).first.evaluate(SIZE) >= 18, what


def test_text_is_black_on_white(lab):
    colour = "one => getComputedStyle(one).color"
    ink = lab.locator(".jp-RenderedMarkdown p").first.evaluate(colour)
    assert ink == "rgb(0, 0, 0)"
    assert lab.locator("body").get_attribute("data-jp-theme-light") == "true"


def test_nothing_pops_up_and_nothing_stands_beside_the_lesson(lab):
    for what in (".jp-Dialog", ".Toastify__toast", "#jp-left-stack:visible", "#jp-bottom-panel"):
        shown = [one for one in lab.locator(what).all() if one.is_visible()]
        assert not [one for one in shown if one.bounding_box()["height"] > 5], what
    assert lab.locator('.jp-LabShell[data-shell-mode="single-document"]').count() == 1


def test_output_is_in_view(lab):
    assert lab.locator(".jp-mod-outputsScrolled").count() == 0
    assert lab.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    for image in lab.locator(".jp-OutputArea img").all():
        assert image.bounding_box()["width"] <= 1280


def test_solutions_open_on_a_click_alone(lab):
    folded = lab.locator("details", has_text="Solution to 1.2").first
    folded.scroll_into_view_if_needed()
    solution = folded.locator("pre")
    assert not solution.is_visible()
    folded.locator("summary").click()
    assert solution.is_visible()
    folded.locator("summary").click()


def test_set_up_stays_folded(lab):
    bar = lab.locator(".jp-CodeCell .jp-InputPlaceholder, .jp-CodeCell .jp-Placeholder")
    assert bar.count() == 2  # the first guess, and the set-up
