"""The tables of `mappings/`, validated."""

from jenkins2gha.tables.load import table, write

__all__ = ["table", "write"]
