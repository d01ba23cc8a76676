"""A site shown to its editor while it is written: served, watched, and reloaded where it changed.

`rounds` builds it again and again and posts what came of it on a `Board`; the threads of `server` read from
there. Nothing of it is ever written into a site.
"""
