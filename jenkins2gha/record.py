"""Dataclasses that are cheap to define: the same names, with the same meaning as in `dataclasses`.

The standard ones compile six methods for each class as it is defined, and need `inspect`: for the
classes of a cold start that is a quarter of it. These compile one, the constructor, and not before
the first call of it. Only what this project uses is there (no order, no hash by request, no
positional fields beside `kw_only` ones); what `dataclasses` offers takes these classes as its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

__all__ = ["asdict", "dataclass", "field", "fields", "is_dataclass", "replace"]

_T = TypeVar("_T")
_MISSING: Final[Any] = object()


class _Field:
    """One field of a class, as its annotation and its default define it."""

    __slots__ = ("default", "default_factory", "init", "name", "repr")

    def __init__(
        self,
        *,
        default: Any = _MISSING,
        default_factory: Any = _MISSING,
        init: bool = True,
        repr: bool = True,  # noqa: A002 - its name in `dataclasses`
    ) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr


class _Standard:
    """An attribute by which `dataclasses` knows a class of its own; made when it asks for it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, _: object, kind: Any) -> Any:
        import dataclasses

        own = [(one.name, Any, _standard_field(one)) for one in kind.__record__]
        made = dataclasses.make_dataclass(kind.__name__, own, kw_only=not kind.__match_args__)
        found = getattr(made, self.name)
        setattr(kind, self.name, found)
        return found


def _standard_field(one: _Field) -> Any:
    import dataclasses

    settings = {
        key: getattr(one, key)
        for key in ("default", "default_factory")
        if getattr(one, key) is not _MISSING
    }
    return dataclasses.field(init=one.init, repr=one.repr, **settings)


def _dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True
) -> Callable[[type[_T]], type[_T]]:
    def decorate(plain: type[_T]) -> type[_T]:
        own = _own_fields(plain)
        parts = (*getattr(plain, "__record__", ()), *own)
        kind: Any = _with_slots(plain, [one.name for one in own]) if slots else plain
        kind.__record__ = parts
        kind.__given__ = tuple(one.name for one in parts if one.init)
        kind.__values__ = staticmethod(_reader(kind.__given__))
        type.__setattr__(kind, "__match_args__", () if kw_only else kind.__given__)
        kind.__dataclass_fields__ = _Standard("__dataclass_fields__")
        kind.__dataclass_params__ = _Standard("__dataclass_params__")
        methods = _methods(parts, eq=eq, frozen=frozen)
        methods["__init__"] = _constructor(kind, frozen=frozen, slots=slots, kw_only=kw_only)
        for name, method in methods.items():
            if name not in vars(plain):
                setattr(kind, name, method)
        made: type[_T] = kind
        return made

    return decorate


def _own_fields(plain: type) -> list[_Field]:
    own = []
    for name, annotation in vars(plain).get("__annotations__", {}).items():
        if annotation.startswith("ClassVar"):
            continue
        default = vars(plain).get(name, _MISSING)
        one = default if isinstance(default, _Field) else _Field(default=default)
        one.name = name
        own.append(one)
    return own


def _with_slots(plain: type, names: Iterable[str]) -> type:
    """The class anew: slots cannot be given to one that is there."""
    space = {key: value for key, value in vars(plain).items() if key not in names}
    space.pop("__dict__", None)
    space.pop("__weakref__", None)
    made: type = type(plain)(plain.__name__, plain.__bases__, {**space, "__slots__": tuple(names)})
    made.__qualname__ = plain.__qualname__
    return made


def _methods(parts: tuple[_Field, ...], *, eq: bool, frozen: bool) -> dict[str, Any]:
    names = [one.name for one in parts]
    shown = [one.name for one in parts if one.repr]
    values = _reader(names)

    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        if other.__class__ is not self.__class__:
            return NotImplemented
        return bool(values(self) == values(other))

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    def __repr__(self: Any) -> str:  # noqa: N807
        inside = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
        return f"{self.__class__.__qualname__}({inside})"

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: list[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    methods: dict[str, Any] = {
        "__repr__": __repr__,
        "__getstate__": __getstate__,
        "__setstate__": __setstate__,
        "__replace__": _replace,
    }
    if eq:
        methods |= {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    return methods


def _reader(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """Reads the fields of these names from an instance, all in one go."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _refuse(_: object, name: str, *__: object) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _constructor(kind: Any, **options: bool) -> Callable[..., None]:
    """A constructor that puts the real one in its place when it is first called."""

    def __init__(self: object, *given: Any, **named: Any) -> None:  # noqa: N807
        kind.__init__ = _compiled(kind, **options)
        kind.__init__(self, *given, **named)

    return __init__


def _compiled(kind: Any, *, frozen: bool, slots: bool, kw_only: bool) -> Callable[..., None]:
    space: dict[str, Any] = {"missing": _MISSING}
    given = ["self", "*"] if kw_only else ["self"]
    body = []
    for one in kind.__record__:
        name = value = one.name
        if one.default_factory is not _MISSING:
            space[f"make_{name}"] = one.default_factory
            made = f"make_{name}()"
            value = f"{made} if {name} is missing else {name}" if one.init else made
        elif one.default is not _MISSING:
            space[f"default_{name}"] = one.default
        elif not one.init:
            continue
        if one.init:
            given.append(name + _default(one))
        if frozen and slots:
            space[f"set_{name}"] = getattr(kind, name).__set__
            body.append(f"set_{name}(self, {value})")
        else:
            place = f"self.__dict__['{name}']" if frozen else f"self.{name}"
            body.append(f"{place} = {value}")
    exec(f"def __init__({', '.join(given)}): {'; '.join(body) or 'pass'}", space)  # noqa: S102
    made_of_it: Callable[..., None] = space["__init__"]
    return made_of_it


def _default(one: _Field) -> str:
    if one.default_factory is not _MISSING:
        return "=missing"
    return "" if one.default is _MISSING else f"=default_{one.name}"


def _fields(kind: Any) -> tuple[_Field, ...]:
    """The fields of a class of this module, or of an instance of one."""
    found: tuple[_Field, ...] = kind.__record__
    return found


def _is_dataclass(one: object) -> bool:
    """Whether this is a class of this module, or an instance of one."""
    return hasattr(one, "__record__")


def _replace(one: Any, /, **changes: Any) -> Any:
    """The same with other values: `replace(step, name="Build")`."""
    kind = one.__class__
    given = dict(zip(kind.__given__, kind.__values__(one), strict=True))
    given.update(changes)
    return kind(**given)


def _asdict(one: Any) -> Any:
    """The fields and their values, down through what they hold."""
    if hasattr(one, "__record__") and not isinstance(one, type):
        return {part.name: _asdict(getattr(one, part.name)) for part in one.__record__}
    if isinstance(one, (list, tuple)):
        return type(one)(map(_asdict, one))
    if isinstance(one, dict):
        return {_asdict(key): _asdict(value) for key, value in one.items()}
    return one


# A type checker knows what a dataclass is by its name in the standard library.
if TYPE_CHECKING:
    from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
else:
    asdict, fields, is_dataclass, replace = _asdict, _fields, _is_dataclass, _replace
    dataclass, field = _dataclass, _Field
