"""What most pictures are made of: a frame with its axes, curves, bands, dots, rows, references."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .direct_labels import label_lines
from .house_style import GREY, style
from .scales import percent_axis
from .series_looks import series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SEE_THROUGH = 0.18
"""How dense the band of an interval is, so that a second one and the grid show through."""


def axes(ax: Axes | None = None, size: tuple[float, float] | None = None) -> Axes:
    """Give the axes to draw on: the given one, or that of a new picture.

    Parameters
    ----------
    ax : matplotlib.axes.Axes, optional
        Given back as it is.
    size : tuple of float, optional
        Inches across and up of a new picture; the style's own without it.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> given = Figure().subplots()
    >>> axes(given) is given
    True
    """
    if ax is not None:
        return ax
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=size)[1]


@contextmanager
def frame(
    ax: Axes | None = None,
    *,
    percent: str = "",
    names: bool = False,
    size: tuple[float, float] | None = None,
    xlim: Any = None,
    ylim: Any = None,
    **settings: Any,
) -> Iterator[Axes]:
    """Draw a picture in the kit's style: on what axes, with what words, in what units.

    Words and units are set before the body draws; limits and names at the ends of lines after
    it, because they depend on what is drawn.

    Parameters
    ----------
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new picture without it.
    percent : str
        Axes of shares, whose ticks are percent: "x", "y" or "xy".
    names : bool
        Whether each line carries its name at its end, as of `label_lines`.
    size : tuple of float, optional
        Inches across and up of a new picture.
    xlim, ylim : tuple of float, optional
        From where to where; None for an end that follows what is drawn.
    **settings
        What `ax.set` takes besides: `xlabel` and `ylabel` with their units, `title`, `xscale`.

    Yields
    ------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If `percent` names something that is not an axis.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> with frame(Figure().subplots(), xlabel="weeks", ylabel="buyers", percent="y",
    ...            ylim=(0, None)) as ax:
    ...     curve(ax, 0, [0, 10, 20], [0.1, 0.3, 0.4], label="online")
    >>> ax.get_xlabel(), ax.get_ylim()[0].item(), ax.yaxis.get_major_formatter()(0.25)
    ('weeks', 0.0, '25.0%')
    """
    with style():
        ax = axes(ax, size)
        ax.set(**settings)
        for axis in percent:
            percent_axis(ax, axis)
        yield ax
        if xlim is not None:
            ax.set_xlim(xlim)
        if ylim is not None:
            ax.set_ylim(ylim)
        if names:
            label_lines(ax)


def curve(ax: Axes, i: int, x: Any, y: Any, *, label: str | None = None, **more: Any) -> None:
    """Draw the i-th series of a picture as a line without markers.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    i : int
        Its place in the palette, as of `series`.
    x, y : sequence of float
        Its points.
    label : str, optional
        Its name.
    **more
        What `ax.plot` takes besides.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> curve(ax, 1, [0, 1], [2, 3], label="offline")
    >>> ax.lines[0].get_label(), ax.lines[0].get_marker()
    ('offline', '')
    """
    ax.plot(x, y, label=label, **(series(i) | {"marker": ""} | more))


def band(ax: Axes, i: int, x: Any, lower: Any, upper: Any) -> None:
    """Draw the interval round the i-th series of a picture.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    i : int
        The place of the line in the palette; the band has its colour, by which the alternative
        text finds the line.
    x, lower, upper : sequence of float
        Places, and from where to where the interval goes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from frontporch import look
    >>> ax = Figure().subplots()
    >>> curve(ax, 0, [0, 1], [2, 3], label="fans")
    >>> band(ax, 0, [0, 1], [1.5, 2], [2.5, 4])
    >>> _ = ax.set(xlabel="weeks", ylabel="people")
    >>> look.alt_text(ax).partition("with ")[2]
    'a band from 2 to 4 at the right end.'
    """
    ax.fill_between(
        x, lower, upper, color=series(i)["color"], alpha=SEE_THROUGH, linewidth=0, label="_band"
    )


def dots(
    ax: Axes,
    i: int,
    place: Any,
    value: Any,
    lower: Any,
    upper: Any,
    *,
    across: bool = False,
    **more: Any,
) -> None:
    """Draw values with their intervals as the i-th series of a picture.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    i : int
        Its place in the palette, as of `series`.
    place, value, lower, upper : float or sequence of float
        Places, values, and from where to where each interval goes.
    across : bool
        Whether values lie on the x axis, a row each, instead of on the y axis.
    **more
        What `ax.errorbar` takes besides, such as `label`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> dots(ax, 0, [1, 0], [0.25, 0.5], [0.125, 0.25], [0.5, 0.75], across=True)
    >>> [segment.tolist() for segment in ax.containers[0].lines[2][0].get_segments()]
    [[[0.125, 1.0], [0.5, 1.0]], [[0.25, 0.0], [0.75, 0.0]]]
    """
    import numpy as np

    place, value, lower, upper = (np.atleast_1d(one) for one in (place, value, lower, upper))
    reach = np.stack([value - lower, upper - value])
    looks = series(i) | {"linestyle": "", "markevery": None} | more
    if across:
        ax.errorbar(value, place, xerr=reach, **looks)
    else:
        ax.errorbar(place, value, yerr=reach, **looks)


def rows(
    ax: Axes,
    names: Iterable[object],
    places: Any = None,
    *,
    label: str = "",
    width: int | None = None,
) -> None:
    """Name the rows of a picture at its left.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    names : several objects
        One a row.
    places : sequence of float, optional
        Where the rows lie; 0, 1, 2, ... upwards if not given.
    label : str
        What the rows are. Not seen, as the names say it; for the alternative text. The axis keeps
        its own words without it.
    width : int, optional
        Fold the names into lines of so many characters.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> rows(ax, ["came back in the first month", "bought"], label="step", width=22)
    >>> [name.get_text() for name in ax.get_yticklabels()]
    ['came back in the first\\nmonth', 'bought']
    """
    folded = [_folded(str(name), width) if width else str(name) for name in names]
    ax.set_yticks(range(len(folded)) if places is None else places, folded)
    if label:
        ax.set_ylabel(label)
        ax.yaxis.label.set_visible(False)


def reference(
    ax: Axes,
    *,
    x: float | None = None,
    y: float | None = None,
    color: str = GREY,
    dotted: bool = False,
    **more: Any,
) -> None:
    """Draw a line to compare with: at a place across, or at a height.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    x, y : float
        One of the two.
    color : str
        Grey, or the ink of `house_style` for what is true.
    dotted : bool
        For a line that is only a help to the eye.
    **more
        What `ax.axhline` takes besides, such as `label`.

    Raises
    ------
    ValueError
        If both places are given, or neither.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> reference(ax, y=0, label="break-even")
    >>> ax.lines[0].get_ydata()
    [0, 0]
    """
    if (x is None) == (y is None):
        raise ValueError("a reference line has a place across, x, or a height, y: give one.")
    looks: dict[str, Any] = {"color": color, "linewidth": 2, "linestyle": ":" if dotted else "-"}
    if x is not None:
        ax.axvline(x, **(looks | more))
    elif y is not None:
        ax.axhline(y, **(looks | more))


def _folded(text: str, width: int) -> str:
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))
