"""A guess and what came, as a picture that follows a slider: a hundred dots, or a bar.

Source: Galesic, Garcia-Retamero & Gigerenzer (2009), Health Psychology 28:210-216: people of low
and of high numeracy read shares better from icon arrays, a dot for each of so many, than from
numbers alone.
"""

from __future__ import annotations

import html

from .. import look
from ..rounding import as_given, whole
from .controls import Slider

DOTS, ACROSS = 100, 20
"""How many dots, and how many of them in a row: a row fits on a phone."""
CELL, RADIUS = 20, 7
WIDTH, BAR = CELL * ACROSS, 22
DARK, FAINT = "#1A1A1A", "#8A8A8A"


def drawn(slider: Slider, guess: float, came: float | None = None) -> str:
    """Draw where a slider stands, and what came, as HTML with alternative text.

    Parameters
    ----------
    slider : Slider
        From 0 to 100 by whole steps it is drawn as dots, any other as a bar.
    guess : float
        Where it stands: dots with a dark rim.
    came : float, optional
        What came, in the unit of the slider: dots that are filled. Not drawn without it.

    Examples
    --------
    >>> asked = Slider("guess", "your guess", 0, 100, 1, 50, unit="of 100 people")
    >>> drawn(asked, 50).count("<circle")  # a hundred people, and one in the key
    101
    >>> words(asked, 50, came=7)
    'your guess: 50 of 100 people; what came: 7 of 100 people'
    """
    of_hundred = (slider.low, slider.high) == (0, DOTS) and slider.step >= 1
    parts = (_dots if of_hundred else _bars)(slider, guess, came)
    tall = CELL * DOTS // ACROSS if of_hundred else 2 * BAR
    style = "width:100%;max-width:30em;height:auto;display:block"
    key = _key(came is not None)
    return (
        f'<svg role="img" aria-label="{html.escape(words(slider, guess, came))}" '
        f'viewBox="0 0 {WIDTH} {tall}" style="{style}">{parts}</svg>{key}'
    )


def words(slider: Slider, guess: float, came: float | None = None) -> str:
    """Say what is drawn."""
    told = [("your guess", guess), *([] if came is None else [("what came", came)])]
    return "; ".join(f"{name}: {as_given(one)} {slider.unit}".rstrip() for name, one in told)


def _dots(_slider: Slider, guess: float, came: float | None) -> str:
    circles = []
    for k in range(DOTS):
        x, y = CELL * (k % ACROSS + 0.5), CELL * (k // ACROSS + 0.5)
        rim = (DARK, 3) if k < whole(guess) else (FAINT, 1)
        circles.append(f'<circle cx="{x}" cy="{y}" r="{RADIUS}" {_look(k < (came or 0), *rim)}/>')
    return "".join(circles)


def _bars(slider: Slider, guess: float, came: float | None) -> str:
    def bar(value: float, top: int, look: str) -> str:
        long = max((value - slider.low) / (slider.high - slider.low) * (WIDTH - 4), 1)
        return f'<rect x="2" y="{top}" width="{round(long, 1)}" height="{BAR - 6}" {look}/>'

    track = bar(slider.high, 3, _look(False, FAINT, 1))
    guessed = bar(guess, 3, _look(False, DARK, 3))
    there = "" if came is None else bar(came, BAR + 3, _look(True, FAINT, 1))
    return track + guessed + there


def _look(filled: bool, rim: str, width: int) -> str:
    fill = look.palette[0].color if filled else "none"
    return f'fill="{fill}" stroke="{rim}" stroke-width="{width}"'


def _key(came: bool) -> str:
    """Say what a rim and a filling mean; the picture's own words say it to a screen reader."""
    signs = [("none", DARK, 3, "your guess")]
    signs += [(look.palette[0].color, FAINT, 1, "what came")] if came else []
    parts = (
        f'<svg width="18" height="18" style="vertical-align:middle"><circle cx="9" cy="9" r="6" '
        f'fill="{fill}" stroke="{rim}" stroke-width="{wide}"/></svg> {name}'
        for fill, rim, wide, name in signs
    )
    return f'<div aria-hidden="true">{" &nbsp; ".join(parts)}</div>'
