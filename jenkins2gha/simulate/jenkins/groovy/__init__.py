"""Groovy 2.4 on values that are all known."""
