"""The pictures of a lesson as files: what is shown when the projector has no kernel."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

_IN_HTML = "data:image/png;base64,"


@dataclass(frozen=True)
class Still:
    """One picture of a lesson.

    Parameters
    ----------
    number : int
        Its place among the pictures, from 1.
    cell : str
        The cell that drew it.
    title : str
        The heading above it.
    text : str
        Its alternative text; empty where it has none.
    png : bytes
        The picture.
    """

    number: int
    cell: str
    title: str
    text: str
    png: bytes

    @property
    def file(self) -> str:
        """Name of its file."""
        return f"{self.number:02d}.png"

    @property
    def width(self) -> int:
        """Pixels across."""
        return int.from_bytes(self.png[16:20], "big")


def stills(book: Any) -> list[Still]:
    """Take the pictures out of a notebook that was run.

    Parameters
    ----------
    book : nbformat.NotebookNode
        With its results.
    """
    found: list[Still] = []
    title = ""
    for cell in book.cells:
        if cell.cell_type == "markdown":
            headings = re.findall(r"^#+ +(.+)$", cell.source, re.MULTILINE)
            title = headings[-1].lstrip("●○ ") if headings else title
            continue
        for output in cell.get("outputs", []):
            for text, png in _pictures(output.get("data", {})):
                found.append(Still(len(found) + 1, cell["id"], title, text, png))
    return found


def write(found: Sequence[Still], folder: Path, lesson: str) -> Path:
    """Write pictures to a folder, with one page that shows them all; earlier ones go.

    Parameters
    ----------
    found : sequence of Still
        The pictures.
    folder : pathlib.Path
        Made where it is missing.
    lesson : str
        The lesson's title.

    Returns
    -------
    pathlib.Path
        The page.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9].png"):
        old.unlink()
    parts = []
    for one in found:
        (folder / one.file).write_bytes(one.png)
        name = html.escape(f"{one.number} of {len(found)}: {one.title}")
        alt = html.escape(one.text)
        parts.append(
            f'<figure id="p{one.number}"><h2>{name}</h2><img src="{one.file}" alt="{alt}"></figure>'
        )
    page = folder / "index.html"
    content = _PAGE.format(title=html.escape(lesson), body="\n".join(parts))
    page.write_text(content, encoding="utf-8")
    return page


def _pictures(data: Any) -> list[tuple[str, bytes]]:
    """The pictures of one output, with their alternative text."""
    if "image/png" in data:
        return [("", base64.b64decode(data["image/png"]))]
    found = _Images()
    found.feed("".join(data.get("text/html", "")))
    return found.pictures


class _Images(HTMLParser):
    """The PNG pictures that stand in a piece of HTML itself."""

    def __init__(self) -> None:
        super().__init__()
        self.pictures: list[tuple[str, bytes]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an image."""
        told = dict(attrs)
        source = told.get("src") or ""
        if tag == "img" and source.startswith(_IN_HTML):
            png = base64.b64decode(source.removeprefix(_IN_HTML))
            self.pictures.append((told.get("alt") or "", png))


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>{title}: stills</title>
<style>
body {{ font: 22px/1.4 sans-serif; color: #1a1a1a; }}
body {{ margin: 0 auto; max-width: 76rem; padding: 1rem; }}
figure {{ margin: 0; min-height: 98vh; }}
h1, h2 {{ font-size: 1.2rem; margin: .6em 0; }}
h1 {{ font-size: 1.6rem; }}
img {{ width: 100%; max-height: 88vh; object-fit: contain; object-position: left top; }}
</style>
</head>
<body><main>
<h1>{title}</h1>
<p>The pictures of the lesson. Scroll, or press Page Down.</p>
{body}
</main></body>
</html>
"""
