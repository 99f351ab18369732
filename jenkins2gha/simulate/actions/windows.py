"""What a script of PowerShell or cmd writes to GitHub's files: one line, one text, no more.

Source: docs.github.com, "Workflow commands", "Environment files".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jenkins2gha.simulate.actions.script import Written

_FILE = r"(?P<file>GITHUB_(?:ENV|OUTPUT|PATH))"
_TARGET = rf'"?\$env:{_FILE}"?'
_TEXT = r"""(?P<quote>["'])(?P<text>.*?)(?P=quote)"""
_POWERSHELL = (
    re.compile(rf"(?:(?:echo|Write-Output)\s+)?{_TEXT}\s*>>\s*{_TARGET}", re.IGNORECASE),
    re.compile(
        rf"(?:(?:echo|Write-Output)\s+)?{_TEXT}\s*\|\s*(?:Out-File|Add-Content)\b[^|]*?{_TARGET}.*",
        re.IGNORECASE,
    ),
    re.compile(rf"Add-Content\s+(?:-Path\s+)?{_TARGET}\s+(?:-Value\s+)?{_TEXT}.*", re.IGNORECASE),
)
_CMD = re.compile(rf'@?echo\s(?P<text>.*?)\s*>>\s*"?%{_FILE}%"?', re.IGNORECASE)
_VARIABLE = re.compile(r"\$env:(\w+)|\$\{env:(\w+)\}|%(\w+)%", re.IGNORECASE)
_ASKS = re.compile(r"(?:\$env:|%)GITHUB_(?:ENV|OUTPUT|PATH)\b", re.IGNORECASE)


def written(
    script: str,
    known: Mapping[str, str],
    *,
    status: int = 0,
    output: Callable[[str], str] | None = None,
    fails: bool = False,
) -> Written:
    """As `script.written`; `$LASTEXITCODE` and `%ERRORLEVEL%` are the status."""
    found = Written()
    names = {name.upper(): value for name, value in known.items()}
    names["ERRORLEVEL"] = str(status)

    def value(variable: re.Match[str]) -> str:
        return names.get((variable[1] or variable[2] or variable[3]).upper(), "")

    for line in map(str.strip, script.splitlines()):
        match = next((m for one in (*_POWERSHELL, _CMD) if (m := one.fullmatch(line))), None)
        if match is None:
            if _ASKS.search(line):
                found.unknown.append(line)
            elif fails and line and not line.startswith(("#", "REM", "::", "@echo off")):
                break
            continue
        text = match["text"].replace("$LASTEXITCODE", str(status))
        if "quote" not in match.groupdict() or match["quote"] != "'":
            text = _VARIABLE.sub(value, text)
            text = re.sub(r"\$\(([^()]*)\)", lambda m: output(m[1]) if output else m[0], text)
        found.files[match["file"].upper()] += f"{text}\n"
    return found
