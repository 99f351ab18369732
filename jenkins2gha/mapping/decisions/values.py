"""Values of Jenkins as expressions of GitHub's, and what GitHub says of a test on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.conditions import FALSE, TRUE
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Known, ListOf, text_of
from jenkins2gha.mapping.decisions.checks import TextCheck
from jenkins2gha.mapping.decisions.logic import (
    PULL_REQUEST,
    REF_NAME,
    any_of,
    chosen,
    never_empty,
    only_of_pull_requests,
    opposite,
)
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_NUMBER_OF_PULL_REQUEST = gha.Context("github.event.pull_request.number")
_PR = gha.Function("format", (gha.Literal("PR-{0}"), _NUMBER_OF_PULL_REQUEST))
_SAMPLES = (*range(1, 30), 99, 100, 345, 1234, 98765)
_BRANCH_OF_PULL_REQUEST = regex(r"PR-(\d+)", re.IGNORECASE)
_LIKE_PULL_REQUEST = regex(r"\^?\(?PR-(?:\d+|.*[*+}].*)?\)?\$?", re.IGNORECASE)
_DIGITS = regex(r"\d{1,9}")
_ALL_DIGITS = frozenset(
    {"github.event.pull_request.number", "github.run_number", "github.run_id", "github.run_attempt"}
)
_CONDITIONS = frozenset("contains startsWith endsWith success failure always cancelled".split())
_FEW = 3


class Unsaid(Exception):
    """No expression of GitHub's says it; a shell may."""


class Unknown(Unsaid):
    """Neither an expression of GitHub's says it nor a shell; the text is the reason."""


def as_expression(text: Text) -> gha.Expression:
    """A text as one expression.

    >>> from jenkins2gha.actions.expressions import write
    >>> write(as_expression(Template(("v", gha.Context("github.run_number")))))
    "format('v{0}', github.run_number)"
    """
    if isinstance(text, str):
        return gha.Literal(text)
    if not isinstance(text, Template):
        return text
    pattern = ""
    holes: list[gha.Expression] = []
    for part in text.parts:
        if isinstance(part, str):
            pattern += part.replace("{", "{{").replace("}", "}}")
        else:
            pattern += f"{{{len(holes)}}}"
            holes.append(part)
    return gha.Function("format", (gha.Literal(pattern), *holes))


def distributed(
    value: gha.Expression, test: Callable[[gha.Expression], gha.Expression]
) -> gha.Expression:
    """A test of each value that `case()` chooses from, under what it chooses by."""
    if isinstance(value, gha.Function) and value.name == "case":
        *pairs, otherwise = value.arguments
        result = distributed(otherwise, test)
        for number in range(len(pairs) - 2, -1, -2):
            result = chosen(pairs[number], distributed(pairs[number + 1], test), result)
        return result
    if isinstance(value, gha.Operation) and value.operator == "||" and not is_condition(value):
        # `a || b` is the first that is not empty.
        first, *others = value.operands
        rest = gha.Operation("||", tuple(others)) if len(others) > 1 else others[0]
        there = opposite(_is_empty(first))
        return chosen(there, distributed(first, test), distributed(rest, test))
    return test(value)


def is_condition(value: gha.Expression) -> bool:
    """Whether an expression is true or false, and nothing else."""
    match value:
        case gha.Literal(constant):
            return isinstance(constant, bool)
        case gha.Function(name):
            return name in _CONDITIONS
        case gha.Operation("&&" | "||", operands):
            return all(map(is_condition, operands))
    return isinstance(value, gha.Operation | gha.Not)


class Values:
    """Says tests of values.

    `loose` names the values of which the case of letters gets lost; `taken` says that branches
    whose names look like those of pull requests (`PR-7`) were left out of account.
    """

    def __init__(self, parameters: dict[str, Option], environment: Mapping[str, Text]) -> None:
        """`parameters` are the declared ones by the names of their inputs, `environment` the
        variables of the job."""
        self._parameters, self._environment = parameters, environment
        self.loose: dict[str, None] = {}
        self.taken = False

    def check(self, value: gha.Expression, check: TextCheck) -> gha.Expression:
        """Whether a text stands the check; raises Unsaid."""
        return distributed(value, lambda one: self._check(one, check))

    def flag(self, value: gha.Expression) -> gha.Expression:
        """A boolean value as a condition."""
        return distributed(value, _flag)

    def _check(self, value: gha.Expression, check: TextCheck) -> gha.Expression:
        if isinstance(value, gha.Literal):
            return _known(check, _text(value))
        if self._is_flag(value):
            return chosen(value, _known(check, "true"), _known(check, "false"))
        if value == _PR:
            return _of_pull_request(check)
        if check == TextCheck("EQUALS", ""):
            return _is_empty(value)
        if isinstance(value, gha.Context):
            if value.path in _ALL_DIGITS and check.kind in ("EQUALS", "equalsIgnoreCase"):
                if not check.constant.isdecimal():
                    return FALSE
                return gha.Operation("==", (value, gha.Literal(int(check.constant))))
            option = self._parameters.get(value.path.removeprefix("inputs."))
            if option and value.path.startswith("inputs.") and option.name == "choice":
                return self._choice(value, check, option)
        if value == REF_NAME and _like_pull_request(check):
            self.taken = True
            return FALSE
        inner = _without_ends(value, check)
        if inner is not None:
            return self.check(*inner) if isinstance(inner, tuple) else inner
        return self._said(value, check)

    def _said(self, value: gha.Expression, check: TextCheck) -> gha.Expression:
        said = check.said_of(value)
        if said is None:
            raise Unsaid
        if check.heeds_case and not self._is_settled(value, check):
            self.loose[gha.write(value)] = None
        return said

    def _is_settled(self, value: gha.Expression, check: TextCheck) -> bool:
        """Whether the job gives a variable a constant for which the case changes nothing."""
        name = value.path.removeprefix("env.") if isinstance(value, gha.Context) else ""
        text = self._environment.get(name)
        if not isinstance(text, str):
            return False
        return check.of(text) == replace(check, constant=check.constant.lower()).of(text.lower())

    def _choice(self, value: gha.Context, check: TextCheck, option: Option) -> gha.Expression:
        """A value that is one of a few: each of them is tested now."""
        choices = _choices(option)
        answers = {choice: check.of(choice) for choice in choices}
        if not choices or None in answers.values():
            return self._said(value, check)
        right = [choice for choice in choices if answers[choice]]
        folded = {choice.lower() for choice in right}
        if any(choice.lower() in folded for choice in choices if not answers[choice]):
            return self._said(value, check)
        if len(right) == len(choices):
            return TRUE
        same = [gha.Operation("==", (value, gha.Literal(choice))) for choice in right]
        said = check.said_of(value)
        if len(same) > 1 and said is not None and not check.heeds_case:
            return said
        if len(same) > _FEW:
            return self._said(value, check)
        return any_of(list(same))

    def _is_flag(self, value: gha.Expression) -> bool:
        if isinstance(value, gha.Context) and value.path.startswith("inputs."):
            option = self._parameters.get(value.path.removeprefix("inputs."))
            return option is not None and option.name == "booleanParam"
        return is_condition(value)


def _flag(value: gha.Expression) -> gha.Expression:
    if isinstance(value, gha.Literal):
        return TRUE if value.value in (True, "true") else FALSE
    return value


def _known(check: TextCheck, text: str) -> gha.Expression:
    answer = check.of(text)
    if answer is None:
        raise Unsaid
    return TRUE if answer else FALSE


def _text(literal: gha.Literal) -> str:
    value = literal.value
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_empty(value: gha.Expression) -> gha.Expression:
    match value:
        case gha.Context(path):
            if never_empty(path):
                return FALSE
            if only_of_pull_requests(path):
                return opposite(PULL_REQUEST)
        case gha.Function("format", (gha.Literal(str() as pattern), *_)):
            if any(one not in "{}0123456789" for one in pattern):
                return FALSE
    return gha.Operation("==", (value, gha.Literal("")))


def _of_pull_request(check: TextCheck) -> gha.Expression:
    """A check of `PR-n`, for the number of any pull request."""
    number = _BRANCH_OF_PULL_REQUEST.fullmatch(check.constant)
    if number and check.kind in ("EQUALS", "equalsIgnoreCase", "GLOB"):
        return gha.Operation("==", (_NUMBER_OF_PULL_REQUEST, gha.Literal(int(number[1]))))
    answers = {check.of(f"PR-{number}") for number in _numbers(check)}
    if answers in ({True}, {False}):
        return TRUE if answers == {True} else FALSE
    said = check.said_of(_PR)
    if said is None:
        raise Unsaid
    return said


def _like_pull_request(check: TextCheck) -> bool:
    """Whether a check asks for the names that Jenkins gives to pull requests."""
    whole = check.kind in ("EQUALS", "GLOB", "REGEXP", "startsWith") or check.constant[:1] == "^"
    return whole and _LIKE_PULL_REQUEST.fullmatch(check.constant) is not None


def _numbers(check: TextCheck) -> set[int]:
    """Numbers of pull requests that tell whether all of them are alike for a check."""
    own = [int(digits) for digits in _DIGITS.findall(check.constant)]
    near = [more for one in own for more in (one, 10 * one, 10 * one + 5, 100 * one + 11)]
    return {*_SAMPLES, *near}


def spares_pull_requests(check: TextCheck) -> bool:
    """Whether no pull request stands a check, by the name in Jenkins or on GitHub."""
    names = (name for n in _numbers(check) for name in (f"PR-{n}", f"{n}/merge"))
    return all(check.of(name) is False for name in names)


def _without_ends(
    value: gha.Expression, check: TextCheck
) -> tuple[gha.Expression, TextCheck] | gha.Expression | None:
    """`format('origin/{0}', x) == 'origin/main'` is `x == 'main'`; None for anything else."""
    if check.kind != "EQUALS" or not isinstance(value, gha.Function) or value.name != "format":
        return None
    match value.arguments:
        case (gha.Literal(str() as pattern), inner) if pattern.count("{") == 1:
            before, _, behind = pattern.partition("{0}")
            text = check.constant
            if len(text) < len(before + behind) or not (
                text.startswith(before) and text.endswith(behind)
            ):
                return FALSE
            return inner, TextCheck("EQUALS", text[len(before) : len(text) - len(behind)])
    return None


def _choices(option: Option) -> list[str]:
    """What can be chosen; nothing where that is not known."""
    given = option.arguments.get("choices")
    if given is None and len(option.positional) > 1:
        given = option.positional[1]
    if isinstance(given, ListOf):
        texts = [text_of(item) for item in given.items]
        return [] if None in texts else [text for text in texts if text is not None]
    return (text_of(given) or "").splitlines() if isinstance(given, Known) else []
