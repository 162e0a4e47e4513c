"""Contrast ratios are those of the guidelines, and readable colours reach the one for text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from matplotlib.colors import to_hex, to_rgb

from frontporch.look import palette, readable
from frontporch.look.contrast import TEXT_RATIO, contrast_ratio

SHARE = st.floats(0, 1)
COLOUR = st.tuples(SHARE, SHARE, SHARE)


def linear(color):
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]


def test_text_needs_what_the_guidelines_ask():
    # Web Content Accessibility Guidelines 2.2 (2023), success criterion 1.4.3.
    assert TEXT_RATIO == 4.5


@pytest.mark.parametrize(
    ("color", "background", "ratio"),
    [
        # From the definition: relative luminance of the pure colours is 0.2126, 0.7152, 0.0722.
        ("#FF0000", "white", 1.05 / 0.2626),
        ("#00FF00", "white", 1.05 / 0.7652),
        ("#0000FF", "white", 1.05 / 0.1222),
        ("#0000FF", "black", 0.1222 / 0.05),
        # 3:1 and 4.5:1 lie between neighbouring greys, as every checker of contrast tells.
        ("#767676", "white", 4.54),
        ("#777777", "white", 4.48),
    ],
)
def test_ratios_are_those_of_the_definition(color, background, ratio):
    assert contrast_ratio(color, background) == pytest.approx(ratio, abs=0.005)


@given(COLOUR, COLOUR)
def test_a_ratio_is_from_1_to_21_whichever_comes_first(one, other):
    ratio = contrast_ratio(one, other)
    assert 1 <= ratio <= 21 + 1e-9
    assert ratio == contrast_ratio(other, one)


@given(COLOUR)
@example((0.465, 0.465, 0.465))  # dark enough before it is rounded to 256 steps, and not after
@example((1.0, 1.0, 1.0))
def test_readable_colours_reach_the_ratio_for_text(color):
    assert contrast_ratio(readable(color)) >= 4.5


@given(COLOUR)
def test_a_colour_that_is_dark_enough_is_kept(color):
    written = to_hex(color).upper()
    assert (readable(color) == written) == (contrast_ratio(written) >= 4.5)


@given(COLOUR)
def test_a_colour_is_darkened_no_more_than_needed(color):
    dark = readable(color)
    if dark != to_hex(color).upper():
        # One step of 256 in each channel is the most that rounding takes away.
        up = [min(1, c + 1 / 255) for c in to_rgb(dark)]
        assert contrast_ratio(up) < 4.5


@pytest.mark.parametrize("color", ["orange", "#14A77F", "#9186AC", "cyan"])
def test_hue_is_kept(color):
    before, after = linear(color), linear(readable(color))
    # Light of each channel as a share of the strongest one, up to the rounding to 256 steps.
    for one, other in zip(before, after, strict=True):
        assert other / max(after) == pytest.approx(one / max(before), abs=0.015)


def test_the_names_of_all_series_are_readable():
    assert min(contrast_ratio(readable(one.color)) for one in palette) >= 4.5
