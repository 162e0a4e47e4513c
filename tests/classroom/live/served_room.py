"""A room that is open, in a process of its own, for tests and the benchmark."""

import contextlib
import json
import pathlib
import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

from begun import begun

PORCH = "import frontporch.cli.class_live as one; one.live()"
PATIENT = "import frontporch.classroom.live.guarded as guarded; guarded.PATIENCE = {}"
"""Lets tests wait for less than a class does."""


class Served:
    """A room that answers."""

    def __init__(self, process, said, into):
        self.process, self.said, self.into = process, said, pathlib.Path(into)
        told = "".join(said)
        self.base = re.search(r"Phones: (\S+)", told)[1]
        self.code = re.search(r"Code: (\S+)", told)[1]
        self.projector = re.search(r"Open (\S+)", told)[1]
        self.room = f"{self.base}/{self.code}"

    def kill(self):
        """End it by force, as when the power goes."""
        self.process.kill()
        self.process.wait(30)


@contextlib.contextmanager
def served(into, *words, lesson="5", patience=None):
    """Open a room; it is closed in order at the end if it still runs."""
    code = f"{PATIENT.format(patience)}; {PORCH}" if patience else PORCH
    words = [lesson, "--no-browser", "--into", str(into), *words]
    with begun(code, *words, ready="Press Ctrl-C") as (process, said):
        yield Served(process, said, into)


class Phone:
    """A browser that keeps its cookies, without a screen."""

    def __init__(self, room):
        self.room = room
        straight = urllib.request.ProxyHandler({})  # whatever proxy the network asks for
        self.cookies = CookieJar()
        keeps = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(straight, keeps)

    def asked(self, path, sent=None, **headers):
        """Give status and answer."""
        body = None if sent is None else json.dumps(sent).encode()
        given = {"Content-Type": "application/json"} | headers
        request = urllib.request.Request(self.room + path, body, given)
        try:
            with self._opener.open(request, timeout=20) as answer:
                return answer.status, self.read(answer)
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                return error.code, self.read(error)

    @staticmethod
    def read(answer):
        said = answer.read()
        try:
            return json.loads(said)
        except ValueError:
            return said
