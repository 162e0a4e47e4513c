"""Whom to ask first: a community in which people are clicked."""
