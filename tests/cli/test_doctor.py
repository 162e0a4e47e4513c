"""`porch doctor`: known numbers, and the groups that are installed."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from frontporch.cli import commands, doctor, known_numbers
from frontporch.groups import groups, line_for


def ask():
    return CliRunner().invoke(commands.porch, ["doctor"])


def test_numbers_agree_on_this_machine_and_each_subject_is_asked():
    told = ask()
    assert told.exit_code == 0, told.output
    assert f"All {len(known_numbers.NUMBERS)} numbers agree." in told.output
    assert {"deepening", "community", "fans"} <= set(told.output.splitlines())


@pytest.mark.parametrize("factor", [1 + 2e-6, 1 - 2e-6, -1, float("nan")])
@pytest.mark.parametrize("number", known_numbers.NUMBERS, ids=lambda one: one.what)
def test_a_number_that_is_off_by_more_than_its_tolerance_does_not_agree(number, factor):
    assert number.agrees(number.stored)
    assert not number.agrees(number.stored * factor)


def test_what_is_counted_has_to_be_equal_and_what_is_computed_may_differ_in_its_last_digits():
    count = next(one for one in known_numbers.NUMBERS if isinstance(one.stored, int))
    share = next(one for one in known_numbers.NUMBERS if isinstance(one.stored, float))
    assert not count.agrees(count.stored + 1)
    assert share.agrees(share.stored * (1 + 1e-9))


def fails():
    raise OSError("the file is gone")


@pytest.mark.parametrize(
    ("computed", "said"),
    [(lambda: 0.3, ": too much, as it is known from 27/76"), (fails, "OSError: the file is gone")],
)
def test_a_number_that_differs_is_named_and_the_exit_code_says_so(computed, said, monkeypatch):
    wrong = [
        replace(one, computed=computed) if one.source == "27/76" else one
        for one in known_numbers.NUMBERS
    ]
    monkeypatch.setattr(doctor, "NUMBERS", wrong)
    told = ask()
    assert told.exit_code == 1
    (line,) = [line for line in told.output.splitlines() if "friendship" in line]
    assert line.endswith(said)
    assert f"1 of {len(wrong)} numbers differ. Rename the folder .venv and run" in told.output


def test_a_group_that_is_missing_is_listed_with_the_line_that_adds_it(monkeypatch):
    monkeypatch.setattr(doctor, "NUMBERS", known_numbers.NUMBERS[:1])
    monkeypatch.setattr(doctor, "_installed", lambda name: name != "numba")
    told = ask()
    (line,) = [line for line in told.output.splitlines() if line.startswith("fast")]
    assert f"without numba: run  {line_for('numba')}  in " in line
    assert told.output.count("installed") == len(groups()) - 2
    assert "build" not in told.output
    assert told.exit_code == 0
