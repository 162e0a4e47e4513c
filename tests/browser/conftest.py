"""A real browser on a real JupyterLab; where there is no Chromium the tests say so and skip."""

import contextlib
import os
import pathlib
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from begun import PRESENT, begun

from frontporch.classroom.workbook import copy_lessons

ROOT = pathlib.Path(__file__).parents[2]
QUIET = [
    "--no-sandbox",  # Chromium refuses to start as root with it
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Whatever sticks out of the screen and is in no box that can be scrolled sideways.
CLIPPED = """() => [...document.querySelectorAll('main *')].filter(one => {
  if (!one.offsetWidth || one.getBoundingClientRect().right <= innerWidth + 1) return false;
  for (let around = one.parentElement; around; around = around.parentElement) {
    const scrolls = ['auto', 'scroll'].includes(getComputedStyle(around).overflowX);
    if (scrolls && around.getBoundingClientRect().right <= innerWidth + 1) return false;
    if (around.matches('main')) return true;
  }
}).map(one => `${one.tagName} ${one.className}`)"""
CUT = """() => [...document.querySelectorAll('main button, main .widget-text input')]
  .filter(one => one.offsetWidth && one.scrollWidth > one.clientWidth + 1)
  .map(one => one.textContent || one.ariaLabel)"""


@pytest.fixture(scope="session")
def cut_off():
    """Scripts that list what sticks out of the screen, and whose words do not fit in."""
    return CLIPPED, CUT


@pytest.fixture(scope="session")
def chromium():
    """Path of the system's Chromium."""
    if not os.environ.get("FRONTPORCH_REQUIRE_BROWSER"):
        pytest.importorskip(
            "playwright", reason="Playwright is missing: python start.py test --with browser"
        )
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        if os.environ.get("FRONTPORCH_REQUIRE_BROWSER"):
            pytest.fail("FRONTPORCH_REQUIRE_BROWSER is set, but there is no Chromium")
        pytest.skip("there is no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab on a student's copy of the lessons: its address and its folder."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "lessons", home / "lessons")
    copy_lessons(home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={token}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--ServerApp.root_dir={home / 'my-lessons'}",
    ]
    with (home / "lab.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=os.environ | {name: str(home / name.lower()) for name in places},
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api?token={token}").close()
                break
            assert process.poll() is None, (home / "lab.log").read_text(encoding="utf-8")
            time.sleep(0.2)
        yield address, token, home / "my-lessons"
    finally:
        process.terminate()
        process.wait(30)


@pytest.fixture(scope="module")
def page(chromium, lab, tmp_path_factory):
    """A page that keeps a list of the requests that leave this machine, and fails on any."""
    from playwright.sync_api import sync_playwright

    outside = []
    local = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:|file:")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=chromium,
            headless=True,
            args=QUIET,
            viewport={"width": 1280, "height": 720},
        )
        opened = browser.new_page()
        opened.set_default_timeout(45_000)
        opened.on("request", lambda one: None if local.match(one.url) else outside.append(one.url))
        yield opened
        browser.close()
    assert not outside, f"requests left the machine: {outside}"


@pytest.fixture(scope="module")
def browser(chromium):
    """A browser that nobody has used."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture
def barriers():
    """What axe finds in a page that keeps somebody out: each rule with places that break it."""
    from axe_playwright_python.sync_playwright import Axe

    # pandas leaves the corner of a table empty; WCAG has no rule against it.
    rules = {"rules": {"empty-table-header": {"enabled": False}}}

    def found(page, within=None):
        context = None if within is None else {"include": [[within]]}
        broken = Axe().run(page, context, rules).response["violations"]
        return {one["id"]: [node["html"][:200] for node in one["nodes"][:3]] for one in broken}

    return found


@contextlib.contextmanager
def opened_alone(browser, sizes, base):
    """Open pages of these sizes, each by itself; they may ask nobody but the room, nor fail."""
    outside, failed, made = [], [], []
    for size in sizes:
        page = browser.new_context(viewport=size, has_touch=size["width"] < 600).new_page()
        page.set_default_timeout(30_000)
        page.on("request", lambda one: outside.append(one.url))
        page.on("pageerror", lambda one: failed.append(str(one)))
        made.append(page)
    yield made
    assert [one for one in outside if not one.startswith(base)] == [] and failed == []


@pytest.fixture(scope="session")
def alone():
    """What opens pages that may ask nobody but the room."""
    return opened_alone


@pytest.fixture(scope="session")
def page_without_code():
    """What serves a lesson as a page without code, into a folder, with so many places."""
    return contextlib.contextmanager(served_page)


def served_page(into, viewers, lesson="1"):
    """Serve a lesson as a page without code: its address, and what the command said."""
    words = [lesson, "--page", "--viewers", str(viewers), "--no-browser", "--into", str(into)]
    with begun(PRESENT, *words) as (_, said):
        assert not [one for one in said if "fails" in one], said
        yield said[-1].removeprefix("Open ").strip(), said
