"""What a workflow did: its steps, and the commands inside their scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from jenkins2gha.simulate.trace import Command, Pairs

Kind: TypeAlias = Literal["step", "source", "tool"]
Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Extent:
    """A part of the pipeline, from one line and column to before another."""

    start: Place
    end: Place

    def holds(self, place: Place) -> bool:
        return self.start <= place < self.end

    def within(self, other: Extent) -> bool:
        return other.start <= self.start and self.end <= other.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that began in the run of a workflow.

    A `step` is one of the YAML; inside it a `source` is a command of the pipeline, by its `key`,
    and a `tool` any other command. `number` counts them as they began, `step` is the number of the
    step around. `seen` are those before it whose files are in the workspace, `said` is what was
    printed, `written` the files that its own script wrote, with their texts; `missed` are variables
    that it reads although nothing sets them; `placeholder` stands for what needs no counterpart on
    Jenkins; `asks` for a step that only finds something out for the steps behind it.
    """

    kind: Kind
    number: int
    step: int
    command: Command
    text: str
    key: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    path: tuple[str, ...] = ()
    directory: str = ""
    container: str = ""
    seen: frozenset[int] = frozenset()
    said: str = ""
    written: Pairs = ()
    missed: frozenset[str] = frozenset()
    failed: bool = False
    placeholder: bool = False
    asks: bool = False
    origins: tuple[Extent, ...] = ()

    def after(self, *, said: str, failed: bool) -> Act:
        """The act at its end."""
        return replace(self, said=said, failed=failed)

    def from_place(self, place: Place) -> bool:
        """Whether it comes from where a call stands in the pipeline."""
        return any(extent.holds(place) for extent in self.origins)
