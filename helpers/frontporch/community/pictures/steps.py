"""Who had adopted by each step of one run, and over which ties: read from its trace."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...counting import bincount
from ..graph.ties import Community

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("person", "step", "through")


@dataclass(frozen=True, eq=False)
class Steps:
    """One run, by numbers of people.

    Parameters
    ----------
    step : numpy.ndarray of int, shape (people,)
        In which step each person adopted, 0 at the start; −1: never.
    through : numpy.ndarray of int, shape (people,)
        Number of who brought it; −1: nobody.
    kind : numpy.ndarray of int, shape (people,)
        Kind of the tie that brought it, as a position in `kinds`; −1: none.
    kinds : tuple of str
        Kinds of tie; empty where ties have none.
    """

    step: NDArray[np.int64]
    through: NDArray[np.int64]
    kind: NDArray[np.int64]
    kinds: tuple[str, ...]

    @property
    def last(self) -> int:
        """The last step in which somebody adopted."""
        return int(self.step.max(initial=0))

    def by(self, step: int) -> NDArray[np.bool_]:
        """Say who has adopted by a step."""
        return (self.step >= 0) & (self.step <= step)

    def brought(self, step: int) -> dict[str, int]:
        """Count those of a step by the kind of tie that brought it."""
        now = self.kind[(self.step == step) & (self.kind >= 0)]
        return dict(zip(self.kinds, bincount(now, minlength=len(self.kinds)).tolist(), strict=True))


def read_steps(course: pd.DataFrame, community: Community) -> Steps:
    """Read what `trace` returned for this community.

    Raises
    ------
    ValueError
        If it is not a trace, or one of other people.
    """
    missing = [name for name in COLUMNS if name not in getattr(course, "columns", ())]
    if missing:
        raise ValueError(
            f"a course is the table that `trace` returns, but this one has no column {missing[0]}."
        )
    people = community.names(np.arange(community.size))
    if course["person"].tolist() != people:
        raise ValueError(
            f"the course is one of {len(course)} other people than the {community.size} of this "
            "community: draw it on the community that was traced."
        )
    through = course["through"].to_numpy(dtype=object)
    somebody = np.array([one is not None and one == one for one in through], dtype=bool)
    number = np.full(community.size, -1, dtype=np.int64)
    number[somebody] = community.numbers(through[somebody].tolist())
    kind, kinds = np.full(community.size, -1, dtype=np.int64), ()
    if "kind" in course:
        kind = course["kind"].cat.codes.to_numpy(np.int64)
        kinds = tuple(map(str, course["kind"].cat.categories))
    step = course["step"].fillna(-1).to_numpy(np.int64)
    return Steps(step, number, kind, kinds)


def shown_steps(last: int, panels: int = 6) -> list[int]:
    """Give the steps of small multiples: the first, the last, and others evenly between.

    Examples
    --------
    >>> shown_steps(3), shown_steps(20)
    ([0, 1, 2, 3], [0, 4, 8, 12, 16, 20])
    """
    return sorted(set(np.linspace(0, last, min(panels, last + 1)).round().astype(int).tolist()))


def whole_step(step: float) -> int:
    """Give a step as a whole number; a slider moves by numbers that may not look like one."""
    if isinstance(step, bool) or not float(step).is_integer() or step < 0:
        raise ValueError(f"step is {step!r}, but must be a whole number from 0 up.")
    return int(step)
