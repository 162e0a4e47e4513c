"""A lesson 9 in place of the kit's, and a record of each test's own."""

import pytest

from frontporch.classroom import Choice, Diagnosis, Exercise, Experiment, Slider
from frontporch.classroom.checking import checks, teams
from frontporch.classroom.record import kept


def exercise(id, answer, **parts):
    """An exercise with a hint and a solution."""
    told = {"question": "how many?", "hint": f"hint of {id}", "solution": f"solution of {id}"}
    return Exercise(id=id, answer=lambda: answer, **(told | parts))


def waited(hours, place):
    """A table of what is tried: some minutes for every hour, by place."""
    import pandas as pd

    if hours > 90:
        raise ValueError(f"nobody waits {hours:g} <hours>.\nNot even here.")
    return pd.DataFrame({"place": [place], "minutes": [60.0 * hours]})


HOURS = Exercise(
    id="9.9",
    question="What within {hours} hours?",
    answer=lambda hours: float(hours),
    hint="look at `{hours}`",
    solution="it is {hours}",
    options={"hours": (24, 6, 12)},
    unit="%",
    diagnoses=(Diagnosis(1.0, "this is one."), Diagnosis(0.0, "nothing.")),
    experiment=Experiment(
        waited,
        [Slider("hours", "within", 1, 99, 1, 24), Choice("place", "place", ("in", "out"), "in")],
        "waited({hours}, {place!r})",
    ),
)
PAIRS = Exercise(
    id="9.10",
    question="Which worlds (set {worlds})?",
    answer=lambda worlds: ("A", "B", "A") if worlds % 2 else ("B", "B", "A"),
    hint="read the last row",
    solution="by the last row",
    options={"worlds": tuple(range(30))},
    choices=dict.fromkeys(("first pair", "second pair", "third pair"), ("A", "B")),
    diagnoses=(
        Diagnosis(lambda worlds: ("A", "A", "A"), "always A."),
        Diagnosis(lambda worlds: ("B", "B", "B"), "always B."),
    ),
    experiment=Experiment(
        lambda pair, worlds: f"{pair} of `{worlds}`",
        [Choice("pair", "pair", ("first", "second"), "first")],
    ),
)
EXERCISES = [
    exercise(
        "9.1",
        40.0,
        unit="%",
        absolute_tolerance=0.5,
        diagnoses=(Diagnosis(15.0, "you took Monday."), Diagnosis(lambda: 60.0, "their own rest.")),
    ),
    exercise("9.2", 0.2, absolute_tolerance=0.001),
    exercise("9.3", 14.0, unit="days", time_like=True, absolute_tolerance=0.1),
    exercise("9.4", 0.2, unit="per week", absolute_tolerance=0.001),
    exercise(
        "9.5",
        "office 2013",
        diagnoses=(Diagnosis("online", "they lead at first."), Diagnosis("<i>", "a tag.")),
    ),
    exercise("9.6", 50.0, unit="%", absolute_tolerance=0.1),
    exercise("9.7", 1.005, unit="times", absolute_tolerance=0.001),
    exercise("9.8", 0.0, unit="points", absolute_tolerance=0.1),
    HOURS,
    PAIRS,
]


@pytest.fixture
def lesson_9(monkeypatch):
    monkeypatch.setattr(checks, "registered", lambda lesson=None: EXERCISES)


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    """Give what is recorded, as a function."""
    monkeypatch.setenv("FRONTPORCH_RECORD", str(tmp_path / "my-answers.json"))
    monkeypatch.setattr(teams, "_unsaved", [])
    return lambda: [(one.kind, one.about, one.value, one.team) for one in kept.entries()]
