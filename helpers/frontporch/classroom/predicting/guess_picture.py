"""The curve that somebody predicts, drawn while the sliders move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ... import look
from ...rounding import as_given


@dataclass(frozen=True)
class Guess:
    """Where the sliders of a curve stand.

    Parameters
    ----------
    names : sequence of str
        What each date is called.
    heights : sequence of float or None
        One a date; None where the slider was not moved yet.
    within : float
        How far the truth may lie from each height; 0 where that is not said.
    highest : float
        Upper end of the sliders.
    unit : str
        Unit of the heights.
    """

    names: Sequence[str]
    heights: Sequence[float | None]
    within: float
    highest: float
    unit: str

    @property
    def image(self) -> str:
        """A small picture with its alternative text, as HTML."""
        there = [(k, one) for k, one in enumerate(self.heights) if one is not None]
        at, heights = [k for k, _ in there], [one for _, one in there]
        with look.style():
            ax = look.axes(size=(6.6, 2.7))
            looks: dict[str, Any] = {
                "color": "#1A1A1A",
                "linestyle": ":",
                "marker": "*",
                "markersize": 16,
            }
            if at:
                ax.plot(at, heights, **looks)
            if self.within and at:
                low = [max(one - self.within, 0.0) for one in heights]
                high = [min(one + self.within, self.highest) for one in heights]
                ax.fill_between(at, low, high, color="#1A1A1A", alpha=0.12, linewidth=0)
            ax.set_xticks(range(len(self.names)), [_short(one) for one in self.names])
            beyond = 0.03 * self.highest
            ax.set(
                xlim=(-0.3, len(self.names) - 0.7),
                ylim=(-beyond, self.highest + beyond),
                xlabel="asked",
                ylabel=self.unit or "your prediction",
            )
            ax.xaxis.label.set_visible(False)  # the names below the axes say it
            look.set_alt_text(ax, self.words)
            return look.drawn(ax, quick=True).html("max-width:100%")

    @property
    def words(self) -> str:
        """What the picture shows."""
        told = [
            f"{name} {'not set' if height is None else f'{as_given(height)} {self.unit}'.strip()}"
            for name, height in zip(self.names, self.heights, strict=True)
        ]
        within = f"; 80 % sure within {as_given(self.within)} of each" if self.within else ""
        return f"Your prediction so far: {', '.join(told)}{within}."


def _short(name: str) -> str:
    return name.replace(" ", "\n", 1) if len(name) > 9 else name
