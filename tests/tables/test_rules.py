"""Rules between rows, against their definition written out."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from frontporch.tables.contract import Rule
from frontporch.tables.rules import first_with_key, holds, unrepeated

NO_OVERLAP = Rule("no_overlap", ("entered", "left"), "pair")
PAIRS = st.sampled_from(["a", "b", None])
WEEKS = st.none() | st.integers(0, 6).map(float)
STAYS = st.lists(st.tuples(PAIRS, WEEKS, WEEKS), min_size=1, max_size=9)


def begins_within_another(stays, k):
    """Whether an earlier stay of the same pair ends after stay k begins."""
    pair, entered, left = stays[k]
    if None in (pair, entered, left):
        return False
    return any(
        other == pair and None not in (start, end) and end > entered
        for j, (other, start, end) in enumerate(stays)
        if j != k and start is not None and end is not None
        if (start, end, j) < (entered, left, k)
    )


@given(STAYS)
def test_no_overlap(stays):
    frame = pd.DataFrame(stays, columns=["pair", "entered", "left"])
    frame = frame.astype({"entered": float, "left": float})
    expected = [not begins_within_another(stays, k) for k in range(len(stays))]
    assert holds(frame, NO_OVERLAP).tolist() == expected


@given(STAYS)
def test_no_overlap_does_not_depend_on_the_order_of_rows(stays):
    frame = pd.DataFrame(sorted(set(stays), key=str), columns=["pair", "entered", "left"])
    frame = frame.astype({"entered": float, "left": float})
    upside_down = frame[::-1].reset_index(drop=True)
    assert holds(frame, NO_OVERLAP).tolist() == holds(upside_down, NO_OVERLAP).tolist()[::-1]


@given(st.lists(st.tuples(PAIRS, st.integers(0, 2)), min_size=1, max_size=9))
def test_keys(keys):
    frame = pd.DataFrame(keys, columns=["pair", "time"])
    new = [key[0] is None or key not in keys[:k] for k, key in enumerate(keys)]
    assert unrepeated(frame, ("pair", "time")).tolist() == new
    assert first_with_key(frame, ("pair", "time")).tolist() == [keys.index(key) for key in keys]


def test_a_row_with_a_missing_value_is_let_pass():
    frame = pd.DataFrame({"a": [1.0, None, 2.0], "b": [None, 1.0, 1.0]})
    assert holds(frame, Rule("in_order", ("a", "b"))).tolist() == [True, True, False]
    assert holds(frame, Rule("positive", ("a",))).tolist() == [True, True, True]
    names = pd.DataFrame({"a": [None, "x", "x"], "b": [None, "x", None]})
    assert holds(names, Rule("not_itself", ("a", "b"))).tolist() == [True, False, True]


def test_every_rule_speaks():
    assert str(NO_OVERLAP) == "the stays of one pair, from entered to left, do not overlap"
    assert NO_OVERLAP.columns == ("pair", "entered", "left")
    assert np.all([str(Rule(name, ("a", "b"), "c")) for name in ("not_itself", "in_order")])
