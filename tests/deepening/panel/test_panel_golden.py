"""Snapshots of the fixture: R's msm beside ours (science: table C1, row 13).

Reference: R 4.2.2, msm 1.7 with deathexact, in tests/golden/r_reference.txt.
"""

import pathlib

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening.ladder import STAGES
from frontporch.deepening.panel import fit_panel, read_snapshots, snapshots

GOLDEN = pathlib.Path(__file__).parents[2] / "golden"
# qmatrix.msm: rates per week.
RATES = {
    ("stranger", "acquaintance"): 0.1406042035,
    ("stranger", "lost"): 0.0667813237,
    ("acquaintance", "buyer"): 0.09041245243,
    ("acquaintance", "lost"): 0.0457835661,
    ("buyer", "acquaintance"): 0.0230343419,
    ("buyer", "friend"): 0.0608361321,
    ("buyer", "lost"): 0.0280260266,
    ("friend", "buyer"): 0.00794739619,
    ("friend", "lost"): 0.0099521511,
}
# pmatrix.msm(m, t=26)
WEEK_26 = [
    [0.00455275068, 0.07057406999, 0.1163708781, 0.155986751, 0.652515550],
    [0, 0.05934954732, 0.1332293393, 0.260567292, 0.546853821],
    [0, 0.03394278185, 0.1180609314, 0.430575079, 0.417421208],
    [0, 0.00867222881, 0.0562486573, 0.684677321, 0.250401793],
    [0, 0, 0, 0, 1],
]
# statetable.msm
TABLE = [
    [186, 279, 129, 29, 363],
    [0, 189, 128, 46, 134],
    [0, 37, 220, 145, 89],
    [0, 0, 36, 738, 67],
    [0, 0, 0, 0, 0],
]


@pytest.fixture(scope="module")
def looks():
    raw = pd.read_csv(GOLDEN / "panel.csv")
    return pd.DataFrame(
        {
            "pair": raw["id"],
            "channel": np.where(raw["online"] == 1, "online", "offline"),
            "time": raw["week"],
            "stage": [STAGES[k - 1] for k in raw["state"]],
        }
    )


@pytest.fixture(scope="module")
def estimate(looks):
    return fit_panel(looks)


def test_minus_twice_the_log_likelihood(estimate):
    assert -2 * estimate.log_likelihood == pytest.approx(8733.98382, abs=1e-3)


def test_every_rate(estimate):
    found = estimate.rates().set_index(["stage", "next_stage"])["rate"]
    assert dict(found) == pytest.approx(RATES, abs=1e-6)


def test_probabilities_after_26_weeks(estimate):
    np.testing.assert_allclose(estimate.ladder().transition_matrix("all", 26), WEEK_26, atol=1e-6)


def test_moves_from_look_to_look(looks):
    np.testing.assert_array_equal(read_snapshots(looks).table(), TABLE)


def test_snapshots_of_the_spells_are_the_panel_row_by_row(looks, golden_spells):
    made = snapshots(golden_spells, every=8)
    assert list(made.columns) == ["pair", "channel", "time", "stage"]
    pd.testing.assert_frame_equal(
        made.astype({"stage": object, "channel": object}),
        looks.astype({"stage": object, "channel": object}),
        check_categorical=False,
    )
