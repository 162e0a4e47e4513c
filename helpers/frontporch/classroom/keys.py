"""What a browser does for controls: keys stay in them, Enter presses, and a press takes all.

JupyterLab takes keys from controls for commands of its own: an arrow in a list goes to the next
cell, and two letters on a button delete one. And ipywidgets sends its notice of Enter before the
last letters, or with the first letter alone where the kernel is busy; so the browser sends the text
first, and then presses the button.

While a kernel is busy, ipywidgets keeps back where controls stand, but not the press of a button.
What was recorded then was not what stood on the page. So one message says both.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Sequence
from typing import Any

from ..groups import needs

_MARK = "frontporch-on-enter"
_TAKES, _SEEN = "frontporch-takes-all", "frontporch-as-seen"
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
const places = '.noUi-target, .widget-radio, .widget-text input, .widget-textarea textarea';
const number = one => Math.round(Number(one.getAttribute('aria-valuenow')));
const stands = one => {
  if (one.matches('.noUi-target')) return [...one.querySelectorAll('.noUi-handle')].map(number);
  if (one.matches('.widget-radio')) {
    return [[...one.querySelectorAll('input')].findIndex(each => each.checked)];
  }
  return one.value;
};
body.addEventListener('click', event => {
  const button = event.target.closest('button.frontporch-takes-all');
  let seen = null, around = button;
  while (around && !seen) {
    around = around.parentElement;
    seen = around && around.querySelector('.frontporch-as-seen input');
  }
  if (!seen || button.disabled) return;
  event.preventDefault();
  event.stopPropagation();
  const found = [...around.querySelectorAll(places)].filter(one => one !== seen);
  seen.value = JSON.stringify({at: Date.now(), stands: found.map(stands)});
  seen.dispatchEvent(new Event('change', {bubbles: true}));
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


def takes_all(button: Any, controls: Sequence[Any], pressed: Callable[[], Any]) -> Any:
    """Have a press of a button take its controls as they stand on the page.

    Parameters
    ----------
    button : ipywidgets.Button
        What is pressed.
    controls : sequence of ipywidgets.Widget
        Sliders, radio buttons and boxes, in the order in which they are shown.
    pressed : callable
        Takes nothing; called after each press.

    Returns
    -------
    ipywidgets.Text
        Never seen; it has to stand in one box with the button and all of the controls.
    """
    with needs("A control"):
        import ipywidgets

    seen = ipywidgets.Text(continuous_update=False, layout={"display": "none"})
    seen.add_class(_SEEN)
    button.add_class(_TAKES)

    def heard(change: Any) -> None:
        _put(change["new"], controls)
        pressed()

    seen.observe(heard, "value")
    button.on_click(lambda _button: pressed())
    return seen


def _put(told: str, controls: Sequence[Any]) -> None:
    """Put the controls where they stand on the page."""
    with needs("A control"):
        from traitlets import TraitError

    with contextlib.suppress(ValueError, TypeError, KeyError, TraitError):
        each = [*zip(controls, json.loads(told)["stands"], strict=True)]  # all of them, or none
        for control, stands in each:
            if isinstance(stands, str):
                control.value = stands
            elif len(stands) == 2:
                control.index = tuple(stands)
            else:
                control.index = stands[0] if stands[0] >= 0 else None
