"""A decision in a real JupyterLab: decided, played, kept, and there again after a restart."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
CELLS = (
    'from frontporch import classroom\nclassroom.team("Blue Door")',
    'classroom.decide("9.decision")',
    'classroom.memo("9.memo")',
    "classroom.account()",
)
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.fixture(scope="module")
def opened(page, lab):
    address, token, folder = lab
    book = new_notebook(cells=[new_code_cell(one) for one in CELLS], metadata=KERNEL)
    nbformat.write(book, folder / "decision.ipynb")
    said = []
    page.goto(f"{address}/lab/tree/decision.ipynb?reset&token={token}")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.on("pageerror", lambda one: said.append(str(one)))
    run_all(page)
    yield page, folder
    assert not said, said


def run_all(page):
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.get_by_role("button", name="Play the year").wait_for(timeout=60_000)


def kinds(folder):
    record = json.loads((folder / "my-answers.json").read_text(encoding="utf-8"))
    ours = [one for one in record["entries"] if one["about"] in ("9.decision", "9.memo")]
    return [(one["kind"], one["value"]) for one in ours]


def test_a_student_decides_plays_and_writes_with_the_keyboard(opened):
    page, folder = opened
    page.get_by_role("radio", name="run the page", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("you expect ($)").fill("4,000")
    page.get_by_role("button", name="Decide", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("You expect +4,000 dollars. Now play the year.").wait_for()
    page.get_by_role("button", name="Play the year").focus()
    page.keyboard.press("Enter")
    picture = page.get_by_role("img", name="We expected +4,000 dollars, the year brought")
    picture.wait_for()
    page.get_by_role("button", name="Save the picture").click()
    page.get_by_role("link", name="Download the picture").wait_for()
    assert (folder / "decision 9.png").read_bytes()[1:4] == b"PNG"
    for number in ("first", "second", "third"):
        page.get_by_label(f"{number} sentence").fill(f"The {number} one.")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Recorded.", exact=True).wait_for()
    assert kinds(folder) == [
        ("decision", "run the page"),
        ("reveal", None),
        ("memo", ["The first one.", "The second one.", "The third one."]),
    ]


def test_after_a_restart_all_of_it_stands_there(opened):
    page, folder = opened
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_text("Restart Kernel and Run All Cells…", exact=True).click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    page.get_by_text("| Idle").wait_for()
    page.get_by_role("img", name="1 shop: we expected +4,000 dollars, it brought").wait_for()
    assert page.get_by_role("radio", name="run the page", exact=True).is_checked()
    assert page.get_by_label("you expect ($)").input_value() == "4000"
    assert page.get_by_role("button", name="Decide", exact=True).is_disabled()
    page.get_by_role("img", name="We expected +4,000 dollars, the year brought").wait_for()
    assert page.get_by_label("second sentence").input_value() == "The second one."
    assert len(kinds(folder)) == 3


def test_a_phone_shows_all_of_the_picture(opened):
    page, _ = opened
    page.set_viewport_size({"width": 390, "height": 844})
    picture = page.get_by_role("img", name="We expected +4,000 dollars, the year brought")
    picture.scroll_into_view_if_needed()
    inside = """one => {
      const room = one.closest('.jp-OutputArea-output').getBoundingClientRect();
      const here = one.getBoundingClientRect();
      return here.left >= room.left && here.right <= room.right + 1;
    }"""
    assert picture.evaluate(inside)
    assert page.get_by_text("What you could have known").evaluate(inside)
    page.set_viewport_size({"width": 1280, "height": 720})
