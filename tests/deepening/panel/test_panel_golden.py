"""Snapshots of the fixture, on which R's msm was run: they are those of its spells."""

import pathlib

import numpy as np
import pandas as pd
import pytest

from frontporch.deepening.ladder import STAGES
from frontporch.deepening.panel import snapshots

GOLDEN = pathlib.Path(__file__).parents[3] / "datasets" / "ladder_reference"


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


def test_snapshots_of_the_spells_are_the_panel_row_by_row(looks, golden_spells):
    made = snapshots(golden_spells, every=8)
    assert list(made.columns) == ["pair", "channel", "time", "stage"]
    pd.testing.assert_frame_equal(
        made.astype({"stage": object, "channel": object}),
        looks.astype({"stage": object, "channel": object}),
        check_categorical=False,
    )
