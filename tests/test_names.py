"""Unknown names are answered with the nearest one."""

import pytest

from frontporch.names import UnknownName, nearest, pick


def test_the_nearest_name_is_named():
    assert nearest("Onlin", ["offline", "online"]).startswith("Did you mean 'online'?")


def test_far_names_get_the_list_only():
    assert nearest("zebra", ["offline", "online"]) == "Known: offline, online."


def test_pick_gives_the_name_or_a_sentence_without_quotes_around_it():
    assert pick("online", ["online"], "channel") == "online"
    with pytest.raises(UnknownName) as caught:
        pick("onlin", ["online"], "channel")
    assert str(caught.value) == "There is no channel 'onlin'. Did you mean 'online'? Known: online."
    assert isinstance(caught.value, KeyError) and isinstance(caught.value, ValueError)
