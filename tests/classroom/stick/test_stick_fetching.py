"""Each wheel is fetched once, checked by its hash, and kept when something stops."""

import hashlib
import re
import subprocess
from collections import namedtuple
from pathlib import Path

import pytest

from frontporch.classroom.stick import fetching
from frontporch.classroom.stick.fetching import StickError, Wheels, fetch
from frontporch.classroom.stick.targets import Target

LINUX, WINDOWS = Target("linux", "x86_64", 12), Target("windows", "amd64", 12)
Entry = namedtuple("Entry", "name version marker text")
PURE, NATIVE = "py3-none-any", "cp312-cp312-{}"


def wheel(name, version, target=None):
    """The name of a wheel; it stands for its content as well."""
    tag = NATIVE.format(target.platforms[0]) if target else PURE
    return f"{name}-{version}-{tag}.whl"


def entry(name, version="1.0", *targets, marker=""):
    hashes = [
        f"    --hash=sha256:{hashlib.sha256(wheel(name, version, one).encode()).hexdigest()}"
        for one in targets or (None,)
    ]
    first = f"{name}=={version}" + (f" ; {marker}" if marker else "")
    return Entry(name, version, marker, " \\\n".join([first, *hashes]) + "\n")


class Registry:
    """Stands in for pip and what it asks: gives wheels, and remembers what was asked."""

    def __init__(self, *wheels, spoiled=(), says=""):
        self.wheels, self.spoiled, self.says = wheels, spoiled, says
        self.asked = []

    def __call__(self, words):
        file, place = (Path(words[words.index(word) + 1]) for word in ("-r", "-d"))
        lines = re.findall("^(.*)==(.*?) ", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert len({name for name, _ in lines}) == len(lines)  # pip refuses two of a name
        assert ";" not in file.read_text(encoding="utf-8")
        self.asked.append([name for name, _ in lines])
        platforms = [word.partition("=")[2] for word in words if word.startswith("--platform")]
        for name, version in lines:
            names = [wheel(name, version)]
            names += [f"{name}-{version}-{NATIVE.format(one)}.whl" for one in platforms]
            found = [one for one in names if one in self.wheels]
            if not found:
                said = self.says or f"ERROR: No matching distribution found for {name}=={version}"
                return subprocess.CompletedProcess(words, 1, said)
            content = "spoiled" if found[0] in self.spoiled else found[0]
            (place / found[0]).write_text(content, encoding="utf-8")
        return subprocess.CompletedProcess(words, 0, "Saved")


def fetched(folder, entries, target, registry, said=None):
    said = [] if said is None else said
    return fetch(Wheels(folder, entries), target, entries, registry, said.append)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_what_is_there_is_not_fetched_again_and_a_pure_wheel_serves_everybody(tmp_path):
    entries = [entry("pure"), entry("native", "2.0", LINUX, WINDOWS)]
    both = [wheel("native", "2.0", one) for one in (LINUX, WINDOWS)]
    registry = Registry(wheel("pure", "1.0"), *both)
    for target in (LINUX, WINDOWS, LINUX):
        assert fetched(tmp_path, entries, target, registry) == []
    assert registry.asked == [["pure", "native"], ["native"]]
    assert names(tmp_path) == sorted([wheel("pure", "1.0"), *both])


def test_progress_is_told(tmp_path):
    entries, said = [entry(f"p{k}") for k in range(fetching.AT_ONCE + 3)], []
    registry = Registry(*(wheel(one.name, "1.0") for one in entries))
    fetched(tmp_path, entries, LINUX, registry, said)
    assert [len(one) for one in registry.asked] == [fetching.AT_ONCE, 3]
    assert said == [
        "Python 3.12 on linux (x86_64): 0 of 13 packages are there.",
        "Python 3.12 on linux (x86_64): 10 of 13 packages, 0 MB in all",
        "Python 3.12 on linux (x86_64): 13 of 13 packages, 0 MB in all",
    ]


def test_an_interruption_keeps_what_is_whole_and_nothing_else(tmp_path):
    entries = [entry(f"p{k}") for k in range(fetching.AT_ONCE + 3)]
    registry = Registry(*(wheel(one.name, "1.0") for one in entries))

    def stopped(words):
        if len(registry.asked) == 1:
            part = Path(words[words.index("-d") + 1])
            (part / wheel("p10", "1.0")).write_text("half of it", encoding="utf-8")
            raise KeyboardInterrupt
        return registry(words)

    with pytest.raises(KeyboardInterrupt):
        fetched(tmp_path, entries, LINUX, stopped)
    assert sum(one.endswith(".whl") for one in names(tmp_path)) == fetching.AT_ONCE
    fetched(tmp_path, entries, LINUX, registry)
    assert registry.asked[1] == ["p10", "p11", "p12"]
    assert names(tmp_path) == sorted(wheel(one.name, "1.0") for one in entries)


def test_a_file_that_was_changed_is_fetched_again_and_one_that_no_lock_names_goes(tmp_path):
    entries, registry = [entry("pure")], Registry(wheel("pure", "1.0"))
    fetched(tmp_path, entries, LINUX, registry)
    (tmp_path / wheel("pure", "1.0")).write_text("spoiled", encoding="utf-8")
    (tmp_path / wheel("old", "0.9")).write_text("old", encoding="utf-8")
    fetched(tmp_path, entries, LINUX, registry)
    assert registry.asked == [["pure"], ["pure"]]
    assert names(tmp_path) == [wheel("pure", "1.0")]
    assert (tmp_path / wheel("pure", "1.0")).read_text(encoding="utf-8") == wheel("pure", "1.0")


def test_a_file_that_pip_let_through_but_the_lock_does_not_name_is_not_kept(tmp_path):
    registry = Registry(wheel("pure", "1.0"), spoiled=[wheel("pure", "1.0")])
    assert fetched(tmp_path, [entry("pure")], LINUX, registry) == ["pure 1.0"]
    assert names(tmp_path) == []


def test_what_has_no_wheel_is_named_and_the_others_are_fetched(tmp_path):
    entries = [entry("a"), entry("odd", "3.0", WINDOWS), entry("z")]
    registry = Registry(wheel("a", "1.0"), wheel("odd", "3.0", WINDOWS), wheel("z", "1.0"))
    assert fetched(tmp_path, entries, LINUX, registry) == ["odd 3.0"]
    assert names(tmp_path) == [wheel("a", "1.0"), wheel("z", "1.0")]


def test_two_versions_of_a_package_are_asked_for_one_after_the_other(tmp_path):
    entries = [
        entry("two", "1.0", marker="python_full_version < '3.11.5'"),
        entry("two", "2.0", marker="python_full_version >= '3.11.5'"),
    ]
    registry = Registry(wheel("two", "1.0"), wheel("two", "2.0"))
    assert fetched(tmp_path, entries, LINUX, registry) == []
    assert registry.asked == [["two"], ["two"]]


@pytest.mark.parametrize(
    "says",
    [
        "WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'",
        "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
        "OSError: [Errno 28] No space left on device",
    ],
)
def test_what_would_fail_for_every_package_stops_at_once(says, tmp_path):
    registry = Registry(says=says)
    with pytest.raises(StickError, match=re.escape(says)):
        fetched(tmp_path, [entry("a"), entry("b")], LINUX, registry)
    assert len(registry.asked) == 1
