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
    """How many answers two teams share, for each pair of 40 teams."""
    found = np.zeros((len(TEAMS), len(TEAMS)))
    for one in registered(str(lesson)):
        answers = [one.posed(team).answer for team in TEAMS]
        for j, k in itertools.combinations(range(len(TEAMS)), 2):
            found[j, k] += one.matches(answers[j], answers[k])
    return found[np.triu_indices(len(TEAMS), 1)]


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
    mean = shared(lesson).mean()
    assert mean <= MOST_SHARED, f"two teams share {mean:.2f} of the answers of lesson {lesson}"


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
