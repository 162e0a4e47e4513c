"""Two worlds, one coin, one reader."""

import pytest

from frontporch.course.doubles import Doubles
from frontporch.names import UnknownName
from frontporch.streams import generator


def test_without_a_coin_the_names_say_which_is_which():
    worlds = Doubles("talk", "taste", names=("friends talk", "friends are alike"))
    assert dict(worlds) == {"friends talk": "talk", "friends are alike": "taste"}
    assert worlds.truth == "friends talk" and len(worlds) == 2


@pytest.mark.parametrize("seed", range(20))
def test_the_coin_orders_a_and_b(seed):
    worlds = Doubles("talk", "taste", shuffle=seed)
    kept = generator(seed).random() < 0.5
    assert list(worlds.values()) == (["talk", "taste"] if kept else ["taste", "talk"])
    assert worlds.truth == ("A" if kept else "B")
    assert worlds[worlds.truth] == "talk"


def test_what_is_shown_does_not_tell_which_is_which():
    assert {repr(Doubles(1, 2, shuffle=seed)) for seed in range(9)} == {"two worlds: A and B"}


def test_equal_worlds_are_still_told_apart_by_their_order():
    worlds = Doubles([1], [1], shuffle=1)
    assert worlds.truth == ("A" if generator(1).random() < 0.5 else "B")


def test_data_are_read_in_one_way():
    worlds = Doubles(1, 2, reader=lambda data, level=0.95: (data, level))
    assert worlds.read("table", level=0.9) == ("table", 0.9)
    with pytest.raises(TypeError, match="no reader"):
        Doubles(1, 2).read("table")


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(UnknownName, match="Known: A, B"):
        Doubles(1, 2, shuffle=0)["C"]
