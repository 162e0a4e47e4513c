"""What the site is made of: checked packages, links that lead somewhere, every public name."""

import importlib
import inspect
import json
import re
import zipfile

import pytest
from typer.testing import CliRunner

from frontporch import __version__
from frontporch.classroom.site import distribution, pages, pure_wheels, reference
from frontporch.classroom.site.distribution import Distribution, SiteError


def small(folder, **changed):
    """A distribution of one package, with a core that is empty."""
    folder.mkdir()
    for name in distribution.CORE:
        (folder / name).write_bytes(b"")
    (folder / "one.whl").write_bytes(b"content")
    one = {"file_name": "one.whl", "sha256": distribution.digest(folder / "one.whl")}
    entry = {"name": "One", "version": "1", "depends": ["other_one"], "imports": []} | one
    other = entry | {"name": "other-one", "depends": []} | changed
    lock = {"packages": {"one": entry, "other-one": other}}
    (folder / distribution.LOCK).write_text(json.dumps(lock))
    return Distribution(folder)


def test_a_package_comes_with_what_it_needs(tmp_path):
    made = small(tmp_path / "given").copy(["ONE"], tmp_path / "site")
    assert sorted(made) == ["one", "other-one"]
    assert (tmp_path / "site" / "one.whl").read_bytes() == b"content"


def test_a_file_with_another_hash_is_refused(tmp_path):
    given = small(tmp_path / "given", sha256="0" * 64)
    with pytest.raises(SiteError, match=r"one\.whl is not the file that"):
        given.copy(["one"], tmp_path / "site")


def test_what_is_missing_is_named(tmp_path):
    given = small(tmp_path / "given", file_name="gone.whl")
    with pytest.raises(SiteError, match=r"lacks gone\.whl"):
        given.copy(["one"], tmp_path / "site")
    with pytest.raises(SiteError, match="has no package nothing"):
        given.needed(["nothing"])
    with pytest.raises(SiteError, match="is no Pyodide distribution"):
        Distribution(tmp_path)
    with pytest.raises(SiteError, match="neither a folder nor an archive"):
        distribution.unpacked(str(tmp_path / "given" / "one.whl"), tmp_path)


def test_our_own_package_is_whole_and_the_same_each_time(tmp_path):
    (tmp_path / "again").mkdir()
    one = pure_wheels.own_wheel(__version__, tmp_path)
    again = pure_wheels.own_wheel(__version__, tmp_path / "again")
    assert one.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(one) as archive:
        held = set(archive.namelist())
    assert {"frontporch/__init__.pyi", "frontporch/datasets/cdnow/datapackage.json"} <= held


def test_compiled_packages_cannot_be_packed(tmp_path):
    with pytest.raises(SiteError, match="numpy has compiled parts"):
        pure_wheels.wheel("numpy", tmp_path)
    with pytest.raises(SiteError, match="The site needs nympy"):
        pure_wheels.wheel("nympy", tmp_path)


def test_links_to_files_that_are_not_there_keep_their_words(tmp_path):
    (tmp_path / "here.md").write_text("")
    (tmp_path / "page.md").write_text("[a](here.md#x) [b](gone.md) [c](https://x.org) ![d](e.png)")
    pages._only_links_that_lead_somewhere(tmp_path)
    kept = (tmp_path / "page.md").read_text()
    assert kept == "[a](here.md#x) b [c](https://x.org) d"


def test_every_public_name_has_its_entry(tmp_path):
    reference.reference(tmp_path / "made")
    told = "".join(file.read_text() for file in (tmp_path / "made").glob("*.rst"))
    for subject in reference.SUBJECTS:
        room = importlib.import_module(f"frontporch.{subject}")
        for name in room.__all__:
            if not inspect.ismodule(getattr(room, name)):
                assert re.search(rf"\bfrontporch\.{subject}\.{name}\b", told), name


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    for package in ("sphinx", "myst_nb", "furo"):
        pytest.importorskip(package)
    from frontporch.cli.commands import porch

    (tmp_path / "mine.txt").write_text("mine")
    said = CliRunner().invoke(porch, ["site", str(tmp_path)])
    assert said.exit_code == 1
    assert "holds other files" in said.output
    assert (tmp_path / "mine.txt").read_text() == "mine"
