"""The account adds up the years that were played."""

import pytest

from frontporch.classroom import account, decide, team
from frontporch.classroom.deciding.pictures import plot_account
from frontporch.look import alt_text, drawn


def test_nothing_played_is_a_sentence(record, capsys):
    found = account()
    found._ipython_display_()
    assert "No year was played yet" in capsys.readouterr().out
    assert found.brought == 0
    with pytest.raises(ValueError, match="nothing to draw"):
        plot_account(found)


def test_years_add_up_also_those_of_an_earlier_name(record):
    nine = decide("9.decision", "run the page", expected=4_000).year
    team("Red Door")
    one = decide("1.decision", "answer online", amount=2_000).year
    found = account()
    assert [line.lesson for line in found.lines] == [1, 9]
    assert found.brought == pytest.approx(one.brought + nine.brought)
    assert found.expected == 4_000
    table = found.summary()
    assert table["lesson"].tolist() == ["1", "9", "all"]
    ax = plot_account(found)
    text = alt_text(ax)
    assert "2 shops: we expected +4,000 dollars, they brought" in text
    assert "run the page, expected +4,000, brought" in text
    drawn(ax)
