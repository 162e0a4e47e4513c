"""Which wheel runs on which computer."""

import platform
import sys

import pytest
from packaging.tags import sys_tags

from frontporch.classroom.stick import targets
from frontporch.classroom.stick.targets import Target
from frontporch.names import UnknownName

LINUX, MAC, INTEL, WINDOWS = (
    Target(system, machine, 12)
    for system, machine in [
        ("linux", "x86_64"),
        ("macos", "arm64"),
        ("macos", "x86_64"),
        ("windows", "amd64"),
    ]
)
EVERYWHERE = [LINUX, MAC, INTEL, WINDOWS]


@pytest.mark.parametrize(
    ("wheel", "takers"),
    [
        ("a-1-py3-none-any.whl", EVERYWHERE),
        ("a-1-py2.py3-none-any.whl", EVERYWHERE),
        ("a-1-cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", [LINUX]),
        ("a-1-cp312-cp312-manylinux2014_x86_64.whl", [LINUX]),
        ("a-1-cp312-cp312-manylinux_2_28_aarch64.whl", []),
        ("a-1-cp312-cp312-musllinux_1_2_x86_64.whl", []),
        ("a-1-cp312-cp312-manylinux_2_34_x86_64.whl", []),  # too new for an older Linux
        ("a-1-cp312-cp312-macosx_11_0_arm64.whl", [MAC]),
        ("a-1-cp312-cp312-macosx_14_0_arm64.whl", []),  # too new for an older Mac
        ("a-1-cp312-cp312-macosx_10_13_x86_64.whl", [INTEL]),
        ("a-1-cp312-cp312-macosx_10_13_universal2.whl", [MAC, INTEL]),
        ("a-1-cp39-abi3-win_amd64.whl", [WINDOWS]),
        ("a-1-cp313-abi3-win_amd64.whl", []),
        ("a-1-cp312-cp312-win_arm64.whl", []),
        ("a-1-cp311-cp311-win_amd64.whl", []),
        ("a-1-cp312-cp312t-win_amd64.whl", []),
    ],
)
def test_a_wheel_is_taken_by_the_computers_on_which_it_runs(wheel, takers):
    assert [one for one in EVERYWHERE if one.takes(wheel)] == takers


@pytest.mark.skipif(sys.platform != "linux", reason="compares with the Linux that runs this")
def test_every_platform_is_one_that_installers_know_on_a_newer_linux():
    known = {tag.platform for tag in sys_tags()}
    asked = Target("linux", platform.machine(), 12).platforms
    assert set(asked) <= known


def test_a_mac_is_of_both_kinds_and_systems_and_pythons_are_crossed():
    found = targets.targets(["macos", "windows"], [12, 13])
    assert [str(one) for one in found] == [
        "Python 3.12 on macos (arm64)",
        "Python 3.13 on macos (arm64)",
        "Python 3.12 on macos (x86_64)",
        "Python 3.13 on macos (x86_64)",
        "Python 3.12 on windows (amd64)",
        "Python 3.13 on windows (amd64)",
    ]


def test_a_linux_machine_of_another_kind_adds_its_own(monkeypatch):
    monkeypatch.setattr(targets.platform, "system", lambda: "Linux")
    monkeypatch.setattr(targets.platform, "machine", lambda: "aarch64")
    assert [one.machine for one in targets.targets(["linux"], [12])] == ["x86_64", "aarch64"]


def test_an_unknown_system_names_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'windows'"):
        targets.targets(["window"], [12])
