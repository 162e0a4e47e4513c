"""Targeted or generic messages, by stage of the search."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.course.lesson_08 import Messages
from frontporch.names import UnknownName

shares = st.floats(0.001, 0.2)


def test_net_return_is_purchases_times_margin_less_cost():
    messages = Messages(narrowed_targeted=0.04, setup=50.0)
    for whom in ("anybody", "narrowed first"):
        table = messages.net(np.linspace(0, 1, 11), whom)
        np.testing.assert_allclose(
            table["net"], table["purchases"] * messages.margin - table["cost"]
        )
        np.testing.assert_allclose(
            table["against_generic"], table["net"] - table["net"].iloc[0], atol=1e-9
        )
        assert table["purchases"].iloc[-1] == pytest.approx(10_000 * (0.2 * 0.04 + 0.8 * 0.007))
    first = messages.net(np.linspace(0, 1, 101), "narrowed first")
    assert first["targeted"][first["net"].idxmax()] == pytest.approx(0.2)


@given(shares, shares, shares, shares, st.floats(0.05, 0.95), st.floats(0, 500))
def test_at_the_flip_both_messages_pay_the_same(a, b, c, d, narrowed, setup):
    messages = Messages(
        broad_generic=a,
        broad_targeted=b,
        narrowed_generic=c,
        narrowed_targeted=d,
        narrowed=narrowed,
        setup=setup,
    )
    for row in messages.flips().itertuples():
        if row.reached:
            there = replace(messages, **{row.assumption: row.flips_at})
            assert there.net([1.0])["against_generic"].iloc[0] == pytest.approx(0, abs=1e-6)


def test_where_targeting_is_never_better_nothing_flips_by_more_narrowed_people():
    flips = Messages().flips().set_index("assumption")
    assert not flips.loc["narrowed", "reached"]
    better = Messages(narrowed_targeted=0.04).flips().set_index("assumption")
    assert better.loc["narrowed", "flips_at"] == pytest.approx(0.08 / 0.26)
    assert better.loc["narrowed", "reached"]


def test_the_experiment_splits_people_in_half():
    drawn = Messages(people=1_001).simulate(7)
    assert drawn["message"].value_counts().to_dict() == {"generic": 501, "targeted": 500}


def test_names_are_checked():
    with pytest.raises(UnknownName, match="Did you mean 'narrowed first'"):
        Messages().net([0.5], "narrow first")
    with pytest.raises(ValueError, match="shares from 0 to 1"):
        Messages().net([1.5])
