"""Two people who open up to each other: closed forms, limits and a brand's policies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontporch.deepening.reciprocity import Disclosure, by_the_script, in_kind, once_told

PAIR = Disclosure(base=(0.2, 0.3), reciprocity=(0.5, 0.6), speed=0.7)
FREE = (np.inf, np.inf)


def test_rest_point_and_eigenvalue_by_hand():
    assert PAIR.rest_point() == pytest.approx([0.5, 0.6], abs=1e-10)
    assert PAIR.eigenvalues()[0] == pytest.approx(0.7 * (-1 + np.sqrt(0.3)), abs=1e-10)
    jacobian = 0.7 * np.array([[-1, 0.5], [0.6, -1]])
    assert sorted(PAIR.eigenvalues()) == pytest.approx(sorted(np.linalg.eigvals(jacobian)))


@given(
    base=st.tuples(st.floats(0, 0.3), st.floats(0, 0.3)),
    reciprocity=st.tuples(st.floats(0, 0.7), st.floats(0, 0.7)),
    start=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_the_exact_path_is_that_of_the_equation(base, reciprocity, start):
    at = [0.0, 0.3, 2.0, 9.0]
    exact = Disclosure(base, reciprocity, growth=0.0).path(at, start)
    assert exact.iloc[0, 1:3].tolist() == pytest.approx(start, abs=1e-12)
    solved = Disclosure(base, reciprocity, limits=(5.0, 5.0), policy=lambda x: reciprocity[1] * x)
    integrated = solved.path(at, start)
    for column in ("first", "second"):
        assert exact[column].tolist() == pytest.approx(integrated[column].tolist(), abs=1e-6)


def test_the_closed_form_meets_the_matrix_exponential():
    from frontporch.deepening.reciprocity.disclosure import _by_exponential, _exact

    at = np.array([0.0, 1.0, 5.0])
    for pair in (PAIR, Disclosure(reciprocity=(0.0, 0.6)), Disclosure(reciprocity=(1.2, 1.1))):
        begin = np.array([0.1, 0.4])
        assert _exact(pair, at, begin) == pytest.approx(_by_exponential(pair, at, begin), abs=1e-9)
    one = Disclosure(reciprocity=(1.0, 1.0), limits=FREE, growth=0.0).path([0, 2000])
    assert one["first"].iloc[-1] > 400


def test_disclosure_escalates_exactly_from_a_product_of_one_on():
    assert not Disclosure(reciprocity=(1.2, 0.83)).escalates
    up = Disclosure(reciprocity=(1.25, 0.8))
    assert up.escalates and "without bound" in up.in_words()
    with pytest.raises(ValueError, match="escalates without bound"):
        up.rest_point()
    with pytest.raises(ValueError, match="escalates without bound"):
        Disclosure(reciprocity=(1.25, 0.8), limits=FREE).settles_at()
    # The norm of maximal intimacy ends it.
    assert up.settles_at() == pytest.approx([1, 1], abs=1e-6)
    assert "settles at 0.50 and 0.60" in PAIR.in_words()


def test_a_path_never_leaves_its_limits():
    path = Disclosure(reciprocity=(1.2, 1.2)).path(60, start=(1.0, 0.2))
    assert path[["first", "second"]].to_numpy().max() <= 1 + 1e-7
    assert path[["first", "second"]].to_numpy().min() >= 0


def test_closeness_makes_both_open_up():
    cold = Disclosure((0.1, 0.1), (0.5, 0.5)).settles_at()
    warm = Disclosure((0.1, 0.1), (0.5, 0.5), warmth=0.3)
    assert (warm.settles_at() > cold + 0.05).all()
    close = warm.path(400).iloc[-1]
    opened = 0.2 * close["first"] * close["second"]
    assert close["closeness"] == pytest.approx(opened / (opened + 0.05), abs=1e-5)
    with pytest.raises(ValueError, match="belongs to the linear equation"):
        warm.rest_point()


def test_a_brand_answers_by_a_plain_function():
    linear = Disclosure((0.2, 0.05), (0.6, 0.8), limits=(1.0, 0.6))
    brand = Disclosure.with_brand(in_kind(0.8))
    assert brand.settles_at() == pytest.approx(linear.rest_point(), abs=1e-6)
    assert Disclosure.with_brand(in_kind(2.0), cap=0.6).settles_at()[1] == pytest.approx(0.6)
    script = Disclosure.with_brand(by_the_script(0.3)).settles_at()
    assert script == pytest.approx([0.2 + 0.6 * 0.35, 0.35], abs=1e-6)
    # Small talk until the customer has told something: where it begins decides.
    waits = Disclosure.with_brand(once_told(0.3, 0.5), customer=0.2)
    assert waits.settles_at()[0] < 0.3 < waits.settles_at(start=(0.5, 0.5))[0]


def test_bad_numbers_and_policies_are_named():
    with pytest.raises(ValueError, match="base is two depths"):
        Disclosure(base=(1.2, 0))
    with pytest.raises(ValueError, match="but must be two numbers from 0 up"):
        Disclosure(reciprocity=0.5)
    with pytest.raises(ValueError, match="speed is 0"):
        Disclosure(speed=0)
    with pytest.raises(ValueError, match="policy failed at depth 0: ZeroDivisionError"):
        Disclosure.with_brand(lambda depth: 1 / depth)
    with pytest.raises(ValueError, match="answers -1"):
        Disclosure.with_brand(lambda depth: -1.0)
    with pytest.raises(ValueError, match="start is"):
        PAIR.path(10, start=(2, 0))
    with pytest.raises(ValueError, match="rising numbers"):
        PAIR.path([3, 1])
