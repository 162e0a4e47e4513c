"""What a rehearsal watches inside the kernel: who asks a network, and how small text becomes.

Loaded with ``%load_ext``; nothing of it is left once the kernel has ended.
"""

from __future__ import annotations

import ipaddress
import json
import sys
from typing import Any

_ASKS = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}


class Watch:
    """Refuses what leaves this machine, and notes it with the cell that ran.

    Sockets of Python are seen, also those of libraries; a library that opens them in its own
    machine code is not.

    Notes name the cell by its place among those that ran since, from 1.
    """

    def __init__(self) -> None:
        self.place = 0
        self.refused: list[tuple[int, str]] = []
        self.smallest: list[tuple[int, float]] = []

    def next_cell(self, _information: Any) -> None:
        """Count a cell that begins; called by IPython."""
        self.place += 1

    def network(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse an address that is not this machine's; an audit hook of Python.

        Raises
        ------
        ConnectionRefusedError
            If it is another machine's.
        """
        if event not in _ASKS:
            return
        address = arguments[0] if event.startswith("socket.get") else arguments[1]
        host = address[0] if isinstance(address, tuple) else address
        if host and not is_local(host):
            self.refused.append((self.place, str(host)))
            raise ConnectionRefusedError(f"The rehearsal is held without a network: {host}.")

    def figure(self, figure: Any) -> None:
        """Note the smallest text of a figure that was drawn, in pixels of its picture."""
        sizes = [
            text.get_fontsize() * figure.dpi / 72
            for text in figure.findobj(lambda one: hasattr(one, "get_fontsize"))
            if text.get_visible() and text.get_text().strip()
        ]
        if sizes:
            self.smallest.append((self.place, round(min(sizes), 1)))

    def told(self) -> str:
        """Give both notes as JSON."""
        return json.dumps({"refused": self.refused, "smallest": self.smallest})


def is_local(host: Any) -> bool:
    """Tell whether an address is this machine's own.

    Parameters
    ----------
    host : str or bytes
        A name, a number, or the path of a local socket.

    Examples
    --------
    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("example.org")
    (True, True, False)
    """
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
    if name in ("localhost", "") or name.startswith(("/", "\0")):
        return True
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def load_ipython_extension(shell: Any) -> None:
    """Begin to watch; `frontporch_watch` is the name under which the notes are found."""
    from ...look import display

    watch, draw = Watch(), display.picture

    def picture(ax: Any, **options: Any) -> bytes:
        made = draw(ax, **options)
        watch.figure(ax.figure)  # ticks have their text once they were drawn
        return made

    display.picture = picture
    shell.events.register("pre_run_cell", watch.next_cell)
    sys.addaudithook(watch.network)
    shell.user_ns["frontporch_watch"] = watch
