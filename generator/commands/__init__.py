"""One file each; they know a Project and call one function.

They have `moment`, `options`, `output`, `reading` and the schemas of `schema` in common.
"""
