"""A student without code or mouse does a whole lesson, with a kernel restarted half-way."""

import json
import re

import nbformat
import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.checking.mix_ups import choices
from frontporch.classroom.course_package import course

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LESSONS = [1, 5, 9]
TEAM, PERSON = "Blue Door", "Ana Sato, 1234"
STILL = """number => {
  const cells = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell')];
  const said = cells.map(one => one.querySelector('.jp-InputPrompt').textContent);
  return said.some(one => one.includes(`[${number}]`)) && !said.some(one => one.includes('*'));
}"""


class Student:
    """Somebody at a lesson, with a keyboard."""

    def __init__(self, page, folder, lesson):
        self.page, self.folder, self.lesson = page, folder, lesson
        (self.path,) = folder.glob(f"{lesson:02d}_*.ipynb")
        book = nbformat.read(self.path, as_version=4)
        self.codes = [one.source for one in book.cells if one.cell_type == "code"]

    def cell(self, code):
        """The cell that holds a piece of code, brought into view."""
        place = next(k for k, one in enumerate(self.codes) if code in one)
        found = self.page.locator(".jp-Notebook .jp-CodeCell").nth(place)
        found.scroll_into_view_if_needed()
        return found

    def reads(self, cell, text):
        """Wait until a cell says something; what it says instead is told."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            cell.get_by_text(text).first.wait_for(timeout=60_000)
        except TooLate:
            raise AssertionError(f"no {text!r} in: {cell.inner_text()}") from None

    def press(self, cell, button):
        one = cell.get_by_role("button", name=button, exact=True)
        one.focus()
        self.page.keyboard.press("Enter")

    def type(self, box, text):
        box.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, group, place):
        """Choose by the arrows; a group that has a choice is entered there."""
        radios = group.get_by_role("radio")
        radios.first.focus()
        self.page.keyboard.press("Space")
        for _ in range(place):
            self.page.keyboard.press("ArrowDown")

    def menu(self, name, item):
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()

    def wait_until_all_ran(self):
        self.page.wait_for_function(STILL, arg=len(self.codes), timeout=180_000)

    def kept(self):
        file = self.folder / "my-answers.json"
        entries = json.loads(file.read_text(encoding="utf-8"))["entries"]
        return [one for one in entries if one["about"].split(".")[0] in ("team", str(self.lesson))]


@pytest.fixture(scope="module", params=LESSONS)
def student(request, page, lab):
    address, token, folder = lab
    (folder / "my-answers.json").unlink(missing_ok=True)
    one = Student(page, folder, request.param)
    page.goto(f"{address}/lab/tree/{one.path.name}?reset&token={token}")
    page.get_by_text("| Idle").wait_for(timeout=90_000)  # the kernel listens from here on
    one.menu("Run", "Run All Cells")
    one.wait_until_all_ran()
    return one


def test_the_lesson_runs_without_an_error(student):
    assert student.page.locator('[data-mime-type="application/vnd.jupyter.error"]').count() == 0


def test_a_team_is_named(student):
    cell = student.cell("classroom.team()")
    student.type(cell.get_by_role("textbox", name="team", exact=True), TEAM)
    student.page.keyboard.press("Tab")
    student.page.keyboard.type(PERSON)
    student.page.keyboard.press("Enter")
    student.reads(cell, f"Team {TEAM} ({PERSON})")


def test_a_prediction_is_recorded_and_its_result_shown(student):
    for question in course().outcomes(student.lesson):
        cell = student.cell(f'"{question}"')
        rows = cell.locator(".widget-inline-hbox", has=student.page.locator(".noUi-handle"))
        for k in range(rows.count()):
            if "sure" in rows.nth(k).inner_text():
                continue
            rows.nth(k).locator(".noUi-handle").first.focus()
            for _ in range(3 * k + 2):
                student.page.keyboard.press("ArrowRight")
        for group in cell.get_by_role("radiogroup").all():
            student.choose(group, 1)
        student.press(cell, "Record")
        student.reads(cell, "Recorded: ")
        result = student.cell(f'classroom.result("{question}"')
        student.press(result, "Show the result")
        result.locator("img, table").first.wait_for()
    kinds = [one["kind"] for one in student.kept()]
    assert kinds == ["team"] + ["prediction", "reveal"] * len(course().outcomes(student.lesson))


def answered(student, one, wrong):
    """Answer an exercise and wait for what is said of it."""
    cell = student.cell(f'classroom.exercise("{one.id}")')
    posed = one.posed(TEAM)
    student.reads(cell, posed.question[:40])
    if isinstance(posed.answer, float | int):
        value = 1.4 * posed.answer + 1 if wrong else posed.answer
        text = f"{value:.10g}".replace(".", ",") if "e" not in f"{value:.10g}" else repr(value)
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", text):
            text += "0"
        student.type(cell.get_by_role("textbox", name="your answer"), text)
        student.page.keyboard.press("Enter")
    else:
        rows = choices(posed)
        names = posed.answer if isinstance(posed.answer, tuple) else (posed.answer,)
        for k, (row, known) in enumerate(rows.items()):
            place = known.index(names[k])
            if wrong and k == 0:
                place = (place + 1) % len(known)
            student.choose(cell.get_by_role("radiogroup", name=row, exact=True), place)
        student.press(cell, "Check")
    student.reads(cell, "✗ Not right" if wrong else "✓ Right")


def test_every_exercise_wrong_and_right_with_a_restart_half_way(student):
    exercises = registered(str(student.lesson))
    for one in exercises[:3]:
        answered(student, one, wrong=True)
        answered(student, one, wrong=False)
    before = student.kept()
    student.menu("Kernel", "Restart Kernel and Run All Cells…")
    student.page.get_by_role("button", name="Confirm Kernel Restart").press("Enter")
    student.page.wait_for_timeout(1_500)
    student.wait_until_all_ran()
    student.reads(student.cell("classroom.team()"), f"Team {TEAM} ({PERSON})")
    for one in exercises[:3]:
        cell = student.cell(f'classroom.exercise("{one.id}")')
        student.reads(cell, "✓ Right")
        student.reads(cell, "Recorded: 2 tries.")
    assert student.kept() == before
    for one in exercises[3:]:
        answered(student, one, wrong=True)
        answered(student, one, wrong=False)
    right = [one["about"] for one in student.kept() if one["details"].get("right")]
    assert right == [one.id for one in exercises]


def test_a_decision_is_made_its_year_played_and_a_memo_written(student):
    cell = student.cell("classroom.decide(")
    student.choose(cell.get_by_role("radiogroup").first, 1)
    student.type(cell.get_by_label("you expect ($)"), "2000")
    student.press(cell, "Decide")
    cell.get_by_role("button", name="Play the year").and_(
        student.page.locator(":enabled")
    ).wait_for()
    student.press(cell, "Play the year")
    student.reads(cell, "What you could have known")
    memo = student.cell("classroom.memo(")
    for number in ("first", "second", "third"):
        student.type(memo.get_by_label(f"{number} sentence"), f"The {number} one.")
    student.press(memo, "Record")
    student.reads(memo, "Recorded.")
    assert [one["kind"] for one in student.kept()][-3:] == ["decision", "reveal", "memo"]


def test_the_lesson_is_handed_in(student):
    cell = student.cell("classroom.hand_in(")
    student.press(cell, f"Hand in lesson {student.lesson}")
    cell.get_by_role("link").first.wait_for()
    (file,) = student.folder.glob(f"hand-in {student.lesson} *.json")
    made = json.loads(file.read_text(encoding="utf-8"))
    assert (made["team"], made["person"]) == (TEAM, PERSON)
    assert len(made["entries"]) == len(student.kept())
    assert "Still missing" not in cell.inner_text()
