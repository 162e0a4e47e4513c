"""The picture of give and take: how deep two people open up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ... import look
from .disclosure import Disclosure

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_path(
    pair: Disclosure,
    exchanges: float = 20.0,
    start: tuple[float, float] = (0.0, 0.0),
    *,
    names: tuple[str, str] = ("first", "second"),
    ax: Axes | None = None,
) -> Axes:
    """Draw the path of any two, a customer and a brand included, by exchange.

    Parameters
    ----------
    pair : Disclosure
        The two.
    exchanges : float
        How far to draw.
    start : tuple of 2 floats
        Depths at the beginning.
    names : tuple of 2 str
        What the two are called; with warmth above 0 closeness is drawn as well.
    ax : matplotlib Axes, optional
        Where to draw; a new picture without it.

    Returns
    -------
    matplotlib Axes
    """
    path = pair.path(exchanges, start)
    with look.frame(
        ax,
        xlabel="exchanges",
        ylabel="depth (0 small talk, 1 all)",
        xlim=(0, exchanges),
        ylim=(-0.02, 1.05),
        names=True,
    ) as ax:
        ax.plot(path["exchange"], path["first"], label=names[0], **look.series(0))
        ax.plot(path["exchange"], path["second"], label=names[1], **look.series(1))
        if pair.warmth > 0:
            ax.plot(path["exchange"], path["closeness"], label="closeness", **look.series(2))
        ax.locator_params(axis="x", integer=True)
    return ax
