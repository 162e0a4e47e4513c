"""A spread that plays: every step drawn once, those to come ahead, errors in words."""

import asyncio

import pytest
from matplotlib import pyplot as plt

from frontporch import classroom, community, look
from frontporch.look.display import Picture

TOWN = community.block_model([20, 20], seed=7)
COURSE = community.trace(TOWN, [0], community.independent_cascade(0.5), seed=7)


class Drawn:
    """A function of the step that counts its calls."""

    __name__ = "crowd"

    def __init__(self):
        self.calls = []

    def __call__(self, step):
        self.calls.append(step)
        _, ax = plt.subplots()
        ax.plot([0, 1], [0, step], label="crowd")
        ax.set(xlabel="weeks", ylabel="people")
        if step == 3:
            raise ValueError("nobody is left")
        return ax


def test_the_first_picture_stands_by_itself_and_the_slider_shows_each_step(screen):
    player = classroom.play(COURSE, TOWN, names=["Market", "Harbour"])
    assert player.steps == COURSE["step"].max()
    player._ipython_display_()
    picture, box, script, buttons = screen.shown
    assert isinstance(picture, Picture) and picture.text.startswith("Step 0: 1 of 40")
    assert box.children[0].children == (player.button, player.slider)
    assert "fa-play" in buttons.data
    assert "aria-label" in script.data and screen.updates == []
    player.slider.value = 2
    assert screen.updates[-1].text.startswith("Step 2: ") and "Market" in screen.updates[-1].text
    assert player.typed == "community.plot_spread_at(course, town, 2)"
    assert "plot_spread_at(course, town, 2)" in player.said.value
    same = look.drawn(eval(player.typed, {"community": community, "course": COURSE, "town": TOWN}))
    assert same.text.startswith("Step 2: ")


def test_the_play_button_moves_the_slider_in_the_browser():
    player = classroom.play(COURSE, TOWN, pause=300)
    assert player._link.source == (player.button, "value")
    assert player._link.target == (player.slider, "index")
    assert (player.button.min, player.button.max) == (0, player.steps)
    assert player.button.interval == 300
    assert [one for _, one in player.slider.options] == list(range(player.steps + 1))


def test_a_step_is_drawn_once(screen):
    drawn = Drawn()
    player = classroom.play(drawn, steps=2)
    player._ipython_display_()
    for step in (1, 2, 1, 0, 2):
        player.step = step
    assert drawn.calls == [0, 1, 2] and len(screen.updates) == 5
    assert player.typed == "crowd(2)"
    player.draw_ahead()
    assert drawn.calls == [0, 1, 2]


@pytest.mark.parametrize("move", [True, False])
def test_steps_to_come_are_drawn_while_one_is_looked_at(screen, move):
    drawn = Drawn()
    player = classroom.play(drawn, steps=6)

    async def looked_at():
        player._ipython_display_()
        assert drawn.calls == [0]
        if move:
            player.step = 4
        for _ in range(1_000):
            await asyncio.sleep(0.01)
            if len(drawn.calls) == 7:
                break

    asyncio.run(looked_at())
    assert sorted(drawn.calls) == list(range(7))
    assert drawn.calls[:3] == ([0, 4, 5] if move else [0, 1, 2])
    assert len(screen.updates) == move


def test_an_error_in_the_function_becomes_a_sentence(screen):
    player = classroom.play(Drawn(), steps=4)
    player._ipython_display_()
    player.step = 3
    assert repr(screen.updates[-1]) == "This cannot be shown: nobody is left"


def test_what_cannot_be_played_is_an_error():
    with pytest.raises(TypeError, match="a trace needs its community"):
        classroom.play(COURSE)
    with pytest.raises(TypeError, match="give neither a community"):
        classroom.play(Drawn(), TOWN, steps=3)
    with pytest.raises(TypeError, match="give steps=12"):
        classroom.play(Drawn())
    with pytest.raises(ValueError, match="other people"):
        classroom.play(COURSE, community.ring(10, 2))
    for steps in (0, 201, True):
        with pytest.raises(ValueError, match=f"steps is {steps}, but"):
            classroom.play(Drawn(), steps=steps)
    with pytest.raises(ValueError, match="pause is 10, but"):
        classroom.play(COURSE, TOWN, pause=10)
    player = classroom.play(COURSE, TOWN)
    for step in (-1, player.steps + 1, True):
        with pytest.raises(ValueError, match=f"step is {step}, but"):
            player.step = step


def test_a_spread_that_ends_at_once_still_has_two_places():
    alone = community.from_arrays([], [], people=3)
    course = community.trace(alone, [0], community.independent_cascade(0.5), seed=7)
    assert classroom.play(course, alone).steps == 1
