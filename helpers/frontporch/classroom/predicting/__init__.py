"""Predictions: recorded before the result, laid over it, scored over the course."""
