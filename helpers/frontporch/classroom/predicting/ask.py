"""Controls that record a prediction."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ...groups import needs
from ...rounding import as_given, decimal
from .. import spoken_names
from .predictions import Prediction, predict, prediction

_LABEL = {"description_width": "11em"}
_WIDE = {"style": _LABEL, "layout": {"width": "38em", "max_width": "100%"}}


class Ask:
    """Controls for one prediction and the button that records it.

    Parameters
    ----------
    question : str
        Which question.
    inputs : list of ipywidgets.Widget
        What is set by hand.
    value : callable
        Gives the value from the inputs.
    certainty : ipywidgets.Widget, optional
        Where it is set how sure somebody is.
    how_sure : callable, optional
        Gives `sure`, or `low` and `high`, from the controls; nothing where nothing is said.
    keywords : dict
        Handed on to `predict`.
    """

    def __init__(
        self,
        question: str,
        inputs: Sequence[Any],
        value: Callable[[], Any],
        certainty: Any = None,
        how_sure: Callable[[], dict[str, Any]] = dict,
        **keywords: Any,
    ) -> None:
        with needs("A question"):
            import ipywidgets

        self.question, self.inputs, self.certainty = question, list(inputs), certainty
        self._value, self._how_sure, self._keywords = value, how_sure, keywords
        self.because = ipywidgets.Text(
            description="why, in one line", style=_LABEL, layout={"width": "38em"}
        )
        self.button = ipywidgets.Button(
            description="Record", button_style="primary", tooltip=f"Record prediction {question}"
        )
        self.said = ipywidgets.HTML(value=_said(prediction(question, file=keywords.get("file"))))
        self.button.on_click(lambda _button: self.record())

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
        except (ValueError, OSError) as error:
            # An error that leaves a button's callback is seen by nobody.
            self.said.value = f'<span role="alert">Not recorded: {html.escape(str(error))}</span>'
            return None
        self.said.value = _said(made)
        return made

    def _ipython_display_(self) -> None:
        """Show the controls."""
        with needs("A question"):
            import ipywidgets

        certainty = [] if self.certainty is None else [self.certainty]
        spoken_names.show(
            ipywidgets.VBox([*self.inputs, *certainty, self.because, self.button, self.said])
        )


def predict_curve(
    question: str,
    labels: Sequence[str],
    *,
    at: Sequence[float],
    unit: str = "%",
    start: Sequence[float] | None = None,
    highest: float = 100.0,
    rising: bool = True,
    file: str | Path | None = None,
) -> Ask:
    """Ask for a curve: one slider a date, how sure, a reason, and a button that records them.

    How sure is one more slider: the truth lies, 80 per cent sure, within so much of each
    height. Where it is left alone nothing is recorded of it.

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
    start : sequence of float, optional
        Where the sliders stand at first; all at 0 without it.
    highest : float
        Upper end of the sliders.
    rising : bool
        Whether the curve may not fall.
    file : str or pathlib.Path, optional
        Where predictions are kept.

    Returns
    -------
    Ask
        Shown where it is the last line of a cell; ``ask.record()`` does what the button
        does. Typed, it is
        ``predict(question, [...], at=[...], unit=unit)``.

    Raises
    ------
    ValueError
        If there are not as many labels, or places in `start`, as dates.
    """
    from ..controls import Slider

    if len(labels) != len(at):
        raise ValueError(f"{len(labels)} labels for {len(at)} dates: give one each.")
    begin = list(start) if start is not None else [0.0] * len(at)
    if len(begin) != len(at):
        raise ValueError(f"start has {len(begin)} places for {len(at)} dates: give one each.")
    sliders = [
        Slider(f"date {k}", label, 0, highest, 1, value, unit).widget()
        for k, (label, value) in enumerate(zip(labels, begin, strict=True))
    ]
    points = "points" if unit == "%" else unit
    steps = [round(k * highest / 40, 10) for k in range(1, 21)]
    within = [
        ("not said", 0.0),
        *((f"± {as_given(step)} {points}".strip(), step) for step in steps),
    ]
    width = _said_or_not("80 % sure: within", within)

    def how_sure() -> dict[str, Any]:
        if not width.value:
            return {}
        heights = [one.value for one in sliders]
        return {
            "low": [max(one - width.value, 0.0) for one in heights],
            "high": [min(one + width.value, highest) for one in heights],
        }

    return Ask(
        question,
        sliders,
        lambda: [one.value for one in sliders],
        width,
        how_sure,
        at=list(at),
        unit=unit,
        rising=rising,
        file=file,
    )


def predict_number(
    question: str,
    low: float,
    high: float,
    *,
    step: float = 1.0,
    unit: str = "",
    label: str = "your prediction",
    file: str | Path | None = None,
) -> Ask:
    """Ask for a number with a slider from low to high; otherwise as `predict_curve`.

    A second slider has two handles: the range in which the truth lies, 80 per cent sure. Where
    it is left at its full width nothing is recorded of it.
    """
    with needs("A question"):
        import ipywidgets

    from ..controls import Slider

    shown = Slider("value", label, low, high, step, low, unit)
    slider, places = shown.widget(), shown.options
    ends = (places[0][1], places[-1][1])
    both = ipywidgets.SelectionRangeSlider(
        # Both ends stand in one narrow field: with a long unit they would be cut off. The spaces
        # keep the dash between them apart from a minus.
        options=[(f" {as_given(place)} ", place) for _, place in places],
        value=ends,
        description="80 % sure: between",
        tooltip=f"range in which the truth lies{f', {unit}' if unit else ''}, 80 % sure; "
        "full width: not said",
        **_WIDE,
    )

    def how_sure() -> dict[str, Any]:
        return {} if both.value == ends else dict(zip(("low", "high"), both.value, strict=True))

    return Ask(question, [slider], lambda: slider.value, both, how_sure, unit=unit, file=file)


def predict_choice(
    question: str,
    choices: Sequence[str],
    *,
    label: str = "your prediction",
    file: str | Path | None = None,
) -> Ask:
    """Ask for one of several choices, and how sure; otherwise as `predict_curve`.

    How sure goes from a mere guess, 100 per cent shared among the choices, to 100 per cent.
    """
    with needs("A question"):
        import ipywidgets

    buttons = ipywidgets.RadioButtons(
        options=list(choices), value=None, description=label, style=_LABEL
    )
    guess = 100 / len(choices)
    steps = [guess, *(float(step) for step in range(5, 101, 5) if step > guess)]
    sure = _said_or_not(
        "how sure", [("not said", 0.0), *((f"{decimal(step)} %", step) for step in steps)]
    )
    return Ask(
        question,
        [buttons],
        lambda: buttons.value or "",
        sure,
        lambda: {"sure": sure.value or None},
        choices=list(choices),
        file=file,
    )


def _said_or_not(label: str, options: list[tuple[str, float]]) -> Any:
    """Make a slider whose first place says nothing."""
    with needs("A question"):
        import ipywidgets

    return ipywidgets.SelectionSlider(options=options, description=label, tooltip=label, **_WIDE)


def _said(made: Prediction | None) -> str:
    if made is None:
        return "Nothing is recorded yet."
    return f'<span role="status">Recorded. {html.escape(repr(made))}</span>'
