"""Attempts on a game that a class plays on its phones (`porch class live game`)."""

import contextlib
import json
import pathlib

from attempts import Attempt, Server
from on_room import PATIENCE, REFUSED, hosted, plain, post
from played_game import Teacher, decision, joined, own_port
from served_room import Phone
from served_room import served as opened

TITLE = "A game on phones (`porch class live game`)"
WORDS = ("--people", "400", "--seed", "7", "--rounds", "4", "--shops", "3")


@contextlib.contextmanager
def served(folder: pathlib.Path):
    """A game of two teams after its first round; what was seen before it began is told."""
    with opened(folder, *WORDS, *own_port(), lesson="game", patience=PATIENCE) as room:
        phones, teacher = joined(room, ("One", "Other")), Teacher(room)
        before = {
            name: str(Phone(room.room).asked("/join", {"name": name})[0])
            for name in ("../../up", "CON", "a\0b", "one", "x" * 25)
        }
        early = str(phones["One"].asked("/answer", decision(0, 1))[0])
        teacher.start()
        for place, asked in enumerate(([], [{"kind": "log"}])):
            phone = phones[("One", "Other")[place]]
            assert phone.asked("/answer", decision(place, 1) | {"research": asked})[0] == 200
        teacher.resolve(1)
        yield Server(
            int(room.base.rpartition(":")[2]),
            {
                "room": room,
                "code": f"/{room.code}",
                "one": phones["One"],
                "other": phones["Other"],
                "cookie": next(f"{k.name}={k.value}" for k in phones["One"].cookies),
                "key": room.projector.partition("key=")[2],
                "folder": folder,
                "teacher": teacher,
                "before": before,
                "early": early,
            },
        )


def handed(server, **changed):
    """What becomes of a decision of the first team in which something is changed."""
    return str(post(server, "/answer", decision(0, 2) | changed))


def acts(**changed):
    """Hand in acts of which one is changed."""
    return lambda server: handed(server, acts=decision(0, 2)["acts"] | changed)


def changes(**changed):
    """Hand in a decision of which something is changed."""
    return lambda server: handed(server, **changed)


def headed(**headers):
    """Hand in a decision with other headers."""
    return lambda server: str(post(server, "/answer", decision(0, 2), **headers))


def sends(body):
    """Send something else than a decision."""
    return lambda server: str(post(server, "/answer", body))


def joins(name, **headers):
    """Join under a name, by default without a seat."""
    given = {"Cookie": ""} | headers
    return lambda server: str(post(server, "/join", {"name": name}, **given))


def presses(what, **headers):
    """Press one of the instructor's buttons, by default without the key."""

    def tried(server):
        given = {"Content_Type": "application/json"}
        given |= {name: said.format(key=server.key) for name, said in headers.items()}
        if headers.get("Cookie") == "phone":
            given["Cookie"] = server.cookie
        body = json.dumps(what).encode()
        return str(server.ask("/projector/do", "POST", body, **given))

    return tried


def digest_as_secret(server):
    """The journal holds digests of secrets: one of them is no secret."""
    (journal,) = pathlib.Path(server.folder).glob("live/*/journal.jsonl")
    lines = map(json.loads, journal.read_text(encoding="utf-8").splitlines())
    secret = next(one["secret"] for one in lines if "secret" in one)
    return headed(Cookie=f"porch-{server.code[1:]}={secret}")(server)


def another_in_the_body(server):
    """Name the other team in what is handed in."""
    before = server.other.asked("/now")[1]["mine"]
    handed(server, team="Other", member=2, place=2, memo="by One")
    mine, theirs = server.one.asked("/now")[1]["mine"], server.other.asked("/now")[1]["mine"]
    good = mine["memo"] == "by One" and theirs == before
    return "one's own changed" if good else str((mine, theirs))


def another_in_the_address(server):
    """Name the other team in the address."""
    told = server.ask(f"{server.code}/now?team=Other&member=2", Cookie=server.cookie)
    return "one's own" if json.loads(told.body)["team"] == "One" else "another's"


def research_of(server, cookie):
    """Ask for what the second team's research found."""
    mine = server.other.asked("/now")[1]["research"]
    path = f"{server.code}/table/{mine[0]['file']}.csv"
    return str(server.ask(path, Cookie=cookie))


def not_told(server):
    """What a phone is told holds neither the seed nor what rivals decided."""
    said = server.ask(f"{server.code}/now", Cookie=server.cookie).body.decode()
    plan = server.other.asked("/now")[1]
    leaks = [one for one in ('"seed"', "Plan 1", '"holds"', '"policies"', "Other") if one in said]
    return "not told" if plan["team"] == "Other" and not leaks else str(leaks)


def script_as_memo(server):
    """A line that is a script comes back as JSON, which no browser runs."""
    handed(server, memo="<script>alert(1)</script>")
    told = server.ask(f"{server.code}/now", Cookie=server.cookie).headers
    return f"{told['content-type'].partition(';')[0]}, {told['x-content-type-options']}"


def fifty_first(server):
    """Hand in for ever."""
    seen = []
    while len(seen) < 60 and (not seen or seen[-1] == 200):
        seen.append(server.other.asked("/answer", decision(1, 2))[0])
    return "50, then 422" if seen == [200] * 50 + [422] else str((len(seen), seen[-1]))


def pressed_again(server):
    """Send the press that resolved the first round once more."""
    return presses({"do": "resolve", "round": 1, "anyway": True}, Cookie="porch-key={key}")(server)


def lost_phone(server):
    """Go on with a phone whose seat was given to another."""
    server.teacher.press(do="free", team="Other")
    new = Phone(server.room.room)
    joined_again = new.asked("/join", {"name": "Other"})[0]
    seen = [server.other.asked(*one)[0] for one in (("/now",), ("/answer", decision(1, 2)))]
    server.told["other"] = new
    return f"{joined_again}; {seen[0]}, {seen[1]}"


def killed(server):
    """End the program by force right after it said that a decision is handed in."""
    status, _ = server.one.asked("/answer", decision(0, 2) | {"memo": "the last word"})
    server.room.kill()
    with opened(pathlib.Path(server.folder), lesson="game", patience=PATIENCE) as again:
        Teacher(again).until(lambda told: told["standings"])
        mine = server.one.asked("/now")[1]["mine"]["memo"]
        same = again.room == server.room.room
    return "kept" if (status, same, mine) == (200, True, "the last word") else str((status, mine))


KEY = "porch-key={key}"
ATTEMPTS = [
    *(
        Attempt(f"{what}, before the game", REFUSED, lambda s, name=name: s.before[name])
        for what, name in (
            ("a path as a team's name", "../../up"),
            ("a name that Windows keeps to itself", "CON"),
            ("a name with a zero byte", "a\0b"),
            ("the name of another team", "one"),
            ("a name of 25 letters", "x" * 25),
        )
    ),
    Attempt("hand in before the game", REFUSED, lambda s: s.early),
    Attempt(
        "join without the code", "404", plain("/join", "POST", Content_Type="application/json")
    ),
    Attempt("join as a team that has a phone", REFUSED, joins("Other")),
    Attempt("join as a shop that the computer runs", REFUSED, joins("Corner Shop")),
    Attempt("join as a team that there is not", REFUSED, joins("Third")),
    Attempt(
        "take a second seat with one phone",
        REFUSED,
        lambda s: joins("Other", Cookie=s.cookie)(s),
    ),
    Attempt("hand in without having joined", "401", headed(Cookie="")),
    Attempt("look at a shop without having joined", "401", plain("CODE/now")),
    Attempt(
        "hand in with a made-up secret",
        "401",
        lambda s: headed(Cookie=f"porch-{s.code[1:]}={'x' * 22}")(s),
    ),
    Attempt("hand in with a secret from the journal", "401", digest_as_secret),
    Attempt(
        "hand in with the secret of another room",
        "401",
        lambda s: headed(Cookie=s.cookie.replace("porch-", "porch-X"))(s),
    ),
    Attempt("hand in for another team by naming it", "one's own changed", another_in_the_body),
    Attempt("look at another team's shop by naming it", "one's own", another_in_the_address),
    Attempt(
        "another team's research by the name of its file",
        "404",
        lambda s: research_of(s, s.cookie),
    ),
    Attempt("a team's research without having joined", "401", lambda s: research_of(s, "")),
    Attempt("the seed and rivals' decisions in what a phone is told", "not told", not_told),
    Attempt("hand in once more for a round that is over", REFUSED, changes(round=1)),
    Attempt("hand in for a round that is to come", REFUSED, changes(round=3)),
    Attempt("hand in for no round", REFUSED, changes(round=None)),
    Attempt("a round that is a text", REFUSED, changes(round="2")),
    Attempt("a round that is true", REFUSED, changes(round=True)),
    Attempt("a decision that another site sends", "403", headed(Origin="https://example.org")),
    Attempt("a decision from a page without an origin", "403", headed(Origin="null")),
    Attempt(
        "a decision as a form sends it",
        "415",
        headed(Content_Type="application/x-www-form-urlencoded"),
    ),
    Attempt("another name of this computer", "403", hosted("example.org")),
    Attempt("acts that are a list", REFUSED, changes(acts=[1, 2])),
    Attempt("acts that are a text", REFUSED, changes(acts="all")),
    Attempt("an act that there is not", REFUSED, acts(__proto__=1)),
    Attempt("an act that is not open yet", REFUSED, acts(web="site")),
    Attempt("hours that are true", REFUSED, acts(join_hours=True)),
    Attempt("hours that are a list", REFUSED, acts(join_hours=[5])),
    Attempt("hours below nothing", REFUSED, acts(join_hours=-5)),
    Attempt("a million hours", REFUSED, acts(join_hours=1e6)),
    Attempt("half a week where whole ones are asked for", REFUSED, acts(offer_week=0.5)),
    Attempt(
        "hours that are not a number",
        "400",
        sends(b'{"round": 2, "acts": {"join_hours": NaN}, "research": []}'),
    ),
    Attempt(
        "hours of 7,000 digits",
        "400",
        sends(b'{"round": 2, "acts": {"join_hours": ' + b"9" * 7_000 + b"}}"),
    ),
    Attempt("hours of 1e400", REFUSED, sends(b'{"round": 2, "acts": {"join_hours": 1e400}}')),
    Attempt("a decision of 7,000 lists in lists", "400", sends(b"[" * 7_000)),
    Attempt("a decision that is a list", "400", sends(b"[]")),
    Attempt("a decision of 9,000 bytes", "400 or 413 or closed", sends(b" " * 9_000)),
    Attempt("research that there is not", REFUSED, changes(research=[{"kind": "spy"}])),
    Attempt("a hundred pieces of research", REFUSED, changes(research=[{"kind": "log"}] * 100)),
    Attempt(
        "research with another team's name",
        REFUSED,
        changes(research=[{"kind": "log", "team": "Other"}]),
    ),
    Attempt(
        "a test of what cannot be tested",
        REFUSED,
        changes(research=[{"kind": "ab_test", "act": "seed", "value": 1}]),
    ),
    Attempt("a prediction that is a text", REFUSED, changes(prediction="much")),
    Attempt("a prediction of 1e300 dollars", REFUSED, changes(prediction=1e300)),
    Attempt("a line of 281 letters", REFUSED, changes(memo="x" * 281)),
    Attempt("a line that is an object", REFUSED, changes(memo={"a": 1})),
    Attempt(
        "half a character in the line",
        REFUSED,
        sends(b'{"round": 2, "acts": {}, "memo": "\\ud800"}'),
    ),
    Attempt("a script as the line", "application/json, nosniff", script_as_memo),
    Attempt("start the game without the key", "403", presses({"do": "start"})),
    Attempt("resolve a round without the key", "403", presses({"do": "resolve", "round": 2})),
    Attempt(
        "resolve a round with a phone's secret",
        "403",
        presses({"do": "resolve", "round": 2, "anyway": True}, Cookie="phone"),
    ),
    Attempt(
        "resolve a round with the key, sent by another site",
        "403",
        presses({"do": "resolve", "round": 2}, Cookie=KEY, Origin="https://example.org"),
    ),
    Attempt(
        "resolve a round with the key, by a form of another site",
        "415",
        presses({"do": "resolve", "round": 2}, Cookie=KEY, Content_Type="text/plain"),
    ),
    Attempt("free a team's seat without the key", "403", presses({"do": "free", "team": "Other"})),
    Attempt("stretch the clock without the key", "403", presses({"do": "time"})),
    Attempt("the press that resolved a round, sent once more", REFUSED, pressed_again),
    Attempt("start the game twice", REFUSED, presses({"do": "start"}, Cookie=KEY)),
    Attempt("a button that there is not", REFUSED, presses({"do": "__class__"}, Cookie=KEY)),
    Attempt(
        "the debrief before the year is over",
        REFUSED,
        presses({"do": "page", "page": 0}, Cookie=KEY),
    ),
    Attempt("the standings' page without the key", "403", plain("/projector")),
    Attempt("what the projector listens to, without the key", "403", plain("/projector/events")),
    Attempt(
        "a picture of the debrief without the key", "403", plain("/projector/picture/debrief-0")
    ),
    *(
        Attempt(f"the file {path}", "404 or 400", plain(path))
        for path in (
            "/game.json",
            "CODE/game.json",
            "CODE/journal.jsonl",
            "CODE/round_01/Other.json",
            "CODE/table/../game.json",
            "CODE/table/..%2f..%2fgame.csv",
        )
    ),
    Attempt("51 decisions in one round", "50, then 422", fifty_first),
    Attempt("go on with a phone whose seat was given away", "200; 401, 401", lost_phone),
    Attempt("ended by force after a decision was handed in", "kept", killed),
]
