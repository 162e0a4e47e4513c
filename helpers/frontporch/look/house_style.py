"""The settings every picture is drawn with, and the context that applies them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

WIDTH, HEIGHT, DPI = 9.0, 5.0, 110
"""Inches, inches and pixels per inch of a picture of default size: 990 by 550 pixels."""

INK, GREY, FAINT = "#1A1A1A", "#595959", "#D0D0D0"
"""Words and what is true; axes and lines to compare with; ties and what lies behind."""

SETTINGS: dict[str, object] = {
    "figure.figsize": (WIDTH, HEIGHT),
    "figure.dpi": DPI,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "savefig.dpi": "figure",
    "savefig.bbox": None,  # "tight" draws twice and makes the size depend on the text
    "savefig.facecolor": "white",
    "svg.hashsalt": "frontporch",
    "font.family": ["DejaVu Sans"],  # ships with matplotlib, so it is the same everywhere
    "font.size": 15,
    "axes.titlesize": 17,
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.labelsize": 15,
    "xtick.labelsize": 14,
    "ytick.labelsize": 14,
    "legend.fontsize": 14,
    "legend.frameon": False,
    "lines.linewidth": 3.0,
    "lines.markersize": 9,
    "patch.linewidth": 1.0,
    "hatch.linewidth": 1.5,
    "errorbar.capsize": 5,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "axes.edgecolor": GREY,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "axes.linewidth": 1.2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DEDEDE",
    "grid.linewidth": 1.0,
}
"""What differs from matplotlib's own defaults."""


# Functions that draw call one another: settings that stand already are not made again.
_made: ContextVar[dict[str, object] | None] = ContextVar("made", default=None)


@contextmanager
def style() -> Iterator[None]:
    """Draw in the kit's style inside the context; every setting is as before after it.

    Starts from matplotlib's defaults, not from the user's, so that a picture is the same on
    every machine. Also serves as a decorator, ``@look.style()``.

    Examples
    --------
    >>> import matplotlib
    >>> before = matplotlib.rcParams["lines.linewidth"]
    >>> with style():
    ...     matplotlib.rcParams["lines.linewidth"]
    3.0
    >>> matplotlib.rcParams["lines.linewidth"] == before
    True
    """
    import matplotlib.style

    if dict.items(matplotlib.rcParams) == dict.items(_made.get() or {}):
        yield
        return

    # A cycle of dashed, marked lines is left to `series`: here only the colours follow the palette.
    from cycler import cycler

    from .series_looks import palette

    colours = {"axes.prop_cycle": cycler(color=[one.color for one in palette])}
    with matplotlib.style.context(["default", {**SETTINGS, **colours}]):
        before = _made.set(dict(dict.items(matplotlib.rcParams)))
        try:
            yield
        finally:
            _made.reset(before)
