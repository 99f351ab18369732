"""Options that are steps with a block: each becomes that step around what the option covers.

https://www.jenkins.io/doc/book/pipeline/syntax/#stage-options
"""

from __future__ import annotations

from collections.abc import Container

from jenkins2gha.jenkins.pipeline import (
    Item,
    Matrix,
    Option,
    Parallel,
    Pipeline,
    PostBlock,
    Sequence,
    Stage,
    Step,
    Steps,
    Variable,
)
from jenkins2gha.jenkins.values import is_settled
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.record import dataclass, replace

_STAY = frozenset(("timestamps", "ansiColor", "timeout"))
"""Blocks that an option of a stage has a meaning of its own for."""
_OF_EACH = frozenset(
    "withCredentials withEnv withAWS sshagent container configFileProvider withSonarQubeEnv "
    "withKubeConfig withFolderProperties withMaven withGradle withAnt withDockerRegistry "
    "withVault nodejs withBuildUser".split()
)
"""Blocks that may as well stand around each stage by itself: they only set the scene."""
_OF_FAILURE = frozenset(("retry", "catchError", "warnError"))
"""Blocks that take up what fails inside them, the `post` of the stage included."""


def wrap_options(pipeline: Pipeline, kept: Container[str] = ()) -> Pipeline:
    """The pipeline whose options are options only: `options { withEnv(['A=b']) }` stands around the
    steps of each stage inside, and around its `post`.

    An option that cannot move (`retry` around several stages) stays where it is, and so do those
    whose names are `kept`. A `retry` that leaves the `post`, the agent or what computes the
    environment of its stage out stands around the steps, and stays too.
    """
    wrapping = _Wrapping(kept)
    moved = [one for one in pipeline.options if wrapping.leaves(one, pipeline)]
    return replace(
        pipeline,
        options=tuple(one for one in pipeline.options if one not in moved),
        stages=tuple(wrapping.stage(stage, moved) for stage in pipeline.stages),
        post=_post(pipeline.post, moved),
    )


@dataclass(frozen=True, slots=True)
class _Wrapping:
    kept: Container[str]

    def leaves(self, option: Option, pipeline: Pipeline) -> bool:
        """Whether an option of the pipeline may as well stand in its stages."""
        if not self._is_block(option):
            return False
        if option.name in _OF_EACH:
            return all(map(is_settled, (*option.arguments.values(), *option.positional)))
        only = pipeline.stages[0] if len(pipeline.stages) == 1 else None
        plain = only and not only.agent and not only.input and isinstance(only.body, Steps)
        return option.name in _OF_FAILURE and bool(plain) and not pipeline.post

    def stage(self, stage: Stage, around: list[Option]) -> Stage:
        own = [*around, *stage.options]
        body, partly = stage.body, list[Option]()
        if isinstance(body, Steps):
            moved = self._movable(own, with_post=bool(stage.post))
            body = replace(body, items=_wrapped(body.items, moved))
            if _holds_more(stage):
                partly = [one for one in moved if one.name == "retry"]
        else:
            moved = [one for one in own if one.name in _OF_EACH and self._is_block(one)]
            if isinstance(body, Matrix):
                body = replace(body, cell=self.stage(body.cell, moved))
            elif isinstance(body, Sequence | Parallel):
                body = replace(body, stages=tuple(self.stage(each, moved) for each in body.stages))
        return replace(
            stage,
            body=body,
            options=tuple(one for one in own if one not in moved or one in partly),
            post=_post(stage.post, moved),
        )

    def _movable(self, options: list[Option], *, with_post: bool) -> list[Option]:
        """The options that become steps; a `timeout` inside a `retry` holds for each try."""
        moved: list[Option] = []
        for option in options:
            inside_retry = any(one.name == "retry" for one in moved)
            around_post = with_post and option.name != "retry"
            fails = option.name in _OF_FAILURE and (around_post or "conditions" in option.arguments)
            limits = option.name == "timeout" and inside_retry
            if limits or (self._is_block(option) and not fails):
                moved.append(option)
        return moved

    def _is_block(self, option: Option) -> bool:
        known = signature(option.name)
        takes_block = known is not None and bool(known[1].get("block"))
        return takes_block and option.name not in _STAY and option.name not in self.kept


def _holds_more(stage: Stage) -> bool:
    """Whether Jenkins runs more of a stage inside its options than the steps."""
    asks = stage.when is not None and stage.when.items and not stage.when.before_options
    return bool(asks or stage.post or stage.agent or any(map(_is_computed, stage.environment)))


def _is_computed(variable: Variable) -> bool:
    """Whether steps compute a variable."""
    return bool(variable.steps) or isinstance(variable.value, Step)


def _wrapped(items: tuple[Item, ...], options: list[Option]) -> tuple[Item, ...]:
    for option in reversed(options):
        items = (_step(option, items),)
    return items


def _step(option: Option, body: tuple[Item, ...]) -> Step:
    known = signature(option.name)
    assert known is not None
    bound = len(known[1].get("positional", ()))
    return Step(
        name=known[0],
        arguments=option.arguments,
        span=option.span,
        callee=option.span,
        body=body,
        positional=option.positional[bound:],
        steps=option.steps,
    )


def _post(blocks: tuple[PostBlock, ...], options: list[Option]) -> tuple[PostBlock, ...]:
    around = [option for option in options if option.name in _OF_EACH]
    return tuple(replace(block, steps=_wrapped(block.steps, around)) for block in blocks)
