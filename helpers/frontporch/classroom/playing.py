"""A spread that plays: one picture a step, with a slider and a play button."""

from __future__ import annotations

import asyncio
import contextlib
import html
import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..groups import needs
from . import spoken_names
from .controls import Panel, Slider

if TYPE_CHECKING:
    import pandas as pd

    from ..community import Community
    from ..community.pictures.layout import Layout

PAUSE = 700
"""Milliseconds between two steps."""
SETTLED, BREATH = 1.0, 0.02
"""Seconds until the steps to come are drawn, and between two: whoever moves the slider first."""
MOST = 200
"""Steps that can be played; as many pictures are kept."""

_BUTTONS = """(() => {
const area = element.closest('.jp-OutputArea') || document.body;
const names = {'fa-play': 'play', 'fa-pause': 'pause', 'fa-stop': 'back to the first step',
  'fa-retweet': 'again and again', 'fa-repeat': 'again and again'};
const say = () => area.querySelectorAll('.widget-play button').forEach(button => {
  const kind = Object.keys(names).find(one => button.querySelector('.' + one));
  if (kind && button.getAttribute('aria-label') !== names[kind]) {
    button.setAttribute('aria-label', names[kind]);
    button.title = names[kind];
  }
});
new MutationObserver(say).observe(
  area, {subtree: true, childList: true, attributes: true, attributeFilter: ['class']});
say();
})();"""
"""ipywidgets gives these buttons a sign and no name."""


class Player:
    """A picture of each step, and the controls that move through them; made by `play`.

    Parameters
    ----------
    function : callable
        Takes a step and returns a matplotlib axes.
    steps : int
        The last step; the first is 0.
    typed : str
        The call that draws a step, with ``{step}`` in the place of its number.
    label : str
        What it says beside the slider.
    pause : int
        Milliseconds between two steps.
    """

    def __init__(
        self, function: Callable[[int], Any], steps: int, typed: str, label: str, pause: int
    ) -> None:
        with needs("A player"):
            import ipywidgets

        self.function, self.steps, self._typed = function, steps, typed
        self.slider = Slider("step", label, 0, steps, 1, 0).widget()
        self.button = ipywidgets.Play(
            min=0,
            max=steps,
            step=1,
            value=0,
            interval=pause,
            description=f"play {label}s",
            show_repeat=False,
        )
        self.said = ipywidgets.HTML()
        # In the browser: the slider does not wait for the kernel.
        self._link = ipywidgets.jslink((self.button, "value"), (self.slider, "index"))
        self._frames: dict[int, Any] = {}
        self._shown: Any = None
        self._ahead: Any = None
        self._say()
        self.slider.observe(self._move, "value")

    @property
    def step(self) -> int:
        """Where it stands; may be set from code.

        Raises
        ------
        ValueError
            If there is no such step.
        """
        return int(self.slider.value)

    @step.setter
    def step(self, step: int) -> None:
        if isinstance(step, bool) or not 0 <= operator.index(step) <= self.steps:
            raise ValueError(
                f"step is {step!r}, but must be a whole number from 0 to {self.steps}."
            )
        self.slider.index = operator.index(step)

    @property
    def typed(self) -> str:
        """The call that draws the same picture."""
        return self._typed.format(step=self.step)

    def picture(self, step: int | None = None) -> Any:
        """Give the picture of a step, drawn once; a failure becomes a sentence."""
        step = self.step if step is None else step
        if step not in self._frames:
            self._frames[step] = Panel(lambda: self.function(step), []).picture()
        return self._frames[step]

    def draw_ahead(self) -> None:
        """Draw every step that has not been drawn yet."""
        for step in range(self.steps + 1):
            self.picture(step)

    def _ipython_display_(self) -> None:
        """Show the first picture, drawn without any control, and the controls below it."""
        with needs("A player"):
            import ipywidgets
            from IPython.display import Javascript, display

        self._shown = display(self.picture(), display_id=True)
        row = ipywidgets.HBox([self.button, self.slider])
        spoken_names.show(ipywidgets.VBox([row, self.said]))
        display(Javascript(_BUTTONS))
        self._draw_next(SETTLED)

    def _move(self, _change: Any) -> None:
        self._say()
        if self._shown is not None:
            self._shown.update(self.picture())
            self._draw_next()

    def _draw_next(self, wait: float = BREATH) -> None:
        """Draw one by one what is missing, whenever the kernel has nothing else to do."""
        if self._ahead is None and len(self._frames) <= self.steps:
            # Without a loop nobody waits, and a picture is drawn when it is asked for.
            with contextlib.suppress(RuntimeError):
                self._ahead = asyncio.get_running_loop().call_later(wait, self._one_ahead)

    def _one_ahead(self) -> None:
        """Draw the next missing step; those behind come last."""
        later = [*range(self.step, self.steps + 1), *range(self.step)]
        self.picture(next((step for step in later if step not in self._frames), self.step))
        self._ahead = None
        self._draw_next()

    def _say(self) -> None:
        self.said.value = f"typed: <code>{html.escape(self.typed)}</code>"


def play(
    shown: pd.DataFrame | Callable[[int], Any],
    community: Community | None = None,
    *,
    steps: int | None = None,
    label: str = "step",
    pause: int = PAUSE,
    groups: Sequence | None = None,
    names: Sequence[str] | None = None,
    places: Layout | None = None,
) -> Player:
    """Show a spread step by step, with a play button and a slider.

    Pictures are drawn once, those to come while one is looked at.

    Parameters
    ----------
    shown : pandas.DataFrame or callable
        What `community.trace` returned; or a function that takes a step, from 0, and returns a
        matplotlib axes.
    community : Community, optional
        The one that was traced; needed with a trace, and with nothing else.
    steps : int, optional
        The last step, from 1 to 200; that of the trace if not given.
    label : str
        What a step is called.
    pause : int
        Milliseconds between two steps, from 100 up.
    groups, names, places
        As in `community.plot_spread_at`.

    Returns
    -------
    Player
        Shown where it is the last line of a cell. `step` can be read and set. Typed, a step is
        ``community.plot_spread_at(course, town, 3)``.

    Raises
    ------
    TypeError
        If a trace has no community, or a function has one or has no `steps`.
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> from frontporch import community
    >>> line = community.from_arrays([0, 1], [1, 2])
    >>> course = community.trace(line, [0], community.independent_cascade(1.0), seed=7)
    >>> player = play(course, line)
    >>> player.steps, player.typed
    (2, 'community.plot_spread_at(course, town, 0)')
    """
    if callable(shown):
        if any(one is not None for one in (community, groups, names, places)):
            raise TypeError("a function draws by itself: give neither a community nor its looks.")
        if steps is None:
            raise TypeError("a function does not say how far it goes: give steps=12, say.")
        function, last = shown, 0
        typed = f"{getattr(shown, '__name__', 'function')}({{step}})"
    else:
        looks = {"groups": groups, "names": names, "places": places}
        function, last = _steps_of(shown, community, looks)
        typed = "community.plot_spread_at(course, town, {step})"
    last = max(last, 1) if steps is None else steps
    if isinstance(last, bool) or not 1 <= operator.index(last) <= MOST:
        raise ValueError(f"steps is {last!r}, but must be a whole number from 1 to {MOST}.")
    if isinstance(pause, bool) or operator.index(pause) < 100:
        raise ValueError(
            f"pause is {pause!r}, but must be a whole number of milliseconds from 100 up."
        )
    return Player(function, last, typed, label, pause)


def _steps_of(
    course: Any, community: Community | None, looks: dict[str, Any]
) -> tuple[Callable[[int], Any], int]:
    """Give the function that draws a step of a trace, and its last step."""
    from ..community import plot_spread_at
    from ..community.pictures.steps import read_steps

    if community is None:
        raise TypeError("a trace needs its community: play(course, town).")
    steps = read_steps(course, community)
    return lambda step: plot_spread_at(course, community, step, **looks), steps.last
