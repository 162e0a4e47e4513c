"""The handout of a lesson: two to four pages of paper, to write on before and during the class.

Case, objectives, a box for each prediction, the questions with lines, the memo, key points and
new words; no result stands on it. The whole text with its results is `copies.reading`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...groups import needs
from ...rounding import as_given
from ..checking.checks import registered
from ..checking.exercise import Exercise
from ..course_package import course
from ..predicting.asked import asked
from .lesson_cells import about
from .routes import on_route, without_signs
from .sources import FOLDER, for_instructor

# What makes sense in front of a screen alone.
_SCREEN = re.compile(
    r"\b(sliders?|press|click|buttons?|cells?|type|scroll|screen|check|run it|box(es)?|"
    r"panel|drag|play the year|hand in|table (above|below)|below the picture|data\.describe)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[a-z0-9)%*`][.?!])\s+(?!\d+\. )|(?<=[.?!]\*\*)\s+")
_ITEM = re.compile(r"(?:\d+\.|[-*]) ")
_LINE = '<p class="line"></p>'


def handout(book: Any, *, route: int | None = None) -> str:
    """Write what a class gets on paper as one page of HTML that asks nothing of a network.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source of a lesson, with or without results.
    route : int, optional
        Minutes of the route; everything without it.

    Raises
    ------
    UnknownName
        If the lesson has no such route.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> case = new_markdown_cell("## ● The case\\n\\nA shop. Press *Record*.")
    >>> case.metadata["frontporch"] = {"role": "case", "routes": [20]}
    >>> book = new_notebook(cells=[case])
    >>> book.metadata["frontporch"] = {"lesson": 5, "title": "Talk"}
    >>> page = handout(book)
    >>> "<h2>The case</h2>" in page, "A shop." in page, "Record" in page
    (True, True, False)
    """
    made = on_route(book, route)
    told = made.metadata[FOLDER]
    cells = [cell for cell in made.cells if not for_instructor(cell)]
    known = {one.id: one for one in registered()}
    parts = [*_before(cells), *_predictions(cells), *_neighbors(cells), *_questions(cells, known)]
    parts += [*_memo(cells, told.get("lesson")), *_kept(cells)]
    title = html.escape(str(told["title"]))
    head = f"<h1>{html.escape(str(told.get('lesson', '')))} · {title}</h1>"
    names = '<p class="names">Name <span></span> Team <span></span> Date <span></span></p>'
    return _PAGE.format(title=title, body="\n".join([head, names, *parts]))


def on_paper(text: str) -> str:
    """Leave out the sentences that make sense in front of a screen alone.

    Examples
    --------
    >>> on_paper("How many come back? Move the slider, and press *Record*. Say why.")
    'How many come back? Say why.'
    """
    kept = []
    for part in re.split(r"\n\s*\n", text):
        rows = part.split("\n") if _ITEM.match(part) else [part]
        said = [" ".join(s for s in _ENDS.split(row) if not _SCREEN.search(s)) for row in rows]
        said = [row for row in said if row.strip() and not _ITEM.fullmatch(row.strip() + " ")]
        if said:
            kept.append("\n".join(said))
    return "\n\n".join(kept)


def _texts(cells: Sequence[Any], role: str) -> list[str]:
    return [
        about(cell).get("page", cell.source)
        for cell in cells
        if cell.cell_type == "markdown" and about(cell).get("role") == role
    ]


def _before(cells: Sequence[Any]) -> Iterator[str]:
    """Give the case and the objectives."""
    for role in ("case", "objectives"):
        for text in _texts(cells, role):
            yield _html(on_paper(text))


def _predictions(cells: Sequence[Any]) -> Iterator[str]:
    """Give the text before each prediction, and a box to draw or write it in."""
    text: list[str] = []
    for cell in cells:
        if about(cell).get("role") != "predict":
            continue
        if cell.cell_type == "markdown":
            told = about(cell).get("page", cell.source)
            # A list says where to click, one step after the other.
            parts = [one for one in re.split(r"\n\s*\n", told) if not _ITEM.match(one)]
            text.append(on_paper("\n\n".join(parts)))
        elif "predict_" in cell.source:
            yield _html("\n\n".join(text))
            yield _box(cell.source)
            text = []


def _box(source: str) -> str:
    """Give the box of a prediction, by what its cell asks."""
    why = '<p class="write">Why: <span class="long"></span></p>'
    return "".join(
        f'<div class="box">{_BOXES[kind](told)}{why}</div>' for kind, told in asked(source)
    )


def _curve(told: Mapping[str, Any]) -> str:
    """Give a grid to draw a curve in."""
    unit = told["unit"]
    return _grid(told["labels"], told["highest"], unit) + (
        f'<p class="write">80 % sure: within <span></span> {html.escape(unit)}</p>'
    )


def _number(told: Mapping[str, Any]) -> str:
    """Give lines for a number and its range."""
    label, unit = told["label"], html.escape(told["unit"])
    said = html.escape(f"{label[:1].upper()}{label[1:]}")
    between = f"({as_given(told['low'])} to {as_given(told['high'])} {unit})".replace(" )", ")")
    return (
        f'<p class="write">{said}: <span></span> {unit} {between}</p>'
        '<p class="write">80 % sure: between <span></span> and <span></span></p>'
    )


def _choice(told: Mapping[str, Any]) -> str:
    """Give a box to tick for each choice."""
    return _ticked(told["choices"]) + '<p class="write">How sure: <span></span> %</p>'


_BOXES = {"curve": _curve, "number": _number, "choice": _choice}


def _grid(labels: Sequence[str], highest: float, unit: str) -> str:
    """Draw an empty grid: a column for each label, a quarter of the height for each line."""
    wide, high, left, foot = 620, 170, 56, 34
    step = (wide - left) / len(labels)
    lines = []
    for k in range(5):
        y = 10 + k * (high - 10) / 4
        said = f"{as_given(highest * (4 - k) / 4)}{f' {unit}' if unit == '%' else ''}"
        lines.append(f'<line x1="{left}" x2="{wide}" y1="{y}" y2="{y}"/>')
        lines.append(f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{said}</text>')
    for k, name in enumerate(labels):
        x = left + (k + 0.5) * step
        lines.append(f'<line x1="{x}" x2="{x}" y1="10" y2="{high}"/>')
        said = html.escape(str(name))
        lines.append(f'<text x="{x}" y="{high + 18}" text-anchor="middle">{said}</text>')
    words = html.escape(f"Empty grid for your curve at {', '.join(map(str, labels))}")
    return (
        f'<svg viewBox="0 0 {wide} {high + foot}" role="img" aria-label="{words}">'
        f"{''.join(lines)}</svg>"
    )


def _ticked(choices: Sequence[str]) -> str:
    return (
        f'<p class="ticks">{" ".join(f"<span>□ {html.escape(one)}</span>" for one in choices)}</p>'
    )


def _neighbors(cells: Sequence[Any]) -> Iterator[str]:
    """Give what neighbors ask each other, with lines."""
    found = [
        part
        for cell in cells
        if cell.cell_type == "markdown" and about(cell).get("role") not in ("predict", "setup")
        for part in re.split(r"\n\s*\n", cell.source)
        if part.startswith("**Ask your neighbor")
    ]
    if found:
        yield "<h2>Ask your neighbor</h2>"
    for part in found:
        yield _html(on_paper(part).replace("**Ask your neighbor:** ", "")) + _LINE


def _questions(cells: Sequence[Any], known: Mapping[str, Exercise]) -> Iterator[str]:
    """Give the exercises with the class's numbers, and lines for the answer and the reason."""
    checks = [str(about(cell).get("check")) for cell in cells if cell.cell_type == "code"]
    found = [known[one] for one in dict.fromkeys(checks) if one in known]
    if found:
        yield "<h2>Questions</h2><p>With your team's name you get numbers of your own.</p>"
    for one in found:
        yield f'<div class="question"><h3>{html.escape(one.id)}</h3>{_question(one)}</div>'


def _question(one: Exercise) -> str:
    unit = html.escape(one.unit)
    answer = (
        f'<p class="write">Answer: <span></span> {unit} Because: <span class="long"></span></p>'
    )
    if one.choices:
        rows = [
            (f"<b>{html.escape(name)}</b> " if len(one.choices) > 1 else "") + _ticked(choices)
            for name, choices in one.choices.items()
        ]
        answer = "".join(rows) + '<p class="write">Because: <span class="long"></span></p>'
    return _html(one.posed().question) + answer


def _memo(cells: Sequence[Any], lesson: Any) -> Iterator[str]:
    """Give the decision with what can be chosen, and lines for the memo, in the lesson's order."""
    decision = course().decision(lesson) if lesson is not None else None
    there = [cell for cell in cells if about(cell).get("role") == "decide"]
    if not any(on_paper(one) for one in _texts(cells, "decide")):
        return
    parts = [part for cell in there for part in _decided(cell, decision)]
    yield f'<div class="memo">{"".join(parts)}</div>'


def _decided(cell: Any, decision: Any) -> Iterator[str]:
    """Give what stands on paper of one cell: its text, the choices, or lines for the memo."""
    if cell.cell_type == "markdown":
        yield _html(on_paper(about(cell).get("page", cell.source)))
    elif decision is not None and "classroom.decide(" in cell.source:
        yield _html(f"**{decision.question}**")
        yield _html("\n".join(f"- □ **{name}**: {said}" for name, said in decision.options.items()))
        yield '<p class="write">We expect <span></span> dollars.</p>'
    elif decision is not None and "classroom.memo(" in cell.source:
        yield from (f"<p>{html.escape(one)}</p>{_LINE}{_LINE}" for one in decision.memo)


def _kept(cells: Sequence[Any]) -> Iterator[str]:
    """Give the key points and the new words, which are read after the class."""
    for text in _texts(cells, "keypoints"):
        parts = [one for one in re.split(r"\n\s*\n", text) if not one.startswith("**Sources")]
        made = _html("\n\n".join(parts))
        yield f'<div class="after">{made}</div>'


def _html(markdown: str) -> str:
    """Give Markdown as HTML; no sign of a route stands before a heading."""
    with needs("A handout"):
        from nbconvert.filters.markdown import markdown2html

    made = str(markdown2html(without_signs(markdown)))
    made = re.sub(r'<a class="anchor-link"[^>]*>[^<]*</a>', "", made)
    return re.sub(r"<h(\d)[^>]*>", r"<h\1>", made)


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 14mm 16mm; }}
body {{ font: 14px/1.38 sans-serif; color: #1a1a1a; max-width: 44rem; margin: 1rem auto; }}
h1 {{ font-size: 22px; margin: 0 0 6px; line-height: 1.2; }}
h2 {{ font-size: 17px; margin: 14px 0 4px; break-after: avoid; color: #16335b; }}
h3 {{ font-size: 14px; margin: 0 8px 0 0; float: left; }}
p, ul, ol {{ margin: 0 0 6px; }}
ul, ol {{ padding-left: 22px; }}
.names span, .write span {{
  display: inline-block; min-width: 90px; border-bottom: 1px solid #595959;
}}
.names span {{ min-width: 150px; margin-right: 14px; }}
.write span.long {{ min-width: 320px; }}
.write {{ margin: 8px 0 4px; }}
.line {{ height: 24px; border-bottom: 1px solid #595959; margin: 0 0 2px; }}
.box {{ border: 1.5px solid #16335b; border-radius: 4px; padding: 6px 10px; margin: 6px 0 10px; }}
.box, .question, svg, .memo ul {{ break-inside: avoid; }}
.ticks span {{ display: inline-block; margin-right: 18px; }}
.question {{ margin: 6px 0 10px; }}
.memo ul {{ list-style: none; padding-left: 0; }}
.after {{ break-before: auto; border-top: 2px solid #16335b; margin-top: 12px; }}
svg {{ width: 100%; max-height: 210px; font: 13px sans-serif; }}
svg line {{ stroke: #9a9a9a; stroke-width: 1; }}
svg text {{ fill: #1a1a1a; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
