"""What made a result: the function, its data, its seeds and whom it follows, carried along."""

from __future__ import annotations

import functools
import inspect
import os
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

KEY = "made"
"""Where a frame keeps in its `attrs` what made it: plain words, because Parquet writes them."""
OWN = "_made"
"""Where any other object keeps it."""
PACKAGES = ("numpy", "pandas", "scipy")
"""What the kit always computes with."""
MORE = ("duckdb", "graspologic_native", "networkx", "numba", "pyarrow", "statsmodels")
"""What it computes with where it has been imported."""
TITLE = "Front Porch: how strangers become friends, friends a community, and a community fans"
AUTHOR = "The Front Porch authors"
HASHED = 200_000_000
"""Larger files are named by their size alone: reading them once more would take seconds."""
LISTED = 20
"""So many items of a list are asked what made them."""

_SURNAME = r"(?:(?:van|von|de|der|den|la)\s)*[A-ZÀ-ÞŁŠŽ][\w’'-]+"
_WORK = re.compile(
    rf"(?P<who>{_SURNAME}(?:(?:,\s|\s&\s|,\s&\s|\sand\s){_SURNAME})*(?:\set\sal\.)?)"
    r"\s\((?P<year>\d{4})\)"
    r"(?:,\s(?P<where>[^;()]*?(?:\(\d+\)[^;()]*?)?)(?=;|\.\s|\.$|$|\s\())?"
)


@dataclass(frozen=True)
class Made:
    """What made a result.

    Parameters
    ----------
    where : str
        The function, as "package.module:name".
    sources : tuple of str
        Whom its method follows: "Author (year), journal volume:pages".
    data : tuple of str
        Its data in words: files, data sets, draws.
    seeds : tuple of str
        Seeds, from the data on.
    """

    where: str = ""
    sources: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    seeds: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Give it as words and lists, as a frame keeps it."""
        return {name: getattr(self, name) for name in ("where", "sources", "data", "seeds")}

    @classmethod
    def of(cls, one: Mapping[str, Any]) -> Made:
        """Take it from words and lists; Parquet gives lists for tuples."""
        rest = {name: tuple(one[name]) for name in ("sources", "data", "seeds")}
        return cls(one["where"], **rest)


def cited(function: Callable[P, T]) -> Callable[P, T]:
    """Let what a function gives know what made it.

    The data and seeds of its arguments are handed on, so that the last result knows the first
    file. Its sources are those that its docstring names, and those of functions and rules among
    its arguments.

    Examples
    --------
    >>> import pandas as pd
    >>> @cited
    ... def halves(table, seed):
    ...     '''Give the first half.
    ...
    ...     Source: Ada (1843), Scientific Memoirs 3:666-731.
    ...     '''
    ...     return table.head(len(table) // 2)
    >>> found = made_of(halves(pd.DataFrame({"a": [1, 2]}), seed=7))
    >>> found.data, found.seeds, found.sources
    (('a table of 2 rows',), ('7',), ('Ada (1843), Scientific Memoirs 3:666-731',))
    """
    return _wrapped(function, reads=False)


def cited_file(function: Callable[P, T]) -> Callable[P, T]:
    """Let what a function gives know the file or folder that its first argument names."""
    return _wrapped(function, reads=True)


def _wrapped(function: Callable[P, T], *, reads: bool) -> Callable[P, T]:
    kept, names = keep, list(inspect.signature(function).parameters)

    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        given = function(*args, **kwargs)
        kept(given, function, dict(zip(names, args)) | kwargs, reads)  # noqa: B905 - *args
        return given

    # With the function's own globals: so doctest finds the example of a function of its module.
    plain = types.FunctionType(
        call.__code__,
        function.__globals__,
        function.__name__,
        None,
        call.__closure__,
    )
    return cast(Callable[P, T], functools.update_wrapper(plain, function))


def keep(given: Any, function: Callable, arguments: Mapping[str, Any], reads: bool) -> None:
    """Write into what a function gives what made it; what it was given stays as it was."""
    if any(given is one for one in arguments.values()):
        return
    if isinstance(given, dict):
        for one in given.values():
            keep(one, function, arguments, reads)
        return
    before = [one for value in arguments.values() for one in _known(value)]
    if reads:
        before += _files(next(iter(arguments.values()), None))
    inner = made_of(given)
    where = f"{function.__module__}:{function.__qualname__}"
    seeds = [one for some in before for one in some.seeds]
    seed = arguments.get("seed")
    if seed is not None:
        seeds.append(str(seed) if isinstance(seed, int) else "a random generator")
    data = [one for some in before for one in some.data]
    if not data and seed is not None:
        data = [f"synthetic: drawn by {public_name(where)}"]
    sources = [*sources_in(function), *(one for some in before for one in some.sources)]
    if inner is not None:
        sources += inner.sources
        data = data or list(inner.data)
    made = Made(where, _one_each(sources), tuple(dict.fromkeys(data)), tuple(dict.fromkeys(seeds)))
    if isinstance(getattr(given, "attrs", None), dict):
        given.attrs[KEY] = made.plain()
    elif hasattr(given, "__dict__"):
        object.__setattr__(given, OWN, made)


def made_of(one: Any) -> Made | None:
    """Give what made a frame or a result, if it is known."""
    attrs = getattr(one, "attrs", None)
    if isinstance(attrs, dict):
        return Made.of(attrs[KEY]) if KEY in attrs else None
    found = getattr(one, "__dict__", {}).get(OWN)
    return found if isinstance(found, Made) else None


def _known(value: Any) -> Iterator[Made]:
    """Say what is known of an argument, or of the items of a short list."""
    made = made_of(value)
    if made is not None:
        yield made
    elif isinstance(getattr(value, "synthetic", None), str) and value.synthetic:
        yield Made(data=(f"synthetic: {value.synthetic}",))
    elif hasattr(value, "iloc") and getattr(value, "ndim", 0) == 2:
        yield Made(data=(f"a table of {len(value):,} rows",))
    elif isinstance(value, types.FunctionType):
        yield Made(sources=sources_in(value))
    elif isinstance(value, (list, tuple, dict)) and len(value) <= LISTED:
        for one in value.values() if isinstance(value, dict) else value:
            if not isinstance(one, (str, int, float)):
                yield from _known(one)


def _files(place: Any) -> list[Made]:
    """Name a file by its hash, and a folder by what lies in it."""
    if not isinstance(place, (str, os.PathLike)) or not Path(place).exists():
        return []
    path = Path(place)
    if path.is_dir():
        many = sum(1 for one in path.rglob("*") if one.is_file())
        return [Made(data=(f"folder {path.name} ({many:,} files)",))]
    size = path.stat().st_size
    told = f"{size:,} bytes"
    if size <= HASHED:
        told += f", SHA-256 {sha256(path.read_bytes()).hexdigest()[:16]}"
    return [Made(data=(f"file {path.name} ({told})",))]


def sources_in(function: Any) -> tuple[str, ...]:
    """List the works that the docstring of a function gives as sources.

    Examples
    --------
    >>> from frontporch import stats
    >>> sources_in(stats.kaplan_meier)
    ('Kaplan & Meier (1958), JASA 53:457-481', 'Greenwood (1926)')
    """
    return _sources(inspect.unwrap(function).__doc__ or "")


@functools.cache
def _sources(text: str) -> tuple[str, ...]:
    told = [part.split("\n\n")[0] for part in inspect.cleandoc(text).split("Source: ")[1:]]
    found = (one for part in told for one in _WORK.finditer(" ".join(part.split())))
    return tuple(
        f"{one['who']} ({one['year']})"
        + (f", {one['where'].rstrip(' .,')}" if one["where"] else "")
        for one in found
    )


def _one_each(works: Iterable[str]) -> tuple[str, ...]:
    """Keep one of those that name one work: the same people, year and journal."""
    kept: list[str] = []
    for work in works:
        who, year, journal = _parts(work)
        same = [k for k, one in enumerate(kept) if _parts(one)[:2] == (who, year)]
        same = [k for k in same if not journal or _journal(kept[k]) in ("", _journal(work))]
        if not same:
            kept.append(work)
        elif len(work) > len(kept[same[0]]):
            kept[same[0]] = work
    return tuple(kept)


def _journal(work: str) -> str:
    return re.split(r"[\d,]", _parts(work)[2])[0].strip()


@functools.cache
def public_name(where: str) -> str:
    """Give the name by which a function is called, from its module and its own name.

    Examples
    --------
    >>> public_name("frontporch.stats.product_limit:kaplan_meier")
    'frontporch.stats.kaplan_meier'
    """
    module, _, name = where.partition(":")
    parts = module.split(".")
    for size in range(1, len(parts) + 1):
        room = sys.modules.get(".".join(parts[:size]))
        if name.split(".")[0] in getattr(room, "__all__", ()):
            return ".".join([*parts[:size], name])
    return f"{module}.{name}"


def versions() -> dict[str, str]:
    """List the versions of Python, the kit and the packages that compute.

    Examples
    --------
    >>> list(versions())[:4]
    ['python', 'frontporch', 'numpy', 'pandas']
    """
    from importlib.metadata import PackageNotFoundError, version

    from . import __version__

    found = {"python": sys.version.split()[0], "frontporch": __version__}
    for name in (*PACKAGES, *(one for one in MORE if one in sys.modules)):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


@dataclass(frozen=True)
class Citation:
    """How a result is cited.

    Parameters
    ----------
    sentence : str
        What made it, for the text: function, versions, whom the method follows, data, seeds.
    bibtex : str
        The kit and the works that the method follows, as BibTeX.
    made : Made
        The same, one thing after the other.
    """

    sentence: str
    bibtex: str
    made: Made = field(repr=False)

    def __str__(self) -> str:
        """Give both as text."""
        return f"{self.sentence}\n\n{self.bibtex}"

    def _repr_html_(self) -> str:
        """Show both in a notebook."""
        return f"<p>{escape(self.sentence)}</p><pre>{escape(self.bibtex)}</pre>"


def citation(made: Made, used: Mapping[str, str]) -> Citation:
    """Say how what was made is cited.

    Parameters
    ----------
    made : Made
        What made it.
    used : mapping of str to str
        Versions by package, as of `versions`.
    """
    others = {("Python" if name == "python" else name): one for name, one in used.items()}
    kit = others.pop("frontporch")
    what = ", ".join(f"{name} {one}" for name, one in others.items())
    sentence = f"Computed with {public_name(made.where)} of Front Porch {kit} ({what})"
    works = [one[: one.index(")") + 1] for one in made.sources]
    sentence += f", after {_listed(list(dict.fromkeys(works)))}." if works else "."
    sentence += f" Data: {'; '.join(made.data)}." if made.data else " Data: not named."
    if made.seeds:
        sentence += f" {'Seed' if len(made.seeds) == 1 else 'Seeds'}: {', '.join(made.seeds)}."
    return Citation(sentence, bibtex(made, used), made)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def bibtex(made: Made, used: Mapping[str, str]) -> str:
    """Give the kit, the works that a method follows and its data as BibTeX.

    Examples
    --------
    >>> made = Made("a:b", ("Kaplan & Meier (1958), JASA 53:457-481",))
    >>> print(bibtex(made, {"frontporch": "0.1.0"}).partition("@misc")[2])
    {kaplan1958,
      author = {Kaplan and Meier},
      year = {1958},
      howpublished = {JASA 53:457-481}
    }
    """
    kit = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{TITLE}}}",
        "version": used["frontporch"],
        "note": f"Python {used['python']}" if "python" in used else "",
    }
    entries = [_entry("software", "frontporch", kit)]
    taken: dict[str, int] = {}
    for work in made.sources:
        who, year, where = _parts(work)
        stem = re.sub(r"\W", "", re.split(r",| & | and | et ", who)[0].lower()) + year
        taken[stem] = taken.get(stem, 0) + 1
        key = stem + ("" if taken[stem] == 1 else chr(ord("a") + taken[stem] - 1))
        names = re.sub(r",? & |, ", " and ", who).replace(" et al.", " and others")
        entries.append(
            _entry("misc", key, {"author": names, "year": year, "howpublished": _tex(where)})
        )
    entries += [
        _entry("misc", f"data{k}", {"title": f"{{{_tex(one)}}}", "note": "data"})
        for k, one in enumerate(made.data, start=1)
    ]
    return "\n\n".join(entries)


def _parts(work: str) -> tuple[str, str, str]:
    who, _, rest = work.partition(" (")
    return who, rest[:4], rest[5:].removeprefix(", ")


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", ",\n".join(lines), "}"])


def _tex(text: str) -> str:
    """Protect the signs that mean something to TeX; braces have to come in pairs."""
    plain = " ".join(text.replace("\\", "/").replace("{", "(").replace("}", ")").split())
    return re.sub(r"([~^])", r"\\\1{}", re.sub(r"([&%$#_])", r"\\\1", plain))
