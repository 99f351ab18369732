"""Small workflows for the tests of the simulator."""

from __future__ import annotations

from textwrap import dedent, indent

from jenkins2gha.simulate.actions import Event, Run, World, failing, push, simulate


def workflow(jobs: str, top: str = "on: push") -> str:
    return f"{dedent(top).strip()}\njobs:\n{indent(dedent(jobs).strip(), '  ')}\n"


def one_job(steps: str, job: str = "", top: str = "on: push") -> str:
    """A workflow of one job `j`."""
    keys = filter(None, ("runs-on: ubuntu-latest", dedent(job).strip(), "steps:"))
    body = "\n".join((*keys, indent(dedent(steps).strip(), "  ")))
    return workflow(f"j:\n{indent(body, '  ')}", top)


def run(
    text: str, event: Event | None = None, *, fails: str = "", world: World | None = None
) -> Run:
    """A run in which the commands fail whose text holds one of these words."""
    words = fails.split()
    oracle = failing(lambda command: any(word in command.text.split() for word in words))
    found = simulate(text, event or push(), world or World(oracle=oracle))
    assert not found.invalid, found.not_started
    return found


def texts(found: Run) -> list[str]:
    """What the commands of a run are, without the line's end."""
    return [command.text.strip() for command in found.commands]


def results(found: Run) -> dict[str, str]:
    """What came of each job, or leg of one."""
    return {f"{job.id} {job.leg}".strip(): job.result for job in found.jobs}
