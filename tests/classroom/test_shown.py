"""What a control shows: a picture, a table, a number or a text, else a sentence."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from frontporch.classroom.shown import Sentence, shown, with_code, worked_out
from frontporch.look.display import Picture
from frontporch.result import Result

FRAME = pd.DataFrame({"share, %": [27.8123, 3.0], "pairs": [12_345, 2]})


class Mean(Result):
    def summary(self):
        return FRAME


def axes():
    _, ax = plt.subplots()
    ax.plot([0, 1], [0, 2], label="a line")
    ax.set(xlabel="weeks", ylabel="friends")
    return ax


def test_axes_become_a_picture_with_its_text():
    made = worked_out(axes)
    assert isinstance(made, Picture) and "a line goes from 0" in made.text
    assert plt.get_fignums() == []


@pytest.mark.parametrize("table", [FRAME, Mean()])
def test_a_table_is_readable_and_has_no_row_numbers(table):
    made = shown(table)
    told = made._repr_html_()
    assert "<th>share, %</th>" in told and "27.8" in told and "27.81" not in told
    assert "<th>0</th>" not in told and "overflow-x:auto" in told
    assert repr(made).split()[:4] == ["share,", "%", "pairs", "27.8"]


def test_a_row_keeps_its_names():
    told = shown(pd.Series({"online": 3.0}, name="weeks"))._repr_html_()
    assert "<th>online</th>" in told and "<th>weeks</th>" in told


def test_a_text_and_a_number_are_shown_as_they_are_said():
    assert shown("Read `a < b`.")._repr_html_() == "<p>Read <code>a &lt; b</code>.</p>"
    assert [repr(shown(one)) for one in (12_345.6, 3, np.float64(0.5))] == ["12,300", "3", "0.5"]


def test_several_are_shown_one_below_the_other():
    made = worked_out(lambda: (axes(), FRAME, "Look."))
    told = made._repr_html_()
    assert told.index("<img") < told.index("<table") < told.index("<p>Look.</p>")
    assert "a line goes from 0" in repr(made) and plt.get_fignums() == []


@pytest.mark.parametrize("made", [None, True, {}, (), object()])
def test_what_cannot_be_shown_is_a_sentence(made):
    said = worked_out(lambda: made)
    assert isinstance(said, Sentence) and repr(said).startswith("This cannot be shown: a picture")


@pytest.mark.parametrize("error", [ValueError("<b>one</b>\ntwo"), KeyError(), MemoryError()])
def test_a_failure_is_one_line(error):
    def fails():
        plt.figure()
        raise error

    said = worked_out(fails)
    assert "\n" not in repr(said) and "<b>" not in said._repr_html_()
    assert said._repr_mimebundle_()["text/html"] == said._repr_html_()
    assert plt.get_fignums() == []


def test_code_in_a_text_is_set_as_code():
    assert with_code("no ` alone") == "no ` alone"
    assert with_code("`a` & `b`") == "<code>a</code> &amp; <code>b</code>"
