"""One simulated town: who is tied to whom, and what happened to each person."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..community import Community

if TYPE_CHECKING:
    import pandas as pd


class Town(NamedTuple):
    """A town that a lesson's world simulates. Synthetic.

    Parameters
    ----------
    community : Community
        Who is tied to whom.
    people : pandas.DataFrame
        One row a person, in the order of their numbers; each world says its columns.
    """

    community: Community
    people: pd.DataFrame
