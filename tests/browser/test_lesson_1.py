"""Lesson 1 as a student meets it: open, run all, drag, predict, answer."""

import json

import pytest

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LESSON = "01_do_strangers_become_close_faster_online.ipynb"
ALL_RUN = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  // A folded cell has no prompt.
  const said = prompts.map(one => one.textContent).filter(text => text);
  return said.length > 20 && said.every(text => /\\[\\d+\\]/.test(text));
}"""
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'


@pytest.fixture(scope="module")
def lesson(page, lab):
    """The lesson, opened once and run from top to bottom; every test meets it as it stands."""
    address, token, _ = lab
    page.goto(f"{address}/lab/tree/{LESSON}?reset&token={token}")
    page.wait_for_selector(IDLE, timeout=90_000, state="attached")
    page.get_by_text("| Idle").wait_for(timeout=90_000)  # the kernel listens from here on
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
    page.wait_for_function(ALL_RUN, timeout=120_000)
    return page


def shown(found):
    """Scroll the notebook to something and give it."""
    found.first.wait_for(state="attached", timeout=20_000)
    found.first.scroll_into_view_if_needed()
    return found.first


def row(page, label):
    return page.locator(".widget-inline-hbox", has=page.locator(".widget-label", has_text=label))


def test_no_cell_fails(lesson):
    assert lesson.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0
    assert shown(lesson.get_by_text("Verdict on claim C-2.2: Mixed.")).is_visible()


def test_dragging_a_slider_changes_the_picture(lesson):
    slider = shown(row(lesson, "steps up online"))
    picture = lesson.locator('img[alt^="strangers who reached friend"]')
    before = picture.get_attribute("alt"), picture.get_attribute("src")
    handle = slider.locator(".noUi-handle")
    handle.hover()  # waits until nothing moves any more
    box = handle.bounding_box()
    lesson.mouse.down()
    for step in range(10):
        lesson.mouse.move(box["x"] + box["width"] / 2 + 6 * step, box["y"] + box["height"] / 2)
        lesson.wait_for_timeout(30)
    lesson.mouse.up()
    lesson.wait_for_timeout(2_000)
    assert picture.get_attribute("alt") != before[0]
    assert picture.get_attribute("src") != before[1]


def test_the_keyboard_moves_a_slider_and_a_screen_reader_says_where_it_stands(lesson):
    slider = shown(row(lesson, "losses online"))
    slider.locator(".noUi-handle").focus()
    lesson.keyboard.press("ArrowRight")
    lesson.wait_for_timeout(1_000)
    assert slider.locator(".widget-readout").inner_text() == "1.1 × offline"
    handle = lesson.get_by_role("slider", name="losses online", exact=True)
    assert handle.get_attribute("aria-valuetext") == "1.1 × offline"


def test_what_the_lesson_shows_is_accessible(lesson, barriers):
    """Of the page only what is ours: JupyterLab's own menus are JupyterLab's."""
    shown(row(lesson, "losses online"))
    for ours in (".jp-RenderedMarkdown", ".jp-OutputArea-output"):
        assert barriers(lesson, ours) == {}


def test_a_prediction_is_recorded_and_laid_over_the_result(lesson, lab):
    *_, folder = lab
    # The first press leaves "not set".
    for label, presses in (("3 hours", 6), ("half a day", 11), ("a month", 41)):
        handle = shown(row(lesson, label)).locator(".noUi-handle").first
        handle.focus()
        for _ in range(presses):
            lesson.keyboard.press("ArrowRight")
    record = lesson.get_by_title("Record prediction 1.curve")
    record.click()
    lesson.get_by_text(
        "Not recorded: move every slider first. Not set yet: a day, a week."
    ).wait_for()
    for label in ("a day", "a week"):
        handle = row(lesson, label).filter(has_not_text="half").locator(".noUi-handle").first
        handle.focus()
        for _ in range(21):
            lesson.keyboard.press("ArrowRight")
    lesson.locator('img[alt*="a day 20 %, a week 20 %, a month 40 %"]').wait_for()
    record.click()
    lesson.get_by_text("Recorded: 5, 10, 20, 20, 40 %. Now look at the result.").first.wait_for()
    kept = json.loads((folder / "my-answers.json").read_text(encoding="utf-8"))["entries"]
    made = [one for one in kept if one["about"] == "1.curve"]
    assert [(one["kind"], one["value"]) for one in made] == [("prediction", [5, 10, 20, 20, 40])]
    lesson.get_by_role("button", name="Show the result").first.click()
    laid = 'img[alt^="Laid over the result: Prediction 1.curve: 5, 10, 20"]'
    lesson.locator(laid).first.wait_for()
