"""Sixty phones in thirty seconds: how long each waits for its answer.

Each phone loads the form, joins and answers twice at moments of its own, and asks every four
seconds what is shown; the projector's page looks on, and the result is revealed at the end.
"""

import asyncio
import json
import pathlib
import random
import sys
import tempfile
import time

from tornado.httpclient import AsyncHTTPClient, HTTPRequest

sys.path += [
    str(pathlib.Path(__file__).parents[1] / "tests" / one) for one in ("serving", "classroom/live")
]
from served_room import Phone, served

PHONES, SECONDS = 60, 30.0
WAITED = {"form": [], "join": [], "answer": [], "now": []}


async def asked(client, kind, address, cookie="", sent=None):
    """Ask, and note how long it took."""
    headers = {"Cookie": cookie, "Content-Type": "application/json"}
    body = None if sent is None else json.dumps(sent)
    request = HTTPRequest(address, "GET" if body is None else "POST", headers, body)
    begun = time.perf_counter()
    got = await client.fetch(request)
    WAITED[kind].append(time.perf_counter() - begun)
    return got


async def phone(client, room, place, chance):
    """One phone of the class."""
    first, second = sorted(chance.uniform(0, SECONDS) for _ in range(2))
    begun = time.monotonic()
    await asyncio.sleep(chance.uniform(0, first))
    await asked(client, "form", room)
    joined = await asked(client, "join", f"{room}/join", sent={"name": f"Team {place}"})
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    for until in (first, second, SECONDS):
        while (left := begun + until - time.monotonic()) > 0:
            await asyncio.sleep(min(4, left))
            await asked(client, "now", f"{room}/now", cookie)
        if until < SECONDS:
            sent = {
                "about": "5.strangers",
                "value": sorted(chance.uniform(0, 100) for _ in "12345"),
            }
            await asked(client, "answer", f"{room}/answer", cookie, sent)


async def looks_on(room, teacher):
    """The projector's page: how many pictures it was sent."""
    cookie = "; ".join(f"{one.name}={one.value}" for one in teacher.cookies)
    pictures = set()

    def heard(part):
        for line in part.decode().splitlines():
            if line.startswith("data: "):
                pictures.add(json.loads(line[6:])["picture"])

    address = f"{room.base}/projector/events"
    request = HTTPRequest(
        address, headers={"Cookie": cookie}, streaming_callback=heard, request_timeout=SECONDS + 5
    )
    try:
        await AsyncHTTPClient(force_instance=True).fetch(request)
    except Exception:  # it ends when the time is up
        return len(pictures)
    return len(pictures)


async def whole(room, teacher):
    """The class, and the projector beside it."""
    client = AsyncHTTPClient(force_instance=True, max_clients=PHONES)
    looking = asyncio.create_task(looks_on(room, teacher))
    phones = [phone(client, room.room, k, random.Random(k)) for k in range(PHONES)]
    await asyncio.gather(*phones)
    begun = time.perf_counter()
    teacher.asked("/projector/do", {"do": "reveal"})
    print(f"reveal: {time.perf_counter() - begun:.2f} s")
    print(f"pictures sent to the projector: {await looking}")


def main():
    """Print how long phones waited."""
    with tempfile.TemporaryDirectory() as folder, served(folder) as room:
        teacher = Phone(room.base)
        teacher.asked(room.projector.removeprefix(room.base))
        asyncio.run(whole(room, teacher))
        kept = len(list(pathlib.Path(folder).glob("live/*/hand-ins/*.json")))
    print(f"phones: {PHONES}, hand-ins: {kept}")
    for kind, waited in WAITED.items():
        waited.sort()
        middle, most = waited[len(waited) // 2], waited[-1]
        late = sum(one >= 1 for one in waited)
        print(
            f"{kind}: {len(waited)} asked, median {1000 * middle:.0f} ms, "
            f"longest {1000 * most:.0f} ms, over a second: {late}"
        )


if __name__ == "__main__":
    main()
