"""Whom to ask first: live edges, certified choices, and what people do by hand beside them."""
