"""A pipeline run as Jenkins would run it, traced instead of executed.

It knows the syntax tree and nothing of the compiler: a fault of the compiler must not hide here.
`simulate(text, Situation())` gives the trace; what the world outside does is the situation's.
"""

from __future__ import annotations

from jenkins2gha.simulate.jenkins.errors import Unsupported
from jenkins2gha.simulate.jenkins.simulation import simulate
from jenkins2gha.simulate.situation import Answer, Situation

__all__ = ["Answer", "Situation", "Unsupported", "simulate"]
