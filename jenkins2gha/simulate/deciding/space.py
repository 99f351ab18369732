"""What a run may find: how it started, each parameter, each variable from outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.deciding.terms import Cube, Part
from jenkins2gha.simulate.jenkins.asking import Given, holds
from jenkins2gha.simulate.jenkins.declarative.when import START
from jenkins2gha.simulate.jenkins.names import OF_START
from jenkins2gha.simulate.samples import example
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.source import Source

STARTED, SAID = "started", "said"
_ANYTHING: Cube = {}
_MOST_POINTS = 64
_OUTSIDE = frozenset(("env", "params", "currentBuild"))
_IS_START = frozenset(("currentBuild",))

Option = str | bool | None


@dataclass(slots=True)
class Space:
    """The options of each dimension, and in which a part of a condition holds.

    `starts` are the situations without parameters; `parameters` are the values of each, its default
    first; `own` are the names that the pipeline itself gives values to, which nobody knows before.
    """

    module: ast.Module
    source: Source
    starts: Sequence[Situation]
    parameters: Mapping[str, list[str | bool]]
    own: frozenset[str]
    words: list[str]
    options: dict[str, list[Option]] = field(default_factory=dict)
    _known: dict[int, tuple[list[Cube], list[Cube]]] = field(default_factory=dict)

    def learn(self, parts: Iterable[Part]) -> None:
        """Takes the texts that a part compares a name with into the options of the name."""
        self.options = {f"params.{name}": [*known] for name, known in self.parameters.items()}
        self.options[STARTED] = [str(place) for place in range(len(self.starts))]
        self.options[SAID] = ["value", *dict.fromkeys(self.words[:6])]
        for part in parts:
            texts = _texts(part.node)
            for name in self._dimensions(part) or ():
                if name.startswith("env."):
                    before = self.starts[0].variables.get(name[4:])
                    known = self.options.setdefault(name, [before])
                    known += [one for one in (*texts, None, "value") if one not in known]
                elif name.startswith("params."):
                    known = self.options[name]
                    if not isinstance(known[0], bool) and len(known) < 8:
                        known += [text for text in texts if text not in known]

    def holds(self, part: Part, *, value: bool) -> Sequence[Cube]:
        """The cubes in which a part comes out so."""
        key = id(part)
        if key not in self._known:
            self._known[key] = self._cubes(part)
        return self._known[key][0 if value else 1]

    def _cubes(self, part: Part) -> tuple[list[Cube], list[Cube]]:
        names = self._dimensions(part)
        if names is None or prod(len(self.options[name]) for name in names) > _MOST_POINTS:
            return [_ANYTHING], [_ANYTHING]
        found: tuple[dict[tuple[int, ...], None], dict[tuple[int, ...], None]] = ({}, {})
        for point in product(*(range(len(self.options[name])) for name in names)):
            chosen = {name: self.options[name][at] for name, at in zip(names, point, strict=True)}
            came = self._tried(part, chosen)
            if came is None:
                return [_ANYTHING], [_ANYTHING]
            found[0 if came else 1][point] = None
        return _joined(names, found[0]), _joined(names, found[1])

    def _tried(self, part: Part, chosen: Mapping[str, Option]) -> bool | None:
        started = int(str(chosen.get(STARTED, "0")))
        outside = {
            name[4:]: str(value)
            for name, value in chosen.items()
            if name.startswith("env.") and value is not None
        }
        inside = {name: value for name, value in part.constants.items() if value is not None}
        parameters = {
            name: chosen.get(f"params.{name}", known[0]) for name, known in self.parameters.items()
        }
        given = Given(
            replace(self.starts[started], variables=outside),
            parameters={name: value for name, value in parameters.items() if value is not None},
            assigned=inside,
            local=dict.fromkeys(self.own, str(chosen[SAID])) if SAID in chosen else {},
        )
        return holds(self.source, self.module, part.node, given)

    def _dimensions(self, part: Part) -> list[str] | None:
        """The names of those that a part asks for; None for what the text does not tell."""
        if isinstance(part.node, ast.Call) and part.node.word in START:
            return [STARTED]
        found: dict[str, None] = {}
        for kind, name in _reads(part.node):
            if name in part.constants and kind != "params":
                if part.constants[name] is None:
                    return None
            elif name in self.parameters:
                found[f"params.{name}"] = None
            elif name in OF_START or name in _IS_START:
                found[STARTED] = None
            elif kind == "env" and name not in self.own:
                found[f"env.{name}"] = None
            elif kind == "name" and name in self.own and len(self.words) > 0:
                found[SAID] = None
            elif kind in ("call", "env") or name in self.own:
                return None
        return list(found)


def _joined(names: Sequence[str], points: Mapping[tuple[int, ...], None]) -> list[Cube]:
    if len(names) == 1:
        return [{names[0]: frozenset(point[0] for point in points)}] if points else []
    return [
        {name: frozenset((at,)) for name, at in zip(names, point, strict=True)} for point in points
    ]


def _texts(node: ast.Node) -> list[str]:
    """The texts in a condition, for a pattern one that it fits."""
    pattern = isinstance(node, ast.Binary) and node.operator in ("==~", "=~")
    keys = {id(one.name) for one in walk(node) if isinstance(one, (ast.Property, ast.Call))}
    keys |= {id(one.key) for one in walk(node) if isinstance(one, ast.MapEntry)}
    if isinstance(node, ast.Call) and node.word == "environment":
        keys |= {id(one.value) for one in node.named[:1]}
    found = [
        one.value
        for one in walk(node)
        if isinstance(one, ast.StringLiteral) and id(one) not in keys
    ]
    return [text for one in found if (text := example(one) if pattern else one) or not pattern]


def _reads(node: ast.Node) -> Iterator[tuple[str, str]]:
    """The names in a condition with what holds them; a call of a step is `call`."""
    inside: set[int] = set()
    if isinstance(node, ast.Call) and node.word == "environment":
        for entry in node.named:
            key, value = entry.key, entry.value
            named = isinstance(key, ast.StringLiteral) and key.value == "name"
            if named and isinstance(value, ast.StringLiteral):
                yield "env", value.value
        return
    for one in walk(node):
        match one:
            case ast.Property(object=ast.Name(id=holder), name=ast.StringLiteral(value=name)):
                inside.add(id(one.object))
                yield (holder, name) if holder in _OUTSIDE else ("name", holder)
            case ast.Index(object=ast.Name(id=holder), arguments=(ast.StringLiteral(value=name),)):
                inside.add(id(one.object))
                yield (holder, name) if holder in _OUTSIDE else ("name", holder)
            case ast.Name(id=name) if id(one) not in inside:
                yield "name", name
            case ast.Call(receiver=None) if one is not node or one.word != "equals":
                yield "call", one.word or ""
