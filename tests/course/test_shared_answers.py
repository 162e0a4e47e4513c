"""Questions that differ: another team's answers do not help, and guessing hardly does."""

import itertools

import numpy as np
import pytest

from frontporch.classroom.checking.checks import registered
from frontporch.classroom.course_package import course

LESSONS = course().numbers()
TEAMS = [f"Team {k}" for k in range(1, 41)]
MOST_SHARED, FEWEST_WAYS = 0.3, 30


def shared(lesson):
    """How many answers two of 40 teams share, on average over their pairs."""
    pairs = list(itertools.combinations(range(len(TEAMS)), 2))
    found = 0
    for one in registered(str(lesson)):
        answers = [one.posed(team).answer for team in TEAMS]
        found += sum(one.matches(answers[j], answers[k]) for j, k in pairs)
    return found / len(pairs)


def expected(lesson):
    """How many answers two teams share in expectation: their numbers are drawn evenly."""
    found = 0.0
    for one in registered(str(lesson)):
        answers = [way.answer for way in one.ways()]
        found += np.mean([one.matches(j, k) for j, k in itertools.product(answers, repeat=2)])
    return found


def apart(exercise):
    """How many answers there are of which none passes for another."""
    values = sorted(float(way.answer) for way in exercise.ways())
    kept = values[:1]
    for one in values[1:]:
        if not exercise.matches(one, kept[-1]):
            kept.append(one)
    return len(kept)


@pytest.mark.parametrize("lesson", LESSONS)
def test_two_teams_hardly_share_an_answer(lesson):
    mean = expected(lesson)
    assert mean <= MOST_SHARED, f"two teams share {mean:.2f} of the answers of lesson {lesson}"


def test_forty_teams_hardly_share_an_answer_over_the_course():
    assert np.mean([shared(lesson) for lesson in LESSONS]) <= MOST_SHARED


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_number_has_thirty_answers_that_cannot_pass_for_each_other(lesson):
    numeric = [
        one for one in registered(str(lesson)) if isinstance(one.posed().answer, float | int)
    ]
    few = {one.id: apart(one) for one in numeric if apart(one) < FEWEST_WAYS}
    assert few == {}


@pytest.mark.parametrize("lesson", LESSONS)
def test_guessing_a_choice_is_right_at_most_one_time_in_eight(lesson):
    """Also for whoever has seen what other teams answered: no answer is much commoner."""
    for one in registered(str(lesson)):
        ways = one.ways()
        if isinstance(ways[0].answer, float | int):
            continue
        assert one.choices, f"{one.id} has no choices"
        combined = np.prod([len(set(names)) for names in one.choices.values()])
        assert combined >= 8, f"{one.id} has {combined} choices"
        answers = [way.answer for way in ways]
        commonest = max(answers.count(answer) for answer in set(answers)) / len(ways)
        assert commonest <= 1 / 6, f"{one.id}: one answer is right for {commonest:.0%} of teams"
