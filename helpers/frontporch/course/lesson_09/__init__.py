"""Lesson 9: ring the cash register."""
