"""No stored output shows more digits than are certain.

Looked at are the texts that people see: printed lines, tables, plain results and alternative
texts. Certain are whole numbers that were counted: those of a column of a table, and those that a
fault quotes from a table. Everything else has six significant digits at most.
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
MOST, PLACES = 6, 9
"""Significant digits, and digits behind the point, of a number that is not counted."""
NUMBER = re.compile(r"(?<![\w.])[-−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])")
PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
STYLE = re.compile(r"(?s)<style.*?</style>|<script.*?</script>")
CELL = re.compile(r"(?s)<t[dh][^>]*>\s*(.*?)\s*</t[dh]>")
QUOTED = re.compile(r"value '[^']*'|fewer than the [\d,]+ of row")
WHOLE = re.compile(r"\d+|\d{1,3}(?:,\d{3})+")


def texts(output):
    """Give what a person sees of an output, piece by piece; a table cell by cell."""
    yield "".join(output.get("text", []))
    data = output.get("data", {})
    page = STYLE.sub(" ", PICTURE.sub("", "".join(data.get("text/html", []))))
    for alternative in re.findall(r'alt="([^"]*)"', page):
        yield html.unescape(alternative)
    for cell in CELL.findall(page):
        told = html.unescape(re.sub(r"<[^>]+>", " ", cell)).strip()
        yield "" if WHOLE.fullmatch(told) else told
    yield html.unescape(re.sub(r"<[^>]+>", " ", CELL.sub(" ", page)))
    if "<table" not in page:
        yield "".join(data.get("text/plain", []))


def uncertain(text):
    """Numbers in a text that show a sign of nought, an exponent, or more digits than certain."""
    for found in NUMBER.finditer(QUOTED.sub(" ", text)):
        number = found[0]
        digits = re.sub(r"e.*|\D", "", number).strip("0")
        nought = number[0] in "-−" and not digits
        long = len(digits) > MOST or len(number.partition(".")[2]) > PLACES
        if nought or long or "e" in number:
            yield number


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_more_digits_than_are_certain(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = {
        f"cell {i}": wrong
        for i, cell in enumerate(cells)
        if (wrong := [
            one for output in cell.get("outputs", []) for text in texts(output)
            for one in uncertain(text)
        ])
    }  # fmt: skip
    assert not found, (
        f"{path.name}: {found}: round what a reader sees where it is made, by "
        "frontporch.rounding or look.table."
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_output_speaks_of_types(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found = [
        i for i, cell in enumerate(cells) for output in cell.get("outputs", [])
        if any("dtype:" in text for text in texts(output))
    ]  # fmt: skip
    assert not found, f"{path.name}: cells {found} show a dtype: end them with .to_frame(heading)."


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("from 0.0000000000000012% at 0 to 41.8%", ["0.0000000000000012"]),
        ("goes from -0% at 0, -0.00 and −0", ["-0", "-0.00", "−0"]),
        ("a ceiling of 263,444,405 users", ["263,444,405"]),
        ("{'shop': 6.666666666666667}", ["6.666666666666667"]),
        ("7919209.936", ["7919209.936"]),
        ("1.2e-17 and 3e+06", ["1.2e-17", "3e+06"]),
        ("2021-03-01 at 10:30, 1,230,000 people, 7,919,000, 0.0000123, 12.5%", []),
        ("value '4,119,549': is fewer than the 4,591,381 of row 6", []),
    ],
)
def test_what_is_uncertain_is_found(text, wrong):
    assert list(uncertain(text)) == wrong


def test_a_table_is_read_cell_by_cell():
    page = "<table><tr><th>users</th></tr><tr><td>1654858</td><td>1654858.5</td></tr></table>"
    output = {"data": {"text/html": [page], "text/plain": ["1654858"]}}
    found = [one for text in texts(output) for one in uncertain(text)]
    assert found == ["1654858.5"]
    picture = '<img alt="a -0.0 &amp; b" src="data:image/png;base64,1234567.1234567=">'
    output = {"data": {"text/html": [picture]}}
    assert [one for text in texts(output) for one in uncertain(text)] == ["-0.0"]
