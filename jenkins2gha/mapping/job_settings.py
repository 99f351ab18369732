"""What the settings of a job come to beside its options, triggers and parameters."""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.declared import argument
from jenkins2gha.mapping.translation import Translation, binned, together
from jenkins2gha.rules import diagnose

_HEAD = "2"
"""The strategy of a branch source that builds pull requests at their head."""


def replaced(options: Iterable[Option]) -> Translation:
    """What is said of settings that do not outlast a run of the pipeline."""
    return together([_replaced(option) for option in options])


def _replaced(option: Option) -> Translation:
    name = text_of(argument(option, "name", 0))
    what = f"the parameter `{name}`" if name else f"`{option.name}`"
    message = f"the pipeline itself decides on {what} when it runs"
    return _said("job-setting-replaced", option, message, Certainty.DROPPED)


def discovery(traits: Iterable[Option]) -> Translation:
    """How a multibranch job finds pull requests, and what it builds of them.

    https://plugins.jenkins.io/github-branch-source/
    """
    return together([_trait(trait) for trait in traits])


def _trait(trait: Option) -> Translation:
    result = Translation()
    if trait.name.startswith("Fork"):
        message = "pull requests from forks run without secrets"
        result += _said("pull-request-fork", trait, message, Certainty.APPROXIMATE)
    if text_of(argument(trait, "strategyId")) not in (None, _HEAD):
        message = "Jenkins builds pull requests merged with their target, the workflow their head"
        result += _said("pull-request-merged", trait, message, Certainty.APPROXIMATE)
    return result + Translation(outcomes=binned(trait.span, Certainty.EXACT))


def _said(rule: str, option: Option, message: str, certainty: Certainty) -> Translation:
    said = diagnose(rule, option.span, message, construct=f"job {option.name}")
    return Translation(diagnostics=(said,), outcomes=binned(option.span, certainty))
