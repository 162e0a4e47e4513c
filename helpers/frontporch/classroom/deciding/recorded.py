"""What the record says of a decision: which one counts, and whether its year was played."""

from __future__ import annotations

from collections.abc import Sequence

from ...names import UnknownName, nearest
from ..course_package import course
from ..record.entry import Entry
from .decision import Decision


def found(id: str) -> Decision:
    """Give the decision of a number such as "5.decision".

    Raises
    ------
    UnknownName
        If there is none; the message names the nearest.
    """
    here = course()
    made = here.decision(str(id).split(".")[0])
    if made is None or made.id != id:
        known = [one.id for number in here.numbers() if (one := here.decision(number))]
        raise UnknownName(f"There is no decision {id!r}. {nearest(id, known)}")
    return made


def counting(entries: Sequence[Entry], id: str, team: str) -> tuple[Entry | None, Entry | None]:
    """Give a team's decision that counts, and the entry that says that its year was played.

    The last decision before the year was first played counts; a later one came with the result
    in sight.

    Parameters
    ----------
    entries : sequence of Entry
        A record, in order.
    id : str
        Which decision.
    team : str
        Whose; capitals and spaces at the ends of a name make no difference.

    Examples
    --------
    >>> record = [
    ...     Entry("decision", "9.decision", "close"), Entry("reveal", "9.decision"),
    ...     Entry("decision", "9.decision", "run"),
    ... ]
    >>> counting(record, "9.decision", "")[0].value
    'close'
    """
    decided = None
    for one in entries:
        if one.about != id or _folded(one.team) != _folded(team):
            continue
        if one.kind == "decision":
            decided = one
        elif one.kind == "reveal" and decided is not None:
            return decided, one
    return decided, None


def _folded(team: str) -> str:
    return team.strip().casefold()
