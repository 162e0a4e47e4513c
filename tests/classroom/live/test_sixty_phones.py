"""A room that is served: sixty phones, a kill, strangers, and what nobody may see of another."""

import asyncio
import contextlib
import json
import pathlib
import re
import time

import pytest
from served_room import Phone, served
from tornado.httpclient import AsyncHTTPClient, HTTPRequest

from frontporch.classroom.handing_in import hand_in_file
from frontporch.classroom.live.server import SCREENS
from frontporch.classroom.predicting.class_predictions import gather
from frontporch.classroom.presenting.starting import name_in_network

PHONES = 60
CURVE = {"about": "5.strangers", "value": [10, 20, 30, 40, 50]}


async def joined(client, room, place):
    """A phone of a class: its cookie."""
    sent = json.dumps({"name": f"Team {place}"})
    request = HTTPRequest(f"{room}/join", "POST", {"Content-Type": "application/json"}, sent)
    answer = await client.fetch(request)
    return answer.headers["Set-Cookie"].partition(";")[0]


async def answers(client, room, cookie, value):
    """One answer; gives what the phone is told."""
    sent = json.dumps(CURVE | {"value": [value] * 5})
    headers = {"Content-Type": "application/json", "Cookie": cookie}
    request = HTTPRequest(f"{room}/answer", "POST", headers, sent)
    return json.loads((await client.fetch(request)).body)["questions"][0]["mine"]["value"]


def clients():
    """Sixty phones that ask at once."""
    return AsyncHTTPClient(force_instance=True, max_clients=PHONES)


async def first_half(room):
    """Everybody joins and answers at the same moment."""
    client = clients()
    cookies = await asyncio.gather(*(joined(client, room, k) for k in range(PHONES)))
    told = await asyncio.gather(*(answers(client, room, one, 7) for one in cookies))
    client.close()
    return cookies, told


async def second_half(room, cookies):
    """Half of them think better of it."""
    client = clients()
    half = enumerate(cookies[: PHONES // 2])
    told = await asyncio.gather(*(answers(client, room, one, k) for k, one in half))
    client.close()
    return told


def test_sixty_at_once_a_kill_and_a_second_answer(tmp_path):
    with served(tmp_path) as first:
        cookies, told = asyncio.run(first_half(first.room))
        assert told == [[7] * 5] * PHONES
        first.kill()
    with served(tmp_path) as again:
        assert (again.room, again.code) == (first.room, first.code)
        assert f"{PHONES} phones, nothing is lost" in "".join(again.said)
        told = asyncio.run(second_half(again.room, cookies))
        assert told == [[k] * 5 for k in range(PHONES // 2)]
        again.kill()
    (folder,) = tmp_path.glob("live/*/hand-ins")
    found = gather(folder)
    assert found.students == PHONES and found.notes == ()
    heights = sorted(one.value[0] for one in found.questions[0].predictions)
    assert heights == sorted([7.0] * (PHONES // 2) + [float(k) for k in range(PHONES // 2)])
    for path in folder.iterdir():
        assert hand_in_file.read(path.read_bytes()).intact


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with served(tmp_path_factory.mktemp("build")) as made:
        yield made


def phone(room, name=None):
    made = Phone(room.room)
    if name:
        assert made.asked("/join", {"name": name})[0] == 200
    return made


def test_a_phone_sees_its_own_answers_alone(room):
    one, other, stranger = phone(room, "One"), phone(room, "Other"), phone(room)
    told = one.asked("/answer", CURVE | {"because": "only mine"})[1]
    assert told["questions"][0]["mine"]["because"] == "only mine" and told["team"] == "One"
    seen = other.asked("/now")[1]
    assert seen["questions"][0]["mine"] is None
    assert "only mine" not in json.dumps(seen) and "One" not in json.dumps(seen)
    assert stranger.asked("/now")[0] == 401 and stranger.asked("/answer", CURVE)[0] == 401


def test_the_form_is_light_and_asks_nobody_outside(room):
    pages = pathlib.Path(__file__).parents[3] / "helpers/frontporch/classroom/live/pages"
    size = sum(path.stat().st_size for path in pages.iterdir())
    status, told = phone(room, "Light").asked("/now")
    assert status == 200 and size + len(json.dumps(told)) < 60_000
    for path in pages.iterdir():
        assert "http" not in path.read_text(encoding="utf-8")


def test_the_code_may_be_typed(room):
    typed = Phone(room.base)
    status, page = typed.asked(f"/?room=+{room.code.lower()}")
    assert status == 200 and b"Your answers" in page
    status, page = typed.asked("/?room=WRONG2")
    assert status == 404 and b"There is no such room. Look at the code once more." in page


def test_the_projector_follows_and_reveals(room):
    team, teacher = phone(room, "Projected"), Phone(room.base)
    team.asked("/answer", CURVE | {"value": [1, 2, 3, 4, 5]})
    sent = {"about": "5.decision", "value": "open reviews", "amount": 2000, "expected": 100}
    assert team.asked("/answer", sent)[0] == 200
    assert teacher.asked(room.projector.removeprefix(room.base))[0] == 200
    told = teacher.asked("/projector/about")[1]
    assert told["code"] == room.code and f"http://{told['address']}" == room.base
    assert b"<svg" in teacher.asked("/projector/code")[1]
    assert teacher.asked("/projector/do", {"do": "show", "question": 4})[0] == 422
    assert teacher.asked("/projector/do", {"do": "show", "question": 2})[1]["question"] == 2
    assert teacher.asked("/projector/do", {"do": "reveal"})[1]["revealed"]
    for _ in range(100):
        year = team.asked("/now")[1]["questions"][1]
        if year["year"]:
            break
        time.sleep(0.2)
    assert year["year"][0].startswith("You chose: open reviews (budget: 2,000 dollars).")
    status, said = team.asked("/answer", sent)
    assert status == 422 and said["problem"].startswith("The result was shown")
    assert events(room, teacher, "What the year brought 1 team")["revealed"]


def test_what_is_wrong_is_said_in_its_own_words(room):
    said = phone(room, "Too high").asked("/answer", CURVE | {"value": [1, 2, 3, 4, 101]})
    assert said == (422, {"problem": "101 is not between 0 and 100 %."})
    teacher = Phone(room.base)
    teacher.asked(room.projector.removeprefix(room.base))
    with contextlib.ExitStack() as opened:
        for _ in range(SCREENS):
            stream = teacher._opener.open(f"{room.base}/projector/events", timeout=20)
            opened.enter_context(stream).readline()
        status, page = teacher.asked("/projector/events")
    assert status == 503 and b"Too many projector pages are open. Close one." in page


def events(room, teacher, wanted):
    """What the projector is told, up to a picture whose words hold something."""
    with teacher._opener.open(f"{room.base}/projector/events", timeout=20) as stream:
        for line in stream:
            told = json.loads(line.removeprefix(b"data: ")) if line.strip() else {}
            if wanted in told.get("told", ""):
                break
    status, png = teacher.asked(told["picture"])
    assert status == 200 and png.startswith(b"\x89PNG")
    return told


def test_shared_phones_of_the_network_may_join_but_the_projector_stays_here(tmp_path):
    address = name_in_network()
    if not re.fullmatch(r"[0-9.]+", address) or address.startswith("127."):
        pytest.skip("this machine has no address in a network")
    with served(tmp_path, "--share") as shared:
        assert shared.base.startswith(f"http://{address}:")
        assert "what phones send is not encrypted" in "".join(shared.said)
        assert phone(shared, "Blue Door").asked("/now")[1]["team"] == "Blue Door"
        keyed = shared.projector.partition("/projector")[2]
        told = Phone(shared.base).asked(f"/projector{keyed}")
        assert told[0] == 403 and b"on its own computer only" in told[1]
        assert Phone(shared.projector).asked("")[0] == 200


def test_a_projector_page_that_is_loaded_again_and_again_is_let_in(room):
    teacher = Phone(room.base)
    teacher.asked(room.projector.removeprefix(room.base))
    for _ in range(12):
        with teacher._opener.open(f"{room.base}/projector/events", timeout=20) as stream:
            assert stream.readline().startswith(b"data: ")
        time.sleep(0.05)


def test_it_ends_at_once_while_a_projector_looks_on(tmp_path):
    with served(tmp_path) as made:
        teacher = Phone(made.base)
        teacher.asked(made.projector.removeprefix(made.base))
        with teacher._opener.open(f"{made.base}/projector/events", timeout=20) as stream:
            stream.readline()
            begun = time.monotonic()
            made.process.terminate()
            assert made.process.wait(30) == 0
            assert time.monotonic() - begun < 15
