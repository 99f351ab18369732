"""Stages one after the other, and each from outside to inside.

Source: pipeline-model-definition, ModelInterpreter.groovy (evaluateSequentialStages,
evaluateStage, executeSingleStage, skipStage).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from jenkins2gha.groovy import ast
from jenkins2gha.simulate.jenkins.build import Layer, Mark
from jenkins2gha.simulate.jenkins.declarative import agents, environment, post
from jenkins2gha.simulate.jenkins.declarative.inputs import asked
from jenkins2gha.simulate.jenkins.declarative.model import Stage, block, refuse
from jenkins2gha.simulate.jenkins.declarative.options import Options
from jenkins2gha.simulate.jenkins.declarative.when import When
from jenkins2gha.simulate.jenkins.errors import Thrown
from jenkins2gha.simulate.jenkins.groovy.values import Closure, Value
from jenkins2gha.simulate.jenkins.steps import blocks
from jenkins2gha.simulate.jenkins.steps.parallel import run_branches

if TYPE_CHECKING:
    from jenkins2gha.simulate.jenkins.run import Run


class Stages:
    """Runs the stages of one pipeline."""

    def __init__(self, run: Run, root_agent: ast.Call | None, options: Options) -> None:
        self._run = run
        self._root_agent = root_agent
        self._options = options

    def sequence(
        self,
        stages: list[Stage],
        error: Thrown | None = None,
        parent: Stage | None = None,
        mark: Mark | None = None,
        *,
        skipped: bool = False,
    ) -> Thrown | None:
        """Runs stages one after the other; after the first error the others are skipped."""
        for one in stages:
            try:
                self._stage(one, error, skipped=skipped)
            except Thrown as thrown:
                error = error or thrown
        if parent is not None and not skipped:
            error = self._post(parent, error, mark)
        return error

    def _post(self, stage: Stage, error: Thrown | None, mark: Mark | None) -> Thrown | None:
        call = stage.sections.get("post")
        if call is None or not post.satisfied(self._run, call, error, mark):
            return error
        return post.conditions(self._run, call, error, mark)

    def _stage(self, stage: Stage, error: Thrown | None, *, skipped: bool = False) -> None:
        with blocks.stage(self._run, stage.name) as mark:
            skips = skipped or error is not None or self._skips_unstable()
            try:
                if skips:
                    self._skip(stage, error)
                else:
                    skips = not self._run_stage(stage, mark)
                    if skips:
                        self._skip(stage, error)
            except Thrown as thrown:
                error = error or thrown
            if not skips and stage.branches is not None:
                error = self._post(stage, error, mark)
            if error is not None:
                raise error

    def _skips_unstable(self) -> bool:
        return (
            self._run.build.result == "UNSTABLE"
            and "skipStagesAfterUnstable" in self._options.names
        )

    def _skip(self, stage: Stage, error: Thrown | None) -> None:
        """What a skipped stage holds is skipped too."""
        if stage.branches is not None:
            names = {
                one.name: partial(self._stage, one, error, skipped=True) for one in stage.branches
            }
            run_branches(self._run, names, fail_fast=False)
        elif stage.stages is not None:
            inner = self.sequence(stage.stages, error, stage, skipped=True)
            if inner is not None and error is None:
                raise inner

    def _run_stage(self, stage: Stage, mark: Mark) -> bool:
        """Runs a stage, unless its condition does not hold: then False."""
        run, sections = self._run, stage.sections
        with run.build.variables([Layer(name, value) for name, value in stage.cell]):
            when = When(run, sections.get("when"))
            if not when.passes("beforeOptions"):
                return False
            options = Options(run, sections.get("options"), self._options)

            def with_options() -> None:
                if not when.passes("beforeInput"):
                    return
                with asked(run, sections.get("input")):
                    if stage.branches is not None:
                        if when.passes():
                            self._branches(stage, stage.branches)
                    elif when.passes("beforeAgent"):
                        self._on_agent(stage, when, options, mark)

            options.around(with_options)
        return when.passed

    def _branches(self, stage: Stage, branches: list[Stage]) -> None:
        fail_fast = stage.fail_fast or "parallelsAlwaysFailFast" in self._options.names
        with environment.variables(self._run, stage.sections.get("environment")):
            run_branches(
                self._run,
                {one.name: _branch(self._stage, one) for one in branches},
                fail_fast=fail_fast,
                nodes={one.name: one.node for one in branches},
            )

    def _on_agent(self, stage: Stage, when: When, options: Options, mark: Mark) -> None:
        run, call = self._run, stage.sections.get("agent")
        with ExitStack() as around:
            if call is None:
                around.enter_context(agents.container_of_root(run, self._root_agent, self._options))
            else:
                around.enter_context(agents.agent(run, call, options, root=False))
            if not when.passes():
                return
            around.enter_context(environment.variables(run, stage.sections.get("environment")))
            if stage.stages is not None:
                error = self.sequence(stage.stages, None, stage, mark)
                if error is not None:
                    raise error
            else:
                self._steps(stage, mark)

    def _steps(self, stage: Stage, mark: Mark) -> None:
        run = self._run
        steps = stage.sections.get("steps")
        if steps is None:
            raise refuse(run, stage.node, "a stage without steps")
        error: Thrown | None = None
        try:
            run.interpreter.call(Closure(block(run, steps), run.interpreter.top))
        except Thrown as thrown:
            error = thrown
        error = self._post(stage, error, mark)
        if error is not None:
            raise error


def _branch(run_stage: Callable[[Stage, Thrown | None], None], stage: Stage) -> Callable[[], Value]:
    def branch() -> Value:
        run_stage(stage, None)
        return None

    return branch
