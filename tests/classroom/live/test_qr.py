"""The QR code of a room, module by module as another program draws it."""

import hashlib

import pytest

from frontporch.classroom.live import qr

LONG = "http://192.168.178.123:54321/K7PQ2X/aaaaaaaaaaaaaaaaaaaa"
# Fingerprints of the modules that `qrcode` 8.2 (Lincoln Loop) draws of the same bytes at level L.
KNOWN = {
    ("x" * 10, 0): "0ae8b6bc625f2c72",
    ("x" * 10, 6): "a0713987495c20a4",
    ("http://10.0.0.7:8000/K7PQ2X", 0): "a9dd7e95798172bd",
    ("http://10.0.0.7:8000/K7PQ2X", 3): "af7d96d867b4153a",
    ("http://127.0.0.1:8000/K7PQ2X", 6): "0f48d87ba0834c64",
    (LONG, 3): "3e652b40211e23c5",
    ("x" * 78, 3): "3365ca11cbba9bfe",
    ("x" * 106, 0): "28571cbdad171764",
    ("x" * 106, 6): "31f1d1430f5661de",
}


@pytest.mark.parametrize(("text", "mask"), KNOWN, ids=lambda one: str(one)[-12:])
def test_every_size_is_drawn_as_another_program_draws_it(text, mask):
    said = "\n".join("".join(map(str, row)) for row in qr.matrix(text, mask))
    assert hashlib.sha256(said.encode()).hexdigest()[:16] == KNOWN[text, mask]


def test_the_mask_with_the_fewest_points_is_taken():
    drawn = [qr.matrix(LONG, mask) for mask in range(8)]
    assert qr.matrix(LONG) == min(drawn, key=qr._penalty)


def test_an_address_that_does_not_fit_is_said():
    with pytest.raises(
        ValueError, match=r"The address has 107 bytes, but a QR code here holds 106"
    ):
        qr.svg("x" * 107)
