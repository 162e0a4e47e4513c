"""A rehearsal: does the lesson run, how long does it take, and can it be read, on this machine?"""

from __future__ import annotations

import importlib.metadata
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...rounding import decimal
from ..copying import copies
from .made_pages import outside, smallest_text
from .rehearsal_run import CellTime, run_watched
from .stills import Still, stills

if TYPE_CHECKING:
    import pandas as pd

LESSON_SECONDS, CELL_SECONDS = 10.0, 2.0
"""How long a lesson, and one of its cells, may run."""
SMALLEST, PRINTED = 16.0, 12.0
"""Pixels at 1280 by 720 below which text is not read from the last row, or on paper."""
ROOM = 944
"""Pixels across that a picture is given on the page without code, the narrowest of the copies."""

_PACKAGES = (
    "frontporch",
    "numpy",
    "pandas",
    "scipy",
    "matplotlib",
    "networkx",
    "ipywidgets",
    "jupyterlab",
    "nbconvert",
    "voila",
)
_NEEDED = {"jupyterlab": "porch present", "voila": "porch present --page"}


@dataclass(frozen=True)
class Finding:
    """Something that is not fine.

    Parameters
    ----------
    where : str
        The cell, or the file.
    what : str
        What is wrong with it.
    remedy : str
        What to do.
    """

    where: str
    what: str
    remedy: str


@dataclass(frozen=True)
class Rehearsal:
    """What a rehearsal showed.

    Parameters
    ----------
    title : str
        The lesson's.
    kernel_seconds : float
        How long its kernel took to start.
    cells : tuple of CellTime
        Each cell of code, in order.
    stills : tuple of Still
        Each picture.
    texts : tuple of (str, float)
        Smallest text in pixels, by picture and page.
    versions : dict of str to str
        Python, the system and the packages.
    findings : tuple of Finding
        What is not fine.
    notes : tuple of str
        What was not looked at, and why.
    """

    title: str
    kernel_seconds: float
    cells: tuple[CellTime, ...]
    stills: tuple[Still, ...]
    texts: tuple[tuple[str, float], ...]
    versions: dict[str, str]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """How long all cells ran together."""
        return sum(one.seconds for one in self.cells)

    def summary(self) -> pd.DataFrame:
        """Give the cells with their seconds."""
        import pandas as pd

        rows = [(one.cell, one.seconds, one.begins) for one in self.cells]
        return pd.DataFrame(rows, columns=["cell", "seconds", "begins"])


def rehearse(source: Path, *, pages: Path | None = None, lock: Path | None = None) -> Rehearsal:
    """Run a lesson from top to bottom without a network, and look at what it shows.

    Parameters
    ----------
    source : pathlib.Path
        Source of the lesson; it is only read.
    pages : pathlib.Path, optional
        Folder of the pages made of it, which are looked over.
    lock : pathlib.Path, optional
        The file that says which version of each package is meant.

    Returns
    -------
    Rehearsal
    """
    book = copies.read(source)
    run, times, kernel_seconds, seen = run_watched(book)
    shown = stills(run)
    findings = [*_failed(run), *_slow(times), *_asked(seen), *_pictures(shown)]
    texts = [(f"picture in {cell}", size) for cell, size in _sizes(seen, shown)]
    looked, sizes, notes = _pages(source, pages)
    texts += sizes
    findings += _small(texts)
    versions, wrong = _versions(lock)
    return Rehearsal(
        book.metadata[copies.FOLDER]["title"],
        kernel_seconds,
        tuple(times),
        tuple(shown),
        tuple(texts),
        versions,
        (*findings, *looked, *wrong, *_browser()),
        tuple(notes),
    )


def _failed(run: Any) -> list[Finding]:
    return [
        Finding(
            cell["id"],
            f"it fails: {output['ename']}: {str(output['evalue'])[:200]}",
            "run  python start.py , which repairs what is installed; if it stays, present the "
            "stills",
        )
        for cell in run.cells
        for output in cell.get("outputs", [])
        if output["output_type"] == "error"
    ]


def _slow(times: list[CellTime]) -> list[Finding]:
    found = [
        Finding(
            one.cell,
            f"it runs {decimal(one.seconds, 1)} seconds; a cell has {decimal(CELL_SECONDS)}",
            "run all cells before the class comes in, or take fewer people or runs",
        )
        for one in times
        if one.seconds > CELL_SECONDS
    ]
    total = sum(one.seconds for one in times)
    if total > LESSON_SECONDS:
        found.append(
            Finding(
                "the lesson",
                f"its cells run {decimal(total, 1)} seconds; a lesson has "
                f"{decimal(LESSON_SECONDS)}",
                "close other programs and rehearse again, or run all cells before the class",
            )
        )
    return found


def _asked(seen: dict[str, Any]) -> list[Finding]:
    return [
        Finding(cell, f"it asks {host} over the network", "load the data from the kit instead")
        for cell, host in dict.fromkeys(seen["refused"])
    ]


def _pictures(shown: list[Still]) -> list[Finding]:
    return [
        Finding(one.cell, "its picture has no alternative text", "end the cell with look.show(ax)")
        for one in shown
        if not one.text
    ]


def _sizes(seen: dict[str, Any], shown: list[Still]) -> list[tuple[str, float]]:
    """Smallest text of each cell's pictures, at the size at which they are shown."""
    widths = {one.cell: one.width for one in shown}
    found: dict[str, float] = {}
    for cell, size in seen["smallest"]:
        scaled = size * min(1.0, ROOM / widths.get(cell, ROOM))
        found[cell] = min(scaled, found.get(cell, scaled))
    return list(found.items())


def _small(texts: list[tuple[str, float]]) -> list[Finding]:
    """Text that is too small for where it is shown; a handout is read on paper."""
    found = []
    for where, size in texts:
        projected = where.startswith("picture") or "-slides" in where
        least = SMALLEST if projected else PRINTED
        if size < least:
            what = f"its smallest text is {decimal(size)} pixels high at 1280 by 720"
            found.append(Finding(where, what, f"make it {decimal(least)} or more"))
    return found


def _pages(
    source: Path, folder: Path | None
) -> tuple[list[Finding], list[tuple[str, float]], list[str]]:
    """Look over the pages made of a lesson: addresses outside, and small text."""
    made = sorted(folder.glob(f"{source.stem}*.html")) if folder else []
    if not made:
        number = int(source.name[:2])
        return [], [], [f"No page of this lesson was made yet: porch lesson handout {number}."]
    findings, sizes, notes = [], [], []
    for file in made:
        asked = outside(file.read_text(encoding="utf-8"))
        if asked:
            findings.append(
                Finding(file.name, f"it fetches {', '.join(asked[:3])}", "make it anew with porch")
            )
        least = smallest_text(file)
        if least is None:
            notes.append(f"{file.name}: no browser here to measure its text with.")
        else:
            sizes.append((f"{file.name}, at “{least[1]}”", least[0]))
    return findings, sizes, notes


def _versions(lock: Path | None) -> tuple[dict[str, str], list[Finding]]:
    """What is installed, and where it is not what the lock names."""
    meant = lock.read_text(encoding="utf-8") if lock and lock.exists() else ""
    found = {"Python": platform.python_version(), "system": platform.platform()}
    wrong = []
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "missing"
            if name in _NEEDED:
                wrong.append(
                    Finding(name, f"{_NEEDED[name]} needs it", "run  python start.py  once")
                )
            continue
        named = re.findall(rf"^{name}==([^\s;\\]+)", meant, re.MULTILINE)
        if named and found[name] not in named:
            wrong.append(
                Finding(
                    name,
                    f"version {found[name]} is installed, {named[0]} is meant",
                    "run  python start.py  once",
                )
            )
    return found, wrong


def _browser() -> list[Finding]:
    """Whether Python finds a browser to open."""
    import webbrowser

    try:
        webbrowser.get()
    except webbrowser.Error:
        return [
            Finding(
                "this machine",
                "no browser was found",
                "open the address that porch present prints by hand",
            )
        ]
    return []
