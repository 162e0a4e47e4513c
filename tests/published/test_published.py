"""Every published number, computed anew; the table that holds them; and the comparison itself."""

import pytest

from frontporch import data, published
from frontporch.names import UnknownName
from frontporch.published import comparison

CASES = published.names()
NUMBERS = data.load("published_numbers", "numbers")
SHIPPED = data.load("published_numbers", "cases").query("needs.isna()")["case"]


@pytest.mark.parametrize("case", CASES)
def test_ours_are_the_published_numbers(case):
    found = published.compare(case)
    if found["says"].str.startswith("not run").all():
        pytest.skip(found["says"].iloc[0])
    off = found[found["says"] != "agrees"]
    assert off.empty, off[["quantity", "published", "ours", "tolerance"]].to_string(index=False)


def test_there_are_many_numbers_and_most_need_nothing_else():
    assert NUMBERS["case"].isin(SHIPPED).sum() >= 90


@pytest.mark.parametrize("case", SHIPPED)
def test_what_is_computed_is_published(case):
    file = data.load("published_numbers", "cases").set_index("case").loc[case, "file"]
    computed = comparison._ours(file, case)
    assert sorted(computed) == sorted(NUMBERS[NUMBERS["case"] == case]["quantity"])


def test_a_tolerance_is_narrow():
    """Two parts in a hundred at most, but for what was printed to few digits, or simulated."""
    wide = NUMBERS["tolerance"] > 0.02 * NUMBERS["value"].abs()
    digits = NUMBERS["tolerance"].isin([5 * 10.0**-k for k in range(1, 9)])
    loose = NUMBERS[wide & ~digits & (NUMBERS["value"] != 0)]
    assert set(loose["case"]) == {"kidney_catheters", "small_world_clustering"}


@pytest.fixture
def table_with(monkeypatch):
    """Put another table of numbers in place of the kit's."""
    original = data.load

    def put(numbers):
        def load(name, table=None):
            return numbers if table == "numbers" else original(name, table)

        monkeypatch.setattr(comparison.data, "load", load)

    return put


def test_a_wrong_number_is_seen(table_with):
    table_with(NUMBERS.assign(value=NUMBERS["value"] + 2e-9))
    assert (published.compare("erlang")["says"] == "differs by more than the tolerance").all()


def test_a_quantity_that_nobody_computes_is_seen(table_with):
    table_with(NUMBERS.replace({"quantity": {"rate of A": "rate of C"}}))
    with pytest.raises(KeyError, match="rate of C"):
        published.compare("message_for_message")


def test_without_rs_data_a_case_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("FRONTPORCH_R_DATA", str(tmp_path))
    found = published.compare("lung_cancer")
    said = "not run: FRONTPORCH_R_DATA names no folder with R's lung.csv"
    assert (found["says"] == said).all()
    assert found["ours"].isna().all() and found["published"].notna().all()


def test_an_unknown_case_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'karate_club'"):
        published.compare("karate")
