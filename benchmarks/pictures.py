"""How long a picture takes to be drawn again, as a slider asks for it.

``python benchmarks/pictures.py`` prints CPU milliseconds of the quickest and the median redraw,
drawn and made a PNG, pictures by turns within each repetition. An empty page is what matplotlib
takes by itself. Times depend on the machine; nothing here is a test.
"""

import time

import matplotlib

matplotlib.use("agg")

import numpy as np

from frontporch import community, look
from frontporch.community.pictures.communities import plot_groups
from frontporch.community.pictures.layout import layout
from frontporch.community.pictures.spreads import plot_spread
from frontporch.course import lesson_01

REPEATS = 15


def empty():
    """Draw a page with nothing on it."""
    from matplotlib import pyplot as plt

    with look.style():
        ax = plt.figure(layout="none").add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        return look.set_alt_text(ax, "Nothing.")


def pictures():
    """Give what is drawn, by name: functions without arguments that return axes."""
    street = community.main_street().community()
    course = community.trace(street, ["bakery"], community.independent_cascade(0.3), seed=2)
    many = community.trajectories(
        street, ["bakery"], community.independent_cascade(0.3), 200, seed=7
    )
    large = community.block_model([400] * 10, 8, 1, seed=7)
    names = list(community.main_street().people["neighbourhood"].drop_duplicates())
    return {
        "an empty page": empty,
        "two curves with names (deepening)": lesson_01.plot_ladder,
        "adopters by step with a band": lambda: many.plot("adopters"),
        "200 people and 679 ties": lambda: community.plot_community(street, names=names),
        "one step of a spread over them": lambda: community.plot_spread_at(
            course, street, 3, names=names
        ),
        "six steps beside each other": lambda: plot_spread(course, street, names=names),
        "4,000 people by ten groups": lambda: plot_groups(large),
    }


def main():
    """Print the table."""
    drawn = pictures()
    taken = {name: [] for name in drawn}
    for _ in range(REPEATS + 1):
        for name, draw in drawn.items():
            start = time.process_time()
            look.drawn(draw(), quick=True)
            taken[name].append(1e3 * (time.process_time() - start))
    print(f"{'CPU ms, drawn again':45} {'quickest':>9} {'median':>9}")
    for name, times in taken.items():
        # The first one also makes the layout and reads the fonts.
        print(f"{name:45} {min(times[1:]):9.1f} {np.median(times[1:]):9.1f}")
    town = community.block_model([40] * 5, 5, 1.5, seed=7)
    start = time.process_time()
    layout(town)
    print(f"{'places of 200 people, once':45} {1e3 * (time.process_time() - start):9.1f}")


if __name__ == "__main__":
    main()
