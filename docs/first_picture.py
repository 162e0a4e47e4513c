"""Draw the picture of the README anew: ``python docs/first_picture.py``."""

import pathlib

from frontporch import data, deepening, look


def main():
    """Write the picture beside this file and print its alternative text."""
    tables = data.load("deepening_life_tables").query("channel != 'text message'")
    ax = deepening.encounter_curves(tables, encounter=2).plot()
    text = look.alt_text(ax)
    (pathlib.Path(__file__).parent / "first_picture.png").write_bytes(look.picture(ax))
    print(text)


if __name__ == "__main__":
    main()
