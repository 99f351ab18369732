"""Which deletions and checkouts of a job are needless.

A machine of GitHub's is fresh and thrown away, so a deletion in front of or behind all use of the
workspace says nothing.
"""

from __future__ import annotations

import re
from itertools import pairwise

from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty, Outcome
from jenkins2gha.mapping.mappers.delete_dir import DELETION, EMPTY_HERE, PARTIAL
from jenkins2gha.mapping.results import ASKED, BEGUN, ENDED, MARKED
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.mapping.without_files import makes_no_files
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose

_OUTSIDE = (
    "echo",
    "error",
    "sleep",
    "credential-file",
    "credential-file-removed",
    "environment-step",
    "directory-found",
    MARKED,
    ASKED,
    BEGUN,
    ENDED,
    DELETION,
    PARTIAL,
)


_SENDS = ("chat-sent", "mail-sent")


def without_unread_checkout(translation: Translation) -> Translation:
    """The translation of a job behind others without the checkout that Jenkins does by itself,
    where the job only says or sends something."""
    own = [step for step in translation.steps if _is_implied(step)]
    rest = [step for step in translation.steps if not _is_implied(step)]
    if not own or not rest or any(_reads_workspace(step) for step in rest):
        return translation
    return replace(translation, steps=tuple(rest))


def _reads_workspace(step: ActionStep) -> bool:
    """Whether a step may read files; so may what a person writes in the place of a placeholder."""
    sends = step.origin is not None and step.origin.rule in _SENDS
    reads = _uses_workspace(step) and not (sends and "attachments" not in step.inputs)
    return reads or step.placeholder


def _is_implied(step: ActionStep) -> bool:
    """Whether a step is the checkout of the agent, which the source does not ask for."""
    return step.origin is not None and step.origin.rule == "checkout-own" and step.stage is None


def without_needless_deletions(
    translation: Translation, context: Context, *, given: bool = False
) -> Translation:
    """The translation without the deletions at the start and the end of a job, if it is hosted;
    those at the end stay where the workspace is `given` to another job."""
    if not context.runner.hosted:
        return translation
    translation = _without_first_checkout(translation)
    steps = list(translation.steps)
    uses = [n for n, step in enumerate(steps) if _uses_workspace(step) and not makes_no_files(step)]
    first, last = (uses[0], uses[-1]) if uses else (len(steps), -1)
    last = len(steps) if given else last
    needless = [
        step
        for n, step in enumerate(steps)
        if (n < first or n > last)
        and step.origin
        and step.origin.rule in (DELETION, PARTIAL)
        and step.id is None  # else the `post` of its stage looks at it
    ]
    for step in needless:
        translation = _dropped(translation, step)
    return translation


def _without_first_checkout(translation: Translation) -> Translation:
    """The translation without a checkout whose files the very next step deletes."""
    steps = translation.steps
    for n, (first, second) in enumerate(pairwise(steps)):
        if _is_implied(first) and _empties(second):
            return replace(translation, steps=steps[:n] + steps[n + 1 :])
    return translation


def _empties(step: ActionStep) -> bool:
    whole = step.working_directory is None and step.run == EMPTY_HERE
    own = step.origin is not None and step.origin.rule == DELETION
    return own and whole and step.condition is None


def _uses_workspace(step: ActionStep) -> bool:
    rule = step.origin.rule if step.origin else ""
    return rule not in _OUTSIDE and not step.placeholder


def _dropped(translation: Translation, step: ActionStep) -> Translation:
    assert step.origin
    site = step.origin.spans[0]
    message = "the machine is fresh and thrown away, nothing is to be deleted here"
    name = re.match(r"\w*", site.text)
    construct = f"step {name[0] if name else ''}".rstrip()
    said = diagnose("clean-needless", site, message, construct=construct)
    others = [one for one in translation.diagnostics if one.span != site]
    return replace(
        translation,
        steps=tuple(one for one in translation.steps if one is not step),
        diagnostics=(*others, said),
        outcomes=tuple(
            Outcome(site, Certainty.DROPPED) if one.site == site else one
            for one in translation.outcomes
        ),
        holes=tuple(one for one in translation.holes if one.span != site),
    )
