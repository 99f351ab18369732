"""`when { }`. Source: pipeline-model-definition, when/impl/*."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins import names
from jenkins2gha.simulate.jenkins.declarative.model import block, calls, refuse
from jenkins2gha.simulate.jenkins.declarative.patterns import matches
from jenkins2gha.simulate.jenkins.groovy.regexes import compiled
from jenkins2gha.simulate.jenkins.groovy.values import Closure, Value, equals, to_text, truth
from jenkins2gha.simulate.jenkins.invocation import Invocation, invocation

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run

Test: TypeAlias = Callable[[], bool]
_TIMES: Final = frozenset(("beforeAgent", "beforeInput", "beforeOptions"))
START: Final = frozenset(
    ("branch", "tag", "buildingTag", "changeRequest", "changeset", "changelog", "triggeredBy")
)
"""Conditions on how a run was started alone."""


class When:
    """The condition of one stage: looked at once, when its time has come."""

    def __init__(self, run: Run, call: ast.Call | None) -> None:
        self._run, self._call = run, call
        self.passed = call is None
        self._early: set[str] = set()
        for one in calls(run, block(run, call)) if call else ():
            if one.word in _TIMES and _is_true(one):
                self._early.add(one.word or "")

    def passes(self, time: str = "") -> bool:
        """Whether the stage goes on; before its time it does."""
        if self.passed or (time and time not in self._early):
            return True
        assert self._call is not None
        self.passed = all(test() for test in _tests(self._run, self._call))
        return self.passed


def _is_true(call: ast.Call) -> bool:
    first = call.arguments[0] if call.arguments else None
    return isinstance(first, ast.BooleanLiteral) and first.value


def _tests(run: Run, call: ast.Call) -> list[Test]:
    """The conditions in a block: what they are given is computed before the first is asked."""
    return [_test(run, one) for one in calls(run, block(run, call)) if one.word not in _TIMES]


def _test(run: Run, call: ast.Call) -> Test:
    match call.word:
        case "allOf":
            tests = _tests(run, call)
            return lambda: all(test() for test in tests)
        case "anyOf":
            tests = _tests(run, call)
            return lambda: any(test() for test in tests)
        case "not":
            tests = _tests(run, call)
            if len(tests) != 1:
                raise refuse(run, call, "not takes exactly one condition")
            return lambda: not tests[0]()
        case "expression":
            body = block(run, call)
            return lambda: truth(run.interpreter.call(Closure(body, run.interpreter.top)))
    known = _CONDITIONS.get(call.word or "")
    if known is None:
        raise refuse(run, call, f"the condition {call.word}")
    given = run.interpreter.arguments(call, run.interpreter.top)
    called = invocation(call, call.word or "", given)
    test = known
    return lambda: test(run, called)


def _pattern(called: Invocation, name: str = "pattern") -> str:
    value = called.positional[0] if called.positional else called.named.get(name)
    return "" if value is None else to_text(value)


def _variable(run: Run, name: str) -> str | None:
    return run.build.variable(name)


def _branch(run: Run, called: Invocation) -> bool:
    actual = _variable(run, "BRANCH_NAME") or _variable(run, "GIT_LOCAL_BRANCH")
    pattern = _pattern(called)
    if not pattern and not actual:
        return True
    if not pattern or not actual:
        return False
    return matches(pattern, actual, called.text("comparator"))


def _tag(run: Run, called: Invocation) -> bool:
    actual, pattern = _variable(run, "TAG_NAME"), _pattern(called)
    if not pattern and not actual:
        return True
    if not pattern or not actual:
        return False
    return matches(pattern, actual, called.text("comparator"))


def _building_tag(run: Run, _: Invocation) -> bool:
    return bool(_variable(run, "TAG_NAME"))


_CHANGE: Final = {
    "id": "CHANGE_ID",
    "target": "CHANGE_TARGET",
    "branch": "CHANGE_BRANCH",
    "fork": "CHANGE_FORK",
    "title": "CHANGE_TITLE",
    "author": "CHANGE_AUTHOR",
    "authorDisplayName": "CHANGE_AUTHOR_DISPLAY_NAME",
    "authorEmail": "CHANGE_AUTHOR_EMAIL",
}


def _change_request(run: Run, called: Invocation) -> bool:
    if not _variable(run, "CHANGE_ID"):
        return False
    comparator = called.text("comparator")
    return all(
        matches(pattern, _variable(run, variable), comparator, default="EQUALS")
        for name, variable in _CHANGE.items()
        if (pattern := called.text(name))
    )


def _changeset(run: Run, called: Invocation) -> bool:
    return any(
        matches(
            _pattern(called),
            path,
            called.text("comparator"),
            case_sensitive=called.flag("caseSensitive"),
        )
        for path in run.situation.changed
    )


def _changelog(run: Run, called: Invocation) -> bool:
    pattern = _pattern(called)
    lines = compiled(rf"^[^\r\n]*?{pattern}[^\r\n]*?$", re.MULTILINE | re.DOTALL)
    return any(
        compiled(pattern).fullmatch(message.partition("\n")[0]) or lines.fullmatch(message)
        for message in run.situation.messages
    )


def _environment(run: Run, called: Invocation) -> bool:
    actual, wanted = _variable(run, called.text("name")) or "", called.text("value")
    if called.flag("ignoreCase"):
        return actual.lower() == wanted.lower()
    return actual == wanted


def _equals(_: Run, called: Invocation) -> bool:
    return equals(called.named.get("expected"), called.named.get("actual"))


def _triggered_by(run: Run, called: Invocation) -> bool:
    wanted = _pattern(called, "cause").lower()
    detail: Value = called.named.get("detail")
    found = [one for one in names.causes(run.situation) if one.lower().startswith(wanted)]
    if detail is not None:
        return bool(found) and to_text(detail) == run.situation.user
    return bool(found)


_CONDITIONS: Final[dict[str, Callable[[Run, Invocation], bool]]] = {
    "branch": _branch,
    "tag": _tag,
    "buildingTag": _building_tag,
    "changeRequest": _change_request,
    "changeset": _changeset,
    "changelog": _changelog,
    "environment": _environment,
    "equals": _equals,
    "triggeredBy": _triggered_by,
    "isRestartedRun": lambda *_: False,
}


def is_true(run: Run, node: ast.Expression) -> bool:
    """Whether a condition of `when`, or one of Groovy, holds here."""
    if isinstance(node, ast.Call) and node.receiver is None and node.word in _CONDITIONS:
        return _test(run, node)()
    return truth(run.interpreter.evaluate(node, run.interpreter.top))
