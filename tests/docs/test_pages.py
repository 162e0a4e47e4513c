"""The examples of pages run as they are printed."""

import doctest
import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
PAGES = [
    page for page in sorted(ROOT.glob("docs/**/*.md")) if ">>> " in page.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_give_what_they_say(page):
    # A fence is no part of an answer.
    text = page.read_text(encoding="utf-8").replace("```python", "").replace("```", "")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said = []
    doctest.DocTestRunner().run(test, out=said.append)
    assert test.examples
    assert not said, "".join(said)


def test_the_script_that_tries_a_mechanism_runs_as_it_is_printed(capsys):
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    part = page.partition("## Add a mechanism")[2].partition("\n## ")[0]
    script = part.partition("```python\n")[2].partition("```")[0]
    exec(compile(script, "mine.py", "exec"), {})
    said = capsys.readouterr().out
    assert "mean adopters" in said
    assert "acquaintance" in said
