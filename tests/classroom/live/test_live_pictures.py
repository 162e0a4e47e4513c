"""What the projector draws of a decision."""

import matplotlib.pyplot as plt
import pytest

from frontporch import look
from frontporch.classroom.course_package import course
from frontporch.classroom.deciding.played import play
from frontporch.classroom.live.pictures import plot_decided, plot_years

DECISION = course().decision(8)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_every_option_is_counted_also_one_that_nobody_chose():
    ax = plot_decided(DECISION, ["buy fans", "buy fans", "buy none"])
    told = look.alt_text(ax)
    assert "What 3 teams decided" in told
    assert "buy fans 2; try a quarter first 0; buy none 1" in told
    assert [one.get_width() for one in ax.patches] == [2, 0, 1]


def test_every_team_has_a_dot_at_what_its_year_brought():
    years = [play(DECISION, f"Team {k}", "buy none") for k in range(12)]
    years += [play(DECISION, f"Team {k}", "buy fans", 4000) for k in range(6)]
    ax = plot_years(DECISION, years)
    dots = [tuple(place) for one in ax.collections for place in one.get_offsets().tolist()]
    assert sorted(x for x, _ in dots) == sorted(one.brought for one in years)
    assert len(set(dots)) == 18  # twelve teams that bought none have the same dollars
    assert {round(y) for _, y in dots} == {0, 2}  # each beside its own choice
    assert "What the year brought 18 teams" in look.alt_text(ax)
