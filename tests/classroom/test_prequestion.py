"""The first minute of a lesson: a guess, and what came only after it."""

import pathlib
import re

import pytest
from matplotlib import pyplot as plt

from frontporch.classroom import Choice, Slider, icon_array
from frontporch.classroom.copying import copies, sources
from frontporch.classroom.course_package import course
from frontporch.classroom.prequestion import Asked, Prequestion
from frontporch.look.contrast import contrast_ratio

LESSONS = pathlib.Path(__file__).parents[2] / "lessons"
HUNDRED = Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 people")
DOLLARS = Slider("guess", "your guess", 0, 5_000, 100, 1_000, unit="dollars")
AB = Choice("guess", "your guess", ["A", "B"], "A")


def asked(control, came, pictures=None):
    return Prequestion("How many? Guess.", control, lambda: came, "So few.", pictures or {})


def two_pictures():
    def draw(height):
        _, ax = plt.subplots()
        ax.plot([0, 1], [0, height], label="one")
        ax.set(xlabel="weeks", ylabel="people")
        return ax

    return {name: lambda height=height: draw(height) for name, height in (("A", 1), ("B", 2))}


def test_what_came_is_told_after_the_button_alone(screen):
    desk = Asked(asked(HUNDRED, 6.7))
    desk.show()
    page, box, _ = screen.shown
    assert "your guess: 50 of 100 people" in page.html and "what came" not in page.html
    assert "7" not in re.sub(r"<[^>]*>", "", page.html) and desk.parts["said"].value == ""
    desk.parts["guess"].value = 30
    assert "your guess: 30 of 100 people" in screen.updates[-1].html
    assert "what came" not in screen.updates[-1].html
    desk.parts["button"].click()
    assert "what came: 7 of 100 people" in screen.updates[-1].html
    said = desk.parts["said"].value
    assert "You guessed 30 of 100 people. It was 7. So few." in said and 'role="status"' in said
    desk.parts["guess"].value = 10  # whoever moves on guesses anew
    assert desk.parts["said"].value == "" and "what came" not in screen.updates[-1].html
    assert desk.parts["guess"] in box.children and desk.parts["button"] in box.children


def test_a_choice_is_one_click_beside_its_pictures(screen):
    desk = Asked(asked(AB, "B", two_pictures()))
    desk.show()
    assert screen.shown[0].html.count("<img") == 2 and plt.get_fignums() == []
    desk.parts["A"].click()
    assert "You chose A. It is B. So few." in desk.parts["said"].value
    desk.parts["B"].click()
    assert "B is right. So few." in desk.parts["said"].value


def test_what_goes_wrong_is_said(screen):
    def fails():
        raise ValueError("no <counts>")

    desk = Asked(Prequestion("How many?", HUNDRED, fails, ""))
    desk.show()
    desk.parts["button"].click()
    assert "no &lt;counts&gt;" in desk.parts["said"].value
    assert 'role="alert"' in desk.parts["said"].value


@pytest.mark.parametrize("guess", [0, 37, 100])
def test_as_many_dots_have_a_rim_and_are_filled_as_the_words_say(guess):
    page = icon_array.drawn(HUNDRED, guess, 7).partition("</svg>")[0]
    assert page.count(f'stroke="{icon_array.DARK}"') == guess
    assert page.count('fill="none"') == 93
    assert f"your guess: {guess} of 100 people; what came: 7 of 100 people" in page


def test_another_range_is_a_bar_as_long_as_its_share():
    page = icon_array.drawn(DOLLARS, 1_000, 5_000)
    track, guess, came = (float(one) for one in re.findall(r'<rect [^>]*? width="([\d.]+)"', page))
    assert came == track and guess == pytest.approx(track / 5, abs=0.1)
    assert asked(DOLLARS, 3_440).told(1_000) == "You guessed 1,000 dollars. It was 3,400. So few."


def test_lines_stand_out_from_white():
    assert min(map(contrast_ratio, (icon_array.DARK, icon_array.FAINT))) >= 3


def test_a_question_has_three_sentences_at_most():
    with pytest.raises(ValueError, match="4 sentences"):
        Prequestion("One. Two. Three? Four.", HUNDRED, lambda: 1, "")


def with_a_first_guess():
    """The lessons that begin with a guess, by number."""
    found = {number: course().part(number, "experiments") for number in course().numbers()}
    return {number: one for number, one in found.items() if hasattr(one, "first_guess")}


@pytest.mark.parametrize("number", with_a_first_guess())
def test_a_lesson_begins_with_its_guess_before_any_long_text(number):
    cells = copies.read(sources.sources(LESSONS)[str(number)]).cells
    first = next(k for k, cell in enumerate(cells) if cell.cell_type == "code")
    assert "experiments.first_guess()" in cells[first].source
    for text in (cells[k].source for k in range(first)):
        for paragraph in text.split("\n\n"):
            assert len(re.findall(r"[.?!:](?:\s|$)", paragraph)) <= 3, paragraph
    guess = with_a_first_guess()[number].first_guess()
    said = guess.told(guess.control.value)
    assert str(guess.answer) and guess.meaning in said
    assert len(guess.meaning.split()) <= 40
