"""The computers of a class: their system, their processor, and their Python."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ...names import pick

MACHINES = {"linux": ("x86_64",), "macos": ("arm64", "x86_64"), "windows": ("amd64",)}
"""Processors for which wheels are taken; a Linux machine of another kind adds its own."""

MACOS = (12, 0)
"""The oldest macOS that is served: a wheel for it runs on every later one."""
GLIBC = 28
"""The oldest minor version of Linux's C library that is served: that of Debian 10, RHEL 8."""


@dataclass(frozen=True)
class Target:
    """One kind of computer.

    Parameters
    ----------
    system : {"linux", "macos", "windows"}
        Its system.
    machine : str
        Its processor, as the names of wheels spell it.
    minor : int
        12 for Python 3.12.
    """

    system: str
    machine: str
    minor: int

    def __str__(self) -> str:
        """Say what computer it is."""
        return f"Python 3.{self.minor} on {self.system} ({self.machine})"

    @cached_property
    def platforms(self) -> list[str]:
        """Platforms whose wheels run there, the best first."""
        from packaging.tags import mac_platforms  # comes with matplotlib

        if self.system == "windows":
            return [f"win_{self.machine}"]
        if self.system == "macos":
            return list(mac_platforms(MACOS, self.machine))
        made = [f"manylinux_2_{minor}_{self.machine}" for minor in range(GLIBC, 4, -1)]
        made += [f"manylinux{year}_{self.machine}" for year in ("2014", "2010", "1")]
        return [*made, f"linux_{self.machine}"]

    @cached_property
    def _tags(self) -> frozenset[object]:
        from packaging.tags import compatible_tags, cpython_tags

        version, abi = (3, self.minor), f"cp3{self.minor}"
        compiled = cpython_tags(version, [abi], self.platforms)
        return frozenset([*compiled, *compatible_tags(version, abi, self.platforms)])

    def takes(self, wheel: str) -> bool:
        """Say whether a wheel can be installed there.

        Examples
        --------
        >>> one = Target("windows", "amd64", 12)
        >>> one.takes("tornado-6.5-cp39-abi3-win_amd64.whl"), one.takes("a-1-py3-none-any.whl")
        (True, True)
        >>> one.takes("numpy-2.3.0-cp313-cp313-win_amd64.whl")
        False
        """
        from packaging.utils import parse_wheel_filename

        return not self._tags.isdisjoint(parse_wheel_filename(wheel)[3])


def targets(systems: Iterable[str], minors: Iterable[int]) -> list[Target]:
    """List the computers of a class, from their systems and their Pythons.

    Parameters
    ----------
    systems : iterable of {"linux", "macos", "windows"}
        Their systems.
    minors : iterable of int
        Their Pythons: 12 for 3.12.

    Raises
    ------
    UnknownName
        If there is no such system; the nearest is named.

    Examples
    --------
    >>> print(*targets(["macos"], [12]), sep=", ")
    Python 3.12 on macos (arm64), Python 3.12 on macos (x86_64)
    """
    minors, here = list(minors), platform.machine().lower()
    found = []
    for system in systems:
        machines = MACHINES[pick(system, MACHINES, "system")]
        if system == "linux" and platform.system() == "Linux" and here not in machines:
            machines = (*machines, here)
        found += [Target(system, machine, minor) for machine in machines for minor in minors]
    return found
