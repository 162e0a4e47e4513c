"""What a screen reader says at a slider: its label, and its value with the unit.

ipywidgets gives the handle of a slider neither; both stand beside it in the same row. A row of
radio buttons it gives no name either. On a phone, labels stand above their controls, which would
otherwise be a few pixels wide.
"""

from __future__ import annotations

from typing import Any

from ..groups import needs
from . import keys

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
const group = () => area.querySelectorAll('.widget-radio').forEach(row => {
  const label = row.querySelector('.widget-label');
  if (label && row.getAttribute('role') !== 'radiogroup') {
    row.setAttribute('role', 'radiogroup');
    row.setAttribute('aria-label', label.textContent);
  }
  // Of one name, so that arrows move among them.
  const name = row.dataset.group ||= 'group' + Math.random().toString(36).slice(2);
  row.querySelectorAll('input[type=radio]').forEach(one => one.name ||= name);
});
const narrow = 'frontporch-narrow-screen';
if (!document.getElementById(narrow)) {
  const style = document.createElement('style');
  style.id = narrow;
  style.textContent = `.widget-html > .widget-html-content { line-height: 1.5; }
  @media (max-width: 640px) {
    .widget-inline-hbox, .widget-textarea, .widget-radio { max-width: calc(100% - 4px) !important; }
    .widget-inline-hbox, .widget-radio { flex-wrap: wrap; height: auto !important; }
    .widget-inline-hbox > .widget-label, .widget-radio > .widget-label {
      width: 100% !important; text-align: left; white-space: normal; }
    .widget-inline-hbox > .widget-readout { max-width: 100%; }
    .widget-inline-hbox > input, .widget-inline-hbox > select { min-width: 60%; }
  }`;
  document.head.append(style);
}
new MutationObserver(() => { say(); group(); }).observe(
  area, {subtree: true, childList: true, characterData: true,
         attributes: true, attributeFilter: ['aria-valuetext']});
say();
group();
})();"""


def show(controls: Any) -> None:
    """Show controls, keep their keys, and give each a name that a screen reader says.

    Parameters
    ----------
    controls : ipywidgets.Widget
        One control, or a box of them.
    """
    with needs("A control"):
        from IPython.display import Javascript, display

    display(controls)
    display(Javascript(_SCRIPT + keys.KEPT))
