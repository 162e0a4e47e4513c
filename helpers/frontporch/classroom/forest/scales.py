"""On which scale a study's effect was measured, in which order studies stand, who is left out."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ...names import pick

SCALES = {
    "percentage points": "percentage points",
    "per cent more": "per cent more than without",
    "per cent likelier": "per cent more than without",
    "per cent higher": "per cent more than without",
    "per cent by which": "per cent more than without",
    "per cent of daily visits": "per cent more than without",
    "per cent of page views": "per cent more than without",
    "per cent of lifetime profit": "per cent more than without",
    "per cent": "per cent of all",
    "correlation": "correlation",
    "elasticity": "elasticity: per cent for one per cent",
    "long-run elasticity": "elasticity: per cent for one per cent",
    "times": "times as much",
    "stars": "stars of five",
    "hours": "hours",
    "cents": "cents",
    "dollars": "dollars",
}
"""By how the words on an effect begin, what its axis says; the first that fits counts."""

ORDERS = ("design", "bearing", "year", "n")
"""By what studies can be sorted: the strongest design, the side, the latest, the largest first."""

UNREAD = "title only"
"""What `read` says of a study whose abstract was not found: it takes no side."""

_SIDES = ("supports", "contradicts", "qualifies")


def scale_of(unit: str) -> str:
    """Name the scale of an effect, from the words that say what it counts.

    Raises
    ------
    ValueError
        If the words begin like those of no scale.

    Examples
    --------
    >>> scale_of("per cent more sales leads"), scale_of("per cent without a site")
    ('per cent more than without', 'per cent of all')
    """
    for beginning, scale in SCALES.items():
        if unit.startswith(beginning):
            return scale
    known = ", ".join(dict.fromkeys(SCALES))
    raise ValueError(f"effect_unit {unit!r} begins like no known scale. Known: {known}.")


def chosen(
    studies: pd.DataFrame, leave_out: Sequence[str], sort: str, designs: Sequence[str]
) -> pd.DataFrame:
    """Leave studies out and sort the others.

    Raises
    ------
    UnknownName
        If there is no such study or order; the message names the nearest.
    ValueError
        If no study is left.

    Examples
    --------
    >>> rows = pd.DataFrame({"study": ["A 2001", "B 2002"], "year": [2001, 2002]})
    >>> chosen(rows, ["A 2001"], "year", [])["study"].tolist()
    ['B 2002']
    """
    pick(sort, ORDERS, "order")
    for name in leave_out:
        pick(name, studies["study"], "study")
    left = studies[~studies["study"].isin(list(leave_out))]
    if left.empty:
        raise ValueError("No study is left: leave out fewer.")
    if sort in ("year", "n"):
        return left.sort_values(sort, ascending=False, kind="stable", na_position="last")
    order = list(designs) if sort == "design" else list(_SIDES)
    return left.sort_values(sort, key=lambda each: each.map(order.index), kind="stable")


def panels(studies: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split studies by the scale of their effect; those without one come last, under "".

    Examples
    --------
    >>> rows = pd.DataFrame({"effect": [0.5, None, 9.0],
    ...                      "effect_unit": ["stars of five", None, "dollars more"]})
    >>> [(scale, len(few)) for scale, few in panels(rows).items()]
    [('stars of five', 1), ('dollars', 1), ('', 1)]
    """
    seen = studies[studies["effect"].notna()]
    scale = seen["effect_unit"].map(scale_of)
    found = {one: seen[scale == one] for one in scale.unique()}
    rest = studies[studies["effect"].isna()]
    return found if rest.empty else {**found, "": rest}
