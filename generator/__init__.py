"""Broadsheet: a static news-digest site generator whose briefs can be checked."""

__version__ = "0.1.0"
