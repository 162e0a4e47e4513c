"""What is said of growth shows no more digits than are certain, and each count keeps its day."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from frontporch import fans
from frontporch.fans.growth.comparison import _disagreements

DAYS = pd.date_range("2003-01-01", periods=12, freq="YS")


@pytest.fixture(scope="module")
def growth():
    users = [
        90_000,
        210_000,
        400_000,
        700_000,
        1_150_000,
        1_800_000,
        2_600_000,
        3_500_000,
        4_300_000,
        4_900_000,
        5_300_000,
        5_500_000,
    ]
    return fans.fit(pd.DataFrame({"date": DAYS, "users": users}))


def moved(growth, ceiling):
    """The same fit with another ceiling."""
    inner = growth.estimate.inner.copy()
    inner[growth.estimate.place] = np.log(ceiling)
    return replace(growth, estimate=replace(growth.estimate, inner=inner))


@pytest.mark.parametrize("off", [0.0, 1e-8, -1e-8])
def test_a_ceiling_that_ran_away_is_said_in_millions(growth, off):
    notes = moved(growth, 263_444_405 * (1 + off)).notes
    assert "a ceiling of about 263 million users, 48 times the last total" in notes[0]


@pytest.mark.parametrize("off", [0.0, 1e-8, -1e-8])
def test_ceilings_apart_are_said_in_millions(growth, off):
    two = {"low": moved(growth, 7_701_320), "high": moved(growth, 13_020_672 * (1 + off))}
    (said,) = _disagreements(two)
    assert "about 7.7 million against about 13 million users. The counts cannot tell" in said


def test_each_count_keeps_its_day(growth):
    series = growth.series
    assert series.dates(series.times).tolist() == DAYS.tolist()
    days = np.arange(20_000)
    told = series.dates(days / 365.25)
    assert (told == series.origin + pd.to_timedelta(days, unit="D")).all()
