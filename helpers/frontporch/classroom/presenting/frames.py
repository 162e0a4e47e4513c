"""Whether a frame on a viewer's line holds what it claims to hold.

jupyter-server (2.20) takes a frame at its word: eight bytes that claim 2**60 parts make it count
them until its memory is full, and parts that overlap are copied again and again.

Source: Jupyter's websocket protocols, "default" and "v1.kernel.websocket.jupyter.org",
https://jupyter-server.readthedocs.io/en/latest/developers/websocket-protocols.html
"""

from __future__ import annotations

from itertools import pairwise

V1 = "v1.kernel.websocket.jupyter.org"
MOST_PARTS = 1_000
"""Channel, header, parent, metadata and content, and buffers; a page sends six parts or seven."""
LARGEST_TEXT = 1_000_000
"""Characters of a frame that is text."""


def fits(frame: bytes | str, protocol: str | None) -> bool:
    """Tell whether a frame's parts lie in it, one after the other.

    Parameters
    ----------
    frame : bytes or str
        As it came.
    protocol : str or None
        The line's subprotocol; None for the default one.

    Examples
    --------
    >>> fits((2**60).to_bytes(8, "little"), V1)
    False
    >>> fits(b"".join(one.to_bytes(8, "little") for one in (2, 24, 29)) + b"shell", V1)
    True
    """
    if isinstance(frame, str):
        return protocol != V1 and len(frame) <= LARGEST_TEXT
    wide = 8 if protocol == V1 else 4
    read = range(0, min(len(frame), wide * (MOST_PARTS + 1)), wide)
    said = [frame[at : at + wide] for at in read]
    places = [int.from_bytes(one, "little" if wide == 8 else "big") for one in said]
    count = places[0] if places else 0
    head = wide * (count + 1)
    if not 1 <= count <= MOST_PARTS or head > len(frame):
        return False
    offsets = [head, *places[1 : count + 1], len(frame)]
    return all(before <= after for before, after in pairwise(offsets))
