"""Reads the layers of the configuration and merges them into one."""

from jenkins2gha.configure.layers import ConfigurationError, merge

__all__ = ["ConfigurationError", "merge"]
