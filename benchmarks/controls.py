"""Key press or click to picture in a real browser: a curve, a town of 200 people, whom to ask.

Opens JupyterLab with one control, presses the arrow key on its slider or clicks a person, and
waits until the new picture is decoded and painted. Needs the system's Chromium and Playwright.
"""

import argparse
import contextlib
import os
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

CURVE = """from frontporch import classroom
from frontporch.course import lesson_01
speed = classroom.Slider("hazard_ratio", "steps up online", 0.5, 3.0, 0.1, 0.5, unit="× offline")
classroom.panel(lesson_01.plot_ladder, speed)"""
TOWN = """from functools import partial
from frontporch import classroom, community, data
people = data.load("main_street_ties", table="people")
town = community.on_main_street(data.load("main_street_ties"), people)
course = community.trace(town, ["Ada B."], community.independent_cascade(0.4), seed=7)
step = classroom.Slider("step", "step", 0, 30, 1, 0)
classroom.panel(partial(community.plot_spread_at, course, town), step)"""
PLAYED = """from frontporch import classroom, community, data
people = data.load("main_street_ties", table="people")
town = community.on_main_street(data.load("main_street_ties"), people)
course = community.trace(town, ["Ada B."], community.independent_cascade(0.4), seed=7)
classroom.play(course, town, steps=30)"""
ASKED = """from frontporch import classroom, community, data
people = data.load("main_street_ties", table="people")
town = community.on_main_street(data.load("main_street_ties"), people)
classroom.ask_first(town, worlds=1_000, budget=200)"""
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
SLIDER, PERSON = ".noUi-handle", ".fp-ask-first .person"
CLICK = """() => new Promise(done => {
  const people = document.querySelectorAll('.fp-ask-first .person');
  const one = people[window.clicked = (window.clicked ?? 0) + 7], began = performance.now();
  const seen = new MutationObserver(() => {
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  });
  seen.observe(one, {attributes: true, attributeFilter: ['aria-pressed']});
  one.dispatchEvent(new MouseEvent('click', {bubbles: true}));
  setTimeout(() => done(null), 3000);
})"""
PRESS = """() => new Promise(done => {
  const area = document.querySelector('.jp-OutputArea-output img').closest('.jp-OutputArea');
  const before = area.querySelector('img').src, began = performance.now();
  const seen = new MutationObserver(() => {
    const now = area.querySelector('img');
    if (!now || now.src === before) return;
    seen.disconnect();
    now.decode().then(() => requestAnimationFrame(() => done(performance.now() - began)));
  });
  seen.observe(area, {subtree: true, childList: true, attributes: true, attributeFilter: ['src']});
  const key = {key: 'ArrowRight', keyCode: 39, bubbles: true};
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key));
  setTimeout(() => done(null), 3000);
})"""


def milliseconds(source, presses, what=SLIDER, act=PRESS):
    """Time from each press to its picture; presses that change nothing are left out."""
    from playwright.sync_api import sync_playwright

    home = Path(tempfile.mkdtemp())
    book = new_notebook(cells=[new_code_cell(source)], metadata=KERNEL)
    nbformat.write(book, home / "panel.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    token = secrets.token_hex(8)
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    lab = subprocess.Popen(
        [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            f"--port={address.rsplit(':', 1)[1]}", f"--IdentityProvider.token={token}",
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
            f"--ServerApp.root_dir={home}",
        ],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=os.environ | {name: str(home / name.lower()) for name in places},
    )  # fmt: skip
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api?token={token}").close()
                break
            time.sleep(0.2)
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("google-chrome")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 720})
            page.goto(f"{address}/lab/tree/panel.ipynb?reset&token={token}")
            page.get_by_text("| Idle").wait_for(timeout=90_000)
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            page.wait_for_selector(what, timeout=60_000)
            page.wait_for_timeout(1_500)
            page.locator(what).first.focus()
            took = []
            for _ in range(presses):
                took.append(page.evaluate(act))
                page.wait_for_timeout(150)
            browser.close()
    finally:
        lab.terminate()
        lab.wait(30)
        shutil.rmtree(home, ignore_errors=True)
    return [one for one in took if one is not None]


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--presses", type=int, default=20)
    presses = asked.parse_args().presses
    for name, source, *how in (
        ("a curve", CURVE), ("a town of 200 people", TOWN), ("a spread that plays", PLAYED),
        ("a click on one of 200 people, 1,000 worlds", ASKED, PERSON, CLICK),
    ):  # fmt: skip
        took = milliseconds(source, presses, *how)
        median, low, high = statistics.median(took), min(took), max(took)
        print(f"{name}: median {median:.0f} ms, {low:.0f} to {high:.0f}, {len(took)} presses")
