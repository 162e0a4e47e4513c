"""Dollars as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.deciding.money import dollars, said


@given(st.integers(-999_999, 999_999), st.sampled_from(["{:,}", "${}", "{} $", "{} dollars", "{}"]))
def test_whatever_is_written_is_read_back(value, form):
    text = form.format(value)
    assert dollars(text) == value
    assert dollars(text.replace("-", "−").replace(",", " ")) == value


@pytest.mark.parametrize(
    ("text", "value"), [("1.6k", 1_600), ("-$300", -300), ("$-300", -300), ("4.000", 4_000)]
)
def test_other_ways_of_writing(text, value):
    assert dollars(text) == value


@pytest.mark.parametrize("text", ["", "  ", "...", "four", "1 2 x", "-", "1e400", "9" * 12])
def test_what_is_no_amount_is_answered_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"number of dollars|how many dollars"):
        dollars(text)


@given(st.floats(-1e6, 1e6))
def test_what_is_said_is_read_back_to_the_nearest_ten(value):
    assert dollars(said(value)) == pytest.approx(value, abs=5.01)
