"""The day before: time, network, sizes of text, and stills to fall back on."""
