"""A folder of hand-ins, graded: a row for each file, the right mark for each student."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import class_of_hand_ins as hand_ins
import pytest

from frontporch.classroom.course_package import VARIABLE
from frontporch.classroom.grading.class_grades import grade
from frontporch.classroom.grading.marking import OPEN, RIGHT, UNGRADED, WRONG
from frontporch.classroom.grading.roster import Student
from frontporch.classroom.handing_in.hand_in_file import HandIn
from frontporch.classroom.record.entry import Entry
from frontporch.names import UnknownName

ANA = Student("1001", "Ana Sato", "ana@uni.edu", "mornings", "Blue Door")
BEN = Student("1002", "Ben Ito", "ben@uni.edu", "mornings", "Blue Door")
CLEO = Student("1003", "Cléo Müller", "cleo@uni.edu", "evenings", "Red Door")
DAN = Student("1004", "Dan O'Neil", "dan@uni.edu")
ROSTER = (ANA, BEN, CLEO, DAN)


def hand(folder, name, *given, **keywords):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    made = given[0] if isinstance(given[0], bytes) else hand_ins.content(*given, **keywords)
    path.write_bytes(made)
    return path


def points(grades, student, lesson="1"):
    found = grades.counted.get((student, lesson))
    return found and found.points


def row(grades, name):
    (found,) = (one for one in grades.files if one.file == name)
    return found


def test_every_broken_file_has_a_row_and_a_reason(small_course, folder):
    written = hand_ins.write_broken(folder)
    hand_ins.exercises()  # Python keeps what it compiles beside the course
    before = hand_ins.tree(folder.parent)
    grades = grade(folder, ROSTER, lesson="1")
    assert len(grades.files) == written
    assert all(one.hand_in is None and len(one.remarks[0]) > 20 for one in grades.files)
    assert all(one.file.isprintable() for one in grades.files)
    assert len({one.file for one in grades.files}) == written
    assert grades.counted == {} and grades.students == ROSTER
    assert hand_ins.tree(folder.parent) == before


@pytest.mark.parametrize(
    ("name", "person", "who"),
    [
        ("a.json", "Ana Sato, 1001", {ANA, BEN}),
        ("a.json", "student 1004", {DAN}),
        ("a.json", "DAN@UNI.EDU", {DAN}),
        ("a.json", "oneil dan", set()),
        ("a.json", "O'Neil, Dan", {DAN}),
        ("a.json", "Cleo Mu\u0308ller", {CLEO}),
        ("a.json", "11001", set()),
        ("a.json", "xdan@uni.edu", set()),
        ("Dan O'Neil_123456_assignsubmission_file_/hand-in 1.json", "", {DAN}),
        ("Dan O'Neil_123456_assignsubmission_file_hand-in 1.json", "", {DAN}),
        ("oneildan_1_2_hand-in 1.json", "", {DAN}),
        ("oneildan_LATE_1_2_hand-in 1.json", "", {DAN}),
        ("whoever_1004_2_hand-in 1.json", "", {DAN}),
        ("O'Neil Dan/hand-in 1.json", "", {DAN}),
        ("Dan O'Neil hand-in 1.json", "", {DAN}),
        ("a.json", "", set()),
    ],
)
def test_whose_a_hand_in_is(small_course, folder, name, person, who):
    team = "Blue Door" if ANA in who else "Nobody's"
    hand(folder, name, team, person, right=["1.1"])
    grades = grade(folder, ROSTER)
    assert {one for one in ROSTER if points(grades, one) is not None} == who
    if not who:
        assert "not in the roster" in " ".join(grades.files[0].remarks)
        assert not grades.students[-1].listed


def test_a_misspelt_name_is_asked_about_and_the_teams_name_mends_it(small_course, folder):
    hand(folder, "a.json", "Sunny Side", "Dan ONeill", right=["1.1"])
    told = " ".join(grade(folder, ROSTER).files[0].remarks)
    assert "Is it Dan O'Neil? If so, write the team Sunny Side into" in told
    mended = [replace(one, team="Sunny Side") if one is DAN else one for one in ROSTER]
    assert points(grade(folder, mended), next(one for one in mended if one.id == DAN.id)) == 1


def test_a_team_of_the_roster_shares_what_one_of_them_hands_in(small_course, folder):
    hand(folder, "a.json", "blue door ", "Ana Sato", right=["1.1", "1.2"])
    grades = grade(folder, ROSTER)
    assert [points(grades, one) for one in ROSTER] == [2, 2, None, None]


def test_a_teams_name_alone_counts_only_where_nobody_of_it_hands_in(small_course, folder):
    hand(folder, "a.json", "Blue Door", "", right=["1.1"], minutes=9)
    assert points(grade(folder, ROSTER), BEN) == 1
    hand(folder, "b.json", "Blue Door", "1002", right=["1.1", "1.2"])
    grades = grade(folder, ROSTER)
    assert points(grades, BEN) == points(grades, ANA) == 2
    assert "was handed in by themselves" in row(grades, "a.json").remarks[-1]


def test_nobody_takes_a_mark_from_another_by_naming_them(small_course, folder):
    hand(folder, "Ana Sato_1_assignsubmission_file_/h.json", "Blue Door", "1001", right=["1.1"])
    forged = "Dan O'Neil_2_assignsubmission_file_/h.json"
    hand(folder, forged, "Blue Door", "Ana Sato 1001", minutes=60)
    grades = grade(folder, ROSTER)
    assert points(grades, ANA) == points(grades, BEN) == 1
    assert "uploaded by Dan O'Neil: ask them" in " ".join(row(grades, forged).remarks)


def test_a_number_and_a_name_of_two_people_is_told(small_course, folder):
    hand(folder, "a.json", "Red Door", "Cléo Müller, 1004")
    told = " ".join(grade(folder, ROSTER).files[0].remarks)
    assert "number is that of Dan O'Neil, its name that of Cléo Müller" in told


def test_somebody_in_another_team_than_the_rosters_is_told(small_course, folder):
    hand(folder, "a.json", "Red Door", "1001", right=["1.1"])
    grades = grade(folder, ROSTER)
    assert [points(grades, one) for one in ROSTER] == [1, None, None, None]
    assert "is in team Blue Door of the roster, but hands in as Red Door" in " ".join(
        grades.files[0].remarks
    )


def test_two_students_of_one_name_need_a_number(small_course, folder):
    other = replace(ANA, id="2001", email="", team="")
    hand(folder, "a.json", "X", "Ana Sato")
    hand(folder, "b.json", "X", "Ana Sato 2001")
    grades = grade(folder, (*ROSTER, other))
    assert "needs a student number" in " ".join(row(grades, "a.json").remarks)
    assert points(grades, other) == 0 and points(grades, ANA) is None


def test_the_newest_counts_and_the_others_say_so(small_course, folder):
    hand(folder, "1.json", "D", "1004", right=["1.1", "1.2"], minutes=1)
    hand(folder, "2.json", "D", "1004", right=["1.1"], minutes=2)
    hand(folder, "2 copy.json", "D", "1004", right=["1.1"], minutes=2)
    grades = grade(folder, ROSTER)
    assert points(grades, DAN) == 1
    assert [one.counts for one in grades.files].count(True) == 1
    assert "2.json is newer" in row(grades, "1.json").remarks[-1]


def test_without_a_roster_whoever_hands_in_gets_a_row(small_course, folder):
    hand(folder, "a.json", "Blue Door", "Ana", right=["1.1"])
    hand(folder, "b.json", "", "", right=["1.2"])
    grades = grade(folder)
    assert [one.name for one in grades.students] == ["Ana", "b.json"]
    assert "not in the roster" not in " ".join(grades.files[0].remarks)
    assert "numbers of the class" in " ".join(grades.files[1].remarks)


def answer(number, value, team, **keywords):
    return Entry("answer", f"1.{number}", value, team, **keywords)


def marks(folder, *entries, team="Blue Door", tries=None):
    hand(folder, "a.json", HandIn("1", team, "1001", entries).content())
    return {one.exercise: one for one in grade(folder, ROSTER, tries=tries).files[0].marks}


def right_of(number, team="Blue Door"):
    return hand_ins.exercises()[number - 1].posed(team).answer


def test_what_the_file_says_of_its_own_answers_is_not_believed(small_course, folder):
    told = {"details": {"right": True, "typed": "7"}, "tries": 1, "order": 1}
    found = marks(
        folder, answer(1, 999.0, "Blue Door", **told), answer(2, "neither", "Blue Door", **told)
    )
    assert [found[f"1.{k}"].verdict for k in (1, 2, 3)] == [WRONG, WRONG, OPEN]
    assert found["1.2"].reason == "one of them does."
    assert found["1.1"].points == found["1.3"].points == 0


def test_right_once_is_right_and_the_same_again_is_no_try(small_course, folder):
    right = right_of(1)
    given = [answer(1, one, "Blue Door") for one in (1.0, 1.0, 2.0, right, 3.0)]
    found = marks(folder, *given)["1.1"]
    assert (found.verdict, found.tries, found.given) == (RIGHT, 3, right)
    found = marks(folder, *given, tries=2)["1.1"]
    assert (found.verdict, found.tries, found.given) == (WRONG, 2, 2.0)
    assert "Only the first 2 tries of 1.1 count." in found.remarks


def test_an_answer_under_another_team_is_seen_and_does_not_count(small_course, folder):
    found = marks(
        folder, answer(1, right_of(1), "Red Door"), answer(1, right_of(1, "Red Door"), "Red Door")
    )["1.1"]
    assert found.verdict == OPEN
    assert found.remarks == (
        "1.1 was answered 2 times as team Red Door: this does not count for team Blue Door.",
    )


def test_a_question_with_other_numbers_is_of_another_version(small_course, folder):
    mine = dict(hand_ins.exercises()[0].posed("Blue Door").numbers)
    assert marks(folder, answer(1, 1.0, "Blue Door", asked=mine))["1.1"].remarks == ()
    found = marks(folder, answer(1, right_of(1), "Blue Door", asked={"apples": 1}))["1.1"]
    assert found.verdict == RIGHT and "another version of the kit" in found.remarks[0]


def test_a_solution_that_was_shown_first_is_told(small_course, folder):
    shown = Entry("solution", "1.1", team="Blue Door")
    found = marks(folder, answer(1, 1.0, "Blue Door"), shown, answer(1, right_of(1), "Blue Door"))
    assert "solution of 1.1 was shown before" in found["1.1"].remarks[0]
    found = marks(folder, answer(1, right_of(1), "Blue Door"), shown)
    assert found["1.1"].remarks == ()


@pytest.mark.parametrize("value", [None, True, "7", (7.0,), (), -1e299, "x" * 4_000])
@pytest.mark.parametrize("number", [1, 2, 3])
def test_an_answer_of_another_kind_is_wrong_with_a_reason(small_course, folder, number, value):
    found = marks(folder, answer(number, value, "Blue Door"))[f"1.{number}"]
    assert found.verdict == WRONG and found.reason


@pytest.mark.parametrize("number", [1, 2, 3])
def test_right_answers_are_right(small_course, folder, number):
    found = marks(folder, answer(number, right_of(number), "Blue Door"))[f"1.{number}"]
    assert (found.verdict, found.reason) == (RIGHT, "")


def test_a_question_that_cannot_be_worked_out_leaves_the_others(small_course, folder, monkeypatch):
    def broken(**_):
        raise ZeroDivisionError("no apples")

    monkeypatch.setitem(vars(hand_ins.exercises()[0]), "answer", broken)
    found = marks(folder, answer(1, 1.0, "Blue Door"), answer(2, right_of(2), "Blue Door"))
    assert [found[f"1.{k}"].verdict for k in (1, 2)] == [UNGRADED, RIGHT]


def test_a_changed_file_is_flagged_and_graded(small_course, folder):
    found = json.loads(hand_ins.content("Blue Door", "1001", right=["1.1", "1.2"]))
    found["person"] = "1002"
    hand(folder, "a.json", json.dumps(found).encode())
    grades = grade(folder, ROSTER)
    assert points(grades, BEN) == 2
    assert "digest does not fit" in grades.files[0].remarks[0]


def test_late_is_what_is_made_after_the_day_or_marked_by_canvas(small_course, folder):
    hand(folder, "a.json", "D", "1004", minutes=10)
    hand(folder, "b.json", "Red Door", "1003", minutes=12)
    hand(folder, "satoana_LATE_1_2_h.json", "Blue Door", "1001", minutes=1)
    due = hand_ins.BEGIN + timedelta(minutes=11)
    late = {one.file[:4]: one.late for one in grade(folder, ROSTER, due=due).files}
    assert late == {"a.js": False, "b.js": True, "sato": True}
    assert not grade(folder, ROSTER, due=datetime(2030, 1, 1, tzinfo=UTC)).files[0].late


def test_an_earlier_file_that_was_on_time_is_told(small_course, folder):
    hand(folder, "a.json", "D", "1004", right=["1.1"])
    hand(folder, "b.json", "D", "1004", right=["1.1", "1.2"], minutes=5)
    grades = grade(folder, ROSTER, due=hand_ins.BEGIN)
    assert points(grades, DAN) == 2
    assert row(grades, "b.json").remarks == ("It is late.", "An earlier file was on time: a.json.")


def test_the_same_answers_of_two_people_are_told(small_course, folder):
    entries = hand_ins.hand_in("Blue Door", "1001").entries
    for name, person in (("a.json", "1001"), ("b.json", "1003")):
        made = replace(hand_ins.hand_in("Blue Door", person), entries=entries)
        hand(folder, name, made.content())
    grades = grade(folder, ROSTER)
    assert "same answers, to the second, as a.json" in " ".join(row(grades, "b.json").remarks)


def test_members_of_a_team_may_hand_in_the_same(small_course, folder):
    for name, person in (("a.json", "1001"), ("b.json", "1002")):
        hand(folder, name, "Blue Door", person)
    told = [each for one in grade(folder, ROSTER).files for each in one.remarks]
    assert not any("same answers" in one for one in told)


def test_zip_files_are_read_as_folders(small_course, folder):
    inside = {
        "Ana Sato_1_assignsubmission_file_/h.json": hand_ins.content("Blue Door", right=["1.1"]),
        "Dan O'Neil_2_assignsubmission_file_/h.json": hand_ins.content("D", right=["1.2"]),
        "__MACOSX/x.json": b"",
        ".DS_Store": b"",
    }
    hand(folder, "class.zip", hand_ins.zipped(**inside))
    grades = grade(folder, ROSTER)
    assert [points(grades, one) for one in ROSTER] == [1, 1, None, 1]
    assert len(grades.files) == 2


def test_another_lesson_has_a_row_and_several_lessons_are_graded_together(small_course, folder):
    hand(folder, "1.json", "D", "1004", right=["1.1"])
    hand(folder, "2.json", "D", "1004", right=["2.1", "2.2"], lesson="2")
    grades = grade(folder, ROSTER, lesson="1")
    assert grades.lessons == ("1",) and "is of lesson 2, but" in row(grades, "2.json").remarks[0]
    assert grades.mixed == ""
    grades = grade(folder, ROSTER)
    assert grades.lessons == ("1", "2")
    assert "(lesson 1: 1, lesson 2: 1 hand-ins)" in grades.mixed and "--lesson" in grades.mixed
    assert (points(grades, DAN), points(grades, DAN, "2")) == (1, 2)


def test_what_cannot_be_graded_at_all_is_told(small_course, folder):
    with pytest.raises(ValueError, match="nothing in"):
        grade(folder)
    with pytest.raises(ValueError, match="no folder"):
        grade(folder / "nowhere")
    with pytest.raises(UnknownName, match="no lesson '7'"):
        grade(folder, lesson="7")


def test_two_hundred_hand_ins_of_a_lesson(folder, monkeypatch):
    """A lesson of the kit's own course, 160 good hand-ins among what is broken."""
    monkeypatch.delenv(VARIABLE, raising=False)
    ids = [one.id for one in hand_ins.exercises("5")]
    roster = [Student(str(1000 + k), f"Given{k} Family{k}") for k in range(165)]
    for k in range(160):
        who = f"Given{k} Family{k}"
        hand(
            folder,
            f"{who}_{k}_assignsubmission_file_/hand-in 5.json",
            f"Team {k % 40}",
            who,
            right=ids[: k % 7],
            lesson="5",
            minutes=k,
        )
    broken = hand_ins.write_broken(folder)
    before = hand_ins.tree(folder.parent)
    grades = grade(folder, roster, lesson="5")
    assert len(grades.files) == 160 + broken and broken >= 40
    assert [points(grades, one, "5") for one in roster[:160]] == [k % 7 for k in range(160)]
    assert [points(grades, one, "5") for one in roster[160:]] == [None] * 5
    assert all(one.remarks for one in grades.files if one.hand_in is None)
    assert hand_ins.tree(folder.parent) == before
