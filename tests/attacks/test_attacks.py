"""Every attempt on the servers is made, and docs/attacks.md says what was seen."""

import os

import attempts
import on_game
import on_lab
import on_page
import on_room
import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals that Windows lacks")
PAGE = attempts.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("tried", [on_room, on_game, on_page, on_lab], ids=lambda one: one.__name__)
def test_every_attempt_is_seen_as_expected(tried, tmp_path):
    for needed in ("jupyterlab", "voila", "websocket"):
        pytest.importorskip(needed, reason=f"{needed} is not installed: --with all")
    with tried.served(tmp_path) as server:
        rows, wrong = attempts.made(server, tried.ATTEMPTS)
    assert wrong == []
    assert [row[:2] for row in rows] == attempts.listed(PAGE, tried.TITLE)


def test_there_are_many_and_each_is_another():
    tried = [
        (one.TITLE, each.what)
        for one in (on_room, on_game, on_page, on_lab)
        for each in one.ATTEMPTS
    ]
    assert len(tried) == len(set(tried)) >= 80
