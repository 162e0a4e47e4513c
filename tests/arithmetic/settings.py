"""Kinds of arithmetic that one machine can stand for, as variables of a new process.

Each stands for another processor, another number of threads, or another system's functions.
`python tests/arithmetic/settings.py NAME` prints the variables of one as `export` lines.
"""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass, field

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

# What this numpy chooses by the processor. The names change from one numpy to the next, and a
# name that it does not know is passed over without a word.
CHOSEN = [one for one in __cpu_dispatch__ if __cpu_features__.get(one)]
WIDE = [one for one in CHOSEN if one.startswith(("AVX512", "X86_V4"))]
X86 = platform.machine().lower() in ("x86_64", "amd64")
HAS_AVX512 = bool(__cpu_features__.get("AVX512F"))
GLIBC = platform.libc_ver()[0] == "glibc"


@dataclass(frozen=True)
class Setting:
    """One kind of arithmetic.

    Parameters
    ----------
    name, meaning : str
        What it is called, and what it stands for.
    variables : mapping of str to str
        Set before the process starts: libraries choose their code as they are loaded.
    lacking : str
        Why this machine cannot stand for it; empty where it can.
    """

    name: str
    meaning: str
    variables: dict[str, str] = field(default_factory=dict)
    lacking: str = ""

    def environment(self, given: dict[str, str]) -> dict[str, str]:
        """Give the variables of a process in this setting, the others as given."""
        kept = {key: value for key, value in given.items() if key not in VARIABLES}
        return kept | self.variables


def _switched_off(features: list[str]) -> dict[str, str]:
    return {"NPY_DISABLE_CPU_FEATURES": " ".join(features)} if features else {}


NO_X86 = "" if X86 else f"the processor is {platform.machine()}, not an x86"
SETTINGS = (
    Setting("usual", "this machine as it is"),
    Setting(
        "old", "a processor without AVX, one thread",
        {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1", **_switched_off(CHOSEN)},
        NO_X86,
    ),
    Setting(
        "laptop", "a processor with AVX2 and without AVX-512, two threads",
        {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "2", **_switched_off(WIDE)},
        NO_X86,
    ),
    Setting(
        "server", "a processor with AVX-512, two threads",
        {"OPENBLAS_CORETYPE": "SkylakeX", "OPENBLAS_NUM_THREADS": "2"},
        NO_X86 or ("" if HAS_AVX512 else "the processor has no AVX-512"),
    ),
    Setting(
        "system", "another system's exponentials, logarithms and powers; kernels for any processor",
        {
            "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX512F,-AVX2,-AVX,-FMA,-FMA4",
            "NUMBA_CPU_NAME": "generic",
            **({"OPENBLAS_CORETYPE": "SkylakeX"} if HAS_AVX512 else {}),
        },
        NO_X86 or ("" if GLIBC else "its functions are not those of glibc"),
    ),
)  # fmt: skip
VARIABLES = {key for one in SETTINGS for key in one.variables}
BY_NAME = {one.name: one for one in SETTINGS}

if __name__ == "__main__":
    chosen = BY_NAME[sys.argv[1]]
    if chosen.lacking:
        sys.exit(f"{chosen.name} ({chosen.meaning}) is left out: {chosen.lacking}")
    for key, value in chosen.variables.items():
        print(f"export {key}='{value}'")
