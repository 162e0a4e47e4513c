"""What stands in an axes, part by part, as sentences."""

from __future__ import annotations

from typing import Any

from ..rounding import highest, lowest, nought
from .axis_values import plain, value_teller
from .crossings import SEEN, crossings

MANY_BARS = 8
"""Above this number bars are summed up, not listed."""


def sentences(ax: Any) -> list[str]:
    """Tell an axes: first what is against what, then each part in a sentence.

    Raises
    ------
    ValueError
        Where the axes are empty, or hold only parts that cannot be told.
    """
    told = [
        *_lines(ax),
        *_areas(ax),
        *_bars(ax),
        *_scatters(ax),
        *_reference_lines(ax),
        *crossings([(name, *_finite(line)) for name, line, _ in _data_lines(ax)], ax.xaxis),
    ]
    if not told:
        empty = not (ax.lines or ax.patches or ax.collections or ax.images)
        raise ValueError(
            "the axes are empty: draw something before the alternative text is made"
            if empty
            else "the alternative text cannot be made from what is in these axes; say what the "
            'picture shows: look.set_alt_text(ax, "...")'
        )
    title = " ".join(plain(ax.get_title(side)) for side in ("left", "center", "right")).strip()
    shown = f"{_label(ax, 'y')} against {_label(ax, 'x')}."
    if title:
        shown = f"{title}{'' if title[-1] in '.?!' else '.'} {shown}"
    return [" ".join(shown.split()), *told]


def _lines(ax: Any) -> list[str]:
    x_value, y_value = value_teller(ax.xaxis), value_teller(ax.yaxis)
    bands = _bands_by_colour(ax)
    told = []
    for name, line, bar in _data_lines(ax):
        x, y = _finite(line)
        if not len(x):
            told.append(f"{name} has no values.")
            continue
        if bar is None and line.get_linestyle() in ("None", "none", ""):
            told.append(_cloud(name, x, y, x_value, y_value))
            continue
        if len(x) == 1:
            text = f"{name} is {y_value(y[0])} at {x_value(x[0])}"
        else:
            text = f"{name} goes from {y_value(y[0])} at {x_value(x[0])}"
            text += f" to {y_value(y[-1])} at {x_value(x[-1])}"
            for word, i in (("highest", highest(y, SEEN)), ("lowest", lowest(y, SEEN))):
                if not nought(y[i] - y[[0, -1]], abs(y).max(), SEEN).any():
                    text += f"; {word} {y_value(y[i])} at {x_value(x[i])}"
        if bar is not None:
            text += _error_range(bar, y_value, across=False)
        band = bands.get(_colour(line.get_color()))
        if band:
            text += f", with a band from {y_value(band[0])} to {y_value(band[1])} at the right end"
        told.append(text + ".")
    unnamed = len(_all_lines(ax)) - len(_data_lines(ax))
    if unnamed:
        told.append(f"{unnamed} more line{'s' if unnamed > 1 else ''} without a name.")
    return told


def _error_range(bar: Any, value: Any, *, across: bool) -> str:
    """Tell the first and the last error bar: those of x where across, else those of y."""
    if not (bar.has_xerr if across else bar.has_yerr):
        return ""
    # The bars of x, where there are any, were drawn first, those of y last.
    drawn = bar.lines[2][0 if across else -1].get_segments()
    ends = [segment[:, 0 if across else 1] for segment in drawn if len(segment)]
    if not ends:
        return ""
    first, last = ends[0], ends[-1]
    text = f", with error bars from {value(first.min())} to {value(first.max())}"
    if len(ends) > 1:
        side, other = ("lower", "upper") if across else ("left", "right")
        text += f" at the {side} end and from {value(last.min())} to {value(last.max())}"
        text += f" at the {other}"
    return text


def _areas(ax: Any) -> list[str]:
    """Tell filled areas that have a name, and bands that belong to no line."""
    y_value = value_teller(ax.yaxis)
    colours = {_colour(line.get_color()) for _, line, _ in _data_lines(ax)}
    told = []
    for name, colour, (left, right) in _fills(ax):
        if name is None and colour in colours:
            continue  # told with its line
        text = f"{name or 'A band'} spans {y_value(left[0])} to {y_value(left[1])} at the left end"
        told.append(f"{text} and {y_value(right[0])} to {y_value(right[1])} at the right end.")
    return told


def _bars(ax: Any) -> list[str]:
    from matplotlib.container import BarContainer

    told = []
    for container in ax.containers:
        if not isinstance(container, BarContainer) or not container.patches:
            continue
        lying = container.orientation == "horizontal"
        place = value_teller(ax.yaxis if lying else ax.xaxis)
        size = value_teller(ax.xaxis if lying else ax.yaxis)
        bars = [
            (patch.get_y() + patch.get_height() / 2, patch.get_width())
            if lying
            else (patch.get_x() + patch.get_width() / 2, patch.get_height())
            for patch in container.patches
        ]
        name = _own_name(container)
        if len(bars) > MANY_BARS:
            sizes = [value for _, value in bars]
            high, low = bars[highest(sizes, SEEN)], bars[lowest(sizes, SEEN)]
            text = f"{len(bars)} bars from {place(bars[0][0])} to {place(bars[-1][0])}; "
            text += f"highest {size(high[1])} at {place(high[0])}, "
            text += f"lowest {size(low[1])} at {place(low[0])}"
        else:
            text = "bars: " + ", ".join(f"{place(at)} {size(value)}" for at, value in bars)
            if name is None:
                text = text[0].upper() + text[1:]
        if container.errorbar is not None:
            text += _error_range(container.errorbar, size, across=lying)
        told.append(f"{name}, {text}." if name else f"{text}.")
    return told


def _scatters(ax: Any) -> list[str]:
    import numpy as np
    from matplotlib.collections import PathCollection

    x_value, y_value = value_teller(ax.xaxis), value_teller(ax.yaxis)
    told = []
    for points in ax.collections:
        if isinstance(points, PathCollection) and points.get_visible():
            at = np.ma.filled(points.get_offsets(), np.nan)
            at = at[np.isfinite(at).all(axis=1)]
            name = _own_name(points) or ""
            told.append(_cloud(name, at[:, 0], at[:, 1], x_value, y_value))
    return told


def _cloud(name: str, x: Any, y: Any, x_value: Any, y_value: Any) -> str:
    if not len(x):
        return f"{name or 'The points'}: no points."
    head = f"{name}: {len(x)}" if name else f"{len(x)}"
    return (
        f"{head} point{'s' if len(x) > 1 else ''}, across from {x_value(x.min())} to "
        f"{x_value(x.max())}, up from {y_value(y.min())} to {y_value(y.max())}."
    )


def _reference_lines(ax: Any) -> list[str]:
    told = []
    for line in ax.lines:
        along = _reference(ax, line)
        if along is None or not line.get_visible():
            continue
        name = f" ({plain(str(line.get_label()))})" if _own_name(line) else ""
        if along == "sloped":
            told.append(f"A straight reference line crosses the picture{name}.")
            continue
        axis = ax.yaxis if along == "level" else ax.xaxis
        data = line.get_ydata(orig=False) if along == "level" else line.get_xdata(orig=False)
        which = "A level" if along == "level" else "An upright"
        told.append(f"{which} reference line at {value_teller(axis)(float(data[0]))}{name}.")
    return told


def _all_lines(ax: Any) -> list[tuple[str | None, Any, Any]]:
    """Name, line and error bars of every visible line that carries data."""
    from matplotlib.container import ErrorbarContainer

    bars = [one for one in ax.containers if isinstance(one, ErrorbarContainer)]
    caps = {part for bar in bars for part in bar.lines[1]}
    of = {bar.lines[0]: bar for bar in bars if bar.lines[0] is not None}
    found = []
    for line in ax.lines:
        if line in caps or not line.get_visible() or _reference(ax, line):
            continue
        bar = of.get(line)
        found.append((_own_name(line) or (bar and _own_name(bar)), line, bar))
    return found


def _data_lines(ax: Any) -> list[tuple[str, Any, Any]]:
    """Lines with a name; if none has one, all of up to three, as "The line"."""
    found = _all_lines(ax)
    named = [one for one in found if one[0]]
    if named or len(found) > 3:
        return named or [("The line", *found[0][1:])]
    if len(found) == 1:
        return [("The line", *found[0][1:])]
    return [(f"The line {i}", *one[1:]) for i, one in enumerate(found, 1)]


def _reference(ax: Any, line: Any) -> str | None:
    """Whether a line is a level, upright or sloped reference line, not data.

    A line placed on the page in both directions has no value to tell; it counts as sloped.
    """
    from matplotlib.lines import AxLine

    if isinstance(line, AxLine):
        return "sloped"
    by_x, by_y = line.get_transform().contains_branch_seperately(ax.transData)
    if by_x == by_y:
        return None if by_x else "sloped"
    return "level" if by_y else "upright"


def _fills(ax: Any) -> list[tuple[str | None, Any, Any]]:
    """Name, colour, and lower and upper edge at the left and the right end of each fill."""
    from matplotlib.collections import PolyCollection

    found = []
    for fill in ax.collections:
        if not isinstance(fill, PolyCollection) or not fill.get_visible():
            continue
        corners = [path.vertices for path in fill.get_paths() if len(path.vertices)]
        if not corners or not len(fill.get_facecolor()):
            continue
        first = min(corners, key=lambda part: part[:, 0].min())
        last = max(corners, key=lambda part: part[:, 0].max())
        left = first[first[:, 0] == first[:, 0].min(), 1]
        right = last[last[:, 0] == last[:, 0].max(), 1]
        ends = (left.min(), left.max()), (right.min(), right.max())
        found.append((_own_name(fill), _colour(fill.get_facecolor()[0]), ends))
    return found


def _bands_by_colour(ax: Any) -> dict[Any, tuple[float, float]]:
    return {colour: right for name, colour, (_, right) in _fills(ax) if name is None}


def _finite(line: Any) -> tuple[Any, Any]:
    import numpy as np

    x, y = (np.asarray(data, dtype=float) for data in line.get_data(orig=False))
    kept = np.isfinite(x) & np.isfinite(y)
    return x[kept], y[kept]


def _colour(color: Any) -> tuple[float, ...]:
    from matplotlib.colors import to_rgb

    return tuple(round(channel, 3) for channel in to_rgb(color))


def _own_name(part: Any) -> str | None:
    label = str(part.get_label() or "")
    return None if label.startswith("_") or not label.strip() else plain(label)


def _label(ax: Any, which: str) -> str:
    own = plain(getattr(ax, f"get_{which}label")())
    if own:
        return own
    group = ax.get_shared_x_axes() if which == "x" else ax.get_shared_y_axes()
    labels = [getattr(one, f"get_{which}label")() for one in group.get_siblings(ax)]
    return next((plain(label) for label in labels if label.strip()), "the values")
