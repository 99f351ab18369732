"""Generated Groovy programs and one-token mutants of them: our parser against Groovy 2.4.21 itself.

One program and one mutant a seed. Both sides must accept or reject the same; what is accepted must
hold the same calls, GStrings and closures. Where both reject, Groovy may look for the fault
elsewhere or name no line; more than a tenth of other lines in a block is a difference. What
Groovy's parser does by accident, and no pipeline holds, is excused by its form: see `_ODDITIES`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from groovy.programs import Programs, mutant
from jenkins2gha.groovy import GroovySyntaxError, parse
from jenkins2gha.groovy.counts import counts
from jenkins2gha.source import Source
from judges import oracle
from judges.oracle import Oracle, Verdict

SEEDS = range(60_000)
BLOCK = 5_000
TOLERATED = 0.001
"""The bar is 99 % on mutants; what is seen is about one in two thousand."""

available = oracle.available

_LINES_DIFFER = 0.1
_ODDITIES = tuple(
    map(
        re.compile,
        (
            # A type in angle brackets behind `as` does not end its line, nor a command's arguments.
            r"\bas\s+[\w.]+<[^\n]*>",
            # No newline between the brackets of `List<>`, though one in `List<\nString>`.
            r"<\s*\n\s*>",
            # `(String) (a, b)` calls a method of that name, `(String) (a)` is a cast.
            r"\(\w+\s*\)\s*\(",
            # In the body of an enum's constant `def a b()` is a method with two names.
            r"\benum\b.*\bdef \w+ \w+\(",
            # A constant of an enum may lack its name.
            r"\benum\b.*,\s*\{",
            # A closure behind `new A()` is no body of a class in a string, nor anywhere with `->`.
            r"new A\([^\n]*\)\s*\{[^\n]*->",
            # `default` needs nothing that ends the statement before it.
            r"\)\s*default:",
            # An attribute may be named by a closure.
            r"\.@\s*\{",
        ),
    )
)


def run(seeds: range) -> Iterator[str]:
    """Every program on which the two do not agree."""
    texts = [text for seed in seeds for text in _texts(seed)]
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(_verdicts, texts)
        ours = [_verdict(text) for text in texts]
        theirs = waiting.result()
    rejected = lines = 0
    for text, own, other in zip(texts, ours, theirs, strict=True):
        if difference := _difference(own, other):
            if any(oddity.search(text) for oddity in _ODDITIES):
                continue
            yield f"{text!r}\n  {difference}"
        elif other["error"] is not None:
            rejected += 1
            lines += own[1] != other["error"]["line"]
    if lines > rejected * _LINES_DIFFER:
        yield f"seeds {seeds.start}:{seeds.stop}: {lines} of {rejected} errors on another line"


def _texts(seed: int) -> tuple[str, str]:
    program = Programs(seed).program()
    return program, mutant(program, seed)


def _verdicts(texts: Sequence[str]) -> list[Verdict]:
    with Oracle() as judge:
        return [judge.verdict(text) for text in texts]


def _verdict(text: str) -> tuple[bool, int, Any]:
    source = Source("-", text)
    try:
        tree = parse(source)
    except GroovySyntaxError as error:
        return False, source.position(error.start)[0], None
    return True, 0, _shape(counts(source, tree))


def _difference(ours: tuple[bool, int, Any], theirs: Verdict) -> str | None:
    accepted, _, shape = ours
    if accepted != theirs["ok"]:
        why = theirs["error"]["message"] if theirs["error"] else ""
        return f"ours {_said(accepted)}, Groovy {_said(theirs['ok'])} {why}".rstrip()
    if accepted and shape != (wanted := _shape(theirs["counts"])):
        return f"ours {shape}\n  Groovy {wanted}"
    return None


def _said(accepted: bool) -> str:
    return "accepts" if accepted else "rejects"


def _shape(counted: Any) -> Any:
    calls = sorted(tuple(call) for call in counted["calls"])
    return calls, counted["gstrings"], counted["closures"]
