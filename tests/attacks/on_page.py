"""Attempts on the page without code (`porch present --page`)."""

import contextlib
import json
import pathlib
import re
import struct
import time
import uuid

import websocket
from attempts import Attempt
from presented import half_open, kernel_of, killed, never_reads, presented

TITLE = "The page without code (`porch present --page`)"
V1 = "v1.kernel.websocket.jupyter.org"
NOT_LET_IN = "302 or 403"
NOTHING = "404 or 403 or 405"


@contextlib.contextmanager
def served(folder: pathlib.Path):
    """The page with two places; one is the attacker's."""
    with presented(folder, "--page", "--viewers", "2") as server:
        page = server.ask(f"/?token={server.token}")
        server.told["kernel"] = kernel_of(page.body)
        server.told["page"] = page
        kept = [one.partition(";")[0] for one in page.headers["set-cookie"].split(", ")]
        server.told["cookie"] = "; ".join(one for one in kept if "=" in one)
        yield server


def bare(path, method="GET", **headers):
    """Ask without a token."""
    return lambda server: str(server.ask(_filled(path, server), method, **headers))


def known(path, method="GET", **headers):
    """Ask with the token, as a viewer can."""

    def tried(server):
        given = {"Authorization": f"token {server.token}"} | headers
        return str(server.ask(_filled(path, server), method, **given))

    return tried


def _filled(path, server):
    return path.replace("KERNEL", server.kernel)


def hosted(host, path="/places"):
    """Ask under another name."""
    return lambda server: str(server.ask(f"{path}?token={server.token}", host=host))


@contextlib.contextmanager
def line(server, kernel=None, who="token", subprotocol=None, **more):
    """A line to a kernel, opened by somebody with the token, with a viewer's cookie, or nobody."""
    known = {"token": f"Authorization: token {server.token}", "cookie": f"Cookie: {server.cookie}"}
    mine = websocket.create_connection(
        f"ws://127.0.0.1:{server.port}/api/kernels/{kernel or server.kernel}/channels"
        f"?session_id={uuid.uuid4().hex}",
        header=[known[who]] if who else [],
        subprotocols=[subprotocol] if subprotocol else None,
        timeout=10,
        **more,
    )
    below = mine.sock  # websocket-client forgets it where the other side closes first
    try:
        yield mine
    finally:
        below.close()


def opened(**how):
    """Whether a line can be opened."""

    def tried(server):
        try:
            with line(server, **how):
                return "open"
        except websocket.WebSocketBadStatusException as error:
            return str(error.status_code)

    return tried


def sends(frame, subprotocol=V1, text=False):
    """Send a frame: whether the line is closed, and whether others are still answered."""

    def tried(server):
        with line(server, subprotocol=subprotocol) as mine:
            time.sleep(0.2)
            with contextlib.suppress(OSError, websocket.WebSocketException):
                mine.send(frame) if text else mine.send_binary(frame)
            closed = _closed(mine)
        return f"{closed}; {server.quick(f'/places?token={server.token}')}"

    return tried


def _closed(mine):
    """Whether a line is closed within some seconds."""
    mine.settimeout(0.3)
    until = time.monotonic() + 4
    while time.monotonic() < until:
        try:
            opcode, _ = mine.recv_data()
        except websocket.WebSocketTimeoutException:
            continue
        except (OSError, websocket.WebSocketException):
            return "closed"
        if opcode == websocket.ABNF.OPCODE_CLOSE:
            return "closed"
    return "open"


def asks(kind, content, channel="shell"):
    """Send a kernel a message that no page sends: what comes back of it."""

    def tried(server):
        message = {
            "channel": channel,
            "content": content,
            "metadata": {},
            "parent_header": {},
            "header": {
                "msg_id": uuid.uuid4().hex,
                "msg_type": kind,
                "session": "s",
                "username": "",
                "version": "5.3",
                "date": "2026-11-30T12:00:00Z",
            },
        }
        number = message["header"]["msg_id"]
        with line(server) as mine:
            mine.settimeout(0.5)
            mine.send(json.dumps(message))
            heard, until = [], time.monotonic() + 1
            while time.monotonic() < until:
                try:
                    told = json.loads(mine.recv())
                except (websocket.WebSocketTimeoutException, ValueError):
                    break
                if told.get("parent_header", {}).get("msg_id") == number:
                    heard.append(told["msg_type"])
        return ", ".join(sorted({*heard} - {"status"})) or "nothing"

    return tried


def source(server):
    """Look for code in what a viewer gets."""
    return "no code" if b"secret = 41" not in server.page.body else "code"


def framed(server):
    """Whether another site may frame the page."""
    told = server.page.headers.get("content-security-policy", "")
    return "not framed" if re.search(r"frame-ancestors 'self'", told) else told or "framed"


def token_in_words(server):
    """Read the token among the running commands."""
    import psutil

    command = psutil.Process(server.process.pid)
    words = [word for one in command.children(recursive=True) for word in one.cmdline()]
    return "not there" if not any(server.token in word for word in words) else "there"


def by_another_site(server):
    """End a viewer's kernel from another site that the viewer has open."""
    given = {"Cookie": server.cookie, "Origin": "https://example.org"}
    return str(server.ask(f"/api/kernels/{server.kernel}", "DELETE", **given))


def third_viewer(server):
    """One more viewer than there are places."""
    begun = time.monotonic()
    with line(server):
        second = server.ask(f"/?token={server.token}").status
        third = server.ask(f"/?token={server.token}")
    seen = f"{second}, then {third}"
    return seen if time.monotonic() - begun < 20 else "hangs"


def traces(server):
    """Look for a traceback in the server's log after all of this."""
    log = (server.home / "server.log").read_text(encoding="utf-8", errors="replace")
    found = re.findall(r"^\w*(?:Error|Exception)\b.*", log, re.MULTILINE)
    return "none" if "Traceback" not in log else f"a traceback: {found[-1:]}"


def offsets(*places):
    """The head of a frame of the newer protocol."""
    return struct.pack(f"<{len(places) + 1}Q", len(places), *places)


CLOSED = "closed; others answered"
AMPLIFIED = offsets(*[0, 4_000_000] * 200_000) + b"x" * 800_000
RUN = {"code": "open('x', 'w')", "silent": False}
ATTEMPTS = [
    *(
        Attempt(f"{path} without the token", NOT_LET_IN, bare(path))
        for path in ("/", "/places", "/api/kernels/KERNEL")
    ),
    Attempt("the page with a wrong token", NOT_LET_IN, bare("/?token=x")),
    Attempt("the page with an empty token", NOT_LET_IN, bare("/?token=")),
    Attempt(
        "the page with a wrong token in a header", NOT_LET_IN, bare("/", Authorization="token x")
    ),
    Attempt("a line to a kernel without the token", "403", opened(who=None)),
    Attempt("a line to a kernel with a viewer's own cookie", "open", opened(who="cookie")),
    Attempt(
        "a line to a kernel, by another site in a viewer's browser",
        "403",
        opened(who="cookie", origin="https://example.org"),
    ),
    Attempt("a line to a kernel that there is not", "404", opened(kernel=str(uuid.uuid4()))),
    Attempt("another name of this computer", "403", hosted("example.org")),
    Attempt("another name of this computer, for the page", "403", hosted("example.org", "/")),
    Attempt("a name that only begins as this computer's", "403", hosted("127.0.0.1.example.org")),
    *(
        Attempt(f"{path} with the token", NOTHING, known(path))
        for path in (
            "/api/contents",
            "/api/kernels",
            "/api/sessions",
            "/api/terminals",
            "/api/shutdown",
            "/07_small.ipynb",
            "/lesson/07_small.ipynb",
            "/voila/render/07_small.ipynb",
            "/voila/tree",
            "/voila/files/07_small.ipynb",
            "/voila/files/../server.log",
            "/voila/query/KERNEL",
            "/voila/templates/page.html",
            "/voila/templates/lab/",
            "/voila/templates/../../server.log",
            "/static/favicon.ico",
            "/nothing/at/all",
            "/voila/static/",
            "/voila/static/../../server.log",
            "/voila/static/%2e%2e/%2e%2e/server.log",
            "/voila/static/..%2f..%2fserver.log",
            "/..%2fserver.log",
            "//etc/passwd",
        )
    ),
    Attempt("start a kernel", NOTHING, known("/api/kernels", "POST")),
    Attempt("end a kernel, by another site", NOTHING, by_another_site),
    Attempt("look at code in the page", "no code", source),
    Attempt("frame the page in another site", "not framed", framed),
    Attempt("read the token among the running commands", "not there", token_in_words),
    Attempt(
        "a frame of eight bytes that claims 2**60 parts", CLOSED, sends(struct.pack("<Q", 2**60))
    ),
    Attempt(
        "a frame of four bytes that claims 2**31 parts, older protocol",
        CLOSED,
        sends(struct.pack("!I", 2**31 - 1), subprotocol=None),
    ),
    Attempt("a frame whose parts overlap 200,000 times", CLOSED, sends(AMPLIFIED)),
    Attempt("a frame whose parts lie beyond its end", CLOSED, sends(offsets(32, 2**50, 2**51))),
    Attempt("a frame whose parts go backwards", CLOSED, sends(offsets(32, 10, 32))),
    Attempt("a frame without a part", CLOSED, sends(struct.pack("<Q", 0))),
    Attempt("a frame of one byte", CLOSED, sends(b"\x01")),
    Attempt("text where bytes are agreed", CLOSED, sends("{}", text=True)),
    Attempt("text that is no message", CLOSED, sends("[1]", subprotocol=None, text=True)),
    Attempt(
        "text of 500,000 lists in lists", CLOSED, sends("[" * 500_000, subprotocol=None, text=True)
    ),
    Attempt("a frame of 12 MB", CLOSED, sends(b"x" * 12_000_000)),
    Attempt("run code", "nothing", asks("execute_request", RUN)),
    Attempt(
        "run code on the kernel's other line", "nothing", asks("execute_request", RUN, "control")
    ),
    Attempt(
        "look into a variable",
        "nothing",
        asks("inspect_request", {"code": "secret", "cursor_pos": 6, "detail_level": 1}),
    ),
    Attempt(
        "complete a name", "nothing", asks("complete_request", {"code": "sec", "cursor_pos": 3})
    ),
    Attempt(
        "read the history of the code",
        "nothing",
        asks("history_request", {"hist_access_type": "tail", "n": 9, "raw": True}),
    ),
    Attempt("debug", "nothing", asks("debug_request", {"command": "initialize"}, "control")),
    Attempt(
        "a widget of no kind",
        "comm_close or nothing",
        asks("comm_open", {"comm_id": "x", "target_name": "nothing", "data": {"a": 3}}),
    ),
    Attempt("one more viewer than there are places", "200, then 503", third_viewer),
    Attempt(
        "end one's own kernel, which frees a place",
        "shutdown_reply",
        asks("shutdown_request", {"restart": False}, "control"),
    ),
    Attempt("200 requests that never end, at once", "others answered", half_open("/places")),
    Attempt("2,500 answers that nobody reads", "others answered", never_reads("/places")),
    Attempt("a traceback in the log, after all of this", "none", traces),
    Attempt("end the command by force", "ended with it", killed),
]
