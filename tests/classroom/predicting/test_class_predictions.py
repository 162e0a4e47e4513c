"""A class's predictions: every file counted or named, nobody's name in what is written."""

import json
import sys
import zipfile

import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.text import Text
from typer import Typer
from typer.testing import CliRunner

from frontporch import look
from frontporch.classroom.course_package import course
from frontporch.classroom.handing_in import hand_in_file
from frontporch.classroom.predicting import predictions as recording
from frontporch.classroom.predicting.class_predictions import gather
from frontporch.classroom.predicting.class_question import OTHER
from frontporch.classroom.predicting.outcome import Outcome
from frontporch.classroom.predicting.pictures import plot_class
from frontporch.classroom.record import kept
from frontporch.cli.class_predictions import predictions as command

DATES = (3, 24, 168)
OFFERED = ("online", "offline", "no difference")
OUTCOMES = course().outcomes() | {
    "2.wait": Outcome("2.wait", lambda at: 41.0, "all pairs", "weeks to friends", "weeks"),
    "3.who": Outcome("3.who", lambda at: "offline", "faster", "x", choices=OFFERED),
}
CURVES = [(5, 10, 20), (10, 20, 30), (20, 40, 90)]
NAMES = ["Ann Smith", "Bo Müller", "Cy (late)"]


def predict(question, value, *, file, **more):
    """Record a prediction in a student's file."""
    with pytest.MonkeyPatch.context() as own:
        own.setenv(kept.VARIABLE, str(file))
        return recording.predict(question, value, **more)


@pytest.fixture
def folder(tmp_path):
    """Three students, each with a folder of their own, and a file that is damaged."""
    handed = tmp_path / "handed in"
    for k, name in enumerate(NAMES):
        file = handed / name / "my-answers.json"
        file.parent.mkdir(parents=True)
        range_ = {"between": ([0] * 3, [100] * 3)} if k else {}
        predict("1.curve", (1, 1, 1), at=DATES, unit="%", file=file)
        predict("1.curve", CURVES[k], at=DATES, unit="%", file=file, because=name, **range_)
        kept.add("reveal", "1.curve", file=file)
        predict("1.curve", (8, 28, 41), at=DATES, unit="%", file=file)
        predict("2.wait", 10 * k, unit="weeks", between=(0, 50 * k), file=file)
        predict("3.who", OFFERED[k % 2], choices=OFFERED, sure=60, file=file)
    (handed / "damaged.json").write_text("[{", encoding="utf-8")
    return handed


def question(found, name):
    return next(one for one in found.questions if one.question == name)


def test_the_last_prediction_of_each_student_before_the_result_is_gathered(folder):
    found = gather(folder, outcomes=OUTCOMES)
    assert found.students == 3
    assert [one.question for one in found.questions] == ["1.curve", "2.wait", "3.who"]
    curve = question(found, "1.curve")
    assert sorted(one.value for one in curve.predictions) == sorted(CURVES)
    assert curve.middle == [10, 20, 30]
    assert question(found, "2.wait").middle == [10]
    assert question(found, "3.who").counts(OFFERED) == {
        "online": 2,
        "offline": 1,
        "no difference": 0,
    }
    assert found.notes == (
        "damaged.json cannot be read as predictions: not counted; ask for it again.",
    )


def add(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def record(question="1.curve", value=(1, 2, 3), at=DATES, unit="%", **more):
    one = {"question": question, "value": value, "at": at, "unit": unit, **more}
    return json.dumps([one]).encode("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.json", b"[]", "empty.json holds no prediction: not counted."),
        ("zero.json", b"", "zero.json cannot be read as predictions"),
        ("deep.json", b"[" * 50_000, "deep.json cannot be read"),
        ("large.json", b" " * 4_000_001, "large.json is larger than any file of predictions"),
        ("x/y/utf16.json", "[]".encode("utf-16"), "x/y/utf16.json cannot be read"),
        (".ipynb_checkpoints/p.json", record(), "1 hidden files"),
        ("__MACOSX/p.json", record(), "1 hidden files"),
        (
            "share.json",
            record(unit=""),
            "1.curve: 1 of 4 predictions are not a curve in % and are left out.",
        ),
        (
            "number.json",
            record(value=5, at=()),
            "1.curve: 1 of 4 predictions are not a curve in % and are left out.",
        ),
        (
            "dates.json",
            record(at=(1, 2, 3)),
            "1.curve: 1 of 4 curves have other dates: drawn, but not in the median and the table.",
        ),
    ],
)
def test_what_is_not_counted_is_named_and_the_others_are(folder, name, content, said):
    add(folder, name, content)
    found = gather(folder, outcomes=OUTCOMES)
    assert any(note.startswith(said) for note in found.notes), found.notes
    assert question(found, "1.curve").middle == [10, 20, 30]
    assert len(found.notes) == 2


def copied(folder, to, change=lambda text: text):
    text = (folder / NAMES[0] / "my-answers.json").read_text(encoding="utf-8")
    return add(folder, to, change(text).encode("utf-8"))


def test_120_students_who_answer_the_same_within_a_minute_are_120(tmp_path):
    one = predict("1.faster", "online", choices=("online", "offline"), file=tmp_path / "a.json")
    text = (tmp_path / "a.json").read_bytes()
    for k in range(119):
        add(tmp_path, f"student {k}.json", text)
    found = gather(tmp_path, outcomes={})
    assert found.students == 120 and found.notes == ()
    assert found.questions[0].counts() == {one.value: 120, "offline": 0}


def named(file, team, person):
    kept.add("team", "team", team, team=team, details={"person": person}, file=file)


def test_files_of_one_person_are_one_student_and_those_of_a_team_are_not(tmp_path):
    for name, person in (("a", "Ana, 12"), ("b", "Bo, 13"), ("c", "")):
        named(tmp_path / f"{name}.json", "Blue Door", person)
        kept.add("prediction", "1.n", 5.0, team="Blue Door", file=tmp_path / f"{name}.json")
    again = tmp_path / "at home.json"
    named(again, "blue door", " ana,  12 ")
    kept.add("prediction", "2.n", 7.0, team="blue door", file=again)
    for name in ("a", "c"):
        add(tmp_path, f"copy of {name}.json", (tmp_path / f"{name}.json").read_bytes())
    found = gather(tmp_path, outcomes={})
    assert found.students == 3
    assert [(one.question, one.students) for one in found.questions] == [("1.n", 3), ("2.n", 1)]
    assert set(found.notes) == {
        "a.json, at home.json, copy of a.json: 3 files of one student, counted once.",
        "c.json, copy of c.json: 2 files of one student, counted once.",
    }


def test_hand_ins_and_files_of_an_older_version_are_read_too(tmp_path):
    named(tmp_path / "a", "Blue Door", "Ana")
    kept.add("prediction", "5.n", 1.0, team="Blue Door", file=tmp_path / "a")
    made = hand_in_file.made("5", kept.entries(tmp_path / "a"))
    add(tmp_path, made.name, made.content())
    add(tmp_path, "old.json", record("5.n", 3, at=(), unit=""))
    add(tmp_path, "torn.json", made.content().replace(b"prediction", b"foresight"))
    found = gather(tmp_path, outcomes={})
    assert found.students == 2 and found.questions[0].middle == [2]
    (note,) = found.notes
    assert note.startswith("torn.json is damaged: entry 2: kind is 'foresight'")


def test_the_zip_file_of_a_course_is_read_as_it_is(folder, tmp_path):
    packed = tmp_path / "packed" / "Lesson 1-88.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in folder.rglob("*.json"):
            archive.write(path, path.relative_to(folder))
        archive.writestr("Ana_1_assignsubmission_file/01.ipynb", "{}")
    found = gather(packed.parent, outcomes=OUTCOMES)
    assert found.students == 3 and question(found, "1.curve").middle == [10, 20, 30]
    assert any(one.startswith("Lesson 1-88.zip/damaged.json cannot be") for one in found.notes)
    assert not any("ipynb" in one for one in found.notes)


def test_who_predicted_only_after_the_result_is_left_out(folder):
    file = folder / "late.json"
    kept.add("reveal", "2.wait", details={"anyway": True}, file=file)
    predict("2.wait", 41, unit="weeks", file=file)
    found = gather(folder, outcomes=OUTCOMES)
    assert found.students == 4 and question(found, "2.wait").students == 3
    assert "2.wait: 1 predicted only after the result was shown, and are left out." in found.notes


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_is_not_followed_and_a_folder_is_no_file(folder):
    (folder / "link.json").symlink_to(folder / NAMES[0] / "my-answers.json")
    (folder / "folder.json").mkdir()
    found = gather(folder, outcomes=OUTCOMES)
    assert found.students == 3
    assert [one.split()[0] for one in found.notes if "link or a folder" in one] == [
        "folder.json",
        "link.json",
    ]


def test_the_pictures_and_the_table_hold_nobodys_name(folder, tmp_path):
    found = gather(folder, outcomes=OUTCOMES)
    open_before = plt.get_fignums()
    made = found.write(tmp_path / "out", with_result=True)
    names = [path.name for path, _ in made]
    assert names == [
        "class_predictions_1.curve.png",
        "class_predictions_2.wait.png",
        "class_predictions_3.who.png",
        "class_predictions.csv",
    ]
    assert plt.get_fignums() == open_before
    assert all(path.read_bytes()[1:4] == b"PNG" for path, _ in made[:3])
    written = [told for _, told in made] + [made[-1][0].read_text(encoding="utf-8")]
    for one in found.questions:
        ax = plot_class(one, OUTCOMES[one.question], with_result=True)
        written += [text.get_text() for text in ax.figure.findobj(Text)]
        plt.close(ax.figure)
    for name in [part for one in NAMES for part in one.split()]:
        assert not any(name in text for text in written)


def test_the_result_is_there_only_when_asked_for(folder, tmp_path):
    found = gather(folder, outcomes=OUTCOMES)
    plain = found.table()
    assert not {"result", "held", "ranges"} & set(plain.columns)
    told = dict(found.write(tmp_path / "a"))
    assert not any("esult" in text or "41" in text for text in told.values())
    full = found.table(with_result=True).set_index("question")
    assert full.loc["2.wait", "result"] == 41
    assert (full.loc["2.wait", "ranges"], full.loc["2.wait", "held"]) == (3, pytest.approx(2 / 3))
    assert full.loc["1.curve", "held"].tolist() == [1, 1, 1]
    assert full.loc["1.curve", "ranges"].tolist() == [2, 2, 2]
    assert full.loc["1.curve", "result"].astype(float).round(1).tolist() == [7.6, 27.8, 40.5]
    assert full.loc["3.who", "result"].tolist() == ["wrong", "right", "wrong"]
    told = dict(found.write(tmp_path / "b", with_result=True))
    assert sum("41 weeks" in text for text in told.values()) == 1
    read = pd.read_csv(tmp_path / "b" / "class_predictions.csv")
    assert list(read.columns) == list(full.reset_index().columns) and len(read) == 7


def test_a_question_without_a_result_is_drawn_without(folder, tmp_path):
    found = gather(folder, outcomes={})
    assert len(found.write(tmp_path / "out", with_result=True)) == 4
    with pytest.raises(ValueError, match="has no result to lay over"):
        plot_class(found.questions[0], with_result=True)
    assert found.table(with_result=True)["result"].isna().all()


def test_curves_are_thin_lines_with_a_named_median_and_the_count(folder):
    curve = question(gather(folder, outcomes=OUTCOMES), "1.curve")
    ax = plot_class(curve, OUTCOMES["1.curve"], with_result=True)
    thin = [line for line in ax.lines if line.get_label().startswith("_")]
    assert len(thin) == 3 and {line.get_linewidth() for line in thin} == {1}
    assert [t.get_text() for t in ax.texts] == ["median of 3", "students online"]
    assert ax.get_title("left") == ("What 3 students expected: pairs that met again")
    (median,) = [line for line in ax.lines if line.get_label() == "median of 3"]
    assert list(median.get_ydata()) == [10, 20, 30]
    assert "10% at 3, 20% at 24, 30% at 168" in look.alt_text(ax)
    plt.close(ax.figure)


def test_numbers_are_one_dot_a_student(tmp_path):
    for k, value in enumerate((5, 5, 5, 8, 20)):
        predict("1.n", value, unit="$ a day", because=str(k), file=tmp_path / f"{k}.json")
    (one,) = gather(tmp_path, outcomes={}).questions
    ax = plot_class(one)
    dots = ax.collections[0].get_offsets()
    assert sorted(dots[:, 1]) == [1, 1, 1, 2, 3]
    assert dots[:, 0].tolist() == pytest.approx([5, 5, 5, 8, 20], abs=15 / 40)
    assert [t.get_text().splitlines()[0] for t in ax.texts] == ["median"]
    assert "median 5 $ a day" in look.drawn(ax).text


@pytest.mark.parametrize("values", [(5,), (0, 0), (7, 7, 7)])
def test_numbers_that_are_all_the_same_can_be_drawn(tmp_path, values):
    for k, value in enumerate(values):
        predict("1.n", value, because=str(k), file=tmp_path / f"{k}.json")
    assert len(gather(tmp_path, outcomes={}).write(tmp_path / "out")) == 2


def test_what_one_student_alone_wrote_is_another_answer(tmp_path):
    for k, said in enumerate(("online", "online", "I, Ann Smith, say =1+1", "$\\frac$")):
        predict("1.c", said, because=str(k), file=tmp_path / f"{k}.json")
    found = gather(tmp_path, outcomes={})
    assert found.questions[0].counts() == {"online": 2, OTHER: 2}
    assert "Ann" not in found.table().to_csv()
    assert len(found.write(tmp_path / "out")) == 2


def test_a_question_with_another_name_than_a_lesson_gives_does_no_harm(tmp_path):
    names = ("=cmd()", "../../x", "..", "$\\frac$", "?" * 300)
    many = [{"question": name, "value": 5} for name in (*names, "1.A", "1.a")]
    add(tmp_path, "in/p.json", json.dumps(many).encode("utf-8"))
    made = gather(tmp_path / "in", outcomes={}).write(tmp_path / "in" / "out")
    assert len(made) == 3 and len({path.name.lower() for path, _ in made}) == 3
    assert {path.parent for path, _ in made} == {tmp_path / "in" / "out"}


def test_of_very_many_questions_the_commonest_are_gathered(tmp_path):
    many = [{"question": f"1.q{k}", "value": k} for k in range(300)]
    add(tmp_path, "a.json", json.dumps(many).encode("utf-8"))
    add(tmp_path, "b.json", json.dumps([{"question": "1.q299", "value": 1}]).encode("utf-8"))
    found = gather(tmp_path, outcomes={})
    assert len(found.questions) == 40 and question(found, "1.q299").students == 2
    assert "300 questions: the 40 that most students answered are gathered." in found.notes


def test_without_files_the_reason_is_said(tmp_path):
    with pytest.raises(ValueError, match="There is no folder"):
        gather(tmp_path / "none")
    add(tmp_path, "bad.json", b"?")
    with pytest.raises(ValueError, match=r"No predictions were found.*bad\.json cannot be read"):
        gather(tmp_path)


def test_the_command_says_what_it_wrote_and_what_it_left_out(folder, tmp_path):
    app = Typer()
    app.command()(command)
    run = CliRunner()
    done = run.invoke(app, [str(folder), "--into", str(tmp_path / "out"), "--with-result"])
    assert done.exit_code == 0, done.output
    assert "3 students, 3 questions" in done.output
    assert "- damaged.json cannot be read as predictions" in done.output
    assert "- 2.wait has no result yet: drawn without." in done.output
    assert (tmp_path / "out" / "class_predictions_1.curve.png").exists()
    missing = run.invoke(app, [str(tmp_path / "none")])
    assert missing.exit_code == 1 and "There is no folder" in missing.output
