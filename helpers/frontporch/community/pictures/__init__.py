"""Communities and what spreads in them, drawn."""
