"""Brands as points: every count is there, and no curve."""

import pytest

from frontporch import data, look
from frontporch.course.lesson_07 import plot_brands
from frontporch.tables import TableError


def test_every_count_is_a_point_and_bounds_are_triangles():
    brands = ["Starbucks", "Nike (Shoes page)", "Toyota"]
    rows = data.load("brand_fans").query("brand in @brands and platform == 'Facebook'")
    ax = plot_brands(rows)
    lines = [one for one in ax.get_lines() if one.get_linestyle() == "None"]
    assert sum(len(one.get_xdata()) for one in lines) == len(rows)
    assert all(one.get_markevery() is None for one in lines)
    triangles = [one for one in lines if one.get_marker() == "^"]
    assert sum(len(one.get_xdata()) for one in triangles) == rows["at_least"].sum()
    assert ax.get_yscale() == "log"
    named = {text.get_text().replace("\n", " ") for text in ax.texts}
    assert named == set(brands)
    assert "Toyota" in look.alt_text(ax)


def test_a_table_without_fans_is_refused():
    rows = data.load("brand_fans").drop(columns="fans")
    with pytest.raises(TableError, match="fans"):
        plot_brands(rows)
