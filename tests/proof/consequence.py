"""Whether a fault has any consequence: a workflow is run without and with it, and nothing else.

The situations and failures are drawn by chance, and are not those that the proof chooses. What a
run does is its commands with their environments and folders, what is printed, and how it ends; the
proof has no part in the comparison. A condition that contradicts itself, `if: success()`, or a step
that goes on where nothing is behind it: there a fault changes nothing that anybody could see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from jenkins2gha import Conversion
from jenkins2gha.groovy import parse
from jenkins2gha.simulate.actions import Workflow, World, read
from jenkins2gha.simulate.compare import Act, Facts, Known, key_of, record
from jenkins2gha.simulate.jenkins import simulate
from jenkins2gha.simulate.proof import Claim, event_of, origins
from jenkins2gha.simulate.scenarios import Scenario, situations
from jenkins2gha.simulate.situation import Answer
from jenkins2gha.source import Source
from jenkins2gha.verifier import claim_of

RUNS = 200
_OWN_ACTIONS = re.compile(r"actions/(checkout|download-artifact|setup-|cache)")


def has_consequence(text: str, right: Conversion, wrong: Conversion, random: Random) -> bool:
    """Whether some run of the two workflows differs."""
    claims = claim_of(text, right), claim_of(text, wrong)
    workflows = [read(claim.workflow) for claim in claims]
    source = Source("Jenkinsfile", text)
    drawn = list(_drawn(situations(parse(source), source), random))
    known = Known(command for one in drawn for command in _on_jenkins(claims[0], one))
    for scenario in drawn:
        before, after = (
            _done(claim, workflow, scenario, known)
            for claim, workflow in zip(claims, workflows, strict=True)
        )
        if before != after:
            return True
    return False


def _drawn(known: tuple[Scenario, ...], random: Random) -> Iterator[Scenario]:
    """The parts of some situations put together anew, and whatever fails in them."""
    whole = [one.situation for one in known]
    for number in range(RUNS):
        start = random.choice(whole)
        given = random.choice(whole).parameters if start.kind == "dispatch" else {}
        parts = {**random.choice(whole).parameters, **given} if given else dict(given)
        outside = {**random.choice(whole).variables, **random.choice(whole).variables}
        situation = replace(
            start,
            parameters=parts,
            variables=outside,
            previous=random.choice((None, "SUCCESS", "FAILURE", "UNSTABLE", "ABORTED")),
        )
        said = random.choice(known).said
        yield _Drawn(name=str(number), situation=situation, said=said)


class _Drawn(Scenario):
    """Each command fails in one of six runs, by its key and the number of the run."""

    def answer(self, key: str) -> Answer:
        if key.startswith(("echo@", "sleep@", "input@", "error@", "unstable@", "checkout")):
            return Answer(stdout=f"{self.said}\n")
        chance = Random(f"{self.name} {key}").random()
        if chance < 1 / 6:
            return Answer(end="failure", stdout=f"{self.said}\n")
        if chance > 0.99:
            return Answer(end="abort")
        failures = 2 if chance > 0.8 else 0
        return Answer(stdout=f"{self.said}\n", test_failures=failures, missing=chance > 0.95)


def _on_jenkins(claim: Claim, scenario: Scenario) -> Any:
    situation = replace(
        scenario.situation,
        world=lambda command: scenario.answer(key_of(command)),
        credentials=claim.credentials,
    )
    return simulate(claim.text, situation).commands


def _done(claim: Claim, workflow: Workflow, scenario: Scenario, known: Known) -> Any:
    event = event_of(scenario, workflow)
    if event is None:
        return None
    facts = Facts(answer=scenario.answer, previous=(scenario.situation.previous or "").lower())
    world = World(secrets=claim.secrets, variables=scenario.situation.variables)
    found = record(
        workflow,
        event,
        known=known,
        facts=facts,
        world=world,
        origins=origins(workflow, claim.source_map),
    )
    ended = found.run.conclusion.replace("skipped", "success")
    return found.run.not_started, ended, list(filter(None, map(_Done(found.acts).of, found.acts)))


class _Done:
    """What of a run's acts people see: the commands of the pipeline with what they find, other
    programs and actions that do more than set up or hand over, and what is printed."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self._acts = acts

    def of(self, act: Act) -> Any:
        printed = [line for line in act.said.splitlines() if line and not line.startswith("::")]
        if act.kind == "source":
            given = {
                name: act.environment[name] for name in act.environment if name != "BUILD_RESULT"
            }
            files = {self._acts[one].text for one in act.seen if self._acts[one].kind == "source"}
            return act.key, given, act.directory, act.failed, files, act.command.job
        if act.kind == "tool":
            return None if act.placeholder else (act.text, act.directory)
        own = act.command.kind == "run" or _OWN_ACTIONS.match(act.text)
        handed = dict(act.command.inputs).get("name", "").startswith(("workspace-", "stash-"))
        return printed or None if own or handed else (act.text, act.command.inputs)
