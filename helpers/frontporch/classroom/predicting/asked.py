"""What the cell of a prediction asks, read without its controls: for paper and for phones."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from . import ask

KINDS = ("curve", "number", "choice")


def asked(code: str) -> list[tuple[str, dict[str, Any]]]:
    """Run a cell that asks, with something in the classroom's place that only listens.

    Parameters
    ----------
    code : str
        The cell, of a course's own source.

    Returns
    -------
    list of tuple
        Of each question its kind ("curve", "number" or "choice"), and by name what the
        function that asks was given, with its defaults.

    Raises
    ------
    Exception
        What the cell raises, as where it uses what another cell makes.

    Examples
    --------
    >>> ((kind, told),) = asked('classroom.predict_number("8.lift", 0, 50, unit="%")')
    >>> kind, told["high"], told["step"]
    ('number', 50, 1.0)
    """
    heard: list[tuple[str, dict[str, Any]]] = []

    def listening(kind: str) -> Callable[..., None]:
        known = inspect.signature(getattr(ask, f"predict_{kind}"))

        def listen(*given: Any, **named: Any) -> None:
            said = known.bind(*given, **named)
            said.apply_defaults()
            heard.append((kind, dict(said.arguments)))

        return listen

    classroom = SimpleNamespace(**{f"predict_{kind}": listening(kind) for kind in KINDS})
    exec(compile(code, "a prediction", "exec"), {"classroom": classroom})
    return heard
