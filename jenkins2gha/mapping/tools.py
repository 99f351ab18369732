"""`tools { }` → the steps that set the tools up, in the version that the tool's name tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from jenkins2gha.actions.workflow import Origin
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Tool
from jenkins2gha.jenkins.values import text_of
from jenkins2gha.mapping.declared import first_step
from jenkins2gha.mapping.old_java import release_for_java
from jenkins2gha.mapping.translation import Context, Translation, binned
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.tables import table

_DISTRIBUTIONS = {
    "zulu": "zulu",
    "corretto": "corretto",
    "liberica": "liberica",
    "semeru": "semeru",
    "openj9": "semeru",
    "sapmachine": "sapmachine",
    "dragonwell": "dragonwell",
    "graalvm": "graalvm",
}
# Eclipse Temurin has no builds of these lines, Azul has.
_NOT_TEMURIN = ("6", "7", "9", "10", "12", "13", "14", "15")
# `maven_3_5_0`, `maven-3-5-0`; what may stand behind the part of a version that an action is given.
_SEPARATOR = regex(r"(?<=\d)[_-](?=\d)")
_MORE = regex(r"(?:[.u]\d+)+")
_GRADLE = "gradle/actions/setup-gradle"
_LOCK_FILES = {
    "npm": ("package-lock.json", "npm-shrinkwrap.json"),
    "yarn": ("yarn.lock",),
    "pnpm": ("pnpm-lock.yaml",),
}


@dataclass(frozen=True, slots=True)
class Use:
    """What decides about a cache: the build tools that the scripts call, and whether what they
    build is checked out before the tools are set up."""

    build_tools: frozenset[str] = frozenset()
    checked_out: bool = True


@dataclass(frozen=True, slots=True)
class _Version:
    """`assumed` says why the version is not the one that the source names, if it tells none;
    `named` is the one that it names where the action is given only the line of it."""

    input: str
    value: str
    assumed: str | None = None
    named: str | None = None


def map_tools(
    tools: Iterable[Tool], context: Context, use: Use, *, inside: bool = False
) -> Translation:
    """The set-up steps of a list of tools, in the order of the source; none `inside` a container.

    `tools { jdk 'Java 17' }` with a script that calls `./mvnw` becomes setup-java with version 17,
    distribution temurin and `cache: maven`.
    https://www.jenkins.io/doc/book/pipeline/syntax/#tools
    """
    translation = Translation()
    rows = [tool_row(tool.type, context) or {} for tool in tools]
    if any(row.get("uses") == _GRADLE for row in rows):
        # It caches by itself; the cache of setup-java would get in its way.
        use = replace(use, build_tools=use.build_tools - {"gradle"})
    for tool in tools:
        translation += map_tool(tool, context, use, inside=inside)
    return translation


def map_tool(tool: Tool, context: Context, use: Use, *, inside: bool = False) -> Translation:
    """The set-up step of one tool; none `inside` a container."""
    if inside or context.container:
        message = f"`{tool.type}` of `tools` is not on the path in a container; the image's own is"
        return _dropped("tool-in-container", tool, message)
    construct = f"tool {tool.type}"
    row = tool_row(tool.type, context)
    name = text_of(tool.name)
    if row is None:
        message = f"no setup action is known for the tool type `{tool.type}`"
        return first_step("tool-unknown", tool.span, message, context, construct)
    if "drop" in row:
        return _dropped("tool-dropped", tool, f"`{tool.type}`: {row['drop']}")
    if "manual" in row:
        message = f"the tool `{tool.type}` is not set up"
        return first_step(
            "tool-unknown", tool.span, message, context, construct, hint=row["manual"]
        )
    if name is None:
        message = f"the name of the tool `{tool.type}` is only known to a run"
        return first_step("tool-name-unknown", tool.span, message, context, construct)
    return _set_up(tool, name, row, context, use)


def _set_up(
    tool: Tool, name: str, row: Mapping[str, Any], context: Context, use: Use
) -> Translation:
    version = _version(tool, name, row, context)
    rule, message = _said_of(version, name, row)
    certainty = Certainty.EQUIVALENT if rule == "tool-set-up" else Certainty.APPROXIMATE
    inputs: dict[str, str | bool] = {**_written(row.get("with", {})), version.input: version.value}
    if row["uses"] == "actions/setup-java":
        inputs = {"distribution": _distribution(name, version.value), **_without(inputs)}
    cache = _cache(row, context, use)
    if cache:
        inputs["cache"] = cache
    step = ActionStep(uses=row["uses"], inputs=inputs, origin=Origin((tool.span,), rule, certainty))
    said = diagnose(rule, tool.span, message, construct=f"tool {tool.type}")
    return Translation((step,), (said,), binned(tool.span, certainty))


def _said_of(version: _Version, name: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """The rule and the words for the version that a tool gets."""
    if version.assumed:
        return "tool-version-assumed", version.assumed
    which = f"version {version.value}"
    if version.input in row.get("files", {}).values():
        which = f"the version that `{version.value}` tells"
    message = f"the tool '{name}' is set up by {row['uses']} in {which}"
    if version.named:
        return "tool-version-differs", f"{message}, not {version.named}"
    return "tool-set-up", message


def tool_row(type_: str, context: Context) -> Mapping[str, Any] | None:
    """What is known of a type of tool, under any of its spellings."""
    own: Mapping[str, Any] | None = context.configuration.rows.get("tools", {}).get(type_)
    row: Mapping[str, Any] | None = own or table("tools").get(type_)
    if row and "alias" in row:
        return tool_row(row["alias"], context)
    return row


def _version(tool: Tool, name: str, row: Mapping[str, Any], context: Context) -> _Version:
    """The version that the settings, the name of the tool, a file or the table tells."""
    settings, type_ = context.configuration.tools, tool.type
    set_ = settings.get(f"{type_}:{name}") or settings.get(type_)
    if set_:
        return _Version(row["version"], set_)
    dotted = re.sub(row.get("compact", r"(?!)"), _apart, _SEPARATOR.sub(".", name))
    found = re.search(row.get("pattern", r"(?!)"), dotted)
    default, old = release_for_java(row, tool.span.source.text, context)
    if found and old and "." not in found[1] and default.startswith(f"{found[1]}."):
        why = f"the tool '{name}' tells no release; {default} is assumed{old}"
        return _Version(row["version"], default, why)
    if found:
        value = row.get("versions", {}).get(found[1], found[1])
        if "." not in found[1] and "." in value and "x" not in value:
            why = f"the tool '{name}' tells only {found[1]}; {value} is assumed"
            return _Version(row["version"], value, why)
        return _Version(row["version"], value, named=_named(found, value))
    if re.search(r"\blts\b", name, re.IGNORECASE) and row["uses"] == "actions/setup-node":
        return _Version(row["version"], "lts/*")
    for path, input_ in row.get("files", {}).items():
        if context.files(path) is not None:
            return _Version(input_, path)
    line = _from_pom(context) if row["uses"] == "actions/setup-java" else None
    if line:
        return _Version(row["version"], line)
    why = f"the tool '{name}' tells no version; {default} is assumed{old}"
    return _Version(row["version"], default, why)


def _apart(digits: re.Match[str]) -> str:
    """`363` as `3.6.3`."""
    return ".".join(filter(None, digits.groups()))


def _named(found: re.Match[str], value: str) -> str | None:
    """The whole version that a name has, where it says more than the one that is set up."""
    more = _MORE.match(found.string, found.end(1))
    whole = found[1] + (more[0] if more else "")
    is_more = more is not None and re.search(r"[1-9]", more[0]) and not value.startswith(whole)
    return whole if is_more else None


def _from_pom(context: Context) -> str | None:
    """The Java line that a `pom.xml` compiles for."""
    pom = context.files("pom.xml") or ""
    found = re.search(
        r"<(?:maven\.compiler\.release|java\.version|maven\.compiler\.source)>"
        r"\s*(?:1\.)?(\d+)\s*<",
        pom,
    )
    return found[1] if found else None


def _distribution(name: str, version: str) -> str:
    words = name.lower()
    for word, distribution in _DISTRIBUTIONS.items():
        if word in words:
            return distribution
    return "zulu" if version in _NOT_TEMURIN else "temurin"


def _cache(row: Mapping[str, Any], context: Context, use: Use) -> str | None:
    """The value of `cache:`; none where the action would fail for want of a file to hash."""
    if not use.checked_out:
        return None
    for build_tool, value in row.get("cache", {}).items():
        locks = _LOCK_FILES.get(build_tool)
        if build_tool in use.build_tools and (
            locks is None or any(context.files(lock) is not None for lock in locks)
        ):
            return str(value)
    return None


def _written(inputs: Mapping[str, str]) -> dict[str, str | bool]:
    words: dict[str, bool] = {"true": True, "false": False}
    return {key: words.get(value, value) for key, value in inputs.items()}


def _without(inputs: Mapping[str, str | bool]) -> dict[str, str | bool]:
    return {key: value for key, value in inputs.items() if key != "distribution"}


def _dropped(rule: str, tool: Tool, message: str) -> Translation:
    said = diagnose(rule, tool.span, message, construct=f"tool {tool.type}")
    return Translation((), (said,), binned(tool.span, Certainty.DROPPED))
