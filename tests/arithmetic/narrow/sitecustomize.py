"""A stand-in for a machine whose pointers have 32 bits, such as WebAssembly in a browser.

A process that starts with this folder in PYTHONPATH gives Front Porch and notebooks a numpy that
refuses what numpy refuses there. Everything else sees numpy as it is::

    PYTHONPATH=tests/arithmetic/narrow python -m pytest tests/community

There `bincount`, the counts of `repeat` and the places of `reduceat` are 32-bit whole numbers;
what numpy gives as places or counts is so, too; and indexing takes any width.
"""

import builtins
import functools
import importlib
import types


class Late:
    """numpy as it is, imported when it is first needed: a process starts without it."""

    def __getattr__(self, name):
        return getattr(importlib.import_module("numpy"), name)


np = Late()

KEPT = ("frontporch.community.spread.engine.kernels", "frontporch.community.spread.engine.lockstep")
"""Compiled by numba, which knows numpy alone; there is no numba in a browser either."""

PLACES = (
    "argmax", "argmin", "argsort", "argpartition", "argwhere", "digitize", "flatnonzero",
    "indices", "lexsort", "nonzero", "ravel_multi_index", "searchsorted", "tril_indices",
    "triu_indices", "unravel_index",
)  # fmt: skip
"""Functions whose results are places."""


def seen_by(name):
    """Whether a module sees the numpy of a machine with 32 bits."""
    ours = name == "__main__" or name.partition(".")[0] == "frontporch"
    return ours and not name.startswith(("frontporch.community.seeding.kernels", *KEPT))


def refuse(values, what):
    """Refuse arrays of numbers that do not fit, in numpy's words."""
    given = getattr(values, "dtype", None)
    if given is not None and not np.can_cast(given, np.int32, "safe"):
        raise TypeError(
            f"Cannot cast array data from {given!r} to dtype('int32') according to the rule "
            f"'safe' ({what}, 32-bit stand-in)"
        )


def narrowed(found):
    """Give places in 32 bits, alone or several of them."""
    if isinstance(found, tuple):
        return tuple(narrowed(one) for one in found)
    wide = getattr(found, "dtype", None) == np.int64
    return found.astype(np.int32) if wide else found


def places(function):
    @functools.wraps(function)
    def call(*given, **named):
        return narrowed(function(*given, **named))

    return call


def bincount(x, /, weights=None, minlength=0):
    refuse(x, "bincount")
    return narrowed(np.bincount(x, weights, minlength))


def repeat(a, repeats, axis=None):
    refuse(repeats, "repeat")
    return np.repeat(a, repeats, axis)


def unique(ar, *given, **named):
    found = np.unique(ar, *given, **named)
    return (found[0], *narrowed(found[1:])) if isinstance(found, tuple) else found


def arange(*given, dtype=None, **named):
    found = np.arange(*given, dtype=dtype, **named)
    plain = dtype is None and all(isinstance(one, int) for one in given)
    return narrowed(found) if plain else found


def where(condition, *values):
    return np.where(condition, *values) if values else narrowed(np.where(condition))


class Narrow:
    """A ufunc whose reduceat takes 32-bit places only."""

    def __init__(self, ufunc):
        self.ufunc = ufunc

    def __call__(self, *given, **named):
        return self.ufunc(*given, **named)

    def __getattr__(self, name):
        return getattr(self.ufunc, name)

    def reduceat(self, array, places, *given, **named):
        refuse(places, "reduceat")
        return self.ufunc.reduceat(array, places, *given, **named)


@functools.cache
def narrow_numpy():
    """Give numpy as it is where pointers have 32 bits."""
    narrow = types.ModuleType("numpy")
    # Ours come first; what is not ours is asked of numpy when it is needed.
    narrow.__getattr__ = lambda name: getattr(np, name)
    for name in PLACES:
        setattr(narrow, name, places(getattr(np, name)))
    for name in ("add", "logical_and", "logical_or", "maximum", "minimum", "multiply"):
        setattr(narrow, name, Narrow(getattr(np, name)))
    for one in (arange, bincount, repeat, unique, where):
        setattr(narrow, one.__name__, one)
    narrow.intp = np.int32
    return narrow


def imported(name, globals=None, locals=None, fromlist=(), level=0):
    """Import as usual, but give the narrow numpy to those who see it."""
    found = plain_import(name, globals, locals, fromlist, level)
    if name == "numpy" and not fromlist and seen_by((globals or {}).get("__name__", "")):
        return narrow_numpy()
    return found


plain_import = builtins.__import__
if __name__ == "sitecustomize":  # not where tests only look into this file
    builtins.__import__ = imported
