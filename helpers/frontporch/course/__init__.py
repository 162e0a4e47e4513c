"""The lessons of Front Porch: what one lesson alone needs, in a room of its own."""
