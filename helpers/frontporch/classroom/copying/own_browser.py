"""A page of our own making, opened in a browser of this computer that nobody sees."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ...groups import needs

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def browser() -> str | None:
    """Give where Chromium or Chrome is on this computer; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def opened(file: Path, where: str, *, query: str = "", what: str) -> Iterator[Any]:
    """Open a page at 1280 by 720, for as long as the block lasts.

    Parameters
    ----------
    file : pathlib.Path
        The page.
    where : str
        The browser, as `browser` gives it.
    query : str
        What is added to the address, such as ``?print-pdf``.
    what : str
        What needs it, for the sentence where Playwright is missing.

    Raises
    ------
    MissingPackage
        If Playwright, which drives the browser, is not installed.
    """
    with needs(what):
        from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        # Of our own making: it needs no sandbox, which Chromium refuses to root.
        window = started.chromium.launch(executable_path=where, args=["--no-sandbox"])
        page = window.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{file.resolve().as_uri()}{query}")
        yield page
        window.close()
