"""The real logs, where they are present: every count that the kit carries comes out again.

Students online: Panzarasa, Opsahl & Carley (2009). Badges: Génois & Barrat (2018), Génois et
al. (2015). Offices were not observed from their start.
"""

import numpy as np
import pandas as pd
import pytest

from frontporch import data
from frontporch.deepening import fit, logs
from frontporch.deepening.logs import duckdb_log

BADGES = {
    "conference 2009": ("conference_sfhh_2009", 0.175),
    "office 2013": ("workplace_2013", 0.176),
    "office 2015": ("workplace_2015", 0.164),
}
RUNS = 200
NAMES = {"sent_at": "start", "sender": "source", "recipient": "target"}
CONTACTS = {"start_s": "start", "end_s": "end", "person_a": "source", "person_b": "target"}


@pytest.fixture(scope="module")
def students(real_logs):
    path = real_logs / "uci-online-community" / "messages.csv"
    return logs.read(path, columns=NAMES, channel="online message", observed_from_start=True)


def badges(folder, name):
    return logs.read(
        folder / "sociopatterns-cc0" / f"{BADGES[name][0]}.csv",
        columns=CONTACTS,
        directed=False,
        channel="face to face",
        seconds_since="2009-01-01",
        observed_from_start=False,
    )


def share(log, hours, encounter=2, counted="any"):
    waits = logs.waits(log, encounter, counted, although_truncated=True)
    return logs.share_within(hours)(waits, np.ones(len(waits)))


def same_as_published(counts, community):
    published = data.load("deepening_life_tables").query("community == @community")
    pd.testing.assert_frame_equal(
        counts, published.reset_index(drop=True), check_dtype=False, check_like=True
    )


def test_students_online(students):
    assert (students.rows, students.pairs, len(students.people)) == (59_835, 13_838, 1_899)
    seen = students.noticed.set_index("what")["count"]
    assert seen["duplicate: same people, begin and end"] == 37
    assert share(students, 24) == pytest.approx(0.278, abs=0.0005)
    assert share(students, 24, counted="both spoken") == pytest.approx(0.211, abs=0.0005)
    assert share(students, 168, 5) == pytest.approx(0.067, abs=0.0005)
    assert share(students, 168, 5, "both spoken") == pytest.approx(0.062, abs=0.0005)


def test_the_ladder_is_the_published_one(students):
    published = data.load("exchange_ladder").query("community == 'students online'")
    found = logs.exchange_ladder(students)
    for column in found:
        assert found[column].tolist() == published[column].tolist()


def test_the_life_tables_are_the_published_ones(students):
    same_as_published(logs.life_tables(students, "students online"), "students online")


@pytest.mark.parametrize("community", BADGES)
def test_badges(real_logs, community):
    log = badges(real_logs, community)
    assert share(log, 24) == pytest.approx(BADGES[community][1], abs=0.0005)
    with pytest.raises(ValueError, match="not observed from its start"):
        logs.life_tables(log)
    same_as_published(logs.life_tables(log, community, although_truncated=True), community)


def test_half_get_an_answer_and_the_quick_median_is_of_the_answered(students):
    opened = logs.replies(students).query("turn == 0")
    assert opened["answered"].mean() == pytest.approx(0.467, abs=0.0005)
    assert opened.loc[opened["answered"], "hours"].median() == pytest.approx(3.9, abs=0.05)
    # With the unanswered counted as long as they waited, half are never answered.
    assert np.isnan(logs.reply_latency(students).quantile(0.5)[0])
    waits = logs.replies(students).query("answered")
    for turn, (mean, spread) in enumerate(
        [
            (9.22, 3.11),
            (8.37, 3.08),
            (8.30, 3.09),
            (7.75, 3.03),
            (7.96, 3.16),
            (7.66, 3.16),
            (7.76, 3.18),
            (7.36, 2.99),
        ]
    ):
        ln = np.log(np.maximum(waits.loc[waits["turn"] == turn, "hours"] * 3_600, 1))
        assert (ln.mean(), ln.std()) == (
            pytest.approx(mean, abs=0.006),
            pytest.approx(spread, abs=0.006),
        )


def test_intervals_over_people_are_the_published_ones(real_logs, students):
    published = data.load("deepening_life_tables", "person_intervals")
    everybody = published[published["pairs_chosen"] == "all"]
    for community, rows in everybody.groupby("community"):
        log = students if community == "students online" else badges(real_logs, community)
        for row in rows.itertuples():
            waits = logs.waits(log, row.encounter, row.counted, although_truncated=True)
            found = logs.bootstrap(
                waits, logs.share_within(row.hours), seed=7, runs=RUNS, method="people"
            )
            # A quantile of n draws is known to √(.975 × .025 / n) / .0584 standard errors, and
            # the published one is a draw as well: three standard errors of the difference.
            luck = np.sqrt(0.975 * 0.025 / RUNS) / 0.0584
            near = 3 * np.sqrt(2) * luck * found.standard_errors[0] + 0.0005
            assert found.lower[0] == pytest.approx(row.lower, abs=near), row
            assert found.upper[0] == pytest.approx(row.upper, abs=near), row


def test_on_disk_as_in_memory(real_logs, students, monkeypatch):
    pytest.importorskip("duckdb")
    monkeypatch.setattr(duckdb_log, "ROWS_AT_ONCE", 9_999)
    path = real_logs / "uci-online-community" / "messages.csv"
    large = logs.read_large(path, columns=NAMES, channel="online message", observed_from_start=True)
    pd.testing.assert_frame_equal(logs.spells(large), logs.spells(students))
    pd.testing.assert_frame_equal(logs.life_tables(large), logs.life_tables(students))


def test_ten_lines_from_the_file_to_rates(students):
    spells = logs.spells(students, lost_after_weeks=4)
    rates = fit(spells).summary().set_index(["stage", "next_stage"])["events"]
    # Lost pairs are not looked at again, so fewer answers than the ladder counts.
    assert 6_000 < rates["stranger", "acquaintance"] < 6_458
    assert spells["pair"].nunique() == 13_838
