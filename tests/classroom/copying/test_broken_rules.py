"""Lesson 1, broken on purpose in every way: the rule is found and the cell named."""

import copy
import pathlib
import re
from dataclasses import replace

import pytest
from nbformat.v4 import new_output

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, lesson_cells, rules, sources
from frontporch.classroom.copying.lesson_cells import about

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
PATH = sources.source(LESSONS, 1)
SOURCE, STUDENT = copies.read(PATH), copies.read(LESSONS / PATH.name)
GLOSSARY = (LESSONS / "glossary.md").read_text(encoding="utf-8")
GUIDE = (LESSONS / "instructor" / "01_guide.md").read_text(encoding="utf-8")
PNG = {"image/png": "iVBORw0KGgo="}


def index(book, cell_id):
    return next(k for k, cell in enumerate(book.cells) if cell["id"] == cell_id)


def cell(book, cell_id):
    return book.cells[index(book, cell_id)]


def asks(exercise):
    """The cell that asks an exercise."""
    return next(
        one["id"]
        for one in SOURCE.cells
        if about(one).get("check") == exercise and not sources.is_solution(one)
    )


def solves(exercise):
    """The instructor's cell that works it out."""
    return next(
        one["id"]
        for one in SOURCE.cells
        if about(one).get("check") == exercise and sources.is_solution(one)
    )


def image(book):
    """The first cell with a picture, and its output."""
    for one in book.cells:
        for output in one.get("outputs", []):
            if "<img" in output.get("data", {}).get("text/html", ""):
                return one, output
    raise AssertionError("no picture")


def sentences(book, **more):
    keywords = {"glossary": GLOSSARY, "guide": GUIDE} | more
    return rules.broken(book, PATH.name, **keywords)


def broken(breaks, made_from=SOURCE, **more):
    """Break a copy; every sentence is about the named cell."""
    book = copy.deepcopy(made_from)
    where = breaks(book)
    found = sentences(book, **more)
    assert found, "nothing was found"
    names = f"{PATH.name}, cell {index(book, where)} ({where}, "
    for one in found:
        assert one.startswith(names) or f"cell {index(book, where)} ({where}, " in one, one
        assert one.endswith(".")
    return "\n".join(found)


def test_lesson_1_is_whole():
    assert sentences(SOURCE) == []
    assert sentences(STUDENT, source=SOURCE) == []


def no_alt(book):
    one, output = image(book)
    output.data["text/html"] = re.sub(r'alt="[^"]*" ', "", output.data["text/html"])
    return one["id"]


def short_alt(book):
    one, output = image(book)
    output.data["text/html"] = re.sub(r'alt="[^"]*"', 'alt="a curve"', output.data["text/html"])
    return one["id"]


def bare_png(book):
    one, output = image(book)
    output.data = dict(PNG)
    return one["id"]


def pictured_markdown(book):
    cell(book, "l01-01").source += "\n\n![](shop.png)"
    return "l01-01"


def no_picture(book):
    one, _ = image(book)
    one.outputs = []
    return one["id"]


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (no_alt, "alternative text is ''"),
        (short_alt, "alternative text is 'a curve'"),
        (bare_png, "alternative text is ''"),
        (pictured_markdown, "alternative text is ''"),
        (no_picture, "should show a picture and has none"),
    ],
)
def test_a_picture_without_its_text(breaks, said):
    assert said in broken(breaks)


def test_a_png_with_its_text_in_its_metadata_is_taken():
    book = copy.deepcopy(SOURCE)
    one, _ = image(book)
    told = {"image/png": {"alt": "Four curves of pairs that met again, the students' highest."}}
    one.outputs = [new_output("display_data", data=PNG, metadata=told)]
    assert sentences(book) == []


@pytest.mark.parametrize(
    "cell_id", [one["id"] for one in SOURCE.cells if about(one).get("minutes", 0) > 0][::4]
)
@pytest.mark.parametrize("more", [2, -0.5])
def test_a_wrong_sum_of_minutes(cell_id, more):
    def breaks(book):
        about(cell(book, cell_id))["minutes"] += more
        return cell_id

    found = broken(breaks)
    assert re.search(r"the cells of route \d+ take [\d.]+ minutes, the header says \d+", found)
    told = re.findall(r"\(l01-[\w-]+, ", found.splitlines()[0])
    assert len(told) <= 7, "the guide narrows it down to cells of one block"


def test_a_wrong_sum_is_found_without_a_guide():
    book = copy.deepcopy(SOURCE)
    about(cell(book, "l01-11"))["minutes"] = 9
    assert all("(l01-11, " in one for one in sentences(book, guide=None))
    assert len(sentences(book, guide=None)) == 3


@pytest.mark.parametrize("part", ["hint", "solution"])
def test_an_exercise_without_a_hint_or_a_solution(part):
    exercises = [replace(e, **{part: " "}) if e.id == "1.4" else e for e in registered()]
    found = broken(lambda book: asks("1.4"), exercises=exercises)
    assert f"exercise 1.4 has no {part}" in found


def test_an_exercise_that_explains_too_little():
    exercises = [replace(e, diagnoses=()) if e.id == "1.2" else e for e in registered()]
    assert "fewer than two" in broken(lambda book: asks("1.2"), exercises=exercises)


def test_an_exercise_whose_cell_asks_something_else():
    def breaks(book):
        cell(book, asks("1.4")).source = "1"
        return asks("1.4")

    assert "does not ask exercise 1.4" in broken(breaks)


def test_an_exercise_that_no_cell_asks():
    def breaks(book):
        del about(cell(book, asks("1.5")))["check"]
        return book.cells[-1]["id"]

    assert "no cell asks exercise 1.5" in broken(breaks)


def test_a_solution_that_answers_nothing():
    def breaks(book):
        one = cell(book, solves("1.4"))
        one.source = one.source.replace('classroom.answer("1.4", answer)', "answer")
        return solves("1.4")

    assert "does not answer exercise 1.4" in broken(breaks)


def test_an_exercise_that_nobody_works_out():
    def breaks(book):
        del about(cell(book, solves("1.4")))["check"]
        return asks("1.4")

    assert "works exercise 1.4 out: add one" in broken(breaks)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('classroom.decide("1.decision")', "without a decision"),
        ('classroom.memo("1.memo")', "without its memo"),
        ("classroom.hand_in(1)", "without the hand-in"),
    ],
)
def test_a_decision_that_is_not_whole(call, said):
    def breaks(book):
        (one,) = [one for one in book.cells if one.source == call]
        one.source = "1"
        return next(one["id"] for one in book.cells if about(one)["role"] == "decide")

    assert said in broken(breaks)


def test_a_memo_without_a_rubric():
    def breaks(book):
        for one in book.cells:
            about(one).pop("rubric", None)
        return next(one["id"] for one in book.cells if about(one)["role"] == "decide")

    assert "without a rubric" in broken(breaks)


def test_a_prediction_whose_result_is_not_shown():
    def breaks(book):
        for one in book.cells:
            one.source = one.source.replace('classroom.result("1.curve"', 'classroom.result("1.x"')
        return "l01-11"

    assert "its result is not shown" in broken(breaks)


def solution_line(book):
    line = cell(SOURCE, solves("1.4")).source.splitlines()[-2]
    cell(book, asks("1.4")).source += f"\n# {line}"
    return asks("1.4")


def solution_in_metadata(book):
    about(cell(book, asks("1.3")))["old"] = cell(SOURCE, solves("1.3")).source.splitlines()[-2]
    return asks("1.3")


def solution_in_output(book):
    text = next(e for e in registered() if e.id == "1.4").solution
    cell(book, asks("1.4")).outputs = [new_output("stream", text=f"see: {text}")]
    return asks("1.4")


def note(book):
    cell(book, "l01-13").source += "\n\n" + cell(SOURCE, "l01-note-run").source
    return "l01-13"


@pytest.mark.parametrize("breaks", [solution_line, solution_in_metadata, solution_in_output, note])
def test_a_solution_or_a_note_left_in_the_student_copy(breaks):
    found = broken(breaks, STUDENT, source=SOURCE)
    assert "holds a solution or note of " in found


def test_a_role_missing():
    def breaks(book):
        del about(cell(book, "l01-14"))["role"]
        return "l01-14"

    assert "has no role" in broken(breaks, guide=None)


def test_a_whole_block_missing():
    def breaks(book):
        book.cells = [one for one in book.cells if about(one)["role"] != "objectives"]
        for one in book.cells:
            if one["id"] == "l01-03":
                about(one)["minutes"] = 1
                about(one)["routes"] = [45, 75]
        return "l01-03"

    assert "without a cell of role 'objectives' before it" in broken(breaks)


def test_a_role_out_of_order():
    def breaks(book):
        book.cells.insert(index(book, "l01-01"), book.cells.pop(index(book, "l01-02")))
        return "l01-01"

    assert "has the role 'case', but stands after 'objectives'" in broken(breaks)


def long_cell(book):
    cell(book, "l01-19").source += "\nmedian = median" * 14
    return "l01-19"


def new_word(book):
    book.metadata["frontporch"]["words"][0] = "gazebo"
    cell(book, "l01-09").source += " A **gazebo**."
    return "l01-09"


def word_not_brought_in(book):
    book.metadata["frontporch"]["words"][0] = "coverage"
    return SOURCE.cells[0]["id"]


def too_many_words(book):
    book.metadata["frontporch"]["words"].append("pairs")
    cell(book, "l01-00").source += " **pairs**"
    return "l01-00"


def loose_figure(book):
    cell(book, "l01-16").source += " They reach 27.8 % by then."
    return "l01-16"


def no_seed(book):
    cell(book, "l01-42").source = cell(book, "l01-42").source.replace("seed=7", "")
    return "l01-42"


def fetch(book):
    cell(book, "l01-04").source += "\nimport urllib"
    return "l01-04"


def not_run(book):
    cell(book, "l01-19").execution_count = 999
    return "l01-19"


def warns(book):
    cell(book, "l01-19").outputs.append(new_output("stream", name="stderr", text="careful"))
    return "l01-19"


def off_the_route(book):
    cell(book, "l01-19").source = "median = spells"
    return "l01-19"


def no_level(book):
    del about(cell(book, "l01-19"))["level"]
    return "l01-19"


def open_though_folded(book):
    del cell(book, "l01-04").metadata["jupyter"]
    return "l01-04"


def no_slide(book):
    del cell(book, "l01-19").metadata["slideshow"]
    return "l01-19"


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (long_cell, "has 16 lines of code, more than 15: split it"),
        (new_word, "brings in 'gazebo': add it to the glossary"),
        (word_not_brought_in, "no cell brings in the new word 'coverage'"),
        (too_many_words, "the header has 7 new words"),
        (loose_figure, "has the figure '27.8 %' in its text"),
        (no_seed, "draws by simulate without a seed"),
        (fetch, "has 'urllib'"),
        (not_run, "was not run in order"),
        (warns, "gives a warning"),
        (off_the_route, "uses spells, which no earlier cell of route"),
        (no_level, "has no level"),
        (no_slide, "has no slide type"),
        (open_though_folded, "is called folded, but must be open"),
    ],
)
def test_other_rules(breaks, said):
    found = [one for one in broken_sentences(breaks) if said in one]
    assert found


def broken_sentences(breaks):
    book = copy.deepcopy(SOURCE)
    where = breaks(book)
    return [one for one in sentences(book) if f"cell {index(book, where)} ({where}, " in one]


def test_a_notebook_that_is_no_lesson_is_held_to_the_rules_of_every_notebook():
    book = copy.deepcopy(SOURCE)
    assert rules.broken_notebook(book, "own.ipynb") == []
    no_seed(book)
    (one,) = rules.broken_notebook(book, "own.ipynb")
    assert one.startswith("own.ipynb, cell ") and "(l01-42, " in one


def test_numbers_of_exercises_are_no_results_in_any_lesson():
    said = rules._NO_RESULT.sub("", "answer **10.1** and **8.2 (bonus)**")
    assert rules._LOOSE.search(said) is None


def test_a_guide_has_a_row_for_each_block_with_the_minutes_of_its_cells():
    def faults(guide):
        return list(lesson_cells.guide_rows(SOURCE, "01_guide.md", guide))

    row = next(line for line in GUIDE.splitlines() if line.startswith("| predict |"))
    assert faults(GUIDE) == []
    assert faults(GUIDE.replace(row, ""))[0].startswith("01_guide.md has no row for predict: its")
    assert faults(GUIDE.replace(row, "| predict | 91 | 92 | 93 |")) == [
        "01_guide.md gives other minutes than the cells have for predict."
    ]
