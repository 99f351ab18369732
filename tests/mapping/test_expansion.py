"""Names that the Git plugin puts into the texts of a checkout."""

from __future__ import annotations

import pytest

from jenkins2gha.jenkins.values import (
    Concat,
    Constant,
    EnvironmentRef,
    Expr,
    Known,
    MapOf,
    ParameterRef,
    Symbolic,
    Value,
)
from jenkins2gha.mapping.expansion import expanded
from jenkins2gha.mapping.remotes import Refused
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import replace
from jenkins2gha.source import Source
from mapped import LINUX, parameters

SPAN = Source("test", "test").span(0, 4)
CONTEXT = replace(LINUX, parameters=parameters(REF="main"), environment={"OWN": "x"})


def after(value: Value, scope: Scope | None = None, context: Context = CONTEXT) -> Value:
    return expanded(value, scope or Scope(), context)


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("$REF", ParameterRef("REF")),
        ("${REF}", ParameterRef("REF")),
        ("*/${REF}", Concat((Constant("*/"), ParameterRef("REF")))),
        ("${BRANCH_NAME}-x", Concat((EnvironmentRef("BRANCH_NAME"), Constant("-x")))),
        ("$REF/$TEAM", Concat((ParameterRef("REF"), Constant("/"), EnvironmentRef("TEAM")))),
    ],
)
def test_a_name_becomes_a_reference(text: str, expression: Expr) -> None:
    assert after(Known(text, SPAN)) == Symbolic(expression, SPAN)


@pytest.mark.parametrize("text", ["main", "feature/x", "a$", "a-$-b", "", "${}"])
def test_a_text_without_names_stays(text: str) -> None:
    assert after(Known(text, SPAN)) == Known(text, SPAN)


def test_two_dollars_are_one() -> None:
    assert after(Known("a$$REF", SPAN)) == Known("a$REF", SPAN)


def test_the_constant_parts_of_a_computed_text() -> None:
    given = Symbolic(Concat((Constant("${REF}/"), EnvironmentRef("X"))), SPAN)
    wanted = Concat((ParameterRef("REF"), Constant("/"), EnvironmentRef("X")))
    assert after(given) == Symbolic(wanted, SPAN)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("${OWN}", Scope()),
        ("${HERE}", Scope(env={"HERE": "x"})),
        ("${LATE}", Scope(exports=(("LATE", None),))),
        ("${params.REF}", Scope()),
    ],
)
def test_what_jenkins_does_not_put_in_is_refused(text: str, scope: Scope) -> None:
    with pytest.raises(Refused):
        after(Known(text, SPAN), scope)


def test_a_parameter_of_the_same_name_goes_first() -> None:
    scope = Scope(env={"REF": "x"})
    assert after(Known("$REF", SPAN), scope) == Symbolic(ParameterRef("REF"), SPAN)


def test_only_the_arguments_that_the_plugin_expands() -> None:
    text = Known("$REF", SPAN)
    given = MapOf((("url", text), ("credentialsId", text)), SPAN)
    wanted = MapOf((("url", Symbolic(ParameterRef("REF"), SPAN)), ("credentialsId", text)), SPAN)
    assert after(given) == wanted
