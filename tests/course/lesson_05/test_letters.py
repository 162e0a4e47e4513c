"""Letters that are picked: what a reader believes who knows it, and who does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from frontporch.course.lesson_05.letters import believed_quality, draw_letters


@settings(max_examples=20)
@given(st.floats(-1, 1), st.floats(0, 1.5), st.integers(0, 10**6))
def test_picked_letters_mislead_whoever_does_not_know_that_they_were_picked(quality, above, seed):
    letters = draw_letters(5_000, quality, above=above, seed=seed)
    naive = believed_quality(letters)
    knowing = believed_quality(letters, above=above)
    assert naive.mean > quality
    assert abs(knowing.mean - quality) < abs(naive.mean - quality)


def test_all_letters_give_the_normal_posterior():
    letters = np.array([0.5, 1.5, 1.0])
    read = believed_quality(letters, spread=1.0, prior_mean=0.0, prior_spread=2.0)
    precision = 1 / 4 + 3
    assert read.mean == pytest.approx(3 / precision, abs=1e-6)
    lower, upper = read.interval()
    assert upper - lower == pytest.approx(2 * 1.959964 / np.sqrt(precision), abs=1e-2)
    assert read.summary()["letters"].tolist() == [3]


def test_the_truncated_posterior_peaks_at_the_truncated_likelihood():
    letters = draw_letters(3_000, 0.3, above=0.5, seed=7)

    def loss(q):
        return -(stats.norm.logpdf(letters, q).sum() - len(letters) * stats.norm.logsf(0.5, q))

    best = optimize.minimize_scalar(loss, bounds=(-3, 3), method="bounded").x
    read = believed_quality(letters, above=0.5, prior_spread=2.0)
    assert read.quality[np.argmax(read.density)] == pytest.approx(best, abs=0.02)
    with pytest.raises(ValueError, match="lower `above`"):
        believed_quality([0.1], above=0.5)
