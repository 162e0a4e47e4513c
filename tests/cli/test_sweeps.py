"""`porch sweep`: a study in a file is run, watched, exported and resumed; the exit status tells."""

import pytest
from typer.testing import CliRunner

from frontporch.cli.commands import porch

STUDY = """
def walk(steps, seed):
    if steps == 7 and not {lucky}:
        raise ValueError("no luck")
    return {{"end": int(seed.choice([-1, 1], steps).sum())}}


study = {{
    "function": walk,
    "design": {{"steps": [5, 7]}},
    "replications": 4,
    "seed": 7,
    "store": {store!r},
}}
"""


@pytest.fixture
def told(tmp_path, saved):
    """Run a command, and give its exit status and what it says."""

    def told(*words):
        ran = CliRunner().invoke(porch, ["sweep", *map(str, words)])
        return ran.exit_code, ran.output

    store = tmp_path / "walks.sqlite"
    told.store = store
    told.study = saved(STUDY.format(lucky=False, store=str(store)), "study.py")
    return told


def test_a_study_is_run_watched_and_exported(told, tmp_path):
    code, said = told("run", told.study)
    assert code == 3
    assert "8 of 8 runs, 4 failed" in said
    assert "- steps=7, replicate=0: ValueError: no luck (walk, line 3)" in said
    assert "1 more" in said
    code, said = told("status", told.store)
    assert (code, said.splitlines()[0]) == (0, "8 of 8 runs, 4 failed")
    table = tmp_path / "walks.csv"
    code, said = told("export", told.store, table)
    assert code == 0
    assert len(table.read_text(encoding="utf-8").splitlines()) == 5
    assert (tmp_path / "walks.manifest.json").is_file()


def test_resume_goes_on_and_tries_failed_runs_again(told):
    told("run", told.study)
    assert told("resume", told.store)[0] == 3
    code, said = told("resume", told.store, "--failed")
    assert code == 3
    assert "4 failed runs are computed again" in said


def test_a_study_whose_runs_all_succeed_ends_with_0(told, tmp_path):
    lucky = STUDY.format(lucky=True, store=str(tmp_path / "lucky.sqlite"))
    told.study.write_text(lucky, encoding="utf-8")
    assert told("run", told.study) == (0, "8 of 8 runs\n")


def test_what_is_wrong_is_said_and_ends_with_1(told, tmp_path, saved):
    for words, sentence in [
        (("run", tmp_path / "nix.py"), "there is no file"),
        (("run", saved("a = 1", "a.py")), "says no study = {…}. A study looks like this"),
        (("run", saved("study = {}", "b.py")), "says nothing of 'function'"),
        (("run", told.study, "--engine", "cors"), "Did you mean 'cores'?"),
        (("status", tmp_path / "nix.sqlite"), "there is no store"),
        (("export", told.store, tmp_path / "a.doc"), "there is no store"),
    ]:
        code, said = told(*words)
        assert code == 1
        assert sentence in said


def test_a_store_that_a_notebook_began_is_resumed_there(told):
    from frontporch import sweep

    sweep.run(lambda k: k, {"k": [1]}, seed=7, store=told.store)
    code, said = told("resume", told.store)
    assert code == 1
    assert "was not begun by  porch sweep run" in said
