"""The evidence table keeps its own rules: no loose figure, no row without source and reading."""

import csv
import datetime
import re
from collections import defaultdict
from pathlib import Path

import pytest

from frontporch import stats

FOLDER = Path(__file__).parents[2] / "datasets" / "evidence"

CLAIMS = {
    "000": [f"0.{i}" for i in range(1, 8)],
    "001": [f"1.{i}" for i in range(1, 6)],
    "002": [f"2.{i}" for i in range(1, 7)],
    "003": [f"3.{i}" for i in range(1, 8)],
    "004": [f"4.{i}" for i in range(1, 8)],
}
READ = {"paper", "first page", "abstract", "secondary text", "computed here", "title only"}
WITHOUT_STUDY = {"0.7", "1.1", "2.5", "4.3"}
YEAR_IN_PARENTHESES = re.compile(r"\((?:19|20)\d\d(?:–(?:19|20)\d\d)?\)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
FIGURE = re.compile(
    r"\d|%|\bper ?cent\b|\b(?:half|halves|thirds?|quarters?|twice|double[ds]?|triple[ds]?|dozens?"
    r"|two|three|four|five|six|seven|eight|nine|ten|hundreds?|thousands?|millions?|billions?)\b",
    re.IGNORECASE,
)


def figures(text):
    """Return what looks like a result: digits and number words, years in parentheses aside."""
    return FIGURE.findall(YEAR_IN_PARENTHESES.sub("", text))


def read(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


STUDIES = read("evidence.csv")
VERDICTS = read("verdicts.csv")
every_study = pytest.mark.parametrize(
    "row", STUDIES, ids=lambda row: f"{row['claim']}-{row['study']}"
)


def find(claim, study):
    (row,) = [row for row in STUDIES if (row["claim"], row["study"]) == (claim, study)]
    return row


@pytest.mark.parametrize(
    "text",
    [
        "The share rose to 54.1 %.",
        "Half of the firms had no site.",
        "It was twenty times as strong: a lead of nine weeks.",
        "Use grew in 2010.",
        "Use grew (2010) by .25.",
        "About a third came back.",
        "Two of them left.",
    ],
)
def test_the_rule_sees_a_loose_figure(text):
    assert figures(text)


@pytest.mark.parametrize(
    "text", ["The share rose (1992–2011).", "It rose again (2015).", "One weighs more; none less."]
)
def test_the_rule_lets_words_and_years_pass(text):
    assert not figures(text)


@every_study
def test_a_figure_needs_sample_size_and_design(row):
    if not row["n"]:
        assert not figures(row["finding"])
        assert not figures(YEAR.sub("", row["method"]))
    if figures(row["finding"]):
        assert row["n"]
        assert row["units"]
        assert row["design"]
        assert row["year"]


@every_study
def test_a_row_is_whole(row):
    for column in ("claim", "article", "statement", "study", "method", "finding", "source"):
        assert row[column].strip(), column
    assert row["design"] in {"experiment", "quasi-experiment", "association", "opinion", "theory"}
    assert row["bearing"] in {"supports", "contradicts", "qualifies"}
    assert row["read"] in READ
    assert bool(row["n"]) == bool(row["units"])
    assert row["finding"].endswith(".")


@every_study
def test_sample_size_and_year_are_numbers(row):
    assert not row["n"] or int(row["n"]) > 0
    assert not row["year"] or 1900 <= int(row["year"]) <= 2026


@every_study
def test_the_year_in_a_name_is_the_year_of_the_row(row):
    named = YEAR.findall(row["study"])
    if named:
        assert row["year"] == named[-1]


@every_study
def test_what_was_computed_here_says_so(row):
    assert (row["read"] == "computed here") == ("computed for the kit" in row["study"])
    if row["read"] == "computed here":
        assert row["design"] == "association"


@every_study
def test_nothing_is_taken_from_a_title(row):
    """A study that nobody could read takes no side and has no effect."""
    if row["read"] == "title only":
        assert (row["design"], row["bearing"]) == ("association", "qualifies")
        assert not row["effect"] and not row["n"]
        assert row["finding"].endswith("Nothing more was read, so nothing is taken from it.")
        assert row["last_searched"]


@every_study
def test_an_effect_is_a_number_that_says_what_it_counts(row):
    assert bool(row["effect"]) == bool(row["effect_unit"])
    assert bool(row["lower"]) == bool(row["upper"])
    if row["lower"]:
        assert float(row["lower"]) < float(row["effect"]) < float(row["upper"])
    if row["design"] in {"opinion", "theory"}:
        assert not row["effect"]


@every_study
def test_where_limits_come_from_is_said(row):
    if row["lower"] and row["read"] != "computed here":
        assert re.search(r"limits (computed here|from)", row["effect_unit"])


@pytest.mark.parametrize("row", [row for row in STUDIES if "computed here" in row["effect_unit"]])
def test_limits_computed_here_are_those_of_a_share(row):
    n = int(row["n"])
    _, *limits = stats.wilson(round(float(row["effect"]) / 100 * n), n)
    for limit, value in zip(("lower", "upper"), limits, strict=True):
        assert float(row[limit]) == pytest.approx(100 * value, abs=0.6)


@every_study
def test_the_day_of_the_last_search_is_a_day_or_empty(row):
    if row["last_searched"]:
        assert datetime.date.fromisoformat(row["last_searched"]) >= datetime.date(2026, 11, 30)


def test_the_program_of_the_auction_site_is_told_as_a_pair():
    """The same program, read by who took part and by whom chance invited."""
    for claim in ("1.4", "4.7"):
        naive = find(claim, "Harvard Business Review summary of the eBay Germany program 2006")
        by_chance = find(claim, "Algesheimer et al. 2010")
        assert (naive["design"], by_chance["design"]) == ("association", "experiment")
        assert "Algesheimer" in naive["finding"] and "invitation" in by_chance["finding"]


def test_the_years_that_are_missing_are_known():
    assert {row["study"] for row in STUDIES if not row["year"]} == {
        "Joinson & Paine",
        "Lee & Hosanagar (films)",
    }


def test_claim_and_study_are_a_key():
    keys = [(row["claim"], row["study"]) for row in STUDIES]
    assert len(set(keys)) == len(keys) == 156


def test_every_claim_has_one_verdict():
    expected = [(article, claim) for article, claims in CLAIMS.items() for claim in claims]
    assert [(row["article"], row["claim"]) for row in VERDICTS] == expected


def test_every_claim_with_a_study_is_covered():
    every = {claim for claims in CLAIMS.values() for claim in claims}
    assert {row["claim"] for row in STUDIES} == every - WITHOUT_STUDY


def test_a_claim_has_one_statement_and_one_article():
    statements = {row["claim"]: (row["article"], row["statement"]) for row in VERDICTS}
    assert len({statement for _, statement in statements.values()}) == len(VERDICTS)
    for row in STUDIES:
        assert (row["article"], row["statement"]) == statements[row["claim"]]


def test_a_verdict_says_something_and_prints_no_figure():
    for row in VERDICTS:
        assert row["verdict"].strip()
        assert row["say"].endswith(".")
        for column in ("verdict", "say"):
            assert not re.search(r"\d|%", YEAR.sub("", row[column])), row["claim"]


def test_no_evidence_is_said_where_there_is_none():
    without = {row["claim"] for row in VERDICTS if row["verdict"] == "No direct evidence found"}
    assert without == WITHOUT_STUDY - {"4.3"}


def test_a_study_is_the_same_study_under_every_claim():
    facts = defaultdict(set)
    for row in STUDIES:
        facts[row["study"]].add((row["year"], row["n"], row["design"], row["source"]))
    assert {study for study, known in facts.items() if len(known) > 1} == set()


def test_what_is_known_from_memory_only_is_left_out():
    memory = ("Dwyer", "Walther 1996", "Ansari", "Ascarza", "Gomez-Uribe", "Onnela")
    text = (FOLDER / "evidence.csv").read_text(encoding="utf-8")
    assert not [name for name in memory if name in text]


@pytest.mark.parametrize(
    ("claim", "study", "n", "design", "bearing", "printed"),
    [
        ("2.1", "Hall 2019", 467, "association", "supports", ("50", "90", "200")),
        ("2.2", "Ruppel et al. 2017", None, "association", "contradicts", ()),
        ("2.2", "Tidwell & Walther 2002", 158, "experiment", "supports", ()),
        ("2.2", "Schouten et al. 2009", 81, "experiment", "supports", ()),
        ("2.2", "Cacioppo et al. 2013", 19131, "association", "qualifies", ("6", "7", "6")),
        ("2.2", "Chan & Cheng 2004", 162, "association", "contradicts", ()),
        ("2.4", "Godfrey, Seiders & Voss 2011", 1162, "association", "qualifies", ()),
        (
            "2.4",
            "Oldroyd, McElheran & Elkington 2011 (leads)",
            1_250_000,
            "association",
            "qualifies",
            ("1", "7", "24", "60"),
        ),
        (
            "2.4",
            "Oldroyd, McElheran & Elkington 2011 (firms)",
            2241,
            "association",
            "qualifies",
            ("1", "37", "23"),
        ),
        ("0.5", "Nielsen 2009", 25_000, "association", "contradicts", ("90", "70")),
        ("0.5", "Bakshy et al. 2012", 253_000_000, "experiment", "qualifies", ()),
        ("0.6", "You et al. 2015", 51, "association", "qualifies", ("236", "417")),
        ("0.6", "Babić Rosario 2016", 96, "association", "qualifies", ("091",)),
        ("1.3", "Homburg, Ehm & Artz 2015", 115_000, "association", "contradicts", ()),
        ("1.4", "John et al. 2017", 14_000, "experiment", "contradicts", ()),
        ("1.4", "Algesheimer et al. 2010", 13_735, "experiment", "contradicts", ()),
        (
            "1.4",
            "Harvard Business Review summary of the eBay Germany program 2006",
            140_120,
            "association",
            "supports",
            ("54",),
        ),
        ("0.5", "Godes & Mayzlin 2009", None, "quasi-experiment", "qualifies", ()),
        ("0.6", "Chevalier & Mayzlin 2006", None, "quasi-experiment", "qualifies", ()),
        ("1.3", "Proserpio & Zervas 2017", None, "quasi-experiment", "supports", ()),
        ("2.2", "Kuang 2011", 61, "experiment", "contradicts", ()),
        ("3.2", "Lambrecht & Tucker 2013", 77_937, "experiment", "qualifies", ()),
        ("3.4", "Shalizi & Thomas 2011", None, "theory", "qualifies", ()),
        ("3.4", "Leskovec et al. 2007", 4_000_000, "association", "qualifies", ()),
        ("3.4", "Schmitt 2011", 10_000, "association", "qualifies", ("16",)),
        (
            "3.4",
            "Aral et al. 2009",
            27_400_000,
            "quasi-experiment",
            "qualifies",
            ("300", "700", "50"),
        ),
        ("4.2", "NSBA 2010", None, "association", "contradicts", ()),
    ],
)
def test_the_rows_that_lessons_lean_on(claim, study, n, design, bearing, printed):
    row = find(claim, study)
    assert row["n"] == ("" if n is None else str(n))
    assert (row["design"], row["bearing"]) == (design, bearing)
    assert tuple(re.findall(r"\d+", row["finding"])) == printed


def test_counts_behind_the_rows_computed_here():
    row = find("2.2", "Message log and badge studies (computed for the kit)")
    assert int(row["n"]) == 13_838 + 9_565 + 755 + 4_274
    row = find("2.1", "Freeman & Freeman 1979 (computed for the kit)")
    assert int(row["n"]) == 454 + 261 + 144 + 91
    for claim in ("1.3", "2.4", "4.5"):
        row = find(claim, "Support forum 2010–2015 (computed for the kit)")
        assert int(row["n"]) == 515 + 266 + 57
