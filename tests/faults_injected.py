"""Faults put into a workflow, one at a time: each kind changes a workflow in place and says how.

A kind gives '' where the workflow has no place for it. What would change nothing that Jenkins does
(the clean-up of a secret's file, a name that no script reads) is no place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Node = dict[str, Any]
Kind = Callable[[Node, Random], str]

_OWN = re.compile(r"title=jenkins2gha|rm -f \"\$RUNNER_TEMP|^mkdir -p |git config ")
_SET_UP = re.compile(r"setup-|/cache|login")


def _jobs(workflow: Node) -> list[tuple[str, Node]]:
    return list(workflow["jobs"].items())


def steps_of(job: Node) -> Iterator[tuple[list[Node], int]]:
    """Each step as the list that it stands in and its place there."""
    for at, step in enumerate(job.get("steps", ())):
        if "parallel" in step:
            yield from ((step["parallel"], inner) for inner in range(len(step["parallel"])))
        else:
            yield job["steps"], at


def _all_steps(workflow: Node) -> list[tuple[list[Node], int]]:
    return [place for _, job in _jobs(workflow) for place in steps_of(job)]


def _is_pipelines(step: Node) -> bool:
    """Whether a step does something that the pipeline asks for."""
    if "run" in step:
        return not _OWN.search(step["run"])
    return not _SET_UP.search(step.get("uses", ""))


def _some(found: list[Any], random: Random) -> Any:
    return random.choice(found) if found else None


def _named(step: Node) -> str:
    return str(step.get("name") or step.get("uses") or step.get("run", ""))[:50]


def _step(workflow: Node, random: Random, fits: Callable[[Node], bool]) -> Node | None:
    found = [ones[at] for ones, at in _all_steps(workflow) if fits(ones[at])]
    step: Node | None = _some(found, random)
    return step


def drop_step(workflow: Node, random: Random) -> str:
    places = [(ones, at) for ones, at in _all_steps(workflow) if _is_pipelines(ones[at])]
    places = [(ones, at) for ones, at in places if "id" not in ones[at]]
    if not (place := _some(places, random)):
        return ""
    ones, at = place
    step = ones[at]
    ones[at] = {"run": "true"}
    return f"without the step {_named(step)}"


def repeat_step(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "run" in one and _runs_source(one))
    if step is None:
        return ""
    for _, job in _jobs(workflow):
        for ones, at in steps_of(job):
            if ones[at] is step:
                again = {key: value for key, value in step.items() if key != "id"}
                ones.insert(at + 1, again)
                return f"twice the step {_named(step)}"
    return ""


def _runs_source(step: Node) -> bool:
    run = step.get("run", "")
    return _is_pipelines(step) and "GITHUB_" not in run and "RUNNER_TEMP" not in run


def swap_steps(workflow: Node, random: Random) -> str:
    places = []
    for _, job in _jobs(workflow):
        steps = job.get("steps", [])
        for at in range(len(steps) - 1):
            pair = steps[at : at + 2]
            scripts = all("run" in one and _runs_source(one) for one in pair)
            if scripts and pair[0]["run"] != pair[1]["run"] and not _exclude_each_other(*pair):
                places.append((steps, at))
    if not (place := _some(places, random)):
        return ""
    steps, at = place
    steps[at], steps[at + 1] = steps[at + 1], steps[at]
    return f"{_named(steps[at])} before {_named(steps[at + 1])}"


def _exclude_each_other(one: Node, other: Node) -> bool:
    """Branches of a choice, whose order nobody sees."""
    return "if" in one and "if" in other and one["if"] != other["if"]


def change_command(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "run" in one and _runs_source(one))
    if step is None:
        return ""
    step["run"] = re.sub(r"\w[\w./-]*", lambda word: f"{word[0]}-other", step["run"], count=1)
    return f"another command in {_named(step)}"


def drop_condition(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "if" in one and _is_pipelines(one))
    if step is None:
        return ""
    return f"{_named(step)} without `if: {step.pop('if')}`"


def turn_condition(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "if" in one and _is_pipelines(one))
    if step is None:
        return ""
    before = str(step["if"])
    step["if"] = _turned(before)
    return f"{_named(step)} with `if: {step['if']}` instead of `{before}`"


def _turned(condition: str) -> str:
    plain = re.sub(r"^\$\{\{(.*)\}\}$", r"\1", condition.strip())
    words = {"success()": "failure()", "failure()": "success()", "always()": "success()"}
    for word, other in words.items():
        if plain.startswith(word):
            return "${{ " + other + plain[len(word) :] + " }}"
    return "${{ !(" + plain + ") }}"


def swap_conditions(workflow: Node, random: Random) -> str:
    steps = [ones[at] for ones, at in _all_steps(workflow)]
    steps = [one for one in steps if "if" in one and _is_pipelines(one)]
    pairs = [(one, other) for one in steps for other in steps if one["if"] != other["if"]]
    if not (pair := _some(pairs, random)):
        return ""
    one, other = pair
    one["if"], other["if"] = other["if"], one["if"]
    return f"the conditions of {_named(one)} and {_named(other)} changed places"


def drop_job_condition(workflow: Node, random: Random) -> str:
    job = _some([job for _, job in _jobs(workflow) if "if" in job], random)
    return f"a job without `if: {job.pop('if')}`" if job else ""


def turn_job_condition(workflow: Node, random: Random) -> str:
    job = _some([job for _, job in _jobs(workflow) if "if" in job], random)
    if not job:
        return ""
    before = job["if"]
    job["if"] = _turned(str(before))
    return f"a job with `if: {job['if']}` instead of `{before}`"


def drop_need(workflow: Node, random: Random) -> str:
    jobs = dict(_jobs(workflow))
    places = []
    for name, job in jobs.items():
        needs = job.get("needs", [])
        needs = [needs] if isinstance(needs, str) else list(needs)
        for need in needs:
            others = [one for one in needs if one != need]
            if not any(need in _far_needs(jobs, one) for one in others):
                places.append((name, job, need, others))
    if not (place := _some(places, random)):
        return ""
    name, job, need, others = place
    if others:
        job["needs"] = others
    else:
        del job["needs"]
    return f"{name} without `needs: {need}`"


def _far_needs(jobs: dict[str, Node], name: str) -> set[str]:
    needs = jobs[name].get("needs", [])
    needs = [needs] if isinstance(needs, str) else list(needs)
    return set(needs).union(*(_far_needs(jobs, one) for one in needs))


def drop_handover(workflow: Node, random: Random) -> str:
    def hands_over(step: Node) -> bool:
        uses = step.get("uses", "")
        return "-artifact" in uses or "tar -" in step.get("run", "")

    places = [(ones, at) for ones, at in _all_steps(workflow) if hands_over(ones[at])]
    if not (place := _some(places, random)):
        return ""
    ones, at = place
    step = ones[at]
    ones[at] = {"run": "true"}
    return f"without the hand-over {_named(step)}"


def drop_checkout(workflow: Node, random: Random) -> str:
    places = [
        (ones, at)
        for ones, at in _all_steps(workflow)
        if ones[at].get("uses", "").startswith("actions/checkout")
    ]
    if not (place := _some(places, random)):
        return ""
    ones, at = place
    ones[at] = {"run": "true"}
    return "without a checkout"


_AMBIENT = frozenset(
    "CI BRANCH_NAME BUILD_NUMBER CHANGE_ID GH_TOKEN GIT_USER GIT_PASSWORD GIT_KEY".split()
)


def _variables(workflow: Node) -> list[tuple[Node, str]]:
    steps = [ones[at] for ones, at in _all_steps(workflow)]
    found = [(one["env"], name) for one in steps if _read(one) for name in one.get("env", {})]
    return [(env, name) for env, name in found if name not in _AMBIENT]


def _read(step: Node) -> bool:
    """Whether a script of the pipeline runs in a step."""
    return "env" in step and "run" in step and _runs_source(step)


def drop_variable(workflow: Node, random: Random) -> str:
    place = _some(_variables(workflow), random)
    if not place:
        return ""
    env, name = place
    del env[name]
    return f"a step without the variable {name}"


def change_variable(workflow: Node, random: Random) -> str:
    place = _some(_variables(workflow), random)
    if not place:
        return ""
    env, name = place
    env[name] = "another value"
    return f"a step with another {name}"


def move_folder(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "run" in one and _runs_source(one))
    if step is None:
        return ""
    if "working-directory" in step and random.random() < 0.5:
        return f"{_named(step)} not in {step.pop('working-directory')}"
    step["working-directory"] = "elsewhere"
    return f"{_named(step)} in another folder"


def go_on(workflow: Node, random: Random) -> str:
    step = _step(
        workflow,
        random,
        lambda one: "run" in one and _runs_source(one) and "continue-on-error" not in one,
    )
    if step is None:
        return ""
    step["continue-on-error"] = True
    return f"{_named(step)} goes on after its failure"


def stop(workflow: Node, random: Random) -> str:
    step = _step(workflow, random, lambda one: "continue-on-error" in one)
    if step is None:
        return ""
    del step["continue-on-error"]
    return f"{_named(step)} does not go on"


def change_matrix(workflow: Node, random: Random) -> str:
    axes = [
        values
        for _, job in _jobs(workflow)
        for name, values in job.get("strategy", {}).get("matrix", {}).items()
        if name not in ("include", "exclude") and isinstance(values, list) and len(values) > 1
    ]
    values = _some(axes, random)
    if not values:
        return ""
    return f"a matrix without {values.pop()}"


def drop_exclude(workflow: Node, random: Random) -> str:
    found = [
        job["strategy"]["matrix"]
        for _, job in _jobs(workflow)
        if "exclude" in job.get("strategy", {}).get("matrix", {})
    ]
    matrix = _some(found, random)
    if not matrix:
        return ""
    del matrix["exclude"]
    return "a matrix without its excludes"


def drop_output(workflow: Node, random: Random) -> str:
    def writes(step: Node) -> bool:
        return re.search(r">> *\"?\$\{?GITHUB_(OUTPUT|ENV)", step.get("run", "")) is not None

    step = _step(workflow, random, writes)
    if step is None:
        return ""
    step["run"] = re.sub(r">> *\"?\$\{?GITHUB_(OUTPUT|ENV)\}?\"?", "> /dev/null", step["run"])
    return f"{_named(step)} writes no output"


KINDS: tuple[Kind, ...] = (
    drop_step, repeat_step, swap_steps, change_command, drop_condition, turn_condition,
    swap_conditions, drop_job_condition, turn_job_condition, drop_need, drop_handover,
    drop_checkout, drop_variable, change_variable, move_folder, go_on, stop, change_matrix,
    drop_exclude, drop_output,
)  # fmt: skip
