"""A cell shows one picture, closes its figure, and carries the alternative text in its HTML."""

import itertools
import struct
from html.parser import HTMLParser

import matplotlib
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look import display
from frontporch.look.display import Picture


@pytest.fixture
def shown(monkeypatch):
    """What has been given to Jupyter."""
    given = []
    monkeypatch.setattr("frontporch.look.display._in_notebook", lambda: True)
    monkeypatch.setattr("IPython.display.display", given.append)
    return given


@pytest.fixture
def scripted(monkeypatch, tmp_path):
    """A folder, and a script in it that counts its pictures from 1."""
    monkeypatch.setattr("frontporch.look.display._shown", itertools.count(1))
    monkeypatch.setattr("__main__.__file__", "deep/analysis.py", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def curve(ylabel="share"):
    with look.style():
        ax = plt.subplots()[1]
        ax.plot(np.linspace(0, 4, 50), np.linspace(0, 1, 50) ** 2, label="online", **look.series(0))
        ax.set(xlabel="time (weeks)", ylabel=ylabel)
    return ax


def size(png):
    """Width and height, from the head of a PNG file (PNG specification, section 11.2.2)."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


def images(html):
    """The attributes of every image, as a browser reads them; nothing else may be there."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            assert tag == "img"
            found.append(dict(attrs))

        def handle_data(self, data):
            raise AssertionError(f"text beside the image: {data}")

    Reader().feed(html)
    return found


def test_show_gives_one_picture_and_nothing_else(shown):
    ax = curve()
    text = look.alt_text(ax)
    assert look.show(ax) is None
    (picture,) = shown
    assert isinstance(picture, Picture) and size(picture.png) == (990, 550)
    assert picture.text == repr(picture) == text


def test_show_closes_the_figure(shown):
    ax = curve()
    other = plt.figure()
    look.show(ax)
    assert plt.get_fignums() == [other.number]


def test_the_figure_is_closed_where_nothing_can_be_told(shown):
    ax = curve(ylabel="")
    with pytest.raises(ValueError, match="set_ylabel"):
        look.show(ax)
    assert plt.get_fignums() == [] and shown == []


def test_in_a_script_a_picture_becomes_a_file_that_is_named(scripted, capsys):
    text = look.alt_text(curve())
    for again in (1, 2):
        assert look.show(curve()) is None
        assert capsys.readouterr().out == f"analysis-{again}.png: {text}\n"
    assert sorted(file.name for file in scripted.iterdir()) == ["analysis-1.png", "analysis-2.png"]
    assert (scripted / "analysis-2.png").read_bytes() == look.picture(curve())


def test_in_a_session_without_a_script_no_file_is_written_over(scripted, monkeypatch, capsys):
    monkeypatch.delattr("__main__.__file__")
    (scripted / "picture-1.png").write_text("somebody's", encoding="utf-8")
    look.show(curve())
    assert capsys.readouterr().out.startswith("picture-2.png: share against time")
    assert (scripted / "picture-1.png").read_text(encoding="utf-8") == "somebody's"


@pytest.mark.parametrize(
    ("shell", "shows"), [("ZMQInteractiveShell", True), ("TerminalInteractiveShell", False)]
)
def test_what_runs_notebooks_shows_pictures_and_a_terminal_does_not(shell, shows, monkeypatch):
    monkeypatch.setattr("IPython.get_ipython", type(shell, (), {}))
    assert display._in_notebook() == shows


@pytest.mark.parametrize("give", [look.show, look.drawn, look.picture])
def test_a_figure_is_as_good_as_its_axes(give, shown):
    ax = curve()
    give(ax.figure)
    assert plt.get_fignums() == []
    assert look.picture(ax) == look.picture(ax.figure)


def test_jupyter_is_given_html_and_the_text():
    # As IPython itself asks for it.
    bundle, _ = DisplayFormatter().format(look.drawn(curve()))
    assert set(bundle) == {"text/html", "text/plain"}
    (image,) = images(bundle["text/html"])
    assert image["alt"] == bundle["text/plain"]
    assert image["src"].startswith("data:image/png;base64,iVBOR")


NASTY = 'a "quoted" label, it\'s <b>bold</b> & 5 > 3 &lt; "/><script>alert(1)</script>'


@pytest.mark.parametrize(
    ("label", "told"), [(NASTY, NASTY), ("two\nrows of\n  a label", "two rows of a label")]
)
def test_the_text_is_escaped(label, told):
    picture = look.drawn(curve(ylabel=label))
    html = picture._repr_mimebundle_()["text/html"]
    (image,) = images(html)  # one image and no other tag
    assert image["alt"] == picture.text
    assert image["alt"].startswith(f"{told} against time (weeks).")
    assert "\n" not in html and "<script" not in html and "<b>" not in html
    assert html.count("<") == html.count(">") == 1 and html.count('"') == 4


def test_a_text_of_ones_own_is_escaped():
    own = look.set_alt_text(curve(), NASTY + "\n\nand more")
    (image,) = images(look.drawn(own)._repr_mimebundle_()["text/html"])
    assert image["alt"] == NASTY + " and more"


def test_the_same_figure_gives_the_same_bytes():
    ax = curve()
    first = look.picture(ax)
    assert first == look.picture(ax) == look.picture(curve())
    ax.plot([0, 4], [1, 0])
    assert look.picture(ax) != first  # it can be drawn on after it was closed


def test_bytes_name_neither_date_nor_version():
    png = look.picture(curve())
    assert not any(word in png for word in (b"Software", b"tIME", b"Creation"))


def test_the_users_settings_change_nothing_in_a_picture():
    first = look.picture(curve())
    theirs = {"font.size": 30, "savefig.dpi": 40, "savefig.bbox": "tight", "axes.grid": False}
    with matplotlib.rc_context(theirs):
        before = dict(matplotlib.rcParams)
        assert look.picture(curve()) == first
        assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(("inches", "pixels"), [((9, 5), (990, 550)), ((4, 3), (440, 330))])
def test_size_follows_the_figure(inches, pixels):
    with look.style():
        assert size(look.picture(Figure(figsize=inches))) == pixels


def test_names_beside_lines_keep_the_size():
    ax = curve()
    with look.style():
        look.label_lines(ax)
    assert size(look.picture(ax)) == (990, 550)


def test_a_title_stands_above_the_picture_as_text_and_in_the_file_of_a_script(shown, scripted):
    look.show(curve(), 'More "strangers", more newcomers')
    (picture,) = shown
    told = picture._repr_mimebundle_()
    assert told["text/html"].startswith('<figure style="margin: 0"><figcaption><strong>More &quot;')
    assert told["text/html"].count("<img ") == 1 and look.alt_text(curve()) == picture.text
    assert told["text/plain"] == f'More "strangers", more newcomers. {picture.text}'
    assert picture.png == look.picture(curve())  # the letters of a title are no part of it
    asked = look.drawn(curve(), title="Who is first?")
    assert repr(asked) == f"Who is first? {asked.text}"
