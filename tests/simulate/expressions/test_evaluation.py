"""GitHub's expressions, rule by rule."""

from __future__ import annotations

import math
from typing import Any

import pytest

from jenkins2gha.simulate.expressions import (
    EvaluationError,
    Function,
    Object,
    SyntaxFault,
    calculate,
    plain,
    to_text,
    value_of,
)

CONTEXTS = {
    name: value_of(data)
    for name, data in {
        "github": {"ref": "refs/heads/Main", "event": {"labels": [{"name": "Bug"}, {"x": 1}, 3]}},
        "needs": {"a": {"result": "success"}, "b": {"result": "skipped"}},
        "inputs": {"flag": False, "text": ""},
    }.items()
}


def result(expression: str) -> Any:
    return plain(calculate(expression, CONTEXTS))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a' == 'A'", True),
        ("'É' == 'é'", True),
        ("'ß' == 'SS'", False),
        ("1 == '1'", True),
        ("1 == ' 1 '", True),
        ("0 == ''", True),
        ("null == ''", True),
        ("null == false", True),
        ("null == 0", True),
        ("null == null", True),
        ("true == 1", True),
        ("true == 'true'", False),
        ("true == '1'", True),
        ("NaN == NaN", False),
        ("NaN != NaN", True),
        ("'NaN' == NaN", False),
        ("'x' == 0", False),
        ("Infinity == 'Infinity'", True),
        ("github == github", True),
        ("github.event == needs", False),
        ("needs.* == needs.*", False),
        ("needs == null", False),
        ("'0x1f' == 31", True),
        ("'0o17' == 15", True),
        ("'0xffffffff' == -1", True),
        ("'1e2' == 100", True),
    ],
)
def test_equality_is_loose(expression: str, value: bool) -> None:
    assert result(expression) is value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'a' < 'B'", True),
        ("'10' < '9'", True),
        ("10 > '9'", True),
        ("1 <= 1", True),
        ("true > false", True),
        ("null < 1", True),
        ("null >= null", True),
        ("null > null", False),
        ("'x' > 0", False),
        ("'x' <= 0", False),
        ("github > 0", False),
        ("NaN <= NaN", False),
    ],
)
def test_order_is_loose_too(expression: str, value: bool) -> None:
    assert result(expression) is value


@pytest.mark.parametrize("value", ["false", "0", "-0", "NaN", "''", "null"])
def test_what_is_falsy(value: str) -> None:
    assert result(f"!{value}") is True


@pytest.mark.parametrize("value", ["true", "1", "' '", "'false'", "'0'", "Infinity", "github"])
def test_what_is_truthy(value: str) -> None:
    assert result(f"!{value}") is False


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("'' || 'x'", "x"),
        ("'a' && 'b'", "b"),
        ("0 && 'b'", 0),
        ("null || 0", 0),
        ("inputs.flag || true", True),
        ("1 && 2 && '' || 3", 3),
        ("1 || fromJSON('')", 1),
        ("!true || true && false", False),
        ("1 < 2 == true", True),
        ("!1 == false", True),
        ("!(1 == 2)", True),
        ("(1 || 0) && 2", 2),
    ],
)
def test_and_and_or_give_an_operand(expression: str, value: object) -> None:
    assert result(expression) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("github.REF", "refs/heads/Main"),
        ("GitHub['ref']", "refs/heads/Main"),
        ("github.nothing", None),
        ("github.nothing.below", None),
        ("github.ref.below", None),
        ("github.nothing.*", []),
        ("github.ref[fromJSON('')]", None),
        ("github.event.labels[0].name", "Bug"),
        ("github.event.labels[1.9].x", 1),
        ("github.event.labels['0'].name", "Bug"),
        ("github.event.labels[3]", None),
        ("github.event.labels[-1]", None),
        ("github.event.labels[Infinity]", None),
        ("github.event.labels.name", None),
        ("github.event.labels.*.name", ["Bug"]),
        ("github.event.labels[*].name", ["Bug"]),
        ("needs.*.result", ["success", "skipped"]),
        ("(needs.*).result", ["success", "skipped"]),
        ("needs.*.*", ["success", "skipped"]),
        ("contains(needs.*.result, 'SKIPPED')", True),
    ],
)
def test_access(expression: str, value: object) -> None:
    assert result(expression) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("contains('Hello', 'ELL')", True),
        ("contains('a', '')", True),
        ("contains(123, 2)", True),
        ("contains(fromJSON('[1,2]'), '2')", True),
        ("contains(fromJSON('[null]'), 0)", True),
        ("contains(fromJSON('[]'), null)", False),
        ("contains(github, 'ref')", False),
        ("startsWith(github.ref, 'REFS/')", True),
        ("startsWith('a', github)", False),
        ("endsWith('abc', 'BC')", True),
        ("format('{0} {{{1}}} {0}', 1, true)", "1 {true} 1"),
        ("format('{0}', github)", "Object"),
        ("format('{0}', needs.*)", "Array"),
        ("format('{0}|', null)", "|"),
        ("format('x', fromJSON(''))", "x"),
        ("join(fromJSON('[1,null,true,\"b\"]'))", "1,,true,b"),
        ("join(fromJSON('[1,[2]]'), '-')", "1-Array"),
        ("join('a', '-')", "a"),
        ("join(github)", ""),
        ("toJSON(fromJSON('[1,[],{}]'))", "[\n  1,\n  [],\n  {}\n]"),
        ("toJSON(fromJSON('{\"a\":[1]}'))", '{\n  "a": [\n    1\n  ]\n}'),
        ("toJSON('a\"\\')", '"a\\"\\\\"'),
        ("toJSON(null)", "null"),
        ("fromJSON('{\"A\":{\"b\":1}}').a.B", 1),
        ("fromJSON('\"x\"')", "x"),
        ("case(true, 1, 2)", 1),
        ("case(false, 1, true, 2, 3)", 2),
        ("case(false, 1, false, 2, 3)", 3),
        ("case(true, 1, fromJSON(''), 2, 3)", 1),
    ],
)  # fmt: skip
def test_functions(expression: str, value: object) -> None:
    assert result(expression) == value


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (1.0, "1"),
        (-1.5, "-1.5"),
        (1.10, "1.1"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.333333333333333"),
        (123456789012345.0, "123456789012345"),
        (1e15, "1E+15"),
        (1.5e21, "1.5E+21"),
        (0.00001, "1E-05"),
        (0.0001, "0.0001"),
        (999999999999999.9, "1E+15"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
    ],
)
def test_numbers_have_at_most_15_digits(number: float, text: str) -> None:
    assert to_text(number) == text


@pytest.mark.parametrize(
    "expression",
    [
        "fromJSON('')",
        "fromJSON('{')",
        "fromJSON('NaN')",
        "fromJSON('[1] 2')",
        "case('true', 1, 2)",
        "case(1, 1, 2)",
        "format('{1}', 1)",
        "format('{')",
        "format('}')",
        "format('{x}', 1)",
        "format('{0:x}', 1)",
        "format('{256}', 1)",
    ],
)
def test_what_has_no_value(expression: str) -> None:
    with pytest.raises(EvaluationError):
        calculate(expression, CONTEXTS)


@pytest.mark.parametrize(
    ("expression", "what", "token", "position"),
    [
        ("1 +", "Unexpected symbol", "+", 3),
        ("a", "Unrecognized named-value", "a", 1),
        ("f()", "Unrecognized function", "f", 1),
        ("1 ==", "Unexpected end of expression", "==", 3),
        ("(1", "Unexpected end of expression", "1", 2),
        ('"a"', "Unexpected symbol", '"a"', 1),
        ("'a", "Unexpected symbol", "'a", 1),
        ("1 = 1", "Unexpected symbol", "=", 3),
        ("1 & 1", "Unexpected symbol", "&", 3),
        ("true.x", "Unexpected symbol", ".", 5),
        ("join(1, )", "Unexpected symbol", ")", 9),
        ("github.5", "Unexpected symbol", "5", 8),
        ("(1, 2)", "Unexpected symbol", ",", 3),
        ("1 == !2 3", "Unexpected symbol", "3", 9),
        ("github[)", "Unexpected symbol", ")", 8),
        ("join()", "Too few parameters supplied", "(", 5),
        ("join(1,2,3)", "Too many parameters supplied", "(", 5),
        (
            "case(1,2,3,4)",
            "Even number of parameters supplied, requires an odd number of parameters",
            "(",
            5,
        ),
    ],
)
def test_what_is_no_expression(expression: str, what: str, token: str, position: int) -> None:
    with pytest.raises(SyntaxFault) as raised:
        calculate(expression, CONTEXTS)
    where = f"Located at position {position} within expression: {expression}"
    assert str(raised.value) == f"{what}: '{token}'. {where}"


def test_depth_and_length_are_limited() -> None:
    assert result("!" * 48 + "true") is True
    assert result("(" * 3000 + "1" + ")" * 3000) == 1
    assert result(" && ".join(["1"] * 3000)) == 1
    with pytest.raises(SyntaxFault, match="Exceeded max expression depth 50"):
        calculate("!" * 50 + "true")
    with pytest.raises(SyntaxFault, match="Exceeded max expression length 21000"):
        calculate("1" + " " * 21000)


def test_a_function_of_the_caller_is_found_whatever_its_case() -> None:
    double = Function(lambda given: to_text(given[0]()) * 2, 1, 1)
    assert calculate("TWICE('ab')", {}, {"twice": double}) == "abab"


def test_only_the_keys_of_a_case_sensitive_map_are_told_apart() -> None:
    env = Object((("A", "1"), ("a", "2")), case_sensitive=True)
    assert plain(calculate("env.a", {"env": env})) == "2"
    assert plain(calculate("x.a", {"x": Object(env.pairs)})) == "2"
    assert len(Object(env.pairs).pairs) == 1
