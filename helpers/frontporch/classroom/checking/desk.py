"""An exercise on the page: the question, a place for the answer, and what is tried to find it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...groups import needs
from .. import keys, spoken_names
from ..controls import LABEL, Panel
from ..on_page import on_page
from ..record.entry import Entry, RecordError
from ..shown import Shown, alert, with_code
from . import answers, teams
from .checks import Verdict, find, judged
from .exercise import Exercise, Posed
from .experiment import Experiment
from .mix_ups import choices, read


class ExerciseDesk:
    """An exercise with its controls; made by `exercise`.

    Parameters
    ----------
    asked : Exercise
        What is asked.
    """

    def __init__(self, asked: Exercise) -> None:
        with needs("An exercise"):
            import ipywidgets

        self.exercise = asked
        self.team = teams.current()
        self.posed: Posed = asked.posed(self.team.name)
        self.inputs = self._inputs()
        self.check_button = self._button("Check", "Check my answer to", style="primary")
        self._as_seen = keys.takes_all(self.check_button, self.inputs, self.check)
        keys.on_enter(self.check_button)
        self.hint_button = self._button("Hint", "A hint for", self.hint)
        self.solution_button = self._button("Solution", "The solution of", self.solution)
        self.said = ipywidgets.HTML()
        self.helped = ipywidgets.HTML()
        self.tried = _Tried(asked.experiment, self) if asked.experiment else None
        self._question: Any = None
        self._tried_here = False
        self._restore()
        teams.on_change(self.follow)

    @property
    def typed(self) -> str | tuple[str, ...]:
        """What stands in the box, or is chosen; nothing where nothing is."""
        if not self._chosen:
            return str(self.inputs[0].value)
        return tuple(one.value or "" for one in self.inputs)

    def check(self) -> Verdict | None:
        """Judge and record what was typed or chosen; what is wrong is said below the buttons."""
        if teams.current() != self.team:
            self.follow()
            self._say("The team is another one now, and so are the numbers. Look, and check again.")
            return None
        given, problem = read(self.posed, self.typed)
        if given is None:
            self._say(problem)
            return None
        self._tried_here = True
        typed = self.typed if isinstance(self.typed, str) else ", ".join(self.typed)
        try:
            verdict = answers.recorded(self.posed, self.team, given, typed)
        except (RecordError, OSError) as error:
            verdict = judged(self.posed, given)
            self.said.value = _told(verdict) + alert(f"It is not recorded: {error}")
            return verdict
        self.said.value = _told(verdict) + _count(len(self._tries()))
        return verdict

    def hint(self) -> None:
        """Show the hint."""
        answers.show_recorded("hint", self.posed, self.team)
        self._help("Hint", self.posed.hint)

    def solution(self) -> None:
        """Show the solution, after a try."""
        try:
            tried = bool(self._tries())
        except (RecordError, OSError):
            tried = self._tried_here
        if not tried:
            self._help("Solution", "Try first: give an answer and press Check.")
            return
        answers.show_recorded("solution", self.posed, self.team)
        self._help("Solution", self.posed.solution)

    def follow(self) -> None:
        """Ask with the numbers of the team that is named now."""
        now = teams.current()
        before, self.team = self.posed, now
        self.posed = self.exercise.posed(now.name)
        if self._question is not None:
            self._question.update(self.asked())
        if before.numbers != self.posed.numbers:
            self.helped.value = ""
            if self.tried:
                self.tried.panel.draw_again()
        self._restore()

    def asked(self) -> Shown:
        """Give the question as a page without a kernel can show it."""
        whose = (
            f"The numbers are those of team {self.team.name}."
            if self.team.name
            else "These are the class's numbers. With your team's name you get your own."
        )
        differs = any(len(one) > 1 for one in self.exercise.options.values())
        small = [_choices(self.exercise.choices)] if self.exercise.choices else []
        small += [whose] if differs else []
        return Shown(
            f'<p style="font-size:1.05em"><strong>{self.exercise.id}</strong> '
            f"{with_code(self.posed.question)}</p>"
            + "".join(f'<p style="font-size:.9em">{html.escape(one)}</p>' for one in small),
            "\n".join([f"{self.exercise.id} {self.posed.question}", *small]),
        )

    def _ipython_display_(self) -> None:
        """Show the question, the place for the answer, and below it what is tried."""
        with needs("An exercise"):
            import ipywidgets
            from IPython.display import display

        self._question = display(self.asked(), display_id=True)
        row = {"flex_flow": "row wrap", "max_width": "100%"}
        unit = self.exercise.unit if not self._chosen else ""
        place = ipywidgets.HBox([*self.inputs, ipywidgets.Label(unit)], layout=row)
        if self._chosen:
            place = ipywidgets.VBox(self.inputs)
        buttons = ipywidgets.HBox(
            [self.check_button, self.hint_button, self.solution_button], layout=row
        )
        spoken_names.show(ipywidgets.VBox([place, buttons, self.said, self.helped, self._as_seen]))
        if self.tried:
            self.tried.show()

    @property
    def _chosen(self) -> bool:
        return bool(self.exercise.choices) or not isinstance(self.posed.answer, float | int)

    def _inputs(self) -> list[Any]:
        """Make the box, or a row of buttons for each choice."""
        with needs("An exercise"):
            import ipywidgets

        if not self._chosen:
            box = ipywidgets.Text(
                description="your answer",
                tooltip=f"your answer to {self.exercise.id}, {self.exercise.unit}".rstrip(", "),
                style=LABEL,
                layout={"width": "22em", "max_width": "100%"},
                continuous_update=False,  # letters that come late would miss the check
            )
            return [box]
        return [
            ipywidgets.RadioButtons(
                options=list(names),
                value=None,
                description=label,
                tooltip=f"{label}, {self.exercise.id}",
                orientation="horizontal" if sum(map(len, names)) < 40 else "vertical",
                style=LABEL,
                layout={"width": "auto", "max_width": "100%"},
            )
            for label, names in choices(self.posed).items()
        ]

    def _button(
        self, text: str, tip: str, done: Callable[[], Any] | None = None, style: str = ""
    ) -> Any:
        with needs("An exercise"):
            import ipywidgets

        button = ipywidgets.Button(
            description=text,
            tooltip=f"{tip} {self.exercise.id}",
            button_style=style,
            layout={"width": "auto"},
        )
        if done:
            button.on_click(lambda _button: done())
        return button

    def _restore(self) -> None:
        """Put what is recorded into the controls, with its verdict."""
        try:
            before = self._tries()
        except (RecordError, OSError) as error:
            self.said.value = alert(error)
            return
        for one in self.inputs:
            one.value = None if self._chosen else ""
        self.said.value = "No answer is recorded yet."
        if not before:
            return
        last = before[-1]
        if self._chosen:
            self._choose(last)
        else:
            self.inputs[0].value = str(last.details.get("typed", last.value))
        given, problem = read(self.posed, last.value)
        if given is not None and not problem:
            verdict = answers.with_earlier(self.posed, judged(self.posed, given), before[:-1])
            self.said.value = _told(verdict) + _count(len(before))

    def _choose(self, last: Entry) -> None:
        parts = last.value if isinstance(last.value, tuple) else (last.value,)
        for one, name in zip(self.inputs, parts, strict=False):
            if name in one.options:
                one.value = name

    def _tries(self) -> list[Entry]:
        return answers.tries(self.posed, self.team)

    def _say(self, text: str) -> None:
        self.said.value = f'<p role="alert">{with_code(text)}</p>'

    def _help(self, title: str, text: str) -> None:
        self.helped.value = f'<p role="status"><strong>{title}.</strong> {with_code(text)}</p>'


class _Tried:
    """An experiment below its question: controls, what they show, and the code of it."""

    def __init__(self, experiment: Experiment, desk: ExerciseDesk) -> None:
        with needs("An experiment"):
            import ipywidgets

        self.experiment, self.desk = experiment, desk
        self.panel = Panel(
            lambda **settings: experiment.at(settings, desk.posed.numbers), experiment.controls
        )
        self.more = ipywidgets.ToggleButton(
            description="more: change it yourself",
            tooltip="Show the code, to change it yourself",
            layout={"width": "auto"},
        )
        self.code = ipywidgets.HTML()
        self.code.layout.display = "none"
        self.more.observe(lambda _change: self._unfold(), "value")
        for one in self.panel.widgets.values():
            one.observe(lambda _change: self._write(), "value")

    @property
    def typed(self) -> str:
        """The code that shows what the controls show."""
        try:
            return self.experiment.code.format(**{**self.desk.posed.numbers, **self.panel.values})
        except (KeyError, IndexError, ValueError):
            return self.experiment.code  # braces of its own

    def show(self) -> None:
        """Show the controls, what they show, and the code behind a button."""
        with needs("An experiment"):
            import ipywidgets

        if self.panel.widgets:
            self.panel.show_controls()
        self.panel.show_picture()
        if self.experiment.code and not on_page():
            left = {"align_items": "flex-start"}
            spoken_names.show(ipywidgets.VBox([self.more, self.code], layout=left))

    def _unfold(self) -> None:
        self.code.layout.display = None if self.more.value else "none"
        self._write()

    def _write(self) -> None:
        if self.more.value:
            how = "Copy this into a cell of your own, change it, and press Shift + Enter."
            self.code.value = f"<p>{how}</p><pre>{html.escape(self.typed)}</pre>"


def exercise(exercise_id: str) -> ExerciseDesk:
    """Show an exercise: its question, a place for the answer, and what is tried to find it.

    Parameters
    ----------
    exercise_id : str
        Lesson and number, such as "5.1".

    Returns
    -------
    ExerciseDesk
        Shown where it is the last line of a cell. Typed, an answer is
        ``classroom.answer("5.1", 40.8)``.

    Raises
    ------
    UnknownName
        If there is no such exercise; the message names the nearest.

    Examples
    --------
    >>> exercise("1.1").posed.exercise.id
    '1.1'
    """
    return ExerciseDesk(find(exercise_id))


def _choices(choices: Mapping[str, Sequence[str]]) -> str:
    """Say what can be chosen, for paper and for slides."""
    rows = {label: " or ".join(names) for label, names in choices.items()}
    if len(set(rows.values())) > 1:
        return "Choose " + "; ".join(f"{label}: {names}" for label, names in rows.items()) + "."
    names = next(iter(rows.values()))
    return f"Choose {names} for each: {', '.join(rows)}." if len(rows) > 1 else f"Choose {names}."


def _told(verdict: Verdict) -> str:
    """Show a verdict; where there is a button, a call to type is none of its business."""
    reason = re.sub(r"classroom\.hint\([^)]*\)", "press Hint", verdict.reason)
    return replace(verdict, reason=reason)._repr_html_()


def _count(tries: int) -> str:
    return f'<p style="font-size:.9em">Recorded: {tries} {"try" if tries == 1 else "tries"}.</p>'
