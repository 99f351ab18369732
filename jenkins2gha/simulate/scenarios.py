"""The situations in which a pipeline is worth running, from its text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.deciding.choose import Choice, choose
from jenkins2gha.simulate.deciding.space import Space
from jenkins2gha.simulate.samples import concrete, example
from jenkins2gha.simulate.situation import Answer, Situation
from jenkins2gha.simulate.trace import Command
from jenkins2gha.source import Source

MOST = 40
_FEWEST_FAILURES = 16
_COMPARED = frozenset(("==", "!=", "==~", "=~"))
_TESTS = frozenset(("junit", "xunit", "nunit", "testNG", "mstest", "tap"))
_FAILING = frozenset(
    "stash unstash archiveArtifacts archive publishHTML writeFile writeJSON writeYaml zip unzip "
    "tar untar copyArtifacts deploy".split()
)
"""Steps that are no scripts and may fail; the others print, ask, or are made to fail by hand."""
_KEEPING = frozenset(("archiveArtifacts", "publishHTML"))
"""Steps that find no files where the steps which make them have failed."""
_BY_PREVIOUS = frozenset(("changed", "fixed", "regression"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A situation, and how the commands in it end, by their keys.

    `unreported` are reports without files, `stopped_at` is the command while which a person stops
    the run; `said` is what every command prints whose output is read, `present` says whether files
    that the pipeline asks for are there.
    """

    name: str
    situation: Situation
    fails: frozenset[str] = frozenset()
    tests_fail: frozenset[str] = frozenset()
    unreported: frozenset[str] = frozenset()
    stopped_at: str = ""
    said: str = "value"
    present: bool = True

    def answer(self, key: str) -> Answer:
        """How the command of a key ends; what it prints is the same wherever it runs."""
        if key in self.fails:
            return Answer(end="failure", stdout=f"{self.said}\n")
        if key and key == self.stopped_at:
            return Answer(end="abort")
        failures = 2 if key in self.tests_fail else 0
        missing = key in self.unreported
        return Answer(stdout=f"{self.said}\n", test_failures=failures, missing=missing)


@dataclass(slots=True)
class _Asked:
    """What a pipeline asks of its situation."""

    branches: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    parameters: list[tuple[str, list[str | bool]]] = field(default_factory=list)
    defaults: dict[str, list[str | bool]] = field(default_factory=dict)
    # EnvInject gives a pipeline none of its variables.
    own: set[str] = field(default_factory=lambda: {"BUILD_CAUSE"})


def parameters_of(module: ast.Module) -> frozenset[str]:
    """The names of the parameters that a pipeline declares."""
    return frozenset(name for name, _ in _asked(module).parameters)


def stopping(module: ast.Module, source: Source) -> Callable[[Command], bool]:
    """Whether a stop during a command ends the run at once: nothing catches it, and nothing else
    runs meanwhile, in another branch or cell of a matrix. In `post` it does not: what runs there in
    any case GitHub lets end."""
    catching = {"catchError", "warnError", "waitUntil"} & _asked(module).names
    if catching or any(isinstance(node, ast.Try) for node in walk(module)):
        return lambda _: False
    posts = [
        (source.position(node.start), source.position(node.end))
        for node in walk(module)
        if isinstance(node, ast.Call) and node.word == "post"
    ]

    def stops(one: Command) -> bool:
        in_post = any(start <= (one.line, one.column) < end for start, end in posts)
        return not (one.strand or in_post)

    return stops


def situations(
    module: ast.Module, source: Source, variables: Sequence[str] = ()
) -> tuple[Scenario, ...]:
    """The scenarios in which every command succeeds, the most telling first.

    `variables` are those that the pipeline reads and does not set.
    """
    asked = _asked(module)
    found = [
        Scenario(name="push to main", situation=Situation()),
        Scenario(name="push to topic", situation=Situation(branch="topic/x")),
        Scenario(name="pull request", situation=Situation(kind="pull_request", branch="topic/x")),
        *_branches(asked),
        *_triggers(asked),
        *_parameters(asked),
        *_previous(asked),
        *_said(asked),
    ]
    given = dict.fromkeys(variables, "value")
    unique = {(one.situation.kind, one.name): _given(one, given) for one in found}
    had = [Choice(one.name, one.situation, one.said) for one in unique.values()]
    chosen = (
        Scenario(name=one.name, situation=one.situation, said=one.said or "value")
        for one in choose(_space(module, source, asked, had), had)
    )
    return tuple({**unique, **{(one.situation.kind, one.name): one for one in chosen}}.values())


def _given(scenario: Scenario, variables: Mapping[str, str]) -> Scenario:
    """A scenario in which the variables of the outside have values."""
    return replace(scenario, situation=replace(scenario.situation, variables=variables))


def _space(module: ast.Module, source: Source, asked: _Asked, had: Sequence[Choice]) -> Space:
    """Every way in which a run may start, a person's being one for each branch."""
    plain = [one.situation for one in had if not one.situation.parameters]
    branches = [one.branch for one in plain if one.kind == "push"]
    starts = [*plain, *(Situation(kind="dispatch", branch=branch) for branch in branches)]
    unique = [one for at, one in enumerate(starts) if one not in starts[:at]]
    return Space(
        module,
        source,
        starts=unique,
        parameters=dict(asked.defaults),
        own=frozenset(asked.own),
        words=asked.words if {"returnStdout", "readFile"} & asked.names else [],
    )


class Failures:
    """Each command failing where it first runs, the tests of each report, and one stop."""

    def __init__(self, key_of: Callable[[Command], str], stops: Callable[[Command], bool]) -> None:
        self._key_of, self._stops = key_of, stops
        self._stopped_before = False
        self._seen: set[str] = set()
        self._empty: set[str] = set()

    def within(self, scenario: Scenario, commands: Sequence[Command]) -> Iterator[Scenario]:
        """What may fail besides in a run of a scenario, as far as it is new."""
        if not self._stopped_before:
            self._stopped_before = True
            yield from self._stopped(scenario, [*filter(self._stops, commands)])
        yield from self._left_nothing(scenario, commands)
        for command in commands:
            key = self._key_of(command)
            if not key or key in self._seen or command.line == 0:
                continue
            self._seen.add(key)
            if command.text in _TESTS or _is_report(command):
                name = f"{scenario.name}, tests fail at line {command.line}"
                yield replace(scenario, name=name, tests_fail=scenario.tests_fail | {key})
                name = f"{scenario.name}, no reports at line {command.line}"
                yield replace(scenario, name=name, unreported=scenario.unreported | {key})
            elif command.kind == "run" or command.text in _FAILING:
                name = f"{scenario.name}, {_short(key)} fails"
                yield replace(scenario, name=name, fails=scenario.fails | {key})
            if command.text in _KEEPING:
                name = f"{scenario.name}, no files at line {command.line}"
                yield replace(scenario, name=name, unreported=scenario.unreported | {key})

    def _left_nothing(self, scenario: Scenario, commands: Sequence[Command]) -> Iterator[Scenario]:
        """What failed has made none of the files that steps behind it keep."""
        kept = [one for one in commands if one.text in _KEEPING]
        keys = {self._key_of(one) for one in kept if scenario.fails and not scenario.unreported}
        new = {key for key in keys - scenario.fails if key not in self._empty}
        self._empty |= new
        if new:
            name = f"{scenario.name}, and leaves no files"
            yield replace(scenario, name=name, unreported=frozenset(new))

    def _stopped(self, scenario: Scenario, commands: Sequence[Command]) -> Iterator[Scenario]:
        """A person stops the run while its first script runs, or else its first step on files."""
        able = [one for one in commands if one.kind == "run"]
        able += [one for one in commands if one.text in _FAILING]
        first = next((key for one in able if (key := self._key_of(one))), None)
        if first:
            name = f"{scenario.name}, stopped at {_short(first)}"
            yield replace(scenario, name=name, stopped_at=first)


def _is_report(command: Command) -> bool:
    return command.text == "step" and "JUnitResultArchiver" in str(command.inputs)


def _short(key: str) -> str:
    return f"`{key}`" if len(key) <= 40 else f"`{key[:39]}…`"


def _branches(asked: _Asked) -> Iterator[Scenario]:
    for branch in asked.branches:
        yield Scenario(name=f"push to {branch}", situation=Situation(branch=branch))
    for target in asked.targets:
        situation = Situation(kind="pull_request", branch="topic/x", base=target)
        yield Scenario(name=f"pull request to {target}", situation=situation)
    if asked.tags or {"tag", "buildingTag", "TAG_NAME"} & asked.names:
        for tag in asked.tags or ["v1.0"]:
            yield Scenario(name=f"tag {tag}", situation=Situation(kind="tag", branch=tag))
    for path in asked.changes:
        changed = Situation(changed=(path,), messages=("change",))
        yield Scenario(name=f"push that changes {path}", situation=changed)


def _triggers(asked: _Asked) -> Iterator[Scenario]:
    if {"cron", "parameterizedCron", "triggeredBy"} & asked.names:
        yield Scenario(name="schedule", situation=Situation(kind="schedule"))


def _parameters(asked: _Asked) -> Iterator[Scenario]:
    yield Scenario(name="dispatch", situation=Situation(kind="dispatch"))
    for name, values in asked.parameters:
        for value in values:
            given = Situation(kind="dispatch", parameters={name: value})
            yield Scenario(name=f"dispatch with {name}={value}", situation=given)


def _previous(asked: _Asked) -> Iterator[Scenario]:
    if _BY_PREVIOUS & asked.names or {"previousBuild", "getPreviousBuild"} & asked.names:
        for previous in ("SUCCESS", "FAILURE"):
            situation = Situation(previous=previous)
            yield Scenario(name=f"push to main after {previous}", situation=situation)


def _said(asked: _Asked) -> Iterator[Scenario]:
    if "fileExists" in asked.names:
        yield Scenario(name="push to main without files", situation=Situation(), present=False)
    if {"returnStdout", "readFile"} & asked.names:
        for word in asked.words[:4]:
            yield Scenario(name=f"push to main, told {word!r}", situation=Situation(), said=word)


def _asked(module: ast.Module) -> _Asked:
    asked = _Asked()
    own = asked.own
    for node in walk(module):
        match node:
            case ast.Name(id=name):
                asked.names.add(name)
            case ast.Variable(name=name):
                own.add(name)
            case ast.Property(name=ast.StringLiteral(value=name)):
                asked.names.add(name)
            case ast.Assign(target=target):
                own.update(_targets(target))
            case ast.Binary(operator=operator) if operator in _COMPARED:
                _compare(node, asked)
            case ast.Case():
                asked.words += [text for one in walk(node) if (text := _text_of(one))][:1]
            case ast.Call():
                asked.names.add(node.word or "")
                asked.names.update(_named(node))
                _call(node, asked)
    letters = {name.lower() for name in own}
    own |= {name for name in asked.names if name.lower() in letters}
    asked.names -= own
    for words in (asked.branches, asked.tags, asked.targets, asked.changes, asked.words):
        words[:] = dict.fromkeys(words)
    return asked


def _targets(target: ast.Expression) -> Iterator[str]:
    """The names that an assignment gives values to, of Groovy and of the environment."""
    match target:
        case (
            ast.Name(id=name)
            | ast.Property(object=ast.Name(id="env"), name=ast.StringLiteral(value=name))
        ):
            yield name


def _compare(node: ast.Binary, asked: _Asked) -> None:
    sides = (node.left, node.right)
    texts = [one.value for one in sides if isinstance(one, ast.StringLiteral)]
    pattern = node.operator in ("==~", "=~")
    words = [example(text) if pattern else text for text in texts]
    others = " ".join(_path(one) for one in sides)
    asked.words += [word for word in words if word]
    if "BRANCH_NAME" in others or "GIT_BRANCH" in others:
        asked.branches += [word for word in words if _is_branch(word)]
    if "TAG_NAME" in others:
        asked.tags += [word for word in words if word]
    if "CHANGE_TARGET" in others:
        asked.targets += [word for word in words if word]


def _path(node: ast.Node) -> str:
    return " ".join(
        one.id if isinstance(one, ast.Name) else one.value
        for one in walk(node)
        if isinstance(one, (ast.Name, ast.StringLiteral))
    )


def _named(call: ast.Call) -> Iterator[str]:
    for entry in call.named:
        if isinstance(entry.key, ast.StringLiteral):
            yield entry.key.value


def _texts(call: ast.Call) -> dict[str, ast.Expression]:
    found = {
        entry.key.value: entry.value
        for entry in call.named
        if isinstance(entry.key, ast.StringLiteral)
    }
    if call.arguments:
        found.setdefault("0", call.arguments[0])
    return found


def _text_of(node: ast.Node) -> str:
    return node.value if isinstance(node, ast.StringLiteral) else ""


def _text(node: ast.Expression | None) -> str | None:
    return node.value if isinstance(node, ast.StringLiteral) else None


_KINDS = {
    "branch": ("branches", ("0", "pattern")),
    "tag": ("tags", ("0", "pattern")),
    "changeset": ("changes", ("0", "pattern")),
    "changeRequest": ("targets", ("target",)),
    "startsWith": ("branches", ("0",)),
    "endsWith": ("branches", ("0",)),
    "contains": ("words", ("0",)),
}


def _call(call: ast.Call, asked: _Asked) -> None:
    given = _texts(call)
    if call.word in _KINDS:
        kind, keys = _KINDS[call.word]
        text = next((found for key in keys if (found := _text(given.get(key)))), None)
        regex = _text(given.get("comparator")) == "REGEXP"
        if text is not None and len(given) <= len(keys) + 1:
            word = example(text) if regex else concrete(text)
            word += "x" if word.endswith("/") else ""
            if word and (kind != "branches" or _is_branch(word)):
                getattr(asked, kind).append(word)
    elif call.word in _PARAMETERS and (name := _text(given.get("name"))):
        others = list(_other_values(call.word, given))
        asked.parameters.append((name, others))
        asked.defaults[name] = [_default_value(call.word, given), *others]


_PARAMETERS = frozenset("string text booleanParam choice".split())


def _other_values(kind: str, given: Mapping[str, ast.Expression]) -> Iterator[str | bool]:
    default = given.get("defaultValue")
    if kind == "booleanParam":
        yield not (isinstance(default, ast.BooleanLiteral) and default.value)
    elif kind == "choice":
        yield from _choices(given.get("choices"))[1:4]
    else:
        yield "other"
        if _text(default):
            yield ""


def _default_value(kind: str, given: Mapping[str, ast.Expression]) -> str | bool:
    default = given.get("defaultValue")
    if kind == "booleanParam":
        return isinstance(default, ast.BooleanLiteral) and default.value
    return _choices(given.get("choices"))[0] if kind == "choice" else _text(default) or ""


def _choices(node: ast.Expression | None) -> list[str]:
    if isinstance(node, ast.ListLiteral):
        return [one.value for one in node.items if isinstance(one, ast.StringLiteral)] or [""]
    return (_text(node) or "").split("\n")


def _is_branch(word: str) -> bool:
    plain = re.fullmatch(r"[\w./#-]+", word) is not None
    return plain and word not in ("main", "topic/x") and not word.startswith(("PR-", "/"))
