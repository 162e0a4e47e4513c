"""The bored who leave early: a rate that looks alike, and shares of opposite sign."""

import re

from frontporch.course.lesson_02 import experiments


def test_the_rate_looks_alike_and_the_share_turns_around():
    table = experiments.who_is_still_there().summary()
    rates, shares = table.iloc[0, 1:], table.iloc[1, 1:]
    for cell in rates:
        _, lower, _ = (float(one) for one in re.findall(r"\d+\.\d", cell))
        assert lower > 1
    signs = [re.findall(r"[+-]", cell) for cell in shares]
    assert signs == [["+"] * 3, ["-"] * 3]
