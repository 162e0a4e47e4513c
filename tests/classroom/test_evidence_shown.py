"""The published evidence as a lesson shows it."""

import ast
import html
import pathlib
import re

import nbformat
import pandas as pd
import pytest

from frontporch import data
from frontporch.classroom import evidence, verdict, verdicts
from frontporch.classroom.copying import sources
from frontporch.classroom.evidence_shown import DESIGNS, FEW, ClaimVerdict, Evidence
from frontporch.names import UnknownName

STUDIES = data.load("evidence")
LESSONS = sources.sources(pathlib.Path(__file__).parents[2] / "lessons")
VERDICTS = data.load("evidence", table="verdicts")
UNSEEN = "Not seen: the text that was read does not say."
VOTES = "Do not count the rows as votes: designs and measures differ."


def studies(*rows):
    """A table of studies: design, bearing and n of each."""
    return pd.DataFrame(
        [
            {
                "study": f"Study <{k}>",
                "n": n,
                "units": "pairs",
                "design": design,
                "finding": "a < b & c",
                "bearing": bearing,
                "read": "abstract",
            }
            for k, (design, bearing, n) in enumerate(rows)
        ]
    ).astype({"n": "Int64"})


@pytest.mark.parametrize("claim", sorted(set(STUDIES["claim"])))
def test_every_claim_can_be_shown(claim):
    shown = evidence(claim)
    rows = STUDIES[STUDIES["claim"] == claim]
    assert sorted(shown.studies["study"]) == sorted(rows["study"])
    text, page = repr(shown), shown._repr_html_()
    assert text.startswith(f"Claim C-{claim}: {rows['statement'].iloc[0]}\n")
    few, rest = shown.deciding, len(rows) - len(shown.deciding)
    assert len(few) == min(FEW, len(rows))
    assert len(text.splitlines()) == 1 + len(few) + bool(shown.note) + bool(rest)
    assert page.count("<tr>") == len(rows) + 1 + bool(rest)
    for design, study in zip(few["design"], few["study"], strict=True):
        assert f"{DESIGNS[design]} {design} | {study} | n " in text
    open_at_once = page.partition("<details>")[0]
    assert open_at_once.count("<tr>") == len(few) + 1
    for study in rows["study"]:
        assert (html.escape(study) in open_at_once) is (study in set(few["study"]))


@pytest.mark.parametrize("claim", sorted(set(STUDIES["claim"])))
def test_the_few_hold_the_strongest_design_and_every_side(claim):
    shown = evidence(claim)
    few = shown.deciding
    assert few["design"].iloc[0] == shown.studies["design"].iloc[0]
    assert set(few["bearing"]) == set(shown.studies["bearing"])
    for _, row in few.drop_duplicates("bearing").iterrows():
        alike = shown.studies[shown.studies["bearing"] == row["bearing"]]
        strongest = alike[alike["design"] == alike["design"].iloc[0]]
        assert row["design"] == alike["design"].iloc[0], "the strongest of its side"
        assert not pd.isna(row["n"]) or strongest["n"].isna().all(), "one whose n was seen"


def test_studies_that_were_chosen_come_first_in_their_order_and_the_rest_is_opened():
    shown = evidence("2.2", "Kuang 2011", "Joinson 2001")
    assert shown.deciding["study"].tolist() == ["Kuang 2011", "Joinson 2001"]
    rest = STUDIES.loc[STUDIES["claim"] == "2.2", "design"].value_counts()
    assert shown.more == (
        f"{rest.sum() - 2} more studies: {rest['experiment'] - 2} experiments, "
        f"{rest['association']} associations, 1 opinion"
    )
    assert f"<summary>{shown.more}</summary>" in shown._repr_html_()
    with pytest.raises(UnknownName, match=r"study on claim 2\.2 .*Did you mean 'Kuang 2011'"):
        evidence("2.2", "Kuang 2012")


def test_one_study_has_nothing_to_open():
    shown = Evidence("9.9", "s", studies(("opinion", "supports", 5)))
    assert shown.more == "" and "<details>" not in shown._repr_html_()


@pytest.mark.parametrize("number", LESSONS)
def test_what_a_lesson_chose_holds_the_strongest_design_and_both_sides(number):
    """Choosing by hand must not hide the stronger study or the contrary one."""
    for cell in nbformat.read(LESSONS[number], as_version=4).cells:
        for call in re.findall(
            r"classroom\.evidence\(([^()]*(?:\([^()]*\)[^()]*)*)\)", cell.source
        ):
            claim, *names = ast.literal_eval(f"({call.rstrip().rstrip(',')},)")
            shown = evidence(claim, *names)
            few = shown.deciding
            assert shown.studies["design"].iloc[0] in set(few["design"]), claim
            assert set(few["bearing"]) >= set(shown.studies["bearing"]) - {"qualifies"}, claim


@pytest.mark.parametrize("claim", sorted(set(STUDIES["claim"])))
def test_the_strongest_designs_come_first_and_else_the_order_is_that_of_the_table(claim):
    rows = STUDIES[STUDIES["claim"] == claim]
    order = ["experiment", "quasi-experiment", "association", "opinion", "theory"]
    expected = [one for design in order for one in rows.loc[rows["design"] == design, "study"]]
    assert evidence(claim).studies["study"].tolist() == expected


def test_some_claim_is_reordered_so_that_the_order_is_a_finding():
    claims = STUDIES.groupby("claim")["study"].apply(list)
    assert any(evidence(c).studies["study"].tolist() != found for c, found in claims.items())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("experiment", "supports", 5)], ""),
        ([("opinion", "contradicts", None)], UNSEEN),
        ([("experiment", "qualifies", 5)] * 2, VOTES),
        ([("association", "contradicts", 5), ("opinion", "supports", None)], f"{VOTES} {UNSEEN}"),
    ],
)
def test_how_to_read_the_table_is_said(rows, said):
    shown = Evidence("9.9", "Lamps sell.", studies(*rows))
    assert shown.note == said
    assert said in repr(shown) and said in shown._repr_html_()


def test_a_missing_n_is_said_and_a_large_one_is_grouped():
    table = Evidence(
        "9.9", "s", studies(("opinion", "supports", None), ("opinion", "supports", 12345))
    ).table()
    assert table["n"].tolist() == ["not seen", "12,345 pairs"]


@pytest.mark.parametrize("claim", sorted(set(STUDIES["claim"])))
def test_every_study_without_n_says_so(claim):
    shown = evidence(claim)
    unseen = shown.studies["n"].isna()
    assert (shown.table()["n"] == "not seen").tolist() == unseen.tolist()
    assert shown.note.endswith(UNSEEN) is bool(shown.deciding["n"].isna().any())


def test_the_design_is_told_by_sign_and_word():
    rows = [(design, "supports", 5) for design in DESIGNS]
    assert Evidence("9.9", "s", studies(*rows)).table()["design"].tolist() == [
        "● experiment",
        "◐ quasi-experiment",
        "○ association",
        "◇ opinion",
        "□ theory",
    ]


def test_html_in_the_data_is_shown_as_text():
    rows = studies(("opinion", "supports", 5))
    page = Evidence("<9>", "Lamps & <b>sofas</b> sell.", rows)._repr_html_()
    assert "Claim C-&lt;9&gt;:" in page and "Lamps &amp; &lt;b&gt;sofas&lt;/b&gt; sell." in page
    assert "Study &lt;0&gt;" in page and "a &lt; b &amp; c" in page
    told = ClaimVerdict("<9>", "s", "<b>Mixed</b>", "a < b & c")._repr_html_()
    assert "claim C-&lt;9&gt;: &lt;b&gt;Mixed&lt;/b&gt;." in told and "a &lt; b &amp; c" in told


def test_the_table_has_headings_that_a_screen_reader_reads():
    page = evidence("2.2")._repr_html_()
    few, _, rest = page.partition("<details>")
    assert few.count('<th scope="col"') == 5
    assert rest.count('<th scope="col"') == 6 == len(evidence("2.2").table().columns)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (evidence, r"no study on claim '2\.22'\. Did you mean '2\.2'\?"),
        (verdict, r"no claim '2\.22'\. Did you mean '2\.2'\?"),
    ],
)
def test_an_unknown_claim_is_answered_with_the_nearest(ask, said):
    with pytest.raises(UnknownName, match=said):
        ask("2.22")


def test_a_claim_without_a_study_has_a_verdict_all_the_same():
    with pytest.raises(UnknownName, match=r"no study on claim '2\.5'"):
        evidence("2.5")
    assert verdict("2.5").say


@pytest.mark.parametrize("row", VERDICTS.to_dict("records"), ids=lambda row: row["claim"])
def test_every_verdict_is_told_with_its_claim(row):
    told = verdict(row["claim"])
    assert told == ClaimVerdict(row["claim"], row["statement"], row["verdict"], row["say"])
    assert repr(told) == (
        f"Claim C-{row['claim']}: {row['statement']}\nVerdict: {row['verdict']}. {row['say']}"
    )
    assert f"Verdict on claim C-{row['claim']}: " in told._repr_html_()


def test_every_study_is_on_a_claim_that_has_a_verdict():
    assert set(STUDIES["claim"]) <= set(VERDICTS["claim"])


def test_all_verdicts_stand_in_one_table_with_the_strongest_design():
    table = verdicts().table()
    assert table["claim"].tolist() == VERDICTS["claim"].tolist()
    assert table["verdict"].tolist() == VERDICTS["verdict"].tolist()
    for row in table.itertuples(index=False):
        designs = set(STUDIES.loc[STUDIES["claim"] == row.claim, "design"])
        best = next((f"{sign} {name}" for name, sign in DESIGNS.items() if name in designs), None)
        assert row[3] == (best or "no study")
        read = STUDIES["read"] != "title only"
        assert row.studies == ((STUDIES["claim"] == row.claim) & read).sum()


def test_chosen_verdicts_come_in_their_order_and_an_unknown_one_names_the_nearest():
    shown = verdicts("4.7", "2.6")
    assert shown.table()["claim"].tolist() == ["4.7", "2.6"]
    assert [line[:5] for line in repr(shown).splitlines()] == ["C-4.7", "C-2.6"]
    assert shown._repr_html_().count("<tr>") == 3
    with pytest.raises(UnknownName, match=r"no claim '4\.77'\. Did you mean '4\.7'"):
        verdicts("4.77")
