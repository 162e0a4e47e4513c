"""JSON: one object a line, or one list of objects."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from ..sheet import Desk, Sheet

SUFFIXES = (".jsonl", ".ndjson", ".json", ".geojson")


def is_one(name: str, text: str) -> bool:
    """Whether a file is JSON, by its name and its first sign."""
    return name.lower().endswith(SUFFIXES) and text.lstrip()[:1] in ("{", "[")


def read(text: str, desk: Desk) -> Sheet:
    """Read objects; a row's line is that of its object, or its place in the list.

    Raises
    ------
    TableError
        If a line is no object.
    """
    objects, lines = _listed(text, desk) if text.lstrip().startswith("[") else _lines(text, desk)
    header = list(dict.fromkeys(key for one in objects for key in one))
    if not objects or not header:
        desk.refuse("has no rows", "Check what should have filled it.")
    columns = [
        pd.Series([_plain(one.get(key)) for one in objects], dtype=object).infer_objects()
        for key in header
    ]
    return Sheet(header, columns, np.array(lines), text=False, header_line=None)


def _lines(text: str, desk: Desk) -> tuple[list[dict[str, Any]], list[int]]:
    objects, lines = [], []
    for line, one in enumerate(text.split("\n"), 1):
        if not one.strip():
            continue
        try:
            found = json.loads(one)
        except (json.JSONDecodeError, RecursionError) as error:
            desk.findings.one(
                line, None, one[:60], "is not JSON", f"One object a line: {_said(error)}."
            )
            continue
        if isinstance(found, dict):
            objects.append(found)
            lines.append(line)
        else:
            desk.findings.one(line, None, one[:60], "is no object", 'Write {"column": value, …}.')
    return objects, lines


def _listed(text: str, desk: Desk) -> tuple[list[dict[str, Any]], list[int]]:
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        desk.refuse("is not JSON", f"Look there: {_said(error)}.")
    for k, one in enumerate(found):
        if not isinstance(one, dict):
            desk.findings.one(k, None, str(one)[:60], "is no object", 'Write {"column": value, …}.')
    objects = [one for one in found if isinstance(one, dict)]
    return objects, [k for k, one in enumerate(found) if isinstance(one, dict)]


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}, column {error.colno}"
    return "it is nested too deeply"


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
