"""Keys that belong to a control: arrows and letters stay in it, and Enter presses its button.

JupyterLab takes keys from controls for commands of its own: an arrow in a list goes to the next
cell, and two letters on a button delete one. And ipywidgets sends its notice of Enter before the
last letters, or with the first letter alone where the kernel is busy; so the browser sends the text
first, and then presses the button.
"""

from __future__ import annotations

from typing import Any

_MARK = "frontporch-on-enter"
KEPT = """(() => {
// JupyterLab listens at the document, which comes after the body; once is enough for all.
const body = document.body;
if (body.dataset.controlsKeepKeys) return;
body.dataset.controlsKeepKeys = 'yes';
const controls = 'input, select, textarea, button, [role=slider]';
body.addEventListener('keydown', event => {
  const control = event.target.closest(controls);
  if (!control || !control.closest('.jp-OutputArea-output, .jupyter-widgets')) return;
  const command = event.ctrlKey || event.metaKey || event.altKey
    || (event.key === 'Enter' && event.shiftKey);
  if (!command && event.key !== 'Tab' && event.key !== 'Escape') event.stopPropagation();
});
body.addEventListener('keydown', event => {
  const box = event.target;
  if (event.key !== 'Enter' || event.isComposing || !box.matches('.widget-text input')) return;
  let button = null;
  for (let around = box; around && !button; around = around.parentElement) {
    button = around.querySelector('button.frontporch-on-enter');
  }
  if (button) {
    event.preventDefault();
    event.stopPropagation();
    box.dispatchEvent(new Event('change', {bubbles: true}));
    button.click();
  }
}, true);
})();"""
"""What the browser runs once so that a plain key on a control is no command of JupyterLab's."""


def on_enter(button: Any) -> None:
    """Say which button Enter presses in the boxes around it.

    Parameters
    ----------
    button : ipywidgets.Button
        It is shown, with its boxes, by `spoken_names.show`.
    """
    button.add_class(_MARK)
