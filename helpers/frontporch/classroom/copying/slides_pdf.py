"""Slides as a PDF, a page for each slide, made by a browser of this computer."""

from __future__ import annotations

import shutil
from pathlib import Path

from ...groups import needs

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


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
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise NoBrowserError(
            f"A PDF needs Chromium or Chrome, and this computer has none. Open {file} in the "
            "browser that you have, add  ?print-pdf  to its address, and print it to a file."
        )
    with needs("A PDF of the slides"):
        from playwright.sync_api import sync_playwright

    made = file.with_suffix(".pdf")
    with sync_playwright() as started:
        # A page of our own making, on this machine.
        window = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        opened = window.new_page(viewport={"width": 1280, "height": 720})
        opened.goto(f"{file.resolve().as_uri()}?print-pdf")
        opened.wait_for_function("window.Reveal && Reveal.isReady()")
        opened.wait_for_selector(".pdf-page", state="attached")
        opened.pdf(path=made, width="1280px", height="720px", print_background=True)
        window.close()
    return made
