"""Something done a moment later: until then the kernel is free to hear where controls stand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


def later(act: Callable[[], Any], seconds: float) -> None:
    """Do something in a moment; at once where nothing is waited for, as outside of a notebook.

    Parameters
    ----------
    act : callable
        Takes nothing.
    seconds : float
        How long to wait.

    Examples
    --------
    >>> later(lambda: print("done"), 0.1)
    done
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        act()
    else:
        loop.call_later(seconds, act)
