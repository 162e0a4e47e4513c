"""Pictures of the cash register: what is drawn is what was found, and can be told."""

import numpy as np
import pytest

from frontporch import look
from frontporch.course import lesson_09
from frontporch.course.lesson_09 import (
    PageWorld,
    bought_by,
    page_accounts,
    plot_page,
    plot_tenure,
    profits,
)
from frontporch.fans import fixed
from frontporch.fans.returns.tenure import profit_by_tenure
from frontporch.names import UnknownName
from frontporch.rounding import to_error

PAGES = page_accounts(PageWorld().simulate(2_000, 7), fixed(49.0), fixed(100.0), fixed(18.0))
COHORTS = {name: one.simulate(1_000, 7) for name, one in lesson_09.cohorts().items()}


@pytest.mark.parametrize(
    ("group", "names"), [("fan", ["fans", "all others"]), ("invited", ["invited", "not invited"])]
)
def test_groups_are_drawn_as_groups_and_not_as_steps(group, names):
    books = PageWorld().simulate(2_000, 7)
    ax = bought_by(books, group).plot()
    assert [one.get_text() for one in ax.get_yticklabels()][::-1] == names
    assert "who bought" in ax.get_xlabel() and "step" not in ax.get_xlabel()
    told = look.alt_text(ax)
    assert told.startswith("Share of each group who bought. ") and "funnel" not in told
    for name, row in zip(names, bought_by(books, group).summary().itertuples(), strict=True):
        assert f"{name}: {row.share:.1%}, interval" in told
    assert sorted(bar.get_width() for bar in ax.patches) == sorted(
        bought_by(books, group).summary()["share"]
    )


def test_profits_are_drawn_with_their_chance_and_the_truth():
    ax = profits(PAGES, 7).plot(truth=-500.0)
    table, told = profits(PAGES, 7).summary(), look.alt_text(ax)
    for row in table.itertuples():
        half = (row.upper - row.lower) / 2
        profit, lower, upper = (to_error(x, half) for x in (row.profit, row.lower, row.upper))
        assert f"{row.account} {profit}, interval {lower} to {upper}, breaks even" in told
        assert f"{row.breaks_even:.0%}" in [text.get_text() for text in ax.texts]
    assert "The truth: -500." in told
    drawn = next(line for line in ax.lines if len(line.get_xdata()) == len(table))
    assert drawn.get_ydata().tolist() == table["profit"].tolist()
    assert look.picture(ax)[1:4] == b"PNG"
    assert "truth" not in look.alt_text(profits(PAGES, 7).plot())


def test_the_axis_may_count_in_thousands():
    ax = profits(PAGES, 7).plot(thousands=True, truth=-500.0)
    table = profits(PAGES, 7).summary()
    drawn = next(line for line in ax.lines if len(line.get_xdata()) == len(table))
    np.testing.assert_allclose(drawn.get_ydata().astype(float), table["profit"] / 1000)
    assert "(thousand dollars)" in ax.get_ylabel()
    shown = ax.yaxis.get_major_formatter()
    assert [shown(2.5), shown(30_000.0)] == ["2.5", "30,000"]
    assert [-0.5, -0.5] in [list(line.get_ydata()) for line in ax.lines]
    assert look.alt_text(ax) == look.alt_text(profits(PAGES, 7).plot(truth=-500.0))


def test_a_page_says_where_it_breaks_even():
    told = look.alt_text(plot_page(8, 18, 0.25, 0.0, customers=800, value=49))
    assert "from -7,488 dollars at 0% to 31,712 at 100%" in told
    assert "It breaks even at a share of 19%" in told and "profit 2,312" in told
    ax = plot_page(40, 40)
    assert "At no share does it break even." in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"


def test_to_be_certain_of_the_share_makes_the_chance_certain():
    sure, unsure = plot_page(unsure=0.0), plot_page(unsure=0.25)
    chance = [int(ax.get_title(loc="left").split()[-1].rstrip("%")) for ax in (sure, unsure)]
    assert chance[0] > 95 and 50 < chance[1] < 80


@pytest.mark.parametrize(("name", "value"), [("attribution", 1.2), ("unsure", -0.1)])
def test_a_share_out_of_range_is_refused(name, value):
    with pytest.raises(ValueError, match=f"{name} is {value}"):
        plot_page(**{name: value})


@pytest.mark.parametrize(("per", "column"), [("week", "weekly"), ("customer", "profit")])
def test_tenure_is_drawn_from_its_groups(per, column):
    ax = plot_tenure(COHORTS, per=per)
    named = {line.get_label(): line for line in ax.lines}
    for name, cohort in COHORTS.items():
        table = profit_by_tenure(cohort)
        np.testing.assert_allclose(named[name].get_ydata(), table[column])
        assert f"still there at {table['weeks'].iloc[-1]:.0f} weeks" in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"


def test_one_cohort_needs_no_name_and_an_unknown_unit_names_the_nearest():
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert plot_tenure(next(iter(COHORTS.values())), ax) is ax and not ax.texts
    with pytest.raises(UnknownName, match="'week'"):
        plot_tenure(COHORTS, per="weeks")
