"""Lesson 8: do fans become customers?"""
