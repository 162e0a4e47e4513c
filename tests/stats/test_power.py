"""Power and size of a trial of two shares against their limits, each other and a peer."""

import pytest

from frontporch.stats import power, sample_size


def test_power_has_its_known_limits():
    assert power(0.2, 0.2, 500) == pytest.approx(0.05)
    assert power(0.2, 0.2, 500, level=0.9) == pytest.approx(0.10)
    assert power(0.2, 0.26, 700) == pytest.approx(power(0.26, 0.2, 700))
    assert power(0.2, 0.4, 10_000) == pytest.approx(1)
    sizes = [power(0.2, 0.26, n) for n in (50, 200, 800, 3_200)]
    assert sizes == sorted(sizes)


@pytest.mark.parametrize("tried", [0.1, 0.22, 0.26, 0.5])
@pytest.mark.parametrize("wanted", [0.5, 0.8, 0.95])
def test_the_sample_size_is_the_smallest_with_that_power(tried, wanted):
    each = sample_size(0.20, tried, power=wanted)
    assert power(0.20, tried, each) >= wanted - 1e-3
    assert power(0.20, tried, each - 1) < wanted + 1e-3


def test_peer_power():
    # statsmodels pools the variances under "no difference": .5951 in place of .5936.
    from statsmodels.stats.proportion import power_proportions_2indep

    peer = power_proportions_2indep(0.06, 0.20, 800, value=0, return_results=False)
    assert power(0.20, 0.26, 800) == pytest.approx(peer, abs=2e-3)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda: power(0, 0.2, 10), "usual is 0, but a share between 0 and 1"),
        (lambda: power(0.1, 1.2, 10), "tried is 1.2"),
        (lambda: power(0.1, 0.2, 0), "each is 0, but must be a whole number"),
        (lambda: power(0.1, 0.2, 10, level=95), "level is 95"),
        (lambda: sample_size(0.2, 0.2), "no size finds a difference of nothing"),
        (lambda: sample_size(0.2, 0.3, power=80), "power is 80"),
    ],
)
def test_bad_input_says_what_is_expected(wrong, words):
    with pytest.raises(ValueError, match=words):
        wrong()
