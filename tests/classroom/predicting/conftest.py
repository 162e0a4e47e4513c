"""Where a student's predictions are kept in these tests."""

import pytest

from frontporch.classroom.record import kept


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    """The student's record, in a folder of its own."""
    path = tmp_path / "mine" / "tea & talk.json"
    path.parent.mkdir()
    monkeypatch.setenv(kept.VARIABLE, str(path))
    return path
