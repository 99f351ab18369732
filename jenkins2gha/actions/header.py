"""The comment at the top of a workflow: what made it from what, and whether a person edited it."""

from __future__ import annotations

import hashlib

from jenkins2gha.actions.texts import comment_lines
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex

_HASHES = regex(
    r"\ufeff?# Converted by jenkins2gha [^\n]*\n"
    r"# source: sha256:[0-9a-f]{64} output: sha256:(?P<output>[0-9a-f]{64})\n"
)


@dataclass(frozen=True, slots=True)
class Header:
    """`version` is this tool's, `source_name` what the user calls the source."""

    version: str
    source_name: str
    source_text: str

    def above(self, body: str) -> str:
        """The body of a workflow with its header."""
        made = f"Converted by jenkins2gha {self.version} from {self.source_name}"
        (title,) = comment_lines(" ".join(made.splitlines()))
        source = _digest(self.source_text)
        return f"{title}\n# source: sha256:{source} output: sha256:{_digest(body)}\n{body}"


def edited(text: str) -> bool | None:
    """Whether a person changed a workflow since it was written; None if it has no header of ours.

    Line ends do not count: a checkout may have changed them.
    """
    unified = text.replace("\r\n", "\n")
    header = _HASHES.match(unified)
    return None if header is None else _digest(unified[header.end() :]) != header["output"]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
