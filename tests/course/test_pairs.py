"""Three pairs of worlds: every answer is as likely as any other."""

from collections import Counter

from frontporch.course import pairs


def test_each_of_the_eight_answers_belongs_to_as_many_sets():
    counts = Counter(map(pairs.truth, pairs.SETS))
    assert len(counts) == 8 and set(counts.values()) == {4}


def test_no_two_pairs_of_all_sets_share_a_seed():
    seeds = [pairs.seed(number, one) for number in pairs.SETS for one in pairs.PAIRS]
    assert len(set(seeds)) == len(seeds) == 96


def test_wrong_answers_differ_from_the_right_one_and_from_each_other():
    for number in pairs.SETS:
        wrong = [one.wrong(number) for one in pairs.diagnoses("all.", "One.")]
        assert len({pairs.truth(number), *wrong}) == 5
