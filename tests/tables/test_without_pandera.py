"""Tables are judged alike where pandera cannot be installed, such as in a browser."""

import pandas as pd
import pytest

from frontporch import tables
from frontporch.tables import schema
from frontporch.tables.contract import Contract

CONTRACT = Contract.from_schema(
    {
        "fields": [
            {"name": "who", "type": "string", "constraints": {"required": True, "maxLength": 4}},
            {"name": "mood", "type": "string", "constraints": {"enum": ["glad", "sad"]}},
            {
                "name": "code",
                "type": "string",
                "constraints": {"pattern": "[a-z]+", "unique": True},
            },
            {"name": "age", "type": "integer", "constraints": {"minimum": 0, "maximum": 120}},
            {"name": "day", "type": "date", "constraints": {"minimum": "2020-01-01"}},
        ],
        "primaryKey": ["who"],
    },
    "guests",
)
ROWS = [
    ("ann", "glad", "a", 30, "2021-05-01"),
    ("ann", "mad", "b", 200, "2021-05-01"),
    ("bob", None, "b", -1, "2019-05-01"),
    ("roberta", "sad", "B2", None, None),
    (None, "sad", None, 4, "2021-05-02"),
]


def judged(rows):
    frame = pd.DataFrame(rows, columns=["who", "mood", "code", "age", "day"])
    try:
        tables.check(frame, CONTRACT)
    except tables.TableError as error:
        return str(error)
    return "right"


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS[:2], ROWS[2:4], ROWS[3:], ROWS])
def test_the_same_faults_are_named(rows, monkeypatch):
    known = judged(rows)
    monkeypatch.setattr(schema, "is_there", lambda _: False)
    assert judged(rows) == known
    assert (known == "right") == (rows == ROWS[:1])


def test_rules_between_columns_are_held_to(monkeypatch):
    frame = pd.DataFrame({"source": ["ann", "ann"], "target": ["bob", "bob"]})
    said = []
    for there in (True, False):
        monkeypatch.setattr(schema, "is_there", lambda _, there=there: there)
        with pytest.raises(tables.TableError) as refused:
            tables.check(frame, "ties")
        said.append(str(refused.value))
    assert said[0] == said[1]
