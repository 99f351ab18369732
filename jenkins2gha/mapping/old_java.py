"""Which release of a build tool starts with the JDK of a pipeline, where no release is named.

https://maven.apache.org/docs/history.html
https://docs.gradle.org/current/userguide/compatibility.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jenkins2gha.mapping.translation import Context
from jenkins2gha.regex import regex
from jenkins2gha.tables import table

_QUOTED = regex(r"[\"']([^\"'\n/:]*(?:jdk|java)[^\"'\n/:]*)[\"']", re.IGNORECASE)


def release_for_java(row: Mapping[str, Any], source: str, context: Context) -> tuple[str, str]:
    """The release of a tool that no name tells, and in words why it is not the newest.

    >>> from jenkins2gha.mapping.translation import Runner, RunsOn
    >>> context = Context(Runner(RunsOn(("ubuntu-latest",)), "linux"))
    >>> release_for_java(table("tools")["maven"], "tools { jdk 'jdk7' }", context)
    ('3.8.8', ', the last that runs on Java 7')
    """
    line = _java_line(source, context)
    release = row.get("java", {}).get(line)
    if release is None:
        return str(row["default"]), ""
    return str(release), f", the last that runs on Java {line}"


def _java_line(source: str, context: Context) -> str | None:
    """The newest line of Java that a pipeline names as a tool."""
    pattern = table("tools")["jdk"]["pattern"]
    settings = context.configuration.tools
    lines = [settings[one] for one in settings if one.startswith("jdk")]
    if not lines:
        found = (re.search(pattern, name) for name in _QUOTED.findall(source))
        lines = [match[1] for match in found if match]
    numbers = [int(line) for line in lines if line.isdigit()]
    return str(max(numbers)) if numbers and len(numbers) == len(lines) else None
