"""Lesson 6: join in, or push, and must we answer everything?"""
