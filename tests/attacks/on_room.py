"""Attempts on the room for phones (`porch class live`)."""

import contextlib
import json
import pathlib
import socket
import time
from concurrent.futures import ThreadPoolExecutor

from attempts import Attempt, Server
from served_room import Phone
from served_room import served as opened

TITLE = "The room for phones (`porch class live`)"
PATIENCE = 2.0
"""Seconds that the server has here for a whole request; 15 in class."""
CURVE = {"about": "5.strangers", "value": [10, 20, 30, 40, 50]}
REFUSED = "422"


@contextlib.contextmanager
def served(folder: pathlib.Path):
    """A room with two phones in it."""
    with opened(folder, patience=PATIENCE) as room:
        one, other = Phone(room.room), Phone(room.room)
        for phone, name in ((one, "One"), (other, "Other")):
            assert phone.asked("/join", {"name": name})[0] == 200
            assert phone.asked("/answer", CURVE)[0] == 200
        yield Server(
            int(room.base.rpartition(":")[2]),
            {
                "room": room,
                "code": f"/{room.code}",
                "one": one,
                "other": other,
                "cookie": next(f"{k.name}={k.value}" for k in one.cookies),
                "key": room.projector.partition("key=")[2],
                "folder": folder,
            },
        )


def post(server, path, sent, **headers):
    """Send JSON, with the cookie of the first phone where nothing else is said."""
    body = sent if isinstance(sent, bytes) else json.dumps(sent).encode()
    given = {"Content_Type": "application/json", "Cookie": server.cookie} | headers
    return server.ask(server.code + path, "POST", body, **given)


def answered(server, **headers):
    """What becomes of an answer with other headers."""
    return str(post(server, "/answer", CURVE, **headers))


def plain(path, method="GET", **headers):
    """Ask for an address, without a cookie."""
    return lambda server: str(server.ask(path.replace("CODE", server.code), method, **headers))


def sends(body, path="/answer"):
    """Send something else than an answer."""
    return lambda server: str(post(server, path, body))


def hosted(host):
    """Ask for the room under another name."""
    return lambda server: str(server.ask(server.code, host=host.format(server.port)))


def framed(headers, body=b""):
    """Send a request whose headers are written by hand."""

    def tried(server):
        told = f"POST {server.code}/answer HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        kind = f"Content-Type: application/json\r\nCookie: {server.cookie}\r\n"
        return server.first((told + kind).encode() + headers + b"\r\n\r\n" + body)

    return tried


def lines(*said):
    """Send the first lines of a request by hand."""

    def tried(server):
        text = "\r\n".join(said).format(code=server.code, port=server.port)
        return server.first(text.encode("latin-1") + b"\r\n\r\n")

    return tried


# Whose it is


def digest_as_secret(server):
    """The journal holds digests of secrets: one of them is no secret."""
    (journal,) = pathlib.Path(server.folder).glob("live/*/journal.jsonl")
    line = json.loads(journal.read_text(encoding="utf-8").splitlines()[1])
    return answered(server, Cookie=f"porch-{server.code[1:]}={line['secret']}")


def another_in_the_body(server):
    """Name the other phone in what is sent."""
    sent = CURVE | {"value": [1, 2, 3, 4, 5], "member": 2, "place": 2, "team": "Other"}
    post(server, "/answer", sent)
    mine, theirs = server.one.asked("/now")[1], server.other.asked("/now")[1]
    values = [one["questions"][0]["mine"]["value"] for one in (mine, theirs)]
    return "one's own changed" if values == [sent["value"], CURVE["value"]] else str(values)


def another_in_the_address(server):
    """Name the other phone in the address."""
    told = server.ask(f"{server.code}/now?member=2&team=Other", Cookie=server.cookie)
    return "one's own" if json.loads(told.body)["team"] == "One" else "another's"


def same_name(server):
    """Join under the other's name: a place of one's own, and not theirs."""
    third = Phone(server.room.room)
    third.asked("/join", {"name": "Other"})
    told = third.asked("/now")[1]["questions"][0]["mine"]
    return "a place of its own" if told is None else "the other's answers"


# What a page may do


def headers_of(server):
    """Whether another site may frame the page, or run anything in it."""
    told = server.ask(server.code).headers
    good = "frame-ancestors 'none'" in told["content-security-policy"]
    good &= "default-src 'none'" in told["content-security-policy"]
    return "not framed" if good and told["x-frame-options"] == "DENY" else "framed"


def cookie_of(server):
    """Whether a script could read the secret."""
    sent = json.dumps({"name": "Third"}).encode()
    told = post(server, "/join", sent, Cookie="").headers["set-cookie"]
    return "hidden from scripts" if "HttpOnly" in told and "SameSite=Lax" in told else told


def script_as_name(server):
    """A name that is a script comes back as JSON, which no browser runs."""
    fourth = Phone(server.room.room)
    fourth.asked("/join", {"name": "<script>alert(1)</script>"})
    cookie = next(f"{one.name}={one.value}" for one in fourth.cookies)
    told = server.ask(f"{server.code}/now", Cookie=cookie).headers
    return f"{told['content-type'].partition(';')[0]}, {told['x-content-type-options']}"


def script_in_address(server):
    """An address that is a script is not shown back."""
    told = server.ask("/%3Cscript%3Ealert(1)%3C/script%3E")
    return f"{told}, not shown" if b"alert" not in told.body else "shown"


def preflight(server):
    """Ask whether another site may send something."""
    told = server.ask(f"{server.code}/answer", "OPTIONS", Origin="https://example.org")
    return f"{told}, no leave" if "access-control-allow-origin" not in told.headers else "leave"


def elsewhere(server):
    """Have the door send somebody to another site."""
    told = server.ask("/?room=//example.org").headers.get("location", "")
    return "stays here" if told == "/unknown" else told


def split(server):
    """Put a header into the door's answer."""
    told = server.ask("/?room=A%0d%0aSet-Cookie:%20a=b")
    return "no header" if "set-cookie" not in told.headers else "a header"


def with_key(server, **headers):
    """Press the instructor's button with the right key."""
    sent = b'{"do": "show", "question": 1}'
    given = {"Content_Type": "application/json", "Cookie": f"porch-key={server.key}"} | headers
    return str(server.ask("/projector/do", "POST", sent, **given))


def key_in_cookie_path(server):
    """The key is not sent with what phones ask for."""
    told = server.ask(f"/projector?key={server.key}").headers
    good = "Path=/projector" in told["set-cookie"] and "SameSite=Strict" in told["set-cookie"]
    return "only for the projector" if good and "key" not in told["location"] else str(told)


# Exhaustion, slow readers and kills


def fifty_first(server):
    """Answer one question for ever."""
    fifth = Phone(server.room.room)
    fifth.asked("/join", {"name": "Busy"})
    seen = [fifth.asked("/answer", CURVE)[0] for _ in range(51)]
    return "50, then 422" if seen == [200] * 50 + [422] else str(seen)


def names(server):
    """Change one's name for ever."""
    sixth = Phone(server.room.room)
    seen = [sixth.asked("/join", {"name": f"Name {k}"})[0] for k in range(11)]
    return "10, then 422" if seen == [200] * 10 + [422] else str(seen)


def open_lines(server, count, sent):
    """Keep many lines open that never say all."""
    held = []
    try:
        for _ in range(count):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            line.sendall(sent.encode())
            held.append(line)
        return server.quick(server.code)
    finally:
        for line in held:
            line.close()


def half_open(server):
    """600 requests that never end."""
    return open_lines(server, 600, f"GET {server.code} HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")


def never_reads(server):
    """100 phones that ask 50 times each and never read."""
    one = f"GET {server.code} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n"
    return open_lines(server, 100, one * 50)


def cut_off(server, sent):
    """Whether a request that never ends is ended."""
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(sent.format(code=server.code, port=server.port).encode())
        with contextlib.suppress(OSError):
            while line.recv(4096):
                pass
    return "cut off" if time.monotonic() - begun < PATIENCE + 3 else "waits"


def slow_head(server):
    """Headers that never end."""
    return cut_off(server, "GET {code} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Slow: ")


def slow_body(server):
    """A body that never comes."""
    told = "POST {code}/join HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 100\r\n\r\n{{"
    return cut_off(server, told)


def idle(server):
    """A line on which nothing is said."""
    return cut_off(server, "")


def flood(server):
    """2,000 guesses of the code, eight at a time."""
    with ThreadPoolExecutor(8) as pool:
        paths = [f"/BCD{k:03}" for k in range(400)]
        seen = set(pool.map(lambda one: server.ask(one).status, paths))
    return "all 404" if seen == {404} else str(seen)


def screens(server):
    """Open more projector pages than there are projectors."""
    held = []
    try:
        for _ in range(7):
            line = socket.create_connection(("127.0.0.1", server.port), timeout=10)
            told = f"GET /projector/events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
            line.sendall(f"{told}Cookie: porch-key={server.key}\r\n\r\n".encode())
            held.append(line)
            last = line.recv(12).decode()
        return f"6, then {last[-3:]}"
    finally:
        for line in held:
            line.close()


def killed(server):
    """End the program by force right after it said that an answer is recorded."""
    status, _ = server.other.asked("/answer", CURVE | {"value": [9, 9, 9, 9, 9]})
    server.room.kill()
    with opened(pathlib.Path(server.folder), patience=PATIENCE) as again:
        same = again.room == server.room.room
        mine = server.other.asked("/now")[1]["questions"][0]["mine"]["value"]
        begun = time.monotonic()
        with socket.create_connection(("127.0.0.1", server.port)):
            again.process.terminate()
            again.process.wait(20)
        server.told["ended"] = time.monotonic() - begun
    return "kept" if (status, same, mine) == (200, True, [9] * 5) else str((status, same, mine))


def ended(server):
    """Tell it to end while a phone's line is open."""
    return "ended" if server.told.get("ended", 99) < 15 else "goes on"


WITHOUT = {"Content_Type": "application/json"}
ATTEMPTS = [
    Attempt("a wrong code", "404", plain("/BCDFGH")),
    Attempt("a code without its last letter", "404", lambda s: str(s.ask(s.code[:-1]))),
    Attempt("join without a code", "404", plain("/join", "POST", **WITHOUT)),
    Attempt("400 guesses of the code, eight at a time", "all 404", flood),
    Attempt("answer without having joined", "401", lambda s: answered(s, Cookie="")),
    Attempt("look at answers without having joined", "401", plain("CODE/now")),
    Attempt(
        "answer with a made-up secret",
        "401",
        lambda s: answered(s, Cookie=f"porch-{s.code[1:]}={'x' * 22}"),
    ),
    Attempt("answer with a secret from the journal", "401", digest_as_secret),
    Attempt(
        "answer with the secret of another room",
        "401",
        lambda s: answered(s, Cookie=s.cookie.replace("porch-", "porch-X")),
    ),
    Attempt("answer for another phone by naming it", "one's own changed", another_in_the_body),
    Attempt("look at another phone's answers by naming it", "one's own", another_in_the_address),
    Attempt("join under another team's name", "a place of its own", same_name),
    Attempt("the projector's page without the key", "403", plain("/projector")),
    Attempt("the projector's page with a wrong key", "403", plain("/projector?key=x")),
    Attempt(
        "the projector's page with a phone's secret",
        "403",
        lambda s: str(s.ask("/projector", Cookie=s.cookie)),
    ),
    Attempt("the class's picture without the key", "403", plain("/projector/picture/1-0")),
    Attempt("what the projector listens to, without the key", "403", plain("/projector/events")),
    Attempt("the QR code without the key", "403", plain("/projector/code")),
    Attempt("address and code without the key", "403", plain("/projector/about")),
    Attempt("reveal without the key", "403", plain("/projector/do", "POST", **WITHOUT)),
    Attempt(
        "reveal with the key, sent by another site",
        "403",
        lambda s: with_key(s, Origin="https://example.org"),
    ),
    Attempt(
        "reveal with the key, by a form of another site",
        "415",
        lambda s: with_key(s, Content_Type="text/plain"),
    ),
    Attempt(
        "the key's cookie, sent with what phones ask", "only for the projector", key_in_cookie_path
    ),
    Attempt("another name of this computer", "403", hosted("example.org")),
    Attempt(
        "a name that only begins as this computer's", "403", hosted("127.0.0.1.example.org:{}")
    ),
    Attempt("another port in the name", "403", hosted("127.0.0.1:1")),
    Attempt("no name", "400", lines("GET {code} HTTP/1.1")),
    Attempt(
        "two names",
        "400 or 403",
        lines("GET {code} HTTP/1.1", "Host: 127.0.0.1:{port}", "Host: example.org"),
    ),
    Attempt(
        "a whole address of another site",
        "400 or 403 or 404",
        lines("GET http://example.org{code} HTTP/1.1", "Host: 127.0.0.1:{port}"),
    ),
    Attempt(
        "an answer that another site sends",
        "403",
        lambda s: answered(s, Origin="https://example.org"),
    ),
    Attempt("an answer from a page without an origin", "403", lambda s: answered(s, Origin="null")),
    Attempt(
        "an answer that a browser calls cross-site",
        "403",
        lambda s: answered(s, Sec_Fetch_Site="cross-site"),
    ),
    Attempt(
        "an answer of a neighboring port",
        "403",
        lambda s: answered(s, Origin="http://127.0.0.1:1"),
    ),
    Attempt(
        "an answer as a form sends it",
        "415",
        lambda s: answered(s, Content_Type="application/x-www-form-urlencoded"),
    ),
    Attempt("ask for leave from another site", "405, no leave", preflight),
    *(
        Attempt(f"the method {one}", "405 or 403", plain("CODE/answer", one))
        for one in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND")
    ),
    Attempt("frame the page in another site", "not framed", headers_of),
    Attempt("read the secret by a script", "hidden from scripts", cookie_of),
    Attempt("a script as a team's name", "application/json, nosniff", script_as_name),
    Attempt("a script as an address", "404, not shown", script_in_address),
    Attempt("leave the room for another site through the door", "stays here", elsewhere),
    Attempt("a line end in the code", "no header", split),
    *(
        Attempt(f"the file {path}", "404 or 400", plain(path))
        for path in (
            "/../room.py",
            "/live.css/../../room.py",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2froom.py",
            "/live.css%00.py",
            "/phone.js/",
            "//etc/passwd",
            "/C:/Windows/win.ini",
            "/..\\room.py",
            "/journal.jsonl",
            "CODE/hand-ins/",
        )
    ),
    Attempt("an answer that is no JSON", "400", sends(b"value=1")),
    Attempt("an answer that is a list", "400", sends(b"[]")),
    Attempt("an answer of 7,000 lists in lists", "400", sends(b"[" * 7_000)),
    Attempt(
        "an answer that is not a number",
        "400",
        sends(b'{"about": "5.strangers", "value": [NaN, 1, 2, 3, 4]}'),
    ),
    Attempt(
        "an answer of 7,000 digits",
        "400",
        sends(b'{"about": "5.strangers", "value": ' + b"9" * 7_000 + b"}"),
    ),
    Attempt("an answer in letters that are none", "400", sends(b'{"about": "\xff"}')),
    Attempt("half a character as a name", REFUSED, sends(b'{"name": "\\ud800"}', "/join")),
    Attempt("a name that is an object", REFUSED, sends({"name": {"a": 1}}, "/join")),
    Attempt("a name with a zero byte", REFUSED, sends({"name": "a\0b"}, "/join")),
    Attempt("a question that there is not", REFUSED, sends({"about": "__proto__", "value": 1})),
    Attempt("an answer beyond the slider", REFUSED, sends(CURVE | {"value": [1, 2, 3, 4, 1e9]})),
    Attempt(
        "two lengths of one body", "400", framed(b"Content-Length: 2\r\nContent-Length: 30", b"{}")
    ),
    Attempt(
        "a length and parts at once",
        "400",
        framed(b"Content-Length: 2\r\nTransfer-Encoding: chunked", b"0\r\n\r\n"),
    ),
    Attempt("a negative length", "400", framed(b"Content-Length: -1")),
    Attempt("a length with a plus", "400", framed(b"Content-Length: +2", b"{}")),
    Attempt(
        "a part of no size",
        "400 or closed",
        framed(b"Transfer-Encoding: chunked", b"zz\r\n{}\r\n0\r\n\r\n"),
    ),
    Attempt(
        "a part of 2**60 bytes",
        "400 or closed",
        framed(b"Transfer-Encoding: chunked", b"1000000000000000\r\n"),
    ),
    Attempt("another encoding of parts", "400 or 501", framed(b"Transfer-Encoding: gzip", b"{}")),
    Attempt("a header with a zero byte", "400", framed(b"X-A: a\0b\r\nContent-Length: 2", b"{}")),
    Attempt("a header without a name", "400", framed(b": a\r\nContent-Length: 2", b"{}")),
    Attempt("no request at all", "400 or closed", lambda s: s.first(b"\x16\x03\x01\x02\0\r\n\r\n")),
    Attempt("a body of 9,000 bytes", "400 or 413 or closed", sends(b" " * 9_000)),
    Attempt(
        "headers of 9,000 bytes",
        "400 or 431 or closed",
        lambda s: str(s.ask(s.code, X_Long="a" * 9_000)),
    ),
    Attempt("51 answers to one question", "50, then 422", fifty_first),
    Attempt("11 names of one phone", "10, then 422", names),
    Attempt("7 projector pages", "6, then 503", screens),
    Attempt("600 requests that never end, at once", "others answered", half_open),
    Attempt("5,000 answers that nobody reads", "others answered", never_reads),
    Attempt("headers that never end", "cut off", slow_head),
    Attempt("a body that never comes", "cut off", slow_body),
    Attempt("a line on which nothing is said", "cut off", idle),
    Attempt("ended by force after an answer was recorded", "kept", killed),
    Attempt("told to end while a line is open", "ended", ended),
]
