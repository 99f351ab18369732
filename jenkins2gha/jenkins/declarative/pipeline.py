"""`pipeline { … }`: the sections of a declarative pipeline."""

from __future__ import annotations

from collections.abc import Callable

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.agent import read_agent
from jenkins2gha.jenkins.declarative.declarations import (
    read_libraries,
    read_options,
    read_parameters,
    read_tools,
    read_triggers,
)
from jenkins2gha.jenkins.declarative.environment import read_environment
from jenkins2gha.jenkins.declarative.flow import ordered
from jenkins2gha.jenkins.declarative.parts import sections
from jenkins2gha.jenkins.declarative.post import read_post
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.stages import read_stages
from jenkins2gha.jenkins.pipeline import (
    Agent,
    Library,
    Option,
    Pipeline,
    PostBlock,
    Stage,
    Tool,
    Variable,
)
from jenkins2gha.record import dataclass, replace

_READERS: dict[str, Callable[[ast.Statement, Reader], object]] = {
    "agent": read_agent,
    "stages": read_stages,
    "environment": read_environment,
    "post": read_post,
    "tools": read_tools,
    "options": read_options,
    "parameters": read_parameters,
    "triggers": read_triggers,
    "libraries": read_libraries,
}
_RENAMED = {
    "properties": "options",
    "jobProperties": "options",
    "wrappers": "options",
    "notifications": "post",
    "postBuild": "post",
}


@dataclass(slots=True)
class _Sections:
    agent: Agent | None = None
    stages: tuple[Stage, ...] = ()
    environment: tuple[Variable, ...] = ()
    post: tuple[PostBlock, ...] = ()
    tools: tuple[Tool, ...] = ()
    options: tuple[Option, ...] = ()
    parameters: tuple[Option, ...] = ()
    triggers: tuple[Option, ...] = ()
    libraries: tuple[Library, ...] = ()


def read_declarative(call: ast.Call, body: ast.Closure, reader: Reader) -> Pipeline:
    """Reads the block of `pipeline`; what Jenkins would reject is noted in the reader."""
    found = _Sections()
    seen: set[str] = set()
    reader = replace(reader, before=reader.scope.state.fork())
    for entry, name in ordered(sections(body, "pipeline", reader), ("stages",)):
        seen.add(name)
        read = _READERS.get(name)
        if read is not None:
            setattr(found, name, read(entry, reader))
        else:
            _reject_section(name, entry, reader)
    for name in ("agent", "stages"):
        if name not in seen:
            message = f"the pipeline has no section `{name}`"
            hint = "write `agent any`" if name == "agent" else None
            reader.reject("declarative-missing-section", call, message, hint)
    span = reader.scope.span(call)
    return Pipeline(
        kind="declarative",
        agent=found.agent or Agent("any", {}, span, "any"),
        stages=found.stages,
        span=span,
        environment=found.environment,
        options=found.options,
        parameters=found.parameters,
        triggers=found.triggers,
        tools=found.tools,
        libraries=found.libraries,
        post=found.post,
    )


def _reject_section(name: str, entry: ast.Statement, reader: Reader) -> None:
    if name in _RENAMED:
        message = f"the section `{name}` is now called `{_RENAMED[name]}`"
        reader.reject("declarative-renamed-section", entry, message)
        return
    message = f"`pipeline` has no section `{name}`"
    reader.reject("declarative-unknown-section", entry, message)
