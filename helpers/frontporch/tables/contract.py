"""A contract: what one row is, and what each column holds."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import pandas as pd

from ..names import pick

TYPES = ("string", "integer", "number", "boolean", "date", "datetime")
CONSTRAINTS = (
    "required",
    "unique",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "enum",
)
RULES = {
    "not_itself": "{0} and {1} differ",
    "in_order": "{0} is never after {1}",
    "no_overlap": "the stays of one {group}, from {0} to {1}, do not overlap",
    "positive": "{0} is above 0",
}


@dataclass(frozen=True)
class Field:
    """What one column holds.

    Parameters
    ----------
    name, type, title, description, unit : str
        As in the descriptor; `type` is one of string, integer, number, boolean, date, datetime.
    optional : bool
        Whether the column may be absent.
    constraints : tuple of (str, object)
        Limits in the words of Frictionless Table Schema: required, minimum, enum and others.
    usual_names : tuple of str
        What people call the column, likeliest first.
    usual_value : object
        What may stand in every row where the column is absent; None where nothing may.
    """

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    unit: str = ""
    optional: bool = False
    constraints: tuple[tuple[str, Any], ...] = ()
    usual_names: tuple[str, ...] = ()
    usual_value: Any = None

    @property
    def required(self) -> bool:
        """Whether every row has a value."""
        return bool(dict(self.constraints).get("required", False))


@dataclass(frozen=True)
class Rule:
    """What must hold between columns: one of not_itself, in_order, no_overlap, positive."""

    rule: str
    fields: tuple[str, ...]
    group: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the rule looks at."""
        return (self.group, *self.fields) if self.group else self.fields

    def __str__(self) -> str:
        """Say the rule in words."""
        return RULES[self.rule].format(*self.fields, group=self.group)


@dataclass(frozen=True)
class Contract:
    """What a table must look like, in the language of Frictionless Table Schema.

    Parameters
    ----------
    name, title, description : str
        What the table is called, and what one row is.
    fields : tuple of Field
        The columns that the contract knows. Others are allowed, and kept as they are.
    missing : tuple of str
        What stands in a cell that holds nothing.
    key : tuple of str
        Columns that together name a row: no two rows have the same.
    rules : tuple of Rule
        What must hold between columns.

    Examples
    --------
    >>> spells = Contract.load("spells")
    >>> spells.description
    'One row is one stay of a pair in a stage.'
    >>> spells.columns().unit.tolist()[3:5]
    ['weeks', 'weeks']
    >>> [str(rule) for rule in spells.rules][0]
    'entered is never after left'
    """

    name: str
    title: str = ""
    description: str = ""
    fields: tuple[Field, ...] = ()
    missing: tuple[str, ...] = ("",)
    key: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    @classmethod
    def load(cls, name: str) -> Contract:
        """Return a contract of the kit by its name.

        Raises
        ------
        UnknownName
            If there is none of that name; the text names the nearest.
        """
        return _load(pick(name, names(), "contract"))

    @classmethod
    def of(cls, contract: Contract | str) -> Contract:
        """Return a contract, given itself or its name."""
        return contract if isinstance(contract, cls) else cls.load(contract)

    @classmethod
    def from_schema(cls, schema: Mapping[str, Any], name: str = "table") -> Contract:
        """Read a contract from a Frictionless Table Schema.

        Parameters
        ----------
        schema : mapping
            The descriptor. Beyond Table Schema, a field may have a `unit` and may be
            `optional`, and the schema may have a `name`, a `title`, a `description` and `rules`.
        name : str
            What the table is called where the schema does not say it.

        Raises
        ------
        ValueError
            If a type, a constraint or a rule is unknown, or names a column that there is not.

        Examples
        --------
        >>> Contract.from_schema({"fields": [{"name": "day", "type": "date"}]}).fields[0].type
        'date'
        """
        key = schema.get("primaryKey", [])
        key = (key,) if isinstance(key, str) else tuple(key)
        fields = tuple(_field(one, key) for one in schema.get("fields", ()))
        columns = [field.name for field in fields]
        if not columns or len(set(columns)) < len(columns):
            raise ValueError(f"A schema names each column once, and at least one: {columns}.")
        for column in key:
            pick(column, columns, "column")
        return cls(
            name=schema.get("name", name),
            title=schema.get("title", ""),
            description=schema.get("description", ""),
            fields=fields,
            missing=tuple(schema.get("missingValues", [""])),
            key=key,
            rules=tuple(_rule(one, columns) for one in schema.get("rules", ())),
        )

    def columns(self) -> pd.DataFrame:
        """Give the data dictionary: one row a column, with type, unit and meaning."""
        return pd.DataFrame(
            {
                "name": [field.name for field in self.fields],
                "type": [field.type for field in self.fields],
                "unit": [field.unit for field in self.fields],
                "required": [_required(field) for field in self.fields],
                "meaning": [_meaning(field) for field in self.fields],
            }
        )

    def _notes(self) -> list[str]:
        notes = [f"No two rows have the same {', '.join(self.key)}."] if self.key else []
        notes += [f"{rule}." for rule in self.rules]
        return [*notes, "Other columns are allowed, and kept."]

    def __str__(self) -> str:
        """Give the contract as text to read."""
        head = f"{self.title or self.name}: {self.description}".rstrip(": ")
        columns = [
            f"  {row.name} ({', '.join(filter(None, (row.type, row.unit, row.required)))}): "
            f"{row.meaning}"
            for row in self.columns().itertuples(index=False)
        ]
        return "\n".join([head, "", *columns, "", *self._notes()])

    def _repr_html_(self) -> str:
        """Give the contract as a notebook shows it."""
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self._notes())
        with pd.option_context("display.max_colwidth", None):
            columns = self.columns().to_html(index=False, border=0)
        return (
            f"<p><strong>{html.escape(self.title or self.name)}</strong> "
            f"{html.escape(self.description)}</p>{columns}<ul>{notes}</ul>"
        )


def names() -> list[str]:
    """List the contracts of the kit.

    Examples
    --------
    >>> "spells" in names()
    True
    """
    return sorted(file.name[: -len(".json")] for file in _folder().iterdir())


def describe(name: str) -> Contract:
    """Return a contract of the kit, which shows itself as a data dictionary.

    Parameters
    ----------
    name : str
        One of `names()`: "interactions", "spells", "counts" and others.

    Raises
    ------
    UnknownName
        If there is none of that name; the text names the nearest.

    Examples
    --------
    >>> describe("counts").key
    ('platform', 'brand', 'date_from', 'date_to', 'source')
    """
    return Contract.load(name)


def _folder() -> Any:
    return resources.files(__package__).joinpath("contracts")


@lru_cache
def _load(name: str) -> Contract:
    text = _folder().joinpath(f"{name}.json").read_text(encoding="utf-8")
    return Contract.from_schema(json.loads(text))


def _field(one: Mapping[str, Any], key: tuple[str, ...]) -> Field:
    constraints = dict(one.get("constraints", {}))
    for constraint in constraints:
        pick(constraint, CONSTRAINTS, "constraint")
    if one["name"] in key:
        constraints["required"] = True
    if "enum" in constraints:
        constraints["enum"] = tuple(constraints["enum"])
    if "pattern" in constraints:
        re.compile(constraints["pattern"])
    return Field(
        name=one["name"],
        type=pick(one.get("type", "string"), TYPES, "type of column"),
        title=one.get("title", ""),
        description=one.get("description", ""),
        unit=one.get("unit", ""),
        optional=bool(one.get("optional", False)),
        constraints=tuple(sorted(constraints.items())),
        usual_names=tuple(one.get("usual_names", ())),
        usual_value=one.get("usual_value"),
    )


def _rule(one: Mapping[str, Any], columns: list[str]) -> Rule:
    rule = Rule(pick(one["rule"], RULES, "rule"), tuple(one["fields"]), one.get("group", ""))
    for column in rule.columns:
        pick(column, columns, "column")
    try:
        str(rule)
    except IndexError:
        raise ValueError(f"The rule {rule.rule} needs more columns than {rule.fields}.") from None
    return rule


def _required(field: Field) -> str:
    if field.optional:
        return "column may be absent"
    return "required" if field.required else "cell may be empty"


def _meaning(field: Field) -> str:
    limits = dict(field.constraints)
    words = [field.description]
    if "enum" in limits:
        words.append(f"One of: {', '.join(map(str, limits['enum']))}.")
    if "minimum" in limits:
        words.append(f"At least {limits['minimum']}.")
    if "maximum" in limits:
        words.append(f"At most {limits['maximum']}.")
    return " ".join(word for word in words if word)
