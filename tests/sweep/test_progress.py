"""Progress is one line: over itself on a screen, once a minute in a log, none where it is quick."""

import io

import pytest

from frontporch.sweep import progress
from frontporch.sweep.progress import Line, Status


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    class Clock:
        now = 0.0

    monkeypatch.setattr(progress.time, "monotonic", lambda: Clock.now)
    return Clock


def test_a_line_is_written_over_itself(clock):
    screen = Screen()
    line = Line(screen)
    clock.now = 1.0
    line.show("quick")
    for clock.now, text in ((3.0, "a long line"), (3.1, "too soon"), (4.0, "short")):
        line.show(text)
    line.show("done", last=True)
    assert screen.getvalue() == "\ra long line\rshort      \rdone       \n"


def test_a_log_has_a_line_a_minute_and_a_quick_sweep_none(clock, monkeypatch):
    monkeypatch.delitem(progress.sys.modules, "ipykernel", raising=False)
    log = io.StringIO()
    line = Line(log)
    for clock.now in range(0, 150, 10):
        line.show(f"at {clock.now}")
    line.show("done", last=True)
    assert log.getvalue() == "at 60\nat 120\ndone\n"
    quick = io.StringIO()
    Line(quick).show("done", last=True)
    assert quick.getvalue() == ""


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status(0, 0, 10), "0 of 10 runs, not running"),
        (Status(0, 0, 10, 0.0, True), "0 of 10 runs"),
        (
            Status(5, 2, 100_000, 10.0, True),
            "7 of 100,000 runs, 2 failed, 10 a second, 2 h 46 min left",
        ),
        (Status(10, 0, 10), "10 of 10 runs"),
    ],
)
def test_a_status_says_what_is_known(status, told):
    assert str(status) == told
