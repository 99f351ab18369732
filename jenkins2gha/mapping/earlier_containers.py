"""Containers and images that a script needs and that nothing in its job has made: those of earlier
builds, which a new machine does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
_COMPOSES = regex(r"\bcompose\b[^\n]*\s(?:up|start|run|create)\b|\.sh\b")
_IMAGES = regex(
    r"\bdocker\s+(?:image\s+|buildx\s+)?(?:build|pull|tag|run|import|create)\b|\bdocker\s+buildx\b"
)
_STARTS = regex(r"\.(?:run|withRun)\b")
_BUILDS = regex(r"\.(?:run|withRun|inside|build|pull|tag)\b")
_MAKERS = {"the container": _STARTS, "the image": _BUILDS}
"""The calls of Groovy that make a thing."""
_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Known:
    """What scripts so far may have made: containers by their names as written ('' for one of no
    name), those of a compose file, images, or what no text here tells."""

    names: frozenset[str] = frozenset()
    composes: bool = False
    images: bool = False
    opaque: bool = False

    def may_hold(self, name: str) -> bool:
        open_names = _is_open(name) or any(map(_is_open, self.names))
        return bool(self.names) and (name in self.names or open_names)

    def __or__(self, other: _Known) -> _Known:
        return _Known(
            self.names | other.names,
            self.composes or other.composes,
            self.images or other.images,
            self.opaque or other.opaque,
        )


def earlier_containers(scripts: Sequence[MachineScript]) -> dict[int, str]:
    """What scripts of a job first need of the containers and images of its machine, in words, by
    the number of the script."""
    found: dict[int, str] = {}
    known = _Known()
    for number, script in enumerate(scripts):
        text = script.text
        if _ELSEWHERE.search(text):
            break
        facts = _facts(text)
        asked = not (script.boxed or script.caught) and script.step.name == "sh"
        needs = _first_need(script, facts, known) if asked and "docker" in text else None
        if needs is not None:
            found[number] = needs
        for _, fact in facts:
            known |= fact
    return found


def _first_need(
    script: MachineScript, facts: Sequence[tuple[int, _Known]], known: _Known
) -> str | None:
    source = script.step.span.source.text
    left = list(facts)
    for command in fatal_commands(script.text):
        while left and left[0][0] < command.start:
            known |= left.pop(0)[1]
        thing = _lacking(command, known)
        if thing is not None and not _MAKERS[thing].search(source):
            return f"{thing} that `{_short(script.text[command.start : command.end])}` needs"
    return None


def _facts(text: str) -> list[tuple[int, _Known]]:
    """What a script may make, with the places where it does, in order."""
    found: list[tuple[int, _Known]] = []
    for pattern, fact in (
        (_OPAQUE, _Known(opaque=True)),
        (_COMPOSES, _Known(composes=True)),
        (_IMAGES, _Known(images=True)),
    ):
        match = pattern.search(text)
        if match:
            found.append((match.start(), fact))
    found += [(place, _Known(names=frozenset((name,)))) for place, name in _made(text)]
    return sorted(found, key=lambda one: one[0])


def _lacking(command: Command, known: _Known) -> str | None:
    """What a command of Docker needs and nothing before it can have made."""
    words = _words(command)
    piped = words[:1] == ["xargs"]
    if piped:
        if "docker" not in words or any(one.startswith(_SKIPPING) for one in words):
            return None
        words = words[words.index("docker") :]
    composes = words[:2] == ["docker", "compose"] or words[:1] == ["docker-compose"]
    if composes and "exec" in words:
        return None if known.composes else "the container"
    if words[:1] != ["docker"] or known.opaque:
        return None
    kind, verb, rest = _parts(words[1:])
    if kind == "image":
        is_forced = any(one.startswith("-") and "f" in one for one in rest)
        return None if is_forced or known.images or not (rest or piped) else "the image"
    if verb not in _VERBS or (verb == "rm" and not piped and _is_lenient(rest)):
        return None
    name = "$" if piped else _name(verb, rest)
    return None if name is None or known.may_hold(name) else "the container"


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


def _made(text: str) -> Iterator[tuple[int, str]]:
    """The names of the containers that a script makes, with the places."""
    for command in commands(text) if "docker" in text else ():
        words = _words(command)
        words = [words[0], *words[2:]] if words[1:2] == ["container"] else words
        if words[:2] not in (["docker", "run"], ["docker", "create"]):
            continue
        named = [
            words[place + 1] if one == "--name" else one.partition("=")[2]
            for place, one in enumerate(words[:-1])
            if one == "--name" or one.startswith("--name=")
        ]
        yield command.start, named[0].strip("\"'") if named else ""


def _is_open(name: str) -> bool:
    return "$" in name or "`" in name


def _short(text: str) -> str:
    words = " ".join(text.replace("\\\n", " ").split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"
