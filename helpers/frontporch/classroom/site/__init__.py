"""The site: one static folder that shows, runs and explains the kit, without a network."""
