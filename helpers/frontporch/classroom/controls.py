"""Controls: a typed function and sliders that call it."""

from __future__ import annotations

import inspect
import math
import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ..groups import needs
from ..names import UnknownName, nearest, pick
from ..rounding import as_given, whole
from . import spoken_names
from .shown import worked_out

LABEL = {"description_width": "11em"}
WIDE = {"style": LABEL, "layout": {"width": "38em", "max_width": "100%"}}
"""How wide a control is, with its label: no wider than a phone."""


@dataclass(frozen=True)
class Slider:
    """A number that can be moved.

    Parameters
    ----------
    name : str
        Argument of the function that it moves.
    label : str
        What it says beside the slider.
    low, high, step : float
        Range and step.
    value : float
        Where it stands at first; a place of its own where it is not on a step.
    unit : str
        Said after the number.
    year : bool
        Whether the number is a year, which is written without a separator.
    percent : bool
        Whether a share from 0 to 1 is said in per cent: 0.25 is "25 %".

    Examples
    --------
    >>> Slider("removed", "ties removed", 0, 1, 0.5, 0.5, percent=True).options
    [('0 %', 0), ('50 %', 0.5), ('100 %', 1)]
    """

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float
    unit: str = ""
    year: bool = False
    percent: bool = False

    def __post_init__(self) -> None:
        """Check the range."""
        finite = all(math.isfinite(one) for one in (self.low, self.high, self.step))
        if not (finite and self.low < self.high and self.step > 0):
            raise ValueError(
                f"slider {self.name!r} goes from {self.low} to {self.high} by {self.step}: "
                "low must be below high, and step above 0."
            )
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"slider {self.name!r} stands at {self.value}, outside {self.low} to {self.high}."
            )

    @property
    def options(self) -> list[tuple[str, float]]:
        """Every place of the slider with what it says there."""
        steps = whole((self.high - self.low) / self.step)
        values = [round(self.low + k * self.step, 10) for k in range(steps + 1)]
        for exact in (self.low, self.high, self.value):
            # In place of the step that it is, but for rounding.
            values = [one for one in values if not _same(one, exact)] + [exact]
        values.sort()
        return [(self._said(value), value) for value in values]

    def _said(self, value: float) -> str:
        if self.percent:
            return f"{as_given(round(100 * value, 8))} % {self.unit}".strip()
        return f"{as_given(value, thousands=not self.year)} {self.unit}".strip()

    def place(self, value: Any) -> float:
        """Give the place at a value.

        Raises
        ------
        ValueError
            If there is none.
        """
        if isinstance(value, numbers.Real):
            for _, place in self.options:
                if _same(place, value):
                    return place
        raise ValueError(
            f"{self.name} is {value!r}, but goes from {as_given(self.low)} to "
            f"{as_given(self.high)} in steps of {as_given(self.step)}."
        )

    def widget(self) -> Any:
        """Make the slider; its readout carries the unit."""
        with needs("A control"):
            import ipywidgets

        return ipywidgets.SelectionSlider(
            options=self.options,
            value=self.value,
            description=self.label,
            tooltip=f"{self.label}, {self.unit}".rstrip(", "),
            **WIDE,
        )


@dataclass(frozen=True)
class Choice:
    """One of several names.

    Parameters
    ----------
    name : str
        Argument of the function that it sets.
    label : str
        What it says beside the list.
    options : sequence of str
        The names.
    value : str
        The one chosen at first.
    """

    name: str
    label: str
    options: Sequence[str]
    value: str

    def __post_init__(self) -> None:
        """Check the choice."""
        self.place(self.value)

    def place(self, value: Any) -> str:
        """Give the option of a name.

        Raises
        ------
        UnknownName
            If there is none; the message names the nearest.
        """
        return pick(value, self.options, f"option of {self.name!r}")

    def widget(self) -> Any:
        """Make the list."""
        with needs("A control"):
            import ipywidgets

        return ipywidgets.Dropdown(
            options=list(self.options), value=self.value, description=self.label, **WIDE
        )


class Panel:
    """A picture and the controls that redraw it; made by `panel`."""

    def __init__(
        self, function: Callable[..., Any], controls: Sequence[Slider | Choice], title: str = ""
    ) -> None:
        self.function, self.title = function, title
        self.controls = {one.name: one for one in controls}
        self.widgets = {one.name: one.widget() for one in controls}
        for widget in self.widgets.values():
            widget.observe(self._redraw, "value")
        self._shown: Any = None
        self._drawn: dict[str, Any] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """Where every control stands."""
        return {name: widget.value for name, widget in self.widgets.items()}

    def set(self, **values: Any) -> None:
        """Move controls from code; the same as moving them by hand.

        Raises
        ------
        UnknownName
            If there is no such control or option; the message names the nearest.
        ValueError
            If a value is not on the control. No control is moved then.
        """
        places = {
            name: self.controls[pick(name, self.controls, "control")].place(value)
            for name, value in values.items()
        }
        for name, place in places.items():
            self.widgets[name].value = place

    def _ipython_display_(self) -> None:
        """Show the first picture, drawn without any control, and the controls below it."""
        self.show_picture()
        self.show_controls()

    def show_picture(self) -> None:
        """Show what is drawn where the controls stand; it follows them from then on."""
        with needs("A control"):
            from IPython.display import display

        self._shown = display(self.picture(), display_id=True)

    def show_controls(self) -> None:
        """Show the controls alone."""
        with needs("A control"):
            import ipywidgets

        spoken_names.show(ipywidgets.VBox(list(self.widgets.values())))

    def picture(self) -> Any:
        """Draw what stands at the controls; a failure becomes a sentence."""
        self._drawn = self.values
        made = worked_out(self.function, **self.values)
        if self.title and hasattr(made, "title"):
            made.title = self.title
        return made

    def draw_again(self) -> None:
        """Draw anew where the controls stand, as something else has changed."""
        if self._shown is not None:
            self._shown.update(self.picture())

    def _redraw(self, _change: Any) -> None:
        if self.values != self._drawn:
            self.draw_again()


def _same(one: float, other: float) -> bool:
    """Whether two numbers are one place of a slider."""
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def panel(function: Callable[..., Any], *controls: Slider | Choice, title: str = "") -> Panel:
    """Show what a function draws, with controls that call it again.

    Parameters
    ----------
    function : callable
        Takes the controls' names as keywords and returns matplotlib axes, or a table.
    *controls : Slider or Choice
        One for each argument that can be moved.
    title : str
        What a picture says wherever the controls stand, or what to ask of it.

    Returns
    -------
    Panel
        Shown where it is the last line of a cell; ``panel.set(name=value)`` moves a control
        from code. The first picture stands by itself, so that it is seen where no control
        can be loaded.

    Raises
    ------
    UnknownName
        If the function has no such argument; the message names the nearest.
    """
    known = inspect.signature(function).parameters
    free = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known.values())
    for one in controls:
        if one.name not in known and not free:
            name = getattr(function, "__name__", "the function")
            raise UnknownName(f"{name} has no argument {one.name!r}. {nearest(one.name, known)}")
    return Panel(function, controls, title)
