"""What all nodes of the syntax tree have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Kind(type):
    """Makes each subclass of Node a frozen class with slots for its fields.

    A dataclass in all that matters, at a quarter of the time: a cold start defines all the kinds,
    and a parse makes one node for every two tokens.
    """

    def __new__(mcs, name: str, bases: tuple[type, ...], space: dict[str, Any]) -> Kind:
        own = tuple(one for one in space.get("__annotations__", {}) if one.islower())
        defaults = {one: space.pop(one) for one in own if one in space}
        made: Any = super().__new__(mcs, name, bases, {**space, "__slots__": own})
        made.FIELDS = tuple(getattr(bases[0], "FIELDS", ()) if bases else ()) + own
        type.__setattr__(made, "__match_args__", made.FIELDS)
        made.__init__ = _constructor(made, made.FIELDS, defaults)
        kind: Kind = made
        return kind


def _constructor(
    kind: type, fields: tuple[str, ...], defaults: dict[str, Any]
) -> Callable[..., None]:
    names: dict[str, Any] = {f"set_{one}": getattr(kind, one).__set__ for one in fields}
    names.update((f"default_{one}", value) for one, value in defaults.items())
    given = ", ".join(f"{one}=default_{one}" if one in defaults else one for one in fields)
    body = "; ".join(f"set_{one}(self, {one})" for one in fields)
    exec(f"def __init__(self, {given}): {body}", names)  # noqa: S102 - as dataclasses do
    made: Callable[..., None] = names["__init__"]
    return made


class Node(metaclass=Kind):
    """A piece of source: `start` and `end` are offsets of characters, the end exclusive.

    Nodes cannot be changed and are equal only to themselves; `FIELDS` names what they hold.
    """

    FIELDS: ClassVar[tuple[str, ...]]
    start: int
    end: int

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a syntax tree cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a syntax tree cannot be changed: {name}")

    def __repr__(self) -> str:
        inside = ", ".join(f"{one}={getattr(self, one)!r}" for one in self.FIELDS)
        return f"{type(self).__name__}({inside})"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, one) for one in self.FIELDS)
