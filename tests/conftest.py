"""What several tests stand on: the reference from R and the real logs, where there are any."""

import os
import pathlib

# Before anything imports matplotlib: pictures are drawn without a screen.
os.environ.setdefault("MPLBACKEND", "agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import settings

from frontporch import data
from frontporch.deepening.ladder import STAGES

# A slow machine is no defect; the same examples on every run.
settings.register_profile("frontporch", deadline=None, derandomize=True)
# For runs that repeat the tests in another environment.
settings.register_profile("fewer", settings.get_profile("frontporch"), max_examples=20)
settings.load_profile("frontporch")


@pytest.fixture(autouse=True)
def no_picture_of_another():
    """No test meets a picture that an example or another test left open, or leaves one."""
    plt.close("all")
    yield
    plt.close("all")


@pytest.fixture
def saved(tmp_path):
    """Save a text or bytes under a name, and give the file."""

    def saved(content, name="given.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return file

    return saved


GOLDEN = pathlib.Path(__file__).parents[1] / "datasets" / "ladder_reference"


@pytest.fixture(scope="session")
def golden_spells():
    """The spells of the fixture that R was run on."""
    raw = pd.read_csv(GOLDEN / "transitions.csv")
    return pd.DataFrame(
        {
            "pair": raw["id"],
            "channel": np.where(raw["online"] == 1, "online", "offline"),
            "stage": [STAGES[k] for k in raw["from"]],
            "entered": raw["tstart"],
            "left": raw["tstop"],
            "next_stage": [STAGES[k] if k >= 0 else None for k in raw["to"]],
        }
    )


@pytest.fixture(scope="session")
def real_logs():
    """The folder of real logs; the test is skipped where FRONTPORCH_REAL names none."""
    folder = os.environ.get("FRONTPORCH_REAL", "")
    if not folder or not pathlib.Path(folder).is_dir():
        pytest.skip("FRONTPORCH_REAL names no folder of real logs")
    return pathlib.Path(folder)


@pytest.fixture(scope="session")
def printed():
    """Give a published number with its tolerance, from the one table that holds them all."""
    table = data.load("published_numbers", "numbers").set_index(["case", "quantity"])

    def within(case, quantity):
        value, tolerance = table.loc[(case, quantity)]
        return pytest.approx(value, abs=tolerance)

    return within
