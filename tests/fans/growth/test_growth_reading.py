"""Bad counts are named with their remedy; conflicting and spoken ones are understood."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import data
from frontporch.fans.growth import (
    PageEvent,
    fit,
    forecast,
    parse_counts,
    read_counts,
)
from frontporch.fans.growth.parsing import parse_count
from frontporch.names import UnknownName
from frontporch.tables import TableError


def counts(fans, dates=None, **columns):
    dates = dates or [f"20{10 + k}-06-01" for k in range(len(fans))]
    frame = pd.DataFrame(
        {
            "platform": "Facebook",
            "brand": "Shop",
            "date_from": pd.to_datetime(dates),
            "date_to": pd.to_datetime(dates),
            "fans": fans,
            "at_least": False,
            "confidence": "high",
            "source": [f"page {k}" for k in range(len(fans))],
        }
    )
    return frame.assign(**columns)


def fault(table, **choices):
    with pytest.raises(TableError) as caught:
        read_counts(table, **choices)
    return caught.value.faults[0]


def test_a_fall_names_row_count_and_remedy():
    found = fault(counts([100_001, 250_002, 90_003, 300_004]))
    assert (found.row, found.column, found.value) == (2, "fans", "90,003")
    assert "250,002 of row 1" in found.problem
    assert "merge, purge or deletion" in found.remedy and "may_fall=True" in found.remedy


def test_a_fall_passes_where_it_can_happen():
    table = counts([100_001, 250_002, 90_003, 300_004])
    assert len(read_counts(table, may_fall=True)) == 4
    assert len(read_counts(table, events=[PageEvent("2012-01-01", "purge")])) == 4
    assert len(read_counts(counts([100_001, 250_002, 240_003, 300_004]))) == 4, "reports differ"
    rounded = counts([100_001, 1_000_002, 1_100_000, 900_000])
    assert fault(rounded).row == 3
    bound = counts([100_001, 1_000_002, 900_000, 1_200_000], at_least=[False, False, True, False])
    assert len(read_counts(bound)) == 4, "over 900,000 is no fall"


def test_mixed_platforms_brands_and_metrics():
    mixed = counts([1_001, 2_002, 3_003], platform=["Facebook", "Twitter", "Facebook"])
    found = fault(mixed)
    assert found.column == "platform" and "Facebook, Twitter" in found.value
    assert 'of="Facebook"' in found.remedy
    facebook = data.load("platform_users").query("platform == 'Facebook'")
    assert fault(facebook).column == "metric"


def test_a_count_of_the_future():
    found = fault(counts([1_001, 2_002, 3_003]), as_of="2012-01-01")
    assert (found.row, found.value) == (2, "2012-06-01")
    assert "lies after 2012-01-01" in found.problem
    with pytest.raises(TableError, match="lies after"):
        read_counts(counts([1_001, 2_002, 3_003], ["2010-01-01", "2011-01-01", "2199-01-01"]))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [("7M", "without a letter"), ("7,000,000", "Write 7000000"), ("7.5", "whole number")],
)
def test_text_is_named_where_the_contract_wants_digits(text, remedy):
    found = fault(counts(["1000001", text, "9000002"]))
    assert found.row == 1 and found.value == text
    assert remedy in found.remedy


def test_text_is_understood_where_it_is_allowed():
    series = read_counts(counts(["1.2M", "over 7 million", "9,400,000"]), text_counts=True)
    assert series.totals.tolist() == [1.2e6, 7e6, 9.4e6]
    assert series.at_least.tolist() == [False, True, False]
    assert series.rounded_to.tolist() == [1e5, 1e6, 1e5]


@pytest.mark.parametrize(
    ("text", "fans", "at_least", "place"),
    [
        ("7M", 7_000_000, False, 1_000_000),
        ("7.45 million", 7_450_000, False, 10_000),
        ("more than 2 million fans", 2_000_000, True, 1_000_000),
        ("10K+", 10_000, True, 1_000),
        ("7 606 987", 7_606_987, False, 1),
        ("1bn", 10**9, False, 10**9),
        ("0", 0, False, 1),
    ],
)
def test_spoken_counts(text, fans, at_least, place):
    found = parse_count(text)
    assert (found.fans, found.at_least, found.rounded_to) == (fans, at_least, place)


@pytest.mark.parametrize("text", ["", "many", "7,4M", "7..2M", "-3", "1.2345k", "7 lakh", "0.5"])
def test_what_is_not_understood_is_named(text):
    with pytest.raises(TableError, match="is not understood"):
        parse_counts(pd.DataFrame({"fans": ["1", text]}))


@given(st.integers(0, 10**12))
def test_digits_with_commas_read_back(fans):
    assert parse_count(f"{fans:,}").fans == fans


def test_conflicting_reports_are_kept_and_shown():
    starbucks = data.load("brand_fans").query("brand == 'Starbucks' and platform == 'Facebook'")
    series = read_counts(starbucks)
    assert len(series.times) == len(starbucks)
    assert (series.conflicts["apart"] > 0.2).any()
    assert series.scattered
    assert any("disagree" in note for note in series.notes)
    assert any("graded low" in note for note in series.notes)


def test_a_lower_bound_conflicts_with_nothing_above_it():
    table = counts([5_000_000, 5_600_000, 9_000_000], ["2010-06-01", "2010-06-01", "2011-06-01"])
    assert len(read_counts(table).conflicts) == 1
    table["at_least"] = [True, False, False]
    assert len(read_counts(table).conflicts) == 0


def test_a_known_event_is_taken_out_and_given_back():
    table = counts([100_001, 200_002, 900_003, 1_000_004])
    merge = PageEvent("2011-12-01", "merge", 600_000)
    series = read_counts(table, events=[merge])
    assert series.totals.tolist() == [100_001, 200_002, 300_003, 400_004]
    assert series.step == 600_000
    assert any("merge" in note for note in series.notes)
    later = forecast(fit(series, prior="weak"), periods=1).summary()
    assert (later["total"] > 1_000_004).all()


def test_an_event_of_unknown_size_takes_its_increment_out():
    table = counts([100_001, 200_002, 900_003, 1_000_004])
    series = read_counts(table, events=[PageEvent("2011-12-01", "merge")])
    assert series.used.tolist() == [1, 1, 0, 1]
    with pytest.raises(ValueError, match="lies below 0"):
        PageEvent("2011-12-01", "purge", 5)
    with pytest.raises(UnknownName, match="Did you mean 'merge'"):
        PageEvent("2011-12-01", "merged")


def test_adopters_by_year():
    sold = data.load("bass_classics").query("series == 'vcr_us'")
    series = read_counts(sold.sample(frac=1, random_state=1))
    assert series.launched and series.times.tolist() == list(range(11))
    assert series.increments.sum() == sold["adopters"].sum()
    gap = sold[sold["year"] != 1983]
    assert "follows on 1982" in fault(gap).problem
    assert "stands twice" in fault(pd.concat([sold, sold.head(1)])).problem
    assert fault(sold.assign(adopters=-1.0)).column == "adopters"
    assert fault(sold.head(2)).problem == "has 2 counts, but at least 3 are needed for a curve"
    assert "mixed" in fault(data.load("bass_classics")).problem


def test_a_table_of_another_kind():
    assert "neither those of the contract" in fault(pd.DataFrame({"x": [1]})).problem
    with pytest.raises(TypeError, match="DataFrame"):
        read_counts([1, 2, 3])


def test_active_users_may_fall_and_fans_may_not():
    twitter = data.load("platform_users").query("platform == 'Twitter' and metric == 'MAU'")
    fallen = twitter.assign(users=twitter["users"].where(twitter["date"] < "2019-01-01", 10**8))
    series = read_counts(fallen)
    assert series.totals[-1] < 0.5 * series.totals[-2]
    assert fault(fallen, may_fall=False).column == "users"


def users(numbers, **columns):
    days = pd.date_range("2008-01-01", periods=len(numbers), freq="MS")
    return pd.DataFrame({"date": days, "users": numbers} | columns)


def test_two_columns_are_enough_for_users_by_day():
    read = read_counts(users([5_000_000, 6_000_000, 7_000_000]))
    assert (read.name, read.unit, len(read.times)) == ("users", "users", 3)


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        (users(["5M", "6M", "over 7M"]), "users", "text_counts=True: it is read as 5,000,000"),
        (users([1, None, 3]), "users", "Fill it in"),
        (users([1, 2, 3]).assign(date=["2008-01-01", "June", "2009-01-01"]), "date", "2024-03-12"),
        (counts(["1,000,000", "2", "3"]), "fans", "text_counts=True: it is read as 1,000,000"),
        (counts([7_000_000, 8_000_000, 6_000_000]), "fans", "may_fall=True."),
    ],
)
def test_a_fault_is_told_in_the_words_of_the_table(table, column, words):
    with pytest.raises(TableError) as caught:
        read_counts(table)
    found = caught.value
    assert found.faults[0].column == column
    assert words in found.faults[0].remedy
    assert found.total == len(found.faults)
    assert found.faults[0].remedy.endswith(("may_fall=True.", "2024-03-12.", "000.", "counted."))


def test_what_is_bounded_or_not_understood_is_no_promise():
    with pytest.raises(TableError) as caught:
        read_counts(users(["over 5M", "7,4M", "9M"]))
    remedies = [one.remedy for one in caught.value.faults]
    assert "at least 5,000,000" in remedies[0]
    assert "text_counts" not in remedies[1]


def test_a_day_of_a_page_event_is_written_out():
    for day in ("june", "", "NaT"):
        with pytest.raises(ValueError, match="such as 2010-06-20"):
            PageEvent(day, "purge")
