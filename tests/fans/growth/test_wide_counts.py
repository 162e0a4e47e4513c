"""Counts as statistics offices and spreadsheets give them: wide, from a path, with one name."""

import numpy as np
import pandas as pd
import pytest
from mending import mended

from frontporch import fans, tables
from frontporch.fans.growth import read_counts
from frontporch.names import UnknownName
from frontporch.tables import TableError

ACROSS = "Page,2019,2020,2021,2022\nAnn's Café,100,300,700,900\nBob's,50,,80,120\n"
DOWN = "Year,Ann's Café,Bob's\n2019,100,50\n2020,300,\n2021,700,80\n2022,900,120\n"


@pytest.mark.parametrize("text", [ACROSS, DOWN], ids=["across", "down"])
def test_a_wide_table_gives_one_series(saved, text):
    file = saved(text)
    first = mended(read_counts, file)
    assert first.totals.tolist() == [100, 300, 700, 900] and first.name == "Ann's Café"
    assert np.allclose(first.window, 364 / 365.25, atol=0.01)
    other = read_counts(file, of="Bob's")
    assert other.totals.tolist() == [50, 80, 120]
    assert np.diff(other.times).round(1).tolist() == [2, 1]
    frame = pd.read_csv(file)
    assert read_counts(frame, of="Bob's").totals.tolist() == [50, 80, 120]
    said = tables.noticed(first.table)
    assert 'counted="new"' in said.set_index("what").done["a wide table"]
    with pytest.raises(UnknownName, match="Bob's"):
        read_counts(file, of="Bobs")


def test_new_ones_in_each_year_are_asked(saved):
    file = saved("Country;2019;2020;2021;2022\nUS;10;40;30;20\n")
    with pytest.raises(TableError, match="no running totals") as caught:
        read_counts(file)
    assert caught.value.options == {"counted": "new"}
    assert read_counts(file, counted="new").totals.tolist() == [0, 10, 50, 80, 100]
    with pytest.raises(ValueError, match="'totals' or 'new'"):
        read_counts(file, counted="nwe")


def test_one_name_is_enough(saved):
    made = read_counts(saved("Year,Followers\n2019,100\n2020,300\n2021,700\n"))
    assert made.totals.tolist() == [100, 300, 700]
    days = "when,Ann's\n2024-01-01,10\n2024-02-01,30\n2024-03-01,70\n"
    assert read_counts(saved(days)).totals.tolist() == [10, 30, 70]
    slashed = "Day;Ann's\n1/2/2024;10\n15/2/2024;30\n1/3/2024;70\n"
    assert read_counts(saved(slashed)).times[-1] == pytest.approx(29 / 365.25)


def test_a_table_without_names_is_asked(saved):
    made = mended(read_counts, saved("2019,100\n2020,300\n2021,700\n"))
    assert made.totals.tolist() == [100, 300, 700]


def test_dates_as_index():
    frame = pd.DataFrame(
        {"a": [10, 30, 70]}, index=pd.to_datetime(["2024-01-01", "2024-02-01", "2024-03-01"])
    )
    assert read_counts(frame).totals.tolist() == [10, 30, 70]


def test_a_path_names_lines(saved):
    file = saved("date,users\n2024-01-01,10\n2024-02-01,thirty\n2024-03-01,70\n")
    with pytest.raises(TableError, match=r"given.csv: 1 fault.\nline 3, column 'users'"):
        read_counts(file)
    falling = saved("date,fans\n2024-01-01,100\n2024-02-01,50\n2024-03-01,70\n")
    with pytest.raises(TableError, match=r"line 3.*the 100 of line 2"):
        read_counts(falling, columns={"fans": "users"})


def test_a_long_table_of_several_is_chosen_from(saved):
    rows = "".join(
        f"facebook,{page},{2019 + k}-01-01,{2019 + k}-01-01,{n * (k + 1)},false,high,x\n"
        for page, n in (("ann", 10), ("bob", 20))
        for k in range(3)
    )
    head = "platform,brand,date_from,date_to,fans,at_least,confidence,source\n"
    file = saved(head + rows)
    with pytest.raises(TableError, match='as of="ann"') as caught:
        read_counts(file)
    assert read_counts(file, **caught.value.options).totals.tolist() == [10, 20, 30]
    assert read_counts(file, of=("facebook", "bob")).totals.tolist() == [20, 40, 60]


def test_a_fit_takes_a_path(saved):
    assert fans.growth.fit(saved(ACROSS), of="Ann's Café").series.totals.tolist()[-1] == 900


def test_a_workbook_with_years_across_or_down(tmp_path):
    pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    file = tmp_path / "wide.xlsx"
    wide = pd.DataFrame({"Page": ["a", "b"], 2019: [1, 5], 2020: [2, 7], 2021: [4, 9]})
    wide.to_excel(file, index=False)
    assert read_counts(file, of="b").totals.tolist() == [5, 7, 9]
    pd.DataFrame({"Year": [2019, 2020, 2021], "a": [1, 2, 4]}).to_excel(file, index=False)
    assert read_counts(file).totals.tolist() == [1, 2, 4]
