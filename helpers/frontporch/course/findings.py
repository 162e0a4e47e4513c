"""What a case of a lesson shows: one table, and its pictures by kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..result import Result

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Findings(Result):
    """A table that a lesson's case model gives; a class of its own names its pictures.

    Parameters
    ----------
    table : pandas.DataFrame
        One row a thing that was tried.

    Examples
    --------
    >>> import pandas as pd
    >>> Findings(pd.DataFrame({"way": ["as now"], "newcomers": [3.0]})).summary()
          way  newcomers
    0  as now        3.0
    """

    table: pd.DataFrame

    def summary(self) -> pd.DataFrame:
        """Give the table."""
        return self.table.copy()

    def __repr__(self) -> str:
        """Show the table as text, where no page can show it."""
        return self.table.to_string(index=False)
