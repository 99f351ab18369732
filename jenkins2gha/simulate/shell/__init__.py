"""A shell that runs nothing: what a script does, by its text and the world's answers."""

from __future__ import annotations

from jenkins2gha.simulate.shell.machine import Outside, Shell
from jenkins2gha.simulate.shell.parser import parse
from jenkins2gha.simulate.shell.state import Endless, Input, Killed, Left, Streams
from jenkins2gha.simulate.shell.syntax import Unreadable

__all__ = [
    "Endless",
    "Input",
    "Killed",
    "Left",
    "Outside",
    "Shell",
    "Streams",
    "Unreadable",
    "parse",
]
