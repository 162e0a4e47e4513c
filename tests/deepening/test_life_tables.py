"""Encounters on the real counts, against the logs they were counted from.

Reference: shares computed from the logs themselves, with the exact time of each encounter
(students online: Panzarasa, Opsahl & Carley 2009; conference and offices: Génois & Barrat
2018, Génois et al. 2015).
"""

import numpy as np
import pandas as pd
import pytest

from frontporch import data
from frontporch.course.lesson_01 import only_pairs_that_ever
from frontporch.deepening import encounter_curves
from frontporch.stats import kaplan_meier, life_table


@pytest.fixture(scope="module")
def tables():
    return data.load("deepening_life_tables")


def test_shares_from_bins_are_those_of_the_logs(tables):
    # The hour lies inside a bin, whose arrivals are spread evenly: half a point at most.
    exact = data.load("deepening_life_tables", table="person_intervals")
    exact = exact[exact["pairs_chosen"] == "all"]
    assert len(exact) == 9
    for row in exact.itertuples():
        curves = encounter_curves(tables, row.encounter, row.counted)
        found = curves.reached(row.hours).loc[row.community, "per cent"]
        assert found == pytest.approx(100 * row.share, abs=0.5), row


def test_pairs_are_counted_as_published(tables):
    found = encounter_curves(tables).reached(24)
    assert found["pairs"].to_dict() == {
        "students online": 13_838,
        "conference 2009": 9_565,
        "office 2013": 755,
        "office 2015": 4_274,
        "students by phone": 697,
    }


def test_conditioning_on_the_future_multiplies_the_share(tables):
    # 6,458 of 13,838 pairs ever replied (the exchange ladder). Among them, 45.2 % reach the
    # second encounter with both having spoken within 24 h.
    ladder = data.load("exchange_ladder").query("community == 'students online'")
    replied = int(ladder.iloc[0]["dyads_reaching_next"])
    assert replied == 6_458
    both = tables.query(
        "community == 'students online' and counted == 'both spoken' and encounter == 2"
    )
    chosen = life_table(only_pairs_that_ever(both, replied))
    assert chosen.started == pytest.approx(6_458)
    assert chosen.at(24)["reached"].iloc[0] == pytest.approx(0.452, abs=0.005)


def test_no_median_exists_online(tables):
    assert np.isnan(encounter_curves(tables)["students online"].quantile(0.5)[0])


def test_only_pairs_that_ever_says_its_range(tables):
    one = tables.query("community == 'office 2013' and encounter == 2")
    with pytest.raises(ValueError, match=r"from 331 .* to 755"):
        only_pairs_that_ever(one, 100)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"encounter": 4}, "has the encounters 2, 3, 5, 10"),
        ({"counted": "both spokn"}, "Did you mean 'both spoken'"),
    ],
)
def test_what_there_is_not_is_named(tables, settings, message):
    with pytest.raises(ValueError, match=message):
        encounter_curves(tables, **settings)


@pytest.mark.parametrize("community", ["conference_sfhh_2009", "workplace_2013", "workplace_2015"])
def test_curve_from_bins_follows_the_curve_from_the_log(tables, real_logs, community):
    name = {
        "conference_sfhh_2009": "conference 2009",
        "workplace_2013": "office 2013",
        "workplace_2015": "office 2015",
    }[community]
    log = pd.read_csv(real_logs / "sociopatterns-cc0" / f"{community}.csv")
    log = log.sort_values(["person_a", "person_b", "start_s"])
    pair = [log["person_a"], log["person_b"]]
    before = log.groupby(pair)["end_s"].cummax().groupby(pair).shift()
    starts = log[before.isna() | (log["start_s"] - before >= 3_600)]
    number = starts.groupby(["person_a", "person_b"]).cumcount() + 1
    first = starts[number == 1].set_index(["person_a", "person_b"])["start_s"]
    second = starts[number == 2].set_index(["person_a", "person_b"])["start_s"]
    wait = (second - first).reindex(first.index) / 3_600
    seen = wait.notna()
    wait = wait.fillna((log["end_s"].max() - first) / 3_600)
    exact = kaplan_meier(wait, seen, unit="hours")
    binned = encounter_curves(tables)[name]
    edges = binned.times[binned.times <= min(exact.last, 200)]
    gap = binned.at(edges)["reached"] - exact.at(edges)["reached"]
    assert gap.abs().max() < 0.008


def test_badges_do_not_record_who_speaks(tables):
    with pytest.raises(ValueError, match="badges do not record"):
        encounter_curves(tables.query("channel == 'face to face'"), counted="both spoken")
