"""The scripts of a page of slides, from the installed packages that carry them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from ...groups import require

REVEAL = ("sphinx_revealjs", "_static/revealjs")
MATHJAX = ("jupyter_server_mathjax", "static")
# MathJax would choose an output whose fonts it fetches; browsers typeset MathML by themselves.
MATHJAX_SETTINGS = """window.MathJax = {
  delayStartupUntil: "configured", showMathMenu: false, messageStyle: "none",
  menuSettings: {zoom: "None", renderer: "NativeMML"}, NativeMML: {matchFontHeight: false},
  AssistiveMML: {disabled: true}, "fast-preview": {disabled: true},
  tex2jax: {inlineMath: [["$", "$"], ["\\\\(", "\\\\)"]], processEscapes: true},
  AuthorInit: () => {
    MathJax.Ajax.Preloading("[MathJax]/jax/output/HTML-CSS/fonts/TeX/fontdata.js");
    MathJax.Hub.Register.StartupHook("Begin Cookie",
      () => MathJax.OutputJax.NativeMML.Register("jax/mml"));
  },
};"""


def require_scripts() -> None:
    """Stop if a package is missing from which slides are made, before a lesson is run for them.

    Raises
    ------
    MissingPackage
        If the package that carries reveal.js, or the one that carries MathJax, is missing.
    """
    require("A page of slides", "nbconvert", REVEAL[0], MATHJAX[0])


def carried(package: tuple[str, str], file: str) -> str:
    """Read a file that an installed package carries."""
    module, folder = package
    require("A page of slides", module)
    # Found without importing it, as that would import Sphinx.
    places = find_spec(module).submodule_search_locations
    return Path(places[0], folder, file).read_text(encoding="utf-8")


def inside(script: str) -> str:
    """Keep a script from ending, or hiding, the element in which it stands."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
