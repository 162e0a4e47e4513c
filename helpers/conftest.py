"""What the examples in docstrings stand on."""

import pytest


@pytest.fixture(autouse=True)
def a_record_of_its_own(tmp_path, monkeypatch):
    """No example writes into the folder that tests are started in."""
    monkeypatch.setenv("FRONTPORCH_RECORD", str(tmp_path / "my-answers.json"))
