"""What fits its question, for any number, choice and range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.predicting.commitment import certainty, checked, number

NUMBERS = st.floats(-1e6, 1e6)


@given(st.tuples(NUMBERS, NUMBERS, NUMBERS))
def test_a_range_is_taken_where_it_holds_the_number_and_only_there(ends):
    low, value, high = sorted(ends)
    assert certainty(value, "", (), None, low, high) == (80.0, low, high)
    if low < value:
        with pytest.raises(ValueError, match="is not in your range"):
            certainty(low, "", (), None, value, high)


@given(st.integers(2, 12), st.floats(0, 100))
def test_how_sure_of_a_choice_starts_at_a_guess(known, sure):
    choices = [f"choice {k}" for k in range(known)]
    if sure < 100 / known - 0.5:
        with pytest.raises(ValueError, match="less than a guess"):
            certainty("choice 0", "", choices, sure, None, None)
    else:
        (said, *none) = certainty("choice 0", "", choices, sure, None, None)
        assert said == max(sure, 100 / known) and none == [None, None]


@given(st.floats())
def test_a_number_in_per_cent_is_finite_and_from_0_to_100(value):
    if 0 <= value <= 100:
        assert number(value, "%") == value
    else:
        with pytest.raises(ValueError, match=r"no number|not between 0 and 100"):
            number(value, "%")


def test_a_curve_needs_a_height_a_date():
    with pytest.raises(ValueError, match="1 heights for 2 dates"):
        checked([1], [3, 24], "", rising=False)
