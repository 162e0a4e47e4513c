"""A recorded prediction, laid over the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import look
from .predictions import Prediction, prediction

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def lay_over(ax: Axes, question: str) -> Axes:
    """Draw the prediction that counts, with its range as a band, into the picture of the result.

    Parameters
    ----------
    ax : matplotlib Axes
        The picture; shares from 0 to 1 where the prediction is in per cent.
    question : str
        Which prediction; without one the picture stays as it is.

    Returns
    -------
    matplotlib Axes
        The same axes.

    Raises
    ------
    ValueError
        If the prediction is a choice, which cannot be drawn.
    """
    made = prediction(question)
    if made is None:
        return ax
    with look.style():
        if made.kind == "choice":
            raise ValueError(f"the prediction {question!r} is a choice: it cannot be drawn.")
        scale = 100 if made.unit == "%" else 1
        # Told first: a text of the whole picture is cut off before it comes to the last line.
        seen = look.alt_text(ax)
        _remove_names(ax)
        looks = {"color": "#1A1A1A", "linestyle": ":", "label": "your prediction"}
        band = {"color": looks["color"], "alpha": 0.12, "linewidth": 0}
        if made.kind == "number":
            ax.axhline(made.value / scale, **looks)
            if made.low is not None:
                ax.axhspan(made.low / scale, made.high / scale, **band)
        else:
            heights = [height / scale for height in made.value]
            if made.low is not None:
                ends = ([end / scale for end in ends] for ends in (made.low, made.high))
                ax.fill_between(made.at, *ends, **band)
            ax.plot(
                made.at,
                heights,
                marker="*",
                markersize=20,
                markeredgecolor="white",
                zorder=5,
                **looks,
            )
        _make_room(ax, made, scale)
        look.label_lines(ax)
        look.set_alt_text(ax, f"Laid over the result: {made}. {seen}")
    return ax


def _make_room(ax: Axes, made: Prediction, scale: float) -> None:
    """Let the axes reach as far as the prediction: a picture of results may have fixed its ends."""
    ends = [made.value, made.value if made.low is None else made.low]
    ends.append(made.value if made.high is None else made.high)
    heights = [x / scale for end in ends for x in (end if isinstance(end, tuple) else (end,))]
    low, high = ax.get_ylim()
    beyond = 0.03 * (max(high, *heights) - min(low, *heights))
    if max(heights) > high:
        ax.set_ylim(top=max(heights) + beyond)
    if min(heights) < low:
        ax.set_ylim(bottom=min(heights) - beyond)


def _remove_names(ax: Axes) -> None:
    """Take the lines' names away, so that they can be placed anew; other texts stay."""
    # Names are wrapped to rows, so they are compared without their spaces.
    named = [*ax.lines, *ax.containers]
    names = {"".join(str(one.get_label()).split()) for one in named}
    for text in list(ax.texts):
        if "".join(text.get_text().split()) in names:
            text.remove()
