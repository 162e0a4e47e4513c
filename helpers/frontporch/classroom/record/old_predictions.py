"""Predictions that an older version kept in a file of their own, as entries of a record."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from .entry import Entry, RecordError, entry

_DETAILS = ("at", "unit", "because", "sure", "low", "high", "choices")


def taken_over(path: Path) -> list[Entry]:
    """Read predictions of an older version; none where there are none that can be read.

    What cannot be read is passed over: the old file stays as it is.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    return listed(found)


def listed(found: object) -> list[Entry]:
    """Give the predictions of an older version that a list from its file holds."""
    made: list[Entry] = []
    for one in found if isinstance(found, list) else []:
        with contextlib.suppress(RecordError, AttributeError):
            plain = {
                "kind": "prediction",
                "about": one.get("question"),
                "value": one.get("value"),
                "details": {
                    name: one[name] for name in _DETAILS if one.get(name) not in (None, "", [])
                },
                "tries": 1 + sum(before.about == one.get("question") for before in made),
                "order": len(made) + 1,
                "at": one.get("recorded_at") or "",
            }
            made.append(entry(plain, "a prediction"))
    return made
