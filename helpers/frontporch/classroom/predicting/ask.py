"""Controls that record a prediction."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Any

from ...groups import needs
from ...rounding import as_given, decimal
from .. import keys, spoken_names
from ..checking import teams
from ..controls import LABEL, WIDE
from ..settling import later
from ..shown import alert
from .commitment import checked
from .guess_picture import Guess
from .predictions import Prediction, on_record, predict, prediction

SOON = 0.05
"""Seconds from a slider's move to the picture of it."""
UNSET = ""
"""Where a slider stands that nobody has moved: nothing is recorded of it."""


class Ask:
    """Controls for one prediction and the button that records it.

    Parameters
    ----------
    question : str
        Which question.
    inputs : list of ipywidgets.Widget
        What is set by hand.
    value : callable
        Gives the value from the inputs; says in a `ValueError` what is not set yet.
    certainty : ipywidgets.Widget, optional
        Where it is set how sure somebody is.
    how_sure : callable, optional
        Gives `sure` or `between` from the controls; nothing where nothing is said.
    put : callable, optional
        Puts a prediction, or None, into the controls.
    guess : callable, optional
        Gives what is drawn from where the controls stand.
    keywords : dict
        Handed on to `predict`.
    """

    def __init__(
        self,
        question: str,
        inputs: Sequence[Any],
        value: Callable[[], Any],
        *,
        certainty: Any = None,
        how_sure: Callable[[], dict[str, Any]] = dict,
        put: Callable[[Prediction | None], None] | None = None,
        guess: Callable[[], Guess] | None = None,
        **keywords: Any,
    ) -> None:
        with needs("A question"):
            import ipywidgets

        self.question, self.inputs, self.certainty = str(question), list(inputs), certainty
        self._value, self._how_sure, self._put = value, how_sure, put
        self._guess, self._keywords = guess, keywords
        self._seen = self._waiting = False
        self.because = ipywidgets.Text(
            description="why, in one line", continuous_update=False, **WIDE
        )
        self.button = ipywidgets.Button(
            description="Record", button_style="primary", tooltip=f"Record prediction {question}"
        )
        self.said = ipywidgets.HTML()
        self.picture = ipywidgets.HTML()
        certain = [] if certainty is None else [certainty]
        self._as_seen = keys.takes_all(
            self.button, [*self.inputs, *certain, self.because], self.record
        )
        keys.on_enter(self.button)
        self._follow()
        if guess:
            for one in [*self.inputs, *certain]:
                one.observe(self._moved, "value")
        on_record(self._follow)
        teams.on_change(self._follow)

    def record(self) -> Prediction | None:
        """Record what the controls show; what does not fit is said below the button."""
        try:
            made = predict(
                self.question,
                self._value(),
                because=self.because.value,
                **self._how_sure(),
                **self._keywords,
            )
            counts = prediction(self.question)
        except (ValueError, OSError) as error:
            # An error that leaves a button's callback is seen by nobody.
            self.said.value = alert(f"Not recorded: {error}")
            return None
        self.said.value = _said(made)
        if counts != made:
            self.said.value = _said(
                made, " The result was shown before: the prediction before it counts."
            )
        return made

    def _restore(self, made: Prediction | None) -> None:
        """Put what is recorded into the controls."""
        if self._put:
            self._put(made)
        self.because.value = made.because if made else ""
        self.said.value = _said(made)

    def _follow(self, question: str | None = None) -> None:
        """Show what another cell recorded for this question, or what another team did."""
        if question not in (None, self.question):
            return
        try:
            made = prediction(self.question)
        except (ValueError, OSError) as error:
            self.said.value = alert(error)
            return
        self._restore(made)

    def _moved(self, _change: Any) -> None:
        """Draw soon: while a kernel draws, a browser keeps back where the sliders stand now."""
        if self._seen and not self._waiting:
            self._waiting = True
            later(self._draw, SOON)

    def _draw(self) -> None:
        self._waiting = False
        if self._guess:
            self.picture.value = self._guess().image

    def _ipython_display_(self) -> None:
        """Show the controls."""
        with needs("A question"):
            import ipywidgets

        self._draw()
        self._seen = True
        shown = [self.picture] if self._guess else []
        certainty = [] if self.certainty is None else [self.certainty]
        below = [self.because, self.button, self.said, self._as_seen]
        spoken_names.show(ipywidgets.VBox([*shown, *self.inputs, *certainty, *below]))


def predict_curve(
    question: str,
    labels: Sequence[str],
    *,
    at: Sequence[float],
    unit: str = "%",
    highest: float = 100.0,
    rising: bool = True,
) -> Ask:
    """Ask for a curve: one slider a date, how sure, a reason, and a button that records them.

    The curve is drawn while the sliders move. Each slider has to be moved once: nothing is
    recorded of one that nobody touched. How sure is one more slider: the truth lies, 80 per cent
    sure, within so much of each height. Where it is left alone nothing is recorded of it.

    Parameters
    ----------
    question : str
        Which question.
    labels : sequence of str
        What each slider is called.
    at : sequence of float
        The dates, as many as labels.
    unit : str
        Unit of the heights.
    highest : float
        Upper end of the sliders.
    rising : bool
        Whether the curve may not fall.

    Returns
    -------
    Ask
        Shown where it is the last line of a cell; ``ask.record()`` does what the button
        does. Typed, it is
        ``predict(question, [...], at=[...], unit=unit)``.

    Raises
    ------
    ValueError
        If there are not as many labels as dates.
    """
    if len(labels) != len(at):
        raise ValueError(f"{len(labels)} labels for {len(at)} dates: give one each.")
    names = list(labels)
    sliders = [_slider(name, 0, highest, 1, unit) for name in names]
    points = "points" if unit == "%" else unit
    steps = [round(k * highest / 40, 10) for k in range(1, 21)]
    within = [
        ("not said", 0.0),
        *((f"± {as_given(step)} {points}".strip(), step) for step in steps),
    ]
    width = _said_or_not("80 % sure: within", within)

    def ends(heights: Sequence[float]) -> tuple[list[float], list[float]]:
        low = [max(one - width.value, 0.0) for one in heights]
        return low, [min(one + width.value, highest) for one in heights]

    def value() -> list[float]:
        heights = _moved(sliders)
        checked(heights, at, unit, rising)
        return heights

    def put(made: Prediction | None) -> None:
        fits = made is not None and made.kind == "curve" and made.at == tuple(at)
        heights: Any = made.value if made and fits else [UNSET] * len(sliders)
        for slider, height in zip(sliders, heights, strict=True):
            _set(slider, height)
        width.value = _half(made, [step for _, step in within]) if made and fits else 0.0

    def guess() -> Guess:
        heights = [None if one.value == UNSET else one.value for one in sliders]
        return Guess(names, heights, width.value, highest, unit)

    return Ask(
        question,
        sliders,
        value,
        certainty=width,
        how_sure=lambda: {"between": ends(_moved(sliders))} if width.value else {},
        put=put,
        guess=guess,
        at=list(at),
        unit=unit,
    )


def predict_number(
    question: str,
    low: float,
    high: float,
    *,
    step: float = 1.0,
    unit: str = "",
    label: str = "your prediction",
) -> Ask:
    """Ask for a number with a slider from low to high; otherwise as `predict_curve`.

    A second slider has two handles: the range in which the truth lies, 80 per cent sure. Where
    it is left at its full width nothing is recorded of it.
    """
    with needs("A question"):
        import ipywidgets

    slider = _slider(label, low, high, step, unit)
    places = [place for _, place in slider.options[1:]]
    ends = (places[0], places[-1])
    both = ipywidgets.SelectionRangeSlider(
        # Both ends stand in one narrow field: with a long unit they would be cut off. The spaces
        # keep the dash between them apart from a minus.
        options=[(f" {as_given(place)} ", place) for place in places],
        value=ends,
        description="80 % sure: between",
        tooltip=f"range in which the truth lies{f', {unit}' if unit else ''}, 80 % sure; "
        "full width: not said",
        **WIDE,
    )

    def put(made: Prediction | None) -> None:
        fits = made is not None and made.kind == "number"
        _set(slider, made.value if made and fits else UNSET)
        said: Any = (made.low, made.high) if made and fits and made.low is not None else ends
        both.value = tuple(_nearest(end, places) for end in said)

    return Ask(
        question,
        [slider],
        lambda: _moved([slider])[0],
        certainty=both,
        how_sure=lambda: {} if both.value == ends else {"between": both.value},
        put=put,
        unit=unit,
    )


def predict_choice(
    question: str,
    choices: Sequence[str],
    *,
    label: str = "your prediction",
) -> Ask:
    """Ask for one of several choices, and how sure; otherwise as `predict_curve`.

    How sure goes from a mere guess, 100 per cent shared among the choices, to 100 per cent.
    """
    with needs("A question"):
        import ipywidgets

    buttons = ipywidgets.RadioButtons(
        options=list(choices),
        value=None,
        description=label,
        style=LABEL,
        layout={"width": "auto", "max_width": "100%"},
    )
    guess = 100 / len(choices)
    steps = [guess, *(float(step) for step in range(5, 101, 5) if step > guess)]
    sure = _said_or_not(
        "how sure", [("not said", 0.0), *((f"{decimal(step)} %", step) for step in steps)]
    )

    def value() -> str:
        if buttons.value is None:
            raise ValueError("choose one first.")
        return str(buttons.value)

    def put(made: Prediction | None) -> None:
        buttons.value = made.value if made and made.value in choices else None
        said = made.sure if made and buttons.value and made.sure else 0.0
        sure.value = _nearest(said, [0.0, *steps])

    return Ask(
        question,
        [buttons],
        value,
        certainty=sure,
        how_sure=lambda: {"sure": sure.value or None},
        put=put,
        choices=list(choices),
    )


def _slider(label: str, low: float, high: float, step: float, unit: str) -> Any:
    """Make a slider that stands at no number until it is moved."""
    from ..controls import Slider

    made = Slider("value", label, low, high, step, low, unit).widget()
    made.options = [("not set", UNSET), *made.options]
    made.value = UNSET
    return made


def _set(slider: Any, value: Any) -> None:
    """Put a slider at a value; one that was typed and is not on a step becomes a place of its own.

    One beyond its ends cannot be shown: the slider then stands at none.
    """
    places = [place for _, place in slider.options[1:]]
    if value not in ("", *places):
        if not places[0] <= value <= places[-1]:
            value = UNSET
        else:
            unit = slider.options[1][0].partition(" ")[1:]
            options = [*slider.options[1:], (as_given(value) + "".join(unit), value)]
            slider.options = [slider.options[0], *sorted(options, key=lambda one: one[1])]
    slider.value = value


def _moved(sliders: Sequence[Any]) -> list[float]:
    """Give the numbers of sliders that were moved.

    Raises
    ------
    ValueError
        If one was not; the message names it.
    """
    left = [one.description for one in sliders if one.value == UNSET]
    if len(left) == len(sliders):
        raise ValueError("move a slider first.")
    if left:
        raise ValueError(f"move every slider first. Not set yet: {', '.join(left)}.")
    return [one.value for one in sliders]


def _half(made: Prediction, steps: Sequence[float]) -> float:
    """How far a curve's range reaches from its heights, where it is not cut at an end."""
    if not isinstance(made.low, tuple) or not isinstance(made.high, tuple):
        return 0.0
    heights: Any = made.value
    reach = max(
        max(height - low, high - height)
        for height, low, high in zip(heights, made.low, made.high, strict=True)
    )
    return _nearest(reach, steps)


def _nearest(value: float, places: Sequence[float]) -> float:
    return min(places, key=lambda place: abs(place - value))


def _said_or_not(label: str, options: list[tuple[str, float]]) -> Any:
    """Make a slider whose first place says nothing."""
    with needs("A question"):
        import ipywidgets

    return ipywidgets.SelectionSlider(options=options, description=label, tooltip=label, **WIDE)


def _said(made: Prediction | None, more: str = "") -> str:
    if made is None:
        return "Nothing is recorded yet."
    return f'<span role="status">Recorded: {html.escape(made.words + ".")}{more}</span>'
