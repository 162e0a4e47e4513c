"""Controls that record a prediction."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from .predictions import Prediction, predict, prediction

_LABEL = {"description_width": "11em"}


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
    keywords : dict
        Handed on to `predict`.
    """

    def __init__(
        self,
        question: str,
        inputs: Sequence[Any],
        value: Callable[[], Any],
        **keywords: Any,
    ) -> None:
        import ipywidgets

        self.question, self.inputs = question, list(inputs)
        self._value, self._keywords = value, keywords
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
                self.question, self._value(), because=self.because.value, **self._keywords
            )
        except (ValueError, OSError) as error:
            # An error that leaves a button's callback is seen by nobody.
            self.said.value = f'<span role="alert">Not recorded: {html.escape(str(error))}</span>'
            return None
        self.said.value = _said(made)
        return made

    def _ipython_display_(self) -> None:
        """Show the controls."""
        import ipywidgets
        from IPython.display import display

        display(ipywidgets.VBox([*self.inputs, self.because, self.button, self.said]))


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
    """Ask for a curve: one slider a date, a reason, and a button that records them.

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
    from .controls import Slider

    if len(labels) != len(at):
        raise ValueError(f"{len(labels)} labels for {len(at)} dates: give one each.")
    begin = list(start) if start is not None else [0.0] * len(at)
    if len(begin) != len(at):
        raise ValueError(f"start has {len(begin)} places for {len(at)} dates: give one each.")
    sliders = [
        Slider(f"date {k}", label, 0, highest, 1, value, unit).widget()
        for k, (label, value) in enumerate(zip(labels, begin, strict=True))
    ]
    return Ask(
        question, sliders, lambda: [one.value for one in sliders], at=list(at), unit=unit,
        rising=rising, file=file,
    )  # fmt: skip


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
    """Ask for a number with a slider from low to high; otherwise as `predict_curve`."""
    from .controls import Slider

    slider = Slider("value", label, low, high, step, low, unit).widget()
    return Ask(question, [slider], lambda: slider.value, unit=unit, file=file)


def predict_choice(
    question: str,
    choices: Sequence[str],
    *,
    label: str = "your prediction",
    file: str | Path | None = None,
) -> Ask:
    """Ask for one of several choices; otherwise as `predict_curve`."""
    import ipywidgets

    buttons = ipywidgets.RadioButtons(
        options=list(choices), value=None, description=label, style=_LABEL
    )
    return Ask(question, [buttons], lambda: buttons.value or "", file=file)


def _said(made: Prediction | None) -> str:
    if made is None:
        return "Nothing is recorded yet."
    return f'<span role="status">Recorded. {html.escape(repr(made))}</span>'
