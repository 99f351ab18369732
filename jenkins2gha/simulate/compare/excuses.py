"""Which differences the diagnostics of a conversion state: each at its own site only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.groovy import ast
from jenkins2gha.groovy.walk import walk
from jenkins2gha.simulate.compare.acts import Extent, Place
from jenkins2gha.simulate.compare.differences import Difference
from jenkins2gha.source import Source
from jenkins2gha.tables import table

KINDS = frozenset("missing added order directory environment workspace result condition".split())
_STEPS = frozenset("steps script node".split())
_CONDITIONS = frozenset(
    "always changed fixed regression aborted success unsuccessful unstable failure notBuilt "
    "cleanup".split()
)
_MACHINE = frozenset(("agent", "tools", "triggers", "options", "parameters", "libraries"))
_ABOUT_MACHINE = KINDS - {"missing", "added", "order", "condition"}


@dataclass(frozen=True, slots=True)
class Excuse:
    """What a rule states at a place: the kinds of difference, and how far the place reaches."""

    rule: str
    kinds: frozenset[str]
    extent: Extent
    manual: bool

    def covers(self, kind: str) -> bool:
        also = self.kinds & {"condition"} and kind in ("missing", "added")
        return kind in self.kinds or bool(also)


def excuses(
    diagnostics: Iterable[Diagnostic], module: ast.Module, source: Source
) -> tuple[Excuse, ...]:
    """The excuses of a conversion, whose text had this syntax tree."""
    blocks = _Blocks(module, source)
    found = []
    for one in diagnostics:
        manual = one.certainty is Certainty.MANUAL
        stated = KINDS if manual else frozenset(table("rules")[one.rule].get("differs", ()))
        if stated:
            start, end = one.span.start, one.span.end
            found += [
                Excuse(one.rule, stated & kinds, extent, manual)
                for kinds, extent in blocks.sites(start, end)
                if stated & kinds
            ]
    return tuple(found)


class _Blocks:
    """The calls with a block of a source, and the statements by where they begin."""

    def __init__(self, module: ast.Module, source: Source) -> None:
        self._source = source
        self._calls: list[tuple[str, int, int]] = []
        self._ends: dict[int, int] = {}
        self._words: dict[int, str] = {}
        for node in walk(module):
            if isinstance(node, ast.Module):
                continue
            if isinstance(node, ast.Call):
                self._words.setdefault(node.start, node.word or "")
            self._ends[node.start] = max(node.end, self._ends.get(node.start, 0))
            if isinstance(node, ast.Call) and any(
                isinstance(one, ast.Closure) for one in node.arguments
            ):
                self._calls.append((node.word or "", node.start, node.end))

    def sites(self, start: int, end: int) -> Iterator[tuple[frozenset[str], Extent]]:
        """Where a statement about a piece of the source holds, and for which kinds.

        About a step it is the whole call; about a directive of a stage the stage, and so on. What
        is said of a machine cannot change which commands run.
        """
        own = self._extent(start, max(end, self._ends.get(start, end)))
        yield KINDS, own
        around = [call for call in self._calls if call[1] <= start and end <= call[2]]
        around.sort(key=lambda call: call[1])
        names = [name for name, _, __ in around]
        if _STEPS & set(names[:-1]) or _in_condition(names):
            return
        directive = self._words.get(start) or (names[-1] if names else "")
        outer = [call for call in around if call[0] in ("stage", "pipeline", "matrix", "post")]
        outer = [call for call in outer if call[1] < start]
        if outer:
            _, first, last = outer[-1]
            kinds = _ABOUT_MACHINE if directive in _MACHINE else KINDS
            yield kinds, self._extent(first, last)

    def _extent(self, start: int, end: int) -> Extent:
        return Extent(self._source.position(start), self._source.position(end))


def _in_condition(names: Sequence[str]) -> bool:
    """Whether a place is among the steps of a `post` block."""
    if "post" not in names:
        return False
    behind = names[names.index("post") + 1 :]
    return len(behind) > 1 and behind[0] in _CONDITIONS


def unexcused(
    differences: Iterable[Difference],
    stated: Sequence[Excuse],
    ran: Sequence[Place],
    eventful: Mapping[Place, int],
) -> list[Difference]:
    """The differences that nothing excuses.

    `ran` are the places of the commands of the Jenkins run in their order, `eventful` those at
    which something failed or was unstable, with their number in that order. Where a rule states
    that the result differs, all that depends on it may differ behind an event at its site.
    """
    consequences = _consequences(stated, ran, eventful)
    return [
        one
        for one in differences
        if not any(_covers(excuse, one) and _at(excuse, one, ran) for excuse in stated)
        and not (one.kind in _CONSEQUENCES and _behind(one, consequences))
    ]


def _covers(excuse: Excuse, difference: Difference) -> bool:
    return excuse.covers(difference.kind) or bool(
        difference.also and excuse.covers(difference.also)
    )


_CONSEQUENCES = frozenset(("missing", "added", "result", "workspace", "environment"))


def _at(excuse: Excuse, difference: Difference, ran: Sequence[Place]) -> bool:
    if difference.kind == "result":
        return any(excuse.extent.holds(place) for place in ran)
    return any(excuse.extent.holds(place) for place in _places(difference))


def _places(difference: Difference) -> list[Place]:
    commands = [one for one in (difference.command, difference.earlier) if one]
    if commands:
        return [(one.line, one.column) for one in commands]
    origins = difference.act.origins if difference.act else ()
    return [extent.start for extent in origins]


def _consequences(
    stated: Sequence[Excuse], ran: Sequence[Place], eventful: Mapping[Place, int]
) -> int | None:
    """The number of the first command behind which what depends on the result may differ."""
    found: int | None = None
    for excuse in stated:
        if not excuse.kinds & {"result", "condition", "missing"}:
            continue
        numbers = [
            number
            for number, place in enumerate(ran)
            if excuse.extent.holds(place) and (excuse.manual or place in eventful)
        ]
        if excuse.manual and not numbers:
            numbers = [n - 1 for n, place in enumerate(ran) if place > excuse.extent.start]
        if numbers and (found is None or numbers[0] < found):
            found = numbers[0]
    return found


def _behind(difference: Difference, number: int | None) -> bool:
    if number is None:
        return False
    return difference.command is None or difference.command.index > number
