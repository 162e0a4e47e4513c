"""What came out in lesson 9: ring the cash register."""

from __future__ import annotations

from ... import data, fans
from ...classroom.predicting.outcome import Outcome
from .accounts import page_accounts
from .worlds import PageWorld


def profit_by_the_coin(_dates: tuple[float, ...] = ()) -> float:
    """Profit of the shop's page in its year, in dollars, by what the coin says it won."""
    cdnow = data.load("cdnow")
    bought, spent = fans.fit_customers(cdnow), fans.fit_spend(cdnow)
    worth = fans.worth_of_a_customer(bought, spent.mean, margin=0.4)
    books = PageWorld().simulate(8_000, seed=7)
    hours, wage = fans.fixed(52 * 8.0), fans.fixed(18.0)
    return page_accounts(books, worth, hours, wage)["by the coin"].profit


OUTCOMES = {
    "9.profit": Outcome(
        question="9.profit",
        truth=profit_by_the_coin,
        named="by the coin",
        what="profit of the page in its year",
        unit="dollars",
        title="Two ways to count see a profit, and the coin sees none",
    ),
}
