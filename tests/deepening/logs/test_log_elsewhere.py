"""A log that stays in a database gives the tables of one that is read: on DuckDB and on Spark."""

import os
import shutil

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening import fit, logs
from frontporch.deepening.logs.elsewhere import whole_microseconds

ibis = pytest.importorskip("ibis")
pytest.importorskip("duckdb")
# Ibis and Spark ask pandas 3 for what pandas 4 will no longer have.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully:FutureWarning"),
    pytest.mark.filterwarnings("ignore:toPandas attempted Arrow:UserWarning"),
]

KNOWN = {"observed_from_start": True}
WORDS = ("source", "target", "channel", "stage", "next_stage")


@pytest.fixture(scope="module")
def sent():
    """A log with duplicates, ties, soliloquies, ends, and rows out of order."""
    table = logs.Calibration.students_online().simulate(seed=7, people=60)
    rng = np.random.default_rng(7)
    table["channel"] = rng.choice(["message", "phone"], len(table))
    table["end"] = table["start"] + pd.to_timedelta(rng.integers(0, 7_000, len(table)), unit="s")
    some = table.iloc[rng.choice(len(table), 60)]
    swapped = some.iloc[:20].rename(columns={"source": "target", "target": "source"})
    alone = some.iloc[20:25].assign(target=some["source"].iloc[20:25])
    whole = pd.concat([table, some.iloc[30:], swapped[table.columns], alone], ignore_index=True)
    return whole.assign(
        start=whole["start"].astype("datetime64[us]"), end=whole["end"].astype("datetime64[us]")
    )


@pytest.fixture(scope="module")
def file(sent, tmp_path_factory):
    pytest.importorskip("pyarrow")
    path = tmp_path_factory.mktemp("log") / "log.parquet"
    sent.assign(row=range(len(sent))).to_parquet(path)
    return path


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """One session of Spark, in this process's own Java."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: uv pip install --group spark")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("there is no Java: Spark needs Java 17 or later")
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.warehouse.dir": str(tmp_path_factory.mktemp("spark")),
    }
    begun = SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        begun = begun.config(name, value)
    session = begun.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield ibis.pyspark.connect(session)
    session.stop()


@pytest.fixture(params=["duckdb", "spark"])
def base(request):
    """A database that reads Parquet."""
    return request.getfixturevalue("spark") if request.param == "spark" else ibis.duckdb.connect()


def same(theirs, ours, *order):
    """Compare without the name of the pair, which is a number in memory, row by row."""
    frames = []
    for one in (theirs.to_pyarrow().to_pandas(), ours):
        words = {name: one[name].astype(object) for name in WORDS if name in one}
        words = {name: column.where(column.notna(), None) for name, column in words.items()}
        frames.append(one.assign(**words).sort_values(list(order), ignore_index=True))
    columns = [name for name in ours.columns if name != "pair"]
    pd.testing.assert_frame_equal(frames[0][columns], frames[1][columns], check_dtype=False)
    assert frames[0].groupby(["source", "target"])["pair"].nunique().eq(1).all()


def test_one_expression_gives_the_tables_of_memory(base, file, sent):
    there, here = logs.read(base.read_parquet(file), **KNOWN), logs.read(sent, **KNOWN)
    assert (there.rows, there.pairs, there.channels) == (here.rows, here.pairs, here.channels)
    assert (there.begins, there.ends) == (here.begins, here.ends)
    pd.testing.assert_frame_equal(logs.life_tables(there), logs.life_tables(here))
    found = logs.encounters(there, 0.5)
    same(found, logs.encounters(here, 0.5), "source", "target", "encounter")
    asked = {"encounter": 3, "counted": "both spoken"}
    same(logs.waits(there, **asked), logs.waits(here, **asked), "source", "target")
    found = logs.spells(there, lost_after_weeks=0.3)
    same(found, logs.spells(here, lost_after_weeks=0.3), "source", "target", "entered")


def test_the_real_log(base, real_logs):
    """13,838 pairs, of which .278 meet again within 24 hours."""
    path = real_logs / "uci-online-community" / "messages.csv"
    read = {"header": True, "inferSchema": True} if base.name == "pyspark" else {}
    known = KNOWN | {
        "channel": "online message",
        "columns": {"sent_at": "start", "sender": "source", "recipient": "target"},
    }
    there, here = logs.read(base.read_csv(path, **read), **known), logs.read(path, **known)
    assert there.pairs == 13_838
    pd.testing.assert_frame_equal(logs.life_tables(there), logs.life_tables(here))
    waits = logs.waits(there)
    soon = (waits.reached & (waits.hours <= 24)).mean().to_pyarrow().as_py()
    assert soon == pytest.approx(0.278, abs=0.0005)


@pytest.mark.parametrize("asked", [{}, {"lost_after_weeks": 4}, {"clock": "messages"}])
def test_spells_on_either_clock(asked, file, sent):
    there, here = (
        logs.read(ibis.duckdb.connect().read_parquet(file), **KNOWN),
        logs.read(sent, **KNOWN),
    )
    found = logs.spells(there, **asked)
    same(found, logs.spells(here, **asked), "source", "target", "entered")


def in_memory(sent, **changed):
    return ibis.memtable(sent.assign(**changed))


def test_an_undirected_log_with_seconds_and_other_names(sent):
    seconds = (sent["start"] - sent["start"].min()).dt.total_seconds() + 0.25
    table = pd.DataFrame({"at": seconds, "a": sent["source"], "b": sent["target"]})
    known = KNOWN | {
        "columns": {"at": "start", "a": "source", "b": "target"},
        "channel": "badge",
        "seconds_since": "2009-06-04",
        "directed": False,
    }
    there, here = logs.read(ibis.memtable(table), **known), logs.read(table, **known)
    assert there.begins == here.begins
    pd.testing.assert_frame_equal(logs.life_tables(there), logs.life_tables(here))
    same(logs.encounters(there), logs.encounters(here), "source", "target", "encounter")
    with pytest.raises(ValueError, match="asks who spoke to whom"):
        logs.waits(there, counted="both spoken")


def test_a_zone_and_a_time_of_observation(sent):
    zoned = sent.assign(start=sent["start"].dt.tz_localize("Europe/Berlin")).drop(columns="end")
    known = {"observed_until": "2035-01-01T00:00:00Z"} | KNOWN
    there, here = logs.read(ibis.memtable(zoned), **known), logs.read(zoned, **known)
    assert (there.begins, there.ends) == (here.begins, here.ends)
    pd.testing.assert_frame_equal(logs.life_tables(there), logs.life_tables(here))
    with pytest.raises(ValueError, match="were observed from"):
        logs.read(ibis.memtable(zoned), observed_until="2001-01-01T00:00:00Z")


def test_spells_feed_the_fit_and_a_rule_of_ones_own_is_checked(sent):
    there = logs.read(in_memory(sent), **KNOWN)

    def rule(history):
        return (history.messages >= 3).ifelse(1, 0)

    own = logs.spells(there, rule, ["new", "known"]).to_pyarrow().to_pandas()
    assert fit(own, by="channel").summary()["events"].sum() == own["next_stage"].notna().sum() > 0
    with pytest.raises(ValueError, match="the stage rule gave 1"):
        logs.spells(there, rule, ["new"])
    for wrong, told in (
        (lambda history: history.no_such, "lambda history"),
        (lambda history: 1, "gave int"),
    ):
        with pytest.raises(TypeError, match=told):
            logs.spells(there, wrong)


def test_what_needs_the_rows_here_says_so(sent):
    there = logs.read(in_memory(sent), **KNOWN)
    for measure in (logs.replies, logs.exchange_ladder):
        with pytest.raises(ValueError, match=r"logs\.read\(table\.to_pandas\(\)\)"):
            measure(there)
    with pytest.raises(ValueError, match="duplicates is for tables"):
        logs.read(in_memory(sent), duplicates="leave out")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": None}, "rows have no source: leave them out with table.filter"),
        ({"channel": None}, "rows have no channel"),
        ({"end": pd.Timestamp("2001-01-01")}, "rows end before they start"),
        ({"source": "ann | bob"}, "have a name with"),
        ({"source": "ann", "target": "ann"}, "nothing to measure"),
    ],
)
def test_bad_cells_are_counted_and_refused(change, words, sent):
    with pytest.raises(ValueError, match=words):
        logs.read(in_memory(sent, **change))


def test_bad_columns_are_refused(sent):
    table = in_memory(sent)
    with pytest.raises(ValueError, match="no column 'source'"):
        logs.read(table.rename(sourcs="source"))
    with pytest.raises(ValueError, match="no column 'channel'"):
        logs.read(table.drop("channel"))
    with pytest.raises(TypeError, match=r'table\.start\.cast\("timestamp"\)'):
        logs.read(table.mutate(start=table.start.cast("string")))
    with pytest.raises(ValueError, match="the log has no row"):
        logs.read(table.filter(table.source == "nobody"))


def test_bins_are_those_of_hours():
    bins = np.array([1 / 60, 1.23456789012345, 4_800.000000001, 1e5 / 3])
    limits = whole_microseconds(bins)
    for more in (-1, 0, 1):
        hours = (np.array(limits) + more) / 3_600_000_000
        assert np.searchsorted(bins, hours).tolist() == [k + (more > 0) for k in range(4)]
