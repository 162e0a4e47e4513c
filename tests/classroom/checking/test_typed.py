"""What people type: every way of writing a number is read back, and only two readings are asked."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.checking.typed import names_typed, number_typed

THIN, NO_BREAK, NARROW = "\u2009", "\u00a0", "\u202f"
READ = [
    ("40,8", "", 40.8),
    ("40.8 %", "%", 40.8),
    ("40.8%", "%", 40.8),
    ("40 percent", "%", 40.0),
    ("40 per cent", "%", 40.0),
    ("40 points", "percentage points", 40.0),
    ("$37", "dollars", 37.0),
    ("37 $", "dollars", 37.0),
    ("USD 37", "dollars", 37.0),
    ("37 dollars", "dollars", 37.0),
    ("37 dollars", "dollars per week", 37.0),
    ("$1.6k", "dollars", 1600.0),
    ("1.6 k$", "dollars", 1600.0),
    ("5 thousand dollars", "dollars", 5000.0),
    ("1.6 k$", "k$", 1.6),
    ("1,5 million", "million fans", 1.5),
    ("+3", "", 3.0),
    ("−1.6", "", -1.6),
    ("–1.6", "", -1.6),
    ("- 5", "", -5.0),
    ("-$1.6", "dollars", -1.6),
    ("$-1.6", "dollars", -1.6),
    ("1/3", "", 1 / 3),
    ("-1⁄3", "", -1 / 3),
    ("1 1/2", "", 1.5),
    ("1½", "", 1.5),
    ("¾", "", 0.75),
    ("1/3 %", "%", 1 / 3),
    (".5", "", 0.5),
    (",5", "", 0.5),
    ("40.", "", 40.0),
    ("1e3", "", 1000.0),
    ("1,5E-3", "", 0.0015),
    ("1.234", "", 1.234),
    ("0,234", "", 0.234),
    ("1234,567", "", 1234.567),
    ("$1,234", "dollars", 1234.0),
    ("1,234 dollars", "dollars", 1234.0),
    ("1,234,567", "", 1_234_567.0),
    ("1.234.567", "", 1_234_567.0),
    ("12.500,75", "", 12_500.75),
    ("12,500.75", "", 12_500.75),
    ("12'500", "", 12_500.0),
    (f"12{THIN}500", "", 12_500.0),
    (f"12{NO_BREAK}500,5", "", 12_500.5),
    (f"1{NARROW}234{NARROW}567.8", "", 1_234_567.8),
    ("“40,8”", "", 40.8),
    ("~40", "", 40.0),
    ("about 40", "", 40.0),
    ("\u200e40\u200f", "", 40.0),
    ("١٢", "", 12.0),
    ("１２．５", "", 12.5),
    ("40 %", "", 0.4),
    ("40 days", "days", 40.0),
    ("1 day", "days", 1.0),
    ("3 a week", "per week", 3.0),
    ("3 / week", "per week", 3.0),
    ("1 person", "people", 1.0),
]


@pytest.mark.parametrize(("typed", "unit", "value"), READ)
def test_a_number_is_read_however_it_is_written(typed, unit, value):
    assert number_typed(typed, unit) == (pytest.approx(value), "")


ASKED_BACK = [
    ("", "", "Type a number first."),
    ("  \n", "", "Type a number first."),
    ("...", "", "Type a number in place of the dots."),
    ("…", "", "Type a number in place of the dots."),
    ("answer = 40", "", "Type the number alone: 40."),
    ("= 40", "", "Type the number alone: 40."),
    ("four", "", "Type the number in digits: 4."),
    ("a lot", "", "Type the number in digits, such as 12.5."),
    ("nan", "", "'nan' means that there is no number. Look at the note beside it."),
    ("∞", "", "Type a number that is not infinite."),
    ("1e999", "", "This number is too large. Type a smaller one."),
    ("1/0", "", "This divides by 0. Type the number itself."),
    ("1,234", "", "Do you mean 1.234 or 1234? Type 1.234 or 1234."),
    ("−1,234 %", "%", "Do you mean -1.234 or -1234? Type -1.234 or -1234."),
    ("[1, 2]", "", "Type one number alone, such as 12.5."),
    ("1, 2", "", "Type one number alone, such as 12.5."),
    ("1,2,3", "", "Type one number alone, such as 12.5."),
    ("4 or 5", "people", "Type one number alone, such as 12.5, in people."),
    ("12 50", "per week", "Type one number alone, such as 12.5 per week."),
    ("+-5", "", "Type one number alone, such as 12.5."),
    ("9" * 201, "", "Type one number alone, such as 12.5."),
    (
        "40 weeks",
        "days",
        "You typed weeks, but the question asks for days. Type the number of days.",
    ),
    (
        "5 hours",
        "%",
        "You typed hours, but the question asks for per cent. Type the number in per cent.",
    ),
    (
        "3 days",
        "per week",
        "You typed days, but the question asks for a number per week. Type that.",
    ),
    (
        "€5",
        "dollars",
        "You typed euros, but the question asks for dollars. Type the number of dollars.",
    ),
]


@pytest.mark.parametrize(("typed", "unit", "said"), ASKED_BACK)
def test_what_is_no_number_or_two_is_asked_back_in_a_sentence(typed, unit, said):
    assert number_typed(typed, unit) == (None, said)


@pytest.mark.parametrize(("typed", "unit", "said"), ASKED_BACK)
def test_what_a_sentence_says_to_type_works_as_typed(typed, unit, said):
    told = re.findall(r"(?:Type|or|digits:|alone:|such as) (-?\d[\d.]*\d|\d)", said)
    for one in told:
        assert number_typed(one, unit)[1] == ""


def grouped(whole, sign):
    return f"{whole:,}".replace(",", sign)


@given(
    st.integers(0, 10**9),
    st.integers(0, 6),
    st.booleans(),
    st.sampled_from(["", " ", THIN, NO_BREAK, NARROW, "'", ",", "."]),
    st.sampled_from([".", ","]),
    st.sampled_from(["-", "−", "–", "+", ""]),
    st.sampled_from(["", "%", " %", f"{NO_BREAK}%", " per cent"]),
)
def test_a_number_is_read_back(whole, places, fraction, group, point, sign, unit):
    """Whatever number, with any sign between thousands, any decimal sign and the unit."""
    if group == point:
        group = ""
    digits = str(whole * 7919 % 10**places).zfill(places) if places and fraction else ""
    text = grouped(whole, group) + (point + digits if digits else "")
    value = float(f"{whole}.{digits or 0}") * (-1 if sign in ("-", "−", "–") else 1)
    found, problem = number_typed(f"{sign}{text}{unit}", "%")
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        minus = "-" if value < 0 else ""
        point_, alone = minus + text.replace(",", "."), minus + text.replace(",", "")
        assert found is None and f"Do you mean {point_} or {alone}?" in problem
    elif re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text) and group == ".":
        assert found == float(text) * (-1 if value < 0 else 1)  # a point is a decimal point
    else:
        assert problem == "" and found == pytest.approx(value, rel=1e-12)


@given(st.floats(-1e15, 1e15))
def test_what_python_writes_is_read_back(value):
    assert number_typed(repr(value))[0] == pytest.approx(value, rel=1e-12)


@given(st.integers(-99, 99), st.integers(1, 99))
def test_a_fraction_is_read_back(above, below):
    assert number_typed(f"{above}/{below}") == (pytest.approx(above / below), "")


@given(st.text(max_size=300), st.sampled_from(["", "%", "days", "dollars", "per week", "k$"]))
def test_anything_that_is_typed_is_a_finite_number_or_gets_a_sentence(typed, unit):
    value, problem = number_typed(typed, unit)
    if value is None:
        assert problem[0].isupper() or problem[0] in "'\""
        assert problem.endswith(".") and "\n" not in problem
    else:
        assert math.isfinite(value) and problem == ""


PAIRS = dict.fromkeys(("first pair", "second pair", "third pair"), ("A", "B"))
SHOPS = {"which": ("office 2013", "office 2015", "online", "both", "neither")}


@pytest.mark.parametrize(
    "typed", ["A, B, A", "a b a", "ABA", "Town A; town b; World A", "(A, B, A)", ("A", "B", "a")]
)
def test_one_name_a_row_is_read(typed):
    assert names_typed(typed, PAIRS) == (("A", "B", "A"), "")


@pytest.mark.parametrize(
    "typed", ["Office 2013", " office 2013\n", "“office 2013”", "the OFFICE 2013"]
)
def test_a_name_is_read_without_its_capitals_and_quotes(typed):
    assert names_typed(typed, SHOPS) == (("office 2013",), "")


@pytest.mark.parametrize(
    ("typed", "choices", "said"),
    [
        ("", PAIRS, "Choose an answer first."),
        ("...", SHOPS, "Choose an answer first."),
        (("", "A", ""), PAIRS, "Choose an answer for first pair and third pair, too."),
        (
            "A, B",
            PAIRS,
            'Give 3 answers, one each for first pair, second pair, third pair, such as "A, B, A".',
        ),
        (
            "A, C, A",
            PAIRS,
            "'C' is not one of the choices for second pair. Known: A, B.",
        ),
        (
            "ofice 2013",
            SHOPS,
            "'ofice 2013' is not one of the choices. Did you mean 'office 2013'? "
            "Known: office 2013, office 2015, online, both, neither.",
        ),
    ],
)
def test_what_is_no_choice_is_answered_in_a_sentence(typed, choices, said):
    assert names_typed(typed, choices) == (None, said)


def test_a_word_that_two_names_share_is_asked_back():
    found, said = names_typed("office", SHOPS)
    assert found is None and "'office' is not one of the choices" in said


@given(st.text(max_size=60))
def test_any_text_is_names_or_gets_a_sentence(typed):
    found, problem = names_typed(typed, PAIRS)
    assert (found is None) == bool(problem)
