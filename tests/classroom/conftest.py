"""What stands in for the notebook in tests of controls."""

import matplotlib.pyplot as plt
import pytest
from IPython import display


class Screen:
    """Stands in for the notebook: keeps what is displayed, and what takes its place."""

    def __init__(self):
        self.shown, self.updates = [], []

    def display(self, what, display_id=False):
        self.shown.append(what)
        return self if display_id else None

    def update(self, what):
        self.updates.append(what)


@pytest.fixture
def screen(monkeypatch):
    stand_in = Screen()
    monkeypatch.setattr(display, "display", stand_in.display)
    yield stand_in
    assert plt.get_fignums() == []
