"""The commands that a pipeline ran on Jenkins: what a script of the workflow is recognised by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jenkins2gha.simulate.compare.acts import Place
from jenkins2gha.simulate.compare.texts import filled, plain
from jenkins2gha.simulate.trace import Command


def key_of(command: Command) -> str:
    """What a command is known by on both sides: a script's text with its values, a step's place."""
    if command.kind == "run":
        return filled(command.text, dict(command.environment))
    return f"{command.text}@{command.line}:{command.column}"


class Known:
    """Scripts by their texts, with and without values, and the places of all other steps."""

    def __init__(
        self, commands: Iterable[Command], parameters: frozenset[str] = frozenset()
    ) -> None:
        self.parameters = parameters
        self._filled: set[str] = set()
        self._plain: dict[str, list[str]] = {}
        self.steps: dict[Place, str] = {}
        for command in commands:
            if command.kind == "run":
                key = key_of(command)
                if key and key not in self._filled:
                    self._filled.add(key)
                    self._plain.setdefault(plain(command.text), []).append(key)
            else:
                self.steps[command.line, command.column] = key_of(command)

    def script(self, text: str, environment: Mapping[str, str]) -> str | None:
        """The key of the command that a text is; None where the pipeline has no such command."""
        bare = plain(text)
        keys = self._plain.get(bare, ())
        if len(keys) == 1:
            return keys[0]
        if "$" in bare or "%" in bare or keys:
            with_values = filled(text, environment)
            if with_values in self._filled:
                return with_values
        elif bare in self._filled:
            return bare
        return keys[0] if keys else None
