"""The door of a log: every form is read alike, and what is odd is counted, never dropped."""

import pandas as pd
import pytest

from frontporch.deepening import logs
from frontporch.tables import TableError

SENT = pd.DataFrame(
    {
        "start": [
            "2026-03-01T09:00:00",
            "2026-03-01T09:05:00",
            "2026-03-01T09:05:00",
            "2026-03-01T09:05:00",
            "2026-03-01T08:00:00",
            "2026-03-20T08:00:00",
        ],
        "source": ["ann", "bob", "bob", "ann", "cat", "cat"],
        "target": ["bob", "ann", "ann", "bob", "cat", "ann"],
        "channel": "message",
    }
)


def counted(log):
    return {row.what.split(":")[0]: row.count for row in log.noticed.itertuples(index=False)}


def test_every_oddity_is_counted_with_an_example_and_what_was_done():
    log = logs.read(SENT, observed_from_start=True)
    seen = log.noticed.set_index(log.noticed["what"].str.split(":").str[0])
    assert seen["count"].to_dict() == {
        "message to oneself": 1,
        "duplicate": 1,
        "tie": 1,
        "clock": 1,
        "clock or logger": 1,
    }
    assert seen.loc["duplicate", "example"] == "row 2: 2026-03-01 09:05:00, bob to ann"
    assert seen.loc["tie", "example"] == "row 3: 2026-03-01 09:05:00, ann to bob"
    assert seen.loc["message to oneself", "done"].startswith("set aside")
    assert seen.loc["clock or logger", "example"].startswith("19.0 days after 2026-03-01 09:05:00")
    assert (log.rows, log.pairs) == (5, 2)


def test_duplicates_are_left_out_only_on_demand():
    log = logs.read(SENT, duplicates="leave out")
    assert log.rows == 4
    assert "all but the first left out" in log.noticed["done"].tolist()
    with pytest.raises(ValueError, match="'keep' or 'leave out'"):
        logs.read(SENT, duplicates="drop")


def test_a_clean_log_has_nothing_to_notice():
    assert logs.read(SENT.iloc[[0, 1]]).noticed.empty


def test_rows_out_of_order_give_the_same_tables():
    one, other = logs.read(SENT), logs.read(SENT.iloc[[5, 4, 3, 2, 1, 0]])
    pd.testing.assert_frame_equal(
        logs.encounters(one).drop(columns="pair"), logs.encounters(other).drop(columns="pair")
    )


@pytest.mark.parametrize("form", ["csv", "parquet", "folder"])
def test_files_are_read_as_the_table(form, tmp_path):
    named = SENT.rename(columns={"start": "sent at", "source": "from", "target": "to"})
    named = named.drop(columns="channel")
    if form == "parquet":
        pytest.importorskip("pyarrow")
        named.to_parquet(tmp_path / "log.parquet")
    elif form == "csv":
        named.to_csv(tmp_path / "log.csv", index=False)
    else:
        named.iloc[:4].to_csv(tmp_path / "a.csv", index=False)
        named.iloc[4:].to_csv(tmp_path / "b.csv", index=False)
    path = tmp_path if form == "folder" else tmp_path / f"log.{form}"
    columns = {"sent at": "start", "from": "source", "to": "target"}
    log = logs.read(path, columns=columns, channel="message")
    whole = logs.read(SENT)
    pd.testing.assert_frame_equal(logs.encounters(log), logs.encounters(whole))
    assert counted(log) == counted(whole)


def test_seconds_count_from_a_moment():
    times = pd.DataFrame({"start": [0.0, 20.5], "end": [20.0, 40.0], "source": 1, "target": [2, 3]})
    log = logs.read(times, channel="badge", seconds_since="2009-06-04", directed=False)
    assert log.begins == pd.Timestamp("2009-06-04")
    assert log.ends == pd.Timestamp("2009-06-04T00:00:40")


def test_zones_become_utc_and_their_lack_is_noted():
    zoned = SENT.assign(start=SENT["start"] + "+02:00")
    assert logs.read(zoned).begins == pd.Timestamp("2026-03-01T06:00:00Z")
    assert logs.read(zoned).notes == ()
    assert "no zone" in logs.read(SENT).notes[0]
    pd.testing.assert_frame_equal(
        logs.encounters(logs.read(zoned)), logs.encounters(logs.read(SENT))
    )


def test_observation_may_be_longer_than_the_log_but_not_shorter():
    log = logs.read(SENT, observed_from_start=True, observed_until="2026-03-21T08:00:00")
    assert logs.waits(log)["hours"].tolist()[-1] == 24.0
    with pytest.raises(ValueError, match="were observed from"):
        logs.read(SENT, observed_until="2026-03-19")
    with pytest.raises(ValueError, match="must have a zone"):
        logs.read(SENT, observed_until="2026-03-21T08:00:00Z")


def test_bad_cells_name_row_column_value_and_remedy(tmp_path):
    bad = SENT.assign(start=["yesterday", *SENT["start"].iloc[1:]])
    with pytest.raises(TableError, match=r"row 0, column 'start', value 'yesterday'"):
        logs.read(bad)
    bad.rename(columns={"start": "sent_at"}).to_csv(tmp_path / "log.csv", index=False)
    with pytest.raises(TableError, match=r"log\.csv.*\n.*2, column 'sent_at', value 'yesterday'"):
        logs.read(tmp_path / "log.csv", columns={"sent_at": "start"})
    with pytest.raises(TableError, match="source"):
        logs.read(SENT.assign(source=None))
    with pytest.raises(TableError, match="end"):
        logs.read(SENT.assign(end="2026-01-01T00:00:00"))
    with pytest.raises(ValueError, match=r"'sendr'.*no such column\. Did you mean 'sender'"):
        logs.read(SENT.rename(columns={"source": "sender"}), columns={"sendr": "source"})
    with pytest.raises(TableError, match="channel"):
        logs.read(SENT.drop(columns="channel"))


def test_paths_that_hold_no_log_are_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match="check the path"):
        logs.read(tmp_path / "nowhere.csv")
    with pytest.raises(FileNotFoundError, match="no CSV and no Parquet"):
        logs.read(tmp_path)
    (tmp_path / "log.xlsx").write_bytes(b"PK")
    with pytest.raises(ValueError, match="damaged workbook"):
        logs.read(tmp_path / "log.xlsx")
    for name in ("a.csv", "b.parquet"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(ValueError, match="stand there twice"):
        logs.read(tmp_path)


def test_a_log_of_soliloquies_has_nothing_to_measure():
    with pytest.raises(ValueError, match="nothing to measure"):
        logs.read(SENT.iloc[[4]])


def test_time_to_depth_is_refused_where_the_start_was_not_seen():
    log = logs.read(SENT, observed_from_start=False)
    for measure in (logs.waits, logs.life_tables, logs.spells):
        with pytest.raises(ValueError, match="not observed from its start"):
            measure(log)
        assert "left-truncated" in measure(log, although_truncated=True).attrs["notes"][0]
    unknown = logs.waits(logs.read(SENT))
    assert "not known" in unknown.attrs["notes"][0]
    assert not logs.waits(logs.read(SENT, observed_from_start=True)).attrs["notes"]


def test_what_the_table_says_of_its_start_is_kept():
    sent = SENT.copy()
    sent.attrs["observed_from_start"] = True
    assert logs.read(sent).observed_from_start is True
