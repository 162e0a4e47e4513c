"""Elementary functions: near the system's own, and right at the ends of the range."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch import elementary
from frontporch.elementary import blocks

finite = st.floats(allow_nan=False, allow_infinity=False)
above_0 = st.floats(min_value=0, exclude_min=True, allow_infinity=False)


def ulps(found, wanted):
    """How many units in the last place two numbers are apart; the smallest unit near 0."""
    if found == wanted or (math.isnan(found) and math.isnan(wanted)):
        return 0.0
    return abs(found - wanted) / math.ulp(wanted)


@given(st.floats(-745, 709.7))
def test_exponentials_are_those_of_the_system_to_two_last_places(x):
    assert ulps(elementary.exp(x), math.exp(x)) <= 2
    assert ulps(elementary.expm1(x), math.expm1(x)) <= 2


@given(above_0)
def test_logarithms_are_those_of_the_system_to_two_last_places(x):
    assert ulps(elementary.log(x), math.log(x)) <= 2
    assert ulps(elementary.log1p(x), math.log1p(x)) <= 2


@given(st.floats(-1, 1, exclude_min=True))
def test_logarithms_near_one_lose_nothing(x):
    assert ulps(elementary.log1p(x), math.log1p(x)) <= 2
    assert ulps(elementary.tanh(x), math.tanh(x)) <= 4


@given(st.floats(1e-100, 1e100), st.floats(-3, 3))
def test_powers_are_those_of_the_system_to_two_last_places(x, y):
    assert ulps(elementary.power(x, y), math.pow(x, y)) <= 2


def test_dense_samples_stay_within_two_last_places():
    rng = np.random.default_rng(7)
    x = np.concatenate([rng.uniform(-2, 2, 20_000), rng.uniform(-700, 700, 5_000)])
    pairs = (
        (elementary.exp, math.exp, x), (elementary.expm1, math.expm1, x),
        (elementary.log, math.log, np.abs(x)),
        (elementary.log1p, math.log1p, np.maximum(x, -0.999_999)),
    )  # fmt: skip
    for ours, reference, at in pairs:
        wanted = np.array([reference(one) for one in at])
        apart = np.abs(ours(at) - wanted) / np.spacing(np.abs(wanted))
        assert apart.max() <= 2, reference.__name__


@pytest.mark.parametrize("name", ["exp", "expm1", "log", "log1p", "tanh"])
@pytest.mark.parametrize("x", [0.0, -0.0, 1.0, -1.0, -2.0, np.inf, -np.inf, np.nan, 5e-324, 800.0])
def test_the_ends_are_those_of_numpy(name, x):
    with np.errstate(all="ignore"):
        wanted = float(getattr(np, name)(x))
    found = float(getattr(elementary, name)(x))
    assert ulps(found, wanted) <= 2
    assert math.copysign(1, found) == math.copysign(1, wanted) or math.isnan(wanted)


@pytest.mark.parametrize("x", [0.0, 1.0, np.inf, np.nan, 5e-324, 0.5])
@pytest.mark.parametrize("y", [0.0, 1.0, -1.0, 2.0, np.inf, -np.inf, np.nan, 5e3])
def test_the_ends_of_powers_are_those_of_numpy(x, y):
    with np.errstate(all="ignore"):
        wanted = float(np.power(x, y))
    assert ulps(float(elementary.power(x, y)), wanted) <= 2


def test_arrays_keep_their_shape_and_are_not_changed():
    x = np.linspace(-1, 1, 3 * blocks.BLOCK).reshape(3, -1)
    before = x.copy()
    whole = elementary.exp(x)
    assert whole.shape == x.shape
    assert (x == before).all()
    assert (whole[1] == elementary.exp(x[1])).all()
    assert (elementary.exp(x.T) == whole.T).all()
    assert elementary.log([]).shape == (0,)
    assert isinstance(elementary.exp(1), float)


def test_whole_powers_are_looked_up():
    counts = np.array([[0, 3], [1, 3]])
    found = elementary.whole_power(0.9, counts)
    assert found == pytest.approx(0.9**counts, rel=1e-15)
    assert elementary.whole_power(0.9, np.array([], dtype=int)).shape == (0,)


def test_the_compiled_logarithm_has_the_same_bits():
    kernels = pytest.importorskip("frontporch.community.spread.engine.kernels")
    at = np.concatenate([np.random.default_rng(7).random(5_000), [1.0, 2.0**-53, 0.5**0.5]])
    assert [kernels.log(one) for one in at] == elementary.log(at).tolist()
