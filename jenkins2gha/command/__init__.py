"""The command line: the only place that reads files, prints, and exits."""

from jenkins2gha.command.main import main

__all__ = ["main"]
