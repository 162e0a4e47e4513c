"""A whole lesson by the keyboard alone, with no code typed; restarted, handed in and graded."""

import csv
import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from frontporch.classroom.course_package import course
from frontporch.cli.commands import porch

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEAM, PERSON = "North Gate", "Ana Sato, 1234"
IDLE = '.jp-Notebook-ExecutionIndicator[data-status="idle"]'
SLOW = 120_000
FOCUSED = "one => one === document.activeElement || one.contains(document.activeElement)"
AFTER = """one => !!(document.activeElement.compareDocumentPosition(one)
  & Node.DOCUMENT_POSITION_FOLLOWING)"""


class Student:
    """Somebody at a keyboard, without a mouse, in one lesson."""

    def __init__(self, page, address, token, folder, lesson):
        self.page, self.folder, self.lesson = page, folder, lesson
        self.book = next(folder.glob(f"{lesson:02d}_*.ipynb"))
        self.exercises = course().exercises(str(lesson))
        page.goto(f"{address}/lab/tree/{self.book.name}?reset&token={token}")
        page.wait_for_selector(IDLE, timeout=SLOW, state="attached")
        page.get_by_text("| Idle").wait_for(timeout=SLOW)  # the kernel listens from here on

    def command(self, name):
        """Choose a command in JupyterLab's palette, which does not open from within a box."""
        while self.page.evaluate("() => document.activeElement.matches('input, textarea')"):
            self.page.keyboard.press("Tab")
        self.page.keyboard.press("Control+Shift+c")
        self.page.locator(".lm-CommandPalette-input").wait_for()
        self.page.keyboard.type(name)
        first = self.page.locator(".lm-CommandPalette-item.lm-mod-active")
        first.filter(has_text=re.compile(f"^{re.escape(name)}")).wait_for()
        self.page.keyboard.press("Enter")

    def all_has_run(self):
        self.titled(f"Write the file of lesson {self.lesson} to hand in").wait_for(
            state="attached", timeout=SLOW
        )
        assert self.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0

    def titled(self, tooltip):
        return self.page.get_by_title(tooltip, exact=True)

    def cell(self, tooltip):
        """The cell that holds a button."""
        return self.page.locator(".jp-CodeCell", has=self.titled(tooltip))

    def go(self, target):
        """Press Tab, or Shift and Tab, until something has the focus; no more than a page holds."""
        target.wait_for()
        key = "Tab" if target.evaluate(AFTER) else "Shift+Tab"
        for _ in range(300):
            if target.evaluate(FOCUSED):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {target}")

    def press(self, target):
        self.go(target)
        self.page.keyboard.press("Enter")

    def write(self, box, text):
        self.go(box)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, group, name):
        """Choose one of a row of radio buttons with the arrows."""
        self.go(group)
        wanted = group.get_by_role("radio", name=name, exact=True)
        if group.get_by_role("radio", checked=True).count() == 0:
            self.page.keyboard.press("Space")
        for _ in range(group.get_by_role("radio").count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        assert wanted.is_checked(), name

    def predict(self, question):
        """Move every slider that is asked for, more at each; record, and look at the result."""
        place = self.cell(f"Record prediction {question}")
        sliders = place.locator(".widget-inline-hbox").filter(has_text=re.compile("not set$"))
        for slider in range(sliders.count()):
            self.go(place.locator(".noUi-handle").nth(slider))
            for _ in range(8 * (slider + 1)):
                self.page.keyboard.press("ArrowRight")
        self.press(self.titled(f"Record prediction {question}"))
        place.get_by_text("Recorded: ").wait_for()
        heights = place.locator(".widget-readout").all_text_contents()
        self.press(self.titled(f"Show the result of {question}").first)
        self.titled(f"Show the result of {question}").first.wait_for(state="hidden")
        self.page.locator('img[alt^="Laid over the result"]').first.wait_for(state="attached")
        return heights

    def answer(self, posed, answer):
        """Type or choose an answer, and press Check."""
        number = posed.exercise.id
        place = self.cell(f"Check my answer to {number}")
        if place.get_by_role("radiogroup").count():
            several = answer if isinstance(answer, tuple) else (answer,)
            for group, name in zip(place.get_by_role("radiogroup").all(), several, strict=True):
                self.choose(group, name)
            self.press(self.titled(f"Check my answer to {number}"))
        else:
            self.write(place.get_by_role("textbox", name="your answer"), f"{answer:.4f}")
            self.page.keyboard.press("Enter")
        return place

    def exercise(self, exercise):
        """Answer wrongly, read the reason, and answer rightly."""
        posed = exercise.posed(TEAM)
        wrong, reason = next(
            one for one in posed.diagnoses if not exercise.matches(one[0], posed.answer)
        )
        place = self.answer(posed, wrong)
        place.get_by_text(f"✗ Not right: {reason[:40]}").wait_for()
        place = self.answer(posed, posed.answer)
        place.get_by_text("✓ Right").wait_for()
        place.get_by_text("Recorded: 2 tries.").wait_for()

    def decide(self, decision):
        place = self.page.locator(".jp-CodeCell", has=self.page.get_by_label("you expect ($)"))
        self.choose(place.get_by_role("radiogroup"), next(iter(decision.options)))
        if decision.amount is not None:
            self.go(place.locator(".noUi-handle"))
            self.page.keyboard.press("ArrowRight")
        self.write(place.get_by_label("you expect ($)"), "4,000")
        self.press(place.get_by_role("button", name="Decide", exact=True))
        place.get_by_text("You expect +4,000 dollars. Now play the year.").wait_for()
        self.press(place.get_by_role("button", name="Play the year"))
        place.get_by_role("img", name="We expected +4,000 dollars, the year brought").wait_for()

    def memo(self):
        place = self.page.locator(".jp-CodeCell", has=self.page.get_by_label("first sentence"))
        for count in ("first", "second", "third"):
            self.write(place.get_by_label(f"{count} sentence"), f"This is the {count} one.")
        self.press(place.get_by_role("button", name="Record", exact=True))
        place.get_by_text("Recorded.", exact=True).wait_for()

    def entries(self):
        record = json.loads((self.folder / "my-answers.json").read_text(encoding="utf-8"))
        return [one for one in record["entries"] if one["team"] == TEAM]


@pytest.fixture(scope="module")
def grades(tmp_path_factory):
    """What `porch class grade` writes of a hand-in, as one row of the gradebook."""

    def graded(path):
        folder = tmp_path_factory.mktemp("class")
        (folder / "inbox").mkdir()
        shutil.copy(path, folder / "inbox")
        roster = folder / "roster.csv"
        roster.write_text("id;name;email;section;team\n1234;Ana Sato;a@b.org;1;\n", "utf-8")
        into = folder / "grades"
        words = ["class", "grade", str(folder / "inbox"), "--roster", str(roster)]
        told = CliRunner().invoke(porch, [*words, "--into", str(into)])
        assert told.exit_code == 0, told.output
        with (into / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
            (row,) = csv.DictReader(file)
        return row

    return graded


@pytest.mark.parametrize(
    "lesson", [5, *(pytest.param(one, marks=pytest.mark.slow) for one in (1, 9))]
)
def test_a_student_does_a_lesson(page, lab, grades, lesson):
    from playwright.sync_api import expect

    student = Student(page, *lab, lesson)
    before = json.loads(student.book.read_text(encoding="utf-8"))["cells"]
    errors = []
    page.on("pageerror", lambda one: errors.append(str(one)))
    student.command("Run All Cells")
    student.all_has_run()

    box = page.get_by_role("textbox", name="team", exact=True)
    if box.input_value() != TEAM:
        student.write(box, TEAM)
        student.write(page.get_by_role("textbox", name="your name"), PERSON)
        page.keyboard.press("Enter")
    page.get_by_text(f"Team {TEAM} ({PERSON})").wait_for()
    predicted = {one: student.predict(one) for one in course().outcomes(str(lesson))}
    half = len(student.exercises) // 2
    for one in student.exercises[:half]:
        student.exercise(one)

    kept = student.entries()
    old = box.element_handle()
    student.command("Restart Kernel and Run All Cells")
    page.get_by_role("button", name="Confirm Kernel Restart").wait_for()
    page.keyboard.press("Enter")
    old.wait_for_element_state("hidden", timeout=SLOW)
    student.all_has_run()
    page.get_by_text(f"Team {TEAM} ({PERSON})").wait_for()
    assert box.input_value() == TEAM
    for question, heights in predicted.items():
        place = student.cell(f"Record prediction {question}")
        expect(place.locator(".widget-readout")).to_have_text(heights, timeout=SLOW)
        assert student.titled(f"Show the result of {question}").first.is_hidden()
    for one in student.exercises[:half]:
        place = student.cell(f"Check my answer to {one.id}")
        place.get_by_text("✓ Right").wait_for()
        place.get_by_text("Recorded: 2 tries.").wait_for()
    assert student.entries() == kept

    for one in student.exercises[half:]:
        student.exercise(one)
    student.decide(course().decision(lesson))
    student.memo()
    name = f"hand-in {lesson} {TEAM}.json"
    student.press(student.titled(f"Write the file of lesson {lesson} to hand in"))
    page.get_by_text(f"{name} is written, into the folder my-lessons.").wait_for()
    assert page.get_by_text("Still missing").count() == 0
    assert page.get_by_role("link", name=f"Download {name}").count() == 1
    row = grades(student.folder / name)
    assert (row["points"], row["per cent"]) == (row["maximum"], "100"), row

    student.command("Save Notebook")
    page.locator(".jp-mod-current.jp-mod-dirty").wait_for(state="detached")
    after = json.loads(student.book.read_text(encoding="utf-8"))["cells"]
    assert [one["source"] for one in after] == [one["source"] for one in before]
    assert not errors, errors
