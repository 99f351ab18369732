"""What a schedule gives a run. Source: parameterized-scheduler-plugin, ParameterParser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.declarative.model import block, calls
from jenkins2gha.simulate.jenkins.groovy.values import to_text

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def parameters(run: Run, call: ast.Call | None) -> dict[str, str]:
    """The parameters of the line of `parameterizedCron` that starts a run by schedule."""
    if call is None or run.situation.kind != "schedule":
        return {}
    lines = list(_lines(run, call))
    wanted = run.situation.schedule.strip()
    for cron, given in lines:
        if not wanted or cron == wanted:
            return given
    return {}


def _lines(run: Run, call: ast.Call) -> list[tuple[str, dict[str, str]]]:
    """Each line of a schedule with its parameters, none for a plain `cron`."""
    found = []
    for one in calls(run, block(run, call)):
        if one.word not in ("cron", "parameterizedCron") or not one.arguments:
            continue
        text = to_text(run.interpreter.evaluate(one.arguments[0], run.interpreter.top))
        for line in text.splitlines():
            cron, _, given = line.partition("%")
            cron = cron.strip()
            if cron and not cron.startswith(("#", "TZ=")):
                pairs = (pair.partition("=") for pair in given.split(";") if pair.strip())
                found.append((cron, {key.strip(): value.strip() for key, _, value in pairs}))
    return found
