"""The path of any two, told by its picture."""

from frontporch import look
from frontporch.deepening.reciprocity import Disclosure, once_told, plot_path


def test_paths_are_told():
    brand = Disclosure.with_brand(once_told(0.3, 0.5), customer=0.35)
    text = look.alt_text(plot_path(brand, names=("customer", "brand")))
    assert "brand goes from 0 at 0 to 0.55" in text
    assert "closeness" in look.alt_text(plot_path(Disclosure(warmth=0.2)))
