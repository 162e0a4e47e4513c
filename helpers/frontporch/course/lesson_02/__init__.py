"""Lesson 2: when should the shop open the door?"""
