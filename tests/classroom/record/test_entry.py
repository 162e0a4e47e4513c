"""An entry of a record: what is kept comes back, and what a stranger wrote is read or refused."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.classroom.record.entry import KINDS, LONGEST, MOST, Entry, RecordError, entry

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e299, 1e299)
ONE = st.none() | st.booleans() | TEXTS | NUMBERS
VALUES = ONE | st.lists(ONE, max_size=5).map(tuple)
NAMED = st.dictionaries(TEXTS, VALUES, max_size=5)
ABOUT = st.sampled_from(("team", "5.1", "5.strangers", "7.fans in 2012", "11.a-b_c"))


@st.composite
def entries(draw):
    """Anything that can be recorded."""
    return Entry(
        kind=draw(st.sampled_from(KINDS)),
        about=draw(ABOUT),
        value=draw(VALUES),
        team=draw(TEXTS),
        asked=draw(NAMED),
        details=draw(NAMED),
        tries=draw(st.integers(1, 999)),
        order=draw(st.integers(1, 999)),
        at=draw(st.sampled_from(("", "2026-10-01T09:00:00+00:00"))),
    )


@given(made=entries())
def test_whatever_is_recorded_comes_back_as_it_was(made):
    again = entry(json.loads(json.dumps(made.plain())), "entry 1")
    assert again == made and again.at == made.at
    assert again.plain() == made.plain()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda more: (
        st.lists(more, max_size=3) | st.dictionaries(st.text(max_size=6), more, max_size=3)
    ),
    max_leaves=9,
)
PARTS = tuple(Entry("answer", "5.1").plain())


@given(found=JSON | st.dictionaries(st.sampled_from(PARTS), JSON))
def test_whatever_a_stranger_wrote_is_read_or_refused_in_a_sentence(found):
    for one in (
        found,
        {"kind": "answer", "about": "5.1", **(found if type(found) is dict else {})},
    ):
        try:
            made = entry(one, "entry 3")
        except RecordError as error:
            assert str(error).startswith("entry 3") and len(str(error)) < 500
        else:
            json.dumps(made.plain(), ensure_ascii=False).encode("utf-8")


REFUSED = [
    ({"kind": "mark"}, "entry 1: kind is 'mark'"),
    ({"about": "../../x"}, "entry 1: about is '../../x'"),
    ({"about": "5.1\n"}, "entry 1: about is"),
    ({"about": "5. 1"}, "entry 1: about is"),
    ({"about": 5.1}, "entry 1: about is 5.1"),
    ({"team": None}, "entry 1: team is None"),
    ({"team": "half \ud83c"}, "entry 1: team is"),
    ({"value": "half \ud83c"}, "entry 1: value is a text"),
    ({"value": ["a", "\udfee"]}, "entry 1: value is a text"),
    ({"details": {"half \ud83c": 1}}, "is no name"),
    ({"value": "x" * (LONGEST + 1)}, f"value is a text of {LONGEST + 1} characters"),
    ({"value": [1] * (MOST + 1)}, f"value has {MOST + 1} parts"),
    ({"value": math.inf}, "value is inf"),
    ({"value": math.nan}, "value is nan"),
    ({"value": 10**400}, "value is 1000"),
    ({"value": [[1]]}, "value is [1]"),
    ({"value": {}}, "value is {}"),
    ({"asked": []}, "asked has to be an object"),
    ({"details": {str(k): k for k in range(MOST + 1)}}, "details has to be an object of at most"),
    ({"tries": 0}, "tries is 0, but counts from 1"),
    ({"order": True}, "order is True"),
    ({"at": "yesterday"}, "at is 'yesterday'"),
]


@pytest.mark.parametrize(("parts", "said"), REFUSED)
def test_what_is_no_entry_is_refused_with_its_place(parts, said):
    with pytest.raises(RecordError) as refused:
        entry({"kind": "answer", "about": "5.1", **parts}, "entry 1")
    assert said in str(refused.value)


def test_numbers_of_numpy_become_plain_and_mappings_cannot_be_changed():
    made = Entry("answer", "5.1", np.float64(40.8), asked={"hours": np.int64(24)})
    assert json.dumps(made.plain()["value"]) == "40.8" and made.plain()["asked"] == {"hours": 24}
    with pytest.raises(TypeError):
        made.details["right"] = True
    assert (made.lesson, Entry("team", "team", "Blue Door").lesson) == ("5", "")
