"""What happens to a page at once: merges, purges, deletions."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

KINDS = ("merge", "purge", "deletion")


@dataclass(frozen=True)
class PageEvent:
    """A step in a count that is no growth.

    Parameters
    ----------
    date : str or pandas.Timestamp
        The day on which it happened.
    kind : str
        "merge" (pages joined: fans added at once), "purge" (fans taken out) or "deletion" (the
        page is lost).
    fans : int, optional
        How many fans came (above 0) or went (below 0). Without it the step is taken from the
        counts around it: that increment says nothing of growth and is left out of the fit.

    Raises
    ------
    ValueError
        If the kind is unknown, or the sign does not suit it.

    Examples
    --------
    >>> PageEvent("2010-06-20", "deletion", -2_000_000).kind
    'deletion'
    """

    date: str | pd.Timestamp
    kind: str
    fans: int | None = None

    def __post_init__(self) -> None:
        """Check the kind and the sign."""
        from ...names import pick

        pick(self.kind, KINDS, "kind of page event")
        day = pd.Timestamp(self.date)
        # pandas reads "june" as a day of the year 1.
        if day is pd.NaT or day.year < 1900:
            raise ValueError(f"date is {self.date!r}: write year-month-day, such as 2010-06-20.")
        object.__setattr__(self, "date", day)
        if self.fans is not None and (self.fans > 0) != (self.kind == "merge"):
            expected = "above" if self.kind == "merge" else "below"
            raise ValueError(f"fans is {self.fans}, but for a {self.kind} it lies {expected} 0.")

    def __str__(self) -> str:
        """Say it in words."""
        size = "of unknown size" if self.fans is None else f"of {self.fans:+,} fans"
        return f"{self.kind} {size} on {self.date:%Y-%m-%d}"
