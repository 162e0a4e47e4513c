"""All pages of the site, made by Sphinx: each link leads somewhere, and nobody else is asked."""

import pathlib
import re
import urllib.parse

import pytest

pytestmark = pytest.mark.slow
ROOT = pathlib.Path(__file__).parents[3]
# Not those that a script of slides fills.
POINTED_AT = re.compile(r"""<[a-z]+ [^<>]*?\b(?:href|src)="([^"$']*)\"""")
LOADED = re.compile(r'<(?:script|img|link|iframe)\b[^>]*\b(?:src|href)="(https?:[^"]*)"')


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    for package in ("sphinx", "myst_nb", "furo"):
        pytest.importorskip(package, reason="python start.py test --with site")
    from frontporch.classroom.site import making

    return making.make(ROOT, tmp_path_factory.mktemp("made") / "site", None, say=print)


def shown(made):
    return sorted(made.folder.rglob("*.html"))


def test_every_link_leads_somewhere(made):
    lost = []
    for page in shown(made):
        for link in POINTED_AT.findall(page.read_text(encoding="utf-8")):
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            target = page.parent / urllib.parse.unquote(parts.path)
            if not target.exists():
                lost.append(f"{page.relative_to(made.folder)}: {link}")
    assert lost == []


def test_no_page_loads_anything_from_elsewhere(made):
    asked = {page.name: LOADED.findall(page.read_text(encoding="utf-8")) for page in shown(made)}
    assert {name: found for name, found in asked.items() if found} == {}


def test_every_lesson_can_be_read_and_opened(made):
    for file in sorted((ROOT / "lessons").glob("*.ipynb")):
        page = (made.folder / "lessons" / f"{file.stem}.html").read_text(encoding="utf-8")
        assert f"../run/open.html?path={file.name}" in page
        assert page.count("<img") > 0
        assert "VBox(" not in page and "IPython.core" not in page


def test_a_function_is_found_with_its_source_and_an_example(made):
    page = (made.folder / "reference" / "deepening.html").read_text(encoding="utf-8")
    entry = page.partition('id="frontporch.deepening.fit"')[2].partition('<dt class="sig')[0]
    words = re.sub("<[^>]+>", "", entry)
    assert "estimate[" in words and "&gt;&gt;&gt;" in words
    assert "Source:" in re.sub("<[^>]+>", "", page)
