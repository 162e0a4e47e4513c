"""What is tried in lesson 7: the answer can be worked out from the table."""

import pytest

from frontporch.course import pairs
from frontporch.course.lesson_07 import estimate_talk
from frontporch.course.lesson_07 import experiments as tried
from frontporch.course.lesson_07.exercises import EXERCISES

BY_ID = {one.id: one for one in EXERCISES}


def shown(exercise, **settings):
    controls = {
        one.name: one.place(settings.get(one.name, one.value)) for one in controls_of(exercise)
    }
    return BY_ID[exercise].experiment.at(controls, BY_ID[exercise].posed("Blue Door").numbers)


def controls_of(exercise):
    return BY_ID[exercise].experiment.controls


def test_growth_is_read_from_two_junes():
    table = shown("7.1", platform="Facebook", since=2010, until=2016)
    before, after, _ = table["monthly users (millions)"].str.replace(",", "").astype(float)
    answer = BY_ID["7.1"].answer(platform="Facebook", since=2010, until=2016)
    assert 100 * (after / before - 1) == pytest.approx(answer, abs=0.1)


@pytest.mark.parametrize("known", [3, 8, 13])
def test_what_is_still_to_come_is_the_ceiling_less_the_last_count(known):
    last, ceiling = shown("7.2", known=known, curve="bass")["million fans"].astype(float)
    assert ceiling - last == pytest.approx(
        BY_ID["7.2"].answer(known=known, curve="bass"), abs=0.011
    )


@pytest.mark.parametrize("method", ["gompertz", "damped Holt"])
def test_a_forecast_falls_short_of_what_came(method):
    table = shown("7.3", known=5).set_index("method, first 5 counts").astype(float)
    expected, came = table.loc[method]
    answer = BY_ID["7.3"].answer(method=method, known=5)
    assert 100 * (1 - expected / came) == pytest.approx(answer, abs=0.05)


def test_the_error_stands_in_the_table():
    table = shown("7.4", series="clothes dryers", first=5).set_index("method, on clothes dryers")
    answer = BY_ID["7.4"].answer(series="clothes dryers", method="bass", first=5)
    assert float(table.loc["bass", "mean absolute error (%)"]) == pytest.approx(answer, abs=0.006)


def test_every_pair_can_be_told_once_the_platform_is_known():
    for number in pairs.SETS:
        for pair, truth in zip(pairs.PAIRS, pairs.truth(number), strict=True):
            lower = {
                name: estimate_talk(page).interval()[0]
                for name, page in tried.pages(number, pair).items()
            }
            assert [name for name, low in lower.items() if low > 0] == [truth]


def test_a_pair_is_shown_page_by_page_and_the_fans_alone_see_talk_in_both():
    table = shown("7.5", quarters=28)
    assert table.index.tolist() == ["A", "A", "B", "B"]
    alone = table[table["read from"] == "fans alone"]
    assert (alone["lower limit"].astype(float) > 0).all()


def test_the_width_is_upper_less_lower():
    _, low, high = shown("7.6", page=2, quarters=12)["per year"].str.replace("−", "-").astype(float)
    assert high - low == pytest.approx(BY_ID["7.6"].answer(quarters=12, page=2), abs=0.0011)
