"""The slides of a lesson, from its one source: one page that opens from a disk, without a network.

nbconvert makes the slides with the template beside this file; reveal.js and MathJax are taken from
the packages that carry them. A cell says what it is on slides by `frontporch.slide` in its
metadata, or by `slideshow.slide_type` as in JupyterLab, or its role says it. The title of a slide
is the title of its picture, or what the first of its cells says by `frontporch.message`; the name
of the block stands at the foot. Solutions go to the speaker's notes, with the minutes, the routes
and the question to ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...groups import needs
from ...look import palette
from ...names import UnknownName, nearest
from ..evidence_shown import verdict
from .brand import OURS, Brand
from .carried_scripts import MATHJAX, MATHJAX_SETTINGS, REVEAL, carried, inside
from .copies import still, without_empty_headers
from .page_pictures import require_pictures
from .routes import on_route
from .sources import FOLDER, for_instructor, is_solution

KINDS = ("slide", "subslide", "fragment", "-", "notes", "skip")
"""What a cell may be: "-" stands with the cell before it; only "slide" begins one in any case."""

_TEMPLATES = Path(__file__).parent / "templates"
_SOURCES = re.compile(r"\n\n\*\*Sources:?\*\*.*", re.DOTALL)
_HEADING = re.compile(r"^#+ (.*)\n*")
_CLAIM = re.compile(r"""classroom\.(?:evidence|verdict)\(\s*["']([\d.]+)["']""")
_FORMULA = re.compile(r"\$\$|(?<![\\\w])\$[^\s$][^$\n]*(?<![\s\\])\$(?!\d)|\\begin\{|\\\\[(\[]")


@dataclass
class Slide:
    """One slide: the cells that are seen, and those that only the speaker knows of."""

    shown: list[Any] = field(default_factory=list)
    unseen: list[Any] = field(default_factory=list)


def slides(book: Any, *, route: int | None = None, brand: Brand = OURS) -> str:
    """Write a lesson as slides in one page of HTML that asks nothing of a network.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The instructor's source with its results; it is left as it is.
    route : int, optional
        Minutes of the route whose cells are kept; all of them without it.
    brand : Brand
        Logo, colors and font.

    Returns
    -------
    str
        A page with speaker notes (key S), made for 1280 by 720 pixels and scaled to any screen.

    Raises
    ------
    UnknownName
        If a cell's metadata ask for a kind of slide that there is not, or if there is no such
        route.
    ValueError
        If a picture has no alternative text, or would be fetched from elsewhere; the cell is named.
    MissingPackage
        If the package that carries reveal.js, or MathJax where there are formulas, is missing.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> book = new_notebook(cells=[new_markdown_cell("# Why people meet again")])
    >>> book.metadata["frontporch"] = {"title": "Why people meet again"}
    >>> slides(book).count("<section")
    1
    """
    with needs("A page of slides"):
        from nbconvert import SlidesExporter

    made = on_route(book, route)
    places = {cell.get("id", ""): number for number, cell in enumerate(made.cells)}
    made.cells = [cell for one in arranged(made.cells) for cell in _cells(one)]
    exporter = SlidesExporter(
        template_name="slides",
        extra_template_basedirs=[str(_TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
        embed_images=True,
    )
    told = made.metadata[FOLDER]
    formulas = any(_FORMULA.search(c.source) for c in made.cells if c.cell_type == "markdown")
    page, _ = exporter.from_notebook_node(
        made,
        {"deck": _deck(told["title"], formulas, brand), "language_code": told.get("lang", "en")},
    )
    page = without_empty_headers(page)
    require_pictures(page, places)
    return page


def arranged(cells: list[Any]) -> list[Slide]:
    """Put the cells of a source on slides, each beside what its speaker has to know.

    Parameters
    ----------
    cells : list of nbformat.NotebookNode
        In the order of the lesson.

    Returns
    -------
    list of Slide
        Every cell is on one of them, seen or unseen.
    """
    made = [Slide()]
    role = None
    for cell in cells:
        told = _about(cell)
        kind = _kind(cell, first_of_role=told.get("role") != role)
        role = told.get("role")
        if cell.cell_type == "markdown" and "page" in told:  # what to say where nobody types
            cell.source = told["page"]
            kind = kind if cell.source else "skip"
        if role != "masthead":
            _say(cell)
        if cell.cell_type == "code":
            _without_code_and_widgets(cell)
            if kind not in ("notes", "skip") and not cell.outputs:
                kind = "skip"
        if kind in ("notes", "skip"):
            made[-1].unseen.append(cell)
            continue
        if kind in ("slide", "subslide") and made[-1].shown:
            made.append(Slide())
        if role == "masthead" and not made[-1].shown and cell.cell_type == "markdown":
            title, rest = _title(cell)
            made[-1].shown.append(title)
            if rest is not None:  # the table of routes and seeds is for who presents
                made[-1].unseen.append(rest)
            continue
        if role == "keypoints" and cell.cell_type == "markdown":
            cell.source = _SOURCES.sub("", cell.source).rstrip()
        cell.metadata["slideshow"] = {"slide_type": "-" if kind == "-" else "fragment"}
        made[-1].shown.append(cell)
    _begin(made)
    return [one for one in made if one.shown]


def _begin(made: list[Slide]) -> None:
    """Mark the cell that begins each slide, and say of which block it is."""
    part = ""
    for one in made:
        for first in one.shown[:1]:
            first.metadata["slideshow"] = {"slide_type": "subslide"}
            part = first.metadata.setdefault(FOLDER, {}).setdefault("part", part)


def _say(cell: Any) -> None:
    """Put the message of a cell where the template finds it, and above its text."""
    told = cell.metadata.setdefault(FOLDER, {})
    claim = _CLAIM.search(cell.source)
    if claim and cell.cell_type == "code" and not told.get("message"):
        told["message"] = f"Claim C-{claim[1]}: {_small(verdict(claim[1]).verdict)}"
    heading = _HEADING.match(cell.source)
    if heading and cell.cell_type == "markdown":
        told["part"] = heading[1].partition(":")[0]
        if told.get("message"):
            cell.source = f"## {told['message']}\n\n{cell.source[heading.end() :]}"


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _kind(cell: Any, first_of_role: bool) -> str:
    told = _about(cell)
    if for_instructor(cell):
        return "notes"
    asked = told.get("slide") or cell.metadata.get("slideshow", {}).get("slide_type")
    if asked and asked not in KINDS:
        raise UnknownName(
            f"Cell {cell.get('id', '')} asks to be a {asked!r}. {nearest(asked, KINDS)}"
        )
    if asked == "subslide":
        return "fragment"  # the browser turns the page where there is no room
    if asked:
        return asked
    if told.get("role") == "setup":
        return "skip"
    headed = cell.cell_type == "markdown" and cell.source.startswith("#")
    return "slide" if headed or first_of_role else "fragment"


def _cells(one: Slide) -> list[Any]:
    """Give a slide's cells with its notes behind the first, where no fragment holds them."""
    with needs("A page of slides"):
        from nbformat.v4 import new_markdown_cell

    notes = new_markdown_cell(_notes(one))
    notes["id"] = f"{one.shown[0].get('id', 'slide')}-notes"[:64]
    notes.metadata["slideshow"] = {"slide_type": "notes"}
    return [one.shown[0], notes, *one.shown[1:]]


def _notes(one: Slide) -> str:
    """Say minutes and routes, then what to ask, then the answers."""
    cells = [*one.shown, *one.unseen]
    parts = [_minutes(cells)]
    told = [
        _unquoted(cell.source)
        for cell in one.unseen
        if not is_solution(cell)
        and (for_instructor(cell) or str(cell.get("id", "")).endswith("-more"))
    ]
    if not any("?" in text for text in told):
        parts += [f"**Ask:** {question}" for question in _questions(one.shown)[-1:]]
    parts += told
    parts += [f"**Note:** {_about(cell)['notes']}" for cell in cells if _about(cell).get("notes")]
    parts += [_answer(cell) for cell in one.unseen if is_solution(cell)]
    return "\n\n".join(parts)


def _minutes(cells: list[Any]) -> str:
    spent: dict[int, int] = {}
    for cell in cells:
        told = _about(cell)
        for route in told.get("routes", []):
            spent[route] = spent.get(route, 0) + told.get("minutes", 0)
    by_minutes: dict[int, list[int]] = {}
    for route in sorted(spent):
        by_minutes.setdefault(spent[route], []).append(route)
    said = [
        f"**{minutes} min** on the route{'s' if len(routes) > 1 else ''} of "
        f"{', '.join(map(str, routes))} minutes"
        for minutes, routes in by_minutes.items()
    ]
    level = _about(cells[0]).get("level", "core")
    return f"{'; '.join(said) or '**0 min**'} · {level}"


def _questions(cells: list[Any]) -> list[str]:
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    plain = " ".join(re.sub(r"[*#`>\n]+", " ", text) for text in texts)
    return [one.strip() for one in re.findall(r"(?:^|(?<=[.?!:]\s))[^.?!]*\?", plain)]


def _unquoted(source: str) -> str:
    text = re.sub(r"^> ?", "", source, flags=re.MULTILINE)
    return text.replace("**To the instructor.** ", "", 1)


def _answer(cell: Any) -> str:
    said = [
        str(one["data"]["text/plain"]).removeprefix("✓ Right: ")
        for one in cell.get("outputs", [])
        if "text/plain" in one.get("data", {})
    ]
    head = f"**Answer to {_about(cell).get('check', 'this')}:** {' '.join(said)}"
    return f"{head}\n\n```python\n{cell.source}\n```"


def _title(cell: Any) -> tuple[Any, Any | None]:
    """Cut the masthead in the title with its question, and what follows."""
    import copy

    parts = re.split(r"\n\s*\n", cell.source, maxsplit=2)
    first, rest = copy.deepcopy(cell), copy.deepcopy(cell)
    # The page's own heading of the first order names the lesson already.
    first.source = re.sub(r"^# ", "## ", "\n\n".join(parts[:2]))
    first.metadata.setdefault(FOLDER, {})["look"] = "title"
    if len(parts) < 3:
        return first, None
    rest.source = parts[2]
    rest["id"] = f"{cell.get('id', 'cell')}-more"[:64]
    rest.metadata.setdefault(FOLDER, {})["minutes"] = 0
    rest.metadata[FOLDER].pop("notes", None)
    return first, rest


def _without_code_and_widgets(cell: Any) -> None:
    # Slides have no sliders; the picture that stands before them stays. A class needs no code.
    cell.outputs = still(cell.outputs)
    cell.metadata["transient"] = {"remove_source": True}


def _about(cell: Any) -> dict[str, Any]:
    return cell.metadata.get(FOLDER, {})


def _deck(title: str, formulas: bool, brand: Brand) -> dict[str, Any]:
    scripts = [carried(REVEAL, "dist/reveal.js"), carried(REVEAL, "plugin/notes/notes.js")]
    if formulas:
        parts = ("MathJax.js", "config/TeX-AMS-MML_HTMLorMML-full.js")
        scripts += [MATHJAX_SETTINGS, *(carried(MATHJAX, one) for one in parts)]
        scripts.append("MathJax.Hub.Configured();")
    return {
        "title": title,
        "reveal_css": carried(REVEAL, "dist/reveal.css"),
        "colors": {look.name: look.color for look in palette}
        | {"ink": "#1A1A1A", "navy": brand.title, "blue": brand.accent},
        "brand": brand,
        "scripts": [inside(one) for one in scripts],
    }
