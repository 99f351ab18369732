"""Runs small pipelines on the simulated Jenkins, for its tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jenkins2gha.simulate.jenkins import Answer, Situation, simulate
from jenkins2gha.simulate.situation import World
from jenkins2gha.simulate.trace import Command, Trace


def world(**ends: Answer | str) -> World:
    """Commands that end as their first word says, others well: `world(test="failure")`."""

    def answers(command: Command) -> Answer:
        said = command.text if command.kind == "run" else dict(command.inputs).get("message", "")
        words = (said or command.text).split()
        found = ends.get(words[0]) if words else None
        return Answer(end=found) if isinstance(found, str) else found or Answer()  # type: ignore[arg-type]

    return answers


def run(text: str, situation: Situation | None = None, **ends: Answer | str) -> Trace:
    """A run in which some commands end as said."""
    return simulate(text, replace(situation or Situation(), world=world(**ends)))


def pipeline(stages: str, *, top: str = "", agent: str = "any") -> str:
    return f"pipeline {{\nagent {agent}\n{top}\nstages {{\n{stages}\n}}\n}}\n"


def steps(body: str, *, top: str = "", before: str = "") -> str:
    """A pipeline whose only stage holds these steps."""
    return before + pipeline(f"stage('S') {{ steps {{\n{body}\n}} }}", top=top)


def script(body: str, *, top: str = "", before: str = "") -> str:
    return steps(f"script {{\n{body}\n}}", top=top, before=before)


def said(trace: Trace) -> list[str]:
    """The scripts and the messages of a run, in their order."""
    found = []
    for one in trace.commands:
        if one.kind == "run":
            found.append(one.text)
        elif one.text in ("echo", "error", "unstable", "input"):
            found.append(dict(one.inputs).get("message", ""))
    return found


def words(text: str, situation: Situation | None = None, **ends: Answer | str) -> str:
    """What a run says, in one line."""
    return " ".join(said(run(text, situation, **ends)))


def command(trace: Trace, text: str) -> Command:
    """The only command with that script, or of that step."""
    (found,) = [one for one in trace.commands if one.text == text]
    return found


def variables(text: str, situation: Situation | None = None, **ends: Any) -> dict[str, str]:
    """The environment of the last script of a run."""
    found = [one for one in run(text, situation, **ends).commands if one.kind == "run"]
    return dict(found[-1].environment)
