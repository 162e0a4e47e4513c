"""A set-up on a machine where everything around the folder is odd: one real set-up, many looks."""

import json
import os
import subprocess

import pytest

ODD = "Ünï 'q\" 100% #1 $HOME & 😀"  # accents, quotes, spaces, and what shells and addresses read
C_LOCALE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names of folders")


@pytest.fixture(scope="module")
def odd(project, packed, tmp_path_factory):
    """The project, the surroundings and what the set-up said; only they know the packages."""
    made = project(ODD, stick=False)
    home = tmp_path_factory.mktemp("Zoë Müller")
    (home / "nowhere").mkdir()
    kernel = home / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    false = {"argv": ["/bin/false", "{connection_file}"], "display_name": "x", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(false), encoding="utf-8")
    link = packed[0]
    (home / "pip.conf").write_text(
        f"[global]\nno-index = true\nfind-links = {link}\nquiet = 3\n"
        f"[install]\nuser = true\nno-binary = :all:\nprefix = {home / 'nowhere'}\n",
        encoding="utf-8",
    )
    (made.folder.parent / "uv.toml").write_text(
        f'no-index = true\nfind-links = ["{link}"]\nexclude-newer = "2010-01-01T00:00:00Z"\n'
        f'[pip]\ntarget = "{home / "nowhere"}"\nno-binary = ["six"]\n',
        encoding="utf-8",
    )
    surroundings = {
        **C_LOCALE,
        "HOME": str(home),
        "USER": "Zoë",
        "PIP_CONFIG_FILE": str(home / "pip.conf"),
        "PIP_FIND_LINKS": "",
        "PIP_USER": "1",
        "PIP_TARGET": str(home / "nowhere"),
        "PIP_REQUIRE_VIRTUALENV": "1",
        "UV_EXCLUDE_NEWER": "2010-01-01T00:00:00Z",
        "UV_SYSTEM_PYTHON": "1",
        "UV_PROJECT_ENVIRONMENT": str(home / "nowhere"),
        "UV_CACHE_DIR": str(home / "cache"),
        "JUPYTER_PATH": str(home / "jupyter"),
        "JUPYTERLAB_DIR": str(home / "nowhere"),
        "JUPYTER_CONFIG_PATH": str(home / "nowhere"),
        "JUPYTER_RUNTIME_DIR": str(home / "nowhere"),
        "JUPYTER_PREFER_ENV_PATH": "0",
        "PYTHONWARNINGS": "error",
        "PYTHONPATH": str(home / "nowhere"),
        "PYTHONSTARTUP": str(home / "nowhere" / "startup.py"),
        "MPLBACKEND": "tkagg",
    }
    return made, surroundings, made.start("setup", "--with", "test", **surroundings)


def test_it_is_set_up_and_says_so(odd):
    _, _, ended = odd
    said = ended.stdout.decode("utf-8")
    assert ended.returncode == 0, said + ended.stderr.decode("utf-8")
    assert "4/4 Trying it in the kernel of the lessons" in said
    assert said.index("4/4") < said.index("Front Porch is set up.")
    assert ended.stderr == b""


def test_nothing_was_installed_elsewhere(odd):
    made, surroundings, _ = odd
    assert not os.listdir(surroundings["JUPYTERLAB_DIR"])  # noqa: PTH208
    packages = list(made.folder.glob(".venv/**/site-packages/ipykernel"))
    assert len(packages) == 1


@pytest.mark.parametrize(
    "locale", [{}, C_LOCALE, {"LC_ALL": "C", "PYTHONUTF8": "1"}, {"LANG": "C"}, {"LC_ALL": "POSIX"}]
)
def test_the_kit_is_found_in_every_locale(locale, odd):
    made, _, _ = odd
    code = "import frontporch, os, sys; sys.stdout.buffer.write(os.fsencode(frontporch.__file__))"
    tried = made.python(code, "-W", "error", **locale)
    assert tried.stderr == b""
    assert tried.stdout == os.fsencode(made.folder / "helpers" / "frontporch" / "__init__.py")


@pytest.mark.parametrize("code_page", ["cp1252", "cp1251", "cp932", "cp936", "ascii"])
def test_the_file_that_leads_to_the_kit_reads_the_same_on_every_code_page(code_page, odd):
    made, _, _ = odd
    (leads,) = made.folder.glob(".venv/**/_frontporch.pth")
    assert leads.read_bytes().decode(code_page).startswith("import os, sys; ")
    assert leads.read_bytes().isascii()


@pytest.mark.parametrize("locale", [{}, C_LOCALE])
def test_the_command_porch_runs(locale, odd):
    made, _, _ = odd
    command = [made.folder / ".venv" / "bin" / "porch"]
    environment = {**os.environ, **locale, "PYTHONIOENCODING": "utf-8:surrogateescape"}
    said = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert said.startswith(b"porch of ")
    assert os.fsencode(ODD) in said
    assert said.rstrip().endswith(b"UTF-8")  # numpy and its like load from there in UTF-8 only


def test_a_second_start_in_another_locale_has_nothing_to_do(odd):
    made, surroundings, _ = odd
    usual = {name: value for name, value in surroundings.items() if name not in C_LOCALE}
    ended = made.start("setup", **{**usual, "PYTHONWARNINGS": ""})
    assert ended.returncode == 0
    assert b"1/4" not in ended.stdout
    assert b"2/4" not in ended.stdout


def test_the_doctor_names_what_is_left_aside(odd):
    made, surroundings, _ = odd
    ended = made.start("doctor", **surroundings)
    said = ended.stdout.decode("utf-8")
    assert ended.returncode == 0, said + ended.stderr.decode("utf-8")
    (aside,) = [line for line in said.splitlines() if line.startswith("Left aside")]
    for name in ("PIP_USER", "UV_EXCLUDE_NEWER", "JUPYTER_PATH", "PYTHONWARNINGS", "MPLBACKEND"):
        assert name in aside
    for name in ("user (pip's settings)", "prefix (pip's settings)", "exclude-newer (uv.toml)"):
        assert name in aside
    assert "find-links" not in aside
    assert "PIP_CONFIG_FILE" not in aside
    assert said.splitlines()[-1] == "numbers agree"


def test_a_false_kernel_is_found_and_named(odd, start):
    made, _, _ = odd
    (real,) = made.folder.glob(".venv/share/jupyter/kernels/python3/kernel.json")
    text = real.read_text(encoding="utf-8")
    elsewhere = {"argv": ["/bin/false", "{connection_file}"], "display_name": "x"}
    try:
        real.write_text(json.dumps({**json.loads(text), **elsewhere}), encoding="utf-8")
        with pytest.raises(start.SetupError, match=r"and \.venv is built anew") as told:
            start.check_kernel(made.folder)
        assert str(real.parent) in str(told.value)
    finally:
        real.write_text(text, encoding="utf-8")


def test_a_kit_from_elsewhere_is_found_and_named(odd, start, tmp_path):
    made, _, _ = odd
    (tmp_path / "frontporch").mkdir()
    (tmp_path / "frontporch" / "__init__.py").write_text("", encoding="utf-8")
    (leads,) = made.folder.glob(".venv/**/_frontporch.pth")
    text = leads.read_bytes()
    try:
        leads.write_text(str(tmp_path), encoding="utf-8")
        with pytest.raises(start.SetupError, match="it imports another one") as told:
            start.check_kernel(made.folder)
        assert str(tmp_path) in str(told.value)
    finally:
        leads.write_bytes(text)
