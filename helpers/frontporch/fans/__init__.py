"""How a brand's fans grow, and what they are worth."""
