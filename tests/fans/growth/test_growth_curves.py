"""Every curve under one contract, and a curve of one's own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from frontporch.fans import growth
from frontporch.fans.growth.curves import CURVES
from frontporch.fans.growth.custom_curve import understood
from frontporch.names import UnknownName

TIMES = np.linspace(0, 60, 6_001)
small = st.floats(1e-4, 0.3)
large = st.floats(0.05, 1.5)


def usual(curve):
    return [one.usual for one in understood(curve).parameters]


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_shares_rise_from_zero_to_at_most_one(curve):
    shares = curve(TIMES, *usual(curve))
    assert (np.diff(shares) >= 0).all()
    assert shares[0] >= 0 and shares[-1] <= 1
    assert shares[-1] > 0.7
    if understood(curve).launched:
        assert shares[0] == 0
        assert (curve(np.array([-3.0, -0.1]), *usual(curve)) == 0).all()


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
@pytest.mark.parametrize("factor", [0.7, 1.0, 1.4])
def test_peak_is_where_growth_is_fastest(curve, factor):
    known = understood(curve)
    values = np.array(usual(curve)) * factor
    grown = np.diff(known.share(TIMES, *values))
    assert known.peak_time(values) == pytest.approx(TIMES[np.argmax(grown)] + 0.005, abs=0.011)


@given(p=small, q=large, churn=st.floats(0.0, 0.8))
def test_churn_solves_its_equation(p, q, churn):
    times = np.linspace(0, 25, 6)
    solved = solve_ivp(
        lambda _, x: (p + q * x) * (1 - x) - churn * x,
        (0, 25),
        [0.0],
        t_eval=times,
        rtol=1e-9,
        atol=1e-11,
    )
    assert growth.bass_with_churn(times, p, q, churn) == pytest.approx(solved.y[0], abs=1e-7)


@given(p=small, q=large, churn=st.floats(0.01, 0.8))
def test_churn_levels_off_below_the_ceiling_where_as_many_come_as_leave(p, q, churn):
    steady = growth.bass_with_churn(1e5, p, q, churn)
    assert 0 < steady < 1
    assert (p + q * steady) * (1 - steady) == pytest.approx(churn * steady, rel=1e-6)


@given(p=small, q=large)
def test_curves_nest_bass(p, q):
    assert growth.shifted_gompertz(TIMES, p, q, 1.0) == pytest.approx(growth.bass(TIMES, p, q))
    assert growth.bass_with_churn(TIMES, p, q, 0.0) == pytest.approx(
        growth.bass(TIMES, p, q), abs=1e-9
    )


def test_bass_solves_its_equation():
    # Bass (1969), equation 1: the rate among those left is p + qF.
    p, q, step = 0.03, 0.38, 1e-5
    t = np.array([0.5, 4.0, 9.0])
    rate = (growth.bass(t + step, p, q) - growth.bass(t - step, p, q)) / (2 * step)
    share = growth.bass(t, p, q)
    assert rate / (1 - share) == pytest.approx(p + q * share, rel=1e-6)


def test_an_own_curve_is_understood_by_its_defaults():
    def ramp(times, years=4.0):
        return np.clip(times / years, 0, 1)

    known = understood(ramp)
    assert known.names == ("years",)
    assert known.launched and not known.rowwise
    assert known.at(np.array([0.0, 2.0]), np.array([[4.0], [8.0]])).tolist() == [
        [0, 0.5],
        [0, 0.25],
    ]


def test_an_own_curve_that_takes_single_numbers_only_is_called_row_by_row():
    def halves(times, years=4.0):
        return times * 0 if years > 1e9 else 1 - 0.5 ** (np.maximum(times, 0) / years)

    known = understood(halves)
    assert known.rowwise
    assert known.at(np.array([0.0, 4.0]), np.array([[4.0], [2.0]])).tolist() == [
        [0, 0.5],
        [0, 0.75],
    ]


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (lambda times: times, "reading its arguments"),
        (lambda times, speed: times, "usual value"),
        (lambda times, speed=1.0: 1 / 0, "at its usual values: ZeroDivisionError"),
        (lambda times, speed=1.0: times[:2], "2 shares for 5 times"),
        (lambda times, speed=1.0: times * speed, "gave 2 at time 2"),
        (lambda times, speed=1.0: np.exp(-np.maximum(times, 0)), "it falls"),
        (lambda times, speed=1.0: np.clip(times, 0, 1)[:, None], r"in the shape \(5, 1\)"),
        (lambda times, speed=1.0: 0.5, "a single number for 5 times"),
        (lambda times, speed=1.0: None, "Does it end with `return`"),
        (lambda times, speed=1.0: np.sqrt(times / 10), "before the launch: it gave nan"),
        (lambda times, speed=1.0: times if times < speed else 1.0, "np.where or np.clip, not if"),
        (lambda times: np.clip(times, 0, 1), "after 'times' there is no parameter"),
        (lambda speed=1.0: speed, "the first, 'speed', has a default"),
        (lambda times, speed=0.0: times, "the default of 'speed' is 0.0"),
        (lambda times, speed="fast": times, "the default of 'speed' is 'fast'"),
        (lambda times, *speeds: times, r"'\*speeds' is not called by its place"),
        (lambda times, *, speed=1.0: times, "'speed' is not called by its place"),
        (lambda times, speed=1.0, lag=2.0: np.clip(times * speed / 9, 0, 1), "'lag' makes no diff"),
        (lambda times, speed=1.0: np.clip(times, 0, 1) * (speed <= 1) + 2 * (speed > 1), "tenth"),
    ],
)
def test_a_faulty_own_curve_is_told_by_its_step(share, words):
    with pytest.raises((TypeError, ValueError), match=words):
        understood(share)


def test_a_parameter_that_matters_late_or_elsewhere_is_kept():
    def bends_late(times, years=9.0, until=80.0):
        return np.clip(np.minimum(times, until) / years / 10, 0, 1)

    assert understood(bends_late).names == ("years", "until")


def test_whole_numbers_are_shares_as_well():
    def jump(times, years=4):
        return (times >= years).astype(int)

    sold = growth.simulate(periods=8, seed=7)
    assert growth.fit(sold, jump).ceiling > 0


def test_an_unknown_curve_names_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'gompertz'"):
        understood("gompert")
    with pytest.raises(TypeError, match="function of times"):
        understood(3)
