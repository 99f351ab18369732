"""The report for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jenkins2gha.conversion import Conversion
from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.record import asdict
from jenkins2gha.secrets import mask

_BINS = ("exact", "equivalent", "approximate", "dropped", "manual", "llm")
_WINDOW = 120


def report(conversions: Sequence[Conversion], paths: Sequence[Sequence[str]]) -> str:
    """What was converted, what was said of it, and what is left to do."""
    lines: list[str] = []
    for conversion, written in zip(conversions, paths, strict=True):
        lines += _one(conversion, written)
        lines.append("")
    if len(conversions) > 1:
        lines += [_total(conversions), ""]
    return "\n".join(lines)


def summary(conversions: Sequence[Conversion], paths: Sequence[Sequence[str]]) -> str:
    """One line a source, for a call whose report goes to a file."""
    lines = [
        _status(conversion, written) for conversion, written in zip(conversions, paths, strict=True)
    ]
    if len(conversions) > 1:
        lines.append(_total(conversions))
    return "\n".join(lines) + "\n"


def _status(conversion: Conversion, paths: Sequence[str]) -> str:
    target = f" -> {', '.join(paths)}" if paths else ""
    return f"{conversion.source}: {conversion.status}{target}"


def _one(conversion: Conversion, paths: Sequence[str]) -> Iterator[str]:
    for same in _folded(conversion.diagnostics):
        yield from diagnostic(same[0])
        if len(same) > 1:
            yield f"    {_more(same[1:])}"
    yield _status(conversion, paths)
    if conversion.status != "failed":
        yield f"  {_constructs(conversion)}"
    if conversion.tasks:
        yield "  to do before the first run:"
        yield from (f"    {task}" for task in conversion.tasks)


def _folded(diagnostics: Iterable[Diagnostic]) -> list[list[Diagnostic]]:
    """The diagnostics, those that say the same of several places together with the first."""
    groups: dict[tuple[object, ...], list[Diagnostic]] = {}
    for one in diagnostics:
        key = (one.rule, one.severity, one.message, one.hint, one.span.file.name)
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _more(others: Sequence[Diagnostic]) -> str:
    lines = [str(line) for line in dict.fromkeys(one.span.line for one in others)]
    return f"… and {len(others)} more at line{'s' * (len(lines) > 1)} {', '.join(lines)}"


def _constructs(conversion: Conversion) -> str:
    counts = asdict(conversion.constructs)
    parts = [f"{counts[name]} {name}" for name in _BINS if counts[name]]
    total = counts["total"]
    text = f"{total} construct{'s' * (total != 1)}: {', '.join(parts) or 'none'}"
    if conversion.groovy_manual:
        statements = f"{conversion.groovy_manual} Groovy statement"
        text += f"; {statements}{'s' * (conversion.groovy_manual > 1)} left to a person"
    return text


def _total(conversions: Sequence[Conversion]) -> str:
    by_status = dict.fromkeys(("converted", "partial", "failed"), 0)
    for conversion in conversions:
        by_status[conversion.status] += 1
    parts = ", ".join(f"{count} {name}" for name, count in by_status.items())
    return f"{len(conversions)} sources: {parts}"


def diagnostic(one: Diagnostic) -> Iterator[str]:
    """`path:line:col: severity[rule]: message`, the source line, a caret, and the hint."""
    span = one.span
    yield f"{span}: {one.severity.value}[{one.rule}]: {one.message}"
    line = mask(span.file.line(span.line))
    if line.strip():
        width = span.end_column - span.column if span.end_line == span.line else 1
        yield from _pointed(line, span.column - 1, max(width, 1))
    if one.hint:
        yield f"    = {one.hint}"


def _pointed(line: str, column: int, width: int) -> Iterator[str]:
    """A line with carets below a part of it; of a long line, the window in which that part is."""
    start = max(0, column - _WINDOW // 2) if len(line) > _WINDOW else 0
    window = line[start : start + _WINDOW]
    shown = _printable(window.expandtabs(4))
    before = len(window[: column - start].expandtabs(4))
    yield f"    {shown}"
    yield f"    {' ' * before}{'^' * min(width, max(len(shown) - before, 1))}"


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in text)
