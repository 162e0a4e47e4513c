"""The pages of the site, laid out for Sphinx: lessons, guides, subjects and evidence."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from string import Template
from typing import Any

from ..copying import copies, handout, slides
from ..copying.sources import header, sources
from .reference import reference

CARRIED = Path(__file__).parent / "carried"
"""Pages, settings and styles."""
RUN = "run"
"""Folder of the lessons that run, beside the pages."""
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_SCRIPT = "application/javascript"
TEXTS = (
    *("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "benchmarks/README.md"),
    *("datasets/README.md", "lessons/glossary.md"),
)


def lay_out(root: Path, into: Path) -> None:
    """Write the sources of all pages.

    Parameters
    ----------
    root : pathlib.Path
        The project.
    into : pathlib.Path
        A new folder.
    """
    for place in _texts(root):
        (into / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / place, into / place)
    for file in (root / "docs").rglob("*"):
        if file.suffix in {".png", ".svg"}:
            target = into / file.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    told = _lessons(root, into)
    for file in sorted((root / "notebooks").glob("*.ipynb")):
        _notebook(file, into / "notebooks" / file.name, _opened(f"researchers/{file.name}"))
    reference(into / "reference")
    _entrances(root, into, told)
    _only_links_that_lead_somewhere(into)


def _texts(root: Path) -> Iterator[str]:
    """The places of all texts that become pages as they stand."""
    yield from (one for one in TEXTS if (root / one).is_file())
    for folder in ("docs", "lessons/instructor"):
        for file in sorted((root / folder).rglob("*.md")):
            yield file.relative_to(root).as_posix()


def _lessons(root: Path, into: Path) -> list[dict[str, Any]]:
    """Lay out every lesson: a page to read, slides and a handout; give what they say of it."""
    lessons = root / "lessons"
    made = []
    for number, source in sources(lessons).items():
        file = lessons / source.name
        about = header(source) | {"number": number, "file": file.name, "stem": file.stem}
        book = copies.read(file)
        extra = into / "_static" / "lessons"
        extra.mkdir(parents=True, exist_ok=True)
        (extra / f"{file.stem}-slides.html").write_text(slides.slides(book), encoding="utf-8")
        paper = handout.handout(copies.read(source))
        (extra / f"{file.stem}-handout.html").write_text(paper, encoding="utf-8")
        _notebook(file, into / "lessons" / file.name, _opened(file.name) + _warned(file.stem))
        about["question"] = _question(book)
        made.append(about)
    return made


def _opened(path: str, up: str = "../") -> str:
    """A link that opens a notebook and runs it, as a button."""
    target = f"{up}{RUN}/open.html?path={html.escape(path)}"
    return f'<p class="way-in"><a class="open" href="{target}">Open and run</a></p>\n'


def _warned(stem: str) -> str:
    return (
        f"<p>Results are shown here; in the lesson that runs, you predict first. Also as "
        f'<a href="../_static/lessons/{stem}-slides.html">slides</a> and as a '
        f'<a href="../_static/lessons/{stem}-handout.html">handout</a>.</p>\n'
    )


def _question(book: Any) -> str:
    """The question that the head of a lesson asks."""
    for cell in book.cells:
        found = re.search(r"\*\*The question:\*\* (.+)", cell.source)
        if found:
            return found[1].strip()[0].upper() + found[1].strip()[1:]
    return ""


def _notebook(file: Path, into: Path, top: str) -> None:
    """Write a notebook with its stored results, without what only a running kernel fills."""
    book = json.loads(file.read_text(encoding="utf-8"))
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = list(_still(cell["outputs"]))
            cell["metadata"]["tags"] = ["hide-input"] if "lessons" in file.parts else []
    first = {"cell_type": "markdown", "id": "way-in", "metadata": {}, "source": top}
    book["cells"].insert(1, first)
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def _still(outputs: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for one in outputs:
        kinds = one.get("data", {})
        if _WIDGET in kinds:
            note = '<p class="control">Here are controls: open the lesson to move them.</p>'
            yield {"output_type": "display_data", "metadata": {}, "data": {"text/html": note}}
        elif _SCRIPT not in kinds:
            yield one


def _entrances(root: Path, into: Path, lessons: list[dict[str, Any]]) -> None:
    """Write the first page, and the page of each kind of reader."""
    written: dict[str, Callable[[], str]] = {
        "index.md": lambda: _front(lessons),
        "lessons/index.md": lambda: _taught(lessons),
        "instructors.md": lambda: _instructors(lessons),
        "researchers.md": lambda: _researchers(root),
    }
    for name, text in written.items():
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        (into / name).write_text(text(), encoding="utf-8")


def _tree(places: list[str], title: str = "") -> str:
    caption = f":caption: {title}\n" if title else ""
    listed = "\n".join(places)
    return f"```{{toctree}}\n:hidden:\n{caption}\n{listed}\n```\n"


def _filled(name: str, **words: str) -> str:
    """A page with what is known only when the site is made."""
    return Template((CARRIED / name).read_text(encoding="utf-8")).substitute(words)


def _front(lessons: list[dict[str, Any]]) -> str:
    first = lessons[0]
    return _filled(
        "front.md",
        opened=_opened(first["file"], up=""),
        tree=_tree(["lessons/index", "instructors", "researchers", "docs/game", "docs/live"]),
    )


def _taught(lessons: list[dict[str, Any]]) -> str:
    rows = "\n".join(
        f"| {one['number']} | [{one['title']}]({one['file']}) | {one['question']} "
        f'| <a href="../{RUN}/open.html?path={html.escape(one["file"])}">Open and run '
        f'<span class="hidden">lesson {one["number"]}</span></a> |'
        for one in lessons
    )
    tree = _tree([one["stem"] for one in lessons] + ["glossary"])
    return _filled("lessons.md", rows=rows, tree=tree)


def _instructors(lessons: list[dict[str, Any]]) -> str:
    rows = "\n".join(
        f"| {one['number']} | [{one['title']}]({_guide(one)}.md) "
        f'| <a href="_static/lessons/{one["stem"]}-slides.html">Slides '
        f'<span class="hidden">of lesson {one["number"]}</span></a> '
        f'| <a href="_static/lessons/{one["stem"]}-handout.html">Handout '
        f'<span class="hidden">of lesson {one["number"]}</span></a> |'
        for one in lessons
    )
    guides = [_guide(one) for one in lessons]
    more = ["docs/course_plan", "docs/grading", "docs/site", "lessons/instructor/10_class_game"]
    return _filled("instructors.md", rows=rows, tree=_tree([*guides, *more]))


def _guide(lesson: dict[str, Any]) -> str:
    return f"lessons/instructor/{int(lesson['number']):02d}_guide"


def _researchers(root: Path) -> str:
    notebooks = [f"notebooks/{file.stem}" for file in sorted((root / "notebooks").glob("*.ipynb"))]
    listed = "\n".join(f"- [](/{one}.ipynb)" for one in notebooks)
    texts = [*root.glob("docs/*.md"), *root.glob("docs/*/*.md")]
    pages = {file.relative_to(root).with_suffix("").as_posix() for file in texts}
    pages -= {f"docs/{one}" for one in ("course_plan", "grading", "site", "game", "live")}
    first = "docs/how_do_i"
    rest = [*sorted(pages - {first}), "CHANGELOG", "CONTRIBUTING", "SECURITY"]
    rest += ["benchmarks/README", "datasets/README"]
    return _filled(
        "researchers.md", listed=listed, tree=_tree([first, "reference/index", *notebooks, *rest])
    )


def _only_links_that_lead_somewhere(into: Path) -> None:
    """Keep the words of links to files that are not on the site."""
    for file in sorted(into.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(_mended(text, file.parent), encoding="utf-8")
    for file in sorted(into.rglob("*.ipynb")):
        book = json.loads(file.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = _mended("".join(cell["source"]), file.parent)
        file.write_text(json.dumps(book, ensure_ascii=False), encoding="utf-8")


def _mended(text: str, at: Path) -> str:
    def kept(link: re.Match[str]) -> str:
        place = link[3].partition("#")[0]
        leads = not place or re.match(r"[a-z]+:|/", place) or (at / place).is_file()
        return link[0] if leads else link[2]

    return _LINK.sub(kept, text)
