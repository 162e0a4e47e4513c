"""Every lesson's page without code on a phone: its prediction, an answer, its decision.

One lesson is looked at while the next is already being run, because running it takes the longest.
"""

import concurrent.futures
import contextlib
import pathlib

import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import copies, sources

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SOURCES = sources.sources(pathlib.Path(__file__).parents[2] / "lessons")
# Three lessons in every run, all of them with `test --all`.
FEW = [
    one if one in ("1", "5", "9") else pytest.param(one, marks=pytest.mark.slow) for one in SOURCES
]
# What is too small for a thumb, or not as wide as the column.
SMALL = """() => [...document.querySelectorAll('main .noUi-target')].filter(one => one.offsetWidth)
  .filter(one => {
    const column = one.closest('.jp-OutputArea-output, .widget-vbox').clientWidth;
    const row = one.closest('.widget-inline-hbox');
    return one.offsetHeight < 44 || one.offsetWidth < column - 48
      || one.getBoundingClientRect().top < row.firstElementChild.getBoundingClientRect().bottom - 1;
  }).map(one => one.closest('.widget-inline-hbox').textContent)"""
# A picture for the phone is 817 pixels wide; wide ones have lettering of seven pixels.
WIDE = """() => [...document.querySelectorAll('main .jp-OutputArea img, main .widget-html img')]
  .filter(one => one.offsetWidth && !one.currentSrc.startsWith('blob:') && one.naturalWidth > 820)
  .map(one => one.alt.slice(0, 60))"""


class Ahead:
    """Serves lessons one after the other, and the next one while this one is looked at."""

    def __init__(self, serve, into):
        self.serve, self.into, self.coming = serve, into, {}
        self.pool = concurrent.futures.ThreadPoolExecutor(1)

    def begin(self, lesson):
        served = self.serve(self.into / lesson, viewers=1, lesson=lesson)
        self.coming[lesson] = served, self.pool.submit(served.__enter__)

    @contextlib.contextmanager
    def page_of(self, lesson):
        if lesson not in self.coming:
            self.begin(lesson)
        served, waited = self.coming.pop(lesson)
        try:
            yield waited.result()[0]
        finally:
            served.__exit__(None, None, None)

    def close(self):
        for served, waited in self.coming.values():
            waited.result()
            served.__exit__(None, None, None)
        self.pool.shutdown()


@pytest.fixture(scope="module")
def ahead(chromium, page_without_code, tmp_path_factory):
    made = Ahead(page_without_code, tmp_path_factory.mktemp("build"))
    yield made
    made.close()


@pytest.mark.parametrize("lesson", FEW)
def test_a_lesson_is_done_on_a_phone(lesson, ahead, browser, cut_off, request):
    with ahead.page_of(lesson) as address:
        chosen = [one.callspec.params["lesson"] for one in request.session.items if _here(one)]
        following = [one for one in chosen if int(one) > int(lesson)]
        if following:
            ahead.begin(following[0])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(30_000)
        page.goto(address, wait_until="commit")
        page.get_by_role("button", name=f"Hand in lesson {lesson}").wait_for(timeout=90_000)
        fits(page, cut_off)
        asks_all(page, lesson)
        for question in predictions(lesson):
            predict(page, question)
        answer(page, lesson)
        decide(page)
        fits(page, cut_off)
        page.close()


def _here(item):
    return item.fspath.basename == pathlib.Path(__file__).name


def predictions(lesson):
    """The questions that the source asks, by the checks of its cells."""
    asked = [
        cell.metadata["frontporch"].get("check") for cell in copies.read(SOURCES[lesson]).cells
    ]
    return list(dict.fromkeys(one for one in asked if one and one not in exercises(lesson)))


def exercises(lesson):
    return {one.id: one for one in registered() if one.id.split(".")[0] == lesson}


def asks_all(page, lesson):
    assert page.get_by_role("button", name="Check").count() == len(exercises(lesson))
    for question in predictions(lesson):
        assert page.get_by_title(f"Record prediction {question}", exact=True).count() == 1
    bar = page.get_by_role("progressbar", name="How far you are in the lesson")
    assert "Part 0 of 1" in bar.inner_text()


def predict(page, question):
    """Move every slider one step, record, and see the result that waited."""
    record = page.get_by_title(f"Record prediction {question}", exact=True)
    box = page.locator(".widget-vbox", has=record).last
    for slider in box.locator(".noUi-target").all():
        handles = slider.locator(".noUi-handle")
        if handles.count() == 1:  # a range is left at its full width: how sure is not said
            handles.focus()
            page.keyboard.press("ArrowRight")
    if box.get_by_role("radio").count():
        box.get_by_role("radio").first.check()
    record.click()
    box.get_by_role("status").get_by_text("Recorded: ").wait_for()
    show = page.get_by_title(f"Show the result of {question}", exact=True).first
    show.click()
    show.wait_for(state="hidden")


def answer(page, lesson):
    """Answer the first exercise that asks for a number, with the class's numbers."""
    one = next(one for one in exercises(lesson).values() if not one.choices)
    place = [other.id for other in exercises(lesson).values() if not other.choices].index(one.id)
    box = page.get_by_role("textbox", name="your answer").nth(place)
    box.fill(repr(one.posed().answer))
    box.press("Enter")
    page.get_by_text("✓ Right").first.wait_for()


def decide(page):
    play = page.get_by_role("button", name="Play the year")
    box = page.locator(".widget-vbox", has=play).last
    box.get_by_role("radio").first.check()
    expected = page.get_by_label("you expect ($)")
    expected.fill("1,000")
    expected.press("Enter")
    page.get_by_text("You expect +1,000 dollars. Now play the year.").wait_for()
    play.click()
    page.get_by_role("img", name="We expected +1,000 dollars, the year brought").wait_for()


def fits(page, cut_off):
    """Nothing is cut off or too small, once the page has settled."""
    scripts = [*cut_off, SMALL, WIDE, "() => document.documentElement.scrollWidth > 390 || []"]
    for _ in range(20):
        found = [page.evaluate(script) for script in scripts]
        if not any(found):
            break
        page.wait_for_timeout(250)
    assert not any(found), found
