"""Jenkins' cron: its grammar, its aliases, and `H` exactly as Jenkins computes it.

https://www.jenkins.io/doc/book/pipeline/syntax/#cron-syntax, hudson/scheduler in Jenkins' core.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from jenkins2gha.jenkins.java_random import JavaRandom, seeded
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex


class _Bounds(NamedTuple):
    name: str
    low: int
    high: int
    hash_high: int


_FIELDS = (
    _Bounds("minute", 0, 59, 59),
    _Bounds("hour", 0, 23, 23),
    _Bounds("day of month", 1, 31, 28),
    _Bounds("month", 1, 12, 12),
    _Bounds("day of week", 0, 7, 6),
)
_ALIASES = {
    "@yearly": "H H H H *",
    "@annually": "H H H H *",
    "@monthly": "H H H * *",
    "@weekly": "H H * * H",
    "@daily": "H H * * *",
    "@midnight": "H H(0-2) * * *",
    "@hourly": "H * * * *",
}
_SUNDAY = 7
_TERM = regex(
    r"(?:(?P<star>\*)|H(?:\((?P<hlow>\d+)-(?P<hhigh>\d+)\))?(?P<hash>)"
    r"|(?P<low>\d+)(?:-(?P<high>\d+))?)(?:/(?P<step>\d+))?\Z"
)


class CronError(ValueError):
    """A specification that Jenkins rejects; `offset` is where in the text given."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class CronField:
    """The values of one field, sorted, and whether they are all that the field can take."""

    values: tuple[int, ...]
    every: bool
    text: str

    @property
    def posix(self) -> str:
        """As POSIX cron writes it.

        >>> CronField((3, 18, 33, 48), False, "H/15").posix
        '3-48/15'
        """
        if self.every:
            return "*"
        if len(self.values) > 1 and self.text.startswith("*/") and "," not in self.text:
            return self.text
        return _posix(self.values)


@dataclass(frozen=True, slots=True)
class CronLine:
    """One line of a specification. Jenkins starts a build where *both* days fit; POSIX cron starts
    one where either fits, as soon as both are restricted: then `both_days` is true."""

    minute: CronField
    hour: CronField
    day_of_month: CronField
    month: CronField
    day_of_week: CronField
    source: str

    @property
    def both_days(self) -> bool:
        return not self.day_of_month.every and not self.day_of_week.every

    @property
    def fields(self) -> tuple[CronField, ...]:
        return (self.minute, self.hour, self.day_of_month, self.month, self.day_of_week)

    @property
    def posix(self) -> str:
        return " ".join(field.posix for field in self.fields)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A whole specification; `timezone` is the one of `TZ=`."""

    lines: tuple[CronLine, ...]
    timezone: str | None = None


def parse_cron(spec: str, seed: str) -> Schedule:
    """Reads a specification as Jenkins does for a job with the full name `seed`.

    >>> parse_cron("H H * * *", "demo").lines[0].posix
    '33 17 * * *'

    One generator serves all lines; the `H`s take their numbers from it in the order of the text.
    Raises CronError for what Jenkins rejects.
    """
    random = seeded(seed)
    lines: list[CronLine] = []
    timezone: str | None = None
    for number, (offset, text) in enumerate(_lines(spec)):
        stripped = text.strip()
        if number == 0 and stripped.startswith("TZ="):
            timezone = _timezone(stripped, offset)
        elif stripped and not stripped.startswith("#"):
            start = offset + text.index(stripped)
            lines.append(_line(stripped, start, random))
    return Schedule(tuple(lines), timezone)


def _lines(spec: str) -> Iterator[tuple[int, str]]:
    offset = 0
    for line in spec.split("\n"):
        yield offset, line.rstrip("\r")
        offset += len(line) + 1


def _timezone(line: str, offset: int) -> str:
    name = line.removeprefix("TZ=").strip()
    if not name:
        raise CronError("`TZ=` names no time zone", offset)
    return name


def _line(text: str, offset: int, random: JavaRandom) -> CronLine:
    if text.startswith("@"):
        if text not in _ALIASES:
            raise CronError(f"there is no alias `{text}`", offset)
        return _fields(_ALIASES[text], offset, text, random)
    if text.startswith("TZ="):
        raise CronError("`TZ=` may stand on the very first line only", offset)
    return _fields(text, offset, text, random)


def _fields(text: str, offset: int, source: str, random: JavaRandom) -> CronLine:
    words = [(found.start(), found.group()) for found in re.finditer(r"\S+", text)]
    if len(words) != len(_FIELDS):
        message = f"a line has five fields; here are {len(words)}"
        raise CronError(message, offset)
    at_zero = text is not source
    fields = [
        _field(word, offset if at_zero else offset + start, bounds, random)
        for (start, word), bounds in zip(words, _FIELDS, strict=True)
    ]
    minute, hour, day_of_month, month, day_of_week = fields
    return CronLine(minute, hour, day_of_month, month, day_of_week, source)


def _field(text: str, offset: int, bounds: _Bounds, random: JavaRandom) -> CronField:
    values: set[int] = set()
    at = offset
    for term in text.split(","):
        values.update(_term(term, at, bounds, random))
        at += len(term) + 1
    if bounds.high == _SUNDAY:
        values = {value % _SUNDAY for value in values}
        every = len(values) == _SUNDAY
    else:
        every = len(values) == bounds.high - bounds.low + 1
    return CronField(tuple(sorted(values)), every, text)


def _term(text: str, at: int, bounds: _Bounds, random: JavaRandom) -> range:
    found = _TERM.match(text)
    if found is None:
        raise CronError(f"`{text}` is no {bounds.name}", at)
    step = int(found["step"]) if found["step"] else None
    if step == 0:
        raise CronError("a step must be at least 1", at)
    if found["hash"] is not None:
        return _hashed(found, step, at, bounds, random)
    if found["star"]:
        return range(bounds.low, bounds.high + 1, step or 1)
    low = int(found["low"])
    high = int(found["high"]) if found["high"] else low
    if step is not None and found["high"] is None:
        raise CronError(f"`{text}`: a step needs a range or `*` before it", at)
    _check(low, high, at, bounds)
    return range(low, high + 1, step or 1)


def _hashed(
    found: re.Match[str], step: int | None, at: int, bounds: _Bounds, random: JavaRandom
) -> range:
    low, high = bounds.low, bounds.hash_high
    if found["hlow"] is not None:
        low, high = int(found["hlow"]), int(found["hhigh"])
        _check(low, high, at, bounds)
    if step in (None, 1):
        start = low + random.below(high + 1 - low)
        return range(start, start + 1)
    if step > high - low + 1:
        raise CronError(f"the step {step} is larger than its range", at)
    return range(low + random.below(step), high + 1, step)


def _check(low: int, high: int, at: int, bounds: _Bounds) -> None:
    for value in (low, high):
        if not bounds.low <= value <= bounds.high:
            message = f"{value} is no {bounds.name}: it runs from {bounds.low} to {bounds.high}"
            raise CronError(message, at)
    if low > high:
        raise CronError(f"the range {low}-{high} runs backwards", at)


_RUN = 3


def _posix(values: tuple[int, ...]) -> str:
    """Values as ranges, steps and lists, the shortest way that is still plain to read."""
    steps = {second - first for first, second in pairwise(values)}
    if len(values) >= _RUN and len(steps) == 1:
        step = steps.pop()
        return f"{values[0]}-{values[-1]}" + (f"/{step}" if step > 1 else "")
    parts: list[str] = []
    for run in _runs(values):
        parts += [f"{run[0]}-{run[-1]}"] if len(run) >= _RUN else map(str, run)
    return ",".join(parts)


def _runs(values: tuple[int, ...]) -> Iterator[list[int]]:
    run: list[int] = []
    for value in values:
        if run and value != run[-1] + 1:
            yield run
            run = []
        run.append(value)
    if run:
        yield run
