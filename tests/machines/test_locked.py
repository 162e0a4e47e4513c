"""Which part of the lock a set-up installs: nothing too much, and nothing missing."""

import itertools
import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
HEAVY = {"numba", "llvmlite", "pyarrow", "duckdb", "playwright", "voila", "statsmodels", "uv"}


def names(blocks):
    return {block.name for block in blocks}


def reached(words, here):
    """Every package that requirements lead to, by what the installed packages say themselves."""
    open_ones, seen = [(Requirement(word), "") for word in words], {}
    while open_ones:
        requirement, asked_as = open_ones.pop()
        marker = requirement.marker
        if marker and not marker.evaluate({**here, "extra": asked_as}):
            continue
        name = canonicalize_name(requirement.name)
        extras = {"", *requirement.extras} - seen.get(name, set())
        seen.setdefault(name, set()).update(extras)
        needs = metadata.requires(name) or []
        open_ones += [(Requirement(need), extra) for extra in extras for need in needs]
    return set(seen)


def test_all_groups_together_are_the_whole_lock(start):
    every = start.extras(ROOT)[1]
    assert start.chosen(ROOT, every) == start.blocks(LOCK)
    assert len(start.blocks(LOCK)) == len(re.findall(r"^\S+==", LOCK, re.MULTILINE)) > 150
    text = start.locked(ROOT, every)
    assert text == re.sub(r"^ +#.*\n", "", LOCK, flags=re.MULTILINE).replace(" \\\n\n", "\n")


def test_lessons_get_none_of_the_heavy_packages(start):
    lessons = names(start.chosen(ROOT))
    assert {"jupyterlab", "pandas", "hatchling"} <= lessons
    assert not HEAVY & lessons
    assert "numba" in names(start.chosen(ROOT, ["fast"]))
    assert HEAVY - names(start.chosen(ROOT, start.TESTED)) == {"playwright"}


@pytest.mark.parametrize("groups", [(), ("fast",), ("logs", "teach"), ("test",)])
def test_a_part_has_all_that_its_packages_need_and_nothing_else(groups, start):
    dependencies, extras = start.extras(ROOT)
    words = [word for group in (*start.ALWAYS, *groups) for word in extras[group]]
    here = {"python_full_version": start.VERSION}
    needed = reached(dependencies + words, here)
    minor = start.sys.version_info[1]
    chosen = {
        block.name
        for block in start.chosen(ROOT, groups, minor, start.SYSTEM)
        if start.holds(block.marker, start.VERSION, start.SYSTEM)
    }
    assert needed - chosen == set()
    assert chosen - needed == set()


def test_every_marker_is_read_as_packaging_reads_it(start):
    markers = {block.marker for block in start.blocks(LOCK)} - {""}
    markers |= {
        "python_version > '3.11' and sys_platform != 'linux'",
        "platform_system == 'Darwin'",
    }
    pythons = [f"3.{minor}.{micro}" for minor, micro in itertools.product(range(11, 15), (0, 5, 9))]
    known = {"windows": ("win32", "nt", "Windows"), "macos": ("darwin", "posix", "Darwin")}
    for marker, python, system in itertools.product(markers, pythons, ("linux", *known)):
        platform, os_name, named = known.get(system, ("linux", "posix", "Linux"))
        there = {
            "python_full_version": python,
            "python_version": python.rpartition(".")[0],
            "sys_platform": platform,
            "os_name": os_name,
            "platform_system": named,
            "implementation_name": "cpython",
        }
        assert start.holds(marker, python, system) == Marker(marker).evaluate(there), marker


@pytest.mark.parametrize("system", ["linux", "macos", "windows"])
@pytest.mark.parametrize("minor", [11, 12, 13, 14])
def test_another_machine_gets_one_version_of_each_package(minor, system, start):
    chosen = start.chosen(ROOT, minor=minor, system=system)
    twice = {name for name in names(chosen) if [block.name for block in chosen].count(name) > 1}
    assert twice <= ({"soupsieve"} if minor == 11 else set())  # it differs by the last digit
    assert ("colorama" in names(chosen)) == (system == "windows")
    assert ("appnope" in names(chosen)) == (system == "macos")


def test_groups_are_called_by_name_and_an_unknown_one_by_the_nearest(start):
    assert start.groups_called(["fast,logs", "teach"], ROOT) == {"fast", "logs", "teach"}
    assert start.groups_called(["all"], ROOT) == set(start.extras(ROOT)[1]) - {"lab", "build"}
    with pytest.raises(ValueError, match=r"no group 'fats'\. Did you mean fast"):
        start.groups_called(["fats"], ROOT)
    with pytest.raises(
        ValueError,
        match="browser, elsewhere, fast, logs, regression, site, sweep, teach, test, all",
    ):
        start.groups_called(["lab"], ROOT)


def test_the_kit_is_built_by_what_every_set_up_has(start):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert 'requires = ["hatchling>=1.27"]' in text
    assert any(word.startswith("hatchling>=1.27") for word in start.extras(ROOT)[1]["build"])
