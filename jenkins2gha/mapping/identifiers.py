"""Ids of steps that are made up on the way, and settled when all steps of a job are there.

Such an id is `~word:mark` until then: the word is what it will be called if nothing else is, the
mark tells it from others of that word.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

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

    Where an id is given twice (a method that is called twice), what stands behind the second means
    the second.
    """
    given = [step.id for step in job.steps if step.id]
    fixed = {one for one in given if not one.startswith(_OPEN)}
    if len(fixed) == len(given):
        return job
    taken: set[str] = set()
    names: dict[str, str] = {}
    steps: list[Step] = []
    for step in job.steps:
        done = rewrite(step, renamed(names)) if names else step
        if step.id:
            word = step.id.removeprefix(_OPEN).partition(":")[0]
            own = step.id in fixed and step.id not in taken
            final = step.id if own else unique(word, taken | fixed)
            taken.add(final)
            if final != step.id or step.id in names:
                names[step.id] = final
            done = replace(done, id=final)
        steps.append(done)
    others = rewrite(replace(job, steps=()), renamed(names))
    return replace(others, steps=tuple(steps))


def apart(steps: Sequence[Step], others: Container[str], word: str) -> tuple[Step, ...]:
    """Steps that run beside others, without an id that one of those has: theirs begin by `word`."""
    names = {
        step.id: provisional(f"{word}-{step.id.strip(_OPEN).partition(':')[0]}", step.id)
        for step in steps
        if step.id and step.id in others
    }
    if not names:
        return tuple(steps)
    changed = (rewrite(step, renamed(names)) for step in steps)
    return tuple(replace(one, id=names.get(one.id or "", one.id)) for one in changed)


def renamed(names: Mapping[str, str]) -> Callable[[Expression], Expression]:
    """What puts the new names into paths that read of a step."""

    def renamed(node: Expression) -> Expression:
        if not isinstance(node, Path) or not node.path.startswith("steps."):
            return node
        own, dot, rest = node.path.removeprefix("steps.").partition(".")
        return Path(f"steps.{names[own]}{dot}{rest}") if own in names else node

    return renamed
