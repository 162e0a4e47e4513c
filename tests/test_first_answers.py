"""From a file as people have it to a first answer: three lines, and one error that helps."""

import ast
import pathlib

import numpy as np
import pandas as pd
import pytest

from frontporch import community, deepening, fans, look, tables
from frontporch.deepening import logs, panel
from frontporch.tables import TableError

MOST_LINES, MOST_ERRORS = 3, 1
READERS = {"from_table", "read", "read_counts", "rfm_summary"}
ROOMS = {
    "community": community,
    "deepening": deepening,
    "fans": fans,
    "logs": logs,
    "look": look,
    "panel": panel,
    "pd": pd,
    "tables": tables,
}


def call_that_reads(line):
    """The call in a line into which a person pastes what an error offers."""
    calls = [one for one in ast.walk(ast.parse(line)) if isinstance(one, ast.Call)]
    return next(one for one in calls if getattr(one.func, "attr", "") in READERS)


def pasted(code, options):
    """Put options, as they were printed, at the end of the call that reads."""
    first, *rest = code.splitlines()
    end = call_that_reads(first).end_col_offset - 1
    return "\n".join([f"{first[:end]}, {options}{first[end:]}", *rest])


def answered(code, file):
    """Run the lines as somebody would who pastes what an error says.

    Returns
    -------
    answer : object
        What the last line gives.
    errors : int
        How many errors came before it.
    """
    assert len(code.splitlines()) <= MOST_LINES
    for errors in range(MOST_ERRORS + 1):
        *before, last = code.splitlines()
        names = {**ROOMS, "file": file}
        try:
            exec("\n".join(before), names)
            return eval(last, names), errors
        except TableError as error:
            said = str(error).splitlines()[-1]
            assert said.startswith("Read it with "), str(error)
            code = pasted(code, said.removeprefix("Read it with "))
    raise AssertionError(f"after {MOST_ERRORS} error there was another one: {code}")


@pytest.fixture(scope="module")
def sent():
    return logs.Calibration.students_online().simulate(seed=7).head(5_000)


def test_a_forum_log_with_epoch_seconds_and_no_header(sent, tmp_path):
    file = tmp_path / "forum.txt"  # people are 0394 and the like, which is no time
    moments = (sent["start"] - pd.Timestamp("1970-01-01")) // pd.Timedelta(seconds=1)
    rows = zip(sent["source"].str[1:], sent["target"].str[1:], moments, strict=True)
    file.write_text("".join(f"{a} {b} {moment}\n" for a, b, moment in rows))
    answer, errors = answered(
        "log = logs.read(file)\n"
        "again = logs.bootstrap(logs.waits(log), logs.share_within(24), seed=7, runs=100)\n"
        "again.summary()",
        file,
    )
    assert errors == 1
    tidy = logs.waits(logs.read(sent.assign(start=sent["start"].dt.floor("s"))))
    same = logs.bootstrap(tidy, logs.share_within(24), seed=7, runs=100).summary()
    assert answer["estimate"].iloc[0] == same["estimate"].iloc[0]
    assert answer["lower"].iloc[0] < answer["estimate"].iloc[0] < answer["upper"].iloc[0]


def test_an_edge_list_from_gephi(tmp_path):
    file = tmp_path / "edges.csv"
    ties = community.main_street(seed=7).ties
    rows = enumerate(zip(ties["source"], ties["target"], ties["strength"], strict=True))
    file.write_text(
        "Source,Target,Type,Id,Label,timeset,Weight\n"
        + "".join(f"{a},{b},Undirected,{k},,,{float(much)}\n" for k, (a, b, much) in rows),
        encoding="utf-8",
    )
    answer, errors = answered(
        "town = community.from_table(file)\n"
        "community.simulate(town, town.names(town.degree.argmax()), "
        "community.independent_cascade(0.1), seed=7).mean",
        file,
    )
    assert errors == 1
    tidy = community.from_table(ties.drop(columns=["layer", "since"], errors="ignore"))
    most = tidy.names(tidy.degree.argmax())
    rule = community.independent_cascade(0.1)
    assert answer == community.simulate(tidy, most, rule, seed=7).mean


def test_a_shops_workbook_of_orders(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    file = tmp_path / "orders.xlsx"
    drawn = fans.simulate_orders(
        {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
        customers=400,
        weeks=39,
        seed=7,
        spend={"p": 6.25, "q": 3.74, "v": 15.44},
        arrivals=12,
    )
    moments = pd.Timestamp("2024-01-01") + pd.to_timedelta(drawn["ordered_at"] * 7, unit="D")
    tidy = pd.DataFrame(
        {
            "customer": 17_000 + drawn["customer"],
            "time": moments.dt.floor("s"),
            "value": drawn["value"].round(2),
        }
    )
    book = openpyxl.Workbook()
    book.active.append(["Orders of 2024"])
    book.active.append([])
    book.active.append(["InvoiceNo", "Description", "InvoiceDate", "CustomerID", "Amount"])
    for k, row in enumerate(tidy.itertuples(index=False)):
        moment = row.time.to_pydatetime()
        book.active.append([536_000 + k, "a mug", moment, row.customer, row.value])
    book.save(file)
    answer, errors = answered("orders = fans.rfm_summary(file)\nfans.fit_customers(orders)", file)
    assert errors == 1
    assert answer.parameters == fans.fit_customers(fans.rfm_summary(tidy)).parameters
    assert len(fans.rfm_summary(tidy)) > 390


def test_followers_by_day(tmp_path):
    file = tmp_path / "followers.csv"
    days = pd.date_range("2023-01-01", periods=200, freq="D")
    followers = (8_000 * -np.expm1(-0.01 * np.arange(1, 201))).round().astype(int)
    rows = zip(days.strftime("%d.%m.%Y"), followers, strict=True)
    file.write_text("Date;Followers\n" + "".join(f"{day};{many}\n" for day, many in rows))
    answer, errors = answered(
        "counts = fans.read_counts(file)\nfans.fit(counts, fans.bass).summary()",
        file,
    )
    assert errors <= 1
    assert answer.set_index("parameter")["estimate"]["ceiling"] == pytest.approx(8_000, rel=0.01)


def test_snapshots_by_week(tmp_path):
    file = tmp_path / "looks.csv"
    stays = deepening.Ladder.online_and_offline().simulate(pairs=100, weeks=30, seed=7)
    looks = panel.snapshots(stays, every=2)
    names = {"pair": "id", "time": "week", "stage": "state"}
    looks.drop(columns="channel").rename(columns=names).to_csv(file, sep=";", index=False)
    answer, errors = answered(
        'looks = tables.read(file, "snapshots")\npanel.fit_panel(looks)', file
    )
    assert errors == 1
    same = panel.fit_panel(looks.assign(channel="all"))
    assert answer.parameters == pytest.approx(same.parameters)


def test_a_file_that_no_option_settles_is_not_counted_as_an_answer(tmp_path):
    file = pathlib.Path(tmp_path, "ties.csv")
    file.write_text("source,target\nann,ann\n")
    with pytest.raises(AssertionError, match="is the same as source"):
        answered('tables.read(file, "ties")', file)
