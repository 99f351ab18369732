"""Branches that run at the same time.

They run here one after the other, each as if the others had not yet touched the files and the
variables that it finds; of what several of them set, the value of the last stays. With failFast,
and when someone stops the run, a branch that comes later is stopped at what it would do first;
nobody knows which of its variables it would have set before.
Source: workflow-cps-plugin, ParallelStep.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.jenkins.build import Stop
from jenkins2gha.simulate.jenkins.errors import ORDER, Throwable, Thrown, Unknown, worst
from jenkins2gha.simulate.jenkins.groovy.values import Closure, MethodPointer, Value
from jenkins2gha.simulate.jenkins.invocation import Invocation

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


_UNKNOWN: Final[Mapping[str, ast.Node]] = MappingProxyType({})


def run_branches(
    run: Run,
    branches: Mapping[str, Callable[[], Value]],
    *,
    fail_fast: bool,
    nodes: Mapping[str, ast.Node] = _UNKNOWN,
) -> dict[Value, Value]:
    """Runs all branches, whose source the `nodes` are as far as it is known; then throws the worst
    of their errors, if any."""
    build = run.build
    build.parallels += 1
    id_, outer = str(build.parallels), build.place.stop
    before = dict(build.seen)
    after = dict(before)
    assigned = build.assigned
    changes: list[dict[str, str]] = []
    errors: list[Throwable] = []
    found: dict[Value, Value] = {}
    result, ends = build.result, [build.result]
    aborts, stopped, token = build.aborts, outer.pending, outer.token
    unsettled: set[str] = set()
    for name, branch in branches.items():
        if stopped and name in nodes:
            unsettled |= _variables(nodes[name])
        build.seen = dict(before)
        build.result = result if run.situation.apart else build.result
        own: dict[str, str] = {}
        build.assigned = ChainMap(own, assigned)
        strand = (*build.place.strand, (id_, name))
        raced = build.place.raced.union(*changes)
        changes.append(own)
        with build.within(stop=Stop(stopped, token), strand=strand, raced=raced):
            try:
                found[name] = branch()
            except Thrown as error:
                errors.append(error.value)
                if error.value.token in build.place.timeouts:
                    stopped, token = True, error.value.token
                stopped = stopped or fail_fast
        ends.append(build.result)
        stopped = stopped or build.aborts > aborts
        for place, seen in build.seen.items():
            after[place] = after.get(place, frozenset()) | seen
    build.seen, build.result = after, worst(*ends)
    build.assigned = assigned
    assigned_here: set[str] = set()
    for own in changes:
        build.unsettled |= own.keys() & assigned_here
        assigned_here |= own.keys()
        assigned.update(own)
    build.unsettled |= unsettled
    outer.pending = False
    if errors:
        raise Thrown(errors[0] if fail_fast else min(errors, key=_severity))
    return found


def _variables(node: ast.Node) -> set[str]:
    """What the code at a node sets in `env`."""
    found = set()
    for one in walk(node):
        match one:
            case ast.Assign(
                target=ast.Property(object=ast.Name(id="env"), name=ast.StringLiteral(value=name))
            ):
                found.add(name)
    return found


def _severity(error: Throwable) -> tuple[int, int]:
    """Errors come before what a step reports, interruptions last, the worst first."""
    if error.interrupts:
        return 2, -ORDER.index(error.result)
    return (1, 0) if error.kind == "AbortException" else (0, 0)


def _parallel(run: Run, called: Invocation) -> Value:
    branches: dict[str, Callable[[], Value]] = {}
    nodes: dict[str, ast.Node] = {}
    fail_fast = False
    for name, value in called.named.items():
        if isinstance(value, (Closure, MethodPointer)):
            branches[name] = _branch(run, value)
            if isinstance(value, Closure):
                nodes[name] = value.node
        elif name == "failFast" and isinstance(value, bool):
            fail_fast = value
        else:
            raise Unknown(f"a branch {name} that is no closure")
    return run_branches(run, branches, fail_fast=fail_fast, nodes=nodes)


def _branch(run: Run, body: Value) -> Callable[[], Value]:
    return lambda: run.interpreter.call(body)


STEPS: Final[dict[str, Callable[[Run, Invocation], Value]]] = {"parallel": _parallel}
