"""An exercise on the page: its callbacks run for real, and a restart finds everything again."""

import ipywidgets
import pytest

from frontporch.classroom import answer, exercise, team
from frontporch.classroom.record import kept


@pytest.fixture(autouse=True)
def lesson(lesson_9):
    """Every test here has the lesson of its own."""


def typed(desk, text):
    desk.inputs[0].value = text
    desk.check_button.click()
    return desk.said.value


def test_the_question_stands_there_without_a_kernel(screen):
    exercise("9.9")._ipython_display_()
    asked = screen.shown[0]
    assert repr(asked).startswith("9.9 What within 24 hours?")
    assert "<strong>9.9</strong> What within 24 hours?" in asked._repr_html_()
    assert "the class&#x27;s numbers" in asked._repr_html_()
    exercise("9.10")._ipython_display_()
    rows = next(one for one in screen.shown if "9.10" in repr(one))
    assert "Choose A or B for each: first pair, second pair, third pair." in rows._repr_html_()


def test_what_is_shown_comes_in_the_order_in_which_it_is_used(screen):
    exercise("9.9")._ipython_display_()
    _, desk, _, controls, _, table, more, _ = screen.shown
    place, buttons, *_ = desk.children
    assert [one.description for one in place.children[:1]] == ["your answer"]
    assert place.children[1].value == "%"
    assert [one.description for one in buttons.children] == ["Check", "Hint", "Solution"]
    assert [one.description for one in controls.children] == ["within", "place"]
    assert "1,440" in table._repr_html_() and "<th>minutes</th>" in table._repr_html_()
    assert more.children[0].description == "more: change it yourself"


def test_a_wrong_and_a_right_answer(record):
    desk = exercise("9.1")
    assert desk.said.value == "No answer is recorded yet."
    assert "✗ Not right: you took Monday." in typed(desk, "15 %")
    assert "Recorded: 1 try." in desk.said.value
    assert "✓ Right: 40 %." in typed(desk, "40,0")
    assert "Recorded: 2 tries." in desk.said.value
    assert [value for _, _, value, _ in record()] == [15, 40]
    assert kept.entries()[1].details["typed"] == "40,0"


def test_what_is_not_understood_is_asked_back_and_stays_in_the_box(record):
    desk = exercise("9.1")
    assert "Do you mean 1.234 or 1234?" in typed(desk, "1,234")
    assert "Type a number first." in typed(desk, "")
    assert 'role="alert"' in desk.said.value and record() == []


def test_after_a_restart_answer_and_verdict_stand_there():
    team("Stoop")
    typed(exercise("9.9"), "25 %")
    again = exercise("9.9")
    assert again.inputs[0].value == "25 %"
    assert "✗ Not right: too high" in again.said.value and "Recorded: 1 try." in again.said.value
    answer("9.9", 24)
    answer("9.9", 1)
    again = exercise("9.9")
    assert "this is one. Your earlier answer, 24 %, was right and counts." in again.said.value
    answer("9.10", "A, B, A")
    again = exercise("9.10")
    assert [one.value for one in again.inputs] == ["A", "B", "A"]


def test_choices_have_a_row_each_and_all_are_needed(record):
    desk = exercise("9.10")
    assert [one.description for one in desk.inputs] == ["first pair", "second pair", "third pair"]
    assert all(isinstance(one, ipywidgets.RadioButtons) for one in desk.inputs)
    assert [one.value for one in desk.inputs] == [None, None, None]
    desk.check_button.click()
    assert "Choose an answer first." in desk.said.value
    desk.inputs[0].value = desk.inputs[1].value = "B"
    desk.check_button.click()
    assert "Choose an answer for third pair, too." in desk.said.value and record() == []
    desk.inputs[2].value = "A"
    desk.check_button.click()
    assert "✓ Right: B, B, A." in desk.said.value
    assert record() == [("answer", "9.10", ("B", "B", "A"), "")]


def test_names_of_an_exercise_without_choices_are_those_that_it_knows():
    desk = exercise("9.5")
    assert [one.options for one in desk.inputs] == [("<i>", "office 2013", "online")]


def test_hint_and_solution(record):
    desk = exercise("9.9")
    desk.hint_button.click()
    assert "<strong>Hint.</strong> look at <code>24</code>" in desk.helped.value
    desk.solution_button.click()
    assert "Try first" in desk.helped.value
    typed(desk, "3")
    desk.solution_button.click()
    assert "it is 24" in desk.helped.value
    assert [kind for kind, *_ in record()] == ["hint", "answer", "solution"]


def test_a_team_that_is_named_changes_what_stands_on_the_page(screen):
    desk = exercise("9.9")
    desk._ipython_display_()
    typed(desk, "24")
    desk.hint_button.click()
    team("Lantern")
    assert repr(screen.updates[0]).startswith("9.9 What within 12 hours?")
    assert "those of team Lantern" in screen.updates[0]._repr_html_()
    assert desk.inputs[0].value == "" and desk.said.value == "No answer is recorded yet."
    assert desk.helped.value == ""
    assert "✓ Right: 12 %." in typed(desk, "12")


def test_a_team_that_another_notebook_named_is_found_at_the_next_check(record):
    desk = exercise("9.9")
    desk.inputs[0].value = "24"
    kept.add("team", "team", "Lantern", team="Lantern")
    desk.check_button.click()
    assert "The team is another one now" in desk.said.value
    assert desk.posed.numbers["hours"] == 12 and len(record()) == 1


def test_an_experiment_begins_at_the_lessons_own_setting_and_follows_its_controls(screen):
    team("Lantern")
    desk = exercise("9.9")
    desk._ipython_display_()
    assert desk.tried.panel.values == {"hours": 24, "place": "in"}
    desk.tried.panel.set(hours=12)
    assert "720" in screen.updates[-1]._repr_html_()
    assert desk.tried.code.layout.display == "none"
    desk.tried.more.value = True
    assert "waited(12, &#x27;in&#x27;)" in desk.tried.code.value
    desk.tried.panel.set(place="out")
    assert "waited(12, &#x27;out&#x27;)" in desk.tried.code.value
    assert desk.tried.code.layout.display is None


def test_an_experiment_that_fails_says_one_sentence(screen):
    desk = exercise("9.9")
    desk._ipython_display_()
    desk.tried.panel.set(hours=95)
    assert repr(screen.updates[-1]) == "This cannot be shown: nobody waits 95 <hours>."
    assert "&lt;hours&gt;" in screen.updates[-1]._repr_html_()


def test_a_hidden_world_is_that_of_the_team_and_follows_it(screen):
    desk = exercise("9.10")
    desk._ipython_display_()
    worlds = desk.posed.numbers["worlds"]
    assert any(repr(one) == f"first of `{worlds}`" for one in screen.shown)
    team("Lantern")
    assert repr(screen.updates[-1]) == f"first of `{desk.posed.numbers['worlds']}`"
    assert desk.posed.numbers["worlds"] != worlds


def test_a_record_that_cannot_be_read_is_told_and_the_answer_judged():
    kept.kept_in().write_text("half a rec", encoding="utf-8")
    desk = exercise("9.1")
    desk.solution_button.click()
    assert "Try first" in desk.helped.value
    assert "my-answers.json cannot be read as a record" in desk.said.value
    assert "✗ Not right: you took Monday." in typed(desk, "15")
    assert "It is not recorded: my-answers.json cannot" in desk.said.value
    desk.solution_button.click()
    assert "solution of 9.1" in desk.helped.value, "it was tried, although that is not recorded"
