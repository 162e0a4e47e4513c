"""What is tried to find an answer: something that is drawn or worked out, with controls for it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..controls import Choice, Slider


@dataclass(frozen=True)
class Experiment:
    """A function and the controls that call it again.

    Parameters
    ----------
    run : callable
        Takes where the controls stand, by their names, and gives what is shown: a picture
        (matplotlib axes), a table, or a text. What it takes besides comes from the numbers of
        the question, so that the hidden worlds of a team can be tried without being named.
    controls : sequence of Slider or Choice
        What can be set; they begin at what the lesson showed and not at the team's numbers.
    code : str
        The same, as it is typed; numbers of the controls stand in braces, such as "{hours}".
    """

    run: Callable[..., Any]
    controls: Sequence[Slider | Choice]
    code: str = ""

    def at(self, settings: Mapping[str, Any], numbers: Mapping[str, Any]) -> Any:
        """Run it where the controls stand, with the numbers of a question for all else."""
        taken = inspect.signature(self.run).parameters
        rest = {name: one for name, one in numbers.items() if name in taken}
        return self.run(**{**rest, **settings})
