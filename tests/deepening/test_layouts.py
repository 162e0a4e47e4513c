"""Spells in the layouts of other programs, and back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontporch import deepening, stats, tables
from frontporch.deepening import panel
from frontporch.names import UnknownName

STAGES = ("first", "second", "third", "gone")
COLUMNS = ["pair", "stage", "entered", "left", "next_stage"]


@st.composite
def spells(draw):
    """Stays of some pairs, one after the other; the last may be going on."""
    rows = []
    for pair in range(draw(st.integers(1, 5))):
        week = draw(st.sampled_from([0.0, 0.0, 2.5]))
        stage = draw(st.sampled_from(STAGES))
        for _ in range(draw(st.integers(1, 4))):
            left = week + draw(st.integers(1, 40)) / 4
            following = draw(st.sampled_from([None, *(one for one in STAGES if one != stage)]))
            rows.append((f"p{pair}", stage, week, left, following))
            if following is None:
                break
            week, stage = left, following
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.assign(channel="mail", age=np.arange(len(frame)))


def sorted_rows(frame):
    return frame.sort_values(["pair", "entered"]).reset_index(drop=True)


@settings(deadline=None, max_examples=40)
@given(spells())
def test_survival_and_back_through_a_file(tmp_path_factory, given_spells):
    file = tmp_path_factory.mktemp("out") / "stays.csv"
    made = deepening.to_layout(given_spells, "survival", stages=STAGES)
    assert list(made)[:5] == ["id", "tstart", "tstop", "event", "istate"]
    tables.write(made, file)
    names = ("id", "tstart", "tstop", "istate", "event")
    ours = ("pair", "entered", "left", "stage", "next_stage")
    back = tables.read(
        file, "spells", columns=dict(zip(names, ours, strict=True)), missing=["censored"]
    )
    back = back[list(given_spells)].assign(next_stage=back["next_stage"].astype(object))
    pd.testing.assert_frame_equal(
        back.replace({np.nan: None}), given_spells.replace({np.nan: None}), check_dtype=False
    )


@settings(deadline=None, max_examples=40)
@given(spells())
def test_mstate_and_back(given_spells):
    made = deepening.to_layout(given_spells, "mstate", stages=STAGES)
    moves = made.attrs["moves"]
    assert [made.attrs["stages"][k] for k in range(4)] == list(STAGES)
    for row in made.itertuples():
        assert moves[row.trans - 1] == (STAGES[row[2] - 1], STAGES[row.to - 1])
        assert row.time == row.Tstop - row.Tstart
    # A stay is the rows of one pair from one moment on; the row with status 1 says what followed.
    back = []
    for (pair, entered), rows in made.groupby(["id", "Tstart"]):
        one, moved = rows.iloc[0], rows[rows["status"] == 1]
        assert len(moved) <= 1
        following = STAGES[moved["to"].iloc[0] - 1] if len(moved) else None
        back.append((pair, STAGES[one["from"] - 1], entered, one["Tstop"], following))
    left = {a for a, _ in moves}
    kept = given_spells[given_spells["stage"].isin(left)][COLUMNS]
    told = sorted_rows(pd.DataFrame(back, columns=COLUMNS))
    pd.testing.assert_frame_equal(
        told.replace({np.nan: None}), sorted_rows(kept).replace({np.nan: None}), check_dtype=False
    )
    lost = len(given_spells) - len(kept)
    assert bool(made.attrs["notes"]) == bool(lost)
    assert not lost or made.attrs["notes"][0].startswith(f"{lost} stays")


@settings(deadline=None, max_examples=40)
@given(spells())
def test_msm_and_back(given_spells):
    made = deepening.to_layout(given_spells, "msm", stages=STAGES)
    back = []
    for pair, looks in made.groupby("subject"):
        assert looks["obstype"].tolist() == [1] + [2] * (len(looks) - 1)
        times, states = looks["time"].tolist(), looks["state"].tolist()
        for k in range(len(looks) - 1):
            following = STAGES[states[k + 1] - 1] if states[k + 1] != states[k] else None
            back.append((pair, STAGES[states[k] - 1], times[k], times[k + 1], following))
    told = sorted_rows(pd.DataFrame(back, columns=COLUMNS)).replace({np.nan: None})
    kept = sorted_rows(given_spells[COLUMNS]).replace({np.nan: None})
    pd.testing.assert_frame_equal(told, kept, check_dtype=False)


def test_the_example_of_msm2surv():
    # Jackson, R package msm, help page of msm2Surv: the same people as msm's looks and as the
    # rows of mstate. There every move of Q has a row; here those that were seen.
    looks = pd.DataFrame(
        {
            "pair": ["1"] * 4 + ["2"] * 2,
            "stage": ["s1", "s2", "s3", "s4", "s1", "s2"],
            "entered": [0.0, 27, 75, 97, 0, 90],
            "left": [27.0, 75, 97, 1106, 90, 1037],
            "next_stage": ["s2", "s3", "s4", None, "s2", None],
        }
    )
    made = deepening.to_layout(looks, "msm", stages=["s1", "s2", "s3", "s4"])
    assert made["time"].tolist() == [0, 27, 75, 97, 1106, 0, 90, 1037]
    assert made["state"].tolist() == [1, 2, 3, 4, 4, 1, 2, 2]
    rows = deepening.to_layout(looks, "mstate", stages=["s1", "s2", "s3", "s4"])
    assert rows[["id", "from", "to", "Tstart", "Tstop", "status"]].to_numpy().tolist() == [
        ["1", 1, 2, 0.0, 27.0, 1],
        ["1", 2, 3, 27.0, 75.0, 1],
        ["1", 3, 4, 75.0, 97.0, 1],
        ["2", 1, 2, 0.0, 90.0, 1],
        ["2", 2, 3, 90.0, 1037.0, 0],
    ]


def test_lifelines_columns_give_the_same_curve_and_hazard_ratio():
    drawn = deepening.Ladder.online_and_offline().simulate(pairs=300, seed=7)
    made = deepening.to_layout(drawn, "lifelines", stage="stranger", goal="acquaintance")
    assert list(made)[:4] == ["id", "duration", "entry", "event"] and set(made["event"]) == {0, 1}
    ours = drawn[drawn["stage"] == "stranger"]
    usual = stats.kaplan_meier(
        ours["left"] - ours["entered"], ours["next_stage"] == "acquaintance"
    ).summary()
    same = stats.kaplan_meier(made["duration"], made["event"] == 1).summary()
    pd.testing.assert_frame_equal(same, usual)
    online = pd.DataFrame({"online": (made["channel"] == "online").astype(float)})
    ratio = stats.cox(made["duration"], made["event"] == 1, online).summary()
    known = deepening.hazard_ratios(drawn, "stranger", "acquaintance", reference="offline")
    assert ratio["hazard_ratio"].iloc[0] == pytest.approx(known["hazard_ratio"].iloc[0])


def test_with_lifelines_itself():
    lifelines = pytest.importorskip("lifelines")
    drawn = deepening.Ladder.online_and_offline().simulate(pairs=300, seed=7)
    made = deepening.to_layout(drawn, "lifelines", stage="stranger", goal="acquaintance")
    made = made.assign(online=(made["channel"] == "online").astype(int))
    fitted = lifelines.CoxPHFitter().fit(
        made[["duration", "entry", "event", "online"]], "duration", "event", entry_col="entry"
    )
    known = deepening.hazard_ratios(drawn, "stranger", "acquaintance", reference="offline")
    ratio = float(fitted.hazard_ratios_["online"])
    assert ratio == pytest.approx(known["hazard_ratio"].iloc[0], rel=1e-4)


def test_events_are_numbered_for_competing_risks():
    drawn = deepening.Ladder.online_and_offline().simulate(pairs=100, seed=7)
    made = deepening.to_layout(drawn, "lifelines", stage="stranger")
    assert made.attrs["codes"] == {"acquaintance": 1, "lost": 2}
    ends = drawn[drawn["stage"] == "stranger"]["next_stage"]
    expected = ends.map({"acquaintance": 1, "lost": 2}).fillna(0).astype(int)
    assert made["event"].tolist() == expected.tolist()


def test_late_entry_is_kept_and_what_is_not_known_is_said():
    late = pd.DataFrame(
        {
            "pair": ["ann", "bob"],
            "stage": ["stranger", "friend"],
            "entered": [3.0, 3.0],
            "left": [9.0, 8.0],
            "next_stage": ["friend", None],
        }
    )
    made = deepening.to_layout(late, "lifelines", stage="stranger", goal="friend")
    assert made[["duration", "entry", "event"]].to_numpy().tolist() == [[9.0, 3.0, 1.0]]
    unknown = deepening.to_layout(late, "lifelines", stage="friend", goal="lost")
    assert len(unknown) == 0 and unknown.attrs["notes"][0].startswith("1 stays are left out")


def test_snapshots_for_msm():
    drawn = deepening.Ladder.online_and_offline().simulate(pairs=50, weeks=20, seed=7)
    looks = panel.snapshots(drawn, every=2)
    made = deepening.to_layout(looks, "msm")
    assert made["time"].tolist() == looks["time"].tolist()
    names = np.array(made.attrs["stages"])
    assert names[made["state"] - 1].tolist() == looks["stage"].astype(str).tolist()
    lost = looks["stage"].to_numpy(object) == "lost"
    assert made["obstype"].tolist() == np.where(lost, 3, 1).tolist()
    assert (deepening.to_layout(looks, "msm", exact=())["obstype"] == 1).all()
    with pytest.raises(ValueError, match="these are snapshots: take 'msm'"):
        deepening.to_layout(looks, "mstate")
    with pytest.raises(UnknownName, match="'lost'"):
        deepening.to_layout(looks, "msm", exact=("losst",))


def test_stays_that_last_no_time_are_left_out_and_said():
    ended = pd.DataFrame(
        {
            "pair": ["ann", "ann"],
            "stage": ["stranger", "lost"],
            "entered": [0.0, 4.0],
            "left": [4.0, 4.0],
            "next_stage": ["lost", None],
        }
    )
    for layout in ("survival", "mstate"):
        made = deepening.to_layout(ended, layout)
        assert len(made) == 1 and "1 stays that last no time" in made.attrs["notes"][0]
    assert deepening.to_layout(ended, "msm")["state"].tolist() == [1, 5]


def test_what_cannot_be_laid_out_is_said():
    one = pd.DataFrame(
        {
            "pair": ["ann"],
            "stage": ["stranger"],
            "entered": [0.0],
            "left": [9.0],
            "next_stage": ["friend"],
        }
    )
    with pytest.raises(UnknownName, match="'mstate'"):
        deepening.to_layout(one, "mstat")
    with pytest.raises(ValueError, match="say which, as stage='stranger'"):
        deepening.to_layout(one, "lifelines")
    with pytest.raises(UnknownName, match="'friend'"):
        deepening.to_layout(one, "lifelines", stage="stranger", goal="frend")
    with pytest.raises(ValueError, match=r"a column 'time'.*rename"):
        deepening.to_layout(one.assign(time=3), "mstate")
    with pytest.raises(ValueError, match='called "censored"'):
        deepening.to_layout(one.assign(next_stage="censored", stage="new"))
