"""Pages of the public functions and classes, by subject, from their docstrings."""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path
from types import ModuleType

SUBJECTS = (
    *("deepening", "community", "fans", "shop", "game", "stats", "tables", "data", "published"),
    *("sweep", "look", "classroom"),
)
"""In the order in which a reader wants them."""


def reference(into: Path) -> None:
    """Write a page for each subject, and one that lists them."""
    into.mkdir(parents=True)
    told: set[int] = set()
    for subject in SUBJECTS:
        text = _page(f"frontporch.{subject}", told)
        (into / f"{subject}.rst").write_text(text, encoding="utf-8")
    lines = [_title("Every function, by subject"), ".. toctree::", "   :maxdepth: 2", ""]
    lines += [f"   {one}" for one in SUBJECTS]
    (into / "index.rst").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _page(name: str, told: set[int]) -> str:
    room = importlib.import_module(name)
    return _title(name.removeprefix("frontporch.")) + "\n" + "\n".join(_parts(name, room, told))


def _parts(name: str, room: ModuleType, told: set[int]) -> list[str]:
    """What a room says of itself, its names, and the rooms in it."""
    lines, inner = [inspect.cleandoc(room.__doc__ or ""), ""], []
    for one in room.__all__:
        thing = getattr(room, one)
        if inspect.ismodule(thing):
            inner.append((f"{name}.{one}", thing))
        else:
            lines += _entry(f"{name}.{one}", thing, told)
    for full, thing in inner:
        if full.startswith(name) and hasattr(thing, "__all__"):
            lines += [_title(full.removeprefix("frontporch."), "-"), *_parts(full, thing, told)]
    return lines


def _entry(full: str, thing: object, told: set[int]) -> list[str]:
    """Its docstring, once: some names stand in two rooms."""
    again = id(thing) in told
    told.add(id(thing))
    if again:
        return [f"``{full}`` stands in another part of these pages.", ""]
    if inspect.isclass(thing):
        return [f".. autoclass:: {full}", "   :members:", ""]
    if callable(thing):
        return [f".. autofunction:: {full}", ""]
    return [f".. autodata:: {full}", "   :no-value:", ""]


def _title(words: str, line: str = "=") -> str:
    return f"{words}\n{line * len(words)}\n"
