"""A log sorted on disk gives the same tables as one in memory."""

import gc
import pathlib

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import logs
from frontporch.deepening.logs import duckdb_log

pytest.importorskip("duckdb")

MEASURES = {
    "encounters": logs.encounters,
    "exchange_ladder": logs.exchange_ladder,
    "replies": logs.replies,
    "waits": logs.waits,
    "life_tables": logs.life_tables,
    "spells": lambda log: logs.spells(log, lost_after_weeks=4),
    "spells by message": lambda log: logs.spells(log, clock="messages"),
}


@pytest.fixture(scope="module")
def sent():
    """A log with everything that is odd: duplicates, ties, soliloquies, rows out of order."""
    table = logs.Calibration.students_online().simulate(seed=7, people=150)
    rng = np.random.default_rng(7)
    table["channel"] = rng.choice(["message", "phone"], len(table))
    table["end"] = table["start"] + pd.to_timedelta(rng.integers(0, 7_000, len(table)), unit="s")
    some = table.iloc[rng.choice(len(table), 60)]
    swapped = some.iloc[:20].rename(columns={"source": "target", "target": "source"})
    alone = some.iloc[20:25].assign(target=some["source"].iloc[20:25])
    parts = [table, some.iloc[30:], swapped[table.columns], alone]
    return pd.concat(parts, ignore_index=True)


@pytest.fixture(scope="module")
def both(sent, tmp_path_factory):
    path = tmp_path_factory.mktemp("log") / "log.csv"
    sent.to_csv(path, index=False, date_format="%Y-%m-%dT%H:%M:%S")
    in_memory = logs.read(path, observed_from_start=True, silence_days=2)
    with pytest.MonkeyPatch.context() as few:
        few.setattr(duckdb_log, "ROWS_AT_ONCE", 97)
        on_disk = logs.read_large(
            path, observed_from_start=True, silence_days=2, memory_limit="100MB", threads=1
        )
    return in_memory, on_disk


@pytest.mark.parametrize("measure", MEASURES)
def test_tables_are_equal(both, measure):
    in_memory, on_disk = (MEASURES[measure](log) for log in both)
    pd.testing.assert_frame_equal(on_disk, in_memory)


def test_what_is_known_of_the_log_is_equal(both):
    in_memory, on_disk = both
    for fact in ("directed", "begins", "ends", "rows", "pairs", "channels", "notes"):
        assert getattr(on_disk, fact) == getattr(in_memory, fact), fact
    assert list(on_disk.people) == list(in_memory.people)


def test_what_is_noticed_is_equal(both):
    in_memory, on_disk = (log.noticed for log in both)
    assert len(in_memory) == 5
    shown = ["what", "count", "done"]
    pd.testing.assert_frame_equal(on_disk[shown], in_memory[shown], check_dtype=False)
    # The example of a silence is from the times alone; others show cells as the file has them.
    same = on_disk["example"].str.replace("T", " ") == in_memory["example"]
    assert same.all()


def test_the_log_really_comes_in_parts_and_no_pair_is_cut(both):
    parts = list(both[1].timelines())
    assert len(parts) > 5
    numbers = [part.number for part in parts]
    assert numbers == list(np.cumsum([0, *(part.pairs for part in parts)])[:-1])
    names = [set(zip(part.source, part.target, strict=True)) for part in parts]
    assert len(set.union(*names)) == sum(map(len, names)) == both[0].pairs


def test_two_walks_at_once_do_not_disturb_each_other(both):
    for one, other in zip(both[1].timelines(), both[1].timelines(), strict=True):
        assert np.array_equal(one.moment, other.moment)


@pytest.mark.parametrize("directed", [True, False])
def test_parquet_with_numbered_people_and_seconds(directed, sent, tmp_path):
    pytest.importorskip("pyarrow")
    times = (sent["start"] - sent["start"].min()).dt.total_seconds()
    table = pd.DataFrame(
        {
            "at": times + 0.25,
            "a": sent["source"].str[1:].astype(int),
            "b": sent["target"].str[1:].astype(int),
        }
    )
    for k in range(2):
        table.iloc[k::2].to_parquet(tmp_path / f"{k}.parquet")
    known = {
        "columns": {"at": "start", "a": "source", "b": "target"},
        "channel": "badge",
        "seconds_since": "2009-06-04",
        "directed": directed,
        "observed_from_start": True,
    }
    in_memory, on_disk = logs.read(tmp_path, **known), logs.read_large(tmp_path, **known)
    pd.testing.assert_frame_equal(logs.encounters(on_disk), logs.encounters(in_memory))
    pd.testing.assert_frame_equal(logs.life_tables(on_disk), logs.life_tables(in_memory))
    assert on_disk.noticed["count"].tolist() == in_memory.noticed["count"].tolist()


def test_zones(sent, tmp_path):
    path = tmp_path / "log.csv"
    zoned = sent.assign(start=sent["start"].dt.strftime("%Y-%m-%dT%H:%M:%S+02:00"))
    zoned.drop(columns="end").to_csv(path, index=False)
    in_memory, on_disk = logs.read(path), logs.read_large(path)
    assert on_disk.begins == in_memory.begins
    assert on_disk.notes == ()
    zoned.loc[3, "start"] = "2026-03-01T09:00:00"
    zoned.drop(columns="end").to_csv(path, index=False)
    with pytest.raises(ValueError, match="no offset from UTC"):
        logs.read_large(path)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("start", "yesterday", "line 5, column 'start', value 'yesterday'"),
        ("start", "2026-03-01", "time is missing"),
        ("source", "", "column 'source': is missing"),
        ("target", "", "is missing"),
        ("channel", "", "is missing"),
        ("end", "2001-01-01T00:00:00", "is before start"),
    ],
)
def test_bad_cells_name_row_column_value_and_remedy(column, value, words, sent, tmp_path):
    path = tmp_path / "log.csv"
    bad = sent.astype(str)
    bad.loc[3, column] = value
    bad.to_csv(path, index=False)
    with pytest.raises(ValueError, match=words) as caught:
        logs.read_large(path)
    assert str(caught.value).startswith("log.csv: 1 fault")


def test_missing_columns_and_soliloquies_are_refused(sent, tmp_path):
    path = tmp_path / "log.csv"
    sent.rename(columns={"source": "sourcs"}).to_csv(path, index=False)
    with pytest.raises(ValueError, match="Rename 'sourcs' to 'source'"):
        logs.read_large(path)
    sent.assign(target=sent["source"]).to_csv(path, index=False)
    with pytest.raises(ValueError, match="nothing to measure"):
        logs.read_large(path)
    with pytest.raises(ValueError, match="above 1"):
        logs.read_large(path, silence_days=0.5)


def test_the_sorted_log_is_removed_with_the_log(sent, tmp_path):
    path = tmp_path / "log.csv"
    sent.to_csv(path, index=False)
    log = logs.read_large(path, folder=tmp_path)
    made = [one for one in pathlib.Path(tmp_path).iterdir() if one.is_dir()]
    assert len(made) == 1
    del log
    gc.collect()
    assert not made[0].exists()
