"""A click that waits a moment, until the browser has told where the controls stand.

While a kernel is busy, a browser keeps back the last move of a slider or a choice; the click on a
button overtakes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

SETTLED = 0.4
"""Seconds from a click to what it does."""


def later(act: Callable[[], Any], seconds: float = SETTLED) -> asyncio.TimerHandle | None:
    """Do something in a moment; at once where nothing is waited for, as outside of a notebook.

    Parameters
    ----------
    act : callable
        Takes nothing.
    seconds : float
        How long to wait.

    Returns
    -------
    asyncio.TimerHandle or None
        Cancels it; None where it is done already.

    Examples
    --------
    >>> later(lambda: print("done"))
    done
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        act()
        return None
    return loop.call_later(seconds, act)
