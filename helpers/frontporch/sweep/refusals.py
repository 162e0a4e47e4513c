"""A store of another sweep is refused, and what differs is named."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..citing import versions
from .plans import Plan
from .store import Store, StoreError


def refuse_other(kept: Store, made: Plan) -> None:
    """Refuse to mix two sweeps in one store.

    Raises
    ------
    StoreError
        If the store was begun by another function, seed, design or version; the text says what
        differs and what to do.
    """
    before = kept.manifest()
    if "code" not in before:
        return
    _refuse(kept, _function(before, made.about), "Name another store")
    for name, what in (("seed", "seed"), ("parameters", "parameters")):
        if before[name] != made.about[name]:
            told = f"it was begun with {what} {before[name]}, and this call has {made.about[name]}"
            _refuse(kept, told, f"Say the same {what}, or name another store")
    _refuse(
        kept,
        changed(before["versions"], versions()),
        "Go back to those versions, or name another store; sweep.check(…) says whether the results "
        "are the same with yours, and sweep.read(…).accept_versions() then goes on",
    )
    _refuse(kept, _contents(before["contents"], made.about["contents"]), "Name another store")
    _refuse(kept, _design(kept, before, made), "Add what is missing, or name another store")


def _refuse(kept: Store, difference: str, remedy: str) -> None:
    if difference:
        raise StoreError(f"{kept.path} is the store of another sweep: {difference}. {remedy}.")


def _function(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    if before["code"] == now["code"]:
        return ""
    if before["function"] != now["function"]:
        return f"its function is {before['function']}, and this one is {now['function']}"
    own = before["text"] != now["text"]
    what = "the code" if own else "something that the function uses, captured or calls"
    line = _first_difference(before["text"], now["text"]) if own else ""
    return f"{what} of {now['function']} has changed since{line}"


def _first_difference(before: str, now: str) -> str:
    """Name the first line that was changed."""
    old, new = before.splitlines(), now.splitlines()
    for k in range(max(len(old), len(new))):
        was, one = (lines[k].strip() if k < len(lines) else "" for lines in (old, new))
        if was != one:
            return f" (line {k + 1} was {was!r}, and is {one!r})"
    return ""


def changed(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """Say which version differs; of Python, the last number does not count."""
    for name, was in before.items():
        one = now.get(name, was)
        if name == "python":
            was, one = was.rpartition(".")[0], one.rpartition(".")[0]
        if was != one:
            return f"it was begun with {name} {was}, and this is {name} {one}"
    return ""


def _contents(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    for path, mark in now.items():
        if before.get(path, mark) != mark:
            return f"{path} holds something else than it did then"
    return ""


def _design(kept: Store, before: Mapping[str, Any], made: Plan) -> str:
    if made.replications < before["replications"]:
        return f"it has {before['replications']} replications, and this call {made.replications}"
    lacking = {key: one for key, one in kept.points().items() if key not in made.distinct()}
    if lacking:
        shown = ", ".join(f"{name}={one!r}" for name, one in next(iter(lacking.values())).items())
        points = f"{len(lacking)} points" if len(lacking) > 1 else "1 point"
        return f"it has {points} that this design lacks, such as {shown}"
    return ""
