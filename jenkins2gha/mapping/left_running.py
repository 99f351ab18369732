"""What the scripts of a job leave running on its machine when it ends: deployments onto the agent.

Jenkins itself ends the processes of a build unless they say otherwise (`dontKillMe`); containers
stay. https://www.jenkins.io/doc/book/using/spawning-processes-from-build/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jenkins2gha.mapping.machine_scripts import MachineScript
from jenkins2gha.mapping.other_machines import on_this_machine
from jenkins2gha.regex import regex

_LINE = r"(?:[^\n;&|]|\\\n)*?"
_CONTAINER = regex(
    rf"\bdocker\s+(?:container\s+)?run\b(?={_LINE}\s(?:-\w*d\w*|--detach)\s)"
    rf"(?={_LINE}\s(?:-\w*[pP]|--publish|--restart|--net(?:work)?[= ]host|--name))"
    r"|\bdocker(?:-|\s+)compose\b(?=" + _LINE + r"\sup\b" + _LINE + r"\s(?:-\w*d\w*|--detach)\b)"
    r"|\bdocker\s+(?:stack\s+deploy|service\s+create)\b"
)
_PROCESS = regex(r"\bpm2\s+(?:start|restart|reload)\b|\bforever\s+start\b")
_WHOLE = regex(r"(?:[^\n;&|]|\\\n)*")
_WIDTH = 60
_KEPT = regex(r"dontKillMe", re.IGNORECASE)
_BEHIND = regex(r"[^\n;&|]+(?:\s&(?=\s|$)|[\w)'\"]&(?=\s*(?:\n|$)))")
_STOPS = regex(
    r"\bdocker\s+(?:container\s+)?(?:stop|rm|kill)\b|\bdocker(?:-|\s+)compose\b[^\n]*\s(?:down|stop|rm)\b"
    r"|\b(?:pm2|forever)\s+(?:stop|delete|kill)\b|\bkill(?:all)?\s"
)


def left_running(
    scripts: Sequence[MachineScript], *, kept: bool
) -> Iterator[tuple[MachineScript, str]]:
    """Each start of something that no later command of the job stops; `kept` says that containers
    outlive a job on its machine."""
    texts = [on_this_machine(one.text) for one in scripts]
    for number, (script, text) in enumerate(zip(scripts, texts, strict=True)):
        for start in _starts(text, kept=kept):
            rest = (text[start.end() :], *texts[number + 1 :])
            if not any(map(_STOPS.search, rest)):
                yield script, _short(text, start.start())
                break


def _starts(text: str, *, kept: bool) -> Iterator[re.Match[str]]:
    if not kept:
        yield from _CONTAINER.finditer(text)
    yield from _PROCESS.finditer(text)
    if _KEPT.search(text):
        yield from _BEHIND.finditer(text)


def _short(text: str, place: int) -> str:
    """The command that begins at a place, on one line."""
    match = _WHOLE.match(text, place)
    words = " ".join((match[0] if match else "").replace("\\\n", " ").split())
    return words if len(words) <= _WIDTH else f"{words[: _WIDTH - 1]}…"
