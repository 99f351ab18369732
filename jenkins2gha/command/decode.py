"""From the bytes of a file to a source text, or to what is wrong with them."""

from __future__ import annotations

from jenkins2gha.diagnostics import Diagnostic
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Source

LIMIT = 2_000_000
"""Bytes. The largest pipelines in public repositories have 0.3 MB; Jenkins' own limits on the size
of a compiled script lie far below this."""


def decode(name: str, data: bytes) -> tuple[Source, Diagnostic | None]:
    """The text of a source as Jenkins reads it (UTF-8, a byte order mark skipped).

    Where that fails, the readable beginning and a diagnostic with the place of the first bad byte.
    """
    if len(data) > LIMIT:
        source = Source(name, "")
        message = f"the file has {len(data):,} bytes; a pipeline of more than {LIMIT:,} is not read"
        return source, diagnose("file-too-large", source.span(0, 0), message)
    try:
        return Source(name, data.decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8-sig", errors="ignore")
        source = Source(name, good)
        message = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8"
        return source, diagnose("not-utf-8", source.span(len(good), len(good)), message)
