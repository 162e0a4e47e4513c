"""The verbs of the subject: fit chooses an estimator, compare gives a difference."""

import numpy as np
import pytest

from frontporch import community, look
from frontporch.community.word_of_mouth.weekly import Weeks
from frontporch.course import lesson_06

TOWN = community.small_world(300, 6, 0.1, seed=7)


def spread(chance, seed=7, runs=400):
    return community.simulate(TOWN, 0, community.independent_cascade(chance), runs, seed)


def test_spreads_on_the_same_coins_are_compared_run_by_run():
    often, seldom = spread(0.2), spread(0.15)
    found, apart = community.compare(often, seldom), community.compare(often, spread(0.15, seed=8))
    difference = often.sizes - seldom.sizes
    error = difference.std(ddof=1) / np.sqrt(len(difference))
    row = found.summary().iloc[0]
    assert row["difference"] == pytest.approx(often.mean - seldom.mean, abs=1e-12)
    assert found.interval() == pytest.approx(
        (row["difference"] - 1.959964 * error, row["difference"] + 1.959964 * error), abs=1e-5
    )
    assert np.ptp(found.interval()) < np.ptp(apart.interval())
    assert apart.estimator.startswith("difference of means of independent runs")


def test_exact_spreads_differ_without_error():
    line = community.from_arrays([0, 1, 2, 3], [1, 2, 3, 4])
    sure, likely = (
        community.simulate(line, 0, community.independent_cascade(p), runs="exact")
        for p in (1, 0.3)
    )
    found = community.compare(sure, likely)
    assert found.interval() == pytest.approx((5 - 1.4251,) * 2, abs=1e-12)


def test_influences_are_compared_method_by_method():
    worlds = [community.fit(*town.simulate(seed=1)) for town in lesson_06.taste_worlds().values()]
    found = community.compare(*worlds)
    effects = [one.estimates["effect"].to_numpy() for one in worlds]
    assert found.differences["difference"].to_numpy() == pytest.approx(effects[0] - effects[1])
    inside = found.differences[["lower", "difference", "upper"]].to_numpy()
    assert (np.diff(inside, axis=1) > 0).all()
    assert "all compared" in look.alt_text(found.plot())


def test_fit_reads_what_it_is_given():
    weeks = Weeks().simulate(520, seed=7)
    found = community.fit(weeks, lags=1, level=0.9)
    assert found.level == 0.9 and found.interval("talk")[0] > 0
    assert "talk" in found._repr_html_()
    same = community.compare(found, found).summary()
    assert (same["difference"] == 0).all() and (same["lower"] < 0).all()
    with pytest.raises(ValueError, match="fit both at one level"):
        community.compare(found, community.fit(weeks, lags=1))


@pytest.mark.parametrize(
    "call, told",
    [
        (lambda: community.fit(TOWN), "give its people"),
        (lambda: community.fit(Weeks().simulate(60, seed=7), TOWN), "the community first"),
        (lambda: community.compare(spread(0.1), TOWN), "cannot be compared"),
    ],
)
def test_what_does_not_belong_together_is_named(call, told):
    with pytest.raises(TypeError, match=told):
        call()
