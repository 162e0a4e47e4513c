"""One run of a contagion, step by step."""
