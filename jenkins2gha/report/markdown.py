"""The report for a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jenkins2gha.conversion import Conversion
from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.record import asdict

_BINS = ("exact", "equivalent", "approximate", "dropped", "manual", "llm")


def report(conversions: Sequence[Conversion], paths: Sequence[Sequence[str]]) -> str:
    """One section a source: its counts, what a person must do, what differs, what was dropped."""
    lines = ["# Conversion to GitHub Actions", ""]
    for conversion, written in zip(conversions, paths, strict=True):
        lines += _one(conversion, written)
    return "\n".join(lines).rstrip("\n") + "\n"


def _one(conversion: Conversion, paths: Sequence[str]) -> Iterator[str]:
    yield f"## `{conversion.source}`: {conversion.status}"
    yield ""
    for path in paths:
        yield f"Workflow: `{path}`"
        yield ""
    counts = asdict(conversion.constructs)
    yield "| constructs | " + " | ".join(_BINS) + " | Groovy left to a person |"
    yield "|---:" * (len(_BINS) + 2) + "|"
    numbers = " | ".join(str(counts[name]) for name in _BINS)
    yield f"| {counts['total']} | {numbers} | {conversion.groovy_manual} |"
    yield ""
    yield from _section("To do by hand", conversion.diagnostics, (Certainty.MANUAL,), box=True)
    yield from _section("Differs", conversion.diagnostics, (Certainty.APPROXIMATE,), box=True)
    yield from _section("Also said", conversion.diagnostics, (None,), box=False)
    good = (Certainty.DROPPED, Certainty.EQUIVALENT, Certainty.EXACT)
    yield from _section("Dropped, or done by other means", conversion.diagnostics, good, box=False)
    if conversion.tasks:
        yield "### Before the first run"
        yield ""
        yield "```sh"
        yield from conversion.tasks
        yield "```"
        yield ""


def _section(
    title: str,
    diagnostics: Sequence[Diagnostic],
    certainties: tuple[Certainty | None, ...],
    *,
    box: bool,
) -> Iterator[str]:
    chosen = [one for one in diagnostics if one.certainty in certainties]
    if not chosen:
        return
    yield f"### {title}"
    yield ""
    for one in chosen:
        hint = f" {_escape(one.hint)}" if one.hint else ""
        mark = "- [ ] " if box else "- "
        yield f"{mark}line {one.span.line}: {_escape(one.message)} (`{one.rule}`){hint}"
    yield ""


def _escape(text: str) -> str:
    """Text from a source must not become markup, a mention or a link."""
    for char in "\\`*_[]<>|#":
        text = text.replace(char, "\\" + char)
    return text.replace("@", "@\u200b").replace("\n", " ")
