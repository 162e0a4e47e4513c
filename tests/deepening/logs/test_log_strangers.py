"""Logs and spells as people have them: one door, one table or one error, whatever the size."""

import gzip
import importlib.util
import pathlib
import random

import numpy as np
import pandas as pd
import pytest

from frontporch import deepening, tables
from frontporch.deepening import logs, panel
from frontporch.tables import TableError

SPEC = importlib.util.spec_from_file_location(
    "strangers", pathlib.Path(__file__).parents[2] / "tables" / "strangers.py"
)
strangers = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(strangers)

HEAD = "start,source,target\n"
ROWS = "2024-03-01 09:00:00,ann,bob\n2024-03-01 09:05:00,bob,ann\n2024-03-03 10:00:00,ann,bob\n"
FACTS = ("begins", "ends", "rows", "pairs", "channels", "directed", "notes")


def outcome(read, file, **options):
    """Give what a reader makes of a file: its facts, or its error in words."""
    try:
        log = read(file, **options)
    except (ValueError, FileNotFoundError) as error:
        assert type(error) in (TableError, ValueError, FileNotFoundError), repr(error)
        return str(error)
    walk = [np.column_stack([one.pair, one.moment]).tolist() for one in log.timelines()]
    noticed = log.noticed[["what", "count", "done"]].astype(str).to_numpy().tolist()
    return [getattr(log, fact) for fact in FACTS], list(log.people), walk, noticed


def both(file, **options):
    """Read a file in memory and on disk, which must agree; give the outcome."""
    pytest.importorskip("duckdb")
    found = outcome(logs.read, file, **options)
    assert outcome(logs.read_large, file, **options) == found
    return found


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + ROWS).replace(",", ";").encode(),
        (HEAD + ROWS).encode("utf-8-sig"),
        (HEAD + ROWS).replace("ann", "Zoë").encode("cp1252"),
        (HEAD + ROWS).replace(":00,", ",").encode(),
        gzip.compress((HEAD + ROWS).encode(), mtime=0),
    ],
    ids=["semicolon", "mark", "cp1252", "no seconds", "gz"],
)
def test_the_same_log_from_both(saved, content):
    facts, people, *_ = both(saved(content), channel="m", observed_from_start=True)
    assert facts[:4] == [pd.Timestamp("2024-03-01 09:00"), pd.Timestamp("2024-03-03 10:00"), 3, 1]
    assert sorted(people)[-1] == "bob" and len(people) == 2


@pytest.mark.parametrize(
    "rows",
    [
        "#2026-03-01T10:00:00,cas,dan\n",
        "2026-03-01T09:00:00 America/New_York,ann,bob\n",
        "2026-03-01T09:00:00,'=ann,bob\n",
        "2026-03-01T09:00:00.1234567,ann,bob\n",
        "2026-03-01T09:00:00,ann ,bob\n2026-03-01T09:00:00,ann,bob\n",
        "2026-03-01T09:00:00,NaN,bob\n",
        "2026-03-01T09:00:00,ann,\n",
        "2026-03-01T09:00:00,ann,bob,cas\n",
        "\n2026-03-01T09:00:00,ann,bob\n",
        "9999-12-31T09:00:00,ann,bob\n",
        "2026-02-30T09:00:00,ann,bob\n",
        '2026-03-01T09:00:00,"a\nb",bob\n',
    ],
)
def test_odd_rows_are_the_same_to_both(saved, rows):
    both(saved(HEAD + ROWS.replace("2024-03-01 ", "2024-03-01T") + rows), channel="m")


@pytest.mark.parametrize("end", ["soon", "2026-03-01T09:30:00+02:00", "2026-03-01T08:00:00", ""])
def test_ends_are_the_same_to_both(saved, end):
    both(saved(f"start,end,source,target\n2026-03-01T09:00:00,{end},ann,bob\n"), channel="m")


def test_times_as_text_in_parquet_keep_their_order(tmp_path):
    pytest.importorskip("pyarrow")
    start = ["2026-03-01T09:00:00+02:00", "2026-03-01T08:30:00+00:00"]
    frame = pd.DataFrame({"start": start, "source": ["ann", "bob"], "target": ["bob", "ann"]})
    frame.to_parquet(tmp_path / "log.parquet")
    facts, *_ = both(tmp_path / "log.parquet", channel="m")
    assert facts[0] == pd.Timestamp("2026-03-01T07:00:00Z")


@pytest.mark.parametrize("name", ["log.txt", "log.txt.gz"])
def test_a_headerless_log_of_epoch_seconds_needs_one_error(saved, name):
    text = b"1 2 1082040961\n3 4 1082155839\n2 1 1082414391\n"
    file = saved(gzip.compress(text) if name.endswith("gz") else text, name)
    with pytest.raises(TableError) as caught:
        logs.read(file, channel="message")
    assert "read" not in str(caught.value) or caught.value.total <= 3
    log = logs.read(file, channel="message", **caught.value.options)
    assert (log.rows, log.pairs, log.begins) == (3, 2, pd.Timestamp("2004-04-15 14:56:01"))


def test_epoch_seconds_are_one_fault(saved):
    file = saved(HEAD + "1709283600,ann,bob\n1709283900,bob,ann\n")
    with pytest.raises(TableError, match="look like seconds since 1970") as caught:
        logs.read(file, channel="m")
    assert caught.value.total == 1
    assert logs.read(file, channel="m", **caught.value.options).begins.year == 2024


def test_a_person_called_nan_is_said(saved):
    log = logs.read(saved(HEAD + ROWS + "2024-03-05 10:00:00,ann,NaN\n"), channel="m")
    assert "nothing is known" in log.noticed.what[0]


def test_seconds_beyond_all_measure(saved):
    file = saved("start,source,target,channel\n1e300,a,b,m\n")
    with pytest.raises(TableError):
        logs.read(file, seconds_since="2026-01-01")


def test_a_folder_in_which_one_file_has_a_zone(tmp_path):
    for name, end in (("a", ""), ("b", "Z")):
        text = f"start,source,target,channel\n2026-03-01T09:00:00{end},a,b,m\n"
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"b\.csv.*\n.*an offset") as caught:
        logs.read(tmp_path)
    assert logs.read(tmp_path, **caught.value.options).rows == 2


def mutated(data, rng):
    """Change some bytes of a file, cut it, or repeat a part of it."""
    found = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 5])):
        at = rng.randrange(len(found)) if found else 0
        way = rng.randrange(12)
        if way > 5 and found:
            found[at] = rng.choice(b"abZ0123459")
        elif way == 0 and found:
            found[at] = rng.choice(b",;\t\"'\n\r 0129-:TZ\xc3\xab\xe9\x00NaN")
        elif way == 1:
            found[at:at] = rng.choice([b",", b'"', b"\n", b"\r\n", b" ", b"\xe9", b"+02:00", b"NA"])
        elif way == 2:
            del found[at : at + rng.choice([1, 2, 20])]
        elif way == 3:
            found = found[:at]
        elif way == 4:
            found[at:at] = found[: rng.randrange(1, 60)]
        else:
            end = found.find(b"\n", at)
            found[at : end if end > at else at + 1] = rng.choice([b"", b"x", b",,", b"1709283600"])
    return bytes(found)


def options_for(file, data):
    """Give the options that the file as it was asks for."""
    file.write_bytes(data)
    try:
        logs.read(file, channel="m")
    except TableError as error:
        return error.options
    return {}


def tried(file, data, options):
    """Read a mutated file in both ways; any error must be our own, and both must agree."""
    file.write_bytes(data)
    found = outcome(logs.read, file, channel="m", **options)
    assert outcome(logs.read_large, file, channel="m", **options) == found, data


@pytest.mark.parametrize("part", range(4))
def test_mutated_files(tmp_path, part):
    pytest.importorskip("duckdb")
    rng = random.Random(f"strangers {part}")
    files = list(strangers.corpus())
    for k in range(60):
        name, data = files[rng.randrange(len(files))]
        file = tmp_path / f"{k}{pathlib.Path(name).suffix}"
        told = options_for(file, data) if k % 2 else {}
        tried(file, mutated(data, rng), told)


# Spells and snapshots


def test_own_stages_come_from_the_file(saved):
    text = "pair,channel,stage,entered,left,next_stage,age\n" + "".join(
        f"{k},shop,free,0,{5 + k},{'arrested' if k % 3 else ''},{20 + k % 4}\n" for k in range(40)
    )
    spells = tables.read(saved(text), "spells")
    assert spells.age.dtype == "int64"
    found = deepening.fit(spells)["all"].rates
    assert found[["stage", "next_stage"]].to_numpy().tolist() == [["free", "arrested"]]
    assert len(deepening.hazard_ratios(spells, "free", "arrested", ["age"])) == 1
    named = deepening.fit(spells, stages=("free", "arrested"))["all"].rates
    assert named.rate.tolist() == found.rate.tolist()


def test_a_covariate_of_numbers_that_is_text_is_refused():
    spells = pd.DataFrame(
        {
            "pair": range(8),
            "stage": "stranger",
            "entered": 0.0,
            "left": [1.0, 2, 3, 4, 5, 6, 7, 8],
            "next_stage": "acquaintance",
            "dose": list("12312312"),
        }
    )
    with pytest.raises(ValueError, match=r"table\.assign\(dose=pd\.to_numeric") as caught:
        deepening.hazard_ratios(spells, "stranger", "acquaintance", ["dose"])
    printed = str(caught.value).split("Make it numbers: ")[1].split("; or")[0]
    mended = eval(printed, {"table": spells, "pd": pd})
    assert len(deepening.hazard_ratios(mended, "stranger", "acquaintance", ["dose"])) == 1


def test_stages_that_are_numbers(saved):
    text = "pair,channel,time,stage\n1,clinic,0,1\n1,clinic,1,2\n2,clinic,0,1\n2,clinic,2,1\n"
    looks = tables.read(saved(text), "snapshots")
    told = [
        panel.fit_panel(looks, stages=stages, steps=[(stages[0], stages[1])], exact=())
        for stages in ((1, 2), ("1", "2"))
    ]
    assert told[0].rates().rate.tolist() == told[1].rates().rate.tolist()
