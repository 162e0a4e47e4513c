"""What a network's structure is: parts, cores, bridges, triangles, groups."""
