"""Lesson 3: small talk, who opens up first?"""
