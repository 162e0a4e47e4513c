"""The first minute of a lesson: a guess before anything is taught, and what came.

Source: Carpenter & Toftness (2017), Journal of Applied Research in Memory and Cognition 6:104-109:
questions asked before a text or video raise what is remembered of it, wrong guesses too.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..groups import needs
from ..rounding import as_given
from . import icon_array, spoken_names
from .button import button
from .controls import Choice, Slider
from .shown import READ, Shown, with_code, worked_out

BUTTON = "Show me"


@dataclass(frozen=True)
class Prequestion:
    """A question that is guessed before the lesson: one thing to move or click, and a surprise.

    Nothing is recorded. It is shown where it is the last line of a cell.

    Parameters
    ----------
    question : str
        What is asked, in at most three sentences.
    control : Slider or Choice
        How it is guessed. A slider from 0 to 100 is drawn as a hundred dots, any other as a bar;
        it begins at its `value`. A choice has one button an option: the `value` is not used.
    came : callable
        Takes nothing and gives what came, from the data or a simulation: a number on the slider,
        or one of the options.
    meaning : str
        What it means, in one or two sentences; read after the guess only.
    pictures : mapping of str to callable, optional
        For a choice: by option, what draws its picture (matplotlib axes). Nothing in a picture
        may say which is which.

    Raises
    ------
    ValueError
        If the question is longer than three sentences.

    Examples
    --------
    >>> asked = Prequestion(
    ...     "Of 100 strangers, how many answer?",
    ...     Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 strangers"),
    ...     came=lambda: 47.2,
    ...     meaning="Fewer than half.",
    ... )
    >>> print(asked.told(80))
    You guessed 80 of 100 strangers. It was 47. Fewer than half.
    """

    question: str
    control: Slider | Choice
    came: Callable[[], Any]
    meaning: str
    pictures: Mapping[str, Callable[[], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check the length of the question."""
        count = sum(self.question.count(mark) for mark in (". ", "? ", "! ")) + 1
        if count > 3:
            raise ValueError(f"the question has {count} sentences; it may have three at most.")

    @property
    def answer(self) -> Any:
        """What came, as the control says it: the nearest place of the slider, or the option."""
        came = self.came()
        if isinstance(self.control, Choice):
            return self.control.place(came)
        places = [place for _, place in self.control.options]
        return min(places, key=lambda place: abs(place - came))

    def told(self, guess: Any) -> str:
        """Say what was guessed, what came, and what that means."""
        came = self.answer
        if isinstance(self.control, Choice):
            said = f"{guess} is right." if guess == came else f"You chose {guess}. It is {came}."
        else:
            said = f"You guessed {as_given(guess, thousands=True)} {self.control.unit}".rstrip()
            said += f". It was {as_given(came, thousands=True)}."
        return f"{said} {self.meaning}".rstrip()

    def __repr__(self) -> str:
        """The question alone: what came is not told before a guess."""
        return self.question.replace("**", "")

    def _ipython_display_(self) -> None:
        """Show the question with its picture, and below it what is moved or clicked."""
        Asked(self).show()


class Asked:
    """A question on the screen; `show` shows it.

    Parameters
    ----------
    asked : Prequestion
        What is asked.
    """

    def __init__(self, asked: Prequestion) -> None:
        with needs("A question"):
            import ipywidgets

        self.asked, self.parts = asked, {"said": ipywidgets.HTML()}
        self._shown: Any = None
        control = asked.control
        if isinstance(control, Choice):
            for one in control.options:
                self.parts[one] = button(
                    self.parts, one, f"I choose {one}", lambda one=one: self.say(one)
                )
            row = ipywidgets.HBox(
                [self.parts[one] for one in control.options], layout={"flex_flow": "row wrap"}
            )
            self.box = ipywidgets.VBox([row, self.parts["said"]])
        else:
            slider = self.parts["guess"] = control.widget()
            slider.observe(self._moved, "value")
            press = button(
                self.parts, BUTTON, "Show what came", self.reveal, "primary", takes=[slider]
            )
            self.parts["button"] = press
            said, seen = self.parts["said"], self.parts["as seen"]
            self.box = ipywidgets.VBox([slider, press, said, seen])

    def show(self) -> None:
        """Show the question, its picture and the controls."""
        with needs("A question"):
            from IPython.display import display

        self._shown = display(self._page(), display_id=True)
        spoken_names.show(self.box)

    def reveal(self) -> None:
        """Say what came, and draw it beside the guess."""
        guess = self.parts["guess"].value
        self._update(self.asked.answer)
        self.say(guess)

    def say(self, guess: Any) -> None:
        """Say what came after a guess."""
        told = html.escape(self.asked.told(guess))
        self.parts["said"].value = f'<div role="status" style="{READ}">{told}</div>'

    def _moved(self, _change: Any) -> None:
        self.parts["said"].value = ""
        self._update()

    def _update(self, came: float | None = None) -> None:
        if self._shown is not None:
            self._shown.update(self._page(came))

    def _page(self, came: float | None = None) -> Shown:
        """Give the question and the picture below it."""
        asked = self.asked
        told = f'<p style="font-size:1.2em">{_bold(with_code(asked.question))}</p>'
        text = [repr(asked)]
        if isinstance(asked.control, Slider):
            guess = self.parts["guess"].value
            told += icon_array.drawn(asked.control, guess, came)
            return Shown(told, "\n".join([*text, icon_array.words(asked.control, guess, came)]))
        figures = []
        for name, draw in asked.pictures.items():
            made = worked_out(draw)
            # A picture is as wide as its figure: two beside each other, one below the other on a
            # phone.
            page = made.html("width:100%") if callable(made.html) else made.html
            figures.append(
                '<figure style="flex:1 1 17em;min-width:0;max-width:30em;margin:0 1em 0 0">'
                f"<figcaption><b>{html.escape(name)}</b></figcaption>{page}</figure>"
            )
            text.append(f"{name}: {made!r}")
        row = f'<div style="display:flex;flex-wrap:wrap">{"".join(figures)}</div>'
        return Shown(told + (row if figures else ""), "\n".join(text))


def _bold(page: str) -> str:
    first, *rest = page.split("**")
    return first + "".join(f"<b>{part}</b>" if k % 2 == 0 else part for k, part in enumerate(rest))
