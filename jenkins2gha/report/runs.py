"""What `verify` prints: the scenarios, and of the first that differs both runs side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from jenkins2gha.secrets import conceal

if TYPE_CHECKING:
    from jenkins2gha.simulate.compare import Act, Difference
    from jenkins2gha.simulate.proof import Outcome
    from jenkins2gha.simulate.trace import Command
    from jenkins2gha.verifier import Verification

_WIDTH = 58


def text(found: Verification) -> str:
    """The report for a person at a terminal."""
    return conceal("\n".join(_lines(found)) + "\n")


def plain(found: Verification) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "source": found.source,
        "status": found.status,
        "reason": found.reason,
        "scenarios": [
            {
                "name": conceal(one.scenario.name),
                "equal": not one.differences,
                "differences": [_plain(difference) for difference in one.differences],
            }
            for one in found.outcomes
        ],
    }


def _plain(one: Difference) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "what": conceal(one.what),
        "line": one.command.line if one.command else None,
        "column": one.command.column if one.command else None,
        "workflow_line": one.act.command.line if one.act else None,
    }


def _lines(found: Verification) -> Iterator[str]:
    if found.reason:
        yield f"{found.source}: {found.status}: {found.reason}"
        return
    for one in found.outcomes:
        yield f"  {'differs' if one.differences else 'ok':8}{one.scenario.name}"
        yield from (f"          {_difference(found, each)}" for each in one.differences)
    differing = [one for one in found.outcomes if one.differences]
    if differing:
        yield ""
        yield from _side_by_side(differing[0])
        yield ""
    count = len(found.outcomes)
    equal = count - len(differing)
    yield f"{found.source}: {found.status}: {equal} of {count} scenarios run the same"


def _difference(found: Verification, one: Difference) -> str:
    places = []
    if one.command and one.command.line:
        places.append(f"{found.source}:{one.command.line}:{one.command.column}")
    if one.act:
        places.append(f"workflow:{one.act.command.line}")
    return f"{', '.join((*places, one.kind))}: {one.what}"


def _side_by_side(outcome: Outcome) -> Iterator[str]:
    yield f"{outcome.scenario.name}:"
    yield f"    {'on Jenkins':{_WIDTH}} on GitHub"
    marked = {id(one.command) for one in outcome.differences if one.command}
    extra = {one.act.number for one in outcome.differences if one.act}
    left = [(_command(one), id(one) in marked) for one in outcome.trace.commands]
    right = [(_act(one), one.number in extra) for one in _shown(outcome.recorded.acts)]
    for place in range(max(len(left), len(right))):
        one, differs = left[place] if place < len(left) else ("", False)
        other, also = right[place] if place < len(right) else ("", False)
        yield f"  {'*' if differs or also else ' '} {one:{_WIDTH}} {other}".rstrip()
    wanted, given = outcome.trace.build_result or "SUCCESS", outcome.recorded.run.conclusion
    yield f"    {f'ends {wanted}':{_WIDTH}} ends {given}"


def _shown(acts: Sequence[Act]) -> list[Act]:
    """The commands of the pipeline, and each step in which there is none."""
    full = {act.step for act in acts if act.kind == "source"}
    return [
        act
        for act in acts
        if act.kind == "source"
        or (act.kind == "step" and act.number not in full)
        or (act.kind == "tool" and not act.placeholder)
    ]


def _command(one: Command) -> str:
    given = " ".join(value for _, value in one.inputs) if one.kind == "step" else ""
    failed = "" if one.result == "success" else " (fails)"
    return _cut(f"{one.line}:{one.column} {one.text} {given}{failed}")


def _act(one: Act) -> str:
    failed = " (fails)" if one.failed else ""
    return _cut(f"{one.command.job}:{one.command.line} {one.text}{failed}")


def _cut(words: str) -> str:
    joined = " ".join(words.split())
    return joined if len(joined) < _WIDTH else f"{joined[: _WIDTH - 1]}…"
