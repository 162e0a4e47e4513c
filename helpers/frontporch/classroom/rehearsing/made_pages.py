"""What a page that was made asks of a network, and how small its text is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from ...groups import is_there
from ..copying.own_browser import browser, opened

_FETCHED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "object": "data",
    "script": "src",
    "source": "src",
    "track": "src",
    "video": "src",
}
_IN_STYLE = re.compile(r"""(?:url\(|@import)\s*["']?((?:https?:)?//[^"')\s;]+)""")
_OUTSIDE = re.compile(r"(?:https?:)?//(?!127\.0\.0\.1|localhost)")

_SIZES = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let least = null;
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), of = walk.currentNode.parentElement;
    if (!text || !of || !of.getClientRects().length) continue;
    if (of.closest('script, style, template')) continue;
    const size = parseFloat(getComputedStyle(of).fontSize);
    if (least === null || size < least[0]) least = [size, text.slice(0, 60)];
  }
  return least;
}"""


def outside(page: str) -> list[str]:
    """Name what a page would fetch from another machine; a link that is only clicked is none.

    Parameters
    ----------
    page : str
        HTML.

    Examples
    --------
    >>> outside('<a href="https://example.org">x</a><script src="https://example.org/x.js">')
    ['https://example.org/x.js']
    """
    asked = _Asked()
    asked.feed(page)
    return list(dict.fromkeys(asked.addresses))


def smallest_text(file: Path) -> tuple[float, str] | None:
    """Measure the smallest text of a page in a real browser at 1280 by 720.

    Parameters
    ----------
    file : pathlib.Path
        The page.

    Returns
    -------
    tuple of float and str, or None
        Pixels, and where the text begins; None where there is no browser to measure with.
    """
    where = browser()
    if where is None or not is_there("playwright"):
        return None
    with opened(file, where, what="Measuring a page") as page:
        least = page.evaluate(_SIZES)
    return (float(least[0]), str(least[1])) if least else None


class _Asked(HTMLParser):
    """What a page fetches as it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at what an element fetches, and at its style."""
        told = {name: value or "" for name, value in attrs}
        address = told.get(_FETCHED.get(tag, ""), "")
        if _OUTSIDE.match(address):
            self.addresses.append(address)
        self.addresses += _IN_STYLE.findall(told.get("style", ""))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        """Look at a style sheet inside the page."""
        if self._style:
            self.addresses += _IN_STYLE.findall(data)

    def handle_endtag(self, tag: str) -> None:
        """A style sheet ends."""
        self._style = False
