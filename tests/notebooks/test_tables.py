"""What a stored output shows can be read: no row numbers, no Python, in lessons yes and no.

Tables of lessons and of researchers' notebooks have no column of row numbers, and no output is a
dictionary, a tuple or a list as Python prints it. In lessons no heading has an underscore either,
and no cell says True, False or nan. `look.table` shows any table so.
"""

import html
import json
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
NOTEBOOKS = sorted(
    path for folder in ("lessons", "lessons/instructor", "notebooks")
    for path in (ROOT / folder).glob("*.ipynb")
)  # fmt: skip
TABLE = re.compile(r"(?s)<table.*?</table>")
HEAD = re.compile(r"(?s)<th(?:\s[^>]*)?>\s*(.*?)\s*</th>")
CELL = re.compile(r"(?s)<td(?:\s[^>]*)?>\s*(.*?)\s*</td>")
PYTHON = re.compile(r"[({\[].*[)}\]]\s*$|(True|False|None|nan)\s*$|np\.|array\(", re.DOTALL)
SAID_BY_PYTHON = {"True", "False", "None", "nan", "NaN", "NaT", "<NA>"}


def row_numbers(table):
    """Whether a table has a first column of whole numbers without a heading."""
    head, _, body = table.partition("</thead>")
    first = (HEAD.findall(head) or ["a heading"])[0]
    rows = HEAD.findall(body)
    return not first and bool(rows) and all(re.fullmatch(r"\d+", one) for one in rows)


def unreadable(output, lesson):
    """What in an output is for Python and not for people."""
    data = output.get("data", {})
    page = "".join(data.get("text/html", []))
    for table in TABLE.findall(page):
        if row_numbers(table):
            yield "a column of row numbers"
        if lesson:
            yield from (f"heading {one!r}" for one in HEAD.findall(table) if "_" in one)
            cells = (html.unescape(one) for one in CELL.findall(table))
            yield from (f"cell {one!r}" for one in cells if one in SAID_BY_PYTHON)
    plain = "".join(data.get("text/plain", []))
    if not page and output["output_type"] == "execute_result" and PYTHON.match(plain):
        yield plain[:40]
    printed = "".join(output.get("text", []))
    if re.search(r"\bnan\b|\{'", printed):
        yield printed[:40]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_outputs_are_for_people(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = {
        f"cell {i}": wrong
        for i, cell in enumerate(cells)
        if (wrong := [
            one for output in cell.get("outputs", [])
            for one in unreadable(output, path.parent.name != "notebooks")
        ])
    }  # fmt: skip
    assert not found, f"{path.name}: {found}: end the cell with look.table(…), or print a sentence."


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<table><thead><tr><th></th><th>n</th></tr></thead><tr><th>0</th><td>5</td></tr>", True),
        ("<table><thead><tr><th>day</th></tr></thead><tr><th>0</th><td>5</td></tr>", False),
        ("<table><thead><tr><th></th></tr></thead><tr><th>online</th><td>5</td></tr>", False),
        ("<table><thead><tr><th>n</th></tr></thead><tr><td>5</td></tr>", False),
    ],
)
def test_row_numbers_are_found(page, found):
    assert row_numbers(page) is found


@pytest.mark.parametrize(
    "plain", ["{'mean': 25.4}", "(0.01, 34.3)", "['a note']", "True", "nan", "np.float64(2.0)"]
)
def test_what_python_prints_is_found(plain):
    shown = {"output_type": "execute_result", "data": {"text/plain": [plain]}}
    assert list(unreadable(shown, lesson=True))
    assert not list(unreadable({"output_type": "stream", "text": ["ready: 3 shops"]}, lesson=True))
