"""The handout: what a class writes on, with no result and nothing that needs a screen."""

import pathlib
import re

import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, sources
from frontporch.classroom.copying.handout import handout, on_paper
from frontporch.classroom.copying.routes import on_route
from frontporch.classroom.copying.slides import slides
from frontporch.names import UnknownName

SOURCES = sources.sources(pathlib.Path(__file__).parents[3] / "lessons")


@pytest.fixture(params=SOURCES)
def book(request):
    return copies.read(SOURCES[request.param])


def asked(book):
    return {cell.metadata["frontporch"].get("check") for cell in book.cells} - {None}


def test_it_has_every_question_and_a_box_for_every_prediction(book):
    page, known = handout(book), {one.id for one in registered()}
    assert page.count('<div class="question">') == len(asked(book) & known)
    assert page.count('<div class="box">') == len(asked(book) - known)
    assert page.count('<p class="line">') >= 6
    for heading in ("The case", "After this lesson you can", "Key points", "Decide"):
        assert f"<h2>{heading}</h2>" in page


def test_no_result_and_nothing_for_a_screen_is_on_it(book):
    page = handout(book)
    assert "<img" not in page and "<table" not in page and "<pre" not in page
    said = re.sub(r"<[^>]+>", " ", page.partition("<main>")[2])
    for word in ("slider", "press ", "click", "Shift + Enter", "Record", "classroom."):
        assert word not in said, word
    shown = [
        "".join(str(one.get("data", {}).get("text/plain", "")) for one in cell.outputs)
        for cell in book.cells
        if cell.cell_type == "code" and cell.metadata["frontporch"]["role"] == "run"
    ]
    assert not [text for text in shown if len(text) > 30 and text in said]


def test_the_class_chooses_before_it_writes_the_memo():
    page = handout(copies.read(SOURCES["5"]))
    order = [
        "Elif decides today",
        "open reviews</strong>: ",
        "We expect",
        "Now write to Elif",
        "What we know: ",
    ]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)


def test_a_word_of_the_case_that_is_also_a_button_is_kept():
    case = "Joe could join in the talk of the town's record lovers"
    assert case in handout(copies.read(SOURCES["6"]))


@pytest.mark.parametrize("route", [20, 45, 75])
def test_a_route_keeps_exactly_its_cells(book, route):
    kept = [one.id for one in on_route(book, route).cells]
    assert kept == [one.id for one in book.cells if route in one.metadata["frontporch"]["routes"]]
    known = {one.id for one in registered()}
    wanted = {
        one.metadata["frontporch"]["check"]
        for one in book.cells
        if route in one.metadata["frontporch"]["routes"] and "check" in one.metadata["frontporch"]
    }
    assert handout(book, route=route).count('class="question"') == len(wanted & known)


@pytest.mark.parametrize("route", [20, 45])
def test_slides_of_a_route_have_no_cell_of_another_and_no_code(route):
    book = copies.read(SOURCES["4"])
    page = slides(book, route=route)
    there = {one.removesuffix("-more") for one in re.findall(r'id="?cell-id=([\w-]+)', page)}
    kept = {one.id for one in book.cells if route in one.metadata["frontporch"]["routes"]}
    assert there and {one for one in there if not one.endswith("-notes")} <= kept
    shown = re.sub(r"<aside.*?</aside>", "", page, flags=re.DOTALL)
    assert "dtype" not in shown and not re.search(
        r"●|○ <|<h2[^>]*>[●○◐]", shown.partition("<main>")[2][:3000]
    )
    assert 'class="highlight' not in shown


def test_a_route_that_is_not_there_is_named():
    with pytest.raises(UnknownName, match="--route takes 20, 45, 75"):
        handout(copies.read(SOURCES["1"]), route=30)


def test_sentences_for_the_screen_are_left_out():
    text = "**How many?** Move the sliders. Say why.\n\n1. Press *Record*.\n2. Compare."
    assert on_paper(text) == "**How many?** Say why.\n\n2. Compare."
