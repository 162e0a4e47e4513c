"""Who hands in: a team's name gives the numbers of its questions."""

from __future__ import annotations

from dataclasses import dataclass
from types import EllipsisType


@dataclass(frozen=True)
class Team:
    """A team, or a student alone.

    Parameters
    ----------
    name : str or None
        None where no name was given: then the questions have the class's numbers.
    """

    name: str | None

    def __repr__(self) -> str:
        """Say whose numbers are asked."""
        if self.name is None:
            return (
                "No team yet: the questions have the class's numbers. To get your own, put your "
                "team's name, in quotes, in place of the three dots, and run the cell again."
            )
        return f"Team {self.name}: the questions below have your team's own numbers."


_now = Team(None)


def team(name: str | EllipsisType | None = ...) -> Team:
    """Say who you are; from then on every question has your team's own numbers.

    Parameters
    ----------
    name : str
        The team's name; capitals and spaces at its ends make no difference. Three dots, or
        nothing, leave the class's numbers.

    Returns
    -------
    Team

    Raises
    ------
    ValueError
        If the name is empty or no text.

    Examples
    --------
    >>> team("Blue Door")
    Team Blue Door: the questions below have your team's own numbers.
    >>> team(...).name is None
    True
    """
    global _now
    if name is None or name is ...:
        _now = Team(None)
    elif isinstance(name, str) and name.strip():
        _now = Team(name.strip())
    else:
        raise ValueError(f'{name!r} is no name: write it in quotes, such as team("Blue Door").')
    return _now


def current() -> Team:
    """Give the team that was named last."""
    return _now
