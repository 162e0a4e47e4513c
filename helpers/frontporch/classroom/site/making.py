"""From the project to one folder that any web server shows."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ... import __version__
from ...groups import require
from . import browser, distribution, pages
from .distribution import SiteError

MARK = ".frontporch-site"
"""Lies in a folder that was made here, and may be made anew."""


@dataclass(frozen=True)
class Made:
    """A site: its folder, how many pages it has, and the bytes of all its files."""

    folder: Path
    pages: int
    size: int
    runs: bool


def make(root: Path, folder: Path, pyodide: str | None, say: Callable[[str], None]) -> Made:
    """Make the site.

    Parameters
    ----------
    root : pathlib.Path
        The project.
    folder : pathlib.Path
        A new folder, or one that this command made before, which is made anew.
    pyodide : str or None
        Python for the browser, as `distribution.unpacked` takes it; without it the pages are
        made, and no lesson runs.
    say : callable
        Told how far it is.

    Raises
    ------
    SiteError
        If the folder holds something else, or a part cannot be made.
    MissingPackage
        If the packages for the site are not installed.
    """
    require("A site", "sphinx", "myst_nb", "furo")
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise SiteError(f"{folder} holds other files: name a new folder, or empty this one.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    with tempfile.TemporaryDirectory() as given:
        work = Path(given)
        pages.lay_out(root, work / "pages")
        say("The pages are laid out.")
        _sphinx(work, folder)
        say("The pages are made, with their search.")
        if pyodide is not None:
            found = distribution.unpacked(pyodide, work)
            browser.build(root, folder / pages.RUN, found, say)
            _loads(folder / pages.RUN)
        else:
            _says_that_nothing_runs(folder / pages.RUN)
    files = [file for file in folder.rglob("*") if file.is_file()]
    shown = [file for file in files if file.suffix == ".html" and pages.RUN not in file.parts]
    return Made(folder, len(shown), sum(file.stat().st_size for file in files), bool(pyodide))


def _sphinx(work: Path, folder: Path) -> None:
    source = work / "pages"
    shutil.copyfile(pages.CARRIED / "conf.py", source / "conf.py")
    for name in ("site.css", "site.js"):
        shutil.copyfile(pages.CARRIED / name, source / "_static" / name)
    words = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(work / "trees")]
    words += ["-D", f"release={__version__}", str(source), str(folder)]
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    told = [line for line in done.stdout.splitlines() if "WARNING" in line or "ERROR" in line]
    if done.returncode or told:
        said = "\n".join(told or done.stdout.splitlines())
        raise SiteError(f"Sphinx does not make the pages as they stand:\n{said[-4000:]}")
    shutil.rmtree(folder / "_sources", ignore_errors=True)


def _loads(run: Path) -> None:
    """Write the page that loads a lesson's packages, and says how far it is."""
    packages = run / browser.PYODIDE
    files = sorted(file for file in packages.iterdir() if file.suffix not in {".json", ".mjs"})
    listed = [
        {"at": file.relative_to(run).as_posix(), "bytes": file.stat().st_size} for file in files
    ]
    page = (pages.CARRIED / "open.html").read_text(encoding="utf-8")
    page = page.replace("[] /* files */", json.dumps(listed))
    (run / "open.html").write_text(page, encoding="utf-8")


def _says_that_nothing_runs(run: Path) -> None:
    run.mkdir()
    shutil.copyfile(pages.CARRIED / "nothing_runs.html", run / "open.html")
