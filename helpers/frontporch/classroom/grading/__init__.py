"""Handed-in notebooks, each run behind a wall and judged outside of it."""
