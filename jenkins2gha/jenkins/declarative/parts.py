"""The sections that stages and the cells of a matrix share."""

from __future__ import annotations

from collections.abc import Callable

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.agent import read_agent
from jenkins2gha.jenkins.declarative.declarations import read_options, read_tools
from jenkins2gha.jenkins.declarative.environment import read_environment
from jenkins2gha.jenkins.declarative.input import read_input
from jenkins2gha.jenkins.declarative.matching import call_of, checked_name, source_text
from jenkins2gha.jenkins.declarative.post import read_post
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.when import read_when
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Input,
    Option,
    PostBlock,
    Stage,
    StageBody,
    Tool,
    Variable,
    When,
)
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span


@dataclass(slots=True)
class Parts:
    """The sections of a stage, or of the cells of a matrix, as they are met."""

    agent: Agent | None = None
    when: When | None = None
    input: Input | None = None
    environment: tuple[Variable, ...] = ()
    options: tuple[Option, ...] = ()
    tools: tuple[Tool, ...] = ()
    post: tuple[PostBlock, ...] = ()
    fail_fast: Span | None = None

    def stage(self, name: str, body: StageBody, span: Span) -> Stage:
        return Stage(
            name,
            body,
            span,
            agent=self.agent,
            when=self.when,
            input=self.input,
            environment=self.environment,
            options=self.options,
            tools=self.tools,
            post=self.post,
            fail_fast=self.fail_fast,
        )


def read_part(name: str, statement: ast.Statement, parts: Parts, reader: Reader) -> bool:
    """Reads a section that stages and matrices share; False for any other."""
    if name == "options":
        parts.options = read_options(statement, reader, in_stage=True)
        return True
    read = _PARTS.get(name)
    if read is None:
        return False
    setattr(parts, name, read(statement, reader))
    return True


_PARTS: dict[str, Callable[[ast.Statement, Reader], object]] = {
    "agent": read_agent,
    "when": read_when,
    "input": read_input,
    "environment": read_environment,
    "tools": read_tools,
    "post": read_post,
}


def sections(body: ast.Closure, what: str, reader: Reader) -> list[tuple[ast.Statement, str]]:
    """The sections of a block by name, each rejected the second time it appears."""
    read: list[tuple[ast.Statement, str]] = []
    seen: set[str] = set()
    for entry in body.body:
        call = call_of(entry)
        if call is None:
            message = f"`{source_text(entry, reader)}` is no section of `{what}`"
            reader.reject("declarative-unknown-section", entry, message)
            continue
        name = checked_name(call, reader)
        if name is None:
            continue
        if name in seen:
            message = f"`{what}` has the section `{name}` twice"
            reader.reject("declarative-duplicate-section", entry, message)
        seen.add(name)
        read.append((entry, name))
    return read
