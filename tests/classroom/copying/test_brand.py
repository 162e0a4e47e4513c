"""The looks of a school: read from a file, refused where nobody could read them."""

import base64

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from frontporch.classroom.copying.brand import LARGEST, OURS, BrandError, read
from frontporch.classroom.copying.slides import slides


def written(folder, text):
    file = folder / "brand.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_logo_colors_and_font_are_on_the_slides(tmp_path):
    (tmp_path / "logo.png").write_bytes(b"picture")
    file = written(
        tmp_path,
        'name = "North School"\nlogo = "logo.png"\nfont = "Georgia"\ntitle = "#003366"\n',
    )
    book = new_notebook(cells=[new_markdown_cell("# A lesson")])
    book.metadata["frontporch"] = {"title": "A lesson"}
    page = slides(book, brand=read(file))
    held = base64.b64encode(b"picture").decode()
    assert f'alt="North School" class="logo" src="data:image/png;base64,{held}"' in page
    assert "--navy: #003366" in page and 'font-family: "Georgia"' in page
    assert f"--blue: {OURS.accent}" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('title = "#ffcc00"', 'The nearest that can be read:  title = "#'),
        ('title = "yellow"', 'write a color such as  title = "#003366"'),
        ('colour = "#003366"', "has 'colour'"),
        ("font = 3", 'put it in quotes:  font = "3"'),
        ('font = "x; } body {"', "write a name such as"),
        ('logo = "logo.gif"', "PNG, JPEG or SVG"),
        ('logo = "none.png"', "there is no logo"),
        ("title", "is not TOML"),
    ],
)
def test_what_does_not_fit_is_named_with_its_remedy(text, told, tmp_path):
    with pytest.raises(BrandError, match=r"brand\.toml") as raised:
        read(written(tmp_path, text))
    assert told in str(raised.value)


def test_the_color_that_is_offered_is_taken(tmp_path):
    with pytest.raises(BrandError) as raised:
        read(written(tmp_path, 'accent = "#ffcc00"'))
    offered = str(raised.value).rpartition("  ")[2]
    assert read(written(tmp_path, offered)).accent in offered


def test_a_missing_file_and_a_large_logo_are_named(tmp_path):
    with pytest.raises(BrandError, match="There is no file"):
        read(tmp_path / "brand.toml")
    (tmp_path / "logo.png").write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(BrandError, match="save it smaller"):
        read(written(tmp_path, 'logo = "logo.png"'))
