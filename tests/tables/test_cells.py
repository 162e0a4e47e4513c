"""One form for each type: what Python itself would say of it, and nothing looser."""

import datetime
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.tables.cells import _INTEGER, _NUMBER, parse
from frontporch.tables.reading import Reading
from frontporch.tables.remedies import remedy
from frontporch.tables.times import read_times


@given(st.lists(st.integers(-(2**63), 2**63 - 1).map(str), max_size=5))
def test_integers(cells):
    parsed = parse(cells, "integer")
    assert parsed.good.all()
    assert parsed.values.tolist() == [int(cell) for cell in cells]


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False).map(repr), max_size=5))
def test_numbers_are_read_to_the_last_digit(cells):
    parsed = parse(cells, "number")
    assert parsed.good.all()
    assert parsed.values.tolist() == [float(cell) for cell in cells]


@given(st.lists(st.datetimes(), max_size=5), st.sampled_from(" T"))
def test_times(times, between):
    parsed = read_times([time.isoformat(between) for time in times], "datetime", Reading())
    assert parsed.good.all()
    assert parsed.values.tolist() == times
    assert parsed.offsets is None


@given(st.lists(st.tuples(*[st.integers(1, top) for top in (9999, 12, 31)]), max_size=40))
def test_only_days_that_exist(days):
    def exists(day):
        try:
            return datetime.date(*day)
        except ValueError:
            return None

    expected = [exists(day) for day in days]
    parsed = read_times(
        [f"{year:04}-{month:02}-{day:02}" for year, month, day in days], "date", Reading()
    )
    assert parsed.good.tolist() == [day is not None for day in expected]
    found = parsed.values.astype("datetime64[D]").tolist()
    assert [day for day, good in zip(found, parsed.good, strict=True) if good] == [
        day for day in expected if day
    ]


def test_offsets():
    times = [f"2024-03-12T09:30:00{offset}" for offset in ("", "Z", "-00:00", "+05:30", "+15:00")]
    parsed = read_times(times, "datetime", Reading())
    assert parsed.offsets.tolist() == ["", "+00:00", "+00:00", "+05:30", ""]
    assert parsed.good.tolist() == [True, True, True, True, False]
    assert (parsed.values[:4] == np.datetime64("2024-03-12T09:30:00")).all()


@pytest.mark.parametrize("kind", ["integer", "number", "boolean", "date", "datetime"])
@given(text=st.text(max_size=12))
def test_any_text_is_a_value_or_has_a_remedy(kind, text):
    times = kind in ("date", "datetime")
    read = read_times([text], kind, Reading()) if times else parse([text], kind)
    if not read.good[0]:
        problem, what_to_do = remedy(text, kind)
        assert problem.startswith(("is ", "has "))
        assert what_to_do.endswith(".")


@given(st.lists(st.text("+-.0123456789eE _x", min_size=1, max_size=7), min_size=1, max_size=5))
def test_numbers_read_at_once_are_those_of_the_form(cells):
    # All cells of plain signs are converted without looking at each: the answer is the same.
    for kind, form in (("number", _NUMBER), ("integer", _INTEGER)):
        expected = [form.fullmatch(cell) is not None for cell in cells]
        if kind == "number":
            whole = zip(cells, expected, strict=True)
            expected = [fits and math.isfinite(float(cell)) for cell, fits in whole]
        assert parse(cells, kind).good.tolist() == expected
