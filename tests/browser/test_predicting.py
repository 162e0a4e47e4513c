"""A prediction and its result in JupyterLab: keyboard alone, a restart, a narrow window."""

import json

import nbformat
import pytest

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
NAME = "predicting.ipynb"
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
CELLS = [
    """from matplotlib import pyplot as plt
from frontporch import classroom

def draw():
    _, ax = plt.subplots()
    ax.plot([0, 1, 2], [0.1, 0.3, 0.4], label="online")
    ax.set(xlabel="weeks", ylabel="pairs that met again")
    return ax""",
    'classroom.predict_curve("1.weeks", ["at once", "week 1", "week 2"], at=[0, 1, 2])',
    'classroom.result("1.weeks", draw)',
]


@pytest.fixture(scope="module")
def notebook(page, lab):
    """The notebook, opened and run from top to bottom."""
    address, token, folder = lab
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in CELLS])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, folder / NAME)
    page.goto(f"{address}/lab/tree/{NAME}?reset&token={token}")
    page.wait_for_selector(IDLE, timeout=90_000, state="attached")
    page.get_by_text("| Idle").wait_for(timeout=90_000)  # the kernel listens from here on
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator("#jp-mainmenu-run").get_by_text("Run All Cells", exact=True).click()
    page.get_by_role("button", name="Show it anyway").wait_for(timeout=60_000)
    return page


def row(page, label):
    return page.locator(".widget-inline-hbox", has=page.locator(".widget-label", has_text=label))


def press(page, label, presses):
    """Move a slider by the arrow key, step by step."""
    row(page, label).locator(".noUi-handle").first.focus()
    for _ in range(presses):
        page.keyboard.press("ArrowRight")


def recorded(lab):
    """What is recorded of this notebook: others of the session share its folder."""
    found = json.loads((lab[2] / "my-answers.json").read_text(encoding="utf-8"))["entries"]
    return [one for one in found if one["about"] == "1.weeks"]


def test_the_result_waits_for_the_prediction_and_the_keyboard_is_enough(notebook, lab):
    page = notebook
    page.get_by_text("The result comes after your prediction.").wait_for()
    assert page.locator('img[alt*="met again"]').count() == 0
    assert row(page, "week 1").locator(".widget-readout").inner_text() == "not set"
    record = page.get_by_role("button", name="Record", exact=True)
    record.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Not recorded: move a slider first.").wait_for()
    press(page, "at once", 6)
    press(page, "week 1", 21)
    page.locator('img[alt*="at once 5 %, week 1 20 %, week 2 not set"]').wait_for()
    press(page, "week 2", 31)
    page.locator('img[alt*="week 1 20 %, week 2 30 %"]').wait_for()
    record.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Recorded: 5, 20, 30 %. Now look at the result.").wait_for()
    assert [one["kind"] for one in recorded(lab)] == ["prediction"]
    page.get_by_role("button", name="Show the result").focus()
    page.keyboard.press("Enter")
    page.locator('img[alt^="Laid over the result: Prediction 1.weeks: 5, 20, 30"]').wait_for()
    page.get_by_role("button", name="Show the result").wait_for(state="hidden")
    assert [one["kind"] for one in recorded(lab)] == ["prediction", "reveal"]


def test_after_a_restart_the_controls_and_the_result_stand_as_recorded(notebook):
    page = notebook
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog .jp-mod-accept").click()
    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    prompts.filter(has_text="[*]").first.wait_for(timeout=30_000)
    prompts.filter(has_text="[3]").wait_for(timeout=60_000)
    page.get_by_text("Recorded: 5, 20, 30 %.", exact=True).wait_for(timeout=60_000)
    for label, height in (("at once", "5 %"), ("week 1", "20 %"), ("week 2", "30 %")):
        assert row(page, label).locator(".widget-readout").inner_text() == height
    page.locator('img[alt^="Laid over the result"]').wait_for(timeout=30_000)
    assert page.get_by_role("button", name="Show it anyway").count() == 0


def test_what_is_asked_is_accessible(notebook, barriers):
    assert barriers(notebook, ".jp-OutputArea-output") == {}


def test_in_a_narrow_window_no_control_is_wider_than_its_cell(notebook):
    page = notebook
    before = page.viewport_size
    page.set_viewport_size({"width": 390, "height": 844})
    try:
        page.keyboard.press("Control+b")  # the list of files goes
        page.wait_for_timeout(1_500)
        for label in ("at once", "80 % sure: within"):
            one = row(page, label)
            one.first.scroll_into_view_if_needed()
            area = one.locator("xpath=ancestor::div[contains(@class,'jp-OutputArea-output')]")
            space = area.first.bounding_box()
            for part in (".widget-label", ".noUi-target", ".widget-readout"):
                box = one.locator(part).first.bounding_box()
                assert box["width"] > 20, (label, part, box)
                assert box["x"] + box["width"] <= space["x"] + space["width"] + 1, (label, part)
    finally:
        page.set_viewport_size(before)
