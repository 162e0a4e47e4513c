"""Every picture of a page is in the page, and told in words."""

from __future__ import annotations

from html.parser import HTMLParser


def require_pictures(page: str, places: dict[str, int]) -> None:
    """Check that a page fetches no picture and that each has alternative text.

    Parameters
    ----------
    page : str
        HTML in which nbconvert wrote each cell's id.
    places : dict of str to int
        Number of each cell in its notebook, by id.

    Raises
    ------
    ValueError
        If a picture has no alternative text, or stands elsewhere; the cell is named.
    """
    found = _Pictures()
    found.feed(page)
    wrong = [f"cell {name} (number {places.get(name, '?')}) {why}" for name, why in found.wrong]
    if wrong:
        raise ValueError(
            f"{'; '.join(wrong)}. End the cell with look.show(ax), which tells the picture in "
            "words, or write ![what it shows](...)."
        )


# What nbconvert writes where there is nothing.
_NOTHING = "No description has been provided for this image"


class _Pictures(HTMLParser):
    """Find pictures that a listener would not know of, or that are not in the page."""

    def __init__(self) -> None:
        super().__init__()
        self.cell, self.wrong = "", []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the cell, and what is wrong with a picture in it."""
        given = dict(attrs)
        if (given.get("id") or "").startswith("cell-id="):
            self.cell = str(given["id"]).removeprefix("cell-id=").removesuffix("-more")
        if tag == "img" and (given.get("alt") or "").strip() in ("", _NOTHING):
            self.wrong.append((self.cell, "has a picture without alternative text"))
        if tag == "img" and not (given.get("src") or "").startswith("data:"):
            self.wrong.append((self.cell, f"has a picture elsewhere: {given.get('src')}"))
