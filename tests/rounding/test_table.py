"""A table for reading shows no more digits than its errors support."""

import numpy as np
import pandas as pd

from frontporch import look


def test_rows_have_the_last_digit_of_their_error_and_the_numbers_stay():
    found = pd.DataFrame({
        "parameter": ["p", "ceiling", "held"], "estimate": [0.0312345, 7_919_209.936, 0.25],
        "standard_error": [0.00123, 138_315.676, 0.0], "lower": [0.0288, 7_622_582.458, np.nan],
        "upper": [0.0336, np.inf, np.nan],
    })  # fmt: skip
    before = found.copy()
    shown = look.table(found)
    assert shown.loc[0].tolist() == ["p", "0.0312", "0.0012", "0.0288", "0.0336"]
    assert shown.loc[1].tolist() == ["ceiling", "7,920,000", "140,000", "7,620,000", "∞"]
    assert shown.loc[2].tolist() == ["held", "0.25", "0", "–", "–"]
    pd.testing.assert_frame_equal(found, before)


def test_half_the_interval_stands_in_for_an_error():
    row = {"page": ["a"], "profit": [30_561.35], "lower": [26_228.35], "upper": [35_388.94]}
    assert look.table(pd.DataFrame(row)).loc[0].tolist() == ["a", "30,600", "26,200", "35,400"]


def test_several_values_have_errors_of_their_own_and_others_three_digits():
    row = {
        "q": [0.50123], "q_se": [0.0412], "ceiling": [983_496.49], "ceiling_lower": [790_265.23],
        "ceiling_upper": [1_223_975.57], "far": [0.123456], "counted": [12.0], "n": [1_234],
    }  # fmt: skip
    shown = look.table(pd.DataFrame(row)).loc[0].tolist()
    assert shown == ["0.501", "0.041", "980,000", "790,000", "1,220,000", "0.123", "12", 1_234]


def test_a_last_digit_changes_no_word():
    rows = {"gain": [0.285, 1e-17], "lower": [0.125, -0.05], "upper": [0.445, 0.05]}
    exact = pd.DataFrame(rows)
    for off in (1e-13, -1e-13):
        pd.testing.assert_frame_equal(look.table(exact * (1 + off)), look.table(exact))
    assert look.table(exact).loc[1].tolist() == ["0.000", "-0.050", "0.050"]


def test_what_was_counted_is_shown_in_full_beside_what_was_not():
    customers = look.table(pd.DataFrame({"customers": [1_165.0, 449.62, -97.0, 0.0]}))
    assert customers["customers"].tolist() == ["1,165", "450", "-97", "0"]


def test_columns_that_may_be_missing_are_read_as_well():
    found = pd.DataFrame({"share": pd.array([0.123456, None], dtype="Float64"), "n": [1, 2]})
    assert look.table(found)["share"].tolist() == ["0.123", "–"]


def test_a_notebook_shows_words_and_no_row_numbers():
    found = look.table(pd.DataFrame({
        "both_spoken": [True, False], "year": [2009, 2010], "people": [25_000, 3],
        "share": [0.5, np.nan],
    }))  # fmt: skip
    page = found._repr_html_()
    assert "<th>both spoken</th>" in page and "<th>0</th>" not in page
    assert [one in page for one in (">yes<", ">2009<", ">25,000<", ">–<")] == [True] * 4
    assert found["both_spoken"].tolist() == [True, False], "what is in it stays"
    assert repr(found[["people"]]).split() == ["people", "25,000", "3"]


def test_an_index_that_says_something_stays_with_its_name_beside_the_headings():
    shops = pd.DataFrame({"shown": [7, 22]}, index=pd.Index([5.0, 6.5], name="quality"))
    page = look.table(shops)._repr_html_()
    head, _, body = page.partition("</thead>")
    assert head.count("<tr") == 1 and "<th>quality</th>" in head
    assert "<th>5</th>" in body and "<th>6.5</th>" in body
    both = pd.DataFrame({"n": [1]}, index=pd.MultiIndex.from_tuples([("A", 2)], names=["who", "k"]))
    assert "<th>who</th>" in look.table(both)._repr_html_()
    crossed = look.table(
        pd.crosstab(pd.Series(["a"], name="rare"), pd.Series(["b"], name="bridge"))
    )
    assert "<th>bridge: b</th>" in crossed._repr_html_()


def test_a_long_table_says_how_many_rows_it_has():
    page = look.table(pd.DataFrame({"n": range(1_200)}))._repr_html_()
    assert page.count("<tr") == 21 and "The first 20 of 1,200 rows." in page
