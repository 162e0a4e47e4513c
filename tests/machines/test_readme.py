"""The README's promises: its links lead somewhere, its lessons and commands are there."""

import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "datasets/README.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/decisions/*.md"))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert link.startswith("https://") or (ROOT / page).parent.joinpath(link).exists(), link


def test_every_lesson_is_in_the_table():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for lesson in (ROOT / "lessons").glob("[0-9]*.ipynb"):
        assert f"(lessons/{lesson.name})" in text


def test_the_picture_has_alternative_text():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"!\[[^\]]{60,}\]\(docs/first_picture\.png\)", text)


def test_ci_calls_the_test_command_of_the_readme():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python start.py test\n" in text
    assert "python3 start.py test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_ci_runs_the_kinds_of_arithmetic_that_are_described():
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    settings = (ROOT / "tests" / "arithmetic" / "settings.py").read_text(encoding="utf-8")
    lanes = re.findall(r"arithmetic (\w+)[^;]*; }", run)
    assert {"old", "laptop", "server"} <= set(lanes)
    assert all(f'"{lane}", "' in settings.replace("\n        ", " ") for lane in lanes)
    assert "tests/arithmetic/narrow" in run
