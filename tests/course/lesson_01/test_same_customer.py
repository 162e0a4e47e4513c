"""The same customer online and offline: the table says what each world is."""

import re

from frontporch.course.lesson_01 import experiments


def intervals(column):
    return [[float(one) for one in re.findall(r"\d+\.\d", cell)] for cell in column]


def test_all_pairs_look_alike_and_each_customer_tells_the_worlds_apart():
    table = experiments.same_customer().summary()
    coin, chosen = (intervals(table[name]) for name in table.columns[1:])
    for everybody in (coin[0], chosen[0]):
        assert everybody[1] > 1.2  # online looks faster in both
    assert abs(coin[0][0] - chosen[0][0]) < 0.3
    assert coin[1][1] > 1.2
    assert chosen[1][1] < 1 < chosen[1][2]
