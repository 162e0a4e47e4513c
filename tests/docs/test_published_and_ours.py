"""The page of published numbers says what the table says and what runs."""

import importlib.util
import pathlib

import pytest

from frontporch import published

MADE = pathlib.Path(__file__).with_name("published_and_ours.py")


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("published_and_ours", MADE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(line):
    return [one.strip() for one in line.strip("|").split("|")]


def numeric(text):
    return float(text.removeprefix("below ").replace(",", "").replace("−", "-"))


def test_the_page_is_current(maker):
    """All words, values and tolerances as the table has them; ours as they come out now.

    Where R's data are not there, the page keeps what it says of them, but its sources, values
    and tolerances are compared all the same.
    """
    stored = maker.PAGE.read_text(encoding="utf-8")
    now = maker.page(published.compare(), stored)
    assert len(stored.splitlines()) == len(now.splitlines())
    for before, after in zip(stored.splitlines(), now.splitlines(), strict=True):
        one, two = cells(before), cells(after)
        if len(one) != len(maker.HEAD) or one == two:
            assert before == after
            continue
        assert (one[:2], one[4:]) == (two[:2], two[4:])
        # How far a search went below the tolerance differs from processor to processor.
        slack = 0.1 * float(one[4])
        for place in (2, 3):
            assert numeric(two[place]) == pytest.approx(numeric(one[place]), abs=slack)


def test_sections_that_cannot_be_run_have_the_numbers_of_the_table(maker):
    stored = maker.sections_of(maker.PAGE.read_text(encoding="utf-8"))
    shown = {
        title: [(*cells(line)[::4], cells(line)[1]) for line in text.splitlines()[8:]]
        for title, text in stored.items()
    }
    typed = maker.printed_values()
    cases = maker.data.load("published_numbers", "cases").set_index("case")["title"]
    for case, title in cases.items():
        rows = [row for row in typed.values() if row["case"] == case]
        known = [(row["quantity"], row["tolerance"], row["value"]) for row in rows]
        assert shown[title] == known


def test_a_changed_number_changes_the_page(maker):
    stored = maker.PAGE.read_text(encoding="utf-8")
    found = published.compare("erlang")
    case = {"case": "erlang", "title": "t", "source": "s", "uses": "u", "needs": None, "file": "f"}
    text = maker.section(case, found.assign(ours=found["ours"] + 1), maker.printed_values())
    assert text.splitlines()[-1] not in stored
