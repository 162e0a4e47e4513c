"""Hand-ins that were damaged or forged at random: no crash, no wrong mark, nothing else changed."""

import random
import shutil
import tempfile
from pathlib import Path

import class_of_hand_ins as hand_ins
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontporch.classroom.grading import outputs
from frontporch.classroom.grading.class_grades import grade
from frontporch.classroom.grading.marking import RIGHT
from frontporch.classroom.grading.roster import Student
from frontporch.classroom.record.entry import Entry

ROSTER = (Student("1001", "Ana Sato", team="Blue Door"), Student("1002", "Ben Ito"))
FILES = 6


def whole():
    """A hand-in with all that a record can hold."""
    extra = (
        Entry("prediction", "1.apples", (1.0, 2.0), "Blue Door", details={"sure": 80.0}),
        Entry("decision", "1.decision", "buy", "Blue Door", details={"amount": 1.0}),
        Entry("memo", "1.memo", ("One.", "Two.", "Three."), "Blue Door"),
        Entry("hint", "1.1", team="Blue Door"),
        Entry("answer", "1.1", 3.0, "Red Door"),
    )
    return hand_ins.content("Blue Door", "Ana Sato, 1001", right=["1.1", "1.2", "1.3"], extra=extra)


def graded_right(root, seed, files):
    """Grade mutated files; give how many could be read, after looking at every mark."""
    chance, content = random.Random(seed), whole()
    folder, out = root / "handed in", root / "out"
    folder.mkdir()
    for k in range(files):
        (folder / f"{k}.json").write_bytes(hand_ins.mutated(chance, content))
    before = hand_ins.tree(root)
    grades = grade(folder, ROSTER)
    assert len(grades.files) == files
    for one in grades.files:
        right = {mark.exercise for mark in one.marks if mark.verdict == RIGHT}
        if one.hand_in:
            assert right == hand_ins.right_by_hand((folder / one.file).read_bytes()), one.file
        assert one.hand_in or one.remarks
    outputs.write(grades, out)
    shutil.rmtree(out)
    after = hand_ins.tree(root)
    assert {k: v for k, v in after.items() if k != root} == before
    return sum(one.hand_in is not None for one in grades.files)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_mutated_hand_ins_do_no_harm(small_course, seed):
    with tempfile.TemporaryDirectory() as root:
        graded_right(Path(root), seed, FILES)
