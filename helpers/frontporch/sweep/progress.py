"""How far a sweep is, in one line that is written again and again."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import IO

from ..rounding import number

FIRST, NEXT, LOGGED = 2.0, 0.25, 60.0
"""Seconds before the first line, between two on a screen, and between two in a log."""


@dataclass(frozen=True)
class Status:
    """How far a sweep is.

    Parameters
    ----------
    done, failed, total : int
        Runs: those that gave a result, those that raised, all.
    rate : float
        Runs a second lately; 0 where none is known.
    running : bool
        Whether a process is computing.
    """

    done: int
    failed: int
    total: int
    rate: float = 0.0
    running: bool = False

    @property
    def left(self) -> int:
        """Runs that are still to do."""
        return max(self.total - self.done - self.failed, 0)

    def __str__(self) -> str:
        """Say it in a line.

        Examples
        --------
        >>> print(Status(3_400, 12, 10_000, 850.0, True))
        3,412 of 10,000 runs, 12 failed, 850 a second, 8 s left
        """
        words = [f"{self.done + self.failed:,} of {self.total:,} runs"]
        if self.failed:
            words.append(f"{self.failed:,} failed")
        if self.running and self.rate:
            words += [f"{number(self.rate, 2)} a second", f"{duration(self.left / self.rate)} left"]
        elif not self.running and self.left:
            words.append("not running")
        return ", ".join(words)

    __repr__ = __str__


def duration(seconds: float) -> str:
    """Say a duration in its two largest units.

    Examples
    --------
    >>> duration(7.6), duration(200), duration(100_000)
    ('8 s', '3 min 20 s', '1 d 3 h')
    """
    whole = round(seconds)
    if whole >= 86_400:
        return f"{whole // 86_400} d {whole % 86_400 // 3_600} h"
    if whole >= 3_600:
        return f"{whole // 3_600} h {whole % 3_600 // 60} min"
    return f"{whole // 60} min {whole % 60} s" if whole >= 60 else f"{whole} s"


class Line:
    """The line that shows progress: on a screen over itself, in a log once a minute.

    Nothing is written by a sweep of less than two seconds, nor where the variable CI is set.
    """

    def __init__(self, stream: IO[str] | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._over = self._stream.isatty() or "ipykernel" in sys.modules
        self._wait = NEXT if self._over else LOGGED
        self._next = time.monotonic() + (FIRST if self._over else LOGGED)
        self._shown = 0
        self._silent = bool(os.environ.get("CI")) and stream is None

    def stop(self, text: str) -> None:
        """Write why it ends before its time, also where no line was written so far."""
        if not self._silent:
            self._stream.write(f"{chr(10) if self._shown and self._over else ''}{text}\n")
            self._stream.flush()

    def show(self, text: str, *, last: bool = False) -> None:
        """Write the line if it is time; the last one where any was written."""
        now = time.monotonic()
        if self._silent or (now < self._next and not last) or (last and not self._shown):
            return
        self._next = now + self._wait
        if self._over:
            self._stream.write(f"\r{text.ljust(self._shown)}{chr(10) if last else ''}")
        else:
            self._stream.write(f"{text}\n")
        self._shown = max(len(text), self._shown)
        self._stream.flush()
