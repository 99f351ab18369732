"""Ids of steps that are made up on the way, and settled when all steps of a job are there.

Such an id is `~word:mark` until then: the word is what it will be called if nothing else is, the
mark tells it from others of that word.
"""

from __future__ import annotations

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression
from jenkins2gha.actions.names import unique
from jenkins2gha.actions.rewrite import rewrite
from jenkins2gha.actions.workflow import Job, Step
from jenkins2gha.record import replace
from jenkins2gha.slug import slug

_OPEN = "~"


def provisional(words: str, mark: object) -> str:
    """An id by its words and what tells it from others of the same words.

    >>> provisional("Git commit", 12)
    '~git-commit:12'
    """
    word = slug(words) or "value"
    return f"{_OPEN}{word if word[0].isalpha() else f'value-{word}'}:{mark}"


def with_settled_ids(job: Job) -> Job:
    """The job with final ids, each its own; what reads the outputs of a step follows its id.

    Where an id is given twice, what stands behind the second means the second.
    """
    taken = {step.id for step in job.steps if step.id and not step.id.startswith(_OPEN)}
    if len(taken) == sum(step.id is not None for step in job.steps):
        return job
    names: dict[str, str] = {}
    steps: list[Step] = []

    def renamed(node: Expression) -> Expression:
        if not isinstance(node, Path) or not node.path.startswith(f"steps.{_OPEN}"):
            return node
        own, dot, rest = node.path.removeprefix("steps.").partition(".")
        return Path(f"steps.{names[own]}{dot}{rest}") if own in names else node

    for step in job.steps:
        done = rewrite(step, renamed) if names else step
        if step.id and step.id.startswith(_OPEN):
            final = unique(step.id[len(_OPEN) :].partition(":")[0], taken)
            taken.add(final)
            names[step.id] = final
            done = replace(done, id=final)
        steps.append(done)
    others = rewrite(replace(job, steps=()), renamed)
    return replace(others, steps=tuple(steps))
