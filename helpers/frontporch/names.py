"""An unknown name is answered with the nearest known one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(name: object, known: Iterable[str]) -> str:
    """Say in words which known name is meant by an unknown one.

    Parameters
    ----------
    name : object
        What was asked for.
    known : iterable of str
        The names that there are.

    Returns
    -------
    str
        "Did you mean 'x'?" where one name is near, and the list of all names.

    Examples
    --------
    >>> nearest("frend", ["stranger", "friend"])
    "Did you mean 'friend'? Known: stranger, friend."
    """
    names = [str(one) for one in known]
    lowered = {one.lower(): one for one in names}
    close = difflib.get_close_matches(str(name).lower(), lowered, n=1, cutoff=0.6)
    meant = f"Did you mean {lowered[close[0]]!r}? " if close else ""
    return f"{meant}Known: {', '.join(names) or 'none'}."


def pick(name: object, known: Iterable[str], what: str) -> str:
    """Return a name that is known, or say what it should have been.

    Parameters
    ----------
    name : object
        What was asked for.
    known : iterable of str
        The names that there are.
    what : str
        What is named, for the message: "stage", "channel", "data set".

    Returns
    -------
    str
        The name itself.

    Raises
    ------
    KeyError
        If the name is unknown.

    Examples
    --------
    >>> pick("friend", ["stranger", "friend"], "stage")
    'friend'
    """
    names = list(known)
    if name in names:
        return str(name)
    raise UnknownName(f"There is no {what} {name!r}. {nearest(name, names)}")


class UnknownName(KeyError, ValueError):  # noqa: N818 - read by students: a name, not an Error
    """A name that is not known; its text names the nearest one."""

    def __str__(self) -> str:
        """Give the sentence without the quotes that a KeyError puts around it."""
        return str(self.args[0])
