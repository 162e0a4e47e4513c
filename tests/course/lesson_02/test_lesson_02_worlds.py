"""Two worlds with the same surface, told apart by what waiting changes and by the trial."""

import numpy as np
import pytest

from frontporch.course.lesson_02 import worlds
from frontporch.course.lesson_02.worlds import surface
from frontporch.deepening.offers import immortal_time, trial

BOTH = worlds()
SHOPS = list(BOTH.values())


@pytest.fixture(scope="module")
def logs():
    return [shop.simulate(8_000, 52, seed=7) for shop in SHOPS]


def test_the_surfaces_agree():
    true, false = (surface(shop.model) for shop in SHOPS)
    assert true == pytest.approx(false, abs=1e-9)
    # Before an offer nothing differs at all.
    assert SHOPS[0].model.hazards(3.0, 0.0) == pytest.approx(SHOPS[1].model.hazards(3.0, 0.0))


def test_the_surface_is_what_simulation_shows(logs):
    for shop, log in zip(SHOPS, logs, strict=True):
        for share, name in zip(surface(shop.model), ("friend", "lost"), strict=True):
            found = (log["next_stage"] == name).mean()
            assert abs(found - share) <= 4 * np.sqrt(share * (1 - share) / len(log))


def test_counting_does_not_tell_them_apart(logs):
    for offered in (True, False):
        shares = []
        for log in logs:
            own = log[log["offered_at"].notna() == offered]
            shares.append(((own["next_stage"] == "friend").mean(), len(own)))
        (a, n), (b, m) = shares
        assert abs(a - b) <= 4 * np.sqrt(a * (1 - a) / n + b * (1 - b) / m) + 0.02


def test_the_naive_reading_praises_the_offer_in_both(logs):
    for log in logs:
        assert immortal_time(log, "lost").ever_offered.upper < 0.3


def test_what_waiting_changes_tells_them_apart():
    for seed in range(5):
        true, false = (
            BOTH.read(shop.simulate(2_000, 52, seed)).at(4, against=0).iloc[0] for shop in SHOPS
        )
        assert true["upper"] < 0 and false["lower"] > 0


def test_the_trial_tells_them_apart():
    for seed in range(5):
        said = [trial(shop.randomise(800, 26, seed)).says for shop in SHOPS]
        assert said == ["more friends from the first visit", "fewer friends from the first visit"]


def test_the_right_week_is_another_one():
    weeks = np.arange(0, 27, 0.5)
    best = [weeks[shop.model.gain(weeks)["gain"].argmax()] for shop in SHOPS]
    assert best[0] == 0 and 3 <= best[1] <= 6


def test_a_log_does_not_say_why_strangers_were_lost(logs):
    for log in logs:
        assert set(log["next_stage"].dropna()) == {"friend", "lost"}
        assert list(log["stage"].cat.categories) == ["stranger", "friend", "lost"]


def test_shuffled_worlds_hide_which_is_which():
    both = [worlds(shuffle=seed) for seed in range(12)]
    assert all(list(one) == ["A", "B"] for one in both)
    assert {one.truth for one in both} == {"A", "B"}


def test_where_no_double_exists_it_is_said():
    with pytest.raises(ValueError, match="no double with the same surface"):
        worlds(weeks=0.05)
