"""Orders and followers as people have them: one error at most, and its remedy works."""

import numpy as np
import pandas as pd
import pytest

from frontporch import fans, tables
from frontporch.fans.growth.counts import read_counts
from frontporch.tables import TableError


def test_orders_with_days_as_text():
    orders = pd.DataFrame({"id": [0, 1, 1], "date": ["2014-03-08", "2014-05-21", "2014-06-21"]})
    made = fans.rfm_summary(orders, customer="id", time="date")
    assert made[["id", "frequency"]].to_numpy().tolist() == [["0", 0], ["1", 1]]
    assert made.age.round(3).tolist() == [15.0, round(31 / 7, 3)]


@pytest.mark.parametrize("until", [None, "2014-06-21", "2014-06-21T00:00:00+02:00"])
def test_days_are_those_of_a_zone(until):
    late = pd.to_datetime(["2014-03-08T23:30:00Z", "2014-03-09T00:30:00Z", "2014-06-21T00:00:00Z"])
    orders = pd.DataFrame({"customer": ["a", "a", "b"], "time": late})
    assert fans.rfm_summary(orders, until).frequency.tolist()[0] == 1
    assert fans.rfm_summary(orders, until, zone="Europe/Berlin").frequency.tolist()[0] == 0


def test_an_order_of_value_0_stays_a_purchase_and_leaves_the_mean():
    orders = pd.DataFrame(
        {
            "customer": [1, 1, 1, 2, 2, 3],
            "time": pd.to_datetime(
                ["1997-01-01", "1997-01-18", "1997-02-01", "1997-02-01", "1997-02-09", "1997-09-30"]
            ),
            "value": [0, 29.73, 0, 14.96, -14.96, 5],
        }
    )
    made = fans.rfm_summary(orders, value="value")
    assert made.frequency.tolist() == [2, 0]
    assert made.mean_spend.tolist()[0] == 29.73 and np.isnan(made.mean_spend[1])
    said = tables.noticed(made)
    assert said["count"].tolist() == [1, 2]
    assert said.example.tolist() == ["rows 4", "rows 0, 2"]


def test_numbers_that_are_no_weeks_are_asked():
    orders = pd.DataFrame({"customer": [1, 1], "time": [1_709_283_600, 1_710_283_600]})
    with pytest.raises(TableError) as caught:
        fans.rfm_summary(orders)
    made = fans.rfm_summary(orders, **caught.value.options)
    assert made.frequency.tolist() == [1]


def test_an_online_shops_file_in_three_lines(tmp_path):
    file = tmp_path / "retail.csv"
    file.write_text(
        "InvoiceNo;InvoiceDate;CustomerID;Amount\n"
        "536365;13/12/2010 08:26;17850;15,30\n536366;14/12/2010 08:28;17850;22,00\n"
        "C536379;14/12/2010 09:41;14527;-27,50\n536370;20/12/2010 08:45;12583;3,75\n",
        encoding="cp1252",
    )
    with pytest.raises(TableError) as caught:
        tables.read(file, "orders")
    orders = tables.read(file, "orders", **caught.value.options)
    made = fans.rfm_summary(orders, value="value", until="2011-01-03")
    assert made.frequency.tolist() == [0, 1]
    assert made.mean_spend.tolist()[1] == 22


def test_fans_by_day_need_one_error():
    dates = ["2019-01-01", "2019-07-01", "2020-01-01", "2020-07-01"]
    given = pd.DataFrame({"date": dates, "fans": [100, 300, 700, 1400]})
    with pytest.raises(TableError, match="Rename 'fans' to 'users'") as caught:
        read_counts(given)
    assert caught.value.total == 1
    assert read_counts(given, **caught.value.options).totals.tolist() == [100, 300, 700, 1400]


def test_followers_that_only_fall_are_said():
    dates = pd.date_range("2022-11-08", periods=29, freq="7D")
    falling = pd.DataFrame({"date": dates, "users": np.arange(29) * -6 + 11_763})
    assert any("falls in 28 of 28 steps" in note for note in read_counts(falling).notes)


def test_ten_years_of_days_are_read_in_a_moment():
    dates = pd.date_range("2015-01-01", periods=3_652)
    counts = pd.DataFrame({"date": dates, "users": np.arange(3_652) * 10 + 7})
    assert read_counts(counts).totals[-1] == 36_517


def test_the_last_fall_is_found_among_many_counts():
    users = np.arange(500) * 10.0 + 1_000
    users[300] = 500
    dates = pd.date_range("2015-01-01", periods=500)
    with pytest.raises(TableError, match=r"fewer than the 3,990 of row 299"):
        read_counts(pd.DataFrame({"date": dates, "users": users}))
