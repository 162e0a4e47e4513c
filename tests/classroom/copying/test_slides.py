"""Slides: one page, nothing fetched, answers for the speaker alone, every picture told."""

import html
import pathlib
import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from frontporch.classroom.copying import copies, sources
from frontporch.classroom.copying.slides import arranged, slides
from frontporch.names import UnknownName

LESSONS = pathlib.Path(__file__).parents[3] / "lessons"
SOURCES = sources.sources(LESSONS)
PICTURE = '<img alt="a line that rises" src="data:image/png;base64,iVBORw0KGgo=">'


def cell(text, code=False, outputs=(), **told):
    made = (new_code_cell if code else new_markdown_cell)(text)
    made.metadata["frontporch"] = {"role": "run", "level": "core", "minutes": 2, "routes": [45, 75]}
    made.metadata["frontporch"] |= told
    if code:
        made.outputs = [new_output("display_data", {"text/html": one}) for one in outputs]
    return made


def book(*cells):
    made = new_notebook(cells=list(cells))
    made.metadata["frontporch"] = {"title": "A <small> lesson"}
    return made


def seen(page):
    """What an audience sees: without the speaker's notes, scripts and looks."""
    return re.sub(r"<(aside|script|style)\b.*?</\1>", "", page, flags=re.DOTALL)


@pytest.fixture(scope="module", params=SOURCES)
def lesson(request):
    """A lesson's source, whose stored results are those of its last run, and its slides."""
    source = copies.read(SOURCES[request.param])
    return source, slides(source)


def test_nothing_is_fetched_from_anywhere(lesson):
    _, page = lesson
    assert not re.search(r"<script[^>]*\ssrc", page)
    written = re.sub(r"<script\b.*?</script>", "", page, flags=re.DOTALL)
    places = re.findall(r"""<(?:link|img|iframe)\b[^>]*\s(?:src|href)=["']([^"']*)""", written)
    assert places and all(place.startswith("data:") for place in places)
    assert not re.search(r"""@import|url\(["']?(?:https?:|//)""", page)
    assert "Reveal.initialize(" in page and "RevealNotes" in page


def test_no_solution_is_seen_before_the_class_has_tried(lesson):
    source, page = lesson
    solved = [one for one in source.cells if sources.is_solution(one)]
    assert solved
    audience = html.unescape(re.sub(r"<[^>]+>", "", seen(page)))
    for one in solved:
        assert one.source not in audience
    notes = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert all(f"Answer to {one.metadata['frontporch']['check']}:" in notes for one in solved)


def test_every_slide_has_notes_with_its_minutes(lesson):
    _, page = lesson
    sections = re.findall(r"<section.*?</section>", page, flags=re.DOTALL)
    assert len(sections) > 10
    for one in sections:
        (notes,) = re.findall(r'<aside class="notes">(.*?)</aside>', one, flags=re.DOTALL)
        assert re.search(r"<strong>\d+ min</strong>", notes)


def test_the_minutes_of_all_slides_are_those_of_the_lesson(lesson):
    source, page = lesson
    spent = dict.fromkeys((20, 45, 75), 0)
    for notes in re.findall(r'<aside class="notes">(.*?)</aside>', page, flags=re.DOTALL):
        said = re.findall(r"<strong>(\d+) min</strong> on the routes? of ([\d, ]+) minutes", notes)
        for minutes, routes in said:
            for route in routes.split(", "):
                spent[int(route)] += int(minutes)
    assert spent == {int(route): m for route, m in source.metadata["frontporch"]["minutes"].items()}


def test_the_class_predicts_before_it_sees_the_result(lesson):
    source, page = lesson
    roles = [one.metadata["frontporch"]["role"] for one in source.cells]
    picture = source.cells[roles.index("run") :]
    first = next(one for one in picture if one.metadata["frontporch"].get("picture"))
    shown = re.search(r'alt="([^"]+)"', str(first.outputs)).group(1)
    assert seen(page).index("Predict") < seen(page).index(shown)


def test_controls_and_their_scripts_stay_behind(lesson):
    _, page = lesson
    assert "widget-view" not in page and "noUi-handle" not in page


def test_what_a_cell_is_on_slides_comes_from_its_metadata_or_its_role():
    told = arranged(
        [
            cell("# Title\n\nThe question?\n\nMore.", role="masthead"),
            cell("## Case", role="case"),
            cell("More on the case.", role="case"),
            cell("setting up", role="setup"),
            cell("> **To the instructor.** Wait.", role="case", audience="instructor"),
            cell("Left out.", slide="skip"),
            cell("## Run", slide="slide"),
            cell("Only typed.", page=""),
        ]
    )
    shown = [[one.source for one in slide.shown] for slide in told]
    assert shown == [
        ["## Title\n\nThe question?"],
        ["## Case", "More on the case."],
        ["## Run"],
    ]
    assert [one.source for one in told[1].unseen] == [
        "setting up",
        "> **To the instructor.** Wait.",
        "Left out.",
    ]


def test_notes_say_minutes_then_what_to_ask_then_the_answer():
    solved = cell("answer = 7\ncheck(answer)", code=True, check="9.1", audience="instructor")
    solved.outputs = [new_output("execute_result", {"text/plain": "✓ Right: 7."})]
    page = slides(book(cell("## Why does it end? It does."), solved))
    (notes,) = re.findall(r'<aside class="notes">(.*?)</aside>', page, flags=re.DOTALL)
    words = re.sub(r"<[^>]+>|\s+", " ", notes)
    places = [words.index(part) for part in ("4 min", "Ask:", "Why does it end?", "Answer to 9.1:")]
    assert places == sorted(places) and " 7. " in words
    assert "answer = 7" not in seen(page)


def test_a_title_with_signs_is_text():
    page = slides(book(cell("## Run")))
    assert "<title>A &lt;small&gt; lesson</title>" in page and '<html lang="en">' in page


def test_a_picture_without_a_text_is_an_error_that_names_its_cell():
    good = cell("look.show(ax)", code=True, outputs=[PICTURE], picture=True)
    assert 'alt="a line that rises"' in slides(book(cell("## Run"), good))
    for bad, said in (
        ('<img src="data:image/png;base64,iVBORw0KGgo=">', "without alternative text"),
        ('<img alt="x" src="https://example.org/a.png">', "elsewhere: https"),
    ):
        wrong = cell("look.show(ax)", code=True, outputs=[bad], picture=True)
        wrong["id"] = "the-cell"
        with pytest.raises(ValueError, match=rf"the-cell \(number 1\).*{said}"):
            slides(book(cell("## Run"), wrong))


def test_an_unknown_kind_of_slide_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="mean 'subslide'"):
        slides(book(cell("## Run", slide="subslides")))


def test_formulas_bring_their_own_typesetter():
    assert "MathJax" in slides(book(cell("## Run\n\n$x = 1$")))
    assert "MathJax.js" not in slides(book(cell("## It costs $5 and $6 today")))


def test_a_slide_is_titled_by_the_message_of_its_cell_and_its_block_stands_at_the_foot():
    page = slides(
        book(
            cell("## ○ Explain: reach\n\nMany ties.", message='Ties & "worth"'),
            cell("More of it.", message="Who is <believed>?"),
            cell("## ● Run\n\nLook."),
        )
    )
    assert '<h2 id="Ties-&amp;-&quot;worth&quot;">' in page or '>Ties &amp; "worth"' in page
    assert 'data-part="○ Explain"' in page and 'data-part="● Run"' in page
    assert 'data-message="Who is &lt;believed&gt;?"' in page
    assert "reach" not in seen(page).partition("<main>")[2]


def test_published_evidence_is_titled_by_the_verdict_on_its_claim():
    asked = cell('classroom.evidence("2.2")', code=True, outputs=["<p>Studies.</p>"])
    page = slides(book(cell("## ● What the published evidence says"), asked))
    assert 'data-message="Claim C-2.2: mixed"' in page
