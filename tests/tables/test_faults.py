"""Faults are put in order, counted, and put in words."""

import numpy as np
import pytest

from frontporch.tables import Fault, TableError
from frontporch.tables.faults import Findings


def test_words():
    fault = Fault(7, "fans", "7M", "is not a whole number", "Write digits.")
    assert fault.words("line") == (
        "line 7, column 'fans', value '7M': is not a whole number. Write digits."
    )
    assert Fault(None, None, None, "is empty", "Fill it.").words() == "is empty. Fill it."
    assert "…" in str(Fault(1, "a", "x" * 100, "is long", "Cut it."))
    with pytest.raises(AttributeError):
        fault.row = 8


def test_findings_are_put_in_order_and_explained_only_when_kept():
    asked = []

    def explain(k):
        asked.append(k)
        return "x", k, "is wrong", "Mend it."

    findings = Findings("a.csv")
    findings.stop()  # nothing found, nothing raised
    findings.many(np.arange(5_000, 2, -1), explain)
    findings.one(2, "y", None, "is missing", "Add it.")
    findings.one(None, None, None, "is bad", "Mend it.")
    findings.many(np.array([], dtype=int), explain)
    with pytest.raises(TableError) as caught:
        findings.stop()
    error = caught.value
    assert len(findings) == error.total == 5_000
    assert [fault.row for fault in error.faults[:3]] == [None, 2, 3]
    assert error.faults[2].value == 4_997
    assert len(error.faults) == 1_000
    assert len(asked) == 998
    assert str(error).splitlines()[0] == "a.csv: 5,000 faults."
    assert str(error).endswith("… and 4,980 more.")
    assert isinstance(error, ValueError)


def test_rows_may_have_labels():
    findings = Findings("frame", place="row", label="abc".__getitem__)
    findings.one(2, "x", 1, "is wrong", "Mend it.")
    with pytest.raises(TableError, match=r"frame: 1 fault\.\nrow c, column 'x', value 1: is wrong"):
        findings.stop()
