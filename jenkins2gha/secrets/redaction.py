"""The source without its secrets, every character of the rest in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose
from jenkins2gha.secrets.find import Finding, Named, find
from jenkins2gha.secrets.tokens import conceal, token
from jenkins2gha.source import Piece, Source

_PROPER = {
    "api": "API",
    "aws": "AWS",
    "azure": "Azure",
    "docker": "Docker",
    "github": "GitHub",
    "gitlab": "GitLab",
    "google": "Google",
    "jwt": "JSON web token",
    "oauth": "OAuth",
    "openai": "OpenAI",
    "pypi": "PyPI",
    "sendgrid": "SendGrid",
    "slack": "Slack",
    "stripe": "Stripe",
    "telegram": "Telegram",
    "twilio": "Twilio",
    "url": "URL",
}


def redact(source: Source, findings: Sequence[Finding]) -> Source:
    """A source of the same length and lines, with a mark in place of each secret; so are the files
    that it was taken from."""
    if not findings:
        return source
    text = _marked(source.text, [(one.start, one.end, one.number) for one in findings])
    return Source(source.name, text, tuple(_pieces(source, findings)))


def safe(source: Source, *, code: int | None = None, named: Iterable[Named] = ()) -> Source:
    """A source without its secrets; `code` and `named` are those of `find`."""
    return redact(source, find(source, code=code, named=named))


def safe_text(text: str) -> str:
    """Words about a source, with `***` for what could be a secret in them."""
    return conceal(safe(Source("", text), code=0).text)


_Range: TypeAlias = tuple[int, int, int]


def _marked(text: str, ranges: Sequence[_Range]) -> str:
    texts, at = [], 0
    for start, end, number in ranges:
        texts.append(text[at:start])
        texts.append(token(number, text[start:end]))
        at = end
    return "".join(texts) + text[at:]


def _pieces(source: Source, findings: Sequence[Finding]) -> Iterator[Piece]:
    """The pieces of a source, out of files without secrets."""
    ranges: dict[Source, list[_Range]] = {piece.file: [] for piece in source.pieces}
    for one in findings if ranges else ():
        file, start = source.place(one.start)
        ranges[file].append((start, _end(source, one), one.number))
    files = {
        file: Source(file.name, _marked(file.text, sorted(found))) for file, found in ranges.items()
    }
    for piece in source.pieces:
        yield replace(piece, file=files[piece.file])


def _end(source: Source, finding: Finding) -> int:
    """Where a secret ends in its file: its last character may be written as several."""
    last, behind = (source.place(at)[1] for at in (finding.end - 1, finding.end))
    piece = source.piece(finding.end - 1)
    return last + 1 if piece.verbatim else behind


def report(findings: Sequence[Finding], redacted: Source) -> tuple[Diagnostic, ...]:
    """A diagnostic for each place at which a secret stood."""
    return tuple(_said(finding, redacted) for finding in findings)


def _spoken(kind: str) -> str:
    """A kind of secret with its article: `a GitHub token` for `github-token`."""
    words = [_PROPER.get(word, word) for word in kind.split("-")]
    return " ".join(["an" if words[0][0] in "aeiouAEIO" else "a", *words])


def _said(finding: Finding, redacted: Source) -> Diagnostic:
    kind = _spoken(finding.kind)
    if finding.construct != "source":
        where = "a comment" if finding.construct == "comment" else "the settings of the job"
        message = f"{kind} stands in {where}; it is left out of everything shown"
    else:
        message = f"{kind} stands in the source; `secrets.{finding.secret_name}` takes its place"
    return diagnose("secret-in-source", finding.span(redacted), message)
