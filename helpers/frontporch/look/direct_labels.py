"""Names at the right end of lines, in place of a legend."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

from .contrast import readable
from .house_style import GREY, style

_GAP = 10
"""Points between the right edge of the axes and the names."""
_EDGE = 4
"""Points between what the axes bears and the edge of the figure."""
_LONGEST = 18
"""Characters of a name on one row; a longer one goes on below."""


@style()
def label_lines(ax: Any) -> list[Any]:
    """Write each labelled line's name at its right end, in its colour, without overlap.

    The names stand in one column beside the axes, as near to the ends of their lines as they can
    without touching. A thin dotted line leads to the end where the name had to move, or where the
    line ends before the edge. Call it last: the places are those of the limits and sizes of this
    moment, and room is made for them.

    Parameters
    ----------
    ax
        matplotlib axes with lines that have labels.

    Returns
    -------
    list of Annotation
        One per named line, in the order in which they were drawn.

    Raises
    ------
    ValueError
        Where no line has a label or none has a point inside the axes.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.plot([0, 1], [0, 1], label="online")
    >>> _ = ax.plot([0, 1], [1, 1], label="offline")
    >>> [name.get_text() for name in label_lines(ax)]
    ['online', 'offline']
    """
    from matplotlib.text import Text
    from matplotlib.transforms import ScaledTranslation

    figure = ax.figure
    beside = ax.transAxes + ScaledTranslation(_GAP / 72, 0, figure.dpi_scale_trans)

    ax.get_xlim(), ax.get_ylim()  # brings limits up to date that matplotlib still owes
    ends = [(name, line, _right_end(ax, line)) for name, line in _named_lines(ax)]
    ends = [found for found in ends if found[2] is not None]
    if not ends:
        raise ValueError(
            "label_lines found no line to name inside the axes: "
            'give each line a label, ax.plot(x, y, label="online"), before the call'
        )
    names = []
    for name, line, end in ends:
        color = readable(line.get_color())
        names.append(
            ax.annotate(
                textwrap.fill(name, _LONGEST),
                xy=end,
                xycoords=ax.transAxes,
                xytext=(1, 0.5),  # so that the room does not depend on the data
                textcoords=beside,
                color=color,
                ha="left",
                va="center",
                annotation_clip=False,
                arrowprops={
                    "arrowstyle": "-",
                    # thin and dotted: a line of its colour would seem to go on
                    "color": GREY,
                    "linewidth": 1,
                    "linestyle": (0, (1, 2)),
                    "shrinkA": 2,
                    "shrinkB": 1,
                    "relpos": (0, 0.5),
                },
            )
        )

    _make_room(ax, figure)
    tall = ax.bbox.height
    # of the text alone: an annotation's own extent takes in the line that leads to it
    heights = [Text.get_window_extent(name).height / tall for name in names]
    places = spread([y for *_, (_, y) in ends], heights)
    for name, (*_, (x, y)), place in zip(names, ends, places, strict=True):
        name.set_y(place)
        at_home = x > 0.99 and abs(place - y) * tall < 4
        name.arrow_patch.set_visible(not at_home)
    _written[ax] = names
    return names


def label_again(ax: Any) -> None:
    """Write the names at the ends of lines anew, as the size of the picture has changed.

    Parameters
    ----------
    ax
        matplotlib axes; without such names nothing is done.
    """
    names = _written.pop(ax, [])
    for name in names:
        name.remove()
    if names:
        label_lines(ax)


def _make_room(ax: Any, figure: Any) -> None:
    """Place the axes so that all it bears is inside the figure; sizes are final after it.

    To work them out again at each draw, as a layout engine does, would double its time.
    """
    import matplotlib

    if len(figure.axes) > 1:
        if figure.get_layout_engine() is None:
            figure.set_layout_engine("constrained")
        figure.get_layout_engine().execute(figure)
    with matplotlib.rc_context({"figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)
    if len(figure.axes) > 1:
        return
    key = _bears(ax, figure)
    if key in _rooms:
        ax.set_position(_rooms[key])
        return
    wide, tall = figure.bbox.size
    has, place, edge = ax.get_tightbbox(), ax.get_position(), _EDGE * figure.dpi / 72
    left, bottom = place.x0 + (edge - has.x0) / wide, place.y0 + (edge - has.y0) / tall
    right, top = place.x1 + (wide - edge - has.x1) / wide, place.y1 + (tall - edge - has.y1) / tall
    room = (left, bottom, max(right - left, 0.1), max(top - bottom, 0.1))
    ax.set_position(room)
    if key is not None:
        _rooms[key] = room
        while len(_rooms) > _KEPT:
            del _rooms[next(iter(_rooms))]


_written: WeakKeyDictionary[Any, list[Any]] = WeakKeyDictionary()
_rooms: dict[tuple[Any, ...], tuple[float, float, float, float]] = {}
_KEPT = 64


def _bears(ax: Any, figure: Any) -> tuple[Any, ...] | None:
    """All that the room depends on; None where there is more than ticks, labels and names.

    A slider redraws the same picture with other heights, and to measure its texts again would
    take a third of the time.
    """
    plain = all(text.get_transform() != ax.transData for text in ax.texts)
    if ax.get_legend() or ax.artists or ax.tables or ax.child_axes or not plain:
        return None
    axes = (ax.xaxis, ax.yaxis)
    ticks = [tuple(one.major.formatter.format_ticks(one.get_majorticklocs())) for one in axes]
    minor = [len(one.get_minorticklocs()) for one in axes]
    words = [text.get_text() for text in ax.texts]
    titles = [ax.get_title(loc) for loc in ("left", "center", "right")]
    sizes = [one.get_size() for one in (ax.xaxis.label, ax.yaxis.label, *ax.texts)]
    where = (*figure.bbox.size, figure.dpi, *ax.get_position().bounds, ax.get_aspect())
    labels = (ax.get_xlabel(), ax.get_ylabel())
    return (*where, *labels, *titles, *words, *sizes, *ticks, *minor)


def spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Centres nearest to the wanted ones (least squares) at which no two blocks overlap.

    All stay between 0 and 1 as long as there is room; else they stick out evenly.

    Parameters
    ----------
    wanted
        Wished-for centres, 0 (bottom) to 1 (top).
    heights
        Heights of the blocks, in the same unit.

    Examples
    --------
    >>> [round(place, 2) for place in spread([0.5, 0.5, 0.9], [0.1, 0.1, 0.1])]
    [0.45, 0.55, 0.9]
    """
    import numpy as np
    from scipy.optimize import isotonic_regression

    order = np.argsort(wanted, kind="stable")
    height = np.asarray(heights, dtype=float)[order]
    # Below its own centre each block has those under it: without them, only the order is left
    # to be kept, and that is an isotonic regression.
    below = np.concatenate([[0.0], np.cumsum(height)[:-1]]) + height / 2
    free = isotonic_regression(np.asarray(wanted, dtype=float)[order] - below).x
    room = 1 - height.sum()
    free = np.clip(free, 0, room) if room >= 0 else np.full_like(free, room / 2)
    places = np.empty_like(free)
    places[order] = free + below
    return places.tolist()


def _named_lines(ax: Any) -> list[tuple[str, Any]]:
    """Visible lines with a label of their own, or of the error bars they belong to."""
    from matplotlib.container import ErrorbarContainer

    bars = [one for one in ax.containers if isinstance(one, ErrorbarContainer)]
    of_bars = {bar.lines[0]: bar.get_label() for bar in bars if bar.lines[0] is not None}
    named = [(str(of_bars.get(line, line.get_label())), line) for line in ax.lines]
    return [(name, line) for name, line in named if line.get_visible() and name[:1] not in "_"]


def _right_end(ax: Any, line: Any) -> tuple[float, float] | None:
    """Where the line leaves the axes or ends, in shares of the axes' width and height."""
    import numpy as np
    from matplotlib.cbook import STEP_LOOKUP_MAP

    to_axes = line.get_transform() - ax.transAxes
    drawn = STEP_LOOKUP_MAP[line.get_drawstyle()](*line.get_data(orig=False))
    points = to_axes.transform(np.column_stack(drawn))
    points = points[np.isfinite(points).all(axis=1)]
    points = points[np.argsort(points[:, 0], kind="stable")]
    if not len(points) or points[0, 0] > 1 or points[-1, 0] < 0:
        return None
    x = min(1.0, points[-1, 0])
    y = points[-1, 1] if x < 1 else np.interp(1.0, points[:, 0], points[:, 1])
    return float(x), float(np.clip(y, 0, 1))
