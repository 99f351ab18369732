"""A script of several lines ends with one line break, as an author writes it.

Then it stands in a plain `|` block. No shell tells the difference.
"""

from __future__ import annotations

from jenkins2gha.actions.workflow import Step, Template, Text, Workflow
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace


def end_scripts(workflow: Workflow) -> PassResult:
    """One line break at the end of a script of several lines, none at that of a single line."""
    jobs = tuple(replace(job, steps=tuple(map(_ended, job.steps))) for job in workflow.jobs)
    return PassResult(replace(workflow, jobs=jobs))


def _ended(step: Step) -> Step:
    run = None if step.run is None else _with_ending(step.run)
    return step if run == step.run else replace(step, run=run)


def _with_ending(run: Text) -> Text:
    if isinstance(run, Template) and run.parts and isinstance(run.parts[-1], str):
        several = any(isinstance(part, str) and "\n" in part.rstrip("\n") for part in run.parts)
        return replace(run, parts=(*run.parts[:-1], _ending(run.parts[-1], several=several)))
    if isinstance(run, str):
        return _ending(run, several="\n" in run.rstrip("\n"))
    return run


def _ending(text: str, *, several: bool) -> str:
    line = text.rstrip("\n")
    if not line or line.endswith(("\\", "^", "`", "\r")):
        return text  # the shell may go on reading there
    return f"{line}\n" if several else line
