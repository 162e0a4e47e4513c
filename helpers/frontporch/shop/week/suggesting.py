"""Personal recommendations: what similar buyers bought, from the shop's own orders."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ..luck import Floats, Ints
from ..state import ITEMS, ITEMS_A_KIND, Week

EVERY = 4
SCALE = 2**20
"""Similarities are whole multiples of 1/SCALE, so that their sums are exact in any order."""


def purchases(bought: list[tuple[Ints, Ints]], shops: int, people: int) -> Floats:
    """Give who bought which item where: 1 or 0 for each shop, person and item.

    Parameters
    ----------
    bought : list of (numpy.ndarray, numpy.ndarray)
        By week: shop × people + person, and the item.
    shops, people : int
        How many there are.

    Notes
    -----
    A shop has so few items that a sparse table takes longer to build than this one to use.
    """
    cells = np.zeros(shops * people * ITEMS)
    for flat, item in bought:
        cells[flat * ITEMS + item] = 1.0
    return cells.reshape(shops, people, ITEMS)


def similarity(table: Floats) -> Floats:
    """Give the cosine between items, in whole multiples of 1/SCALE; 0 of an item to itself.

    Notes
    -----
    Source: Linden, Smith & York (2003), IEEE Internet Computing 7(1):76-80.
    """
    # Sums of whole numbers below 2⁵³ are exact in any order.
    together = table.T @ table
    sold = np.diag(together).copy()
    product = np.sqrt(sold[:, None] * sold)
    cosine = np.where(product > 0, together / np.where(product > 0, product, 1.0), 0.0)
    np.fill_diagonal(cosine, 0.0)
    return np.rint(cosine * SCALE)


def scores(table: Floats, way: str, who: NDArray[np.bool_] | None = None) -> Floats:
    """Give how well each item suits each person, and −1 for what the person has bought.

    Parameters
    ----------
    table : numpy.ndarray of float
        What `purchases` gives for a shop.
    way : str
        "similar": like what the person bought; "popular": bought by most.
    who : numpy.ndarray of bool, optional
        The people who are suggested something; all if not given.
    """
    mine = table if who is None else table[who]
    if way == "similar":
        found = mine @ similarity(table)
    else:
        found = repeat(table.sum(axis=0)[None, :], len(mine), axis=0)
    found[mine > 0] = -1.0
    return found


def suggestions(week: Week, bought: list[tuple[Ints, Ints]]) -> NDArray[np.int8]:
    """Give the kind of goods suggested to each person by each shop, −1 for none.

    Parameters
    ----------
    week : Week
        With the state at its start.
    bought : list of (numpy.ndarray, numpy.ndarray)
        Orders of the weeks before, as `purchases` takes them.
    """
    state = week.state
    if all(one.suggest == "none" for one in week.acts):
        return np.full_like(state.suggested, -1)
    if not week.every(EVERY):
        return state.suggested.copy()
    found = np.full_like(state.suggested, -1)
    tables = purchases(bought, len(week.acts), week.town.size)
    for shop, (acts, table) in enumerate(zip(week.acts, tables, strict=True)):
        if acts.suggest == "none":
            continue
        # Of equal scores the lower item; nobody is suggested anything without a score.
        who = state.data[shop]
        best = scores(table, acts.suggest, who)
        item = best.argmax(axis=1)
        some = best[np.arange(len(item)), item] > 0
        found[shop, np.flatnonzero(who)[some]] = item[some] // ITEMS_A_KIND
    return found


def recall(
    before: list[tuple[Ints, Ints]],
    after: list[tuple[Ints, Ints]],
    shop: int,
    shops: int,
    people: int,
    *,
    many: int = 3,
) -> dict[str, tuple[int, int]]:
    """Count later first purchases of an item that were among the suggestions made before.

    Returns
    -------
    dict of str to (int, int)
        By way of suggesting: found, and purchases in all.
    """
    table, later = (purchases(one, shops, people)[shop] for one in (before, after))
    known = table.any(axis=1)
    new = (later[known] > 0) & (table[known] == 0)
    counted = {}
    for way in ("similar", "popular"):
        suits = scores(table, way, known)
        order = np.argsort(-suits, axis=1, kind="stable")[:, :many]
        hit = np.take_along_axis(new, order, axis=1)
        counted[way] = (int(hit.sum()), int(new.sum()))
    return counted
