"""Main Street in one piece: what is tried on it, the player's year, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...shop import World
from .equal_shops import TOWN, WEEKS, EqualShops, equal_shops
from .first_months import first_months
from .halves import SEED, Halves
from .halves import WEEKS as TEST_WEEKS
from .my_year import MyYear
from .other_decisions import Debrief
from .rivals import rules_to_find
from .trial_of_offers import offer_test

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


class MainStreet:
    """What the lesson shows of Main Street; everything on it is synthetic.

    Examples
    --------
    >>> street = MainStreet()
    >>> street.rules()["claim"].tolist()
    ['2.4', '1.2', '1.1', '2.2', 'access']
    >>> street.my_year().decide(ofer="at once")
    Traceback (most recent call last):
    frontporch.names.UnknownName: There is no decision 'ofer'. Did you mean 'offer'? Known: ...
    """

    def first_months(self, reach: str = "join in, 10 hours a week") -> Axes:
        """Draw what a way to reach strangers brings in half a year, beside doing nothing."""
        return first_months(reach)

    def equal_shops(self, seed: int = TOWN, weeks: int = WEEKS) -> EqualShops:
        """Play four shops that do exactly the same: what luck alone does."""
        return equal_shops(seed, weeks)

    def rules(self) -> pd.DataFrame:
        """List the five rules of your town that nobody tells you."""
        return rules_to_find()

    def my_year(self) -> MyYear:
        """Run a shop for a year on a street of your own, four weeks at a time.

        Returns
        -------
        MyYear
            Shown where it is the last line of a cell; ``decide(offer="at once", expected=12000)``
            does what the button does.
        """
        return MyYear()

    def debrief(self) -> Debrief:
        """Show what the same luck would have brought you otherwise, once your year is over."""
        return Debrief()

    def offer_test(
        self,
        towns: World | Mapping[str, World] | None = None,
        weeks: int = TEST_WEEKS,
        *,
        seed: int = SEED,
    ) -> Halves:
        """Test the first offer on halves, in one town or several; see `offer_test`."""
        return offer_test(towns, weeks, seed=seed)
