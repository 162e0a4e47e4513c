"""Who opens up first: conversations, answers, the ladder, and the pictures."""

import numpy as np
import pandas as pd
import pytest

from frontporch import classroom, look
from frontporch.deepening import logs
from frontporch.deepening.reciprocity import (
    Disclosure,
    Hawkes,
    conversations,
    once_told,
    plot_depths,
    plot_messages,
    plot_path,
    plot_phase,
    plot_who_opens,
    who_opens,
)

SENT = pd.DataFrame(
    {
        "start": [
            "2026-03-01T09:00:00", "2026-03-01T09:05:00", "2026-03-02T13:00:00",
            "2026-03-02T13:10:00", "2026-03-03T20:00:00", "2026-03-01T10:00:00",
        ],
        "source": ["ann", "bob", "bob", "ann", "ann", "cat"],
        "target": ["bob", "ann", "ann", "bob", "bob", "ann"],
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def found():
    slow = Hawkes((0.02, 0.01), ((0.1, 0.3), (0.5, 0.1)), 0.5)
    return who_opens(logs.read(slow.simulate(24 * 7, seed=7, pairs=150)), seed=7, runs=100)


def test_conversations_are_counted_by_hand():
    talks = conversations(logs.read(SENT, channel="message"), silence_hours=8)
    assert talks["opener"].tolist() == ["ann", "bob", "ann", "cat"]
    assert talks["by_first"].tolist() == [True, False, True, True]
    assert talks["answered"].tolist() == [True, True, False, False]
    assert talks["messages"].tolist() == [2, 2, 1, 1]
    assert talks["begins"].tolist() == [0, 28, 59, 0]
    longer = conversations(logs.read(SENT, channel="message"), silence_hours=40)
    assert len(longer) == 2


def test_shares_have_intervals_and_the_ladder_is_that_of_the_log(found):
    assert ((found.table["lower"] <= found.table["share"]) & (
        found.table["share"] <= found.table["upper"])).all()  # fmt: skip
    steps = found.ladder.dropna(subset="lower")
    assert len(steps) >= 2
    assert (steps["goes_on"] * steps["dyads_reaching"]).to_numpy() == pytest.approx(
        steps["dyads_reaching_next"].to_numpy()
    )
    assert ((steps["lower"] <= steps["goes_on"]) & (steps["goes_on"] <= steps["upper"])).all()
    summary = found.summary()
    assert summary["what"].iloc[-1].startswith("median hours")
    assert np.isfinite(summary["estimate"].iloc[-1])


def test_the_same_seed_gives_the_same_interval():
    log = logs.read(Hawkes((0.02, 0.02), ((0, 0.3), (0.3, 0)), 1.0).simulate(200, 7, pairs=40))
    one, other = (who_opens(log, seed=3, runs=100).table for _ in range(2))
    pd.testing.assert_frame_equal(one, other)


def test_an_undirected_log_cannot_say_who_opens():
    log = logs.read(SENT, channel="badge", directed=False)
    with pytest.raises(ValueError, match="undirected"):
        conversations(log)


def test_the_phase_picture_ends_at_rest():
    ax = plot_phase()
    rest = next(line for line in ax.get_lines() if line.get_label() == "_rest")
    assert (rest.get_xdata()[0], rest.get_ydata()[0]) == pytest.approx((0.5, 0.6), abs=1e-6)
    assert "settles at 0.50 and 0.60" in look.alt_text(ax)
    assert "without bound" in look.alt_text(plot_phase(1.2, 1.0))


def test_paths_are_told():
    assert "first goes from 0 at 0 to 0.5 at 20" in look.alt_text(plot_depths())
    brand = Disclosure.with_brand(once_told(0.3, 0.5), customer=0.35)
    text = look.alt_text(plot_path(brand, names=("customer", "brand")))
    assert "brand goes from 0 at 0 to 0.55" in text
    assert "closeness" in look.alt_text(plot_path(Disclosure(warmth=0.2)))


def test_messages_and_rates_are_those_of_the_process():
    ax = plot_messages(answers=0.4, seed=3)
    pair = Hawkes((0.125, 0.125), ((0.1, 0.4), (0.4, 0.1)), 1.0)
    one, other = pair.events(72, seed=3).counts()[0]
    assert f"A writes {one} messages and B {other}." in look.alt_text(ax)


def test_who_opens_is_drawn_with_its_intervals(found):
    text = look.alt_text(plot_who_opens(found))
    assert f"after 0: {found.ladder['goes_on'].iloc[0]:.0%}" in text


@pytest.mark.parametrize(
    ("function", "name", "value"),
    [
        (plot_phase, "reciprocity_first", 1.2), (plot_depths, "reciprocity_second", 1.0),
        (plot_messages, "answers", 0.8),
    ],
)  # fmt: skip
def test_a_panel_drives_the_pictures(function, name, value):
    panel = classroom.panel(function, classroom.Slider(name, name, 0.0, 1.2, 0.1, 0.4))
    before = panel.picture()
    panel.set(**{name: value})
    after = panel.picture()
    assert before.png != after.png
