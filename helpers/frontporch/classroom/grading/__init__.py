"""Grading: hand-ins are read as data, worked out anew from the team's numbers, and never run."""
