"""The emitter gives back every string, under the rules of YAML 1.1 and of 1.2."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from jenkins2gha.actions.emit import emit
from jenkins2gha.actions.expressions import Context, Function, Literal, Not, Operation
from jenkins2gha.actions.header import Header
from jenkins2gha.actions.workflow import (
    Concurrency,
    Container,
    Input,
    Job,
    RunsOn,
    Schedule,
    Step,
    Strategy,
    Template,
    Text,
    Triggers,
    Workflow,
)

HEADER = Header("0.1.0", "Jenkinsfile", "pipeline {}")

AWKWARD = [
    "",
    " ",
    "\n",
    "\n\n",
    "a",
    "on",
    "Yes",
    "n",
    "~",
    "null",
    "=",
    "<<",
    "1:30",
    "190:20:30",
    "0o17",
    "017",
    "0x1F",
    "1e3",
    "1_000",
    "1,000",
    ".5",
    "-.inf",
    ".nan",
    "1.",
    "+1",
    "0b1",
    "2020-01-01",
    "2020-01-01 10:00:00",
    "- a",
    "-",
    "--- a",
    "...",
    "a: b",
    "a:",
    "a #b",
    "#",
    "a\n",
    "a\n\n",
    "a\nb",
    " a\nb\n",
    "\ta\nb\n",
    "\na\n",
    "a\n b\n",
    "a \nb \n",
    "a\n \n",
    "a\n  ",
    "a\r\nb\r\n",
    "\r",
    "a\tb",
    "\t",
    "\x00",
    "\x1b[31m",
    "a\x85b\n",
    "\u2028\n",
    "\ufeffa\n",
    "\U0001f600\nx",
    "\ud800",
    "%a",
    "@a",
    "`a`",
    "'a'",
    '"a"',
    "it's",
    "a'b\"c",
    "a\\b",
    "!a",
    "&a",
    "*a",
    "{a}",
    "[a]",
    "a, b",
    "?",
    "? a",
    ":a",
    "::error::x",
    "|",
    ">",
    "${{",
    "${{ x }}",
    "$${{",
    "}}",
    "--foo",
    "x" * 400,
    "word " * 100 + "end",
    "a\n\n\n\tb\n\n\n",
    "---\na\n...\n",
    "# a\n# b\n",
    "a # b: 'c'",
]
strings = st.sampled_from(AWKWARD) | st.text(max_size=40)
lines = strings | st.lists(strings, max_size=4).map("\n".join)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,12}", fullmatch=True) | st.sampled_from(["ON", "y"])
literals = st.builds(Literal, strings | st.integers() | st.booleans() | st.none())
contexts = st.sampled_from([Context("github.ref"), Context("env.X"), Function("success")])
expressions = st.recursive(
    literals | contexts,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(Operation, st.sampled_from(["&&", "||", "=="]), st.tuples(inner, inner))
    ),
    max_leaves=4,
)
texts = (
    lines | expressions | st.builds(Template, st.lists(lines | expressions, max_size=4).map(tuple))
)
envs = st.dictionaries(names, texts, max_size=2)
several = st.lists(strings, min_size=1, max_size=3).map(tuple)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


steps = st.builds(
    Step,
    name=maybe(texts),
    condition=maybe(expressions),
    uses=maybe(st.sampled_from(["actions/checkout", "a/b@0123 # v1.2"])),
    inputs=st.dictionaries(names, texts | st.booleans() | st.integers(), max_size=2),
    env=envs,
    secrets=envs,
    run=maybe(texts),
    shell=maybe(strings),
    working_directory=maybe(texts),
    timeout_minutes=maybe(st.integers(1, 360)),
    continue_on_error=maybe(st.booleans()),
    comment=maybe(lines),
)
containers = st.builds(Container, image=texts, env=envs, volumes=several, options=maybe(strings))
concurrencies = st.builds(Concurrency, group=texts, cancel_in_progress=maybe(st.booleans()))
jobs = st.builds(
    Job,
    id=names,
    runs_on=st.builds(RunsOn, st.lists(texts, min_size=1, max_size=2).map(tuple), maybe(strings)),
    steps=st.lists(steps, max_size=3).map(tuple),
    name=maybe(texts),
    needs=several | st.just(()),
    condition=maybe(expressions),
    permissions=maybe(st.dictionaries(names, st.just("read"), max_size=2)),
    environment=maybe(texts),
    concurrency=maybe(concurrencies),
    container=maybe(containers),
    services=st.dictionaries(names, containers, max_size=1),
    strategy=maybe(
        st.builds(
            Strategy, st.dictionaries(names, several, max_size=2), fail_fast=maybe(st.booleans())
        )
    ),
    env=envs,
    working_directory=maybe(texts),
    outputs=envs,
    comment=maybe(lines),
)
inputs = st.builds(
    Input, names, st.just("choice"), maybe(strings), st.booleans(), maybe(strings), several
)
triggers = st.builds(
    Triggers,
    push=maybe(st.dictionaries(st.just("branches"), several)),
    schedule=st.lists(st.builds(Schedule, strings, maybe(strings), maybe(lines)), max_size=2).map(
        tuple
    ),
    dispatch=maybe(st.lists(inputs, max_size=2, unique_by=lambda i: i.name).map(tuple)),
    others=st.dictionaries(
        st.just("workflow_run"), st.dictionaries(names, several | strings, max_size=2)
    ),
)
workflows = st.builds(
    Workflow,
    name=strings,
    triggers=triggers,
    jobs=st.lists(jobs, max_size=2, unique_by=lambda job: job.id).map(tuple),
    run_name=maybe(texts),
    env=envs,
    concurrency=maybe(concurrencies),
    comment=maybe(lines),
)


def written(text: str) -> str:
    """What stands in the file for a literal text: the escape, told apart from the emitter's."""
    return re.sub(r"\$\{\{", lambda _: "${{ '${{' }}", text)


def load_1_1(text: str) -> Any:
    data = yaml.safe_load(text)
    data["on"] = data.pop(True)
    return data


def load_1_2(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def load_by_ruamel_1_1(text: str) -> Any:
    loader = YAML(typ="safe", pure=True)
    loader.version = (1, 1)
    data = loader.load(text)
    data["on"] = data.pop(True)
    return data


def in_one_step(run: Text) -> Workflow:
    step = Step(run=run, env={"X": run}, name=run)
    return Workflow("w", Triggers(), (Job("a", RunsOn(("x",)), (step, Step(run="next"))),))


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("load", [load_1_1, load_1_2, load_by_ruamel_1_1])
def test_a_string_comes_back(text: str, load: Any) -> None:
    first, second = load(emit(in_one_step(text), HEADER).text)["jobs"]["a"]["steps"]
    assert first == {"name": written(text), "env": {"X": written(text)}, "run": written(text)}
    assert second == {"run": "next"}


@settings(max_examples=300, deadline=None)
@given(workflows)
def test_all_readers_agree_and_strings_stay_strings(workflow: Workflow) -> None:
    text = emit(workflow, HEADER).text
    loaded = load_1_2(text)
    assert load_1_1(text) == loaded == load_by_ruamel_1_1(text)
    assert loaded["name"] == workflow.name.replace("${{", "$ {{")
    assert [*loaded["jobs"]] == [job.id for job in workflow.jobs]
    for job in workflow.jobs:
        for step, data in zip(job.steps, loaded["jobs"][job.id]["steps"] or [], strict=True):
            if isinstance(step.run, str):
                assert data["run"] == written(step.run)
            expected = {**step.env, **step.secrets}
            assert [*data.get("env", {})] == [*expected]
            for name, value in expected.items():
                assert not isinstance(value, str) or data["env"][name] == written(value)


@given(lines)
def test_a_literal_holds_no_expression_but_the_escape(text: str) -> None:
    emitted = load_1_2(emit(in_one_step(text), HEADER).text)["jobs"]["a"]["steps"][0]["run"]
    assert emitted.replace("${{ '${{' }}", "").count("${{") == 0 or "${${{" in emitted
    assert emitted.replace("${{ '${{' }}", "${{") == text


@given(st.lists(lines | contexts, max_size=6))
def test_a_template_evaluates_to_its_parts(parts: list[Any]) -> None:
    emitted = load_1_2(emit(in_one_step(Template(tuple(parts))), HEADER).text)
    expected = "".join(p if isinstance(p, str) else f"<{type(p).__name__}>" for p in parts)
    assert evaluated(emitted["jobs"]["a"]["steps"][0]["run"]) == expected


def evaluated(text: str) -> str:
    """As GitHub reads a string: from each `${{` to the next `}}` outside of quotes."""
    result, at = "", 0
    while (start := text.find("${{", at)) >= 0:
        end = start + 3
        quoted = False
        while quoted or text[end : end + 2] != "}}":
            quoted ^= text[end] == "'"
            end += 1
        inside = text[start + 3 : end].strip()
        known = {"'${{'": "${{", "success()": "<Function>"}
        result += text[at:start] + known.get(inside, "<Context>")
        at = end + 2
    return result + text[at:]


@settings(deadline=None)
@given(workflows)
def test_twice_the_same(workflow: Workflow) -> None:
    assert emit(workflow, HEADER).text == emit(workflow, HEADER).text
