"""`stages { stage('x') { … } }`."""

from __future__ import annotations

from jenkins2gha.groovy import ast
from jenkins2gha.jenkins.declarative.body import read_steps
from jenkins2gha.jenkins.declarative.branches import parallel_call, read_branches
from jenkins2gha.jenkins.declarative.flow import maybe, ordered, side_by_side, skipped
from jenkins2gha.jenkins.declarative.matching import (
    Block,
    block_of,
    call_of,
    section,
    source_text,
    text_literal,
)
from jenkins2gha.jenkins.declarative.matrix import read_matrix
from jenkins2gha.jenkins.declarative.parts import Parts, read_part, sections
from jenkins2gha.jenkins.declarative.problems import Reader
from jenkins2gha.jenkins.declarative.when import read_flag
from jenkins2gha.jenkins.own_environment import OwnEnvironment, bound_by_stage
from jenkins2gha.jenkins.pipeline import (
    Parallel,
    Sequence,
    Stage,
    StageBody,
    Steps,
)
from jenkins2gha.record import replace
from jenkins2gha.source import Span

_BODIES = ("steps", "stages", "parallel", "matrix")


def read_stages(
    statement: ast.Statement, reader: Reader, *, nested: bool = False
) -> tuple[Stage, ...]:
    """Reads the stages of `stages` or `parallel`; `nested` says that they stand within branches."""
    block = section(statement, reader)
    if block is None:
        return ()
    read: list[Stage] = []
    seen: set[str] = set()

    def read_one(entry: ast.Statement, reader: Reader) -> None:
        stage = _stage(entry, reader, nested=nested)
        if stage is None:
            return
        if stage.name in seen:
            message = f"there are two stages with the name '{stage.name}'"
            reader.reject("declarative-duplicate-stage", entry, message)
        seen.add(stage.name)
        read.append(stage)

    if block.name == "parallel":
        side_by_side(read_one, block.body.body, reader)
    else:
        for entry in block.body.body:
            read_one(entry, reader)
    if not block.body.body:
        reader.reject("declarative-empty-section", statement, f"`{block.name}` has no stages")
    return tuple(read)


def _stage(statement: ast.Statement, reader: Reader, *, nested: bool) -> Stage | None:
    block = block_of(statement)
    if block is None or block.name != "stage":
        call = call_of(statement)
        if call is not None and call.word == "stage":
            message = "`stage` needs a block in braces"
            reader.reject("declarative-block-expected", statement, message)
        else:
            message = f"`{source_text(statement, reader)}` is no stage"
            reader.reject("declarative-stage-expected", statement, message)
        return None
    name = _stage_name(block, statement, reader)
    parts, bodies, body = Parts(), dict[str, ast.Statement](), None
    own: OwnEnvironment | None = None
    span = reader.scope.span(block.call)
    reader = replace(reader, before=reader.scope.state.fork())
    for entry, section_name in ordered(sections(block.body, "stage", reader), _BODIES):
        if section_name in _BODIES:
            bodies[section_name] = entry
            bound = bound_by_stage(parts.environment, parts.options)
            own = own or OwnEnvironment.enter(bound, reader.scope, span)
            read = _body(section_name, entry, reader, nested=nested)
            body = body or read
            if isinstance(read, Parallel) and section_name == "steps":
                parts.fail_fast = _fail_fast_entry(entry, reader)
        elif section_name == "failFast":
            parts.fail_fast = _fail_fast(entry, reader)
        elif not read_part(section_name, entry, parts, reader):
            _reject_section(section_name, entry, reader)
    if own is not None:
        own.leave(reader.scope)
    if reader.before is not None:
        skipped(parts.when, reader.before, reader)
    _check_bodies(name, bodies, body, parts, statement, reader)
    return parts.stage(name, body or Steps((), span), span)


def _stage_name(block: Block, statement: ast.Statement, reader: Reader) -> str:
    first = block.arguments[0] if block.arguments else None
    if first is None or isinstance(first, tuple):
        message = "the stage has no name"
        reader.reject("declarative-stage-name", statement, message, "write `stage('Build') { … }`")
        return ""
    name = text_literal(first)
    if name is None:
        message = "the name of a stage must be a string without `${…}`"
        reader.reject("declarative-stage-name", first, message)
        return source_text(first, reader)
    if len(block.arguments) > 1:
        message = "`stage` takes a name and a block"
        reader.reject("declarative-block-expected", statement, message)
    return name


def _reject_section(name: str, entry: ast.Statement, reader: Reader) -> None:
    hint = f"if `{name}` is a step, put it into `steps {{ … }}`"
    message = f"a stage has no section `{name}`"
    reader.reject("declarative-unknown-section", entry, message, hint)


def _body(name: str, statement: ast.Statement, reader: Reader, *, nested: bool) -> StageBody | None:
    call = call_of(statement)
    assert call is not None
    span = reader.scope.span(call)
    if nested and name in ("parallel", "matrix"):
        _reject_nesting(name, statement, reader)
    if name == "stages":
        return Sequence(read_stages(statement, reader, nested=nested), span)
    if name == "parallel":
        return Parallel(read_stages(statement, reader, nested=True), span)
    if name == "matrix":
        before = reader.scope.state.fork()
        matrix = read_matrix(statement, reader, read_stages)
        maybe(before, reader, span)
        return matrix
    block = section(statement, reader)
    if block is None:
        return None
    branches = parallel_call(block.body)
    if branches is not None:
        if nested and len(branches.named) > 1:
            _reject_nesting("parallel", statement, reader)
        return Parallel(read_branches(branches, reader), reader.scope.span(branches))
    return Steps(read_steps(block.body, reader, statement), span)


def _reject_nesting(name: str, statement: ast.Statement, reader: Reader) -> None:
    message = f"`{name}` stands within another `parallel` or `matrix`"
    reader.reject("declarative-nested-parallel", statement, message)


def _fail_fast(entry: ast.Statement, reader: Reader) -> Span | None:
    call = call_of(entry)
    assert call is not None
    read_flag(call, reader)
    return reader.scope.span(call)


def _fail_fast_entry(statement: ast.Statement, reader: Reader) -> Span | None:
    block = block_of(statement)
    call = parallel_call(block.body) if block else None
    for entry in call.named if call else ():
        if isinstance(entry.key, ast.StringLiteral) and entry.key.value == "failFast":
            return reader.scope.span(entry)
    return None


def _check_bodies(
    name: str,
    bodies: dict[str, ast.Statement],
    body: StageBody | None,
    parts: Parts,
    statement: ast.Statement,
    reader: Reader,
) -> None:
    empty = isinstance(body, Parallel) and "steps" in bodies and not body.stages
    if len(bodies) > 1:
        message = f"stage '{name}' has {' and '.join(f'`{each}`' for each in bodies)}"
        hint = "a stage has one of `steps`, `stages`, `parallel` and `matrix`"
        reader.reject("declarative-stage-body", statement, message, hint)
    elif not bodies or empty:
        message = f"stage '{name}' has nothing to do"
        hint = "a stage needs `steps`, `stages`, `parallel` or `matrix`"
        reader.reject("declarative-stage-body", statement, message, hint)
    elif "parallel" in bodies or "matrix" in bodies:
        for what, given in (("agent", parts.agent), ("tools", parts.tools)):
            if given:
                message = f"stage '{name}' has branches, so it takes no `{what}`"
                hint = f"give each branch its `{what}`"
                reader.reject("declarative-parallel-agent", statement, message, hint)
