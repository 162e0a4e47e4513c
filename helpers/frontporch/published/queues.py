"""Desks that answer: Erlang's formulas and the square-root rule."""

from frontporch.community.answering.erlang import (
    erlang_b,
    erlang_c,
    halfin_whitt,
    square_root_people,
)


def erlang() -> dict[str, float]:
    """Give the chance of waiting, and of finding every line taken."""
    return {
        "C(3 people, load 2)": erlang_c(3, 2),
        "C(14 people, load 10)": erlang_c(14, 10),
        "B(10 lines, load 10)": erlang_b(10, 10),
    }


def square_root_rule() -> dict[str, float]:
    """Give the chance of waiting under square-root staffing, in the limit and at a load of 400."""
    found = {}
    for beta in (0.5, 1, 2):
        found[f"limit, beta {beta}"] = halfin_whitt(beta)
        found[f"load 400, beta {beta}"] = erlang_c(square_root_people(400, beta), 400)
    return found
