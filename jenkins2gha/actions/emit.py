"""Writes a workflow as YAML that a person would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from jenkins2gha.actions.header import Header
from jenkins2gha.actions.printer import print_tree
from jenkins2gha.actions.texts import comment_lines
from jenkins2gha.actions.tree import tree
from jenkins2gha.actions.workflow import Origin, Step, Workflow
from jenkins2gha.record import dataclass


@dataclass(frozen=True, slots=True)
class Emitted:
    """The file's text, and where its pieces come from: JSON pointer into it → origin."""

    text: str
    locations: Mapping[str, Origin]


def emit(workflow: Workflow, header: Header) -> Emitted:
    """The workflow as the text of its file, the header on top."""
    comment = comment_lines(workflow.comment) if workflow.comment else []
    body = "\n".join([*comment, "", print_tree(tree(workflow))])
    return Emitted(header.above(body), dict(_locations(workflow)))


def _locations(workflow: Workflow) -> Iterator[tuple[str, Origin]]:
    triggers = workflow.triggers
    pieces = [
        *((f"/on/schedule/{at}", piece.origin) for at, piece in enumerate(triggers.schedule)),
        *(
            (f"/on/workflow_dispatch/inputs/{_token(piece.name)}", piece.origin)
            for piece in triggers.dispatch or ()
        ),
    ]
    for job in workflow.jobs:
        pieces.append((f"/jobs/{_token(job.id)}", job.origin))
        for pointer, step in _placed(job.steps):
            pieces.append((f"/jobs/{_token(job.id)}/steps/{pointer}", step.origin))
    for pointer, origin in pieces:
        if origin is not None:
            yield pointer, origin


def _placed(steps: Iterable[Step]) -> Iterator[tuple[str, Step]]:
    """Each step with its place below `steps`; those of a group stand in its `parallel`."""
    at = 0
    for group, members in groupby(steps, key=lambda step: step.parallel):
        for inner, step in enumerate(members):
            yield (str(at + inner) if group is None else f"{at}/parallel/{inner}"), step
        at += 1 if group is not None else inner + 1


def _token(name: str) -> str:
    """A name as one step of a JSON pointer, https://www.rfc-editor.org/rfc/rfc6901."""
    return name.replace("~", "~0").replace("/", "~1")
