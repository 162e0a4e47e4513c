"""`porch class live game`: two teams in two browsers, one a phone's window, from start to end."""

import re

import pytest
from served_room import served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,  # a debrief plays the year some thirty times
    # Playwright's own event loop leaves sockets to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SIZES = {
    "phone": {"width": 390, "height": 844},
    "laptop": {"width": 1100, "height": 700},
    "projector": {"width": 1280, "height": 720},
}
# Words too small to read, what sticks out sideways, and what is hard to hit with a thumb.
SMALL = """() => [...document.querySelectorAll('main *, header *')]
  .filter(one => one.offsetWidth && one.childNodes.length && [...one.childNodes]
    .some(part => part.nodeType === 3 && part.textContent.trim()))
  .filter(one => parseFloat(getComputedStyle(one).fontSize) < 16)
  .map(one => one.outerHTML.slice(0, 80))"""
WIDE = """() => [...document.querySelectorAll('main *, header *')]
  .filter(one => one.offsetWidth && !one.closest('.wide')
    && one.getBoundingClientRect().right > innerWidth + 1)
  .map(one => one.outerHTML.slice(0, 80))"""
LOW = """() => [...document.querySelectorAll('button, select, .buttons label, .choice, summary')]
  .filter(one => one.offsetWidth && one.getBoundingClientRect().height < 44)
  .map(one => one.outerHTML.slice(0, 80))"""
BOTTOM = "id => document.getElementById(id).getBoundingClientRect().bottom"


@pytest.fixture(scope="module")
def room(chromium, tmp_path_factory):
    words = ("--people", "500", "--seed", "7", "--rounds", "2", "--shops", "3", "--minutes", "8")
    with served(tmp_path_factory.mktemp("build"), *words, lesson="game") as made:
        yield made


@pytest.fixture(scope="module")
def pages(browser, room, alone):
    """A phone, a laptop and the projector."""
    with alone(browser, SIZES.values(), room.base) as made:
        yield made


def can_be_read(*pages):
    for page in pages:
        assert page.evaluate(SMALL) == [] and page.evaluate(WIDE) == []
        assert page.evaluate(LOW) == []


def joins(page, room, name):
    page.goto(room.room)
    page.get_by_label("Your team's name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.get_by_text(f"You play {name}.").wait_for()


def test_two_teams_play_from_joining_to_the_debrief(pages, room, barriers):
    phone, laptop, projector = pages
    projector.goto(room.projector)
    projector.get_by_text("No team has joined yet").wait_for()
    joins(phone, room, "Blue Door")
    joins(laptop, room, "Red Lamp")
    projector.get_by_text("2 teams have joined").wait_for()
    projector.get_by_role("button", name="Start the game").click()

    phone.get_by_role("button", name="Hand in").wait_for()
    phone.get_by_role("radio", name=re.compile("^5 hours")).check()
    phone.get_by_role("checkbox", name=re.compile("^Survey")).check()
    phone.get_by_label("Cash that you expect after round 1").fill("9000")
    phone.get_by_label("Why, in one line").fill("We join in.")
    phone.get_by_text("$198 a week, research $150").wait_for()
    phone.get_by_role("button", name="Hand in").click()
    phone.get_by_text("Handed in. You may change it").wait_for()
    phone.get_by_text("Handed in ✓").wait_for()
    can_be_read(phone)
    assert barriers(phone) == {}

    projector.get_by_text("1 of 2 handed in").wait_for()
    projector.get_by_role("button", name="Resolve round 1").click()
    projector.get_by_text("Red Lamp has not handed in.").wait_for()
    projector.get_by_role("button", name="Wait").click()

    ab_test = laptop.get_by_label("What the test tries")
    ab_test.select_option(label="Pay for views online: none")  # what everybody gets anyway
    laptop.get_by_role("button", name="Hand in").click()
    laptop.get_by_text("the halves would not differ").wait_for()
    ab_test.select_option(label="Pay for views online: 60 dollars")
    laptop.get_by_role("button", name="Hand in").click()
    laptop.get_by_text("Handed in ✓").wait_for()
    projector.get_by_text("2 of 2 handed in").wait_for()
    can_be_read(projector)
    projector.get_by_role("button", name="Resolve round 1").click()

    phone.get_by_text("Round 2: what will you do?").wait_for()
    phone.get_by_text("Survey: ").first.wait_for()
    assert phone.evaluate(BOTTOM, "state") < SIZES["phone"]["height"]  # without scrolling
    laptop.get_by_text("unmet → stranger").wait_for()
    projector.get_by_text("After round 1").wait_for()
    can_be_read(phone, laptop, projector)
    for page in (phone, projector):
        assert barriers(page) == {}

    phone.reload()  # a phone that comes back is where it was
    phone.get_by_text("Round 2: what will you do?").wait_for()
    phone.locator("summary", has_text="Reach people").get_by_text("5 hours").wait_for()
    for page in (phone, laptop):
        page.get_by_role("button", name="Hand in").click()
        page.get_by_text("Handed in ✓").wait_for()
    projector.get_by_text("2 of 2 handed in").wait_for()
    projector.get_by_role("button", name="Resolve round 2").click()
    projector.get_by_role("heading", level=1).get_by_text("The year is over").wait_for()
    phone.get_by_text("the year is over", exact=True).wait_for()
    projector.get_by_role("button", name="Next").click()
    projector.get_by_role("img", name=re.compile("Cash by round")).wait_for()
    for title in ("What other plans", "The best plan in each seat", "What nobody knew"):
        projector.get_by_role("button", name="Next").click()
        projector.get_by_role("heading", name=title).wait_for()
    phone.get_by_text("Other decisions in your seat").wait_for()
    phone.get_by_text("Your predictions").wait_for()
    laptop.get_by_text("Other decisions in your seat").wait_for()
    can_be_read(phone, laptop, projector)
    for page in (phone, projector):
        assert barriers(page) == {}
    assert phone.get_by_role("button", name="Hand in").count() == 0
