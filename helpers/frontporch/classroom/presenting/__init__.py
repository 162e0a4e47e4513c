"""A lesson on the projector: in JupyterLab, or as a page without code."""
