"""Decisions: what somebody chooses for a shop, and what a year then brings."""
