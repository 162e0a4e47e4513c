"""What a screen reader says at a slider: its label, and its value with the unit.

ipywidgets gives the handle of a slider neither; both stand beside it in the same row.
"""

from __future__ import annotations

from typing import Any

from ..groups import needs

_SCRIPT = """(() => {
const area = element.closest('.jp-OutputArea') || document.body;
const say = () => area.querySelectorAll('.widget-inline-hbox').forEach(row => {
  const label = row.querySelector('.widget-label');
  const readout = row.querySelector('.widget-readout');
  row.querySelectorAll('.noUi-handle').forEach(handle => {
    const said = {'aria-label': label, 'aria-valuetext': readout};
    for (const [name, from] of Object.entries(said)) {
      if (from && handle.getAttribute(name) !== from.textContent) {
        handle.setAttribute(name, from.textContent);
      }
    }
  });
});
new MutationObserver(say).observe(
  area, {subtree: true, childList: true, characterData: true,
         attributes: true, attributeFilter: ['aria-valuetext']});
say();
})();"""


def show(controls: Any) -> None:
    """Show controls, and give every slider among them a name that a screen reader says.

    Parameters
    ----------
    controls : ipywidgets.Widget
        One control, or a box of them.
    """
    with needs("A control"):
        from IPython.display import Javascript, display

    display(controls)
    display(Javascript(_SCRIPT))
