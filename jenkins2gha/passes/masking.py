"""What a script finds out that sounds like a secret is masked before other steps are given it.

Jenkins prints no variables; a runner writes the `env:` of each step into the log, with `***` in
place of what is masked.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jenkins2gha.actions.walk import contexts
from jenkins2gha.actions.workflow import Job, Step, Workflow
from jenkins2gha.passes.result import Note, PassResult
from jenkins2gha.record import replace
from jenkins2gha.regex import regex

_SECRET = regex(r"pass(?:word|wd|phrase)|secret|token|private_?key|api_?key|access_?key")
_NO_SECRET = regex(r"len|count|size|name|path|file|dir|url|host|expir|arn|(?:^|_)id$")
"""What says something about a secret."""
_KEPT = regex(
    r"(?m)^(?:echo \"(?P<line>\w+)=\$(?P=line)\" >> "
    r"|END_OF_OUTPUT=[^\n]*\n\{\n +echo \"(?P<lines>\w+)<<\$END_OF_OUTPUT\"\n"
    r" +printf '%s\\n' \"\$(?P=lines)\"\n)"
)
"""Where a script hands on a variable of its own, in one line or in several."""
_PRINTED = regex(r"(?m)^ +echo \"(\w+)<<\$END_OF_OUTPUT\"\n(?! +printf )")
"""Where a script hands on what another command prints, which nothing can mask before."""
_STEP = regex(r"steps\.([\w-]+)\.")


def mask_secrets(workflow: Workflow) -> PassResult:
    """The scripts with the command that masks a value in front of the line that hands it on."""
    notes: list[Note] = []
    jobs = tuple(replace(job, steps=tuple(_masked(job, notes))) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs), tuple(notes))


def _masked(job: Job, notes: list[Note]) -> Iterator[Step]:
    crossing = {
        name
        for text in job.outputs.values()
        for path in contexts(text)
        for name in _STEP.findall(path)
    }
    for step in job.steps:
        script = step.run if isinstance(step.run, str) and not step.shell else ""
        kept, printed = _KEPT.search(script), _PRINTED.search(script)
        name = (kept["line"] or kept["lines"]) if kept else printed[1] if printed else ""
        if not _sounds_secret(name):
            yield step
            continue
        # The runner hands no masked output on to other jobs; a container's shell may be any.
        if not kept or step.id in crossing or (job.container and not kept["line"]):
            message = f"`{name}` sounds like a secret and is not masked: logs show what steps get"
            yield step
        else:
            message = f"`{name}` sounds like a secret, so it is masked in the log"
            yield _with_mask(step, name, kept)
        notes.append(Note("secret-masked", step.origin, message))


def _sounds_secret(name: str) -> bool:
    """Whether a name is one of a secret, and not of its length or its file."""
    words = [*_SECRET.finditer(name.lower())]
    return bool(words) and not _NO_SECRET.search(name.lower(), words[-1].end())


def _with_mask(step: Step, name: str, kept: re.Match[str]) -> Step:
    value = f"${name}" if kept["line"] else f"${{{name}//$'\\n'/%0A}}"
    run, place = str(step.run), kept.start()
    return replace(step, run=f'{run[:place]}echo "::add-mask::{value}"\n{run[place:]}')
