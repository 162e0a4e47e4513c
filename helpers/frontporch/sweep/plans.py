"""What a sweep is: the function, its points with their identities, and what travels to a worker."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from ..citing import versions
from ..groups import require
from ..names import nearest
from ..streams import generator
from .designs import SAMPLED, Design, points_of
from .fingerprints import described, fingerprint, fingerprint_of_file, label, own_modules
from .values import plain
from .worker import OBJECT, OPENED, Task

HEAVIEST = 1_000_000
"""Bytes that a function may bring along to every worker."""
LONGEST = 2**32
"""So many replications have a stream of their own."""


@dataclass(frozen=True)
class Point:
    """One point of a design.

    Parameters
    ----------
    key : str
        32 hexadecimal digits: the function, the root seed, the parameters and what they hold.
    shown : dict
        The parameters as a table shows them.
    sent : str
        The parameters as a worker reads them.
    """

    key: str
    shown: dict[str, Any]
    sent: str


@dataclass(frozen=True)
class Plan:
    """All that says which runs there are and what each of them computes."""

    task: Task
    points: tuple[Point, ...]
    replications: int
    about: dict[str, Any] = field(repr=False)

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the parameters, in order."""
        return tuple(self.points[0].shown)

    def distinct(self) -> dict[str, Point]:
        """Give each point once, by its key, in the order of the design."""
        return {one.key: one for one in self.points}


def plan(
    function: Callable[..., Any],
    design: Design,
    replications: int,
    seed: int,
    opened: Mapping[str, Callable[[str], Any]] | None = None,
) -> Plan:
    """Settle which runs there are, before the first begins.

    Raises
    ------
    TypeError, ValueError
        If the function does not fit the design; the text says what to change.
    FileNotFoundError
        If a file or folder that a parameter names is not there.
    """
    points = points_of(design)
    replications = _counted(replications)
    seeded = _takes(function, list(points[0]))
    if not seeded and replications > 1:
        raise ValueError(
            f"{label(function)} takes no `seed`, so that all replications would be equal: add the "
            "argument `seed` (a numpy Generator) to it, or say replications=1."
        )
    generator(seed)
    if not isinstance(seed, int):
        raise TypeError(f"seed is a {type(seed).__name__}, but a whole number such as seed=7.")
    opened = dict(opened or {})
    odd = sorted(set(opened) - set(points[0]))
    if odd:
        raise ValueError(
            f"opened names {odd[0]!r}, which is no parameter. {nearest(odd[0], points[0])} Put the "
            f"path into the design: {{{odd[0]!r}: ['path']}}."
        )
    parts = _Parts(opened)
    code = fingerprint(function)
    root = fingerprint((code, int(seed)))
    made = tuple(parts.point(root, one) for one in points)
    name, text = described(function)
    sampled = getattr(design, "attrs", {}).get(SAMPLED)
    _once(made, sampled is not None)
    task = Task(
        function,
        int(seed),
        seeded,
        frozenset({*points[0], "replicate"}),
        parts.objects,
        opened,
        parts.contents,
        {"python": versions()["python"].rpartition(".")[0], "frontporch": versions()["frontporch"]},
    )
    about = {
        "function": name,
        "code": code,
        "text": text,
        "seed": int(seed),
        "parameters": list(map(str, points[0])),
        "replications": replications,
        "points": len({one.key for one in made}),
        "contents": parts.contents,
        "objects": sorted(parts.named),
        "sampled": sampled,
        "seeded": seeded,
    }
    return Plan(task, made, replications, about)


def _counted(replications: Any) -> int:
    whole = isinstance(replications, int) and not isinstance(replications, bool)
    if not whole or not 1 <= replications < LONGEST:
        raise ValueError(f"replications is {replications!r}, but must be a whole number from 1 up.")
    return replications


def _takes(function: Callable[..., Any], names: list[str]) -> bool:
    """Say whether a function takes `seed`, and refuse one that does not take the parameters."""
    if not callable(function):
        raise TypeError(f"function is {function!r}, but a function is needed.")
    try:
        known = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return True
    for taken in ("seed", "replicate"):
        if taken in names:
            raise ValueError(f"design: {taken!r} cannot be the name of a parameter.")
    everything = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in known.values())
    called = label(function)
    for name in names:
        if name not in known and not everything:
            raise TypeError(
                f"{called} takes no {name!r}. {nearest(name, [k for k in known if k != 'seed'])}"
            )
    for name, one in known.items():
        variadic = one.kind in (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
        if one.kind is inspect.Parameter.POSITIONAL_ONLY:
            raise TypeError(f"{called} takes {name!r} by position only: take it by name.")
        if one.default is one.empty and not variadic and name not in (*names, "seed"):
            raise TypeError(
                f"{called} needs {name!r}, which the design does not give: add {name!r} to the "
                "design, or give it a default."
            )
    return "seed" in known or everything


class _Parts:
    """Turns parameters into identities, and gathers what is not plain text among them."""

    def __init__(self, opened: Mapping[str, Callable[[str], Any]]) -> None:
        self.opened = {name: fingerprint(one) for name, one in opened.items()}
        self.objects: dict[str, Any] = {}
        self.contents: dict[str, str] = {}
        self.labels: dict[str, str] = {}
        self.named: set[str] = set()

    def point(self, root: str, parameters: Mapping[str, Any]) -> Point:
        shown: dict[str, Any] = {}
        sent: dict[str, Any] = {}
        known: dict[str, Any] = {}
        for name, value in parameters.items():
            if name in self.opened:
                path = str(plain(value, f"parameter {name!r}"))
                if path not in self.contents:
                    self.contents[path] = fingerprint_of_file(path)
                shown[name], sent[name] = path, {OPENED: path}
                known[name] = {OPENED: [self.opened[name], self.contents[path]]}
            elif callable(value) or hasattr(value, "__dataclass_fields__"):
                mark = self._object(name, value)
                shown[name], sent[name] = self.labels[mark], {OBJECT: mark}
                known[name] = sent[name]
            else:
                shown[name] = sent[name] = known[name] = value
        text = json.dumps([root, known], sort_keys=True)
        key = blake2b(text.encode(), digest_size=16).hexdigest()
        return Point(key, shown, json.dumps(sent))

    def _object(self, name: str, value: Any) -> str:
        mark = fingerprint(value)
        self.named.add(name)
        if mark not in self.objects:
            told = label(value)
            if told in self.labels.values():
                raise ValueError(
                    f"design, {name!r}: two different values are both called {told}, and the table "
                    "could not tell them apart. Give them names of their own (function.__name__)."
                )
            self.objects[mark], self.labels[mark] = value, told
        return mark


def _once(points: tuple[Point, ...], sampled: bool) -> None:
    seen: dict[str, int] = {}
    for k, one in enumerate(points):
        if seen.setdefault(one.key, k) != k and not sampled:
            raise ValueError(
                f"design: point {k} is the same as point {seen[one.key]} ({one.shown}). Take it "
                "out; replications=2 runs every point twice."
            )


def packed(task: Task) -> bytes:
    """Give a task as bytes for other processes.

    Raises
    ------
    TypeError
        If it holds what cannot be sent, or too much; the text says what to write instead.
    """
    require("Runs on several processes", "joblib", "dask", instead='say engine="here"')
    import cloudpickle  # comes with dask

    sent_along = (task.function, *task.objects.values(), *task.opened.values())
    own = set().union(*(own_modules(one) for one in sent_along))
    # Workers elsewhere do not have the files of one's own, so their functions go by value.
    own -= set(cloudpickle.list_registry_pickle_by_value())
    sent = [sys.modules[name] for name in sorted(own)]
    for one in sent:
        cloudpickle.register_pickle_by_value(one)
    called = label(task.function)
    try:
        found = cloudpickle.dumps(task)
    except Exception as error:
        raise TypeError(
            f"{called} cannot be sent to another process ({type(error).__name__}: {error}). Write "
            "it as a function of a file or a notebook cell; what it captures must be numbers, "
            "texts or functions. What is open, such as a file, is opened inside it."
        ) from None
    finally:
        for one in sent:
            cloudpickle.unregister_pickle_by_value(one)
    if len(found) > HEAVIEST:
        raise TypeError(
            f"{called} would bring {len(found):,} bytes along to every worker, and may bring "
            f"{HEAVIEST:,}. Save what is large to a file, give its path as a parameter, and say "
            "what opens it: for a community, community.save(town, 'town'), the design "
            "{'town': ['town'], …} and opened={'town': community.load}."
        )
    return found
