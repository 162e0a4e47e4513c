"""How JupyterLab looks on a projector: large, plain, nothing that pops up.

The settings are written to a folder of the presentation, so that nobody's own are changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ...groups import needs

CONTENT, CODE, INTERFACE = 24, 20, 16
"""Pixels of text, of code and of menus at 1280 by 720."""

_LAYOUT = {
    "main": {"dock": None, "current": None},
    "down": {"size": 0, "widgets": []},
    "left": {"collapsed": True, "visible": False, "current": None, "widgets": []},
    "right": {"collapsed": True, "visible": False, "current": None, "widgets": []},
    "relativeSizes": [0, 1, 0],
    "top": {"simpleVisibility": False},
}

_LARGE = f"""
/* On the body: a theme that is loaded later sets its own on the root. */
body {{
  --jp-content-font-size1: {CONTENT}px; --jp-code-font-size: {CODE}px;
  --jp-ui-font-size1: {INTERFACE}px;
  --jp-widgets-font-size: {CODE}px; --jp-widgets-inline-height: {2 * CODE}px;
}}
.jp-Notebook .jp-RenderedHTMLCommon table {{ font-size: {CODE}px; margin-left: 0; }}
.jp-Notebook .jp-RenderedHTMLCommon :is(td, th) {{
  text-align: left; white-space: normal; max-width: 34rem; vertical-align: top;
}}
.jp-Notebook .jp-OutputArea-output {{ max-height: none; }}
.jp-Notebook .jp-OutputArea-output img {{ max-width: 100%; height: auto; }}
.jp-Notebook .jp-Placeholder-content .jp-PlaceholderText {{ font-size: {CODE}px; }}
.jp-Notebook .jp-Placeholder-content {{ height: auto; padding: .3em .6em; }}
.jp-Notebook :is(.jp-InputPrompt, .jp-OutputPrompt) {{ font-size: {INTERFACE}px; }}
.jp-Notebook .jupyter-button {{ height: auto; padding: .3em 1em; }}
.jp-Notebook summary {{ cursor: pointer; font-size: {CODE}px; font-style: italic; }}
.jp-Notebook .jp-RenderedHTMLCommon h1:first-child {{ margin-bottom: .4em; }}
"""
_BLACK_ON_WHITE = """
body {
  --jp-content-font-color1: #000; --jp-content-font-color2: #000; --jp-ui-font-color1: #000;
  --jp-mirror-editor-comment-color: #0b5345; --jp-mirror-editor-string-color: #8a1414;
  --jp-mirror-editor-operator-color: #5b0f9a; --jp-mirror-editor-keyword-color: #00550a;
  --jp-mirror-editor-number-color: #00550a; --jp-mirror-editor-builtin-color: #00550a;
  --jp-mirror-editor-def-color: #00009c; --jp-content-link-color: #0b4a8a;
  --jp-widgets-label-color: #000; --jp-widgets-readout-color: #000;
}
.jp-Notebook .noUi-handle { background: #0b4a8a; box-shadow: none; }
.jp-Notebook .noUi-target { background: #767676; border: 0; }
"""


def settings(dark: bool = False) -> dict[str, dict[str, Any]]:
    """Give JupyterLab's settings for a projector, by plugin.

    Parameters
    ----------
    dark : bool
        White on black, for a dark room; black on white otherwise.

    Examples
    --------
    >>> settings()["@jupyterlab/application-extension:shell"]
    {'startMode': 'single'}
    """
    theme = "JupyterLab Dark High Contrast" if dark else "JupyterLab Light"
    return {
        "@jupyterlab/apputils-extension:themes": {"theme": theme},
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
            "doNotDisturbMode": True,
        },
        "@jupyterlab/application-extension:shell": {"startMode": "single"},
        "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineWrap": True}},
        "@jupyterlab/statusbar-extension:plugin": {"visible": False},
        "@jupyterlab/completer-extension:manager": {"autoCompletion": False},
    }


def write(folder: Path, dark: bool = False) -> list[str]:
    """Write the layout to a folder, and give the words that make JupyterLab take it.

    Parameters
    ----------
    folder : pathlib.Path
        Becomes JupyterLab's settings, style and arrangement of windows.
    dark : bool
        White on black.

    Returns
    -------
    list of str
        For JupyterLab's command line; JUPYTER_CONFIG_DIR has to name the folder as well.
    """
    with needs("JupyterLab for the projector"):
        from jupyterlab_server.workspaces_handler import WorkspacesManager

    _json(folder / "app" / "overrides.json", settings(dark))
    # The question about news is an extension of its own.
    _json(
        folder / "app" / "page_config.json",
        {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}},
    )
    style = folder / "custom" / "custom.css"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.write_text(_LARGE + ("" if dark else _BLACK_ON_WHITE), encoding="utf-8")
    workspaces = folder / "workspaces"
    workspaces.mkdir(exist_ok=True)
    arranged = {"data": {"layout-restorer:data": _LAYOUT}, "metadata": {"id": "default"}}
    WorkspacesManager(str(workspaces)).save("default", json.dumps(arranged))
    return [
        f"--LabApp.app_settings_dir={folder / 'app'}",
        f"--LabApp.user_settings_dir={folder / 'user'}",
        f"--LabApp.workspaces_dir={workspaces}",
        "--LabApp.custom_css=True",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]


def _json(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
