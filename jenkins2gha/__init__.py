"""Compiles Jenkins pipelines into GitHub Actions workflows.

>>> from jenkins2gha import convert
>>> convert("pipeline { agent any; stages { stage('A') { steps { sh 'make' } } } }").status
'converted'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jenkins2gha.version import VERSION

if TYPE_CHECKING:
    from jenkins2gha.analyzer import Analysis, analyze
    from jenkins2gha.compiler import convert
    from jenkins2gha.configuration import Configuration
    from jenkins2gha.conversion import Conversion
    from jenkins2gha.diagnostics import Certainty, Diagnostic

__all__ = [
    "Analysis",
    "Certainty",
    "Configuration",
    "Conversion",
    "Diagnostic",
    "__version__",
    "analyze",
    "convert",
]

__version__ = VERSION

_HOMES = {
    "Analysis": "analyzer",
    "Certainty": "diagnostics",
    "Configuration": "configuration",
    "Conversion": "conversion",
    "Diagnostic": "diagnostics",
    "analyze": "analyzer",
    "convert": "compiler",
}


def __getattr__(name: str) -> object:
    """Imports a public name when it is first used, so that the command starts fast."""
    if name not in _HOMES:
        raise AttributeError(f"module 'jenkins2gha' has no attribute {name!r}")
    value = getattr(import_module(f"jenkins2gha.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
