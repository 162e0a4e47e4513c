"""A stick for a class without a network: the project, and all packages of its set-up."""
