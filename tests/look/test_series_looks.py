"""Series are told apart by colour, also by those who see fewer, and as well without colour."""

import os
import subprocess
import sys
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from frontporch import look
from frontporch.look.contrast import contrast_ratio

# Machado, Oliveira & Fernandes (2009), "A Physiologically-based Model for Simulation of Color
# Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), table 1:
# severity 1.0, for linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ under D65, IEC 61966-2-1:1999.
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def lab(color, sight):
    """CIELAB of a colour as someone with this sight sees it."""
    light = np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color])
    xyz = TO_XYZ @ np.clip(SIGHT[sight] @ light, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz * (29 / 6) ** 2 / 3 + 4 / 29)
    return 116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])


def ciede2000(one, other):
    """Difference of two CIELAB colours: Sharma, Wu & Dalal (2005), Color Res. Appl. 30(1)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    c7 = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    stretch = 1 + (1 - sqrt(c7 / (c7 + 25**7))) / 2
    a1, a2 = stretch * a1, stretch * a2
    c1, c2 = hypot(a1, b1), hypot(a2, b2)
    h1, h2 = degrees(atan2(b1, a1)) % 360, degrees(atan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    if not c1 * c2:
        mean = h1 + h2
    elif abs(h1 - h2) <= 180:
        mean = (h1 + h2) / 2
    else:
        mean = (h1 + h2 + 360) / 2 if h1 + h2 < 360 else (h1 + h2 - 360) / 2
    t = 1 - 0.17 * cos(radians(mean - 30)) + 0.24 * cos(radians(2 * mean))
    t += 0.32 * cos(radians(3 * mean + 6)) - 0.20 * cos(radians(4 * mean - 63))
    by_light = (l2 - l1) / (1 + 0.015 * (light - 50) ** 2 / sqrt(20 + (light - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = hue / (1 + 0.015 * chroma * t)
    rotation = 2 * sqrt(chroma**7 / (chroma**7 + 25**7))
    rotation *= -sin(radians(60 * exp(-(((mean - 275) / 25) ** 2))))
    return sqrt(by_light**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue)


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        # Sharma, Wu & Dalal (2005), table 1, pairs 1, 11, 17 and 20: blue, opposite hues across
        # 0 degrees, a large difference, and an ordinary one.
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (58, 24, 15), 19.4535),
    ],
)
def test_the_measure_of_difference_gives_published_values(one, other, published):
    assert ciede2000(one, other) == pytest.approx(published, abs=5e-5)
    assert ciede2000(other, one) == pytest.approx(published, abs=5e-5)


@pytest.mark.parametrize("sight", SIGHT)
def test_every_pair_of_colours_is_told_apart(sight):
    white = lab((1, 1, 1), sight)
    assert white == pytest.approx((100, 0, 0), abs=0.1)  # each sight sees white as white
    seen = {one.name: lab(to_rgb(one.color), sight) for one in look.palette}
    near = {pair: ciede2000(seen[pair[0]], seen[pair[1]]) for pair in combinations(seen, 2)}
    assert len(near) == 21
    assert {pair: round(d, 1) for pair, d in near.items() if d < 15} == {}


@pytest.mark.parametrize("part", ["name", "color", "linestyle", "marker", "hatch"])
def test_every_pair_is_told_apart_without_colour(part):
    assert len({getattr(one, part) for one in look.palette}) == len(look.palette) == 7


def test_lines_stand_out_from_white():
    assert min(contrast_ratio(one.color) for one in look.palette) >= 3


def test_a_series_gives_a_line_and_a_shape_their_looks():
    ax = Figure().subplots()
    for i, one in enumerate(look.palette):
        (line,) = ax.plot([0, 1], [0, i], **look.series(i))
        (bar,) = ax.bar([i], [1], **look.series(i, fill=True))
        assert (line.get_color(), line.get_marker()) == (one.color, one.marker)
        assert (bar.get_facecolor()[:3], bar.get_hatch()) == (to_rgb(one.color), one.hatch)
    # Curves on top of each other show the markers of both.
    assert len({line.get_markevery() for line in ax.lines}) == 7
    assert len({str(look.series(i)["linestyle"]) for i in range(7)}) == 7


@pytest.mark.parametrize("i", [7, -1, 0.5, True])
def test_there_is_no_eighth_series(i):
    with pytest.raises(ValueError, match=r"whole number from 0 to 6.*use panels"):
        look.series(i)


@pytest.mark.parametrize(
    ("give", "names"),
    [
        (look.channel, ["online", "offline", "text message"]),
        (look.channel, ["online message", "face to face", "text message"]),
        (look.stage, ["stranger", "acquaintance", "buyer", "friend", "lost"]),
    ],
)
def test_known_names_have_looks_of_their_own(give, names):
    for part in ("color", "linestyle", "marker"):
        assert len({str(give(name)[part]) for name in names}) == len(names)
    assert len({give(name, fill=True)["hatch"] for name in names}) == len(names)


def test_a_channel_has_one_look_however_it_is_written():
    assert look.channel("Face-to_Face ") == look.channel("face to face") == look.channel("offline")
    assert look.channel("online message") == look.channel("online") != look.channel("offline")


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_an_unknown_name_has_the_same_look_in_another_process(seed):
    names = ["carrier pigeon", "Grüße", "smoke signal", "semaphore", "drum"]
    code = "import sys; from frontporch import look\n"
    code += "print(*(look.channel(n)['color'] + look.stage(n)['color'] for n in sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [look.channel(name)["color"] + look.stage(name)["color"] for name in names]
    assert done.stdout.split() == here
    assert len(set(here)) > 1
