"""What a hand-in holds and what it lacks, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..course_package import course
from ..record.entry import Entry
from .hand_in_file import HandIn

ROUND = re.compile(r"\d+\.round_\d+")
"""What the memos of a game are about."""


def holds(hand_in: HandIn) -> str:
    """Say in one sentence what is in a hand-in."""
    answers, exercises = hand_in.about("answer"), course().exercises(hand_in.lesson)
    answered = sum(one.id in answers for one in exercises)
    right = sum(_right(hand_in, answers.get(one.id, ())) for one in exercises)
    parts = []
    if exercises:
        parts.append(f"answers to {answered} of {len(exercises)} exercises ({right} right)")
    predictions = len(hand_in.about("prediction"))
    if predictions:
        parts.append("1 prediction" if predictions == 1 else f"{predictions} predictions")
    parts += [
        f"your {kind}"
        for kind, made in (("decision", _decided(hand_in)), ("memo", memo(hand_in)))
        if made
    ]
    listed = ", ".join(parts[:-1]) + f" and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    return f"It holds {listed}."


def missing(hand_in: HandIn) -> list[str]:
    """Say what a hand-in lacks, one sentence each; none where it is complete."""
    lesson, found = hand_in.lesson, []
    if not hand_in.team:
        found.append("Your team has no name yet: type it in the box of the team's cell.")
    if not hand_in.person:
        found.append("Type your name and student number in the second box of the team's cell.")
    answers = hand_in.about("answer")
    for one in course().exercises(lesson):
        given = answers.get(one.id, ())
        if not given:
            found.append(f"{one.id} has no answer.")
        elif not any(hand_in.of_this_team(each) for each in given):
            other = given[-1].team or "no team"
            found.append(
                f"{one.id} was answered for {other}. Answer it again with the numbers of "
                f"{hand_in.team or 'the class'}."
            )
        elif not _right(hand_in, given):
            found.append(f"{one.id} is not right yet.")
    predicted = hand_in.about("prediction")
    found += [
        f"Prediction {one} is not recorded."
        for one in course().outcomes(lesson)
        if one not in predicted
    ]
    if course().part(lesson, "decision") is not None:
        if not _decided(hand_in):
            found.append("The decision is not made yet.")
        if not memo(hand_in):
            found.append("The memo is empty, or was written for another team.")
    return found


def memo(hand_in: HandIn) -> tuple[str, ...]:
    """Give the sentences of the team's last memo; none where all are empty.

    A game has a memo a round: the last of each follows, with its round.
    """
    last: dict[str, tuple[str, ...]] = {}
    for one in hand_in.entries:
        if one.kind == "memo" and one.value is not None and hand_in.of_this_team(one):
            value = one.value if isinstance(one.value, tuple) else (one.value,)
            about = one.about if ROUND.fullmatch(one.about) else ""
            last[about] = tuple(str(each).strip() for each in value)
    said = last.pop("", ())
    rounds = {int(about.rpartition("_")[2]): lines for about, lines in last.items() if any(lines)}
    told = tuple(f"Round {number}: {' '.join(rounds[number])}" for number in sorted(rounds))
    return (*(said if any(said) else ()), *told)


def is_empty(hand_in: HandIn) -> bool:
    """Tell whether nothing of the lesson was recorded."""
    return all(one.kind == "team" for one in hand_in.entries)


def _right(hand_in: HandIn, given: Sequence[Entry]) -> bool:
    return any(one.details.get("right") is True for one in given if hand_in.of_this_team(one))


def _decided(hand_in: HandIn) -> bool:
    """Whether the lesson's own decision was made, beside those of the rounds of a year."""
    return f"{hand_in.lesson}.decision" in hand_in.about("decision")
