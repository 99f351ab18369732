"""Programs that a script calls and that GitHub's machines do not have."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from jenkins2gha.mapping.machine_scripts import MachineScript, uncommented
from jenkins2gha.mapping.translation import Runner
from jenkins2gha.record import dataclass
from jenkins2gha.regex import regex
from jenkins2gha.shell.bat import bat_commands
from jenkins2gha.shell.powershell import powershell_commands
from jenkins2gha.shell.words import commands
from jenkins2gha.tables import table

_PATH = regex(r"\bPATH\b|\btool\b")
# The wrapper of another system is one that a later pass writes anew.
_SCRIPT = regex(r"(?!mvnw\.cmd|gradlew\.bat)[A-Za-z_][\w.-]*\.(?:sh|bash|py|pl|rb|bat|cmd)")
_BIN = regex(r"/bin(?:/|\b)|\bPATH=")
_COMMANDS = {
    "sh": commands,
    "bat": bat_commands,
    "powershell": powershell_commands,
    "pwsh": powershell_commands,
}
_STARTERS = frozenset("sudo env time nice nohup exec command".split())
_INSTALLERS = {
    "pip": regex(r"\bpip[\d.]*\s+install\b|\bpoetry\s+install\b|\bpipenv\b|requirements|venv"),
    "gem": regex(r"\bgem\s+install\b|\bbundle\b|\bchef\s+exec\b"),
    "npm": regex(r"\b(?:npm|yarn|pnpm)\s+(?:\S+\s+)*?(?:-g|--global|global)\b|node_modules/\.bin"),
}
_GETS = r"(?:install|add|get|curl|wget|unzip|tar|choco|snap|alias|ln)\b[^\n]*"


@dataclass(frozen=True, slots=True)
class Missing:
    """A program that the machine of a job does not have, and how a workflow gets it."""

    script: MachineScript
    name: str
    get: str


def missing_programs(scripts: Sequence[MachineScript], runner: Runner) -> Iterator[Missing]:
    """Each program that the scripts call on a machine of GitHub without getting it first."""
    if not runner.hosted:
        return
    rows = {
        name: row
        for name, row in table("programs").items()
        if runner.os in row.get("systems", ("linux",))
        and not set(row.get("has", ())) & {str(label) for label in runner.runs_on.labels}
    }
    whole = "\n".join(one.text for one in scripts)
    yield from _missing_scripts(scripts, whole)
    mentioned = {name for name in rows if _mentions(name, whole, runner)}
    for script in scripts:
        if not mentioned or script.boxed or script.step.name not in _COMMANDS:
            continue
        for name in [one for one in _called(script, mentioned) if one in mentioned]:
            mentioned.discard(name)
            if not _comes(name, rows[name].get("by"), whole, script):
                yield Missing(script, name, rows[name]["get"])


def _mentions(name: str, whole: str, runner: Runner) -> bool:
    suffix, flags = (r"(?:\.exe)?", re.IGNORECASE) if runner.os == "windows" else ("", 0)
    return re.search(rf"(?<![\w./-]){re.escape(name)}{suffix}\s", whole, flags) is not None


def _missing_scripts(scripts: Sequence[MachineScript], whole: str) -> Iterator[Missing]:
    """Each script that is called by its bare name: a shell looks for that on its PATH only."""
    seen: set[str] = set()
    for script in scripts:
        if script.boxed or script.step.name != "sh":
            continue
        for name in _called(script, ()):
            if not _SCRIPT.fullmatch(name) or name in seen:
                continue
            seen.add(name)
            by = "pip" if name.endswith(".py") else None
            if not (_BIN.search(whole) or _comes(name, by, whole, script)):
                yield Missing(script, name, f"Write `./{name}` if it is a file of the repository.")


def _called(script: MachineScript, known: Collection[str]) -> Iterator[str]:
    """The programs that a script calls; a known one may be a program with its first words."""
    kind = script.step.name
    for command in _COMMANDS[kind](script.text):
        words = [word or "" for word in command.literals]
        if kind != "sh" and words:
            words[0] = words[0].lower().removesuffix(".exe")
        while words and (words[0] in _STARTERS or words[0].startswith("-")):
            words = words[1:]
        for count in range(1, len(words) + 1):
            name = " ".join(words[:count])
            if count == 1 or name in known:
                yield name


def _comes(name: str, by: str | None, whole: str, script: MachineScript) -> bool:
    """Whether a script brings a program, or the pipeline says where programs are."""
    if by is not None and _INSTALLERS[by].search(whole):
        return True
    if re.search(rf"\b{_GETS}{re.escape(name)}\b", whole):
        return True
    if name == "docker-compose" or " " in name:
        return False
    source = uncommented(script.step.span.source.text)
    if re.search(rf"\btools\s*\{{[^}}]*\b{re.escape(name.partition('-')[0])}", source):
        return True
    return _PATH.search(source) is not None
