"""Lesson 5: what a testimonial is worth."""
