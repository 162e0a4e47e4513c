"""What a team may ask the market for money, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..shop.trials import DIFFER

KINDS = {
    "survey": "Ask 30 people whom you know whether they want a closer relationship",
    "log": "The log of your own customers: who came closer when, online and on the street",
    "ab_test": "Do one thing with half of your people, chosen by lot, and compare the halves",
    "encouragement": "Ask half of your people, chosen by lot, to join your page",
    "rivals": "What your rivals seem to do; one line in five is wrong",
}
TESTABLE = tuple(name for name in DIFFER if name != "fan_drive")
"""Acts that an A/B test can be about; asking people to join the page is an encouragement."""
MOST = 2
"""Pieces of research in a round."""


@dataclass(frozen=True)
class Request:
    """One piece of research.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    act : str
        Of an A/B test: the act that differs.
    value : float, int, str, bool or None
        Of an A/B test: what it is for the tested half.
    """

    kind: str
    act: str = ""
    value: float | int | str | bool | None = None

    @property
    def name(self) -> str:
        """What its results are called."""
        return f"{self.kind} {self.act}".strip()

    def plain(self) -> dict[str, Any]:
        """Give it as a decision holds it."""
        if self.kind == "ab_test":
            return {"kind": self.kind, "act": self.act, "value": self.value}
        return {"kind": self.kind}
