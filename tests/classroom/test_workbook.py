"""A student's copy of the lessons: brought, refreshed, and never overwritten."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from frontporch.classroom.workbook import cleared, copy_lessons, write


def notebook(text, **metadata):
    """A notebook of one cell."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    return json.dumps({"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def kit(tmp_path):
    """A project with one lesson that has a picture, one notebook, and an instructor's copy."""
    for name, content in {
        "lessons/01_first.ipynb": notebook("one"),
        "lessons/pictures/porch.svg": "<svg/>",
        "lessons/.ipynb_checkpoints/01_first.ipynb": "old",
        "lessons/instructor/01_first.ipynb": notebook("solution"),
        "lessons/README.md": "for makers",
        "notebooks/replication.ipynb": notebook("many"),
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return tmp_path


def lessons(root):
    """Every file of my-lessons but the record."""
    mine = root / "my-lessons"
    files = [file for file in mine.rglob("*") if file.is_file() and file.name != ".copied.json"]
    return {file.relative_to(mine).as_posix(): text(file) for file in files}


def text(file):
    """The text of a notebook's only cell, or the content of another file."""
    content = file.read_text(encoding="utf-8")
    return json.loads(content)["cells"][0]["source"][0] if file.suffix == ".ipynb" else content


def test_the_first_start_brings_lessons_assets_and_notebooks(kit):
    assert copy_lessons(kit) == []
    assert lessons(kit) == {
        "01_first.ipynb": "one",
        "pictures/porch.svg": "<svg/>",
        "researchers/replication.ipynb": "many",
    }


def test_an_unchanged_lesson_is_refreshed_in_silence(kit):
    copy_lessons(kit)
    (kit / "lessons" / "01_first.ipynb").write_text(notebook("two"), encoding="utf-8")
    assert copy_lessons(kit) == []
    assert lessons(kit)["01_first.ipynb"] == "two"


def test_a_lesson_that_was_only_opened_counts_as_unchanged(kit):
    copy_lessons(kit)
    opened = notebook("one", language_info={"version": "3.13.0"})
    (kit / "my-lessons" / "01_first.ipynb").write_text(opened, encoding="utf-8")
    (kit / "lessons" / "01_first.ipynb").write_text(notebook("two"), encoding="utf-8")
    assert copy_lessons(kit) == []
    assert lessons(kit)["01_first.ipynb"] == "two"


def test_a_changed_lesson_stays_and_the_new_version_is_put_beside_it_once(kit):
    copy_lessons(kit)
    mine = kit / "my-lessons" / "01_first.ipynb"
    mine.write_text(notebook("my work"), encoding="utf-8")
    assert copy_lessons(kit) == []
    (kit / "lessons" / "01_first.ipynb").write_text(notebook("two"), encoding="utf-8")
    (told,) = copy_lessons(kit)
    (beside,) = (kit / "my-lessons").glob("01_first (new *).ipynb")
    assert beside.name in told
    assert text(mine) == "my work"
    assert text(beside) == "two"
    beside.unlink()
    assert copy_lessons(kit) == []
    assert not beside.exists()


def test_each_new_version_gets_its_own_place(kit):
    copy_lessons(kit)
    (kit / "my-lessons" / "01_first.ipynb").write_text(notebook("my work"), encoding="utf-8")
    for new in ("two", "three"):
        (kit / "lessons" / "01_first.ipynb").write_text(notebook(new), encoding="utf-8")
        copy_lessons(kit)
    held = lessons(kit)
    assert held["01_first.ipynb"] == "my work"
    assert {"two", "three"} <= set(held.values())


def test_a_deleted_lesson_comes_back_fresh(kit):
    copy_lessons(kit)
    mine = kit / "my-lessons" / "01_first.ipynb"
    mine.rename(mine.with_name("mine.ipynb"))
    assert copy_lessons(kit) == []
    assert lessons(kit)["01_first.ipynb"] == lessons(kit)["mine.ipynb"] == "one"


@pytest.mark.parametrize("record", [None, "{", "[1]", "3"])
def test_without_a_record_nothing_of_the_student_is_overwritten(record, kit):
    copy_lessons(kit)
    mine = kit / "my-lessons" / "01_first.ipynb"
    mine.write_text(notebook("my work"), encoding="utf-8")
    file = kit / "my-lessons" / ".copied.json"
    file.unlink()
    if record is not None:
        file.write_text(record, encoding="utf-8")
    (told,) = copy_lessons(kit)
    assert "01_first.ipynb" in told
    assert text(mine) == "my work"


def test_a_new_version_beside_that_the_student_worked_in_is_not_overwritten(kit):
    at_work = notebook("work in the new one")
    copy_lessons(kit)
    (kit / "my-lessons" / "01_first.ipynb").write_text(notebook("my work"), encoding="utf-8")
    (kit / "lessons" / "01_first.ipynb").write_text(notebook("two"), encoding="utf-8")
    copy_lessons(kit)
    (beside,) = (kit / "my-lessons").glob("01_first (new *).ipynb")
    beside.write_text(at_work, encoding="utf-8")
    (kit / "my-lessons" / ".copied.json").unlink()
    copy_lessons(kit)
    assert beside.read_text(encoding="utf-8") == at_work


def test_results_are_left_out_so_that_nobody_sees_them_before_predicting(tmp_path):
    file = tmp_path / "lesson.ipynb"
    cell = {"cell_type": "code", "source": ["1+1"], "outputs": [{"a": 1}], "execution_count": 3}
    file.write_text(json.dumps({"cells": [cell], "metadata": {"widgets": {}}}), encoding="utf-8")
    found = json.loads(cleared(file))
    assert found["cells"][0]["outputs"] == [] and found["cells"][0]["execution_count"] is None
    assert found["metadata"] == {}


def test_a_file_that_is_no_notebook_is_copied_as_it_is(tmp_path):
    file = tmp_path / "broken.ipynb"
    file.write_bytes(b"not json")
    assert cleared(file) == b"not json"


def test_two_starts_at_once_write_no_part_of_each_other(tmp_path):
    file = tmp_path / "deep" / "lesson.json"
    texts = [f"{k}".encode() * 100_000 for k in range(2)]

    def start(text):
        for _ in range(40):
            write(file, text)
            assert file.read_bytes() in texts

    with ThreadPoolExecutor(2) as two:
        for done in [two.submit(start, text) for text in texts]:
            done.result()
    assert list(file.parent.iterdir()) == [file]
