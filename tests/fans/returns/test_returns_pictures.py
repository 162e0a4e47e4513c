"""Pictures of returns: what is drawn is what was found, and can be told."""

import numpy as np
import pytest

from frontporch import look
from frontporch.course import lesson_08
from frontporch.fans import (
    Funnel,
    PageAccount,
    break_even,
    fixed,
    lift,
    measured,
    plot_lift,
    supposed,
)
from frontporch.fans.returns.pictures import plot_break_even
from frontporch.rounding import percent

PAGE = PageAccount(
    measured(120, 20, 220),
    measured(35, 28, 44, law="log", source="orders"),
    supposed(0.5, 0.2, 0.8),
    supposed(60, 40, 100),
    fixed(18.0),
)


def test_the_funnel_tells_its_counts():
    found = Funnel(arrivals=10).simulate(7).conversions()
    ax, table = found.plot(), found.summary()
    told = look.alt_text(ax)
    for row in table.itertuples():
        assert f"{row.step}: {row.share:.1%}" in told and f"{row.events:,} of {row.of:,}" in told
    assert [bar.get_width() for bar in ax.patches] == table["share"].tolist()[::-1]
    assert any("(few)" in text.get_text() for text in ax.texts) == table["note"].ne("").any()
    assert look.picture(ax)[1:4] == b"PNG"


def test_a_funnel_with_a_step_that_nobody_reached_can_be_drawn():
    log = Funnel(arrivals=3, weeks=20, joins=0.0).simulate(7)
    ax = log.conversions().plot()
    assert "interval no value to no value" in look.alt_text(ax) and look.picture(ax)[1:4] == b"PNG"


def test_two_worlds_stand_side_by_side_with_their_truth():
    worlds = lesson_08.worlds()
    found = {name: lift(world.simulate(2_000, 7)) for name, world in worlds.items()}
    truth = {name: world.expected()["experiment"] for name, world in worlds.items()}
    ax = plot_lift(found, truth=truth)
    told = look.alt_text(ax)
    for name, one in found.items():
        assert f"{name}: naive {percent(one.lift('naive'), signed=True)}" in told
        assert f"true {percent(truth[name], signed=True)}" in told
    assert ax.get_legend() is not None
    assert look.picture(ax)[1:4] == b"PNG"
    alone = lift(lesson_08.FanWorld().simulate(500, 7)).plot()
    assert alone.get_legend() is None and "ring" not in alone.get_xlabel()


def test_tornado_draws_the_widest_on_top_and_no_fixed_part():
    ax = PAGE.plot()
    labels = [text.get_text() for text in ax.get_yticklabels()]
    assert len(labels) == 4 and labels[-1].startswith("customers won")
    assert "(assumed)" in labels[-2] and not any("wage" in one for one in labels)
    assert "customers won from 20 to 220: profit" in look.alt_text(ax)
    assert look.picture(ax)[1:4] == b"PNG"
    with pytest.raises(ValueError, match="every part is fixed"):
        PageAccount(*map(fixed, (1, 1, 1, 1, 1))).plot("tornado")


@pytest.mark.parametrize(
    ("part", "label"),
    [
        ("hours", "hours of work"),
        ("attribution", "attribution share"),
        ("wage", "wage (money per hour)"),
    ],
)
def test_break_even_is_drawn_by_any_part(part, label):
    values = np.linspace(0, 1, 11)
    ax = PAGE.plot("break even", part=part, values=values, seed=7)
    np.testing.assert_allclose(
        ax.lines[0].get_ydata(), PAGE.probability_by(part, values, 7)["probability"]
    )
    assert ax.get_xlabel() == label
    assert "probability of breaking even" in look.alt_text(ax)
    several = plot_break_even({"one": PAGE, "other": PAGE}, part, values, 7)
    assert look.picture(several)[1:4] == b"PNG"


def test_axes_that_are_given_are_drawn_on():
    from matplotlib.figure import Figure

    ax = Figure().subplots()
    assert PAGE.plot("tornado", ax) is ax


def test_every_result_shows_itself_as_one_table():
    log = Funnel(arrivals=20).simulate(7)
    for result in (log.conversions(), lift(log.people, past=None), PAGE, break_even(PAGE, seed=7)):
        shown = result._repr_html_()
        assert shown.count("<tr") == len(result.summary()) + 1
