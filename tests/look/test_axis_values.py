"""Values are told as their axis says them: percent, durations, dates, texts, plain numbers."""

import datetime

import pytest
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look.axis_values import number, plain


@pytest.mark.parametrize("whole", [1, 100, 40])
def test_steps_in_percent_over_hours(whole):
    ax = Figure().subplots()
    ax.step([1, 24, 168], [whole, whole / 2, whole / 8], where="post", label="strangers")
    look.percent_axis(look.hours_axis(ax), whole=whole)
    ax.set(xlabel="time", ylabel="share", title="Who is left?")
    end = "strangers goes from 100% at 1 h to 12.5% at 1 week."
    assert look.alt_text(ax) == "Who is left? share against time. " + end


def test_values_between_ticks_with_texts_keep_their_unit():
    ax = Figure().subplots()
    ax.plot([0, 1], [50, 30])
    ax.set(xlabel="week", ylabel="share (%)")
    ax.set_yticks([0, 50], ["none", "half"])
    assert look.alt_text(ax).endswith("The line goes from half at 0 to 30% at 1.")


def test_dates_are_days():
    ax = Figure().subplots()
    ax.set(xlabel="date", ylabel="people")
    ax.plot([datetime.date(2021, 3, 1), datetime.date(2021, 4, 1)], [1, 2], label="fans")
    told = "fans goes from 1 at 2021-03-01 to 2 at 2021-04-01."
    assert look.alt_text(ax) == f"people against date. {told}"


def test_numbers_and_texts():
    values = {0.9996: "1", 99.96: "100", -1234: "-1,230", float("inf"): "no value"}
    assert {value: number(value) for value in values} == values
    assert plain(r"a \$5 $\alpha_{0}$") == "a $5 _0"


@pytest.mark.parametrize("off", [0.0, -1e-11, 1e-11])
def test_a_day_stays_that_day(off):
    ax = Figure().subplots()
    ax.set(xlabel="date", ylabel="people")
    ax.plot([datetime.date(2021, 3, 1), datetime.date(2021, 4, 1)], [1, 2], label="fans")
    ax.lines[0].set_xdata(ax.lines[0].get_xdata(orig=False) + off)
    assert look.alt_text(ax).endswith("fans goes from 1 at 2021-03-01 to 2 at 2021-04-01.")


@pytest.mark.parametrize("off", [1.2e-17, -6.7e-17, 1e-12])
def test_a_rounding_of_the_axis_is_nought(off):
    ax = Figure().subplots()
    ax.plot([off, 52], [off, 0.418], label="online")
    look.percent_axis(ax).set(xlabel="weeks", ylabel="share")
    assert look.alt_text(ax).endswith("online goes from 0% at 0 to 41.8% at 52.")
    ax.set(yscale="log")  # where every size has room
    assert "from 0% at 0 to" not in look.alt_text(ax)
