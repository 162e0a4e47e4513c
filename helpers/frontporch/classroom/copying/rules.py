"""The rules of a lesson: what an author has broken, in which cell, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..checking.checks import registered
from ..checking.exercise import Exercise
from ..course_package import course
from . import lesson_cells, lesson_code
from .copies import read
from .lesson_cells import about, named
from .lesson_code import code
from .sources import for_instructor, is_solution

MOST_WORDS = 6
"""New words of a lesson."""
# A result, as "27.8 %" or "1.81": settings of the model and numbers of exercises are none.
_LOOSE = re.compile(r"\d+(\.\d+)?\s?(%|per cent|percentage points)|\b\d+\.\d+\b")
_NO_RESULT = re.compile(r"`[^`]*`|\*\*\d+\.\d+( \(\w+\))?\*\*")


def broken(
    book: Any,
    file: str = "lesson",
    *,
    glossary: str,
    guide: str | None = None,
    source: Any = None,
    exercises: Sequence[Exercise] | None = None,
) -> list[str]:
    """Say which rules a lesson breaks, each with the cell and the remedy; empty where none.

    Parameters
    ----------
    book : nbformat.NotebookNode
        The source of a lesson, or its student copy, with results.
    file : str
        What the lesson's file is called, for the sentences.
    glossary : str
        Text of the glossary, a table of words in Markdown.
    guide : str, optional
        Text of the instructor's guide: its table tells in which block minutes are wrong.
    source : nbformat.NotebookNode, optional
        Where `book` is the student copy: what it was made from. Nothing of its solutions and
        notes may be left.
    exercises : sequence of Exercise, optional
        All exercises; those of the kit without it.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from nbformat.v4 import new_notebook, new_markdown_cell
    >>> book = new_notebook(cells=[new_markdown_cell("# Half of a lesson", id="l09-00")])
    >>> broken(book, "09_half.ipynb", glossary="")[0][:62]
    '09_half.ipynb, cell 0 (l09-00, "# Half of a lesson") has no ro'
    """
    exercises = registered() if exercises is None else exercises
    own = [one for one in exercises if one.id.split(".")[0] == _number(book)]
    found = [
        *lesson_cells.said(book),
        *lesson_cells.order(book),
        *lesson_cells.minutes(book, guide),
        *lesson_code.short(book),
        *lesson_code.by_itself(book),
        *lesson_code.pictures(book),
        *lesson_code.titled(book),
        *_on_any_notebook(book),
        *_exercises(book, own, is_copy=source is not None),
        *_predictions(book, exercises),
        *_decides(book, is_copy=source is not None),
        *_words(book, glossary),
        *_figures(book),
        *_evidence(book),
        *(_left_in(book, source, own) if source is not None else ()),
    ]
    return [f"{file}, {one}" for one in found]


def broken_lesson(path: Path) -> list[str]:
    """Say what is wrong with a lesson as it lies in its folder: source, student's copy, guide.

    Parameters
    ----------
    path : pathlib.Path
        The source, such as `lessons/instructor/01_title.ipynb`. The guide `01_guide.md` stands
        beside it; the student's copy and `glossary.md` stand in the folder above.

    Returns
    -------
    list of str
        Each with the cell and the remedy; empty where nothing is wrong.
    """
    guide, glossary = path.with_name(f"{path.name[:2]}_guide.md"), path.parents[1] / "glossary.md"
    copy = path.parents[1] / path.name
    missing = [one for one in (guide, glossary) if not one.is_file()]
    found = [f"{one} is missing: write it." for one in missing]
    texts = ["" if one in missing else one.read_text(encoding="utf-8") for one in (guide, glossary)]
    told = {"guide": texts[0], "glossary": texts[1]}
    source = read(path)
    found += broken(source, path.name, **told)
    if guide.is_file():
        found += lesson_cells.guide_rows(source, guide.name, texts[0])
    if not copy.is_file():
        typed = f"{course().porch} lesson student {int(path.name[:2])}"
        return [*found, f"{copy} is missing: make it with  {typed}"]
    return found + broken(read(copy), f"student's copy of {path.name}", **told, source=source)


def broken_notebook(book: Any, file: str = "notebook") -> list[str]:
    """Say which rules a notebook breaks that is no lesson; otherwise as `broken`.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> book = new_notebook(cells=[new_code_cell("rng = default_rng()", id="one")])
    >>> broken_notebook(book, "own.ipynb")[0].partition(") ")[2]
    'draws by default_rng without a seed: pass seed=7.'
    """
    found = [*lesson_code.pictures(book, flagged=False), *_on_any_notebook(book)]
    return [f"{file}, {one}" for one in found]


def _on_any_notebook(book: Any) -> Iterator[str]:
    yield from lesson_code.offline(book)
    yield from lesson_code.seeded(book)
    yield from lesson_code.results(book)


def _exercises(book: Any, own: Sequence[Exercise], is_copy: bool) -> Iterator[str]:
    """Yield exercises without hint, solution, or a cell of their own."""
    asked = {about(cell).get("check"): k for k, cell in code(book) if not is_solution(cell)}
    solved = {about(cell).get("check"): k for k, cell in code(book) if is_solution(cell)}
    last = named(book, len(book.cells) - 1)
    if len(own) < 3:
        yield f"{last} ends a lesson of {len(own)} exercises: write three or more."
    for one in own:
        if one.id not in asked:
            yield f"{last} ends the lesson, and no cell asks exercise {one.id}: add one."
            continue
        k = asked[one.id]
        name, cell = named(book, k), book.cells[k]
        yield from _itself(one, name)
        if f'classroom.exercise("{one.id}")' not in cell.source:
            yield f'{name} does not ask exercise {one.id}: write classroom.exercise("{one.id}").'
        if is_copy:
            continue
        if one.id not in solved:
            yield f"{name}: no cell for the instructor works exercise {one.id} out: add one."
        elif f'classroom.answer("{one.id}", answer)' not in book.cells[solved[one.id]].source:
            yield (
                f"{named(book, solved[one.id])} does not answer exercise {one.id}: end it with "
                f'classroom.answer("{one.id}", answer).'
            )
    for k, cell in code(book):
        found = re.search(r'\b(?:exercise|answer)\("([^"]+)"', cell.source)
        if found and found[1] not in {one.id for one in own}:
            yield f"{named(book, k)} asks {found[1]}, which is no exercise of this lesson."


def _itself(one: Exercise, name: str) -> Iterator[str]:
    for part in ("hint", "solution", "question"):
        if not getattr(one, part).strip():
            yield f"{name}: exercise {one.id} has no {part}: write one."
    if len(one.diagnoses) < 2:
        yield f"{name}: exercise {one.id} explains fewer than two wrong answers."


def _decides(book: Any, is_copy: bool) -> Iterator[str]:
    """Yield what the block of the decision lacks."""
    cells = [k for k, cell in enumerate(book.cells) if about(cell).get("role") == "decide"]
    if not cells or course().decision(_number(book)) is None:
        return
    source = "\n".join(book.cells[k].source for k in cells)
    number, first = _number(book), named(book, cells[0])
    for call, what in (
        (f'classroom.decide("{number}.decision")', "a decision"),
        (f'classroom.memo("{number}.memo")', "its memo"),
        (f"classroom.hand_in({number})", "the hand-in"),
    ):
        if call not in source:
            yield f"{first} begins the decision without {what}: call {call}."
    if not is_copy and not any(about(book.cells[k]).get("rubric") for k in cells):
        yield (
            f"{first} begins the decision without a rubric of the memo: add a cell for the "
            'instructor with "rubric": true and a table | criterion | 0 | 1 | 2 |.'
        )


def _predictions(book: Any, exercises: Sequence[Exercise]) -> Iterator[str]:
    ids = {one.id for one in exercises}
    asked = [(k, about(cell).get("check")) for k, cell in code(book)]
    asked = [(k, one) for k, one in asked if one and one not in ids]
    shown = "".join(cell.source for _, cell in code(book))
    for k, one in asked:
        if f'classroom.result("{one}"' not in shown:
            yield (
                f"{named(book, k)} asks {one}, and its result is not shown: call "
                f'classroom.result("{one}", draw).'
            )
        if f'"{one}"' not in book.cells[k].source:
            yield f"{named(book, k)} says that it asks {one}, and does not: correct its check."
    if not asked:
        k = next((k for k, cell in enumerate(book.cells) if about(cell).get("role") == "run"), 0)
        yield f"{named(book, k)} comes without a prediction before it: ask for one."


def _words(book: Any, glossary: str) -> Iterator[str]:
    """Yield new words that are too many, not brought in, or not in the glossary."""
    words = book.metadata.get("frontporch", {}).get("words", [])
    if not 0 < len(words) <= MOST_WORDS:
        yield f"{named(book, 0)}: the header has {len(words)} new words, but 1 to {MOST_WORDS} fit."
    for word in words:
        there = [k for k, one in enumerate(book.cells) if f"**{word}**" in one.source]
        if not there:
            yield f"{named(book, 0)}: no cell brings in the new word {word!r} as **{word}**."
        elif not re.search(rf"^\| {re.escape(word)} \| .+ \| \d+ \|$", glossary, re.MULTILINE):
            yield f"{named(book, there[0])} brings in {word!r}: add it to the glossary."


def _figures(book: Any) -> Iterator[str]:
    """Yield figures in prose that no cell works out."""
    for k, cell in enumerate(book.cells):
        told = about(cell)
        free = told.get("role") in ("modify", "uncertainty") or told.get("audience")
        if cell.cell_type != "markdown" or free:
            continue
        found = _LOOSE.search(_NO_RESULT.sub("", cell.source))
        if found:
            yield (
                f"{named(book, k)} has the figure {found.group()!r} in its text: show it in a "
                "code cell, where it is compared."
            )


def _evidence(book: Any) -> Iterator[str]:
    source = "".join(cell.source for _, cell in code(book))
    limits = [k for k, cell in enumerate(book.cells) if about(cell).get("role") == "limits"]
    for call, what in (
        ("classroom.evidence(", "the published evidence"),
        ("classroom.verdict(", "what it amounts to"),
    ):
        if call not in source:
            yield f"{named(book, (limits or [0])[0])} begins limits without {what}: call {call}…)."
    # Every lesson has its own, of one or more kinds: worlds(…), taste_worlds(…).
    if not re.search(r"\b(two_\w+|(?:\w+_)?worlds)\(", source):
        yield (
            f"{named(book, (limits or [0])[0])} begins limits without a world in which the claim "
            "is false: call worlds(…)."
        )


def _left_in(book: Any, source: Any, own: Sequence[Exercise]) -> Iterator[str]:
    """Yield what a student copy still holds of solutions and of notes to the instructor."""
    seen = {line.strip() for one in source.cells if not for_instructor(one) for line in _lines(one)}
    for one in source.cells:
        if not for_instructor(one):
            continue
        lines = {line.strip() for line in _lines(one)} - seen
        for secret in sorted(lines) if is_solution(one) else [one.source.strip()]:
            yield from _found_in(book, secret, f"of {one.get('id')} in the source")
    for exercise in own:
        yield from _found_in(book, exercise.solution.strip(), f"of exercise {exercise.id}")


def _lines(cell: Any) -> list[str]:
    return list(cell.source.splitlines())


def _found_in(book: Any, secret: str, whose: str) -> Iterator[str]:
    for k, cell in enumerate(book.cells):
        held = [cell.source, str(dict(cell.metadata)), *map(str, cell.get("outputs", []))]
        if len(secret) > 3 and any(secret in text for text in held):
            yield (
                f"{named(book, k)} holds a solution or note {whose}: make the student copy again "
                "from its source."
            )


def _number(book: Any) -> str:
    return str(book.metadata.get("frontporch", {}).get("lesson", ""))
