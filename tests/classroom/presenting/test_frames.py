"""A frame that claims what it does not hold is refused before anybody reads it."""

import itertools
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)

from frontporch.classroom.presenting.frames import MOST_PARTS, V1, fits

MESSAGE = {"header": {}, "parent_header": {}, "metadata": {}, "content": {"a": 1}}


@given(st.lists(st.binary(max_size=50), min_size=4, max_size=9))
def test_every_message_of_jupyter_passes(parts):
    frame = serialize_msg_to_ws_v1(parts, "shell")
    assert fits(frame, V1)
    assert deserialize_msg_from_ws_v1(frame) == ("shell", parts)


@given(st.lists(st.binary(min_size=1, max_size=50), min_size=1, max_size=5))
def test_every_message_of_the_older_protocol_passes(buffers):
    frame = serialize_binary_message(MESSAGE | {"buffers": [memoryview(one) for one in buffers]})
    assert fits(frame, None)
    assert deserialize_binary_message(frame)["content"] == {"a": 1}


@given(st.lists(st.integers(0, 30), min_size=1, max_size=4), st.binary(max_size=30))
def test_parts_that_pass_lie_one_after_the_other_in_the_frame(places, held):
    head = 8 * (len(places) + 1)
    offsets = [head + one for one in places]
    frame = struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + held
    lie = places == sorted(places) and places[-1] <= len(held)
    assert fits(frame, V1) == lie
    if lie:
        parts = sum(b - a for a, b in itertools.pairwise(offsets))
        assert parts <= len(held)


@pytest.mark.parametrize(
    ("frame", "protocol"),
    [
        (struct.pack("<Q", 2**60), V1),
        (struct.pack("<Q", 0), V1),
        (b"", V1),
        (b"\x01", V1),
        (struct.pack("<3Q", 2, 24, 25), V1),  # a byte beyond its end
        (struct.pack("<4Q", 3, 32, 20, 32), V1),  # backwards
        (struct.pack("<3Q", 2, 0, 24), V1),  # into its own table
        (struct.pack(f"<{MOST_PARTS + 2}Q", MOST_PARTS + 1, *[8] * (MOST_PARTS + 1)), V1),
        ("text where only bytes are read", V1),
        (struct.pack("!I", 2**31 - 1), None),
        (struct.pack("!I", 0), None),
        (struct.pack("!3I", 2, 12, 4), None),
        ("[" * 2_000_000, None),
    ],
)
def test_what_claims_more_than_it_holds_is_refused(frame, protocol):
    assert not fits(frame, protocol)


def test_text_is_left_to_be_read():
    assert fits(json.dumps(MESSAGE), None)
