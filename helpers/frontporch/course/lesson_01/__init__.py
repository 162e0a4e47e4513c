"""Lesson 1: do strangers become close faster online?"""
