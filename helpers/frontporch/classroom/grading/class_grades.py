"""A folder of hand-ins, graded: what became of each file, and what counts for each student."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ...names import UnknownName, nearest
from ..course_package import course
from ..handing_in import hand_in_file
from ..handing_in.hand_in_file import HandIn, HandInError
from .belonging import Matcher, Owners, late_mark, words
from .collecting import Found, collect
from .marking import OPEN, AnswerKey, Mark
from .roster import Student
from .safe_text import shown


@dataclass(frozen=True)
class Graded:
    """A file that was handed in, with what became of it.

    Parameters
    ----------
    file : str
        Its path below the folder, as it may be shown.
    hand_in : HandIn, optional
        What it holds; None where it could not be read as a hand-in.
    students : tuple of Student
        Whom it counts for.
    marks : tuple of Mark
        One for each exercise of its lesson.
    late : bool
        Whether it came after the day and time that was set, or its course marked it as late.
    counts : bool
        Whether it is the hand-in that counts for somebody.
    remarks : tuple of str
        Why it does not count, and what an instructor should know.
    certain : int
        As in `Owners`.
    uploaded : tuple of Student
        Who handed in a file that cannot be graded, as far as its name says it.
    """

    file: str
    hand_in: HandIn | None = None
    students: tuple[Student, ...] = ()
    marks: tuple[Mark, ...] = ()
    late: bool = False
    counts: bool = False
    remarks: tuple[str, ...] = ()
    certain: int = 2
    uploaded: tuple[Student, ...] = ()

    @property
    def name(self) -> str:
        """What the file is called, without the folders that a course puts around it."""
        return self.file.rsplit("/", 1)[-1]

    @property
    def lesson(self) -> str:
        """Its lesson; empty where it could not be read."""
        return self.hand_in.lesson if self.hand_in else ""

    @property
    def points(self) -> int | None:
        """How many exercises are right; None where it could not be read."""
        return sum(one.points for one in self.marks) if self.hand_in else None


@dataclass(frozen=True)
class ClassGrades:
    """The grades of a class.

    Parameters
    ----------
    lessons : tuple of str
        The lessons that were handed in.
    students : tuple of Student
        Those of the roster, then those of hand-ins that are not in it.
    files : tuple of Graded
        One for each file of the folder.
    counted : mapping of (Student, str) to Graded
        The hand-in that counts, by student and lesson.
    keys : mapping of str to AnswerKey
        What is right, by lesson.
    due : datetime, optional
        When it was due.
    """

    lessons: tuple[str, ...]
    students: tuple[Student, ...]
    files: tuple[Graded, ...]
    counted: Mapping[tuple[Student, str], Graded]
    keys: Mapping[str, AnswerKey]
    due: datetime | None = None

    def of(self, student: Student) -> dict[str, Graded]:
        """Give what counts for a student, by lesson."""
        found = ((lesson, self.counted.get((student, lesson))) for lesson in self.lessons)
        return {lesson: one for lesson, one in found if one is not None}

    def refused(self, student: Student) -> list[Graded]:
        """Give the files of a student that cannot be graded."""
        return [one for one in self.files if student in one.uploaded]

    def place(self, one: Graded) -> str:
        """Give the path of a file, without the zip file or folder that holds all of them."""
        around = {each.file.partition("/")[0] for each in self.files if "/" in each.file}
        alone = len(around) == 1 and all("/" in each.file for each in self.files)
        return one.file.partition("/")[2] if alone else one.file

    @property
    def mixed(self) -> str:
        """Say that hand-ins of several lessons are graded together; empty where they are not."""
        if len(self.lessons) < 2:
            return ""
        count = Counter(one.lesson for one in self.files if one.hand_in)
        most = max(self.lessons, key=lambda one: count[one])
        listed = ", ".join(f"lesson {one}: {count[one]}" for one in self.lessons)
        return (
            f"Several lessons are graded together ({listed} hand-ins). If you want one alone, add "
            f"--lesson {most} to the command."
        )

    @property
    def exercises(self) -> list[str]:
        """The numbers of all exercises of these lessons."""
        return [one.id for lesson in self.lessons for one in course().exercises(lesson)]


def grade(
    folder: Path,
    roster: Sequence[Student] = (),
    *,
    lesson: str | None = None,
    due: datetime | None = None,
    tries: int | None = None,
    said: Callable[[Graded], None] = lambda _one: None,
) -> ClassGrades:
    """Grade a folder of hand-ins. Nothing that was handed in is run, and nothing is written.

    Parameters
    ----------
    folder : pathlib.Path
        The hand-ins, as a course or a shared drive has them.
    roster : sequence of Student
        Who is in the class; without one, whoever hands in.
    lesson : str, optional
        The lesson that was to be handed in; any without it.
    due : datetime, optional
        When it was due.
    tries : int, optional
        How many tries of an exercise count; all without it.
    said : callable
        Called after each file.

    Raises
    ------
    ValueError
        If there is no such folder, or nothing in it.
    UnknownName
        If the course has no such lesson.
    """
    known = [str(one) for one in course().numbers()]
    if lesson is not None and lesson not in known:
        raise UnknownName(f"There is no lesson {lesson!r}. {nearest(lesson, known)}")
    matcher, keys = Matcher(roster), dict[str, AnswerKey]()
    files: list[Graded] = []
    names: Counter[str] = Counter()
    for found in collect(folder):
        one = _read(found, known, lesson)
        names[one.file] += 1
        if names[one.file] > 1:  # two members of a zip file may have one name
            one = replace(one, file=f"{one.file} ({names[one.file]})")
        if one.hand_in is not None:
            number = one.hand_in.lesson
            if number not in keys:
                keys[number] = AnswerKey(course().exercises(number))
            one = _graded(one, found, matcher, keys[number], due, tries)
        else:
            one = replace(one, uploaded=tuple(matcher.uploaded(found.path)))
        files.append(one)
        said(one)
    if not files:
        raise ValueError(f"There is nothing in {folder}: put the hand-ins there.")
    files = _copies(files)
    counted, files = _counted(files)
    listed = [*roster, *(one for one in _students(files) if not one.listed)]
    lessons = {one.lesson for one in files if one.students} | ({lesson} if lesson else set())
    for one_lesson in lessons - set(keys):
        keys[one_lesson] = AnswerKey(course().exercises(one_lesson))
    order = tuple(sorted(lessons, key=int))
    return ClassGrades(order, tuple(listed), tuple(files), counted, keys, due)


def _read(found: Found, known: Sequence[str], lesson: str | None) -> Graded:
    """Read a file as a hand-in, or say why it is none."""
    if found.problem:
        return Graded(found.name, remarks=(f"It {found.problem}",))
    try:
        if found.path.lower().endswith(".ipynb"):
            raise HandInError(hand_in_file.notebook(lesson or "5"))
        made = hand_in_file.read(found.content, lesson or "5")
    except HandInError as error:
        return Graded(found.name, remarks=(f"It {error}",))
    if made.lesson not in known:
        return Graded(found.name, remarks=(f"It is of lesson {made.lesson}, which there is not.",))
    if lesson is not None and made.lesson != lesson:
        told = f"It is of lesson {made.lesson}, but lesson {lesson} is graded."
        return Graded(found.name, remarks=(told,))
    return Graded(found.name, made)


def _graded(
    one: Graded,
    found: Found,
    matcher: Matcher,
    answers: AnswerKey,
    due: datetime | None,
    tries: int | None,
) -> Graded:
    assert one.hand_in is not None
    hand_in, remarks = one.hand_in, []
    if not hand_in.intact:
        remarks.append("It was changed after it was made, or damaged: its digest does not fit.")
    if not hand_in.team:
        remarks.append("No team is named: marked with the numbers of the class.")
    owners = matcher.owners(hand_in, found.path)
    if not owners.students:
        if matcher.roster:
            remarks.append(_unknown(hand_in, matcher))
        called = hand_in.person or hand_in.team or found.path
        alone = Student(name=shown(called), team=shown(hand_in.team), listed=False)
        owners = Owners((alone,), 2, owners.remarks)
    marks = answers.marks(hand_in, tries)
    if all(one.verdict == OPEN for one in marks) and marks:
        remarks.append("It has no answer that counts.")
    late = late_mark(found.path) or (due is not None and _after(hand_in.at, due))
    if late:
        remarks.append("It is late.")
    told = [each for mark in marks for each in mark.remarks]
    return replace(
        one,
        students=owners.students,
        marks=tuple(marks),
        late=late,
        remarks=(*remarks, *owners.remarks, *told),
        certain=owners.certain,
    )


def _unknown(hand_in: HandIn, matcher: Matcher) -> str:
    """Say that a hand-in fits nobody, whose it may be, and how to give it to them."""
    person, team = shown(hand_in.person, 60), shown(hand_in.team, 60)
    told = f"{person or 'Whoever made it'} is not in the roster."
    near = matcher.nearest(hand_in.person)
    asked = f" Is it {shown(near.called)}?" if near else ""
    if not team:
        return f"{told}{asked} Put the student's name into the name of the file and grade again."
    row = f"{asked} If so, write" if near else " Write"
    return f"{told}{row} the team {team} into the student's row of the roster, and grade again."


def _after(at: str, due: datetime) -> bool:
    if not at:
        return False
    moment = datetime.fromisoformat(at)
    return moment.replace(tzinfo=moment.tzinfo or UTC) > due


def _copies(files: Sequence[Graded]) -> list[Graded]:
    """Say where the same answers were handed in by people who are no team."""
    first: dict[object, Graded] = {}
    made = []
    for one in files:
        answers = [
            (each.about, each.value, each.at)
            for each in (one.hand_in.entries if one.hand_in else ())
            if each.kind == "answer"
        ]
        # One or two answers of one moment may be chance.
        other = first.setdefault(repr(answers), one) if len(answers) > 2 else one
        if other is not one and not set(_who(one)) & set(_who(other)):
            one = replace(
                one,
                remarks=(*one.remarks, f"It has the same answers, to the second, as {other.file}."),
            )
        made.append(one)
    return made


def _who(one: Graded) -> Iterator[object]:
    for student in one.students:
        yield student.id or student.email or tuple(sorted(words(student.name)))


def _counted(
    files: Sequence[Graded],
) -> tuple[dict[tuple[Student, str], Graded], list[Graded]]:
    """Choose the hand-in that counts for each student and lesson: the newest of their own."""
    best: dict[tuple[Student, str], int] = {}
    for place, one in enumerate(files):
        for student in one.students:
            before = best.get((student, one.lesson))
            if before is None or _rank(one) > _rank(files[before]):
                best[student, one.lesson] = place
    used, made = set(best.values()), []
    for place, one in enumerate(files):
        if one.hand_in is not None and place not in used:
            newer = sorted({_beside(one, files[best[each, one.lesson]]) for each in one.students})
            told = f"It does not count: {' and '.join(newer)} is newer."
            if any(_rank(files[best[each, one.lesson]])[0] > one.certain for each in one.students):
                told = f"It does not count: {' and '.join(newer)} was handed in by themselves."
            one = replace(one, remarks=(*one.remarks, told))
        if place in used and one.late:
            on_time = [_beside(one, each) for each in files if _alike(one, each) and not each.late]
            if on_time:
                told = f"An earlier file was on time: {' and '.join(on_time)}."
                one = replace(one, remarks=(*one.remarks, told))
        made.append(replace(one, counts=place in used))
    return {who: made[place] for who, place in best.items()}, made


def _beside(one: Graded, other: Graded) -> str:
    """Name another file: by its name alone where it lies in the same folder."""
    same = one.file.rpartition("/")[0] == other.file.rpartition("/")[0]
    return other.name if same else other.file


def _alike(one: Graded, other: Graded) -> bool:
    """Tell whether two files are of one lesson and of the same student."""
    return one.lesson == other.lesson and bool(set(one.students) & set(other.students))


def _rank(one: Graded) -> tuple[int, str, int, str]:
    assert one.hand_in is not None
    return one.certain, one.hand_in.at, len(one.hand_in.entries), one.file


def _students(files: Sequence[Graded]) -> list[Student]:
    """Give everybody for whom something was handed in, once."""
    return list(dict.fromkeys(student for one in files for student in one.students))
