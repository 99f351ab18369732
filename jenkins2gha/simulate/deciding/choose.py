"""Chooses few situations in which each part of each condition decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from jenkins2gha.simulate.deciding.decisions import decisions, parts
from jenkins2gha.simulate.deciding.space import SAID, STARTED, Space
from jenkins2gha.simulate.deciding.terms import Cube, both, deciding, outcome, product
from jenkins2gha.simulate.situation import Situation

MOST = 16


@dataclass(frozen=True, slots=True)
class Choice:
    """A situation, in words and as it is; `said` is what commands print, '' for anything."""

    name: str
    situation: Situation
    said: str = ""


def choose(space: Space, had: Sequence[Choice]) -> list[Choice]:
    """Situations beside those that are had, until each part of each condition has decided both
    ways wherever that can be."""
    found = decisions(space.module)
    space.learn(part for one in found for part in parts(one.term))
    points = [_point(space, one) for one in had]
    wanted: list[Cube] = []
    for one in found:
        reached = product([outcome(term, space.holds, value=True) for term in one.around])
        for cubes in deciding(one.term, space.holds):
            _want(space, product([reached, cubes]), points, wanted)
    return [_choice(space, cube) for cube in wanted[:MOST]]


def _want(
    space: Space, cubes: Sequence[Cube], points: Sequence[Mapping[str, int]], wanted: list[Cube]
) -> None:
    """Adds a cube to those wanted, together with another one if it can be."""
    able = [whole for cube in cubes if (whole := _started(space, cube)) is not None]
    if not able or any(_holds(cube, point) for cube in able for point in points):
        return
    for place, before in enumerate(wanted):
        for cube in able:
            if (joined := both(before, cube)) is not None:
                wanted[place] = joined
                return
    wanted.append(able[0])


def _holds(cube: Cube, point: Mapping[str, int]) -> bool:
    return all(point.get(name, 0) in allowed for name, allowed in cube.items())


def _started(space: Space, cube: Cube) -> Cube | None:
    """The cube with what it takes to enter its parameters: only a person does."""
    entered = any(name.startswith("params.") and 0 not in allowed for name, allowed in cube.items())
    if not entered:
        return cube
    by_hand = [at for at, one in enumerate(space.starts) if one.kind == "dispatch"]
    return both(cube, {STARTED: frozenset(by_hand)})


def _point(space: Space, choice: Choice) -> dict[str, int]:
    situation = choice.situation
    bare = replace(situation, parameters={})
    found = {STARTED: space.starts.index(bare) if bare in space.starts else -1}
    for name, value in situation.parameters.items():
        options = space.options.get(f"params.{name}", [])
        found[f"params.{name}"] = options.index(value) if value in options else -1
    said = space.options[SAID]
    found[SAID] = said.index(choice.said) if choice.said in said else 0
    return found


def _choice(space: Space, cube: Cube) -> Choice:
    chosen = {name: space.options[name][min(allowed)] for name, allowed in cube.items()}
    start = space.starts[min(cube.get(STARTED, (0,)))]
    changed = {name: value for name, value in chosen.items() if min(cube[name]) > 0}
    said = str(changed.pop(SAID, ""))
    parameters = {
        name.partition(".")[2]: value
        for name, value in changed.items()
        if name.startswith("params.") and value is not None
    }
    outside = {
        name.partition(".")[2]: value for name, value in changed.items() if name.startswith("env.")
    }
    given = [f"{name}={value}" for name, value in {**parameters, **outside}.items()]
    known = {**start.variables, **outside}
    variables = {name: str(value) for name, value in known.items() if value is not None}
    given += [f"told {said!r}"] if said else []
    name = " with ".join(filter(None, (_named(start), ", ".join(given))))
    situation = replace(start, parameters=parameters, variables=variables)
    return Choice(name, situation, said)


def _named(start: Situation) -> str:
    match start.kind:
        case "push":
            changes = f" that changes {start.changed[0]}" if start.changed else ""
            return f"push to {start.branch}{changes}"
        case "pull_request":
            return f"pull request to {start.base}"
        case "tag":
            return f"tag {start.branch}"
        case "dispatch":
            return f"dispatch on {start.branch}"
    return "schedule"
