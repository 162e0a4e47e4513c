"""Minutes that a class needs: worked out by hand, and held by the rules of a lesson."""

import copy
import pathlib

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from frontporch.classroom.copying import lesson_cells, sources
from frontporch.classroom.copying.reading_time import minutes_needed

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
SOURCE = nbformat.read(sources.sources(LESSONS)["1"], as_version=4)
TABLE = "<style>td { color: red }</style><td>two words</td><td>and&nbsp;two</td>"


def shows(**data):
    kinds = {kind.replace("_", "/", 1): one for kind, one in data.items()}
    return new_code_cell("table", outputs=[new_output("display_data", data=kinds)])


def printed(text):
    return new_code_cell("print()", outputs=[new_output("stream", text=text)])


def told(cell, **more):
    cell.metadata["frontporch"] = more
    return cell


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (new_markdown_cell("## ● The case\n\n- Amir's **café**, 1,000 cups"), 6),
        (printed("open porches: 290"), 3),
        (shows(text_html=TABLE, text_plain="not read when there is a page"), 4),
        (shows(text_html='<img alt="Three words here" src="data:">'), 0),
        (shows(text_html="<details><summary>9 more</summary><p>not open</p></details> end"), 3),
        (shows(image_png="iVBOR", text_plain="<Figure of 640 x 480>"), 0),
        (shows(text_plain="1 2 3"), 3),
        (new_code_cell("a_long_line = of + code"), 0),
        (told(new_markdown_cell("To the instructor."), audience="instructor"), 0),
    ],
)
def test_words_that_are_read(cell, words):
    assert minutes_needed([cell]) == pytest.approx(1.25 * words / 200)


def test_an_answer_takes_three_minutes_with_its_question():
    asked = told(shows(text_html="<p>A question of some words</p>"), check="1.1")
    solved = told(shows(text_plain="Right: 3"), check="1.1", audience="instructor")
    decided = [new_code_cell(f'classroom.{what}("1.{what}")') for what in ("decide", "memo")]
    assert minutes_needed([asked, solved]) == 3.75
    assert minutes_needed([asked, solved, *decided]) == 11.25
    assert minutes_needed([]) == 0


def test_a_check_in_a_text_is_no_answer():
    assert minutes_needed([told(new_markdown_cell("why"), check="1.1")]) < 0.1


def found(breaks):
    book = copy.deepcopy(SOURCE)
    cells = {cell["id"]: cell for cell in book.cells}
    breaks(book, cells)
    return list(lesson_cells.minutes(book))


def test_a_block_with_too_few_minutes_is_named_with_those_it_needs():
    def breaks(book, cells):
        about = [cell.metadata["frontporch"] for cell in book.cells]
        decide = next(one for one in about if one["role"] == "decide" and one["minutes"] > 2)
        run = next(one for one in about if one["role"] == "run" and one["minutes"])
        decide["minutes"] -= 2
        run["minutes"] += 2

    sentences = found(breaks)
    assert len(sentences) == 3, "one for each route"
    first = next(cell for cell in SOURCE.cells if cell.metadata["frontporch"]["role"] == "decide")
    for route, one in zip((20, 45, 75), sentences, strict=True):
        assert f'({first["id"]}, "## ● Decide' in one
        assert f"begins 'decide', which has 6 min on route {route}, " in one
        assert "its texts and answers take 8 min: give its cells more, or take one off" in one


def test_a_route_that_takes_too_long_is_named():
    def breaks(book, cells):
        case = next(one for one in book.cells if one.metadata["frontporch"]["role"] == "case")
        case.source += " word" * 500

    sentences = found(breaks)
    assert "begins route 20, whose texts and answers take 22 minutes: take a " in sentences[0]
    assert any("begins 'case', which has 1 min on route 20" in one for one in sentences)


def test_the_lesson_itself_holds():
    assert found(lambda book, cells: None) == []
