"""Samples lie in their ranges, grow where they say so, and give indices that are known."""

import math

import numpy as np
import pytest

from frontporch import sweep
from frontporch.sweep.designs import points_of

RANGES = {"chance": (0.05, 0.2), "people": (10, 13), "rule": ["a", "b"], "town": ["x"]}


@pytest.mark.parametrize("method", ["latin_hypercube", "sobol", "saltelli"])
def test_samples_lie_in_their_ranges_with_both_ends(method):
    drawn = sweep.sample(RANGES, 64, method, seed=7)
    assert len(drawn) == 64 * (5 if method == "saltelli" else 1)
    assert drawn["chance"].between(0.05, 0.2).all()
    assert set(drawn["people"]) == {10, 11, 12, 13}
    assert set(drawn["rule"]) == {"a", "b"}
    assert set(drawn["town"]) == {"x"}
    assert drawn.equals(sweep.sample(RANGES, 64, method, seed=7))
    assert not drawn.equals(sweep.sample(RANGES, 64, method, seed=8))


def test_a_latin_hypercube_has_one_point_in_each_stratum():
    drawn = sweep.sample({"a": (0.0, 1.0), "b": (0.0, 1.0)}, 50, seed=7)
    for name in "ab":
        assert sorted((drawn[name] * 50).astype(int)) == list(range(50))


@pytest.mark.parametrize("method", ["sobol", "saltelli"])
def test_a_sample_that_grows_keeps_its_points(method, tmp_path):
    def double(a, b, seed):
        return 2 * a + b

    small, large = (
        sweep.sample({"a": (0.0, 1.0), "b": (0.0, 1.0)}, n, method, seed=7) for n in (8, 16)
    )
    assert large.iloc[: len(small)].equals(small)
    sweep.run(double, small, seed=7, store=tmp_path / "s")
    assert sweep.run(double, large, seed=7, store=tmp_path / "s").status.done == len(large)


def ishigami(a, b, c):
    return {"y": math.sin(a) + 7 * math.sin(b) ** 2 + 0.1 * c**4 * math.sin(a)}


def test_indices_are_those_of_ishigamis_function():
    # Ishigami & Homma (1990); Sobol' & Levitan (1999): first .3139, .4424, 0; total .5576, .4424,
    # .2437, from the closed form with a = 7, b = 0.1.
    ranges = dict.fromkeys("abc", (-math.pi, math.pi))
    study = sweep.run(ishigami, sweep.sample(ranges, 1_024, "saltelli", seed=7), seed=7)
    found = study.indices("y", seed=7)
    assert found["parameter"].tolist() == list("abc")
    assert found["first"].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.03)
    assert found["total"].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    with pytest.raises(KeyError, match="no result 'x'"):
        study.indices("x")


def test_indices_need_their_design_and_all_runs():
    def half(a):
        if a > 0.5:
            raise ValueError
        return a

    drawn = sweep.sample({"a": (0.0, 1.0)}, 8, "saltelli", seed=7)
    with pytest.raises(ValueError, match="points have no result"):
        sweep.run(half, drawn, seed=7).indices("value")
    with pytest.raises(ValueError, match="saltelli"):
        sweep.run(half, {"a": [0.1]}, seed=7).indices("value")
    with pytest.raises(ValueError, match="no parameter matters"):
        sweep.run(lambda a: 1, drawn, seed=7).indices("value")


def test_a_wrong_range_says_what_to_write():
    for told, ranges, points, method in [
        ("low is a number below high", {"a": (1, 1)}, 8, "sobol"),
        ("write (low, high) for a range", {"a": 3}, 8, "sobol"),
        ("a power of 2 for 'sobol': 4 or 8", {"a": (0, 1)}, 5, "sobol"),
        ("a whole number from 1 up", {"a": (0, 1)}, 0, "sobol"),
        ("nothing to draw", {"a": [1]}, 8, "latin_hypercube"),
        ("Did you mean 'sobol'", {"a": (0, 1)}, 8, "sobal"),
    ]:
        with pytest.raises((ValueError, KeyError)) as error:
            sweep.sample(ranges, points, method, seed=7)
        assert told in str(error.value)


def test_numbers_of_numpy_and_of_python_are_the_same_points():
    pd = pytest.importorskip("pandas")
    wanted = [{"a": 1, "b": 0.5}]
    assert points_of({"a": np.array([1]), "b": np.linspace(0.5, 0.5, 1)}) == wanted
    assert points_of(pd.DataFrame({"a": [1], "b": [0.5]})) == wanted
    assert isinstance(points_of({"a": np.arange(1, 2)})[0]["a"], int)
