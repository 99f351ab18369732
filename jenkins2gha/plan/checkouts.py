"""Where an agent checks out by itself.

https://www.jenkins.io/doc/book/pipeline/syntax/#options
"""

from __future__ import annotations

from jenkins2gha.jenkins.pipeline import Agent, Option, Pipeline
from jenkins2gha.jenkins.values import flag_of
from jenkins2gha.source import Span


def implied_checkout(pipeline: Pipeline, agent: Agent, options: tuple[Option, ...]) -> Span | None:
    """Where a declarative agent checks out by itself; a scripted `node` never does, nor any in a
    job that knows no repository."""
    if pipeline.kind == "scripted" or agent.kind == "none" or not pipeline.scm:
        return None
    if len(pipeline.stages) == 1 and pipeline.stages[0].agent is agent:
        options = pipeline.stages[0].options
    skips = False
    for option in (*pipeline.options, *options):
        if option.name == "skipDefaultCheckout":
            given = option.positional[0] if option.positional else None
            skips = flag_of(given, default=True) is not False
    return None if skips else agent.span
