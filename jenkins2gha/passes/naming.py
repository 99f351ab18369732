"""Names that tell the stage and what a step does, each once in a job.

So the stages of the pipeline stay visible (design, section 5).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jenkins2gha.actions.workflow import Job, Step, Template, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import commands

LONGEST = 80
_LABEL = 60
_TOO_SHORT = 8
_SPACE = regex(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PREPARES = regex(
    r"\s*(?:#|@?echo off|(?:set|unset|export|cd|break|continue|exit|return|shift)\b"
    r"(?:\"[^\"]*\"|'[^']*'|`[^`]*`|\$\([^()]*\)|[^;&|])*+(?:&&|;)?\s*$"
    r"|rem\b|::(?!\w)|\$ErrorAction|$"
    r"|(?:if|elif|while|until|for)\b[^;]*(?:;\s*(?:then|do))?\s*$|case\b.*\bin\s*$"
    r"|(?:then|else|do|fi|done|esac|[{}()])\s*$"
    r"|[a-z_]\w*=(?:[^\s()`\"']|\"[^\"]*\"|'[^']*'|\$\([^()]*\))*\s*$)",
    re.IGNORECASE,
)
_WRITES = regex(r"\s*(?:printf|cat)\s")
_PRINTS = regex(r"""\s*(?:echo|printf)(?:\s+(?:[^'"|>&;]|'[^']*'|"[^"]*")*)?$""")
_QUOTED = regex(r'echo "([^"\\`]*)"$')
_WORD = regex(r"echo .*\w|^(?!echo).*\w")
_BLOCK = regex(r"\s*(?:if|while|until|for)\b[^;]*;\s*(?:then|do)\s+(.+?)(?:;\s*(?:fi|done))?\s*\Z")
"""A block in one line, and what it does."""
_GIVEN = regex(r"^\s*(?:\w+=(?:\"[^\"]*\"|'[^']*'|[^\s\"'`()]*)\s+)+(?=[\w./~$])")
"""Variables that a line gives to its command."""
_CONTINUED = regex(r"[ \t]+\\\n\s*")
_STEP_ID = regex(r"steps(?:\.|\[')([\w-]+)")
_ACTIONS = {
    "actions/checkout": "Check out",
    "actions/download-artifact": "Download artifacts",
    "actions/upload-artifact": "Upload artifacts",
    "actions/setup-node": "Set up Node.js",
    "actions/setup-dotnet": "Set up .NET",
    "stCarolas/setup-maven": "Set up Maven",
    "docker/login-action": "Log in to the registry",
    "mikepenz/action-junit-report": "Report tests",
}


def name_steps(workflow: Workflow) -> PassResult:
    """Names every step; a stage of one step gives it its name, else `Build › mvn package`."""
    jobs = tuple(map(_named, workflow.jobs))
    return PassResult(replace(workflow, jobs=jobs))


def _named(job: Job) -> Job:
    sizes = Counter(step.stage for step in job.steps if not step.prepares)
    taken: dict[str, int] = {}
    steps = []
    for step in job.steps:
        name = _name(step, alone=sizes[step.stage] == 1 and not step.prepares)
        if isinstance(name, str):
            name = _numbered(name, taken)
        steps.append(replace(step, name=name))
    return replace(job, steps=tuple(steps))


def _numbered(name: str, taken: dict[str, int]) -> str:
    """The name, or `name (2)`; `taken` keeps the last number of each name."""
    number = taken[name] = taken.get(name, 0) + 1
    if number == 1:
        return name
    return _numbered(f"{name} ({number})", taken)


def _name(step: Step, *, alone: bool) -> Text:
    stage = _one_line(step.stage or "")
    if step.placeholder:
        return _shortened(f"{stage} › to do by hand" if stage else "To do by hand")
    if stage and alone:
        return _shortened(stage)
    label = step.name or _label(step)
    before = f"{stage} › " if stage else ""
    if isinstance(label, str):
        return _shortened(before + _one_line(label))
    parts = label.parts if isinstance(label, Template) else (label,)
    one_line = (_SPACE.sub(" ", part) if isinstance(part, str) else part for part in parts)
    return Template((before, *one_line))


def _label(step: Step) -> str:
    if step.uses:
        action = step.uses.partition("@")[0]
        words = action.rpartition("/")[2].replace("-", " ").replace("_", " ")
        return _ACTIONS.get(action) or _sentence(words)
    script = step.inner[0] if step.inner else plain_script(step)
    lines = _CONTINUED.sub(" ", script).splitlines()
    line = _telling(lines)
    block = None if step.shell else _BLOCK.match(line)
    line = _GIVEN.sub("", block[1] if block else line)
    rest = "\n".join(one for one in lines if not _PRINTS.match(one))
    return _shortened(_written(rest, line) or _one_line(line), _LABEL) or "Run"


def _telling(lines: Sequence[str]) -> str:
    """The first line that does something; else what is printed first, that has a word in it."""
    done = [line for line in lines if not _PREPARES.match(line)]
    printed = [line for line in done if _PRINTS.match(line)]
    for line in done:
        if line not in printed:
            return line
    worded = (_printed(line) for line in printed)
    return next(filter(_WORD.search, worded), next(iter(done or lines), ""))


def _printed(line: str) -> str:
    """What a line prints, as it is read: without the quotes of the shell."""
    found = commands(line)
    words = found[0].literals if found else ()
    if len(words) == 2 and words[0] == "echo" and words[1] is not None:
        return f"echo {words[1]}"
    quoted = _QUOTED.match(line)
    return f"echo {quoted[1]}" if quoted else line


def _written(script: str, first: str) -> str | None:
    """What a script does that only prints into a file: `Write config.ini`."""
    match = _WRITES.match(first)
    found = commands(script) if match and ">" in script else ()
    into = [one.text for command in found for one in command.redirections if one.text[0] == ">"]
    return f"Write {into[0].lstrip('> ')}" if len(found) == 1 and len(into) == 1 else None


def _sentence(words: str) -> str:
    setup = re.match(r"setup (\w)(.*)", words)
    if setup:
        return f"Set up {setup[1].upper()}{setup[2]}"
    return words[:1].upper() + words[1:]


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _shortened(text: str, longest: int = LONGEST - len(" (999)")) -> str:
    """The text, cut in front of a word of which only a few letters would be left."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    words, _, begun = cut.rpartition(" ")
    return f"{(words if len(begun) < _TOO_SHORT else cut).rstrip()}…"
