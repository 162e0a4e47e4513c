"""Attempts on JupyterLab as `porch present` opens it."""

import contextlib
import json
import pathlib
import re

import websocket
from attempts import Attempt
from presented import NAME, half_open, killed, never_reads, presented

TITLE = "JupyterLab on the projector (`porch present`)"
NOT_LET_IN = "302 or 403"
JSON = {"Content_Type": "application/json"}


@contextlib.contextmanager
def served(folder: pathlib.Path):
    """JupyterLab on a small lesson."""
    with presented(folder) as server:
        page = server.ask(f"/lab?token={server.token}")
        kept = re.findall(r"(username-[^=]+=[^;]+|_xsrf=[^;]+);", page.headers["set-cookie"])
        server.told["cookie"] = "; ".join(kept)
        server.told["page"] = page
        given = {"Authorization": f"token {server.token}"}
        begun = server.ask("/api/kernels", "POST", b"{}", **given, **JSON)
        server.told["kernel"] = json.loads(begun.body)["id"]
        yield server


def bare(path, method="GET", body=b"", **headers):
    """Ask without a token."""
    return lambda server: str(server.ask(path, method, body, **headers))


def known(path, method="GET", **headers):
    """Ask with the token."""

    def tried(server):
        return str(server.ask(path, method, Authorization=f"token {server.token}", **headers))

    return tried


def by_another_site(path, method="POST", body=b"{}", **headers):
    """Ask as a browser does for another site, with the instructor's cookie."""

    def tried(server):
        given = {"Cookie": server.cookie, "Origin": "https://example.org"} | JSON | headers
        return str(server.ask(path, method, body, **given))

    return tried


def hosted(host):
    """Ask under another name."""
    return lambda server: str(server.ask(f"/api/status?token={server.token}", host=host))


def line(path, origin=None, cookie=False):
    """Whether a line can be opened."""

    def tried(server):
        address = f"ws://127.0.0.1:{server.port}{path.replace('KERNEL', server.kernel)}"
        header = [f"Cookie: {server.cookie}"] if cookie else []
        try:
            websocket.create_connection(address, header=header, origin=origin, timeout=10).close()
        except websocket.WebSocketBadStatusException as error:
            return str(error.status_code)
        return "open"

    return tried


def framed(server):
    """Whether another site may frame it."""
    told = server.page.headers.get("content-security-policy", "")
    return "not framed" if "frame-ancestors 'self'" in told else told or "framed"


def token_in_words(server):
    """Read the token among the running commands."""
    import psutil

    command = psutil.Process(server.process.pid)
    words = [word for one in command.children(recursive=True) for word in one.cmdline()]
    return "not there" if not any(server.token in word for word in words) else "there"


def leave(server):
    """Whether another site may read what it answers."""
    told = server.ask("/api/status", Cookie=server.cookie, Origin="https://example.org")
    return "no leave" if "access-control-allow-origin" not in told.headers else "leave"


def elsewhere(server):
    """Have the door to JupyterLab send somebody to another site."""
    told = server.ask(f"/login?token={server.token}&next=//example.org/")
    return "stays here" if "example.org" not in told.headers.get("location", "") else "leaves"


def listens(server):
    """Whether it listens to the network."""
    import psutil

    command = psutil.Process(server.process.pid)
    found = {
        one.laddr.ip
        for each in [command, *command.children(recursive=True)]
        for one in each.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN
    }
    return "only this computer" if found <= {"127.0.0.1", "::1"} else str(sorted(found))


ATTEMPTS = [
    *(
        Attempt(f"{path} without the token", NOT_LET_IN, bare(path))
        for path in (
            "/lab",
            f"/lab/tree/{NAME}",
            f"/files/{NAME}",
            f"/nbconvert/html/{NAME}",
            f"/api/contents/{NAME}",
            "/api/contents",
            "/api/kernels",
            "/api/sessions",
            "/api/terminals",
            "/api/status",
            "/api/config/notebook",
            "/lab/api/settings",
            "/lab/api/workspaces",
            "/metrics",
        )
    ),
    Attempt("a wrong token", NOT_LET_IN, bare("/api/contents?token=x")),
    Attempt("an empty token", NOT_LET_IN, bare("/api/contents?token=")),
    Attempt(
        "a wrong token in a header", NOT_LET_IN, bare("/api/contents", Authorization="token x")
    ),
    Attempt("a made-up cookie", NOT_LET_IN, bare("/api/contents", Cookie="username=admin")),
    Attempt("start a kernel without the token", "403", bare("/api/kernels", "POST", b"{}", **JSON)),
    Attempt(
        "start a terminal without the token", "403", bare("/api/terminals", "POST", b"{}", **JSON)
    ),
    Attempt("stop it without the token", "403", bare("/api/shutdown", "POST", b"{}", **JSON)),
    Attempt(
        "overwrite the lesson without the token",
        "403",
        bare(f"/api/contents/{NAME}", "PUT", b"{}", **JSON),
    ),
    Attempt("delete the lesson without the token", "403", bare(f"/api/contents/{NAME}", "DELETE")),
    Attempt("a line to a kernel without the token", "403", line("/api/kernels/KERNEL/channels")),
    Attempt("a line to a terminal without the token", "403 or 404", line("/terminals/websocket/1")),
    Attempt(
        "the list of lessons, with the instructor's own cookie (it has to work)",
        "200",
        lambda server: str(server.ask("/api/contents", Cookie=server.cookie)),
    ),
    Attempt("start a kernel, by another site", "403 or 404", by_another_site("/api/kernels")),
    Attempt("start a terminal, by another site", "403 or 404", by_another_site("/api/terminals")),
    Attempt(
        "start a kernel, by a form of another site",
        "403 or 404",
        by_another_site("/api/kernels", Content_Type="text/plain"),
    ),
    Attempt(
        "overwrite the lesson, by another site",
        "403 or 404",
        by_another_site(f"/api/contents/{NAME}", "PUT"),
    ),
    Attempt("stop it, by another site", "403 or 404", by_another_site("/api/shutdown")),
    Attempt(
        "a line to a kernel, by another site",
        "403",
        line("/api/kernels/KERNEL/channels", "https://example.org", cookie=True),
    ),
    Attempt(
        "events, by another site",
        "403",
        line("/api/events/subscribe", "https://example.org", cookie=True),
    ),
    Attempt("read an answer from another site", "no leave", leave),
    Attempt("another name of this computer", "403", hosted("example.org")),
    Attempt("a name that only begins as this computer's", "403", hosted("127.0.0.1.example.org")),
    *(
        Attempt(f"{path} with the token", "404 or 403 or 400", known(path))
        for path in (
            "/files/../server.log",
            "/files/%2e%2e/server.log",
            "/files/..%2fserver.log",
            "/api/contents/../server.log",
            "/api/contents/..%2f..%2fetc%2fpasswd",
            "/static/../../../etc/passwd",
            "/files//etc/passwd",
        )
    ),
    Attempt("frame it in another site", "not framed", framed),
    Attempt("leave it for another site through its door", "stays here", elsewhere),
    Attempt("read the token among the running commands", "not there", token_in_words),
    Attempt("reach it from the network", "only this computer", listens),
    Attempt("200 requests that never end, at once", "others answered", half_open("/api/status")),
    Attempt("2,500 answers that nobody reads", "others answered", never_reads("/api/status")),
    Attempt("end the command by force", "ended with it", killed),
]
