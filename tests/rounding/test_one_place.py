"""Numbers are put into words by `frontporch.rounding` alone."""

import ast
import pathlib
import re

import pytest

import frontporch

PACKAGE = pathlib.Path(frontporch.__file__).parent
OWN = "rounding/numbers.py"
COORDINATES = "classroom/asking/scene.py"
"""Writes the places of a drawing, which nobody reads."""
FLOAT = re.compile(r"(?s).*[eEfFgG%]")
FILES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if path.relative_to(PACKAGE).as_posix() not in (OWN, COORDINATES)
)


def own_roundings(source):
    """Lines that round a number by a format of their own; dates have formats too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            parts = node.format_spec.values
            spec = "".join(one.value if isinstance(one, ast.Constant) else "0" for one in parts)
            if FLOAT.fullmatch(spec) and "%" not in spec[:-1]:
                yield node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            said = getattr(node.func.value, "value", "")
            if node.func.attr == "format" and re.search(r":[^{}]*[eEfFgG%]}", str(said)):
                yield node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_no_text_rounds_by_a_format_of_its_own(path):
    lines = sorted(set(own_roundings(path.read_text(encoding="utf-8"))))
    assert not lines, (
        f"{path.name}: lines {lines} write a number by a format such as .2f, which says -0.00 and "
        "1e+06: call rounding.number, decimal, percent or as_given."
    )


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('f"{x:.2f}"', [1]),
        ('f"{x:,.{places}f}"', [1]),
        ('f"{x:+.0%} of {n:,}"', [1]),
        ('f"{x:g}"', [1]),
        ('"{:.3g}".format(x)', [1]),
        ('f"{n:,} on {day:%Y-%m-%d}, {k:02d}, {name}"', []),
    ],
)
def test_a_format_is_found(source, lines):
    assert list(own_roundings(source)) == lines
