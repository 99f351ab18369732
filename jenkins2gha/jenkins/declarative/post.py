"""`post { always { … } }`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.body import read_steps
from jenkins2gha.jenkins.declarative.flow import early, maybe
from jenkins2gha.jenkins.declarative.matching import block_of, section, source_text
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.pipeline import PostBlock

CONDITIONS = (
    "always",
    "changed",
    "fixed",
    "regression",
    "aborted",
    "success",
    "unsuccessful",
    "unstable",
    "failure",
    "notBuilt",
    "cleanup",
)
"""In the order in which Jenkins runs them, whatever the order in the source."""


_REACHED = ("success", "fixed")
"""Those that run only where all stages are done."""


_ALWAYS = ("always", "cleanup")


def _place(entry: ast.Statement) -> int:
    block = block_of(entry)
    known = block is not None and block.name in CONDITIONS
    return CONDITIONS.index(block.name) if block and known else len(CONDITIONS)


def read_post(statement: ast.Statement, reader: Reader) -> tuple[PostBlock, ...]:
    """The conditions of a `post` section in the order of the source, read as they run."""
    block = section(statement, reader)
    if block is None:
        return ()
    read: list[PostBlock] = []
    seen: set[str] = set()
    sooner = early(reader, reader.scope.span(statement))
    for entry in sorted(block.body.body, key=_place):
        condition = block_of(entry)
        if condition is None:
            message = f"`{source_text(entry, reader)}` is no condition of `post`"
            reader.reject("declarative-post-condition", entry, message)
            continue
        if condition.name not in CONDITIONS:
            message = f"`post` knows no condition `{condition.name}`"
            reader.reject("declarative-post-condition", entry, message)
        if condition.name in seen:
            message = f"`post` has the condition `{condition.name}` twice"
            reader.reject("declarative-duplicate-condition", entry, message)
        seen.add(condition.name)
        at = reader if condition.name in _REACHED else sooner
        before = at.scope.state.fork()
        steps = read_steps(condition.body, at, entry)
        if condition.name not in _ALWAYS:
            maybe(before, at, reader.scope.span(entry))
        read.append(PostBlock(condition.name, steps, reader.scope.span(condition.call)))
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, "`post` is empty")
    return tuple(sorted(read, key=lambda one: one.span.start))
