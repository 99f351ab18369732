"""A whole declarative pipeline. Source: pipeline-model-definition, ModelInterpreter.call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins import parameters
from jenkins2gha.simulate.jenkins.declarative import agents, environment, model, post, schedules
from jenkins2gha.simulate.jenkins.declarative.inputs import declared
from jenkins2gha.simulate.jenkins.declarative.options import Options
from jenkins2gha.simulate.jenkins.declarative.stages import Stages
from jenkins2gha.simulate.jenkins.errors import Thrown, Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Closure, Value
from jenkins2gha.simulate.jenkins.invocation import Invocation
from jenkins2gha.simulate.jenkins.steps import blocks

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


def run(of: Run, called: Invocation) -> Value:
    """Runs `pipeline { }`."""
    if not isinstance(called.block, Closure):
        raise Unknown("a pipeline without a block")
    _Pipeline(of, called.block.node).run()
    return None


class _Pipeline:
    def __init__(self, run: Run, body: ast.Closure) -> None:
        self._run = run
        self._model = model.pipeline(run, body)
        sections = self._model.sections
        if "parameters" in sections:
            scheduled = schedules.parameters(run, sections.get("triggers"))
            values = parameters.values(
                declared(run, sections["parameters"]), run.situation, scheduled
            )
            run.build.parameters.update(values)
            run.parameters.update(values)
        self._options = Options(run, sections.get("options"))
        self._error: Thrown | None = None
        self._post_ran = False

    def run(self) -> None:
        sections = self._model.sections
        try:
            with (
                agents.agent(self._run, sections.get("agent"), self._options, root=True),
                environment.variables(self._run, sections.get("environment")),
            ):
                self._options.around(self._stages)
        except Thrown as thrown:
            self._error = self._error or thrown
        if not self._post_ran:
            self._post()
        if self._error is not None:
            raise self._error

    def _stages(self) -> None:
        """The stages and the post, which a `retry` around both runs again."""
        self._error = None
        runner = Stages(self._run, self._model.sections.get("agent"), self._options)
        self._error = runner.sequence(self._model.stages)
        self._post_ran = True
        self._post()
        if self._error is not None:
            raise self._error

    def _post(self) -> None:
        call = self._model.sections.get("post")
        if call is not None and post.satisfied(self._run, call, self._error, None):
            with blocks.stage(self._run, "Declarative: Post Actions"):
                self._error = post.conditions(self._run, call, self._error, None)
