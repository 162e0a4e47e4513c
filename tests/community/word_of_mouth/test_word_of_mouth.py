"""Carry-over against its closed form, and its picture."""

import numpy as np
import pytest

from frontporch import look
from frontporch.community.word_of_mouth.carry_over import carry_over
from frontporch.community.word_of_mouth.pictures import plot_carry_over
from frontporch.community.word_of_mouth.weekly import Weeks
from frontporch.streams import spawn


def test_responses_are_found_in_long_series():
    weeks = Weeks()
    found = carry_over(weeks.simulate(20_000, seed=7), lags=1, horizon=8)
    truth = weeks.response(8)
    for k, source in enumerate(("talk", "events", "media")):
        one = found.of(source)
        assert one["response"].to_numpy() == pytest.approx(truth[:, k], abs=0.03)
        row = found.total.set_index("source").loc[source]
        assert row["lower"] < truth[:, k].sum() < row["upper"]
        assert row["total"] == pytest.approx(one["response"].sum())


def test_lags_are_chosen_and_weeks_of_carry_over_counted():
    found = carry_over(Weeks().simulate(1_000, seed=7))
    assert found.lags == 1 and found.weeks == 1_000
    talk = found.total.set_index("source").loc["talk"]
    above = found.of("talk").query("lower > 0")["week"]
    assert talk["weeks"] == above.max() >= 4
    assert found.notes and "not effects" in found.notes[0]


def test_intervals_hold_the_total():
    truth, inside = Weeks().response(12).sum(axis=0), np.zeros(3)
    for rng in spawn(7, 150):
        table = carry_over(Weeks().simulate(400, rng), lags=1).total
        inside += (table["lower"] <= truth) & (truth <= table["upper"])
    # Four standard errors below 95 % of 150; long series only: least squares leans to 0.
    assert (inside / 150 > 0.95 - 4 * np.sqrt(0.95 * 0.05 / 150)).all()


def test_few_weeks_and_unstable_series_are_said():
    few = carry_over(Weeks().simulate(40, seed=7), lags=1)
    assert any("few" in note for note in few.notes)
    weeks = Weeks().simulate(200, seed=7)
    weeks["customers"] = np.exp(np.linspace(0, 12, 200) ** 2 / 12 + 0.01 * np.sin(weeks["week"]))
    assert any("come back" in note for note in carry_over(weeks, lags=1).notes)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (lambda t: t.drop(columns="talk"), "no column 'talk'"),
        (lambda t: t.assign(media=t["media"].where(t["week"] != 5, 0.0)), "row 4, column 'media'"),
        (lambda t: t[t["week"] != 9], "week 10 does not follow week 8"),
        (lambda t: t.assign(events=3.0), "'events' never changes"),
        (lambda t: t.assign(media=0.1), "'media' never changes"),  # its mean is off by a last digit
        (lambda t: t.head(9), "are needed for 4 series"),
    ],
)
def test_a_wrong_series_is_named(change, text):
    with pytest.raises(ValueError, match=text):
        carry_over(change(Weeks().simulate(60, seed=7)), lags=1)


def test_weeks_that_explode_are_refused():
    with pytest.raises(ValueError, match="without end"):
        Weeks(talk=0.9, talked_about=0.9)


def test_the_picture_tells_what_was_found():
    found = carry_over(Weeks().simulate(200, seed=7), lags=1, horizon=6)
    ax = plot_carry_over(found)
    lines = {line.get_label(): np.asarray(line.get_ydata()).tolist() for line in ax.lines}
    assert lines["talk"] == found.of("talk")["response"].tolist()
    assert "talk: highest" in look.alt_text(ax) and look.picture(ax)[1:4] == b"PNG"
