"""Methods of closures, of matchers, and of entries of maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jenkins2gha.simulate.jenkins.errors import thrown
from jenkins2gha.simulate.jenkins.groovy.coercion import Entry
from jenkins2gha.simulate.jenkins.groovy.matching import matched
from jenkins2gha.simulate.jenkins.groovy.methods.table import (
    Table,
    plain,
    taking,
)
from jenkins2gha.simulate.jenkins.groovy.regexes import replacement
from jenkins2gha.simulate.jenkins.groovy.values import (
    Closure,
    Matcher,
    Steps,
    Value,
    integer,
    to_text,
)

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter


def _set_delegate(_: Interpreter, target: Value, given: list[Value]) -> Value:
    if isinstance(target, Closure):
        target.delegate = None if isinstance(given[0], Steps) else given[0]
    return None


METHODS: Final[Table] = {
    "call": lambda i, c, g: i.call(c, *g),
    "doCall": lambda i, c, g: i.call(c, *g),
    "setDelegate": _set_delegate,
    "setResolveStrategy": plain(lambda _: None),
}


def _matcher(target: Value) -> Matcher:
    assert isinstance(target, Matcher)
    return target


def _find(_: Interpreter, target: Value, __: list[Value]) -> Value:
    matcher = _matcher(target)
    matcher.found = matcher.pattern.search(matcher.text, matcher.at)
    if matcher.found is not None:
        matcher.at = max(matcher.found.end(), matcher.found.start() + 1)
    return matcher.found is not None


def _matches(_: Interpreter, target: Value, __: list[Value]) -> Value:
    matcher = _matcher(target)
    matcher.found = matcher.pattern.fullmatch(matcher.text)
    return matcher.found is not None


def _group(_: Interpreter, target: Value, given: list[Value]) -> Value:
    matcher = _matcher(target)
    if matcher.found is None:
        raise thrown("IllegalStateException", "No match found")
    at = given[0] if given else 0
    try:
        return matcher.found[integer(at) if isinstance(at, int) else to_text(at)]
    except IndexError:
        raise thrown("IndexOutOfBoundsException", f"No group {to_text(at)}") from None


MATCHER: Final[Table] = {
    "find": _find,
    "matches": _matches,
    "group": _group,
    "getCount": plain(lambda m: len(list(_matcher(m).pattern.finditer(_matcher(m).text)))),
    "size": plain(lambda m: len(list(_matcher(m).pattern.finditer(_matcher(m).text)))),
    "groupCount": plain(lambda m: _matcher(m).pattern.groups),
    "hasGroup": plain(lambda m: _matcher(m).pattern.groups > 0),
    "replaceAll": taking(
        lambda m, g: _matcher(m).pattern.sub(replacement(to_text(g[0])), _matcher(m).text)
    ),
    "replaceFirst": taking(
        lambda m, g: _matcher(m).pattern.sub(replacement(to_text(g[0])), _matcher(m).text, count=1)
    ),
    "getAt": taking(lambda m, g: matched(_matcher(m), integer(g[0]))),
}


def _entry(target: Value) -> Entry:
    assert isinstance(target, Entry)
    return target


ENTRY: Final[Table] = {
    "getKey": plain(lambda e: _entry(e).key),
    "getValue": plain(lambda e: _entry(e).value),
}
