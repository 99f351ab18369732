"""Label expressions → the machine that GitHub runs a job on.

https://www.jenkins.io/doc/pipeline/steps/workflow-durable-task-step/#node-allocate-node
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, Literal, TypeAlias

from jenkins2gha.actions.workflow import RunsOn
from jenkins2gha.configuration import Configuration
from jenkins2gha.jenkins.labels import (
    LabelBinary,
    LabelError,
    LabelExpression,
    LabelName,
    LabelNot,
    label_names,
    parse_label,
)
from jenkins2gha.mapping.translation import Runner
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.tables import table

System: TypeAlias = Literal["linux", "windows", "macos"]

# `winterfell` and `machine1` are names, `buildwin` and `mac-mini` tell a system.
_BEHIND = r"(?![a-z])|(?:build|builder|agent|node|slave|server|srv|vm|box|test)"
_WINDOWS = regex(rf"windows|msvc|win(?:{_BEHIND})")
_ARCHITECTURE = regex(r"(?i)x86_64|amd64|x64|(?:64|32)(?:bit)?")
_RELEASE = regex(r"(?i)\d|trusty|xenial|bionic|focal|jammy")
_MACOS = regex(rf"darwin|xcode|osx|mac(?:{_BEHIND}|os|mini|pro|book)")

ANY = Runner(RunsOn(("ubuntu-latest",)), "linux")
ANY_WINDOWS = Runner(RunsOn(("windows-latest",)), "windows")


@dataclass(frozen=True, slots=True)
class Choice:
    """A runner, what was decided about the expression to get it (None for nothing), and the labels
    of a computed one that no table names."""

    runner: Runner
    remark: str | None = None
    unknown: tuple[str, ...] = ()


def runner_for(expression: str, configuration: Configuration) -> Choice:
    """The runner of a label expression: the settings', the table's, else `self-hosted`.

    >>> runner_for("linux && ubuntu-22.04", Configuration()).runner.runs_on.labels
    ('ubuntu-22.04',)
    """
    text = expression.strip()
    if not text:
        return Choice(ANY)
    for written, given in configuration.runners.items():
        if written.strip() == text:
            return Choice(_given(given, configuration))
    try:
        tree = parse_label(text)
    except LabelError as error:
        return Choice(_self_hosted([text]), f"it is no label expression: {error}")
    return Choice(ANY) if tree is None else _choose(tree, configuration)


def _choose(tree: LabelExpression, configuration: Configuration) -> Choice:
    match tree:
        case LabelName(name):
            runner = _atom(name, configuration) or _self_hosted([name])
            return Choice(runner, _of_release(name, runner, configuration))
        case LabelBinary("&&"):
            return _all(tuple(_operands(tree, "&&")), configuration)
        case LabelBinary("||"):
            choices = [_choose(one, configuration) for one in _operands(tree, "||")]
            known = next((one for one in choices if one.runner.known), None)
            if known is None:
                return Choice(choices[0].runner, "the first of its alternatives is taken")
            return Choice(known.runner, "the first of its alternatives that is known is taken")
        case LabelNot():
            return Choice(ANY, "a label to be avoided has no counterpart and is left out")
    return Choice(ANY, "its operator has no counterpart and is left out")


def _of_release(name: str, runner: Runner, configuration: Configuration) -> str | None:
    """What is said of a label for a release of a system (`ubuntu20`) that no runner here has."""
    asked = _RELEASE.search(_ARCHITECTURE.sub("", name))
    if not asked or not _is_generic(runner) or name in configuration.runners:
        return None
    return f"`{runner.runs_on.labels[-1]}` stands for this release of the system"


def _operands(tree: LabelExpression, operator: str) -> Iterator[LabelExpression]:
    """The operands of a chain of one operator."""
    if isinstance(tree, LabelBinary) and tree.operator == operator:
        yield from _operands(tree.left, operator)
        yield from _operands(tree.right, operator)
    else:
        yield tree


def _all(operands: tuple[LabelExpression, ...], configuration: Configuration) -> Choice:
    """A runner that has every label; one label that nobody knows makes it a self-hosted one."""
    choices = [(one, _choose(one, configuration)) for one in operands]
    remark = next((choice.remark for _, choice in choices if choice.remark), None)
    wanted = [choice.runner for one, choice in choices if not isinstance(one, LabelNot)]
    if not wanted:
        return Choice(ANY, remark)
    if all(one.known for one in wanted) and len({one.os for one in wanted}) == 1:
        special = [one for one in wanted if not _is_generic(one)]
        return Choice((special or wanted)[0], remark)
    kept = [one for one in operands if not isinstance(one, LabelNot)]
    names = [name for one in kept for name in label_names(one)]
    return Choice(_self_hosted(names), remark)


def _is_generic(runner: Runner) -> bool:
    return str(runner.runs_on.labels[-1]).endswith("-latest")


def _atom(name: str, configuration: Configuration) -> Runner | None:
    given = configuration.runners.get(name)
    if given:
        return _given(given, configuration)
    row = _row(name.lower(), configuration)
    return Runner(RunsOn(tuple(row["labels"])), row["os"]) if row else None


def _row(name: str, configuration: Configuration) -> Mapping[str, Any] | None:
    own = configuration.rows.get("runners", {})
    for pattern, row in (*own.items(), *table("runners").items()):
        if fnmatchcase(name, pattern.lower()) or _is_version(name, pattern.lower(), row):
            found: Mapping[str, Any] = row
            return found
    return None


def _is_version(name: str, word: str, row: Mapping[str, Any]) -> bool:
    """Whether a label is the word of a row and a version: `ubuntu-20.04`, not `ubuntu-box`."""
    versions = row.get("versions") or ()
    if not versions or not name.startswith(word):
        return False
    return re.fullmatch(rf"[._-]?(?:{'|'.join(versions)})", name[len(word) :]) is not None


def _given(given: tuple[str, ...], configuration: Configuration) -> Runner:
    known = any(_row(label.lower(), configuration) for label in given)
    hosted = known and "self-hosted" not in given
    return Runner(RunsOn(given), _system(given), hosted=hosted)


def _self_hosted(names: Iterable[str]) -> Runner:
    words = tuple(names)
    return Runner(RunsOn(("self-hosted", *words)), _system(words), hosted=False, known=False)


def with_windows(runner: Runner) -> Runner:
    """A self-hosted runner that must be one of Windows; it has that label by itself.

    https://docs.github.com/en/actions/reference/runners/self-hosted-runners
    """
    first, *rest = runner.runs_on.labels
    if runner.os != "linux" or "linux" in (str(label).lower() for label in rest):
        return runner
    return replace(runner, runs_on=RunsOn((first, "windows", *rest)), os="windows")


def _system(words: Iterable[str]) -> System:
    """The system that labels hint at; Linux where they do not."""
    for word in words:
        if _MACOS.search(word.lower()):
            return "macos"
        if _WINDOWS.search(word.lower()):
            return "windows"
    return "linux"
