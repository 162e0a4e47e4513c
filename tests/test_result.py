"""A result tells itself in one table, and draws itself by kind."""

import sys
import types

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from frontporch.names import UnknownName
from frontporch.result import Result


def drawn(result, ax=None, color="black"):
    ax = ax or plt.figure().add_subplot()
    ax.plot(result.rows["a"], color=color)
    return ax


class Found(Result):
    def __init__(self, rows):
        self.rows = rows

    def summary(self):
        return self.rows


@pytest.fixture
def found(monkeypatch):
    here = types.ModuleType("pictures_of_found")
    here.drawn = drawn
    monkeypatch.setitem(sys.modules, "pictures_of_found", here)
    monkeypatch.setattr(Found, "PICTURES", {"line": "pictures_of_found:drawn"})
    return Found(pd.DataFrame({"a": range(45), "b": 1 / 3}))


def test_it_shows_at_most_twenty_rows_and_says_so(found):
    shown = found._repr_html_()
    assert shown.count("<tr") == 21 and "The first 20 of 45 rows" in shown
    assert "0.333" in shown and "0.3333" not in shown
    assert "rows" not in Found(found.rows.head(20))._repr_html_()


def test_an_index_is_shown_only_where_it_says_something(found):
    assert "<th>0</th>" not in found._repr_html_()
    named = Found(found.rows.head(2).set_index(pd.Index(["online", "offline"])))
    assert "<th>online</th>" in named._repr_html_()


def test_it_is_drawn_by_kind_into_given_axes(found):
    ax = plt.figure().add_subplot()
    assert found.plot(ax=ax) is ax
    assert found.plot("line", color="red").lines[0].get_color() == "red"
    with pytest.raises(UnknownName, match="mean 'line'"):
        found.plot("lime")
