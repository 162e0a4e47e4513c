"""Orders as a shop's till and web shop write them: receipts, returns, and a path in one call."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mending import mended

from frontporch import fans, tables

RECEIPTS = """InvoiceNo,InvoiceDate,Amount,CustomerID
536365,2010-12-01 23:58,15.30,17850
536365,2010-12-02 00:01,2.70,17850
536366,2010-12-05 10:00,15.30,17850
C53637,2010-12-07 10:00,-15.30,17850
536368,2010-12-05 10:00,10.30,13000
536369,2010-12-06 10:00,0.1,13000
536369,2010-12-06 10:00,0.2,13000
536369,2010-12-06 10:00,-0.3,13000
,2010-12-09 10:00,5,13000
,2010-12-10 10:00,7,13000
"""


@pytest.fixture
def shop(tmp_path):
    file = tmp_path / "shop.csv"
    file.write_text(RECEIPTS, encoding="utf-8")
    return file


def test_rows_of_a_receipt_are_one_order(shop):
    made = mended(fans.rfm_summary, shop, value="Amount", until="2010-12-31").set_index("customer")
    # 536365 crosses midnight; 536369 comes to nothing; rows without a receipt are two orders.
    assert made.frequency.to_dict() == {"13000": 2, "17850": 1}
    assert made.mean_spend.to_dict() == {"13000": 6.0, "17850": 15.3}
    said = tables.noticed(made).set_index("what")
    assert said["count"]["receipts in several rows"] == 2
    assert said.example["orders with a value below 0"] == "lines 5, 7"


def test_a_return_undoes_an_order_when_it_is_told_to(shop):
    kept = mended(fans.rfm_summary, shop, value="Amount", until="2010-12-31")
    assert 'returns="undo"' in tables.noticed(kept).done.iloc[-1]
    made = mended(fans.rfm_summary, shop, value="Amount", until="2010-12-31", returns="undo")
    assert made.set_index("customer").frequency.to_dict() == {"13000": 2, "17850": 0}
    with pytest.raises(ValueError, match="'keep' or 'undo'"):
        fans.rfm_summary(shop, returns="drop")


def test_returns_are_said_where_nobody_asks_for_the_value(shop):
    made = mended(fans.rfm_summary, shop)
    note = tables.noticed(made).set_index("what").loc["orders with a value below 0"]
    assert note["count"] == 2 and 'value="Amount"' in note.done


def test_a_path_and_a_frame_give_the_same(shop):
    columns = {"CustomerID": "customer", "InvoiceDate": "time", "InvoiceNo": "receipt"}
    told = {"columns": columns, "value": "Amount", "until": "2010-12-31"}
    frame = pd.read_csv(shop, dtype={"InvoiceNo": str})
    pd.testing.assert_frame_equal(
        fans.rfm_summary(shop, **told), fans.rfm_summary(frame, **told), check_dtype=False
    )


def test_weeks_as_numbers_are_read_from_a_file(tmp_path):
    file = tmp_path / "weeks.csv"
    file.write_text("customer,ordered_at\n1,0\n1,3.0\n2,1.5\n", encoding="utf-8")
    made = fans.rfm_summary(file, until=9)
    assert made[["recency", "age"]].to_numpy().tolist() == [[3.0, 9.0], [0.0, 7.5]]


@pytest.mark.parametrize(
    "arguments",
    [
        {"customer": "ids", "time": "when", "value": "valu"},
        {"customer": "id", "time": "wen"},
        {"value": "Value"},
        {},
    ],
)
def test_an_argument_that_names_no_column_is_mended_by_the_last_line(tmp_path, arguments):
    file = tmp_path / "orders.csv"
    file.write_text("id,when,value\n1,1997-01-01,0\n1,1997-01-18,29.73\n", encoding="utf-8")
    assert mended(fans.rfm_summary, file, **arguments).frequency.tolist() == [1]


@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(0, 40),
            st.sampled_from([-2.5, 0.0, 2.5, 10.0]),
            st.integers(0, 5),
        ),
        min_size=2,
        max_size=30,
    )
)
def test_receipts_agree_with_a_loop(rows):
    day = pd.Timestamp("2024-01-01")
    orders = pd.DataFrame(rows, columns=["customer", "time", "value", "receipt"])
    orders["time"] = day + pd.to_timedelta(orders.time, unit="D")
    receipts = {}
    for who, at, value, receipt in orders[["customer", "time", "value", "receipt"]].itertuples(
        index=False
    ):
        receipts.setdefault((who, receipt), []).append((at, value))
    purchases = {}
    for (who, _), lines in receipts.items():
        total, moved = sum(v for _, v in lines), any(v for _, v in lines)
        if total > 0 or not (total or moved):
            days = purchases.setdefault(str(who), {})
            at = min(t for t, _ in lines)
            days[at] = days.get(at, 0) + total
    expected = {}
    for who, days in purchases.items():
        later = [v for t, v in days.items() if t > min(days)]
        paid = [v for v in later if v > 0]
        expected[who] = len(later), (sum(paid) / len(paid) if paid else np.nan)
    if not purchases:
        return
    found = fans.rfm_summary(orders, until=day + pd.Timedelta(days=50), value="value")
    assert found.customer.tolist() == sorted(expected)
    for who, frequency, spend in found[["customer", "frequency", "mean_spend"]].to_numpy():
        assert frequency == expected[who][0]
        assert spend == pytest.approx(expected[who][1], nan_ok=True)
