"""What statements lead to: choices, loops written out, methods followed, results captured."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from jenkins2gha.jenkins.pipeline import (
    Assignment,
    Attempt,
    Branches,
    BuildProperty,
    Choice,
    Groovy,
    Item,
    Step,
    Steps,
)
from jenkins2gha.jenkins.values import ListOf
from pipelines import declarative, pipeline, script
from showing import shown, shown_expr


def told(items: Iterable[Item]) -> list[object]:
    """Items in a form that is short to compare: a step as its name and what it is given."""
    return [one for item in items for one in _told(item)]


def _told(item: Item) -> list[object]:
    match item:
        case Step():
            given = [shown(value) for value in (*item.arguments.values(), *item.positional)]
            texts = [str(one) for one in given if not isinstance(one, bool | list)]
            kept = f" -> {item.captured.key}" if item.captured else ""
            own = " ".join([item.name, *texts]) + kept
            return [own, told(item.body)] if item.body is not None else [own]
        case Choice(branches, otherwise):
            said: list[object] = []
            for branch in branches:
                said += [f"if {shown_expr(branch.condition)}", told(branch.items)]
            return [*said, "else", told(otherwise)] if otherwise else said
        case Assignment(name, value):
            return [f"env.{name} = {shown(value)}"]
        case BuildProperty(name, value):
            return [f"build.{name} = {shown(value)}"]
        case Attempt(inner, handler, last):
            said = ["try", told(inner)]
            if handler is not None:
                said += ["rethrow" if item.rethrows else "catch", told(handler)]
            return [*said, "finally", told(last)] if last else said
        case Branches(branches):
            first = "fast" if item.fail_fast else "parallel"
            return [first, {name: told(inner) for name, inner in branches}]
        case Groovy(reason=reason):
            return [f"? {reason}"]
    raise AssertionError(item)


def of(text: str, *, before: str = "", top: str = "") -> list[object]:
    return told(script(text, before=before, top=top))


MAIN = "if {env.BRANCH_NAME} == main"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("if (true) { sh 'a' } else { sh 'b' }", ["sh a"]),
        ("if (env.BRANCH_NAME == 'main') { sh 'a' }", [MAIN, ["sh a"]]),
        (
            "if (env.BRANCH_NAME == 'main') sh 'a'\nelse if (params.P) sh 'b'\nelse sh 'c'",
            [MAIN, ["sh a"], "if ?{params.P}", ["sh b"], "else", ["sh c"]],
        ),
        ("env.BRANCH_NAME == 'main' ? sh('a') : sh('b')", [MAIN, ["sh a"], "else", ["sh b"]]),
        ("params.P && sh('a')", ["if ?{params.P}", ["sh a"]]),
        ("if (params.P) { return }\nsh 'a'", ["if !?{params.P}", ["sh a"]]),
        (
            "if (params.P) { if (params.Q) { return }\nsh 'a' }\nsh 'b'",
            ["if ?{params.P}", ["if !?{params.Q}", ["sh a", "sh b"]], "else", ["sh b"]],
        ),
        (
            """switch (params.P) {
                case 'a': sh '1'; break
                case ['b', 'c']: sh '2'
                default: sh '3'
            }""",
            [
                "if {params.P} == a",
                ["sh 1"],
                "if ({params.P} == b || {params.P} == c)",
                ["sh 2", "sh 3"],
                "else",
                ["sh 3"],
            ],
        ),
        ("switch ('b') { case 'a': sh '1'; break\ncase 'b': sh '2' }", ["sh 2"]),
    ],
)
def test_a_condition_of_the_run_is_a_choice(text: str, items: list[object]) -> None:
    assert of(text) == items


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("def x = 'a'\nif (params.P) { x = 'b' }\nmine x", "mine (?{params.P} ? b : a)"),
        ("def x = 'a'\nif (params.P) { x = 'b' } else { x = 'b' }\nmine x", "mine b"),
        ("def x = 'a'\nif (params.P) { x = 'b'; error 'no' }\nmine x", "mine a"),
        ("def x = 'a'\nx += 'b'\nmine x", "mine ab"),
        ("def x = [a: [1]]\nx.a << 2\nx.b = 'c'\nmine x.a.size() + x.b", "mine 2c"),
        ("def (a, b) = ['x', 'y']\nmine b + a", "mine yx"),
        ("def x = []\n['a', 'b'].each { x << it + '1' }\nmine x.join(',')", "mine a1,b1"),
        ("mine (['a', 'b'].findAll { it != 'a' }.collect { it * 2 }.first())", "mine bb"),
        ("mine ((1..4).collect { it * it }.join('-'))", "mine 1-4-9-16"),
        ("def x = env.A\nenv.A = 'b'\nmine x", "mine ?"),
        ("try { x = 'a'; sh 'b' } catch (e) { x = 'c' }\nmine x", "mine ?"),
        ("mine 'a/b'.split('/')[1].toUpperCase()", "mine B"),
        ("mine env.A.split('/')[1]", "mine split({env.A}, /, 1)"),
        ("mine env.A?.startsWith('x') ? 1 : 2", "mine (startsWith({env.A}, x) ? 1 : 2)"),
        (
            "mine params.P in ['a', 'b'] ? 1 : 2",
            "mine (({params.P} == a || {params.P} == b) ? 1 : 2)",
        ),
    ],
)
def test_a_variable_is_worth_what_was_assigned_last(text: str, given: str) -> None:
    assert [one for one in of(text) if str(one).startswith("mine")] == [given]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("for (x in ['a', 'b']) { sh x }", ["sh a", "sh b"]),
        ("for (x in ['a', 'b']) { if (x == 'a') continue\nsh x }", ["sh b"]),
        ("for (x in ['a', 'b']) { sh x\nbreak }", ["sh a"]),
        (
            "for (x in ['a', 'b']) { if (params.P) break\nsh x }",
            ["if !?{params.P}", ["sh a", "if !?{params.P}", ["sh b"]]],
        ),
        ('for (int i = 0; i < 4; i++) { if (i % 2) continue\nsh "n$i" }', ["sh n0", "sh n2"]),
        ('for (int i = 0; i < 2; i++) { sh "n$i" }', ["sh n0", "sh n1"]),
        ('def i = 0\nwhile (i < 2) { sh "n$i"; i++ }', ["sh n0", "sh n1"]),
        ('2.times { sh "n$it" }', ["sh n0", "sh n1"]),
        ("[a: '1', b: '2'].each { k, v -> sh k + v }", ["sh a1", "sh b2"]),
        ("['a', 'b'].eachWithIndex { x, i -> sh x + i }", ["sh a0", "sh b1"]),
        (
            "for (x in ['a', 'b']) { if (params.P) continue\nsh x }",
            ["if !?{params.P}", ["sh a"], "if !?{params.P}", ["sh b"]],
        ),
    ],
)
def test_a_loop_over_what_is_known_is_written_out(text: str, items: list[object]) -> None:
    assert of(text) == items


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("for (x in lookup()) { sh x }", "it takes the result of `lookup`"),
        ("while (params.P) { sh 'a' }", "it repeats under a condition that only a run decides"),
        ("for (x in 1..300) { sh 'a' }", "it repeats more than 256 times"),
        ("readJSON(file: 'a').each { sh it }", "it takes the result of `readJSON`"),
        ("try { sh 'a' } catch (FileNotFoundException e) { sh 'b' }", "it handles only"),
    ],
)
def test_what_only_a_run_follows_is_groovy(text: str, reason: str) -> None:
    found = of(text)
    assert str(found[-1]).startswith(f"? {reason}"), found


def test_a_method_is_followed_where_it_is_called() -> None:
    before = """
        def build(Map given = [:], String what, flag = false) {
            if (flag) { sh 'flagged' }
            sh "build ${what} ${given.target ?: 'all'}"
            return what.toUpperCase()
        }
        """
    found = of("def r = build('a', target: 'x')\nmine r\nbuild('b', true)", before=before)
    assert found[:2] == ["sh build a x", "mine A"]


def test_a_method_that_calls_itself_is_left_to_a_person() -> None:
    found = of("count(3)", before='def count(n) { sh "n$n"; count(n) }')
    assert found[-1] == "? `count` calls itself"


def test_results_of_steps_are_captured_in_front() -> None:
    found = of(
        "def v = sh(script: 'x', returnStdout: true).trim()\n"
        "if (fileExists('f') && sh(script: 'y', returnStatus: true) == 0) { mine v }"
    )
    assert found == [
        "sh x -> v",
        "fileExists f -> exists",
        "if ?<exists>",
        ["sh y -> status"],
        "if (?<exists> && <status> == 0)",
        ["mine <v>"],
    ]


def test_one_reader_that_trims_says_so_to_the_step() -> None:
    (step,) = script("def v = sh(script: 'x', returnStdout: true).trim()")
    assert isinstance(step, Step)
    assert step.captured is not None
    assert step.captured.trimmed


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "try { sh 'a' } catch (e) { echo 'b'; throw e } finally { sh 'c' }",
            ["try", ["sh a"], "rethrow", ["echo b"], "finally", ["sh c"]],
        ),
        ("try { sh 'a' } catch (Exception e) { sh 'b' }", ["try", ["sh a"], "catch", ["sh b"]]),
        ("throw new Exception('no')", ["error no"]),
        ("env.A = 'x' + params.P", ["env.A = x{params.P}"]),
        ("env['A'] = 'x'", ["env.A = x"]),
        ("currentBuild.result = 'UNSTABLE'", ["build.result = UNSTABLE"]),
        ("assert params.P == 'a' : 'no'", ["if {params.P} != a", ["error no"]]),
        ("parallel a: { sh '1' }, failFast: true", ["fast", {"a": ["sh 1"]}]),
        (
            "def m = [:]\n['a', 'b'].each { x -> m[x] = { sh x } }\nparallel m",
            ["parallel", {"a": ["sh a"], "b": ["sh b"]}],
        ),
        (
            "def m = [:]\nfor (x in ['a', 'b']) { m[x] = { sh x } }\nparallel m",
            ["parallel", {"a": ["sh b"], "b": ["sh b"]}],
        ),
    ],
)
def test_statements_have_items_of_their_own(text: str, items: list[object]) -> None:
    assert of(text) == items


def test_variables_go_from_stage_to_stage() -> None:
    read = pipeline(
        """
        def v = 'a'
        pipeline {
            agent any
            stages {
                stage('A') { steps { script { v = sh(script: 'x', returnStdout: true) } } }
                stage('B') {
                    when { branch 'main' }
                    steps { script { w = 'set' } }
                }
                stage('C') { steps { mine(v, w) } }
            }
            post {
                success { mine w }
                always { mine w }
            }
        }
        """
    )
    body = read.stages[2].body
    assert isinstance(body, Steps)
    assert told(body.items)[0].startswith("mine <v> (PathTest(")  # type: ignore[attr-defined]
    success, always = (told(block.steps) for block in read.post)
    assert "set" in str(success)
    assert always == ["mine ?"]


def test_steps_that_no_run_reaches_are_known() -> None:
    text = declarative(stage="steps { script { if (false) { sh 'a' }\nreturn\nsh 'b' } }")
    assert [step.span.text for step in pipeline(text).never] == ["sh 'a'", "sh 'b'"]


def test_what_doubles_with_every_line_ends() -> None:
    text = "def x = 'a'\n" + "if (params.P) { x = x + 'b' } else { x = x + 'c' }\n" * 12 + "mine x"
    assert of(text)[-1] == "mine ?"


def test_ways_that_double_with_every_line_end() -> None:
    text = "if (params.P) { if (params.Q) { return }\nsh 'a' }\n" * 16
    assert any(str(one).startswith("? ") for one in _flat(of(text)))


def _flat(found: list[object]) -> Iterable[object]:
    for one in found:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one


def test_a_list_is_no_text() -> None:
    (step,) = script("mine(['a', env.B])")
    assert isinstance(step, Step)
    assert isinstance(step.positional[0], ListOf)


READ_IN_A_BLOCK = {
    "a value of the block stays behind it": (
        "def v\nwithEnv(['A=in']) { v = \"${A}!\"; sh 'a' }\nsh \"x ${v}\"",
        ["withEnv", ["sh a"], "sh x in!"],
    ),
    "a value from around it is not known inside": (
        'def v = "${A}!"\nwithEnv([\'A=in\']) { mine v }\nsh "x ${v}"',
        ["withEnv", ["mine ?"], "sh x {env.A}!"],
    ),
    "a name that hands on what it was": (
        'def v = "${A}!"\nwithEnv(["A=${A}"]) { mine v }',
        ["withEnv", ["mine {env.A}!"]],
    ),
    "a secret is gone with its block": (
        """def v
        withCredentials([string(credentialsId: 'i', variable: 'A')]) { v = "${A}" }
        mine v""",
        ["withCredentials", [], "mine ?"],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), READ_IN_A_BLOCK.values(), ids=READ_IN_A_BLOCK)
def test_what_is_read_in_a_block(text: str, wanted: list[object]) -> None:
    assert of(text) == wanted
