"""requirements.lock: pinned, hashed, free of addresses, safe, and true to pyproject.toml."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Advisories of 2026.
SAFE_FROM = {
    "jupyter-server": "2.20.0",
    "jupyterlab": "4.6.2",
    "nbconvert": "7.17.1",
    "voila": "0.5.6",
    "distributed": "2026.1.0",
}
EXTRAS = [word for extra in PROJECT["optional-dependencies"].values() for word in extra]
DIRECT = [Requirement(word) for word in PROJECT["dependencies"] + EXTRAS]


def entries():
    """Each package of the lock: its requirement and the lines of its hashes."""
    joined = re.sub(r" *\\\n +", " ", LOCK)
    for line in joined.splitlines():
        if line and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            yield Requirement(requirement), hashes


ENTRIES = list(entries())


def versions(name):
    """Every version of a package that the lock names; several where the Pythons differ."""
    wanted = canonicalize_name(name)
    found = [entry for entry, _ in ENTRIES if canonicalize_name(entry.name) == wanted]
    return [Version(next(iter(entry.specifier)).version) for entry in found]


def test_every_entry_is_pinned_with_hashes():
    assert len(ENTRIES) > 100
    for requirement, hashes in ENTRIES:
        assert [part.operator for part in requirement.specifier] == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


def test_lock_names_no_registry_and_no_machine():
    assert "://" not in LOCK
    assert not re.search(r"index-url|find-links|trusted-host|file:|\(/|\(\w:\\", LOCK)


@pytest.mark.parametrize("name", SAFE_FROM)
def test_lock_is_not_below_a_security_floor(name):
    assert all(version >= Version(SAFE_FROM[name]) for version in versions(name))


@pytest.mark.parametrize("name", ["jupyter-server", "jupyterlab", "nbconvert", "voila"])
def test_what_has_a_security_floor_is_in_the_lock(name):
    assert versions(name)


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_lock_is_within_the_ranges_of_the_project(requirement):
    assert versions(requirement.name)
    assert all(version in requirement.specifier for version in versions(requirement.name))


@pytest.mark.parametrize("minor", [11, 12, 13, 14])
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_each_python_and_system_gets_one_version_of_each_dependency(minor, system):
    here = {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.9",
        "sys_platform": system,
        "os_name": "nt" if system == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    chosen = [
        canonicalize_name(entry.name)
        for entry, _ in ENTRIES
        if entry.marker is None or Marker(str(entry.marker)).evaluate(here)
    ]
    assert len(chosen) == len(set(chosen))
    assert {canonicalize_name(one.name) for one in DIRECT} <= set(chosen)


def test_lock_installs_without_a_compiler_on_a_mac_with_an_intel_processor():
    # Later releases of this one come without a wheel for them, and start.py builds nothing.
    assert versions("argon2-cffi-bindings") == [Version("25.1.0")]


def test_pip_reads_the_lock():
    # With the reader of pip itself, which needs no network.
    script = (
        "import sys\n"
        "from pip._internal.network.session import PipSession\n"
        "from pip._internal.req.req_file import parse_requirements\n"
        "lines = list(parse_requirements(sys.argv[1], PipSession()))\n"
        "print(len(lines), all(line.options.get('hashes') for line in lines))\n"
    )
    command = [sys.executable, "-c", script, str(ROOT / "requirements.lock")]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    assert said.split() == [str(len(ENTRIES)), "True"]
