"""Slides as a PDF, a page for each slide, made by a browser of this computer."""

from __future__ import annotations

from pathlib import Path

from .own_browser import browser, opened


class NoBrowserError(Exception):
    """Why no PDF was made, and what to do, in a sentence."""


def pdf(file: Path) -> Path:
    """Write a page of slides as a PDF beside it.

    Parameters
    ----------
    file : pathlib.Path
        The page.

    Returns
    -------
    pathlib.Path
        Of the same name, with the ending ``.pdf``.

    Raises
    ------
    NoBrowserError
        If this computer has no Chromium or Chrome.
    MissingPackage
        If Playwright, which drives it, is not installed.
    """
    where = browser()
    if where is None:
        raise NoBrowserError(
            f"A PDF needs Chromium or Chrome, and this computer has none. Open {file} in the "
            "browser that you have, add  ?print-pdf  to its address, and print it to a file."
        )
    made = file.with_suffix(".pdf")
    with opened(file, where, query="?print-pdf", what="A PDF of the slides") as page:
        page.wait_for_function("window.Reveal && Reveal.isReady()")
        page.wait_for_selector(".pdf-page", state="attached")
        page.pdf(path=made, width="1280px", height="720px", print_background=True)
    return made
