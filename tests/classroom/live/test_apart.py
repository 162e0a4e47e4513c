"""Work in a process of its own: what it gives, what fails, and that its server's end is its own."""

import asyncio
import math
import os
import subprocess
import sys
import time

import psutil
import pytest

from frontporch.classroom.live.apart import Apart, ApartError

BEGINS = (
    "import time; from frontporch.classroom.live.apart import Apart; "
    "one = Apart(time.sleep, 60); print(one._process.pid, flush=True); time.sleep(60)"
)


def test_it_gives_what_the_work_gives():
    assert asyncio.run(Apart(math.factorial, 20).result()) == math.factorial(20)


def test_work_that_fails_or_is_ended_is_said():
    with pytest.raises(ApartError):
        asyncio.run(Apart(math.factorial, -1).result())
    ended = Apart(time.sleep, 60)
    ended.stop()
    with pytest.raises(ApartError):
        asyncio.run(ended.result())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
def test_it_ends_with_a_server_that_was_killed():
    with subprocess.Popen([sys.executable, "-c", BEGINS], stdout=subprocess.PIPE) as server:
        number = int(server.stdout.readline())
        time.sleep(1)
        server.kill()
    for _ in range(100):
        if not psutil.pid_exists(number):
            return
        if psutil.Process(number).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.1)
    pytest.fail("the work goes on without its server")
