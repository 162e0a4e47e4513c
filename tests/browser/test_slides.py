"""Slides and handout in a real browser: every slide fits, all of it accessible, no network."""

import pathlib
import re

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from frontporch.classroom.copying import copies, sources
from frontporch.classroom.copying.handout import handout
from frontporch.classroom.copying.slides import slides

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LESSONS = pathlib.Path(__file__).parents[2] / "lessons"
SOURCES = sources.sources(LESSONS)
# Three lessons in every run, all of them with `test --all`.
FEW = [
    one if one in ("1", "5", "9") else pytest.param(one, marks=pytest.mark.slow) for one in SOURCES
]
FITS = """() => {
  const page = Reveal.getCurrentSlide(), small = [];
  let foot = 0, right = 0;
  for (const one of page.querySelectorAll('.block *')) {
    const box = one.getBoundingClientRect();
    if (!box.height) continue;
    foot = Math.max(foot, box.bottom);
    right = Math.max(right, box.right);
    const said = [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (said && parseFloat(getComputedStyle(one).fontSize) < 20) small.push(one.textContent);
  }
  return {foot, right, small, empty: !page.innerText.trim() && !page.querySelector('img')};
}"""


@pytest.fixture(params=FEW)
def deck(request, page, tmp_path):
    """The slides of a lesson, opened from a file; what the console says fails the test."""
    file = tmp_path / "slides.html"
    file.write_text(slides(copies.read(SOURCES[request.param])), encoding="utf-8")
    said = []
    page.on("console", lambda one: said.append(one.text) if one.type == "error" else None)
    page.on("pageerror", lambda one: said.append(str(one)))
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    yield page
    page.goto("about:blank")
    assert not said, said


def test_the_slides_advance_by_key_and_each_fits_and_is_accessible(deck, barriers):
    count = deck.evaluate("Reveal.getTotalSlides()")
    assert count > 10
    seen = set()
    for _ in range(20 * count):
        if not deck.evaluate("Reveal.availableFragments().next"):
            number = deck.evaluate("Reveal.getSlidePastCount()")
            seen.add(number)
            told = deck.evaluate(FITS)
            assert told["foot"] <= 720 and told["right"] <= 1280, (number, told)
            assert not told["small"] and not told["empty"], (number, told)
            if number % 8 == 0:
                deck.wait_for_timeout(300)  # until a fragment has come in
                assert barriers(deck) == {}, number
            if deck.evaluate("Reveal.isLastSlide()"):
                break
        deck.keyboard.press("ArrowRight")
    assert seen == set(range(count))
    assert deck.evaluate("Reveal.hasPlugin('notes')")
    assert deck.locator(".slide-number").inner_text().startswith(str(count))


def test_the_running_title_can_be_read_on_the_dark_slide_and_on_a_white_one(deck):
    color = "getComputedStyle(document.querySelector('.running h1')).color"
    assert deck.evaluate(color) == "rgb(255, 255, 255)"
    deck.keyboard.press("End")
    assert deck.evaluate(color) == "rgb(80, 80, 80)"


def test_the_speaker_sees_notes_and_the_slide_without_a_server(deck):
    with deck.context.expect_page() as opened:
        deck.keyboard.press("s")
    speaker = opened.value
    speaker.locator(".speaker-controls-notes .value", has_text="min on the route").wait_for()
    deck.keyboard.press("End")
    last = deck.evaluate("Reveal.getSlidePastCount()")
    ahead = next(one for one in speaker.frames if "receiver" in one.url)
    ahead.wait_for_function(f"window.Reveal && Reveal.getSlidePastCount() === {last}")
    speaker.close()


def test_formulas_are_typeset_by_the_browser_and_fetch_nothing(page, tmp_path, barriers):
    book = new_notebook(cells=[new_markdown_cell("## Run\n\nThe hazard is $h = \\frac{d}{n}$.")])
    book.metadata["frontporch"] = {"title": "Formulas"}
    file = tmp_path / "formulas.html"
    file.write_text(slides(book), encoding="utf-8")
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    assert page.locator("math mfrac").count() == 1
    assert asked == [file.as_uri()]
    assert barriers(page) == {}


SEEN = """() => Reveal.getSlides().map((page, k) => {
  Reveal.slide(k);
  const head = page.querySelector('h2'), top = head.getBoundingClientRect().bottom;
  const foot = one => one.getBoundingClientRect().bottom;
  const feet = [...page.querySelectorAll('.block *')].map(foot);
  const used = page.querySelector('img') ? 1 : (Math.max(...feet) - top) / (664 - top);
  return {title: head.textContent, part: page.dataset.part || '', used};
})"""


@pytest.mark.parametrize("number", SOURCES)
def test_the_route_of_45_minutes_has_thirty_slides_with_a_message_each(page, number, tmp_path):
    file = tmp_path / "slides.html"
    file.write_text(slides(copies.read(SOURCES[number]), route=45), encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    seen = page.evaluate(SEEN)
    assert 10 < len(seen) <= 30
    for one in seen[1:]:
        assert (one["part"] == one["title"]) == (one["title"] == "After this lesson you can"), one
        assert one["part"] and one["used"] > 0.2, one  # none is nearly empty
    page.goto("about:blank")


@pytest.mark.parametrize("number", SOURCES)
def test_the_handout_is_accessible_and_has_two_to_four_pages(page, number, tmp_path, barriers):
    file = tmp_path / "handout.html"
    file.write_text(handout(copies.read(SOURCES[number])), encoding="utf-8")
    page.goto(file.as_uri())
    assert barriers(page) == {}
    printed = page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4


def test_the_slides_become_a_pdf_with_a_page_for_each(page, tmp_path, chromium):
    file = tmp_path / "slides.html"
    file.write_text(slides(copies.read(SOURCES["3"]), route=20), encoding="utf-8")
    page.goto(file.as_uri())
    page.wait_for_function("window.Reveal && Reveal.isReady()")
    count = page.evaluate("Reveal.getTotalSlides()")
    opened = page.context.new_page()
    opened.goto(f"{file.as_uri()}?print-pdf")
    opened.wait_for_selector(".pdf-page", state="attached")
    printed = opened.pdf(width="1280px", height="720px", print_background=True)
    opened.close()
    page.goto("about:blank")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == count
