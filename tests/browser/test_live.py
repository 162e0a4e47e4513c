"""`porch class live`: a team on a phone, the class on the projector, and the reveal."""

import json

import pytest
from served_room import served

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
PHONE = {"width": 390, "height": 844}
TALL = "one => one.getBoundingClientRect().height"
SMALL = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.offsetWidth && one.childNodes.length && [...one.childNodes]
    .some(part => part.nodeType === 3 && part.textContent.trim()))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map(one => one.outerHTML.slice(0, 80))"""
OUT = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.offsetWidth && (one.getBoundingClientRect().right > innerWidth + 1
    || one.getBoundingClientRect().bottom > Math.max(innerHeight, document.body.scrollHeight) + 1))
  .map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def room(chromium, tmp_path_factory):
    with served(tmp_path_factory.mktemp("build"), lesson="4") as made:
        yield made


@pytest.fixture(scope="module")
def pages(browser, room, alone):
    """A phone and the projector."""
    with alone(browser, (PHONE, {"width": 1280, "height": 720}), room.base) as made:
        yield made


def test_a_team_predicts_and_decides_on_a_phone_and_the_projector_shows_it(pages, room):
    phone, projector = pages
    projector.goto(room.projector)
    projector.get_by_text("No answers yet.").wait_for()
    assert "key=" not in projector.url  # a class reads what stands on a projector
    projector.get_by_text(room.code, exact=True).wait_for()

    phone.goto(room.base)
    phone.get_by_label("Code on the projector").fill(room.code.lower())
    phone.get_by_role("button", name="Go to the room").click()
    phone.get_by_label("Your team's name, or your own").fill("Blue Door")
    phone.get_by_role("button", name="Join").click()
    first, curve, decision, memo = (phone.locator(".card").nth(k) for k in range(4))

    first.get_by_role("button", name="Record").click()
    first.get_by_text("Choose one first.").wait_for()
    first.get_by_role("radio", name="rose").check()
    first.get_by_label("How sure are you?").select_option("70 %")
    first.get_by_role("button", name="Record").click()
    first.get_by_text("Recorded. You may change it until the result is shown.").wait_for()
    projector.locator('img[alt*="rose 1"]').wait_for()
    projector.get_by_text("1 of 1 phone answered").wait_for()

    for slider in range(4):
        curve.get_by_role("slider").nth(slider).press("ArrowLeft")
    curve.get_by_role("button", name="Record").click()
    curve.get_by_text("Move the slider that is not set yet.").wait_for()
    curve.get_by_role("slider").nth(4).press("Home")
    curve.get_by_role("button", name="Record").click()
    curve.get_by_text("Recorded.").wait_for()

    decision.get_by_role("radio", name="build the porch").check()
    decision.get_by_label("Dollars you expect it to bring").fill("1500")
    decision.get_by_role("button", name="Decide").click()
    decision.get_by_text("Recorded.").wait_for()

    memo.get_by_role("button", name="Record").click()
    memo.get_by_text("All boxes are empty").wait_for()
    memo.get_by_label("What we know").fill("Half of the ties are gone.")
    memo.get_by_label("My advice").fill("Build it.")
    assert memo.locator("textarea").last.bounding_box()["height"] >= 44
    memo.get_by_role("button", name="Record").click()
    memo.get_by_text("Recorded.").wait_for()

    projector.get_by_role("button", name="Next").click()
    projector.get_by_text("Question 2 of 4").wait_for()
    projector.locator('img[alt*="99 people at 0"]').wait_for()
    projector.get_by_role("button", name="Reveal the result").click()
    projector.locator('img[alt*="Result"]').wait_for()
    curve.get_by_text("The result is on the projector. Your last answer counts.").wait_for()
    projector.get_by_role("button", name="Next").click()
    projector.get_by_role("button", name="Reveal the result").click()
    projector.locator('img[alt*="What the year brought 1 team"]').wait_for()
    decision.get_by_text("You chose: build the porch").wait_for()
    projector.get_by_role("button", name="Next").click()
    projector.locator('img[alt*="1 team wrote a memo"]').wait_for()


def test_a_phone_that_comes_back_has_its_answers(pages, room):
    phone, _ = pages
    phone.reload()
    first = phone.locator(".card").first
    assert first.get_by_role("radio", name="rose").is_checked()
    assert first.get_by_label("How sure are you?").input_value() == "70"
    written = [one.input_value() for one in phone.locator(".card textarea").all()]
    assert written == ["Half of the ties are gone.", "", "Build it."]


def test_the_form_can_be_touched_and_read(pages, barriers):
    phone, _ = pages
    first = phone.locator(".card").first
    for one in [*first.get_by_role("button").all(), *first.get_by_role("combobox").all()]:
        assert one.evaluate(TALL) >= 44
    for one in first.locator(".choice").all():
        assert one.evaluate(TALL) >= 44
    assert phone.evaluate(SMALL) == [] and phone.evaluate(OUT) == []
    assert barriers(phone) == {}


def test_the_projector_fits_and_can_be_read(pages, barriers):
    _, projector = pages
    assert projector.evaluate(OUT) == [] and projector.evaluate(SMALL) == []
    assert projector.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert barriers(projector) == {}


def test_what_was_done_is_the_record_of_a_hand_in(room):
    (path,) = room.into.glob("live/04-*/hand-ins/*.json")
    found = json.loads(path.read_text(encoding="utf-8"))
    told = [(one["kind"], one["about"]) for one in found["entries"]]
    assert told == [
        ("team", "team"),
        ("prediction", "4.porches"),
        ("prediction", "4.reach"),
        ("decision", "4.decision"),
        ("memo", "4.memo"),
        ("reveal", "4.reach"),
        ("reveal", "4.decision"),
    ]
