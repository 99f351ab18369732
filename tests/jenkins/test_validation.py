"""What Jenkins' validation of declarative pipelines rejects: one case per message."""

from __future__ import annotations

import pytest

from pipelines import declarative, pipeline, problems

STEPS = "steps { echo 'a' }"


def in_stage(content: str) -> str:
    return declarative(stage=content)


def in_steps(content: str) -> str:
    return declarative(stage=f"steps {{ {content} }}")


def in_top(content: str) -> str:
    return declarative(top=content)


def in_when(content: str) -> str:
    return in_stage(f"when {{ {content} }}\n{STEPS}")


def in_axis(content: str) -> str:
    cell = "stages { stage('C') { steps { echo 'c' } } }"
    return in_stage(f"matrix {{ axes {{ axis {{ {content} }} }}; {cell} }}")


TWO = "parallel { stage('a') { steps { echo 'a' } } }"

REJECTED = [
    ("nothing", "no-pipeline", ""),
    ("only methods", "no-pipeline", "def f() { sh 'x' }"),
    ("only return this", "no-pipeline", "def f() { sh 'x' }\nreturn this"),
    ("within another block", "declarative-not-at-top", f"node {{ {declarative()} }}"),
    (
        "no agent",
        "declarative-missing-section",
        "pipeline { stages { stage('a') { steps { x() } } } }",
    ),
    ("no stages", "declarative-missing-section", "pipeline { agent any }"),
    ("no stage", "declarative-empty-section", "pipeline { agent any\nstages { } }"),
    ("stages without block", "declarative-block-expected", "pipeline { agent any\nstages 'a' }"),
    ("unknown section", "declarative-unknown-section", in_top("banana { }")),
    ("step as section", "declarative-unknown-section", in_top("node { }")),
    ("Groovy as section", "declarative-unknown-section", in_top("def x = 1")),
    ("section twice", "declarative-duplicate-section", in_top("agent none")),
    ("old name", "declarative-renamed-section", in_top("notifications { always { echo 'a' } }")),
    ("agent bare", "declarative-unknown-section", "pipeline { agent\nstages { } }"),
    ("agent of a word", "declarative-invalid-agent", in_stage(f"agent linux\n{STEPS}")),
    ("agent of an expression", "declarative-invalid-agent", in_stage(f"agent env.X\n{STEPS}")),
    (
        "agent of a named argument",
        "declarative-invalid-agent",
        in_stage(f"agent label: 'x'\n{STEPS}"),
    ),
    ("agent empty", "declarative-invalid-agent", in_stage(f"agent {{ }}\n{STEPS}")),
    (
        "agent twice",
        "declarative-invalid-agent",
        in_stage(f"agent {{ label 'a'; docker 'b' }}\n{STEPS}"),
    ),
    (
        "agent of unknown type",
        "declarative-invalid-agent",
        in_stage(f"agent {{ foo 'bar' }}\n{STEPS}"),
    ),
    (
        "agent field",
        "declarative-agent-field",
        in_stage(f"agent {{ docker {{ image 'a'; x 'b' }} }}\n{STEPS}"),
    ),
    (
        "docker without image",
        "declarative-agent-field",
        in_stage(f"agent {{ docker {{ args 'b' }} }}\n{STEPS}"),
    ),
    (
        "agent field as label",
        "declarative-agent-field",
        in_stage(f"agent {{ docker {{ image 'a'; alwaysPull: true }} }}\n{STEPS}"),
    ),
    ("environment empty", "declarative-empty-section", in_top("environment { }")),
    ("environment text", "declarative-block-expected", in_top("environment 'x'")),
    (
        "variable twice",
        "declarative-duplicate-variable",
        in_top("environment { A = 'a'\nA = 'b' }"),
    ),
    ("variable's name", "declarative-environment-name", in_top("environment { $A = 'a' }")),
    ("name with env", "declarative-environment-name", in_top("environment { env.A = 'a' }")),
    ("added to", "declarative-environment-name", in_top("environment { A += 'a' }")),
    ("call as entry", "declarative-environment-name", in_top("environment { echo('a') }")),
    ("variable as value", "declarative-environment-value", in_top("environment { A = B }")),
    ("property as value", "declarative-environment-value", in_top("environment { A = params.B }")),
    (
        "choice as value",
        "declarative-environment-value",
        in_top("environment { A = x ? 'a' : 'b' }"),
    ),
    ("list as value", "declarative-environment-value", in_top("environment { A = ['a'] }")),
    (
        "difference as value",
        "declarative-environment-value",
        in_top("environment { A = 'a' - 'b' }"),
    ),
    ("call in a sum", "declarative-environment-value", in_top("environment { A = 'a' + b() }")),
    (
        "credentials of a variable",
        "declarative-environment-value",
        in_top("environment { A = credentials(x) }"),
    ),
    ("bare dollar", "declarative-dollar-curly", in_top("environment { A = ${env.X} }")),
    ("options empty", "declarative-empty-section", in_top("options { }")),
    (
        "option with a block",
        "declarative-invalid-option",
        in_top("options { timeout(1) { echo 'a' } }"),
    ),
    ("option as a map", "declarative-invalid-option", in_top("options { [a: 1] }")),
    ("parameters as option", "declarative-invalid-option", in_top("options { parameters([]) }")),
    ("step as option", "declarative-invalid-option", in_top("options { echo 'a' }")),
    (
        "property in a stage",
        "declarative-invalid-option",
        in_stage(f"options {{ buildDiscarder(logRotator(numToKeepStr: '1')) }}\n{STEPS}"),
    ),
    (
        "option twice",
        "declarative-duplicate-name",
        in_top("options { timestamps()\ntimestamps() }"),
    ),
    ("unnamed arguments", "declarative-invalid-option", in_top("options { lock('a', 'b') }")),
    (
        "stashes",
        "declarative-invalid-option",
        in_top("options { preserveStashes(buildCount: 51) }"),
    ),
    (
        "properties in a trigger",
        "declarative-blocked-step",
        in_top("triggers { cron(properties([])) }"),
    ),
    (
        "trigger twice",
        "declarative-duplicate-name",
        in_top("triggers { cron('@daily')\ncron('@weekly') }"),
    ),
    ("trigger without spec", "declarative-invalid-trigger", in_top("triggers { cron() }")),
    ("trigger with a block", "declarative-invalid-trigger", in_top("triggers { cron(x { 'a' }) }")),
    (
        "trigger's argument",
        "declarative-invalid-trigger",
        in_top("triggers { upstream(what: 'a') }"),
    ),
    (
        "mixed arguments",
        "declarative-invalid-parameter",
        in_top("parameters { booleanParam(name: 'a', 'b') }"),
    ),
    (
        "parameter's argument",
        "declarative-invalid-parameter",
        in_top("parameters { string(namd: 'a') }"),
    ),
    (
        "parameter's type",
        "declarative-argument-type",
        in_top("parameters { string(name: 'a', defaultValue: true) }"),
    ),
    (
        "object in a parameter",
        "declarative-object-call",
        in_top("parameters { string(name: 'a', defaultValue: 'b'.trim()) }"),
    ),
    ("tools empty", "declarative-empty-section", in_top("tools { }")),
    ("tool without name", "declarative-invalid-tool", in_top("tools { maven }")),
    ("library", "declarative-invalid-library", in_top("libraries { foo('a') }")),
    (
        "no stage among stages",
        "declarative-stage-expected",
        "pipeline { agent any\nstages { steps { echo 'a' } } }",
    ),
    (
        "stage without block",
        "declarative-block-expected",
        "pipeline { agent any\nstages { stage('a') } }",
    ),
    (
        "stage without name",
        "declarative-stage-name",
        "pipeline { agent any\nstages { stage { steps { x() } } } }",
    ),
    (
        "stage's name",
        "declarative-stage-name",
        'pipeline { agent any\nstages { stage("a ${b}") { steps { x() } } } }',
    ),
    (
        "same names",
        "declarative-duplicate-stage",
        in_stage("stages { stage('a') { steps { x() } }\nstage('a') { steps { x() } } }"),
    ),
    ("stage of nothing", "declarative-stage-body", in_stage("agent any")),
    ("two bodies", "declarative-stage-body", in_stage(f"{STEPS}\n{TWO}")),
    ("step in a stage", "declarative-unknown-section", in_stage("sh 'x'")),
    ("no steps", "declarative-empty-section", in_stage("steps { }")),
    ("steps twice", "declarative-duplicate-section", in_stage(f"{STEPS}\n{STEPS}")),
    (
        "parallel in parallel",
        "declarative-nested-parallel",
        in_stage(f"parallel {{ stage('a') {{ {TWO} }} }}"),
    ),
    (
        "parallel in stages of parallel",
        "declarative-nested-parallel",
        in_stage(f"parallel {{ stage('a') {{ stages {{ stage('b') {{ {TWO} }} }} }} }}"),
    ),
    ("agent beside branches", "declarative-parallel-agent", in_stage(f"agent any\n{TWO}")),
    (
        "tools beside branches",
        "declarative-parallel-agent",
        in_stage(f"tools {{ jdk 'a' }}\n{TWO}"),
    ),
    (
        "branch that is none",
        "declarative-invalid-branch",
        in_steps("parallel(a: { echo 'a' }, slow: true)"),
    ),
    (
        "failFast in a call",
        "declarative-boolean-expected",
        in_steps("parallel(a: { echo 'a' }, failFast: 'x')"),
    ),
    ("no branches", "declarative-stage-body", in_steps("parallel()")),
    ("failFast", "declarative-boolean-expected", in_stage(f"failFast 'x'\n{TWO}")),
    ("when empty", "declarative-when-empty", in_when("")),
    ("when of Groovy", "declarative-when-unknown", in_when("params.A == 'x'")),
    ("when of an unknown name", "declarative-when-unknown", in_when("banana 'x'")),
    ("allOf empty", "declarative-when-nesting", in_when("allOf { }")),
    ("not of two", "declarative-when-nesting", in_when("not { branch 'a'\nbranch 'b' }")),
    ("allOf with arguments", "declarative-when-nesting", in_when("allOf(x: 'a') { branch 'b' }")),
    (
        "branch with conditions",
        "declarative-when-nesting",
        in_when("branch(pattern: 'a') { tag 'b' }"),
    ),
    ("branch of a number", "declarative-argument-type", in_when("branch 4")),
    ("environment without value", "declarative-when-argument", in_when("environment name: 'a'")),
    ("unknown argument", "declarative-when-argument", in_when("tag pattern: 'a', banana: 'b'")),
    ("broken pattern", "declarative-when-argument", in_when("changelog '{a'")),
    ("two positional", "declarative-when-argument", in_when("environment 'a', 'b'")),
    ("Groovy among steps", "declarative-step-expected", in_steps("if (x) { sh 'a' }")),
    ("Groovy in a block of steps", "declarative-step-expected", in_steps("dir('a') { def x = 1 }")),
    ("object among steps", "declarative-object-call", in_steps("docker.build('x')")),
    ("stage among steps", "declarative-blocked-step", in_steps("stage('a') { sh 'b' }")),
    (
        "parallel beside a step",
        "declarative-blocked-step",
        in_steps("echo 'a'\nparallel(a: { echo 'b' })"),
    ),
    ("properties among steps", "declarative-blocked-step", in_steps("properties([])")),
    ("script without block", "declarative-block-expected", in_steps("script 'a'")),
    (
        "step's argument",
        "declarative-step-argument",
        in_steps("timeout(time: 5, banana: 'a') { sh 'b' }"),
    ),
    ("missing argument", "declarative-step-argument", in_steps("timeout { sh 'b' }")),
    ("several unnamed", "declarative-step-argument", in_steps("sleep(5, 'SECONDS')")),
    ("argument of one that takes none", "declarative-step-argument", in_steps("deleteDir('a')")),
    ("text for a number", "declarative-argument-type", in_steps("timeout(time: '5') { sh 'b' }")),
    ("number for a text", "declarative-argument-type", in_steps("echo 5")),
    (
        "huge number",
        "declarative-big-number",
        in_steps("timeout(time: 9223372036854775808) { sh 'b' }"),
    ),
    ("post of a step", "declarative-post-condition", in_top("post { echo 'a' }")),
    (
        "post of an unknown condition",
        "declarative-post-condition",
        in_top("post { banana { echo 'a' } }"),
    ),
    ("post empty", "declarative-empty-section", in_top("post { }")),
    (
        "condition twice",
        "declarative-duplicate-condition",
        in_top("post { always { echo 'a' }\nalways { echo 'b' } }"),
    ),
    (
        "input without message",
        "declarative-invalid-input",
        in_stage(f"input {{ ok 'a' }}\n{STEPS}"),
    ),
    (
        "input's field",
        "declarative-invalid-input",
        in_stage(f"input {{ message 'a'; x 'b' }}\n{STEPS}"),
    ),
    (
        "input's field twice",
        "declarative-invalid-input",
        in_stage(f"input {{ message 'a'; message 'b' }}\n{STEPS}"),
    ),
    ("axis without name", "declarative-matrix-axis", in_axis("values 'a'")),
    ("axis without values", "declarative-matrix-axis", in_axis("name 'A'")),
    ("axis's name", "declarative-matrix-axis", in_axis("name 'a-b'; values 'a'")),
    ("value twice", "declarative-matrix-axis", in_axis("name 'A'; values 'a', 'a'")),
    ("value that is no literal", "declarative-matrix-axis", in_axis("name 'A'; values \"${b}\"")),
    (
        "matrix without stages",
        "declarative-missing-section",
        in_stage("matrix { axes { axis { name 'A'; values 'a' } } }"),
    ),
    (
        "no axes",
        "declarative-empty-section",
        in_stage("matrix { axes { }; stages { stage('a') { steps { x() } } } }"),
    ),
]


NAMES = [case[0] for case in REJECTED]


@pytest.mark.parametrize(("_", "rule", "text"), REJECTED, ids=NAMES)
def test_jenkins_rejects(_: str, rule: str, text: str) -> None:
    assert rule in [found for found, _ in problems(text)]


def test_an_error_stands_at_its_line() -> None:
    text = "pipeline {\n  agent any\n  stages {\n    stage('a') {\n      sh 'x'\n    }\n  }\n}\n"
    assert ("declarative-unknown-section", 5) in problems(text)


ACCEPTED = {
    "bare": declarative(),
    "label by a GString": in_stage(f'agent {{ label "x-${{params.Y}}" }}\n{STEPS}'),
    "agent by a string": in_stage(f"agent 'any'\n{STEPS}"),
    "agent type of a plugin": in_stage(f"agent {{ nomad {{ template 'x' }} }}\n{STEPS}"),
    "nested fields": in_stage(
        f"agent {{ kubernetes {{ containerTemplate {{ name 'a' }} }} }}\n{STEPS}"
    ),
    "unknown trigger, option, parameter, tool": in_top(
        "triggers { mine('a') }\noptions { mine(a: 'b') }\nparameters { mine(name: 'a') }\n"
        "tools { mine 'a' }"
    ),
    "a choice as trigger": in_top("triggers { cron(env.BRANCH_NAME == 'main' ? '@daily' : '') }"),
    "a method as trigger": declarative(before="def c() { '@daily' }", top="triggers { cron(c()) }"),
    "a method's arguments": in_top("parameters { choice(name: 'a', choices: mine('x', 'y')) }"),
    "every value of environment": in_top(
        "environment { A = 'a'\nB = \"${A}/b\"\nC = 'x' + \"y\" + 'z'\nD = credentials('id')\n"
        "E = sh(returnStdout: true, script: 'x')\nF = mine.method()\nG = 1\nH = true }"
    ),
    "same names in different parents": in_stage(
        "stages { stage('a') { stages { stage('a') { steps { x() } } } } }"
    ),
    "parallel in sequential stages": in_stage(f"stages {{ stage('a') {{ {TWO} }} }}"),
    "parallel alone in steps": in_steps("parallel(a: { echo 'a' }, failFast: true)"),
    "flags of when": in_when("beforeAgent true\nbeforeInput true\nbeforeOptions false\nbranch 'a'"),
    "conditions without arguments": in_when("buildingTag()"),
    "changeRequest": in_when("changeRequest target: 'main', comparator: 'GLOB'"),
    "a pattern": in_when("changelog '.*^\\\\[DEPENDENCY\\\\] .{2,}\\\\p{Lu}$'"),
    "unknown steps": in_steps("mine 1, 'a', true\nyours(a: 1) { theirs() }"),
    "step of a map": in_steps("sh([script: 'x', returnStatus: true])"),
    "step of an object": in_steps("step([$class: 'JUnitResultArchiver', testResults: 'x'])"),
    "Groovy in script": in_steps("script { if (x) { docker.build('a') } }"),
    "code around": declarative(before="@Library('x') _\nimport a.B\ndef f() { sh 'x' }\nint n = 1"),
    "in a library": f"def call(Map m) {{ {declarative()} }}",
}


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_jenkins_accepts(text: str) -> None:
    assert pipeline(text).kind == "declarative"
