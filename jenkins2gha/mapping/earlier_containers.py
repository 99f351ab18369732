"""Containers and images that a script needs and that nothing in its job has made: those of earlier
builds, which a new machine does not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jenkins2gha.mapping.machine_scripts import MachineScript
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex
from jenkins2gha.shell.lists import fatal_commands
from jenkins2gha.shell.words import Command, commands

_VERBS = frozenset("attach cp exec kill logs pause port restart rm start stop top".split())
_WITH_VALUE = frozenset(
    "-t --time --timeout -s --signal -e --env --env-file -u --user -w --workdir -n --tail --since"
    " --until --detach-keys".split()
)
_SKIPPING = ("-r", "--no-run-if-empty", "-I", "-i")
"""The options of `xargs` with which no names mean no command."""
_ELSEWHERE = regex(r"\bDOCKER_(?:HOST|CONTEXT)\b|\bdocker\s+(?:-H|--host|-c|--context)\b")
# What may make containers and images that no text here names.
_OPAQUE = regex(
    r"\bcompose\b|\bdocker-compose\b|\.sh\b|\bmake\b|\bansible|\bvagrant\b|\bpodman\b|\bpython"
    r"|\bdocker\s+(?:stack|service|rename|load)\b|\bdocker:\w|\bkind\s"
)
_COMPOSES = regex(r"\bcompose\b[^\n]*\s(?:up|start|run|create)\b")
_IMAGES = regex(
    r"\bdocker\s+(?:image\s+|buildx\s+)?(?:build|pull|tag|run|import|create)\b|\bdocker\s+buildx\b"
)
_STARTS = regex(r"\.(?:run|withRun)\b")
_BUILDS = regex(r"\.(?:run|withRun|inside|build|pull|tag)\b")
_MAKERS = {"the container": _STARTS, "the image": _BUILDS}
"""The calls of Groovy that make a thing."""
_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Made:
    """The containers that scripts make: their names as written, '' for one of no name."""

    names: tuple[str, ...]

    def may_hold(self, name: str) -> bool:
        if not self.names:
            return False
        return name in self.names or _is_open(name) or any(map(_is_open, self.names))


def earlier_containers(script: MachineScript, earlier: Sequence[MachineScript]) -> Iterator[str]:
    """What a script first needs of the containers and images of its machine, in words."""
    if script.boxed or script.caught or script.step.name != "sh" or "docker" not in script.text:
        return
    source = script.step.span.source.text
    before = [one.text for one in earlier]
    if any(map(_ELSEWHERE.search, (*before, script.text))):
        return
    for command in fatal_commands(script.text):
        thing = _lacking(command, (*before, script.text[: command.start]))
        if thing is not None and not _MAKERS[thing].search(source):
            yield f"{thing} that `{_short(script.text[command.start : command.end])}` needs"
            return


def _lacking(command: Command, before: Sequence[str]) -> str | None:
    """What a command of Docker needs and nothing before it can have made."""
    words = _words(command)
    piped = words[:1] == ["xargs"]
    if piped:
        if "docker" not in words or any(
            one.startswith(("-r", "-I", "-i", "--no")) for one in words
        ):
            return None
        words = words[words.index("docker") :]
    composes = words[:2] == ["docker", "compose"] or words[:1] == ["docker-compose"]
    if composes and "exec" in words:
        opaque = any(_COMPOSES.search(one) or ".sh" in one for one in before)
        return None if opaque else "the container"
    if words[:1] != ["docker"] or any(map(_OPAQUE.search, before)):
        return None
    kind, verb, rest = _parts(words[1:])
    if kind == "image":
        is_forced = any(one.startswith("-") and "f" in one for one in rest)
        made = is_forced or any(map(_IMAGES.search, before))
        return None if made or not (rest or piped) else "the image"
    if verb not in _VERBS or (verb == "rm" and not piped and _is_lenient(rest)):
        return None
    name = "$" if piped else _name(verb, rest)
    made_there = _Made(tuple(_made(before)))
    return None if name is None or made_there.may_hold(name) else "the container"


def _words(command: Command) -> list[str]:
    words = [word.text.strip("\"'") for word in command.words]
    return words[1:] if words[:1] == ["sudo"] else words


def _parts(words: list[str]) -> tuple[str, str, list[str]]:
    """What a command is about, its verb, and the words behind."""
    if words[:1] == ["rmi"] or words[:2] in (["image", "rm"], ["image", "remove"]):
        return "image", "rmi", words[1:] if words[0] == "rmi" else words[2:]
    words = words[1:] if words[:1] == ["container"] else words
    return "container", words[0] if words else "", words[1:]


def _is_lenient(rest: list[str]) -> bool:
    """Whether `docker rm` with these words takes a name that nothing has: with `--force`, unless
    the names may be none at all."""
    forced = any(one == "--force" or (one[:1] == "-" != one[1:2] and "f" in one) for one in rest)
    names = [one for one in rest if not one.startswith("-")]
    return forced and not all(one.startswith(("$(", "`")) for one in names)


def _name(verb: str, rest: list[str]) -> str | None:
    """The first container that a command names."""
    if verb == "cp":
        found = [one.partition(":")[0] for one in rest if ":" in one]
        return found[0] if found else None
    place = 0
    while place < len(rest) and rest[place].startswith("-"):
        place += 2 if rest[place] in _WITH_VALUE else 1
    return rest[place] if place < len(rest) else None


def _made(texts: Iterable[str]) -> Iterator[str]:
    """The names of the containers that scripts make."""
    for text in texts:
        for command in commands(text):
            words = _words(command)
            words = [words[0], *words[2:]] if words[1:2] == ["container"] else words
            if words[:2] not in (["docker", "run"], ["docker", "create"]):
                continue
            named = [
                words[place + 1] if one == "--name" else one.partition("=")[2]
                for place, one in enumerate(words[:-1])
                if one == "--name" or one.startswith("--name=")
            ]
            yield named[0].strip("\"'") if named else ""


def _is_open(name: str) -> bool:
    return "$" in name or "`" in name


def _short(text: str) -> str:
    words = " ".join(text.replace("\\\n", " ").split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"
