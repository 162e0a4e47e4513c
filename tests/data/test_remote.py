"""Fetching: terms before bytes, and never a file that is not the one described."""

import gzip
import hashlib
import re
import sys
import types
from dataclasses import replace

import pandas as pd
import pytest

from frontporch import data
from frontporch.data.remote import REMOTE, unpacked
from frontporch.groups import MissingPackage, line_for
from frontporch.names import UnknownName

KNOWN = REMOTE["students_online"]
LINES = b"1 2 1082040961\n3 4 1082155839\n"
SMALL = replace(KNOWN, sha256=hashlib.sha256(LINES).hexdigest(), rows=2)


@pytest.fixture
def pooch(monkeypatch):
    """A stand-in for pooch, which notes what it is asked for and writes a small file."""
    asked = []

    def retrieve(address, known_hash, fname, path):
        asked.append(address)
        (path / fname).write_bytes(gzip.compress(LINES))
        return str(path / fname)

    module = types.SimpleNamespace(retrieve=retrieve, os_cache=lambda name: pytest.fail("cache"))
    monkeypatch.setitem(sys.modules, "pooch", module)
    return asked


def test_terms_come_first_and_nothing_is_downloaded(pooch, capsys):
    about = data.fetch("students_online")
    shown = capsys.readouterr().out
    for fact in (about.address, about.sha256, about.licence, about.citation, "agree=True"):
        assert fact in shown
    assert not pooch


@pytest.mark.parametrize("agree", [1, "yes", None])
def test_only_true_is_agreement(pooch, agree):
    data.fetch("students_online", agree=agree)
    assert not pooch


def test_whoever_agrees_gets_an_interactions_table(pooch, capsys, monkeypatch, tmp_path):
    monkeypatch.setitem(REMOTE, "students_online", SMALL)
    table = data.fetch("students_online", agree=True, folder=tmp_path)
    assert pooch == [KNOWN.address]
    assert capsys.readouterr().out.startswith(KNOWN.title)
    # 14:56:01 UTC; the R package says 07:56:01, local time.
    assert table["start"].iloc[0] == pd.Timestamp("2004-04-15T14:56:01Z")
    assert table[["source", "target"]].values.tolist() == [["1", "2"], ["3", "4"]]
    assert table.attrs["observed_from_start"] is True


def test_a_changed_file_is_refused_and_stays(pooch, tmp_path):
    with pytest.raises(ValueError, match="was expected"):
        data.fetch("students_online", agree=True, folder=tmp_path)
    assert (tmp_path / "CollegeMsg.txt.gz").exists()


def test_a_damaged_file_says_so(tmp_path):
    broken = tmp_path / "broken.gz"
    broken.write_bytes(gzip.compress(LINES)[:-9])
    with pytest.raises(ValueError, match="damaged"):
        unpacked(SMALL, broken)


def test_a_table_of_another_length_is_refused(tmp_path):
    file = tmp_path / "plain.txt"
    file.write_bytes(LINES)
    with pytest.raises(ValueError, match="2 rows, but 3"):
        unpacked(replace(SMALL, rows=3), file)


def test_without_pooch_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(
        MissingPackage, match=rf"run  {re.escape(line_for('pooch'))} .*fetch the file https"
    ):
        data.fetch("students_online", agree=True)


def test_an_unknown_name_names_the_nearest():
    with pytest.raises(UnknownName, match="students_online"):
        data.fetch("student_online")


def test_the_hash_is_that_of_the_log_the_facts_were_counted_from(real_logs, tmp_path):
    # The same messages in another release: local time, seven hours before UTC.
    log = pd.read_csv(real_logs / "uci-online-community" / "messages.csv", parse_dates=["sent_at"])
    seconds = (log["sent_at"] - pd.Timestamp("1970-01-01")) // pd.Timedelta(seconds=1) + 7 * 3_600
    rows = zip(log["sender"], log["recipient"], seconds, strict=True)
    file = tmp_path / "written.txt"
    file.write_bytes("".join(f"{a} {b} {t}\n" for a, b, t in rows).encode())
    assert len(unpacked(KNOWN, file)) == 59_835


def test_the_line_for_a_file_fetched_by_hand_reads_it(tmp_path):
    import gzip

    from frontporch import deepening
    from frontporch.data import remote

    file = tmp_path / "CollegeMsg.txt.gz"
    text = b"1 2 1082040961\n3 4 1082155839\n2 1 1082414391\n"
    file.write_bytes(gzip.compress(text))
    log = eval(remote.BY_HAND.format(path=file), {"deepening": deepening})
    expected = deepening.logs.read(remote.REMOTE["students_online"].read(text))
    assert (log.begins, log.ends, log.pairs) == (expected.begins, expected.ends, expected.pairs)
