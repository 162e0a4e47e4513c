"""Personal recommendations: what similar buyers bought, from the shop's own orders."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...counting import repeat
from ..luck import Ints
from ..state import ITEMS, ITEMS_A_KIND, Week

EVERY = 4
SCALE = 2**20
"""Similarities are whole multiples of 1/SCALE, so that their sums are exact in any order."""


def purchases(bought: list[tuple[Ints, Ints]], shop: int, people: int) -> Any:
    """Give who bought which item of a shop, as a sparse matrix of 0 and 1.

    Parameters
    ----------
    bought : list of (numpy.ndarray, numpy.ndarray)
        By week: shop × people + person, and the item.
    shop, people : int
        Whose orders, and how many people there are.
    """
    from scipy import sparse

    flat = np.concatenate([one for one, _ in bought]) if bought else np.zeros(0, np.intp)
    item = np.concatenate([one for _, one in bought]) if bought else np.zeros(0, np.intp)
    mine = flat // people == shop
    person, item = flat[mine] % people, item[mine]
    cells = np.zeros((people, ITEMS), np.int64)
    cells[person, item] = 1
    return sparse.csr_array(cells)


def similarity(table: Any) -> NDArray[np.int64]:
    """Give the cosine between items, in whole multiples of 1/SCALE; 0 of an item to itself.

    Notes
    -----
    Source: Linden, Smith & York (2003), IEEE Internet Computing 7(1):76-80.
    """
    together = (table.T @ table).toarray().astype(float)
    sold = np.diag(together).copy()
    product = np.sqrt(sold[:, None] * sold)
    cosine = np.where(product > 0, together / np.where(product > 0, product, 1.0), 0.0)
    np.fill_diagonal(cosine, 0.0)
    return np.rint(cosine * SCALE).astype(np.int64)


def scores(table: Any, way: str) -> NDArray[np.int64]:
    """Give how well each item suits each person, and −1 for what the person has bought.

    Parameters
    ----------
    table : scipy.sparse array
        What `purchases` gives.
    way : str
        "similar": like what the person bought; "popular": bought by most.
    """
    if way == "similar":
        found = table @ similarity(table)
    else:
        found = repeat(table.sum(axis=0)[None, :], table.shape[0], axis=0)
    found = np.asarray(found, dtype=np.int64)
    found[table.toarray() > 0] = -1
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
    found = state.suggested.copy()
    if not week.every(EVERY):
        return found
    for shop, acts in enumerate(week.acts):
        found[shop] = -1
        if acts.suggest == "none":
            continue
        table = purchases(bought, shop, week.town.size)
        # Of equal scores the lower item; nobody is suggested anything without a score.
        best = scores(table, acts.suggest)
        top, item = best.max(axis=1), best.argmax(axis=1)
        given = state.data[shop] & (top > 0)
        found[shop, given] = item[given] // ITEMS_A_KIND
    return found


def recall(
    before: list[tuple[Ints, Ints]],
    after: list[tuple[Ints, Ints]],
    shop: int,
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
    table, later = purchases(before, shop, people), purchases(after, shop, people).toarray()
    known = np.flatnonzero(table.sum(axis=1) > 0)
    new = (later[known] > 0) & (table.toarray()[known] == 0)
    counted = {}
    for way in ("similar", "popular"):
        suits = scores(table, way)[known]
        order = np.argsort(-suits, axis=1, kind="stable")[:, :many]
        hit = np.take_along_axis(new, order, axis=1)
        counted[way] = (int(hit.sum()), int(new.sum()))
    return counted
