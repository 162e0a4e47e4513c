"""Lesson 4: front porches and fortresses, who still talks to whom?"""
