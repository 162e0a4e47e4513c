"""What the lessons' case models give shows itself as a table, and names its pictures."""

import pytest

from frontporch import community
from frontporch.course import lesson_04, lesson_05, lesson_06
from frontporch.names import UnknownName


def reach():
    street, news = community.main_street().community(), community.independent_cascade(0.3)
    return lesson_04.reach(street, "café", news, [0.0, 0.5], draws=2, runs=5, seed=7)


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (reach, "per_cent"),
        (lambda: lesson_05.ways(0.1, towns=1, runs=5), "newcomers"),
        (lambda: lesson_05.by_strangers([5], towns=1, runs=5), "share"),
        (
            lambda: lesson_06.by_budget(
                lesson_06.ContactWorld(people=200, weeks=4), [20], seed=7, runs=2
            ),
            "adopters",
        ),
    ],
)
def test_a_result_shows_its_table_and_names_its_pictures(make, column):
    found = make()
    assert column.replace("_", " ") in found._repr_html_() and column in found.summary()
    with pytest.raises(UnknownName, match=next(iter(found.PICTURES))):
        found.plot(f"{next(iter(found.PICTURES))}s")
    mine = found.summary()
    mine[column] = -1.0
    assert (found.summary()[column] >= 0).all()
