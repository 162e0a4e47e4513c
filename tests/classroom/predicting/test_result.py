"""A result behind a button: its states, and what is recorded of them."""

import pytest
from matplotlib import pyplot as plt

from frontporch import look
from frontporch.classroom import predict, result, team
from frontporch.classroom.predicting.open_results import open_results
from frontporch.classroom.predicting.result import VARIABLE
from frontporch.classroom.record import kept


def draw():
    """A small picture of a result."""
    with look.style():
        _, ax = plt.subplots()
        ax.plot([1, 24], [0.1, 0.3], label="online")
        ax.set(xlabel="hours", ylabel="pairs that met again")
    return ax


def shown(screen):
    """The words of what stands in the cell now."""
    return str((screen.updates or screen.shown[:1])[-1])


def reveals():
    return [(one.about, one.team, dict(one.details)) for one in kept.entries()][-1:]


@pytest.fixture
def there(screen):
    """A result as it is displayed, and its buttons."""
    one = result("1.q", draw)
    one._ipython_display_()
    return one


def offered(one):
    return [name for name, button in one.buttons.items() if button.layout.display != "none"]


def test_it_waits_for_a_prediction_and_is_shown_on_a_click(screen, there):
    assert shown(screen) == "The result comes after your prediction. Record it first."
    assert offered(there) == ["anyway"]
    predict("1.other", 25, unit="%")
    assert screen.updates == []
    predict("1.q", 25, unit="%")
    assert shown(screen) == "Recorded: 25 %. Now look at the result."
    assert offered(there) == ["show"]
    there.buttons["show"].click()
    assert offered(there) == []
    assert shown(screen).startswith(
        "You predicted 25 %.\nLaid over the result: Prediction 1.q: 25 %"
    )
    assert reveals() == [("1.q", "", {})]
    assert "image/png" in screen.updates[-1]._repr_html_()


def test_it_is_shown_anyway_on_one_click_and_that_is_recorded(screen, there):
    there.buttons["anyway"].click()
    assert offered(there) == []
    assert shown(screen).startswith("pairs that met again against hours.")
    assert reveals() == [("1.q", "", {"anyway": True})]
    predict("1.q", 30, unit="%")
    assert shown(screen).startswith("You predicted 30 %.")


def test_what_was_shown_before_is_shown_at_once(screen, there):
    predict("1.q", 25, unit="%")
    there.show()
    predict("1.q", 60, unit="%")
    before = len(kept.entries())
    again = result("1.q", draw)
    screen.shown.clear()
    again._ipython_display_()
    assert str(screen.shown[0]).startswith("You predicted 25 %.") and offered(again) == []
    again.show()
    assert len(kept.entries()) == before
    assert repr(again) == "The result of 1.q was shown."


def test_two_cells_of_one_result_open_together_and_it_is_recorded_once(screen, there):
    other = result("1.q", lambda: "40 %")
    other._ipython_display_()
    there.show(anyway=True)
    assert offered(there) == offered(other) == []
    assert [str(one) for one in screen.updates if str(one) == "40 %"] == ["40 %"]
    other.show()
    assert [one.kind for one in kept.entries()] == ["reveal"]


def test_each_team_has_its_own_first_look(screen, there):
    team("Blue Door")
    predict("1.q", 25, unit="%")
    there.show()
    assert reveals() == [("1.q", "Blue Door", {})]
    team("Red Roof")
    assert shown(screen) == "The result comes after your prediction. Record it first."
    assert offered(there) == ["anyway"]
    team("Blue Door")
    assert shown(screen).startswith("You predicted 25 %.")


def test_typed_it_says_what_is_missing(there, capsys):
    result("1.p", draw).show()
    assert capsys.readouterr().out == "Nothing is recorded yet. Record your prediction first.\n"
    assert "record your prediction first" in repr(there)
    predict("1.q", 3)
    assert repr(there) == "The result of 1.q is behind a button; you predicted 3."


def test_a_choice_and_a_table_are_shown_with_a_sentence(screen):
    predict("1.q", "fell", choices=("fell", "rose"), sure=70)
    for made, said in ((draw, "pairs that met"), (lambda: "They rose.", "They rose.")):
        one = result("1.q", made)
        screen.shown.clear(), screen.updates.clear()
        one._ipython_display_()
        one.show()
        assert shown(screen).startswith(f"You predicted 'fell' (70 % sure).\n{said}")


def test_a_result_that_fails_says_so_and_leaves_no_figure(screen):
    def fail():
        draw()
        raise KeyError("no such column")

    one = result("1.q", fail)
    one._ipython_display_()
    one.show(anyway=True)
    assert shown(screen) == "This cannot be drawn: 'no such column'"


def test_a_damaged_record_is_said(file, screen, there):
    file.write_bytes(b"[{")
    there.buttons["anyway"].click()
    assert shown(screen).startswith("Not shown: tea & talk.json cannot be read")
    screen.shown.clear()
    result("1.q", draw)._ipython_display_()
    assert str(screen.shown[0]).startswith("tea & talk.json cannot be read")


def test_where_notebooks_are_made_every_result_is_open_and_nothing_is_recorded(file, screen):
    with open_results():
        result("1.q", draw)._ipython_display_()
        assert not kept.kept_in().exists()
    (picture,) = screen.shown
    assert str(picture).startswith("pairs that met again against hours.")
    assert kept.kept_in() == file and not file.exists()


def test_open_results_lay_a_prediction_over_where_there_is_one(monkeypatch, screen):
    predict("1.q", 25, unit="%")
    monkeypatch.setenv(VARIABLE, "shown")
    result("1.q", draw)._ipython_display_()
    assert str(screen.shown[0]).startswith("Laid over the result")


def test_open_results_hide_no_error():
    with open_results(), pytest.raises(ZeroDivisionError):
        result("1.q", lambda: 1 / 0)._ipython_display_()
