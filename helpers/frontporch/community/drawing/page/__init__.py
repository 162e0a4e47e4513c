"""The page on which people stand, and the marks that are put on it."""
