"""What the scripts of a job leave running on its machine when it ends: deployments onto the agent.

Jenkins itself ends the processes of a build unless they say otherwise (`dontKillMe`); containers
stay. https://www.jenkins.io/doc/book/using/spawning-processes-from-build/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jenkins2gha.mapping.machine_scripts import MachineScript, uncommented
from jenkins2gha.mapping.other_machines import on_this_machine
from jenkins2gha.regex import regex

_LINE = r"(?:[^\n;&|]|\\\n)*?"
_CONTAINER = regex(
    rf"\bdocker\s+(?:container\s+)?run\b(?={_LINE}\s(?:-\w*d\w*|--detach)\s)"
    r"|\bdocker(?:-|\s+)compose\b(?!\.)(?="
    + _LINE
    + r"\sup\b"
    + _LINE
    + r"\s(?:-\w*d\w*|--detach)\b)"
    r"|\bdocker\s+(?:stack\s+deploy|service\s+create)\b"
)
_COMMENT = regex(r"^[ \t]*(?:#|@?rem\s|::).*$", re.MULTILINE | re.IGNORECASE)
_PROCESS = regex(r"\bpm2\s+(?:start(?:Or\w+)?|restart|reload)\b|\bforever\s+start\b")
_WHOLE = regex(r"(?:\\\n|>&\d?|&>|[^\n;&|])*")
_NAME = regex(r"\s--name[ =][\"']?([\w.${}-]+)")
_WIDTH = 60
_KEPT = regex(r"dontKillMe", re.IGNORECASE)
_BEHIND = regex(r"(?:>&\d|[^\n;&|])+(?:\s&(?=\s|$)|[\w)'\"]&(?=\s*(?:\n|$)))")
_STOPS = regex(
    r"\bdocker\s+(?:container\s+)?(?:stop|rm|kill)\b|\bdocker(?:-|\s+)compose\b[^\n]*\s(?:down|stop|rm)\b"
    r"|\b(?:pm2|forever)\s+(?:stop|delete|kill)\b|\bkill(?:all)?\s"
)


def left_running(
    scripts: Sequence[MachineScript], *, kept: bool
) -> Iterator[tuple[MachineScript, str]]:
    """Each start of something that no later command of the job stops where the build succeeds;
    `kept` says that containers outlive a job on its machine."""
    texts = [_COMMENT.sub("", on_this_machine(one.text)) for one in scripts]
    for number, (script, text) in enumerate(zip(scripts, texts, strict=True)):
        later = zip(texts[number + 1 :], scripts[number + 1 :], strict=True)
        behind = tuple(one for one, of in later if script.failing or not of.failing)
        for start in _starts(script, text, kept=kept):
            rest = (text[start.end() :], *behind)
            named = _NAME.search(_whole(text, start.start()))
            if not any(_is_stopped(one, named[1] if named else None) for one in rest):
                yield script, _short(text, start.start())
                break


_TOLD = regex(r"\b(?:ssh|plink|sshpass|send-command|vagrant\s+ssh|ansible)\s")
_ENDS = regex(r"[\n;&|]")
_ELSEWHERE = regex(
    r"\bDOCKER_HOST=|\bdocker\s+(?:-H|--host|--context|-c)\b|\bdocker\s+context\s+use\b"
)


def _starts(script: MachineScript, text: str, *, kept: bool) -> Iterator[re.Match[str]]:
    containers = () if kept or _ELSEWHERE.search(text) else _CONTAINER.finditer(text)
    for start in (*containers, *_PROCESS.finditer(text)):
        if not _is_told(text, start.start()):
            yield start
    if _KEPT.search(uncommented(script.step.span.source.text)):
        yield from _BEHIND.finditer(text)


def _is_told(text: str, place: int) -> bool:
    """Whether another machine is told the command at a place: in the line, or in quotes."""
    before = text[:place].replace("\\\n", " ")
    told = list(_TOLD.finditer(before))
    between = before[told[-1].end() :] if told else "\n"
    open_quotes = any(between.count(quote) % 2 for quote in "'\"")
    return open_quotes or not _ENDS.search(between)


def _is_stopped(text: str, name: str | None) -> bool:
    """Whether a script stops what has a name, or one that it finds out; without a name anything."""
    for stop in _STOPS.finditer(text):
        words = _whole(text, stop.start())
        if name is None or not stop[0].startswith("docker") or "compose" in stop[0]:
            return True
        if _is_word(name, words) or "$" in words or "`" in words or "xargs" in text:
            return True
    return False


def _is_word(name: str, words: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w.-])", words) is not None


def _whole(text: str, place: int) -> str:
    match = _WHOLE.match(text, place)
    return match[0] if match else ""


def _short(text: str, place: int) -> str:
    """The command that begins at a place, on one line."""
    words = " ".join(_whole(text, place).replace("\\\n", " ").split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"


_BUILDS = regex(r"\bdocker\s+(?:image\s+|buildx\s+)?build\b(?:[^\n;&|]|\\\n)*?\s(?:-t|--tag)[ =]")
_TAKES = regex(
    r"\bdocker\s+(?:\w+\s+)?(?:push|save|run|create|export|tag|cp|compose|service|stack|scan|scout)\b"
    r"|\bdocker-compose\b|--push\b|--output\b|\b(?:kind|k3d|minikube|trivy|grype|snyk|dive|helm|kubectl)\b"
)
# What a file of the repository does with an image is not seen.
_MAY_TAKE = regex(
    r"(?:^|[\s;&|(])\.{1,2}/[\w.-]|\.(?:sh|py|ps1|bat|cmd)\b|\b(?:make|task|just|npm|yarn|mvn|gradle)\s"
)
_BY_STEPS = regex(r"\bdocker\s*\.|\bwithDockerRegistry\b|dockerfile\s*(?:\{|true)")


def images_left(scripts: Sequence[MachineScript]) -> Iterator[MachineScript]:
    """The first script that builds an image which no script of the job takes anywhere."""
    texts = [_COMMENT.sub("", on_this_machine(one.text)) for one in scripts]
    if not scripts or _BY_STEPS.search(scripts[0].step.span.source.text):
        return
    building = [one for one, text in zip(scripts, texts, strict=True) if _BUILDS.search(text)]
    if building and not any(_TAKES.search(text) or _MAY_TAKE.search(text) for text in texts):
        yield building[0]
