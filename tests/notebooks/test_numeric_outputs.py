"""Two outputs are compared as words and numbers: what is close passes, anything else is named."""

import re

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numeric_outputs import (
    ABSOLUTE,
    NUMBER,
    RELATIVE,
    Tolerance,
    differences,
    text_differences,
    tolerance_of,
)

TABLE = (
    "<tr><th>curve</th><th>ceiling</th></tr><tr><td>bass</td><td>7919209.936</td></tr>"
    "<tr><td>logistic</td><td>8085063.669</td></tr>"
)


def said(stored, new, **tolerance):
    return list(text_differences(stored, new, Tolerance(**tolerance)))


def shown(text, kind="text/html"):
    """An output as a notebook stores it."""
    return {"output_type": "display_data", "data": {kind: text}, "metadata": {}}


def compared(stored, new):
    return list(differences(stored, new, Tolerance()))


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("a ceiling of 7919209.936", "a ceiling of 7919209.935"),
        ("0.30000000000000004 of 1", "0.3 of 1"),
        ("goes from -0.0000000000000067% at 0", "goes from 0.0000000000000012% at 0"),
        ("1e-17", "-2.5e-18"),
        ("1,206,366.57 users", "1,206,366.58 users"),
        ("−4.5000001 $", "-4.5 $"),
        ("x  10.0\ny   9.0", "x 9.9999999\ny 9.0"),
        (TABLE, TABLE.replace("669", "670")),
        ('<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,BBBB==">'),
    ],
)
def test_last_digits_of_computed_numbers_may_differ(stored, new):
    assert said(stored, new) == []


@pytest.mark.parametrize(
    ("change", "new", "word"),
    [
        ("a digit", TABLE.replace("7919209", "7919309"), "stored 7919209.936, now 7919309.936"),
        ("a word", TABLE.replace("bass", "base"), "bass"),
        ("a row", TABLE.partition("<tr><td>logistic")[0], "logistic"),
        ("a further row", TABLE + "<tr><td>gompertz</td></tr>", "gompertz"),
        ("a column", re.sub(r"<td>[\d.]+</td>", "", TABLE), "7919209.936"),
        ("a number that became text", TABLE.replace("8085063.669", "nan"), "nan"),
        ("a number that became a count", TABLE.replace("8085063.669", "8085063"), "counts"),
    ],
)
def test_anything_else_is_a_difference_that_is_shown(change, new, word):
    (sentence,) = said(TABLE, new)
    assert word in sentence, change


def test_the_message_holds_both_numbers_and_how_far_they_are_apart():
    (sentence,) = said("at 250.5 users", "at 251.001 users")
    wanted = "stored 250.5, now 251.001 (difference 0.501, relative 0.002), in 'at 250.5 users'"
    assert sentence == wanted


@pytest.mark.parametrize(
    ("stored", "new"),
    [("263,444,405", "263,444,399"), ("40 pairs", "41 pairs"), ("in 2026-11", "in 2026-12")],
)
def test_a_whole_number_is_a_count_and_must_be_equal(stored, new):
    (sentence,) = said(stored, new)
    assert "counts" in sentence


@pytest.mark.parametrize("name", ["x1", "lesson_05", "1.2.3", "id a9", "fig.5", "7.0.1rc2"])
def test_digits_in_names_are_words(name):
    assert NUMBER.findall(name) == []
    assert said(name, re.sub(r"\d", "8", name))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("41.8% of 1,234", ["41.8", "1,234"]),
        (".278 and 1e-05, -3", [".278", "1e-05", "-3"]),
        ("30.6k$, 7M", ["30.6", "7"]),
        ("12,3456", ["12", "3456"]),
        ("0.5-0.7", ["0.5", "0.7"]),
        ("<td>3</td>", ["3"]),
        ("2.1.3", []),
    ],
)
def test_numbers_are_found_as_people_write_them(text, numbers):
    assert NUMBER.findall(text) == numbers


@given(st.floats(-1e300, 1e300), st.floats(-1, 1))
def test_the_tolerance_is_a_share_of_the_stored_number_or_a_hair(number, part):
    new = number + part * max(RELATIVE * abs(number), ABSOLUTE) * 0.999
    assert said(f"x = {number!r}", f"x = {new!r}") == []


@given(st.floats(1e-3, 1e12), st.sampled_from([-1, 1]), st.floats(1.01, 1e3))
def test_what_lies_further_away_is_found(number, sign, times):
    new = number * (1 + sign * times * RELATIVE)
    assert said(f"x = {number!r}.", f"x = {float(new)!r}.")


@given(st.text(), st.text())
def test_texts_without_numbers_agree_only_where_they_are_equal(stored, new):
    stored, new = (re.sub(r"[\d \t]", "", text) for text in (stored, new))
    assert bool(said(stored, new)) == (stored != new)


# Whole outputs


def test_equal_outputs_agree():
    outputs = [shown(TABLE), {"output_type": "stream", "name": "stdout", "text": "3\n"}]
    assert compared(outputs, outputs) == []


def test_a_missing_picture_is_found():
    picture = shown("AAAA", "image/png")
    assert "stored" in compared([picture], [])[0]
    assert "now" in compared([], [picture])[0]
    assert compared([picture], [shown("BBBB", "image/png")]) == []
    both = {**picture, "data": {"image/png": "A", "text/plain": "a picture"}}
    assert "image/png" in compared([both], [shown("a picture", "text/plain")])[0]


def test_a_picture_inside_a_table_is_found_missing():
    stored = '<p>Two curves.</p><img alt="Two" src="data:image/png;base64,AAAA">'
    assert compared([shown(stored)], [shown("<p>Two curves.</p>")])


def test_another_kind_of_output_is_a_difference():
    warning = {"output_type": "stream", "name": "stderr", "text": "3\n"}
    assert compared([{**warning, "name": "stdout"}], [warning])
    error = {"output_type": "error", "ename": "ValueError", "evalue": "3", "traceback": []}
    assert compared([error], [{**error, "ename": "KeyError"}])
    assert compared([error], [{**error, "traceback": ["another place"]}]) == []


# A cell's own tolerance


def cell(**stated):
    made = nbformat.v4.new_code_cell("1 / 3")
    made.metadata["frontporch"] = {"tolerance": stated}
    return made


def test_a_cell_may_state_a_wider_tolerance_with_a_reason():
    tolerance = tolerance_of(cell(relative=0.01, reason="a flat likelihood"))
    assert tolerance == Tolerance(relative=0.01)
    assert list(text_differences("1.000", "1.005", tolerance)) == []
    assert tolerance_of(nbformat.v4.new_code_cell("1")) == Tolerance()


@pytest.mark.parametrize("stated", [{"relative": 0.1}, {"absolute": 1.0, "reason": " "}])
def test_a_tolerance_without_a_reason_is_refused(stated):
    with pytest.raises(ValueError, match="reason"):
        tolerance_of(cell(**stated))


def test_an_unknown_word_in_a_tolerance_is_refused():
    with pytest.raises(TypeError, match="rel"):
        tolerance_of(cell(rel=0.1, reason="a flat likelihood"))
