"""What a control shows: a picture, a table or a sentence, drawn or worked out anew."""

from __future__ import annotations

import html
import numbers
import re
from collections.abc import Callable
from typing import Any

from .. import look
from ..result import Result, readable
from ..rounding import number


class Shown:
    """HTML for a notebook, and the same in plain text."""

    def __init__(self, told: str, text: str) -> None:
        self.html, self.text = told, text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.html

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # Always as HTML: a display that is updated with a picture keeps its kind.
        return {"text/html": self.html, "text/plain": self.text}


READ = "font-size:max(14px,1em);line-height:1.5;white-space:normal;width:0;min-width:100%"
"""How a control's result is laid out: as wide as its place and no wider, whatever stands in it."""


def alert(words: object) -> str:
    """Give what went wrong as HTML that a screen reader says at once.

    Examples
    --------
    >>> alert(ValueError("2 < 3"))
    '<p role="alert">2 &lt; 3</p>'
    """
    return f'<p role="alert">{html.escape(str(words))}</p>'


class Sentence(Shown):
    """Said in place of what cannot be shown."""

    def __init__(self, text: str) -> None:
        big = "padding:1em;font-size:1.2em"
        super().__init__(f'<div role="alert" style="{big}">{html.escape(text)}</div>', text)


def worked_out(function: Callable[..., Any], /, **settings: Any) -> Any:
    """Call a function and give what Jupyter shows of it; a failure becomes a sentence.

    Parameters
    ----------
    function : callable
        Gives matplotlib axes, a table, a result, a number, a text, or several of these.
    **settings
        What it is called with.
    """
    from matplotlib import pyplot as plt

    before = plt.get_fignums()
    try:
        with look.style():
            made = function(**settings)
        return shown(made)
    except Exception as error:
        first = str(error).strip().partition("\n")[0]
        return Sentence(f"This cannot be shown: {first or type(error).__name__}")
    finally:
        # What the function began and did not hand over would show up below the cell.
        for one in set(plt.get_fignums()) - set(before):
            plt.close(one)


def shown(made: Any) -> Any:
    """Give what Jupyter shows of a picture, a table, a number, a text, or of several of these.

    Raises
    ------
    TypeError
        If it is nothing that can be shown.
    """
    if hasattr(made, "get_figure"):
        return look.drawn(made, quick=True)
    if isinstance(made, Shown):
        return made
    if isinstance(made, str):
        return Shown(f"<p>{with_code(made)}</p>", made)
    if isinstance(made, Result):
        made = made.summary()
    if hasattr(made, "to_html"):
        # A phone is narrower than many a table.
        table = f'<div style="overflow-x:auto">{readable(made)}</div>'
        return Shown(table, repr(look.table(made)))
    if isinstance(made, tuple | list) and made:
        parts = [shown(one) for one in made]
        told = "".join(one._repr_mimebundle_()["text/html"] for one in parts)
        return Shown(told, "\n".join(repr(one) for one in parts))
    if hasattr(made, "to_frame"):  # a row or column of a table
        return shown(made.to_frame())
    if hasattr(made, "_repr_html_"):  # published evidence, a verdict
        return Shown(made._repr_html_(), repr(made))
    if isinstance(made, bool) or not isinstance(made, numbers.Real):
        kind = type(made).__name__
        raise TypeError(f"a picture (axes), a table or a text is shown, but this is a {kind}.")
    return shown(number(float(made)))


def with_code(text: str) -> str:
    """Give a text as HTML in which what stands between backticks is code.

    Examples
    --------
    >>> with_code("Read `pairs < 5`.")
    'Read <code>pairs &lt; 5</code>.'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))
