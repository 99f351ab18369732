"""What a shell holds beside its variables: streams, and the ways in which a script ends."""

from __future__ import annotations

from dataclasses import dataclass, field


class Endless(Exception):
    """A loop goes on for more rounds than any run of a pipeline has."""


class Killed(Exception):
    """Someone stops the whole script from outside."""


class Left(Exception):
    """The script, or the function or loop in it, ends here."""

    def __init__(self, kind: str, status: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.status = kind, status


@dataclass(slots=True)
class Streams:
    """What a command reads, None where nothing is piped into it, and what it prints."""

    given: Input | None = None
    said: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Input:
    """A text that is read line by line."""

    text: str

    def line(self) -> str | None:
        """The next line without its end; None where there is none."""
        if not self.text:
            return None
        found, _, self.text = self.text.partition("\n")
        return found

    def rest(self) -> str:
        """Everything that is left."""
        text, self.text = self.text, ""
        return text
