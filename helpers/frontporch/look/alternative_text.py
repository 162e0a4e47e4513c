"""Alternative text of a picture, told from the data in its axes."""

from __future__ import annotations

from typing import Any

from .axis_values import plain
from .chart_parts import sentences

LONGEST = 120
"""Words of an alternative text; what does not fit is counted, not told."""


def set_alt_text(ax: Any, text: str) -> Any:
    """Give an axes or a figure a text of its own, which :func:`alt_text` then returns.

    Parameters
    ----------
    ax
        matplotlib axes or figure.
    text
        Plain sentences: what is shown, from where to where, and what stands out.

    Returns
    -------
    Axes or Figure
        What was given.

    Raises
    ------
    ValueError
        Where the text is empty.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = set_alt_text(Figure(), "Forty people, of whom five know everybody.")
    >>> alt_text(figure)
    'Forty people, of whom five know everybody.'
    """
    words = " ".join(str(text).split())
    if not words:
        raise ValueError("the alternative text is empty; say in a sentence what the picture shows")
    ax._frontporch_alt_text = words
    return ax


def alt_text(ax: Any) -> str:
    """Tell a picture in plain sentences: title, axes, and what each part goes from and to.

    Told are lines, error bars, bands and areas, bars, points, and reference lines; numbers have
    three digits and the unit of their axis (percent, durations and dates are recognised by the
    formatter). About 120 words at most. A text set with :func:`set_alt_text` comes first.

    Parameters
    ----------
    ax
        matplotlib axes or figure.

    Raises
    ------
    ValueError
        Where an axis is visible and has no label, because every picture has labelled axes with
        units; and where there is nothing in the axes, or nothing that can be told.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> ax = Figure().subplots()
    >>> _ = ax.plot([0, 1, 2], [3, 9, 6], label="shop")
    >>> _ = ax.set(xlabel="time (weeks)", ylabel="customers (people)")
    >>> alt_text(ax)
    'customers (people) against time (weeks). shop goes from 3 at 0 to 6 at 2; highest 9 at 1.'
    """
    own = getattr(ax, "_frontporch_alt_text", None)
    panels = _panels(ax)
    for panel in panels:
        _require_labels(panel)
    if own:
        return own
    if not panels:
        raise ValueError("the figure has no axes: draw something before its alternative text")
    title = ""
    if not hasattr(ax, "transAxes") and ax.get_suptitle():
        title = _sentence(ax.get_suptitle()) + " "
    share = LONGEST // len(panels)
    texts = [
        getattr(panel, "_frontporch_alt_text", None) or _shortened(sentences(panel), share)
        for panel in panels
    ]
    if len(texts) > 1:
        texts = [f"Panel {i} of {len(texts)}: {text}" for i, text in enumerate(texts, 1)]
    return title + " ".join(texts)


def _panels(ax: Any) -> list[Any]:
    """Return the axes themselves, or those of a figure; a colour bar is no panel."""
    if hasattr(ax, "transAxes"):
        return [ax]
    return [one for one in ax.axes if one.get_visible() and one.get_label() != "<colorbar>"]


def _require_labels(ax: Any) -> None:
    if not ax.axison:
        if getattr(ax, "_frontporch_alt_text", None):
            return
        if getattr(ax.figure, "_frontporch_alt_text", None):
            return
        raise ValueError(
            "the axes are switched off, so nothing can be told from them; say what the picture "
            'shows: look.set_alt_text(ax, "...")'
        )
    wanted = [
        f'ax.set_{which}label("...")'
        for which, axis, label in (
            ("x", ax.xaxis, ax.get_xlabel()),
            ("y", ax.yaxis, ax.get_ylabel()),
        )
        if axis.get_visible() and not label.strip() and not _shares_label(ax, which)
    ]
    if wanted:
        raise ValueError(
            f"every picture has labelled axes with units: call {' and '.join(wanted)}, "
            'for example "time since first contact (h)"'
        )


def _shares_label(ax: Any, which: str) -> bool:
    """Whether another panel on the same shared axis carries the label."""
    group = ax.get_shared_x_axes() if which == "x" else ax.get_shared_y_axes()
    siblings = group.get_siblings(ax)
    return any(getattr(one, f"get_{which}label")().strip() for one in siblings)


def _shortened(told: list[str], longest: int) -> str:
    """Sentences up to a number of words; the heading always, and a count of those left out."""
    kept, words = [told[0]], len(told[0].split())
    for sentence in told[1:]:
        words += len(sentence.split())
        if words > longest:
            break
        kept.append(sentence)
    left_out = len(told) - len(kept)
    if left_out:
        kept.append(f"{left_out} more not told.")
    return " ".join(kept)


def _sentence(text: str) -> str:
    text = plain(text)
    return text if text.endswith((".", "?", "!")) else text + "."
