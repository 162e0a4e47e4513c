"""What a view needs of the control that it shows; the control itself knows its views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .telling import Telling

if TYPE_CHECKING:
    from ...community import Community
    from ...community.pictures.layout import Layout


class Clickable(Protocol):
    """People who can be clicked, and what is said of those who are asked."""

    places: Layout
    names: Sequence[str] | None

    @property
    def community(self) -> Community:
        """The people and their ties."""

    @property
    def chosen(self) -> tuple[int, ...]:
        """Numbers of those who are asked, in order."""

    @property
    def chances(self) -> NDArray[np.float64]:
        """Share of worlds in which each person is reached."""

    @property
    def gains(self) -> tuple[float, ...]:
        """How many more each one added on average."""

    @property
    def told(self) -> Telling:
        """What is said of it."""

    @property
    def typed(self) -> str:
        """The call that draws the same picture."""

    def click(self, number: int) -> None:
        """Ask or take back the person with this number."""

    def clear(self) -> None:
        """Take everybody back."""

    def drawn(self) -> Any:
        """Draw the picture without any control."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Have something called after every change."""
