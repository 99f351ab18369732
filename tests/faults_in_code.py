"""Faults put into the compiler itself, one at a time: each is a function that does something else.

A fault names a function of the plan, the conditions, `post`, the results or what passes between
jobs, and says what stands in its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from jenkins2gha.mapping.decisions import logic
from jenkins2gha.mapping.translation import Translation
from jenkins2gha.record import replace

Function = Callable[..., Any]


@dataclass(frozen=True)
class CodeFault:
    """`where` is a module of the package and a name in it; `instead` makes another of it."""

    what: str
    where: str
    instead: Callable[[Any], Any]


@contextmanager
def within(fault: CodeFault) -> Iterator[None]:
    """Runs a block while a fault is in the compiler, in every module that has the name."""
    path, _, name = fault.where.partition(":")
    module = import_module(f"jenkins2gha.{path}")
    holder, _, attribute = name.rpartition(".")
    if holder:
        places = [(getattr(module, holder), attribute)]
    else:
        right = getattr(module, name)
        ours = [one for key, one in sys.modules.items() if key.startswith("jenkins2gha.")]
        places = [(one, name) for one in ours if vars(one).get(name) is right]
    right = getattr(*places[0])
    wrong = fault.instead(right)
    for place, key in places:
        setattr(place, key, wrong)
    try:
        yield
    finally:
        for place, key in places:
            setattr(place, key, right)


def _always(value: Any) -> Callable[[Any], Any]:
    """A function that gives the same whatever it is asked."""
    return lambda _: lambda *__, **___: value


def _asked_at_once(_: Any) -> Callable[..., Any]:
    """What all conditions run, whether those before them hold or not."""

    def items_of(conditions: Any, **__: Any) -> tuple[Any, ...]:
        return tuple(item for one in conditions for item in (*one.items, *items_of(one.children)))

    return items_of


def _then(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A function whose value is changed."""
    return lambda right: lambda *given, **named: change(right(*given, **named))


def _with(**changes: Any) -> Callable[[Any], Any]:
    """A function that makes an object with other fields."""
    return _then(lambda made: replace(made, **changes))


def _as(other: Function) -> Callable[[Any], Any]:
    """Another function in the place of one."""
    return lambda _: other


def _word(words: dict[str, str]) -> Callable[[Any], Any]:
    """A function that takes one word for another."""
    return lambda right: lambda name, *given, **named: right(words.get(name, name), *given, **named)


def _backwards(items: Any) -> tuple[Any, ...]:
    return tuple(reversed(tuple(items)))


def _first_gone(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return items[1:]


def _without_first_branch(group: Any) -> Any:
    if len(group.branches) == 1:
        return group
    return replace(group, branches=group.branches[1:], names=group.names[1:])


def _swapped(right: Function) -> Function:
    """`catchError` whose two results have changed places."""
    names = {"buildResult": "stageResult", "stageResult": "buildResult"}
    return lambda step, argument, default: right(step, names[argument], default)


def _branches_then_else(right: Function) -> Function:
    return lambda condition, then, otherwise: right(condition, otherwise, then)


def _stages_backwards(right: Function) -> Function:
    def run(self: Any, stages: Any, *given: Any) -> None:
        right(self, _backwards(stages), *given)

    return run


def _on_one_machine(right: Function) -> Function:
    """Branches whose agents are forgotten."""

    def run(self: Any, stage: Any, *given: Any) -> None:
        body = stage.body
        stages = tuple(replace(branch, agent=None) for branch in body.stages)
        right(self, replace(stage, body=replace(body, stages=stages)), *given)

    return run


def _outside_of_folders(right: Function) -> Function:
    return lambda wanted, excludes, scope: right(wanted, excludes, scope.changed(directory=""))


def _kept_apart(right: Function) -> Function:
    return lambda steps, condition, prefix, **_: right(steps, condition, prefix, caught=False)


def _unguarded(right: Function) -> Function:
    return lambda blocks, post, *given: right(blocks, replace(post, guard=None), *given)


def _never_skipped(right: Function) -> Function:
    return lambda blocks, post, *given: right(blocks, replace(post, conditional=False), *given)


def _unconditional(right: Function) -> Function:
    def marked(result: str, site: Any, scope: Any, context: Any, **how: Any) -> Any:
        return right(result, site, scope.changed(condition=None), context, **how)

    return marked


def _given(place: int) -> Callable[[Any], Any]:
    """A function that gives back what it is given at a place."""
    return lambda _: lambda *given: given[place]


def _axis_shorter(strategy: Any) -> Any:
    found, said = strategy
    if found is None:
        return strategy
    shorter = {name: values[:-1] or values for name, values in found.matrix.items()}
    return replace(found, matrix=shorter), said


_PLAN, _STAGES = "plan.plan", "plan.stages"
_JOB = f"{_PLAN}:_Planner._job"
_POST, _RESULT, _CHAIN = "mapping.conditions", "mapping.build_result", "mapping.chaining"
_WRITING = "mapping.mappers.write_file:_written"
_POST_CONDITION = f"{_RESULT}:post_condition"

FAULTS: tuple[CodeFault, ...] = (
    CodeFault("no job goes on in the workspace of another", "plan.drafts:sources_of", _always(())),
    CodeFault("a job does not wait for the first that it needs", _JOB,
              _then(lambda job: replace(job, needs=_first_gone(job.needs)))),
    CodeFault("no workspace is given", _JOB, _with(gives=False)),
    CodeFault("no approval is asked for", _JOB, _with(gate=None)),
    CodeFault("the post behind jobs is one job more", _JOB, _with(over=())),
    CodeFault("jobs have no environment", _JOB, _with(environment=())),
    CodeFault("stages in the other order", f"{_PLAN}:_Planner._sequence", _stages_backwards),
    CodeFault("nested stages in the other order", f"{_STAGES}:children", _then(_backwards)),
    CodeFault("nothing is checked out", "plan.checkouts:implied_checkout", _always(None)),
    CodeFault("the pipeline's post is lost", f"{_PLAN}:_Planner._post", _always(None)),
    CodeFault("branches run on the machine around them", f"{_PLAN}:_Planner._parallel",
              _on_one_machine),
    CodeFault("no agent of a stage is a machine", f"{_STAGES}:allocates", _always(False)),
    CodeFault("a stage without its conditions", f"{_STAGES}:leaf", _with(conditions=())),
    CodeFault("a stage without its post", f"{_STAGES}:leaf", _with(post=())),
    CodeFault("a stage without its environments", f"{_STAGES}:leaf", _with(environments=())),
    CodeFault("the outer environment wins", f"{_STAGES}:leaf",
              _then(lambda one: replace(one, environments=_backwards(one.environments)))),
    CodeFault("the steps of a stage in the other order", f"{_STAGES}:leaf",
              _then(lambda one: replace(one, items=_backwards(one.items)))),
    CodeFault("a stage without its first step", f"{_STAGES}:leaf",
              _then(lambda one: replace(one, items=_first_gone(one.items)))),
    CodeFault("the post of nested stages always runs", f"{_STAGES}:end_of", _with(conditions=())),
    CodeFault("the post of nested stages is lost", f"{_STAGES}:end_of", _with(post=())),
    CodeFault("a branch is lost", f"{_STAGES}:group",
              _then(_without_first_branch)),
    CodeFault("success and failure changed places in post", _POST_CONDITION,
              _word({"success": "failure", "failure": "success"})),
    CodeFault("always means success", _POST_CONDITION, _word({"always": "success"})),
    CodeFault("clean-up means success", _POST_CONDITION, _word({"cleanup": "success"})),
    CodeFault("changed means fixed", _POST_CONDITION, _word({"changed": "fixed"})),
    CodeFault("fixed means regression", _POST_CONDITION, _word({"fixed": "regression"})),
    CodeFault("aborted means failure", _POST_CONDITION, _word({"aborted": "failure"})),
    CodeFault("unsuccessful means failure", _POST_CONDITION, _word({"unsuccessful": "failure"})),
    CodeFault("unstable means failure", _POST_CONDITION, _word({"unstable": "failure"})),
    CodeFault("post in the other order", f"{_POST}:ORDER", _backwards),
    CodeFault("post of a stage that was not reached", f"{_POST}:map_post", _unguarded),
    CodeFault("post of a stage whose condition did not hold", f"{_POST}:map_post", _never_skipped),
    CodeFault("the results of catchError changed places", f"{_RESULT}:caught_result", _swapped),
    CodeFault("failed tests leave the build stable", f"{_RESULT}:marks_unstable", _always(False)),
    CodeFault("every result is FAILURE", f"{_RESULT}:named", _always("FAILURE")),
    CodeFault("nobody knows which results steps write", f"{_RESULT}:written",
              _always(frozenset())),
    CodeFault("a build that is not a success ends well", "mapping.results:ending", _always(())),
    CodeFault("a result is worse whatever happens", "mapping.results:marked", _unconditional),
    CodeFault("the steps of a block do not wait", f"{_CHAIN}:chained",
              lambda _: lambda steps, *__: tuple(steps)),
    CodeFault("what is caught stops the job", f"{_CHAIN}:watched", _kept_apart),
    CodeFault("every step stops by itself", f"{_CHAIN}:stops_by_itself", _always(True)),
    CodeFault("nothing can fail", f"{_CHAIN}:can_fail", _always(False)),
    CodeFault("the excludes of a matrix are lost", "mapping.matrix:_excluded", _always(())),
    CodeFault("the last value of each axis is lost", "mapping.matrix:map_matrix",
              _then(_axis_shorter)),
    CodeFault("the axes are no variables", "mapping.matrix:axes_of", _always({})),
    CodeFault("the workspace is not packed", "mapping.hand_over:given",
              _always(Translation())),
    CodeFault("the workspace is not unpacked", "mapping.hand_over:received",
              _always(Translation())),
    CodeFault("a job behind a skipped one is skipped", "mapping.graph:Graph.condition",
              _given(2)),
    CodeFault("what a step found reaches no other job", "mapping.passing:Passing._outputs",
              _always(())),
    CodeFault("variables reach no other job", "mapping.passing:Passing._variables", _always(())),
    CodeFault("the result reaches no other job", "mapping.result_flow:ResultFlow.out_of",
              _given(2)),
    CodeFault("not means nothing", "mapping.decisions.logic:opposite", _given(0)),
    CodeFault("anyOf means allOf", "mapping.decisions.logic:any_of",
              _as(logic.all_of)),
    CodeFault("allOf means anyOf", "mapping.decisions.logic:all_of",
              _as(logic.any_of)),
    CodeFault("a file ends with one line end more", _WRITING,
              _then(lambda script: script.replace("printf '%s'", "printf '%s\\n'"))),
    CodeFault("a file stands in another folder", _WRITING,
              _then(lambda script: script.replace(" > ", " > ../"))),
    CodeFault("artifacts are looked for in the workspace itself",
              "mapping.mappers.archive_artifacts:artifact_paths", _outside_of_folders),
    CodeFault("what a condition runs waits for none before it",
              "jenkins.declarative.asking:items_of", _asked_at_once),
    CodeFault("then and else changed places", "mapping.decisions.logic:chosen",
              _branches_then_else),
)  # fmt: skip
