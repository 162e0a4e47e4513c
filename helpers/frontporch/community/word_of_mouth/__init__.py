"""Word of mouth: what carries over from week to week, and what only looks like influence."""
