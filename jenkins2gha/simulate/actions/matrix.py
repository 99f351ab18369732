"""The legs of a matrix.

Source: actions/runner, `WorkflowParser/Conversion/MatrixBuilder.cs`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from jenkins2gha.simulate.expressions import Array, ExpressionError, Object, Value, to_text
from jenkins2gha.simulate.expressions.values import equal

MAX_LEGS = 256


@dataclass(frozen=True, slots=True)
class Leg:
    """The values of a leg, and those that GitHub shows behind the job's name."""

    values: Object
    title: str


def legs(matrix: Value) -> tuple[Leg, ...]:
    """The legs of the value at `strategy.matrix`, in GitHub's order.

    `exclude` takes a leg that has all of its values; `include` adds its other values to each leg
    that has those of its axes, or is a leg of its own where there is none.
    """
    if not isinstance(matrix, Object):
        raise ExpressionError("Unexpected value of a matrix: a mapping was expected")
    axes = [(key, value) for key, value in matrix.pairs if key not in ("include", "exclude")]
    for key, value in axes:
        if not isinstance(value, Array) or not value.items:
            raise ExpressionError(f"Matrix vector '{key}' does not contain any values")
    found = tuple(_build(axes, _items(matrix.get("include")), _items(matrix.get("exclude"))))
    if not found:
        raise ExpressionError("Matrix must define at least one vector")
    if len(found) > MAX_LEGS:
        raise ExpressionError(f"The matrix has {len(found)} legs, more than {MAX_LEGS}")
    return found


def _leg(named: Object, extra: tuple[tuple[str, Value], ...] = ()) -> Leg:
    title = ", ".join(text for value in named.values() for text in _texts(value) if text)
    return Leg(Object((*named.pairs, *extra)), title)


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, (Array, Object)):
        for one in value.items if isinstance(value, Array) else value.values():
            yield from _texts(one)
    else:
        yield to_text(value)


def _items(value: Value) -> tuple[Object, ...]:
    if value is None:
        return ()
    if not isinstance(value, Array):
        raise ExpressionError("A sequence was expected")
    return tuple(item for item in value.items if isinstance(item, Object))


def _build(
    axes: list[tuple[str, Value]], include: tuple[Object, ...], exclude: tuple[Object, ...]
) -> Iterator[Leg]:
    names = Object(tuple(axes))
    vectors = [value.items for _, value in axes if isinstance(value, Array)]
    matched: set[int] = set()
    for values in product(*vectors) if vectors else ():
        leg = Object(tuple(zip(names, values, strict=True)))
        if any(_within(filter_, leg) for filter_ in exclude):
            continue
        extra: list[tuple[str, Value]] = []
        for place, item in enumerate(include):
            own = Object(tuple(pair for pair in item.pairs if pair[0] in names))
            if _within(own, leg):
                matched.add(place)
                extra += [pair for pair in item.pairs if pair[0] not in names]
        yield _leg(leg, tuple(extra))
    for place, item in enumerate(include):
        if place not in matched:
            yield _leg(Object(tuple(sorted(item.pairs, key=lambda pair: pair[0] not in names))))


def _within(part: Value, whole: Value) -> bool:
    """Every value below `part` stands at the same place of `whole`, by the loose `==`."""
    if isinstance(part, Object):
        return all(
            _within(value, whole.get(key) if isinstance(whole, Object) else None)
            for key, value in part.pairs
        )
    if isinstance(part, Array):
        others = whole.items if isinstance(whole, Array) else ()
        return all(
            _within(value, others[place] if place < len(others) else None)
            for place, value in enumerate(part.items)
        )
    return equal(whole, part)
