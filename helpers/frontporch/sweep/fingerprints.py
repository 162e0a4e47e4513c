"""What a function is, and what a file holds, in 128 bits: the same wherever they are made."""

from __future__ import annotations

import ast
import dataclasses
import functools
import inspect
import os
import pickle
import random
import sys
import textwrap
import types
from collections.abc import Callable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

PIECE = 1 << 22
"""Bytes of a file that are read at once."""
SHOWN = 60
"""Letters of a name that is made from what a function carries with it."""


def fingerprint(value: Any) -> str:
    """Give 128 bits that say what a value is, functions and what they use included.

    Parameters
    ----------
    value : object
        Numbers, texts, arrays, containers and frozen parameters by what they hold; a function of
        one's own by its code without comments, its defaults, what it captured, and the
        functions that it calls; what an installed package holds by its name.

    Raises
    ------
    TypeError
        If it holds something that has no fixed contents, such as an open file.

    Examples
    --------
    >>> def maker(needed):
    ...     def rule(exposures):
    ...         return exposures >= needed
    ...     return rule
    >>> first, second, third = (fingerprint(maker(needed)) for needed in (2, 2, 3))
    >>> first == second, first == third
    (True, False)
    """
    hasher = blake2b(digest_size=16)
    for piece in _pieces(value, set()):
        hasher.update(piece)
        hasher.update(b"\0")
    return hasher.hexdigest()


def fingerprint_of_file(path: str | Path) -> str:
    """Give 128 bits that say what a file or a folder holds, wherever it lies.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    place = Path(path)
    if not place.exists():
        raise FileNotFoundError(f"there is no file or folder {path}.")
    hasher = blake2b(digest_size=16)
    files = [place] if place.is_file() else sorted(one for one in place.rglob("*") if one.is_file())
    for file in files:
        name = "" if file == place else file.relative_to(place).as_posix()
        hasher.update(f"{name}\0{file.stat().st_size}\0".encode())
        with file.open("rb") as opened:
            while piece := opened.read(PIECE):
                hasher.update(piece)
    return hasher.hexdigest()


def is_own(module: str) -> bool:
    """Say whether a module is somebody's own file or notebook, and no installed package.

    Examples
    --------
    >>> is_own("numpy"), is_own("frontporch.community"), is_own("__main__")
    (False, False, True)
    """
    top = module.partition(".")[0]
    if top in ("__main__", "__mp_main__"):
        return True
    if top == __name__.partition(".")[0] or top in sys.stdlib_module_names:
        return False
    file = getattr(sys.modules.get(top), "__file__", None) or _first_path(sys.modules.get(top))
    if file is None:
        return top not in sys.builtin_module_names
    if {"site-packages", "dist-packages"} & set(Path(file).parts):
        return False
    return top not in _distributed_names()


def _first_path(module: Any) -> str | None:
    return next(iter(getattr(module, "__path__", ())), None)


@functools.cache
def _distributed_names() -> frozenset[str]:
    """Name the modules that come from installed packages, also from those in development."""
    from importlib.metadata import packages_distributions

    return frozenset(packages_distributions())


def own_modules(function: Any) -> set[str]:
    """Name the modules of one's own that a function and what it uses lie in, but the main one."""
    found: set[str] = set()
    _collect(function, found, set())
    return found - {"__main__", "__mp_main__"}


def _collect(value: Any, found: set[str], seen: set[int]) -> None:
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, functools.partial):
        for one in (value.func, *value.args, *value.keywords.values()):
            _collect(one, found, seen)
        return
    if isinstance(value, types.ModuleType) and is_own(value.__name__):
        found.add(value.__name__)
    kind = value if isinstance(value, (type, types.FunctionType)) else type(value)
    module = getattr(kind, "__module__", None)
    if isinstance(module, str) and module in sys.modules and is_own(module):
        found.add(module)
    if isinstance(value, types.FunctionType):
        for _, one in (*_captured(value), *_used(value)):
            _collect(one, found, seen)


def label(value: Any) -> str:
    """Name a function or an object for people: with what it captured, where that is short.

    Examples
    --------
    >>> label(functools.partial(sorted, reverse=True))
    'sorted(reverse=True)'
    """
    if isinstance(value, functools.partial):
        words = [repr(one) for one in value.args]
        words += [f"{name}={_short(one)}" for name, one in sorted(value.keywords.items())]
        return _cut(f"{label(value.func)}({', '.join(words)})")
    if isinstance(value, types.FunctionType):
        known = [f"{name}={_short(one)}" for name, one in _captured(value)]
        return _cut(f"{value.__name__}({', '.join(known)})" if known else value.__name__)
    if isinstance(value, type) or inspect.isroutine(value):
        return value.__name__
    return _cut(repr(value))


def _short(value: Any) -> str:
    return label(value) if callable(value) else repr(value)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _pieces(value: Any, seen: set[int]) -> Iterator[bytes]:
    """Yield what a value is made of, in a fixed order, each piece with its kind before it."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes)):
        yield f"{type(value).__name__} {value!r}".encode("utf-8", "surrogatepass")
    elif isinstance(value, (list, tuple, range)):
        yield f"{type(value).__name__} {len(value)}".encode()
        for one in value:
            yield from _pieces(one, seen)
    elif isinstance(value, Mapping):
        yield f"mapping {len(value)}".encode()
        for name, one in sorted(value.items(), key=lambda item: fingerprint(item[0])):
            yield from _pieces(name, seen)
            yield from _pieces(one, seen)
    elif isinstance(value, (set, frozenset)):
        yield f"set {len(value)}".encode()
        yield from (one.encode() for one in sorted(fingerprint(one) for one in value))
    elif isinstance(value, np.ndarray) and value.dtype != object:
        yield f"array {value.dtype.str} {value.shape}".encode()
        yield np.ascontiguousarray(value).tobytes()
    elif isinstance(value, os.PathLike):
        yield f"path {os.fspath(value)!r}".encode()
    else:
        yield from _made_of(value, seen)


def _made_of(value: Any, seen: set[int]) -> Iterator[bytes]:
    if isinstance(value, types.ModuleType):
        yield f"module {value.__name__}".encode()
    elif isinstance(value, functools.partial):
        yield b"partial"
        yield from _pieces((value.func, value.args, dict(value.keywords)), seen)
    elif isinstance(value, types.MethodType):
        yield b"method"
        yield from _pieces((value.__func__, value.__self__), seen)
    else:
        yield from _of_one(value, seen)


def _of_one(value: Any, seen: set[int]) -> Iterator[bytes]:
    if isinstance(value, (np.random.Generator, np.random.RandomState, random.Random)):
        raise TypeError(
            "the function uses a random generator that was made outside it, so that its results "
            "would depend on the order of runs: take `seed`, the generator of the run, instead."
        )
    if id(value) in seen:
        yield b"again"
        return
    seen.add(id(value))
    if isinstance(value, types.FunctionType):
        yield from _of_function(value, seen)
    elif isinstance(value, type):
        yield f"class {_name(value)}".encode()
        if is_own(value.__module__):
            yield _source(value)
    elif inspect.isroutine(value):
        yield f"routine {_name(value)}".encode()
        yield from _pieces(getattr(value, "__self__", None), seen)
    elif dataclasses.is_dataclass(value):
        yield from _pieces(type(value), seen)
        for one in dataclasses.fields(value):
            yield from _pieces((one.name, getattr(value, one.name)), seen)
    elif getattr(value, "__dict__", None) is not None and not hasattr(value, "__array__"):
        yield from _pieces(type(value), seen)
        yield from _pieces(vars(value), seen)
    else:
        yield _pickled(value)


def _of_function(function: types.FunctionType, seen: set[int]) -> Iterator[bytes]:
    own = _is_own(function)
    # Which file or notebook one's own function stands in says nothing of what it does.
    yield f"function {function.__qualname__ if own else _name(function)}".encode()
    version = getattr(function, "version", None)
    if own and isinstance(version, (str, int)):
        yield f"version {version}".encode()
    elif own:
        yield _source(function)
        for name, one in _used(function):
            yield from _pieces((name, one), seen)
    yield from _pieces((function.__defaults__, function.__kwdefaults__), seen)
    for name, one in _captured(function):
        yield from _pieces((name, one), seen)


def _is_own(function: types.FunctionType) -> bool:
    example = function.__code__.co_filename.startswith("<doctest")
    return example or is_own(function.__module__ or "__main__")


def _captured(function: types.FunctionType) -> list[tuple[str, Any]]:
    """List what a function inside another one keeps of it."""
    found = []
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        try:
            found.append((name, cell.cell_contents))
        except ValueError:  # not filled yet
            continue
    return found


def _used(function: types.FunctionType) -> list[tuple[str, Any]]:
    """List what a function of one's own uses by name from the file or notebook it stands in."""
    names = sorted(set(_names(function.__code__)))
    known = function.__globals__
    return [(name, known[name]) for name in names if name in known]


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _names(one)


def _source(thing: types.FunctionType | type) -> bytes:
    """Give code without comments, docstrings and layout; its bytes where there is no text."""
    code = getattr(thing, "__code__", None)
    try:
        text = inspect.getsource(code if code is not None else thing)
        tree = ast.parse(textwrap.dedent(text))
    except (OSError, TypeError, SyntaxError):
        tree = None
    if tree is None or getattr(thing, "__name__", "") == "<lambda>":
        if code is None:
            return b"class without text"
        minor = "{}.{}".format(*sys.version_info)
        return repr((minor, list(_bytes(code)))).encode()
    for node in ast.walk(tree):
        if (
            isinstance(node, (ast.FunctionDef, ast.ClassDef))
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).encode()


def _bytes(code: types.CodeType) -> Iterator[tuple[bytes, str, str]]:
    plain = [one for one in code.co_consts if not isinstance(one, types.CodeType)]
    yield code.co_code, repr(plain), repr((code.co_names, code.co_varnames))
    for one in code.co_consts:
        if isinstance(one, types.CodeType):
            yield from _bytes(one)


def _name(thing: Any) -> str:
    module = getattr(thing, "__module__", "") or ""
    return f"{module}.{getattr(thing, '__qualname__', getattr(thing, '__name__', ''))}"


def _pickled(value: Any) -> bytes:
    try:
        return pickle.dumps(value, protocol=4)
    except Exception as error:
        raise TypeError(
            f"the function uses {_cut(repr(value))}, which cannot be sent to another process "
            f"({type(error).__name__}: {error}). Make it inside the function, or give a path and "
            "open it there."
        ) from None


def described(function: Callable[..., Any]) -> tuple[str, str]:
    """Give the name of a function, and its text where there is one.

    Examples
    --------
    >>> described(fingerprint)[0]
    'frontporch.sweep.fingerprints.fingerprint'
    """
    inner = function
    while isinstance(inner, functools.partial):
        inner = inner.func
    if not isinstance(inner, types.FunctionType):
        return label(function), ""
    name = inner.__qualname__ if _is_own(inner) else _name(inner)
    try:
        return name, inspect.getsource(inner.__code__)
    except (OSError, TypeError):
        return name, ""
