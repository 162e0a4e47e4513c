"""Exercises with numbers of their own for every team, and checks that explain."""
