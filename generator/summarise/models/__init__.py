"""Briefs by a model that is asked: how it is asked, what it may answer, and the proof of each line.

Nothing here is imported before a site chooses a model or has a brief that one wrote.
"""
