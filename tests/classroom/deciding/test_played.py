"""A year: a team's own world and luck, and the same luck for every option."""

import statistics

import pytest

from frontporch.classroom.deciding.pictures import plot_year
from frontporch.classroom.deciding.played import play
from frontporch.look import alt_text, drawn

TEAMS = [f"team {k}" for k in range(300)]


def test_the_same_name_gives_the_same_year(decision):
    one, other = (play(decision, name, "hang a sign") for name in ("Blue Door", " blue door "))
    assert (one.world, one.came) == (other.world, other.came)


def test_teams_are_in_either_world_and_have_luck_of_their_own(decision):
    years = [play(decision, name, "hang a sign") for name in TEAMS]
    first = sum(one.world == "people read signs" for one in years)
    assert 120 <= first <= 180
    assert len({one.brought for one in years}) > 100


def test_options_that_do_the_same_bring_the_same(decision):
    year = play(decision, "Blue Door", "hang a sign")
    assert year.came["hang a sign"] == year.came["also a sign"]
    assert year.best in ("hang a sign", "leave it")


def test_means_range_and_rank_are_those_of_two_hundred_years(decision):
    year = play(decision, "Blue Door", "hang a sign", 500, 4_000)
    world = {"people read signs": 3_000.0, "nobody reads signs": 0.0}
    for name, worth in world.items():
        mean = worth - 500 + 10 * statistics.mean(range(200))
        assert year.means[name]["hang a sign"] == pytest.approx(mean)
    low, high = year.ranges["hang a sign"]
    assert high - low == pytest.approx(0.9 * 1_990)
    here = world[year.world] - 500
    assert year.luckier == pytest.approx((year.brought - here) / 10 / 200)
    assert year.bet == "hang a sign"


def test_the_sentences_say_what_came_and_what_could_be_known(decision):
    told = " ".join(play(decision, "Blue Door", "leave it", None, 4_000).sentences)
    assert "You expected +4,000 dollars, the year brought 0." in told
    assert "luck plays no part" in told
    assert "What you could have known: Count for a week who looks up." in told


@pytest.mark.parametrize("expected", [None, 4_000.0, -20_000.0])
def test_the_picture_is_told_from_its_data(decision, expected):
    ax = plot_year(play(decision, "Blue Door", "leave it", None, expected))
    text = alt_text(ax)
    assert "leave it: 0 dollars on the same luck" in text
    assert "the year brought 0" in text.replace("The", "the")
    names = [name.get_text() for name in ax.get_yticklabels()]
    assert "leave it\n(your choice)" in names
    low, high = ax.get_xlim()
    assert all(low < line.get_xdata()[0] < high for line in ax.lines)
    assert drawn(ax).png[1:4] == b"PNG"
