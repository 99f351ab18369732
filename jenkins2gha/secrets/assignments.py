"""Secrets that a telling name gives away: `password = 'x'`, `--token x`, `PGPASSWORD=x psql`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from jenkins2gha.regex import regex
from jenkins2gha.secrets.formats import Hit
from jenkins2gha.secrets.plausibility import is_plausible, name_strength

NEEDLES = ("passw", "passphrase", "--pass", "pwd", "secret", "token", "key", "_auth", "sonar.login")
"""One of these is in every name that tells of a secret."""

_TAIL = regex(r"[\w-]*")
_QUOTED = r"(?P<quote>\\?(?:\"\"\"|'''|\"|'))(?P<quoted>[^\n]{0,4000}?)(?P=quote)"
_BARE = r"(?P<bare>[^\s'\"`;&|<>(){},\\]{1,4000})"
_CLOSE = r"(?:\\?[\"']{1,3})?\]?"
_ASSIGNED = regex(rf"{_CLOSE}[ \t]*(?P<sign>=(?![=~>])|:(?![:/]))[ \t]*(?:{_QUOTED}|{_BARE})")
_PARAMETER = regex(
    rf"(?:{_CLOSE}|\(\s*name\s*:\s*['\"](?P<inner>\w+)['\"])\s*,\s*(?:defaultValue|value)\s*:"
    rf"\s*{_QUOTED}"
)
_FLAG = regex(rf"[ \t]+(?:{_QUOTED}|{_BARE})")
_ELEMENT = regex(r">(?P<element>[^<>\s]+)</")
_NAME_BEFORE = regex(r"[\w.-]*")
_SYSTEM_PROPERTY = regex(r"^-+(?:[DP](?=[a-z]))?")
_FOLLOWING = frozenset(" \t=:'\"\\,]>(")

_ANY = r"(?:\\?\"(?P<v1>[^\"\\\n]+)\\?\"|\\?'(?P<v2>[^'\\\n]+)\\?'|(?P<v3>[^\s'\"`\\;&|<>(){}]+))"
_COMMANDS = tuple(
    (needles, kind, regex(pattern, re.IGNORECASE))
    for needles, kind, pattern in (
        (
            ("curl ", "wget "),
            "password",
            r"\w+[^\n|;]{0,300}?\s(?:-u|--user)(?:\s+|=)?\\?[\"']?[^\s:'\"\\]+:(?P<v>[^\s'\"`\\]+)",
        ),
        (("login ",), "password", rf"login\s[^\n|;]{{0,300}}?(?<=\s)-p\s*{_ANY}"),
        (("sshpass ",), "password", rf"sshpass\s+-p\s*{_ANY}"),
        (("mysql",), "password", r"mysql\w*\s[^\n|;]{0,200}?(?<=\s)-p(?P<v>[^\s'\"`\\$;]+)"),
        (
            ("echo ",),
            "password",
            rf"echo\s+(?:-n\s+)?{_ANY}\s*\|\s*(?:sudo\s+-S|(?:sudo\s+)?(?:docker|podman)\s+login)",
        ),
        (
            ("authorization",),
            "token",
            r"authorization\s*:\s*(?:bearer|basic|token)\s+(?P<v>[\w.~+/=-]{8,})",
        ),
        (
            ("x-api-key", "x-vault-token", "x-jfrog-art-api"),
            "token",
            r"[\w-]+\s*:\s*(?P<v>[\w.~+/=-]{8,})",
        ),
        (("machine ",), "password", r"machine\s+\S+\s+login\s+\S+\s+password\s+(?P<v>[^\s'\"\\]+)"),
    )
)
# What is not closed goes to the end, of the line or of the text: the message about it shows a line.
_REGION = regex(
    r"//[^\n]*|/\*[\s\S]*?(?:\*/|\Z)"
    r"|'''(?:[^\\]|\\[\s\S])*?(?:'''|\Z)|\"\"\"(?:[^\\]|\\[\s\S])*?(?:\"\"\"|\Z)"
    r"|'(?:[^'\\\n]|\\[\s\S])*(?:'|$)|\"(?:[^\"\\\n]|\\[\s\S])*(?:\"|$)",
    re.MULTILINE,
)


class Assignments:
    """Looks through one text; where it is Groovy no longer, from `code` on, nobody knows what is a
    string and what is not."""

    def __init__(self, text: str, lowered: str, code: int) -> None:
        self.text = text
        self.code = code
        self.lowered = lowered

    def hits(self) -> Iterator[Hit]:
        seen = set[int]()
        for needle in NEEDLES:
            at = self.lowered.find(needle)
            while at >= 0:
                end = at + len(needle)
                tail = _TAIL.match(self.text, end)
                end = tail.end() if tail else end
                if end not in seen:
                    seen.add(end)
                    yield from self._named(at, end)
                at = self.lowered.find(needle, end)
        for needles, kind, pattern in _COMMANDS:
            for needle in needles:
                yield from self._commands(needle, kind, pattern)

    def _named(self, start: int, end: int) -> Iterator[Hit]:
        text = self.text
        if text[end : end + 1] not in _FOLLOWING:
            return
        before = _NAME_BEFORE.match(text[max(0, start - 60) : start][::-1])
        head = before.group()[::-1] if before else ""
        if start > len(head) and text[start - len(head) - 1] == "\\" and head[:1] in ("n", "t"):
            head = head[1:]
        name = head + text[start:end]
        strength = name_strength(name)
        if not strength:
            return
        for found in self._values(name, end):
            part = found.lastgroup or ""
            value = found.group(part)
            if self._fits(found, part) and is_plausible(value, name, strong=strength > 1):
                kind = "password" if strength > 1 else "token"
                name = found.groupdict().get("inner") or name
                yield Hit(*found.span(part), kind, _SYSTEM_PROPERTY.sub("", name))
                return

    def _values(self, name: str, end: int) -> Iterator[re.Match[str]]:
        """Where the value of a name may stand, `lastgroup` being its group."""
        patterns = [_ASSIGNED, _PARAMETER, _ELEMENT]
        if name.startswith("-"):
            patterns.append(_FLAG)
        for pattern in patterns:
            match = pattern.match(self.text, end)
            if match:
                yield match

    def _fits(self, match: re.Match[str], part: str) -> bool:
        """Whether a value is one as its surroundings read it: code, string or comment."""
        if match.start() >= self.code:
            return True
        end = match.end(part)
        region = self.region(match.start())
        if part == "quoted":
            # The quote that ends the string a name stands in starts no value.
            first, last = match.span("quote")
            closing = region is not None and region[0] < first < region[1] <= last
            return not closing and not self._interpolated(match, region)
        if part == "bare":
            if region is None or end > region[1] or "$" in match.group(part):
                return False
            if match.re is _ASSIGNED and match.group("sign") == ":":
                return self._starts_line(match.start()) and self.text[region[0]] != "/"
            return True
        return "$" not in match.group(part)

    def _interpolated(self, match: re.Match[str], region: tuple[int, int] | None) -> bool:
        """Whether a quoted value holds a variable; a `$` in Groovy's single quotes is none."""
        value = match.group("quoted")
        literal = match.group("quote").startswith("'") and region is None
        return "${" in value or value.startswith("$") or ("$" in value and not literal)

    def _starts_line(self, at: int) -> bool:
        line = self.text.rfind("\n", 0, at) + 1
        return re.match(r"\s*(?:-\s+)?[\w.-]*\Z", self.text[line:at]) is not None

    def _commands(self, needle: str, kind: str, pattern: re.Pattern[str]) -> Iterator[Hit]:
        at = self.lowered.find(needle)
        while at >= 0:
            behind = self.lowered.find(needle, at + len(needle))
            match = pattern.match(self.text, at, behind if behind >= 0 else len(self.text))
            if match:
                part = match.lastgroup or ""
                value = match.group(part)
                if "$" not in value and "{" not in value and is_plausible(value, "", strong=True):
                    yield Hit(*match.span(part), kind)
            at = behind

    def region(self, at: int) -> tuple[int, int] | None:
        starts, regions = self._regions
        index = bisect_right(starts, at) - 1
        return regions[index] if index >= 0 and at < regions[index][1] else None

    @cached_property
    def _regions(self) -> tuple[list[int], list[tuple[int, int]]]:
        regions = [match.span() for match in _REGION.finditer(self.text, 0, self.code)]
        return [start for start, _ in regions], regions
