"""Enter in a box presses the button that belongs to it, with all that was typed.

ipywidgets sends its own notice of Enter before the last letters, and a kernel that is busy gets
them too late. So the browser sends the text first, and then presses the button.
"""

from __future__ import annotations

from typing import Any

from ..groups import needs

_MARK = "frontporch-on-enter"
_SCRIPT = (
    """(() => {
const area = element.closest('.jp-OutputArea') || document.body;
area.addEventListener('keydown', event => {
  const box = event.target;
  if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented
      || !box.matches || !box.matches('.widget-text input')) {
    return;
  }
  let button = null;
  for (let around = box; around && !button; around = around.parentElement) {
    button = around.querySelector('button."""
    + _MARK
    + """');
  }
  if (button) {
    event.preventDefault();
    event.stopPropagation();
    box.dispatchEvent(new Event('change', {bubbles: true}));
    button.click();
  }
}, true);
})();"""
)


def presses(button: Any) -> None:
    """Say which button Enter presses, and listen to the key; boxes and button are shown before.

    Parameters
    ----------
    button : ipywidgets.Button
        The one for the boxes beside it.
    """
    with needs("A box"):
        from IPython.display import Javascript, display

    button.add_class(_MARK)
    display(Javascript(_SCRIPT))
