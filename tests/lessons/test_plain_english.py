"""Lessons, guides, notebooks and pages keep the rules of plain English that a machine can hold."""

import pathlib
import re

import nbformat
import plain_english as english
import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.copying import sources

ROOT = pathlib.Path(__file__).parents[2]
LESSONS = sources.sources(ROOT / "lessons")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
REPORTS = ("coverage", "fairness", "forecast_accuracy", "published_and_ours", "evidence.md")
PAGES = [
    page
    for page in [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        ROOT / "datasets" / "README.md",
        ROOT / "lessons" / "glossary.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    ]
    if not any(name in page.name for name in REPORTS)  # tables that tests write, in short notes
]
GUIDES = sorted((ROOT / "lessons" / "instructor").glob("*_guide.md"))
RULES = (english.too_long, english.british, english.banned)
GLOSSARY = re.findall(
    r"(?m)^\| (.+?) \| .+ \| \d+ \|$", (ROOT / "lessons/glossary.md").read_text(encoding="utf-8")
)
PICTURE = re.compile(r"data:image/\w+;base64,[A-Za-z0-9+/=]+")


def cells(path):
    return nbformat.read(path, 4).cells


def found_in(markdown):
    return [one for rule in RULES for one in rule(markdown)]


def shown(path):
    """What each cell puts on the screen: its tables where it has some, and else its words."""
    for cell in cells(path):
        for output in cell.get("outputs", ()):
            told = output.get("data", {})
            page = told.get("text/html", "")
            text = output.get("text", "") or told.get("text/plain", "")
            yield cell["id"], PICTURE.sub("", page), "" if page else text


def named(path):
    return path.name


READ = [*LESSONS.values(), *NOTEBOOKS]


@pytest.mark.parametrize("path", READ, ids=named)
def test_sentences_are_short_american_and_straight(path):
    said = [
        f"{cell['id']}: {one}"
        for cell in cells(path)
        if cell.cell_type == "markdown"
        for one in (*found_in(cell.source), *english.formula(cell.source))
    ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("path", [*GUIDES, *PAGES], ids=named)
def test_pages_and_guides_are_short_american_and_straight(path):
    said = found_in(path.read_text(encoding="utf-8"))
    assert not said, "\n".join(said)


def test_questions_hints_and_solutions_are_american_and_straight():
    said = [
        f"{one.id}: {fault}"
        for one in registered()
        for text in (one.question, one.hint, one.solution)
        for rule in (english.british, english.banned, english.formula)
        for fault in rule(re.sub(r"\{\w*\}", "X", text))
    ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("path", [*LESSONS.values(), *NOTEBOOKS], ids=named)
def test_nothing_is_shown_as_python_prints_it(path):
    said = [
        f"{name}: {one}"
        for name, page, text in shown(path)
        for one in (*english.python_shown(page + text), *english.index_column(page))
    ]
    assert not said, "\n".join(said)


@pytest.mark.parametrize("number", LESSONS)
def test_a_lesson_has_one_unit_for_money_and_for_shares(number):
    texts = [cell.source for cell in cells(LESSONS[number]) if cell.cell_type == "markdown"]
    texts += [page + text for _, page, text in shown(LESSONS[number])]
    assert not list(english.two_units(texts))


@pytest.mark.parametrize("number", LESSONS)
def test_a_word_of_the_glossary_is_explained_where_a_lesson_first_uses_it(number):
    texts = [
        cell.source
        for cell in cells(LESSONS[number])
        if cell.cell_type == "markdown"
        and not cell.metadata["frontporch"].get("audience")
        and cell.metadata["frontporch"]["role"] not in ("masthead", "objectives")
    ]
    said = [one for word in GLOSSARY if (one := english.unexplained(word, texts))]
    assert not said, "\n".join(said)


LONG = "The shop that Maya runs " + "and that she likes " * 6 + "is open."


@pytest.mark.parametrize(
    ("rule", "text", "said"),
    [
        (english.too_long, LONG, "31 words without a pause"),
        (english.too_long, "; ".join(["one two three four five six seven"] * 6) + ".", "42 words"),
        (english.british, "Her neighbour and the colour of the centre.", "neighbour"),
        (english.british, "They recognise and analyse it.", "recognise"),
        (english.british, "A grey line, modelled in a programme.", "programme"),
        (english.banned, "Below the picture stands whether you were right.", "below it you see"),
        (english.banned, "They are no strangers.", "are not"),
        (english.formula, "in thousand dollars (k$)? It sells 300 k$ a year.", "write dollars"),
        (english.banned, "Notes for the day; on the day on which a kernel fails.", "if, or when"),
        (english.banned, "Median time, online by offline.", "online divided by offline"),
        (english.banned, "What the coin says of them.", "the experiment covers"),
        (english.python_shown, "Name: share, dtype: float64", "a dtype"),
        (english.python_shown, "{'online': 0.3, 'offline': 0.1}", "a dictionary"),
        (english.python_shown, "True\n", "a bare value"),
        (english.python_shown, "<td>False</td>", "a bare value"),
        (english.python_shown, "np.float64(0.25)", "numpy's type"),
    ],
)
def test_a_planted_fault_is_found(rule, text, said):
    found = list(rule(text))
    assert found and any(said in one for one in found), found


@pytest.mark.parametrize(
    "text",
    [
        "She is no longer a stranger. There is no doubt.",
        "`neighbour_count` is code. See [the page](docs/colour.md).",
        "- " + ", ".join(["one"] * 10) + "\n- " + ", ".join(["two"] * 20),
        "| a table | " + "word " * 40 + "|",
        "Four ways (" + "a word in brackets " * 9 + ") are short.",
        "Our four hours; five hours and an hour of flour.",
        "A promise is wise, and an exercise is precise.",
    ],
)
def test_what_is_right_passes(text):
    assert not found_in(text)


def test_an_index_column_is_found_and_a_column_of_names_is_not():
    rows = (
        "<table><thead></thead><tr><th>{}</th><td>3</td></tr><tr><th>{}</th><td>4</td></tr></table>"
    )
    assert list(english.index_column(rows.format(0, 1)))
    assert not list(english.index_column(rows.format("online", "offline")))


def test_two_units_in_one_lesson_are_found():
    assert not list(english.two_units(["A share of 28 % in dollars."]))
    assert list(english.two_units(["A share of 28 %.", "the share is 0.28"]))
    assert list(english.two_units(["It costs 8 dollars.", "and 3 €"]))
    table = "<table><thead><tr><th>share</th></tr></thead><tr><td>0.28</td></tr></table>"
    assert list(english.two_units(["28 %", table]))
    assert not list(english.two_units(["28 %", table.replace("0.28", "28")]))


@pytest.mark.parametrize(
    "text",
    [
        "The *hazard* (the chance per week of the next step) falls.",
        "The **hazard** is the chance per week.",
        "The hazard (the chance per week) falls.",
        "The [hazard](glossary.md) falls.",
        "There is no such word here.",
    ],
)
def test_an_explained_word_passes(text):
    assert english.unexplained("hazard", [text]) is None


def test_a_word_that_is_not_explained_is_found():
    assert "'hazard' is used" in english.unexplained("hazard", ["Here the hazard falls in weeks."])
