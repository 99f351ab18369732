"""The steps that count the failed tests of reports which no action reads, and judge the build."""

from __future__ import annotations

from jenkins2gha.actions.conditions import both, equal
from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.workflow import Origin, Text
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step
from jenkins2gha.mapping.build_result import WORSE
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.results import marked
from jenkins2gha.mapping.test_counts import Counting
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.mapping.uses import uses
from jenkins2gha.record import replace

RULE = "tests-counted"

_COUNT = """\
const options = {{ implicitDescendants: false, matchDirectories: false }};
const reports = await (await glob.create(process.env.REPORTS, options)).glob();
const texts = reports.map(name => require('fs').readFileSync(name, 'utf8'));
const tests = texts.flatMap(text => text.match({test}) ?? []);
const failed = tests.filter(test => {failed}.test(test)).length;
{without}if (failed > 0) core.warning(`${{failed}} of ${{tests.length}} tests failed`);
return failed > 0 ? '{result}' : '';
"""
_STOPS = "if (tests.length === 0) core.setFailed('no report holds a test');\n"
_WITHOUT = """\
if (tests.length === 0) {{
  core.warning('no report holds a test');
  return '{result}';
}}
"""


def counted(
    step: Step, how: Counting, reports: Text, scope: Scope, context: Context
) -> tuple[ActionStep, ...]:
    """A script that finds the result by the reports, and steps that mark the build with it."""
    without = _STOPS if how.stops else _WITHOUT.format(result=how.without) if how.without else ""
    script = _COUNT.format(test=how.test, failed=how.failed, result=how.result, without=without)
    origin = Origin((step.span,), RULE, Certainty.APPROXIMATE)
    inputs: dict[str, Text | bool | int | None] = {"result-encoding": "string", "script": script}
    action = uses("actions/github-script", inputs, scope, origin)
    action = replace(
        action,
        id=provisional(step.name, step.span.start),
        name="Count the failed tests",
        env={"REPORTS": reports},
    )
    found = Path(f"steps.{action.id}.outputs.result")
    marks = (
        marked(result, step.span, _where(scope, found, result), context)
        for result in WORSE
        if result in how.results
    )
    return (action, *marks)


def _where(scope: Scope, found: Path, result: str) -> Scope:
    return scope.changed(condition=both(scope.condition, equal(found, result)))


def told(how: Counting) -> str:
    """What is said of the counting."""
    message = f"; if tests failed, the build goes on as {how.result} and the run fails at its end"
    if how.stops:
        return f"{message}; reports without a test fail the step"
    return f"{message}; without a test it goes on as {how.without}" if how.without else message
