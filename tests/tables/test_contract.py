"""A contract is a Frictionless Table Schema that a person can read."""

import frictionless
import pytest

from frontporch import tables
from frontporch.names import UnknownName
from frontporch.tables import Contract

DESIGN = {
    "interactions": ["start", "end", "source", "target", "channel"],
    "spells": ["pair", "channel", "stage", "entered", "left", "next_stage"],
    "snapshots": ["pair", "channel", "time", "stage"],
    "ties": ["source", "target", "strength", "since"],
    "counts": [
        "platform",
        "brand",
        "date_from",
        "date_to",
        "fans",
        "at_least",
        "confidence",
        "source",
    ],
    "orders": ["customer", "time", "value", "receipt"],
    "customers": ["frequency", "recency", "age", "mean_spend"],
    "life_table": ["hours_up_to", "reached", "censored"],
    "answers": ["hand_in", "lesson", "exercise", "order", "team", "answer", "right", "at"],
}


def test_the_contracts_are_those_of_the_design():
    assert tables.names() == sorted(DESIGN)
    for name, columns in DESIGN.items():
        assert [field.name for field in tables.describe(name).fields] == columns


@pytest.mark.parametrize("name", sorted(DESIGN))
def test_contract_is_a_table_schema(name):
    from importlib import resources

    file = resources.files("frontporch.tables").joinpath("contracts", f"{name}.json")
    with resources.as_file(file) as path:
        schema = frictionless.Schema.from_descriptor(str(path))
    contract = tables.describe(name)
    assert [field.name for field in schema.fields] == [field.name for field in contract.fields]
    assert [field.type for field in schema.fields] == [field.type for field in contract.fields]
    assert tuple(schema.primary_key) == contract.key
    assert schema.missing_values == [""]


@pytest.mark.parametrize("name", sorted(DESIGN))
def test_contract_reads_as_a_dictionary(name):
    contract = tables.describe(name)
    columns = contract.columns()
    assert list(columns.columns) == ["name", "type", "unit", "required", "meaning"]
    assert columns.meaning.str.len().min() > 10
    measured = columns.type.isin(["integer", "number", "date", "datetime"])
    assert (columns.unit[measured] != "").all(), "numbers and times have a unit"
    for field in contract.fields:
        assert field.name in str(contract)
        assert field.name in contract._repr_html_()


def test_weeks_are_the_unit_of_spells():
    units = {field.name: field.unit for field in tables.describe("spells").fields}
    assert units["entered"] == units["left"] == "weeks"


def test_unknown_contract_names_the_nearest():
    with pytest.raises(UnknownName, match="'spells'"):
        tables.describe("spels")


@pytest.mark.parametrize(
    ("schema", "nearest"),
    [
        ({"fields": [{"name": "a", "type": "integr"}]}, "'integer'"),
        ({"fields": [{"name": "a", "constraints": {"minimun": 0}}]}, "'minimum'"),
        ({"fields": [{"name": "age"}], "primaryKey": ["agee"]}, "'age'"),
        ({"fields": [{"name": "a"}], "rules": [{"rule": "in_ordr", "fields": ["a"]}]}, "in_order"),
        ({"fields": [{"name": "a"}], "rules": [{"rule": "in_order", "fields": ["b"]}]}, "column"),
        ({"fields": [{"name": "a"}], "rules": [{"rule": "in_order", "fields": ["a"]}]}, "more"),
        ({"fields": [{"name": "a"}, {"name": "a"}]}, "once"),
        ({"fields": []}, "at least one"),
    ],
)
def test_faulty_schema_is_refused(schema, nearest):
    with pytest.raises(ValueError, match=nearest):
        Contract.from_schema(schema)


def test_key_columns_are_required():
    schema = {"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": "a"}
    contract = Contract.from_schema(schema, "mine")
    assert [field.required for field in contract.fields] == [True, False]
    assert contract.key == ("a",)
    assert contract.name == "mine"


def test_contract_is_frozen_and_hashable():
    contract = tables.describe("counts")
    assert hash(contract) == hash(Contract.of(contract))
    with pytest.raises(AttributeError):
        contract.name = "other"
