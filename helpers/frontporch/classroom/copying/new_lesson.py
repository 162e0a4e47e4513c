"""A new lesson, written from a template: a small one that works, to be changed into one's own."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...groups import needs
from ..course_package import OURS, Course, course
from .lesson_cells import ROLES, ROUTES
from .sources import FOLDER

_TEMPLATE = Path(__file__).parent / "templates" / "lesson"
_GLOSSARY = """# Glossary

The words that the lessons bring in, with the lesson that does so.

| word | what it means | lesson |
|---|---|---|
"""
LONGEST = 80
"""Letters of a title."""


class CannotBeginError(ValueError):
    """A lesson that cannot be begun; the message says why, and what to do."""


@dataclass(frozen=True)
class Plan:
    """Where the parts of a new lesson go.

    Parameters
    ----------
    number : int
        Of the lesson.
    title : str
        Of the lesson.
    package : str
        The course that it belongs to.
    source, guide, glossary : pathlib.Path
        Source notebook, guide of the instructor, and glossary of the course.
    room : pathlib.Path
        The lesson's folder in the package.
    test : pathlib.Path
        Its tests.
    """

    number: int
    title: str
    package: str
    source: Path
    guide: Path
    glossary: Path
    room: Path
    test: Path

    @property
    def texts(self) -> list[Path]:
        """The files that are written besides the notebook; the glossary gets rows."""
        return [self.guide, *(self.room / name for name in _room()), self.test, self.glossary]

    def filled(self, text: str) -> str:
        """Fill in number, title and the like."""
        imports = f"from {self.package} import lesson_{self.number:02d}"
        if self.package != OURS:
            imports += f'\n\nclassroom.use_course("{self.package}")'
        words = {
            "number": str(self.number),
            "room": f"{self.number:02d}",
            "title": self.title,
            "package": self.package,
            "porch": Course(self.package).porch,
            "imports": imports,
        }
        for name, word in words.items():
            text = text.replace("{{" + name + "}}", word)
        return text


def planned(number: str, title: str) -> Plan:
    """Say where a new lesson of the course that is plugged in will be written.

    Parameters
    ----------
    number : str
        Its number, from 1 to 99.
    title : str
        Its title, such as "Do regulars tip more?".

    Raises
    ------
    CannotBeginError
        If the number or the title cannot be used, or something of the lesson is there already.
    UnknownName
        If Python finds no package of the course.
    """
    chosen = course()
    if not re.fullmatch(r"[1-9][0-9]?", number):
        raise CannotBeginError(f"{number!r} is no number of a lesson: give one from 1 to 99.")
    title = " ".join(title.split())
    name = _file_name(title)
    if not name or len(title) > LONGEST:
        raise CannotBeginError(
            f"The title has to have letters from a to z, and {LONGEST} letters at most: "
            '"Do regulars tip more?"'
        )
    package, lessons = chosen.folder, chosen.lessons
    if chosen.package == OURS and package.parents[2].resolve() != lessons.resolve().parent:
        raise CannotBeginError(
            f"Front Porch's own lessons are written in its project, and this is {Path.cwd()}. "
            "Start in the project's folder, or write a course of your own: "
            f'porch --course my_course lesson new {number} "{title}"'
        )
    at = f"{int(number):02d}"
    tests = (
        package.parents[2] / "tests" / "course" / f"lesson_{at}"
        if chosen.package == OURS
        else package.parent / "tests"
    )
    plan = Plan(
        int(number),
        title,
        chosen.package,
        source=lessons / "instructor" / f"{at}_{name}.ipynb",
        guide=lessons / "instructor" / f"{at}_guide.md",
        glossary=lessons / "glossary.md",
        room=package / f"lesson_{at}",
        test=tests / f"test_lesson_{at}.py",
    )
    there = [
        *lessons.glob(f"{at}_*.ipynb"),
        *lessons.glob(f"instructor/{at}_*"),
        *(one for one in (plan.room, plan.test) if one.exists()),
    ]
    if there:
        raise CannotBeginError(
            f"Lesson {number} is begun already: {', '.join(map(str, there))}. Take another number."
        )
    return plan


def write(plan: Plan) -> Any:
    """Write the texts of a new lesson, and give its notebook, which has to be run.

    Parameters
    ----------
    plan : Plan
        Where they go. Nothing that is there is overwritten; the glossary gets the rows that it
        does not have.

    Returns
    -------
    nbformat.NotebookNode
        The source, without results.
    """
    with needs("A new lesson"):
        import nbformat

    book = _notebook(plan)
    texts = {plan.source: nbformat.writes(book)}
    texts |= {plan.room / name: _module(plan, text) for name, text in _room().items()}
    texts[plan.test] = plan.filled(_read("test.py.txt"))
    texts[plan.guide] = plan.filled(_read("guide.md")).replace("{{minutes}}", _minutes(book))
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    _add_words(plan)
    return book


def _file_name(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))


def _read(name: str) -> str:
    return (_TEMPLATE / name).read_text(encoding="utf-8")


def _room() -> dict[str, str]:
    """Texts of the lesson's folder in the package, by the names of their files."""
    # They end with .txt, so that nothing takes them for modules of the kit.
    found = sorted((_TEMPLATE / "room").glob("*.txt"))
    return {one.name.removesuffix(".txt"): one.read_text(encoding="utf-8") for one in found}


def _module(plan: Plan, text: str) -> str:
    """Fill in a module; one of the kit itself imports by place, as all of the kit does."""
    text = plan.filled(text.replace("{{title}}", plan.title.replace("\\", "/").replace('"', "'")))
    if plan.package != OURS:
        return re.sub(r"(?m)^(from frontporch.*\n)(?=from \.)", r"\1\n", text)
    text = re.sub(r"(?m)^from frontporch\.course\.", "from ..", text)
    text = re.sub(r"(?m)^from frontporch(\.| )", lambda it: f"from ...{it[1].strip('.')}", text)
    return re.sub(r"(?m)(^from \..*\n)+", lambda it: "".join(sorted(it[0].splitlines(True))), text)


def _notebook(plan: Plan) -> Any:
    with needs("A new lesson"):
        from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

    told = tomllib.loads(_read("notebook.toml"))
    cells = []
    for k, cell in enumerate(told["cells"]):
        make = new_code_cell if "code" in cell else new_markdown_cell
        text = plan.filled(cell.get("code", cell.get("text")).strip())
        made = make(text, id=f"l{plan.number:02d}-{k:02d}", metadata=_metadata(plan, cell))
        cells.append(made)
    book = new_notebook(cells=cells)
    book.metadata[FOLDER] = {
        "lesson": plan.number,
        "title": plan.title,
        "minutes": {str(route): route for route in ROUTES},
        "words": told["words"],
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book.metadata["kernelspec"] = kernel
    return book


def _metadata(plan: Plan, cell: dict[str, Any]) -> dict[str, Any]:
    own = {
        name: plan.filled(value).strip() if isinstance(value, str) else value
        for name, value in cell.items()
        if name not in ("text", "code", "slide")
    }
    made: dict[str, Any] = {
        FOLDER: {"level": "core", "minutes": 0} | own,
        "slideshow": {"slide_type": cell.get("slide", "fragment")},
    }
    if cell.get("folded"):
        made["jupyter"] = {"source_hidden": True}
    return made


def _minutes(book: Any) -> str:
    """Give the guide's table: minutes by block and route, as the cells have them."""
    lines = [f"| block | {' | '.join(map(str, ROUTES))} |", "|---" * (len(ROUTES) + 1) + "|"]
    for role in ROLES:
        cells = [one.metadata[FOLDER] for one in book.cells if one.metadata[FOLDER]["role"] == role]
        spent = (sum(one["minutes"] for one in cells if route in one["routes"]) for route in ROUTES)
        lines.append(f"| {role} | {' | '.join(map(str, spent))} |")
    return "\n".join(lines)


def _add_words(plan: Plan) -> None:
    """Add the rows of the new words to the glossary, where it has none of them."""
    there = plan.glossary.read_text(encoding="utf-8") if plan.glossary.exists() else _GLOSSARY
    text = there if there.endswith("\n") else f"{there}\n"
    for row in plan.filled(_read("glossary.md")).splitlines(keepends=True):
        word = row.split("|")[1].strip()
        if f"\n| {word} |" not in text:
            text += row
    if text != there or not plan.glossary.exists():
        plan.glossary.write_text(text, encoding="utf-8")
