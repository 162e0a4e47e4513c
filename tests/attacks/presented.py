"""A small lesson, presented by `porch present` in a process of its own."""

import contextlib
import pathlib
import re
import socket
import time
import urllib.parse

import nbformat
from attempts import Server
from begun import PRESENT, begun
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NAME = "07_small.ipynb"


def lesson(folder):
    """A lesson with a slider."""
    cells = [
        new_markdown_cell("# 7 · A lesson\n\nMove the slider."),
        new_code_cell("import ipywidgets\nsecret = 41\nipywidgets.IntSlider()"),
    ]
    for place, cell in enumerate(cells):
        cell["id"] = f"cell-{place}"
        cell.metadata["frontporch"] = {"role": "run", "level": "core", "minutes": 1}
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    made = new_notebook(cells=cells)
    made.metadata["frontporch"] = {"title": "A lesson", "minutes": {"20": 7}, "lesson": 7}
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "", "language": "python"}
    (folder / "lessons" / "instructor").mkdir(parents=True)
    nbformat.write(made, folder / "lessons" / "instructor" / NAME)


@contextlib.contextmanager
def presented(folder: pathlib.Path, *words: str):
    """Present it; the server ends with the command."""
    lesson(folder)
    told = ["7", *words, "--no-browser", "--into", str(folder), "--lessons"]
    with begun(PRESENT, *told, str(folder / "lessons")) as (process, said):
        address = urllib.parse.urlsplit(said[-1].removeprefix("Open ").strip())
        token = urllib.parse.parse_qs(address.query)["token"][0]
        (home,) = (folder / "present").iterdir()
        known = {"token": token, "home": home, "process": process}
        yield Server(address.port, known)


def kernel_of(told):
    """The kernel that a page names."""
    return re.search(rb'"kernelId":\s*"([0-9a-f-]+)"', told)[1].decode()


def half_open(path):
    """200 requests that never end: whether others are still answered."""

    def tried(server):
        with contextlib.ExitStack() as held:
            for _ in range(200):
                line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
                held.enter_context(line)
                line.sendall(b"GET / HTTP/1.1\r\nX: ")
            return server.quick(f"{path}?token={server.token}")

    return tried


def never_reads(path):
    """50 viewers who ask 50 times each and never read: whether others are still answered."""

    def tried(server):
        asked = f"GET {path}?token={server.token} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
        with contextlib.ExitStack() as held:
            for _ in range(50):
                line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
                held.enter_context(line)
                line.sendall(asked.encode() * 50)
            return server.quick(f"{path}?token={server.token}")

    return tried


def killed(server):
    """End the command by force: whether its server goes on alone."""
    server.process.kill()
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            return "ended with it"
        time.sleep(0.2)
    return "goes on alone"
