"""A result that waits behind a button until something was predicted."""

from __future__ import annotations

import html
import os
from collections.abc import Callable
from typing import Any

from ... import look
from ...groups import needs
from .. import spoken_names
from ..checking import teams
from ..course_package import course
from ..record import kept
from ..shown import Sentence, Shown, shown
from .overlay import lay_over
from .predictions import Prediction, on_record, own, prediction, tell

VARIABLE = "FRONTPORCH_RESULTS"
"""Set to "shown" where notebooks are made and compared: there every result is open."""


def result(question: str, draw: Callable[[], Any], title: str = "") -> Result:
    """Show a result once its prediction is recorded; yours is laid over it.

    Until then it waits behind a button. *Show it anyway* is one click, and is recorded. The last
    prediction before the result is shown counts.

    Parameters
    ----------
    question : str
        Which prediction, such as "1.curve".
    draw : callable
        Takes nothing, and gives the result: a picture (matplotlib axes), in shares from 0 to 1
        where the prediction is in per cent; or a table or text.
    title : str
        What a picture says, to stand above it; that of the question's outcome without it.

    Returns
    -------
    Result
        Shown where it is the last line of a cell; ``show()`` does what the button does.

    Examples
    --------
    >>> result("9.profit", lambda: "The page lost 1,600 dollars.")
    The result of 9.profit is behind a button: record your prediction first.
    """
    return Result(question, draw, title)


class Result:
    """A result and the buttons that show it; made by `result`."""

    def __init__(self, question: str, draw: Callable[[], Any], title: str = "") -> None:
        self.question, self.draw, self.title = str(question), draw, title
        self.buttons: dict[str, Any] = {}
        self._place: Any = None
        self._shown: tuple[Prediction | None, bool] | None = None
        on_record(self._follow)
        teams.on_change(self._follow)

    def show(self, *, anyway: bool = False) -> None:
        """Show the result, and record that it was shown.

        Parameters
        ----------
        anyway : bool
            Show it although nothing is recorded.
        """
        try:
            made, seen = self._state()
            if made is None and not seen and not anyway:
                self._say("Nothing is recorded yet. Record your prediction first.")
                return
            if not seen:
                team = teams.current().name or ""
                details = {} if made else {"anyway": True}
                kept.add("reveal", self.question, team=team, details=details)
        except (ValueError, OSError) as error:
            # An error that leaves a button's callback is seen by nobody.
            self._say(f"Not shown: {error}")
            return
        tell(self.question)  # this one, and other cells that show a part of the same result

    def __repr__(self) -> str:
        """Say whether it can be shown; the same on every run."""
        if are_open():
            return f"The result of {self.question}."
        made, seen = self._state()
        if seen:
            return f"The result of {self.question} was shown."
        if made:
            return f"The result of {self.question} is behind a button; you predicted {made.words}."
        return f"The result of {self.question} is behind a button: record your prediction first."

    def _ipython_display_(self) -> None:
        """Show the result, or what has to be done first and the button."""
        with needs("A result"):
            from IPython.display import display

        if are_open():
            display(self._drawn(_recorded(self.question)))
            return
        try:
            self._shown = self._state()
        except (ValueError, OSError) as error:
            display(Sentence(str(error)))
            return
        self._place = display(self._told(*self._shown), display_id=True)
        spoken_names.show(self._controls())
        self._dress(*self._shown)

    def _controls(self) -> Any:
        with needs("A result"):
            import ipywidgets

        self.buttons = {
            "show": ipywidgets.Button(
                description="Show the result",
                button_style="primary",
                tooltip=f"Show the result of {self.question}",
            ),
            "anyway": ipywidgets.Button(
                description="Show it anyway",
                tooltip=f"Show the result of {self.question} without a prediction",
            ),
        }
        self.buttons["show"].on_click(lambda _button: self.show())
        self.buttons["anyway"].on_click(lambda _button: self.show(anyway=True))
        return ipywidgets.HBox(list(self.buttons.values()), layout={"flex_flow": "row wrap"})

    def _dress(self, made: Prediction | None, seen: bool) -> None:
        """Offer the button that fits: none where the result is there."""
        if self.buttons:
            offered = "" if seen else "show" if made else "anyway"
            for name, button in self.buttons.items():
                button.layout.display = None if name == offered else "none"

    def _follow(self, question: str = "") -> None:
        """Bring what is seen to what is recorded now: a prediction, a reveal, another team."""
        if self._place is None or are_open() or question not in ("", self.question):
            return
        try:
            now = self._state()
        except (ValueError, OSError):
            return  # said where the button is pressed
        if now != self._shown:
            self._shown = now
            self._dress(*now)
            if now[1]:
                self._say("Drawing …")
            self._place.update(self._told(*now))

    def _state(self) -> tuple[Prediction | None, bool]:
        """The prediction that counts, and whether the result was shown."""
        seen = any((one.kind, one.about) == ("reveal", self.question) for one in own())
        return prediction(self.question), seen

    def _say(self, words: str) -> None:
        if self._place is not None:
            self._place.update(_sentence(words))
        else:
            print(words)

    def _told(self, made: Prediction | None, seen: bool) -> Any:
        """What stands above the buttons, or the result in their place."""
        if not seen:
            if made is None:
                return _sentence("The result comes after your prediction. Record it first.")
            return _sentence(f"Recorded: {made.words}. Now look at the result.")
        try:
            drawn = self._drawn(made)
        except Exception as error:
            return Sentence(f"This cannot be drawn: {error}")
        words = f"You predicted {made.words}." if made else ""
        return _sentence(words, drawn)

    def _drawn(self, made: Prediction | None) -> Any:
        """What `draw` gives, with the prediction laid over a picture."""
        from matplotlib import pyplot as plt

        before = plt.get_fignums()
        try:
            with look.style():
                found = self.draw()
            if not hasattr(found, "get_figure"):
                return shown(found)
            if made is not None and made.kind != "choice":
                lay_over(found, self.question)
            return look.drawn(found, title=self.title or _message(self.question))
        finally:
            # What the function began and did not hand over would show up below the cell.
            for number in set(plt.get_fignums()) - set(before):
                plt.close(number)


def _sentence(words: str, below: Any = None) -> Shown:
    """A sentence, and what is shown below it."""
    told = f'<p role="status">{html.escape(words)}</p>' if words else ""
    if below is None:
        return Shown(told, words)
    text = "\n".join(filter(None, (words, repr(below))))
    return Shown(told + below._repr_mimebundle_()["text/html"], text)


def _message(question: str) -> str:
    """What came out, for the title of a picture; empty for a question without an outcome."""
    known = course().outcomes().get(question)
    return known.title if known else ""


def _recorded(question: str) -> Prediction | None:
    """The prediction, where results are open: there need not be a record at all."""
    try:
        return prediction(question)
    except (ValueError, OSError):
        return None


def are_open() -> bool:
    """Tell whether every result is open, as where notebooks are made and compared."""
    return os.environ.get(VARIABLE, "").strip() == "shown"
