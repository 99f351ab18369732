"""How far a statement about a piece of a pipeline reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.compare.acts import Extent
from jenkins2gha.source import Source

_STEPS = frozenset(("steps", "script", "node"))
_WHOLE = frozenset(("pipeline", "stage", "stages"))
_CONDITIONS = frozenset(("when", "input", "failFast"))
_MACHINE = frozenset(("agent", "tools", "triggers", "options", "parameters", "environment"))


@dataclass(frozen=True, slots=True)
class Site:
    """A part of the pipeline; it is `wide` where what is said is about all that runs in it, such as
    its machine, and cannot change which commands run. `events` is where its events happen, if that
    is less than all of it."""

    extent: Extent
    wide: bool = False
    events: Extent | None = None


class Sites:
    """The calls with a block of a source, and the statements by where they begin."""

    def __init__(self, module: ast.Module, source: Source) -> None:
        self._source = source
        self._calls: list[tuple[str, int, int]] = []
        self._ends: dict[int, int] = {}
        self._words: dict[int, str] = {}
        self._asked: dict[int, int] = {}
        for node in walk(module):
            if isinstance(node, ast.Module):
                continue
            self._ends[node.start] = max(node.end, self._ends.get(node.start, 0))
            if isinstance(node, ast.If | ast.Switch):
                asked = node.condition if isinstance(node, ast.If) else node.value
                self._asked[asked.start] = node.end
            if isinstance(node, ast.Call):
                self._words.setdefault(node.start, node.word or "")
                if any(isinstance(one, ast.Closure) for one in node.arguments):
                    self._calls.append((node.word or "", node.start, node.end))

    def of(self, start: int, end: int, *, value: bool = False) -> Iterator[Site]:
        """The sites of what is said of a piece of the source.

        About a step it is the whole call, about a `value` that an `if` asks for all that depends on
        it; about a directive also the stage or the pipeline that it
        belongs to, which is wide unless the directive decides what runs.
        """
        word = self._words.get(start, "")
        depends = self._asked.get(start, 0) if value else 0
        own = self._extent(start, max(end, self._ends.get(start, end), depends))
        yield Site(own, wide=word in _WHOLE)
        around = [call for call in self._calls if call[1] < start and end <= call[2]]
        around.sort(key=lambda call: call[1])
        names = [name for name, _, __ in around]
        if _STEPS & set(names) or "post" in names or not around:
            return
        last = max((at for at, name in enumerate(names) if name in _WHOLE), default=None)
        directive = names[last + 1] if last is not None and last + 1 < len(names) else word
        if last is not None and directive in _CONDITIONS | _MACHINE:
            _, first, behind = around[last]
            whole = self._extent(first, behind)
            asked = own if directive == "input" else None
            yield Site(whole, wide=directive in _MACHINE, events=asked)

    def _extent(self, start: int, end: int) -> Extent:
        return Extent(self._source.position(start), self._source.position(end))
