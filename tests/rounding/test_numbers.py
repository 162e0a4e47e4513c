"""Numbers in words: no nought with a sign, no exponents, and a last digit changes no word."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frontporch import look, rounding
from frontporch.look.axis_values import value_teller
from frontporch.look.scales import duration

SAY = {
    "number": rounding.number,
    "number to 6 digits": lambda value: rounding.number(value, 6),
    "number with a sign": lambda value: rounding.number(value, signed=True),
    "decimal": lambda value: rounding.decimal(value, 2),
    "to thousands": lambda value: rounding.decimal(value, -3),
    "percent": rounding.percent,
    "percent with a sign": lambda value: rounding.percent(value, 1, signed=True),
    "given": rounding.as_given,
    "about": rounding.about,
    "to an error": lambda value: rounding.to_error(value, 0.037 * value),
    "duration": duration,
}
PLAIN = re.compile(r"[+-]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?")
# What people meet: a few digits and a power of ten, the edges between two roundings among them.
written = st.builds(
    lambda digits, power, sign: sign * float(f"{digits}e{power}"),
    st.integers(0, 99_999),
    st.integers(-9, 9),
    st.sampled_from([1, -1]),
)


@pytest.mark.parametrize("say", SAY.values(), ids=SAY)
@given(value=st.floats(-1e12, 1e12) | st.floats(-1e305, 1e305))
@example(value=-0.0)
@example(value=-6.7e-17)
def test_no_nought_has_a_sign_and_no_number_an_exponent(say, value):
    text = say(value)
    assert "nan" not in text and "inf" not in text
    (said,) = [one for one in text.split() if one[-1] not in "abdehimnorstuwyk"] or [""]
    assert PLAIN.fullmatch(said.removesuffix("%")), text
    if float(said.removesuffix("%").replace(",", "")) == 0:
        assert said[0] == "0", text


@pytest.mark.parametrize("say", SAY.values(), ids=SAY)
@given(value=written, off=st.floats(-1e-12, 1e-12))
@example(value=2.675, off=-1e-12)
@example(value=0.285, off=0.0)
@example(value=12_350.0, off=-1e-12)
@example(value=1_000_000.0, off=-1e-12)
def test_a_last_digit_changes_no_word(say, value, off):
    assert say(value * (1 + off)) == say(value)


@given(value=st.floats(-1e12, 1e12), digits=st.integers(2, 6))
def test_a_number_is_rounded_and_nothing_else(value, digits):
    said = float(rounding.number(value, digits).replace(",", ""))
    assert abs(said - value) <= (0.5 + 1e-5) * 10.0 ** (1 - digits) * abs(value)


@given(off=st.floats(-1, 1), scale=st.floats(1e-6, 1e9))
def test_what_is_nought_beside_its_axis_is_nought(off, scale):
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    ax.set_ylim(0, scale)
    look.percent_axis(ax)
    assert value_teller(ax.yaxis)(1e-10 * off * scale) == "0%"
    assert value_teller(ax.yaxis)(1e-8 * scale) != "0%"


@given(value=st.floats(-1e6, 1e6), error=st.floats(2e-3, 1e6))
def test_an_error_is_shown_to_two_digits_and_the_number_as_far(value, error):
    shown = rounding.to_error(error, error)
    assert float(shown.replace(",", "")) == pytest.approx(error, rel=0.051)
    behind = [len(said.partition(".")[2]) for said in (shown, rounding.to_error(value, error))]
    assert behind[0] == behind[1]
    off = float(rounding.to_error(value, error).replace(",", "")) - value
    assert abs(off) <= 0.051 * error


def test_what_is_missing_has_no_value():
    for say in (rounding.number, rounding.decimal, rounding.percent):
        assert say(float("nan")) == say(float("-inf")) == rounding.MISSING
    assert rounding.to_error(float("nan"), 1.0) == rounding.MISSING
    assert rounding.number(1.7976931e308).startswith("179,769,31")
    assert rounding.about(float("inf")) == "without limit"


def test_numbers_that_somebody_gave_stay_as_they_were():
    values = {0.1 + 0.2: "0.3", 2_500_000: "2500000", 0.00001: "0.00001", 1e9 + 1: "1000000001"}
    assert {value: rounding.as_given(value) for value in values} == values


def test_large_numbers_are_said_in_millions():
    values = {
        999_600: "about 1 million",
        7_701_320: "about 7.7 million",
        -2.5e9: "about -2.5 billion",
    }
    assert {value: rounding.about(value) for value in values} == values
