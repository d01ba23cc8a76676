"""YAML text to checked data, every mistake with path, line and column.

The only door to yaml and pydantic. `parse` needs yaml alone; `generator.schema.validation` brings in
pydantic and is imported where data is checked.
"""

from generator.schema.documents import Document, Plain, parse

__all__ = ["Document", "Plain", "parse"]
