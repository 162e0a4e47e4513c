"""A student on the page without code: from the team's name to the file that is handed in."""

import json
import pathlib

import pytest

from frontporch.classroom.checking.checks import find
from frontporch.classroom.handing_in import hand_in_file

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEAM = "North Gate"


@pytest.fixture(scope="module")
def address(chromium, page_without_code, tmp_path_factory):
    """The page of lesson 1 with a place for each width."""
    into = tmp_path_factory.mktemp("build")
    with page_without_code(into, viewers=2) as (found, _said):
        yield found


@pytest.fixture(scope="module", params=[1280, 390])
def page(request, browser, address):
    opened = browser.new_page(viewport={"width": request.param, "height": 800})
    opened.set_default_timeout(60_000)
    opened.goto(address, wait_until="commit")
    opened.get_by_role("button", name="Hand in lesson 1").wait_for(timeout=180_000)
    yield opened
    opened.close()


def test_a_lesson_is_done_and_handed_in(page):
    page.get_by_role("textbox", name="team", exact=True).fill(TEAM)
    page.get_by_role("textbox", name="your name").fill("Ana Sato, 1234")
    page.keyboard.press("Enter")
    page.get_by_text(f"Team {TEAM} (Ana Sato, 1234)").wait_for()

    record = page.get_by_title("Record prediction 1.curve", exact=True)
    box = page.locator(".widget-vbox", has=record)
    for slider in range(5):
        box.locator(".noUi-handle").nth(slider).focus()
        for _ in range(5 * (slider + 1)):
            page.keyboard.press("ArrowRight")
    record.click()
    box.get_by_text("Recorded: 4, 9, 14, 19, 24 %.").wait_for()
    page.get_by_text("there is nothing to score").wait_for()
    page.get_by_title("Show the result of 1.curve", exact=True).first.click()
    page.locator('img[alt^="Laid over the result"]').first.wait_for()
    page.get_by_text("Your curve was off by").wait_for()

    answer = page.get_by_role("textbox", name="your answer").first
    answer.fill("99")
    answer.press("Enter")
    page.get_by_text("✗ Not right: too high. For a hint: press Hint.").wait_for()
    answer.fill(f"{find('1.1').posed(TEAM).answer:.2f}")
    answer.press("Enter")
    page.get_by_text("✓ Right").wait_for()

    page.get_by_role("radio", name="answer online").check()
    page.get_by_label("you expect ($)").fill("4,000")
    page.get_by_label("you expect ($)").press("Enter")
    page.get_by_text("You expect +4,000 dollars. Now play the year.").wait_for()
    page.get_by_role("button", name="Play the year").click()
    page.get_by_role("img", name="We expected +4,000 dollars, the year brought").wait_for()

    for count in ("first", "second", "third"):
        box = page.get_by_label(f"{count} sentence")
        box.fill(f"This is the {count} one.")
        box.press("Tab")
        place = box.bounding_box()
        wide = page.viewport_size["width"]
        assert place["height"] >= 44 and place["x"] + place["width"] <= wide
        assert place["width"] > 0.7 * min(wide, 640)
    page.get_by_title("Record the memo", exact=True).click()
    page.get_by_text("Recorded.", exact=True).wait_for()

    page.get_by_role("button", name="Hand in lesson 1").click()
    page.get_by_text("Download it now").wait_for()
    with page.expect_download() as waited:
        page.get_by_role("link", name="Download hand-in").click()
    assert waited.value.suggested_filename == f"hand-in 1 {TEAM}.json"
    made = hand_in_file.read(pathlib.Path(waited.value.path()).read_bytes())
    assert made.intact and (made.team, made.person) == (TEAM, "Ana Sato, 1234")
    kinds = [one.kind for one in made.entries]
    assert kinds == [
        "team",
        "prediction",
        "reveal",
        "answer",
        "answer",
        "decision",
        "reveal",
        "memo",
    ]
    assert json.loads(made.content())["lesson"] == "1"


def test_nothing_is_cut_off(page, cut_off):
    assert [page.evaluate(script) for script in cut_off] == [[], []]


def test_a_page_without_code_offers_none(page):
    assert page.get_by_role("button", name="more: change it yourself").count() == 0
