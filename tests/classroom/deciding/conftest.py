"""A record of its own for each test, and a decision that can be worked out by hand."""

import numpy as np
import pytest

from frontporch.classroom import Decision, Slider, team

WORLDS = {"people read signs": 3_000.0, "nobody reads signs": 0.0}


def year(world, option, budget, seeds):
    """Give what the sign sells, less its price; a seed is worth ten dollars on either option."""
    luck = 10.0 * (np.asarray(seeds, dtype=float) % 200)
    return {
        "hang a sign": world - budget + luck,
        "also a sign": world - budget + luck,
        "leave it": np.zeros(len(seeds)),
    }[option]


@pytest.fixture
def decision():
    return Decision(
        id="9.decision",
        shop="the café",
        question="Hang out a sign?",
        options={
            "hang a sign": "It hangs over the door.",
            "also a sign": "The same sign by another name.",
            "leave it": "Nothing changes.",
        },
        worlds=lambda: WORLDS,
        year=year,
        knowable="Count for a week who looks up.",
        amount=Slider("budget", "budget", 500, 2_000, 500, 1_000, unit="dollars"),
    )


@pytest.fixture
def record(tmp_path, monkeypatch):
    file = tmp_path / "my-answers.json"
    monkeypatch.setenv("FRONTPORCH_RECORD", str(file))
    team("Blue Door")
    return file
