"""A class answers on its phones while the projector shows what it thinks: `porch class live`."""
