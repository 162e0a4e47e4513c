"""The studies on a claim as a forest picture: effects by their scale, the others as arrows."""
