"""The student's desk in a real JupyterLab: no code typed, by keyboard, and a kernel restarted."""

import json

import pytest

from frontporch.classroom.checking.checks import find

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
TEAM, NUMBER, CHOICE = "Blue Door", "1.1", "1.5"
CELLS = [
    "from frontporch import classroom",
    "classroom.team()",
    f'classroom.exercise("{NUMBER}")',
    f'classroom.exercise("{CHOICE}")',
]
ALL_RUN = """() => {
  const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
  return prompts.length === 4 && prompts.every(one => /\\[\\d+\\]/.test(one.textContent));
}"""
FOCUS = "() => document.activeElement && document.activeElement.tagName"


def book(path):
    """Write a notebook of these cells, as a student finds it."""
    from nbformat.v4 import new_code_cell, new_notebook

    made = new_notebook(cells=[new_code_cell(one) for one in CELLS])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    path.write_text(json.dumps(made), encoding="utf-8")


def run_all(page, menu, item):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.get_by_text(item, exact=True).click()


@pytest.fixture(scope="module")
def desk(page, lab):
    address, token, folder = lab
    book(folder / "desk.ipynb")
    (folder / "my-answers.json").unlink(missing_ok=True)  # what other tests recorded
    page.goto(f"{address}/lab/tree/desk.ipynb?reset&token={token}")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    run_all(page, "Run", "Run All Cells")
    page.wait_for_function(ALL_RUN, timeout=60_000)
    page.get_by_role("textbox", name="your answer").wait_for(timeout=30_000)
    return page


def cell(page, source):
    return page.locator(".jp-CodeCell", has_text=source)


def kept(lab):
    file = lab[2] / "my-answers.json"
    return json.loads(file.read_text(encoding="utf-8"))["entries"]


def test_a_team_is_named_and_the_questions_have_its_numbers(desk, lab):
    desk.get_by_role("textbox", name="team", exact=True).fill(TEAM)
    desk.keyboard.press("Tab")
    desk.keyboard.type("Ana Sato, 1234")
    desk.keyboard.press("Enter")
    desk.get_by_text(f"Team {TEAM} (Ana Sato, 1234)").wait_for()
    asked = find(NUMBER).posed(TEAM).question
    cell(desk, f'exercise("{NUMBER}")').get_by_text(asked).wait_for()
    assert kept(lab)[-1]["details"] == {"person": "Ana Sato, 1234"}


def test_a_wrong_and_a_right_answer_by_keyboard(desk, lab):
    place = cell(desk, f'exercise("{NUMBER}")')
    box = place.get_by_role("textbox", name="your answer")
    box.focus()
    desk.keyboard.type("1,234")
    desk.keyboard.press("Enter")
    place.get_by_text("Do you mean 1.234 or 1234?").wait_for()
    assert len(kept(lab)) == 1, "it was asked back, and is no try"
    box.press("Control+a")
    desk.keyboard.type("99")
    desk.keyboard.press("Enter")
    place.get_by_text("✗ Not right: too high").wait_for()
    assert box.evaluate("one => one === document.activeElement"), "the focus stays"
    right = f"{find(NUMBER).posed(TEAM).answer:.1f}".replace(".", ",")
    box.press("Control+a")
    desk.keyboard.type(f"{right} %")
    desk.keyboard.press("Tab")
    assert desk.evaluate("() => document.activeElement.textContent") == "Check"
    desk.keyboard.press("Enter")
    place.get_by_text("✓ Right").wait_for()
    place.get_by_text("Recorded: 2 tries.").wait_for()
    assert [one["details"]["right"] for one in kept(lab) if one["kind"] == "answer"] == [
        False,
        True,
    ]


def test_hint_and_solution_come_next_on_the_keyboard(desk):
    place = cell(desk, f'exercise("{NUMBER}")')
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    place.get_by_text("Hint.", exact=True).wait_for()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    place.get_by_text("Solution.", exact=True).wait_for()


def test_letters_on_a_button_are_no_commands_of_the_notebook(desk):
    cell(desk, f'exercise("{NUMBER}")').get_by_role("button", name="Check").focus()
    desk.keyboard.type("ddaxm")
    assert desk.locator(".jp-CodeCell").count() == len(CELLS)


def test_the_experiment_follows_its_slider(desk):
    place = cell(desk, f'exercise("{NUMBER}")')
    table = place.locator("table")
    before = table.inner_text()
    place.locator(".noUi-handle").first.focus()
    desk.keyboard.press("ArrowRight")
    desk.wait_for_function(
        "([one, before]) => one.innerText !== before", arg=[table.element_handle(), before]
    )


def test_choices_are_made_by_keyboard(desk, lab):
    place = cell(desk, f'exercise("{CHOICE}")')
    for row, name in zip(find(CHOICE).choices, find(CHOICE).posed(TEAM).answer, strict=True):
        group = place.get_by_role("radiogroup", name=row)
        group.get_by_role("radio").first.focus()
        desk.keyboard.press("Space")
        if name == "B":
            desk.keyboard.press("ArrowRight")
    place.get_by_role("button", name="Check").focus()
    desk.keyboard.press("Enter")
    place.get_by_text("✓ Right").wait_for()


def test_what_stands_on_the_desk_is_accessible(desk, barriers):
    assert barriers(desk, ".jp-OutputArea-output") == {}


def test_after_a_restart_nothing_is_lost(desk, lab):
    before = kept(lab)
    run_all(desk, "Kernel", "Restart Kernel and Run All Cells…")
    desk.get_by_role("button", name="Confirm Kernel Restart").click()
    desk.wait_for_timeout(1_000)
    desk.wait_for_function(ALL_RUN, timeout=60_000)
    desk.get_by_text(f"Team {TEAM} (Ana Sato, 1234)").wait_for()
    place = cell(desk, f'exercise("{NUMBER}")')
    place.get_by_text("Recorded: 2 tries.").wait_for()
    assert "%" in place.get_by_role("textbox", name="your answer").input_value()
    place.get_by_text("✓ Right").wait_for()
    cell(desk, f'exercise("{CHOICE}")').get_by_text("✓ Right").wait_for()
    assert cell(desk, f'exercise("{CHOICE}")').get_by_role("radio", checked=True).count() == 3
    assert kept(lab) == before


def test_on_a_phone_the_controls_are_no_wider_than_the_page(desk):
    desk.locator(".jp-SideBar.jp-mod-left .lm-TabBar-tab.lm-mod-current").first.click()
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.wait_for_timeout(1_500)
    wide = desk.evaluate(
        """() => [...document.querySelectorAll('.jp-OutputArea-output .jupyter-widgets')]
          .filter(one => one.offsetWidth)
          .filter(one => {
            const area = one.closest('.jp-OutputArea-output').getBoundingClientRect();
            return one.getBoundingClientRect().right > area.right + 1;
          }).map(one => one.className)"""
    )
    desk.set_viewport_size({"width": 1280, "height": 720})
    assert wide == []
