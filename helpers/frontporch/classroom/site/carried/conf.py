"""Settings of Sphinx for the site."""

project = "Front Porch"
author = "The Front Porch authors"
copyright = author
html_title = project
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
nb_execution_mode = "off"  # stored results are shown, which the tests hold to what runs
nb_ipywidgets_js: dict = {}  # nothing is asked of another server
nb_render_markdown_format = "myst"
myst_heading_anchors = 4
napoleon_google_docstring = False
napoleon_custom_sections = ["Source"]
autodoc_typehints = "none"  # the docstring says it in words
autodoc_member_order = "bysource"
add_module_names = False
exclude_patterns: list = []
suppress_warnings = [
    "autodoc",
    "docutils",
    "myst.header",
    "myst.xref_missing",
    "mystnb.mime_type",
    "mystnb.unknown_mime_type",
    "misc.highlighting_failure",
    "ref",
    "toc.not_included",
]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_theme_options = {"top_of_page_buttons": []}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
