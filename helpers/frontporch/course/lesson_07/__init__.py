"""Lesson 7: how brands grow, and what a forecast is worth."""
