"""The style holds inside its context and leaves every setting as it was."""

import subprocess
import sys

import matplotlib
import pytest
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look.house_style import DPI, SETTINGS, WIDTH

# The user's own settings differ from matplotlib's and from the kit's.
THEIRS = {"lines.linewidth": 7.5, "font.size": 5, "axes.grid": False, "axes.facecolor": "yellow"}
# In another process, because here matplotlib has long been imported.
EVERY_MODULE = """
import importlib, pkgutil, sys
import frontporch.look
for one in pkgutil.iter_modules(frontporch.look.__path__):
    importlib.import_module("frontporch.look." + one.name)
"""


def run(code):
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.fixture
def theirs():
    with matplotlib.rc_context(THEIRS):
        yield dict(matplotlib.rcParams)


def test_every_setting_holds_inside_and_is_as_before_after(theirs):
    with look.style():
        for name, value in SETTINGS.items():
            held = matplotlib.rcParams[name]
            assert (list(held) if isinstance(held, list | tuple) else held) == (
                list(value) if isinstance(value, tuple) else value
            ), name
        # What the kit does not set is matplotlib's own, not the user's.
        assert matplotlib.rcParams["axes.facecolor"] == "white"
    assert dict(matplotlib.rcParams) == theirs


def test_colours_follow_the_palette():
    with look.style():
        cycle = matplotlib.rcParams["axes.prop_cycle"].by_key()
    assert cycle == {"color": [one.color for one in look.palette]}


def test_an_exception_leaves_the_settings_as_before(theirs):
    with pytest.raises(ZeroDivisionError), look.style():
        matplotlib.rcParams["lines.linewidth"] = 99
        _ = 1 / 0
    assert dict(matplotlib.rcParams) == theirs


def test_as_a_decorator_it_holds_at_every_call(theirs):
    @look.style()
    def width():
        """Tell the width of a line."""
        return matplotlib.rcParams["lines.linewidth"]

    assert [width(), width()] == [SETTINGS["lines.linewidth"]] * 2
    assert width.__name__ == "width" and width.__doc__ == "Tell the width of a line."
    assert dict(matplotlib.rcParams) == theirs


def test_one_inside_the_other_restores_step_by_step(theirs):
    with look.style():
        matplotlib.rcParams["lines.linewidth"] = 99
        with look.style():
            assert matplotlib.rcParams["lines.linewidth"] == SETTINGS["lines.linewidth"]
        assert matplotlib.rcParams["lines.linewidth"] == 99
    assert dict(matplotlib.rcParams) == theirs


def test_importing_loads_neither_matplotlib_nor_ipython():
    loaded = run(EVERY_MODULE + "print(*sys.modules)")
    assert "frontporch.look.chart_parts" in loaded
    assert not {"matplotlib", "IPython"} & set(loaded)


def test_importing_changes_no_setting():
    told = run(
        "import matplotlib, warnings, numpy as np\n"
        "before = dict(matplotlib.rcParams), list(warnings.filters), np.geterr()\n"
        + EVERY_MODULE
        + "after = dict(matplotlib.rcParams), list(warnings.filters), np.geterr()\n"
        "print(*(one == other for one, other in zip(before, after)))"
    )
    assert told == ["True"] * 3


def pixels(text, figure):
    """Height of the letters' font in pixels: a point is 1/72 inch."""
    return text.get_fontsize() * figure.dpi / 72


def test_text_is_large_enough_to_be_read_on_a_slide():
    assert WIDTH * DPI == 990
    with look.style():
        figure = Figure()
        ax = figure.subplots()
        for i in (0, 1):
            ax.plot([0, 1], [i, 1 - i], label=f"series {i}", **look.series(i))
        ax.set(xlabel="time (weeks)", ylabel="share", title="title")
        texts = [
            *ax.get_xticklabels(),
            *ax.get_yticklabels(),
            ax.xaxis.label,
            ax.yaxis.label,
            ax.title,
            *ax.legend().get_texts(),
            *look.label_lines(ax),
        ]
    assert figure.get_figwidth() * figure.dpi == 990
    assert len(texts) > 10
    assert min(pixels(text, figure) for text in texts) >= 16
