"""Names that tell the stage and what a step does, each once in a job.

So the stages of the pipeline stay visible (design, section 5).
"""

from __future__ import annotations

import re
from collections import Counter

from jenkins2gha.actions.workflow import Job, Step, Template, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.passes.scripts import plain_script
from jenkins2gha.record import replace
from jenkins2gha.regex import regex
from jenkins2gha.shell.words import commands

LONGEST = 80
_LABEL = 60
_SPACE = regex(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_PREPARES = regex(
    r"\s*(?:#|@?echo off|set\b|unset\b|export\b|cd\b|rem\b|::(?!\w)|\$ErrorAction|$"
    r"|(?:if|elif|while|until|for)\b[^;]*(?:;\s*(?:then|do))?\s*$|case\b.*\bin\s*$"
    r"|(?:then|else|do|fi|done|esac|[{}()])\s*$"
    r"|[a-z_]\w*=(?:[^\s()`\"']|\"[^\"]*\"|'[^']*'|\$\([^()]*\))*\s*$)",
    re.IGNORECASE,
)
_PRINTS = regex(r"\s*(?:printf|cat)\s")
_BLOCK = regex(r"\s*(?:if|while|until|for)\b[^;]*;\s*(?:then|do)\s+(.+?)(?:;\s*(?:fi|done))?\s*\Z")
"""A block in one line, and what it does."""
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
    line = next((line for line in lines if not _PREPARES.match(line)), next(iter(lines), ""))
    block = None if step.shell else _BLOCK.match(line)
    line = block[1] if block else line
    return _shortened(_written(script, line) or _one_line(line), _LABEL) or "Run"


def _written(script: str, first: str) -> str | None:
    """What a script does that only prints into a file: `Write config.ini`."""
    match = _PRINTS.match(first)
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
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
