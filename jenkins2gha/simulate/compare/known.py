"""The commands that a pipeline ran on Jenkins: what a script of the workflow is recognised by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from jenkins2gha.simulate.compare.acts import Place
from jenkins2gha.simulate.compare.texts import filled, plain
from jenkins2gha.simulate.trace import Command

STASHES = frozenset(("stash", "unstash"))
"""Steps that are a script and an action where the files go to another job."""


def key_of(command: Command) -> str:
    """What a command is known by on both sides: a script's text with its values, a step's place."""
    if command.kind == "run":
        return filled(command.text, dict(command.environment))
    return f"{command.text}@{command.line}:{command.column}"


class Texts:
    """Scripts by their texts, with and without values."""

    def __init__(self) -> None:
        self.filled: set[str] = set()
        self.plain: dict[str, list[str]] = {}

    def add(self, command: Command, key: str) -> None:
        if key and key not in self.filled:
            self.filled.add(key)
            self.plain.setdefault(plain(command.text), []).append(key)


class Known:
    """The commands of all runs; those of the run at hand, `within` it, come first.

    `steps` are the keys of steps that are no scripts, `scripts` those of scripts, by their places;
    `stashes` are the names that steps pack and unpack, by their keys.
    """

    def __init__(
        self, commands: Iterable[Command], parameters: frozenset[str] = frozenset()
    ) -> None:
        self.parameters = parameters
        self.steps: dict[Place, str] = {}
        self.scripts: dict[Place, list[str]] = {}
        self.stashes: dict[str, str] = {}
        self._all, self._now = Texts(), Texts()
        self._stashed: frozenset[str] = frozenset()
        for command in commands:
            place, key = (command.line, command.column), key_of(command)
            if command.kind == "run":
                self._all.add(command, key)
                keys = self.scripts.setdefault(place, [])
                keys += [key] if key not in keys else []
            else:
                self.steps[place] = key
                if command.text in STASHES:
                    self.stashes[key] = dict(command.inputs).get("name", "")

    def within(self, commands: Sequence[Command]) -> Known:
        """The same, in a run of these commands."""
        found = Known((), self.parameters)
        found.steps, found.scripts, found._all = self.steps, self.scripts, self._all
        found.stashes = self.stashes
        found._stashed = frozenset(key_of(one) for one in commands if one.text in STASHES)
        for command in commands:
            if command.kind == "run":
                found._now.add(command, key_of(command))
        return found

    def stashing(self, starts: Iterable[Place]) -> list[str]:
        """The keys of the stashes at these places, in their order, those of this run first."""
        keys = [self.steps[place] for place in sorted(starts) if place in self.steps]
        return sorted((one for one in keys if one in self.stashes), key=self._is_not_run)

    def _is_not_run(self, key: str) -> bool:
        return key not in self._stashed

    def script(self, text: str, environment: Mapping[str, str]) -> str | None:
        """The key of the command that a text is; None where the pipeline has no such command.

        A text with the values of this run counts more than one that has only the same names.
        """
        bare = plain(text)
        named = self._now.plain.get(bare) or self._all.plain.get(bare)
        if named and len(named) == 1 and bare in self._now.plain:
            return named[0]
        with_values = filled(text, environment) if "$" in bare or "%" in bare else bare
        if with_values in self._now.filled or with_values in self._all.filled:
            return with_values
        return named[0] if named else None
