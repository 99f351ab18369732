"""The stages of a job, one behind the other: what each says of its steps, and its `post`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jenkins2gha.actions.conditions import FALSE, both, either
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.walk import step_texts
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.jenkins.pipeline import Item, Variable
from jenkins2gha.mapping.branches import map_branches
from jenkins2gha.mapping.build_result import SO_FAR, possible
from jenkins2gha.mapping.capture import is_computed
from jenkins2gha.mapping.chaining import begun, failing, outcome
from jenkins2gha.mapping.conditions import ALWAYS, Post, map_post
from jenkins2gha.mapping.containers import Entered
from jenkins2gha.mapping.engine import translate
from jenkins2gha.mapping.environment import Environment, map_environment
from jenkins2gha.mapping.guards import guard
from jenkins2gha.mapping.identifiers import provisional
from jenkins2gha.mapping.job_containers import stage_container
from jenkins2gha.mapping.never import stage_never_runs
from jenkins2gha.mapping.options import map_stage_options
from jenkins2gha.mapping.placeholder import gap
from jenkins2gha.mapping.prefixes import Prefixes
from jenkins2gha.mapping.results import begin
from jenkins2gha.mapping.rounds import reads
from jenkins2gha.mapping.serial_branches import Branch, Site
from jenkins2gha.mapping.set_so_far import Reached
from jenkins2gha.mapping.so_far import SoFar
from jenkins2gha.mapping.tools import Use, map_tools
from jenkins2gha.mapping.translation import NOTHING, Context, Scope, Translation, together
from jenkins2gha.plan.jobs import Gap, PlannedCondition, PlannedGroup, PlannedStage, asks, stages_of
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.source import Span


@dataclass(frozen=True, slots=True)
class Frame:
    """What all stages of a job share. `outputs` are what `environment` entries of a stage around
    others were computed to, once for all of them; `decided` are the conditions of stages by their
    key, those that the job itself asks for as None, `so_far` what has come of the stages. `begun`
    says that the stages were reached that the job `tells` the jobs of their `post` of."""

    scope: Scope
    context: Context
    use: Use
    so_far: SoFar
    tells: tuple[PlannedStage, ...] = ()
    begun: dict[Span, Expression] = field(default_factory=dict)
    outputs: dict[Span, Text] = field(default_factory=dict)
    decided: dict[int, Expression | None] = field(default_factory=dict)

    def translate(self, items: Iterable[Item | Gap], scope: Scope) -> Translation:
        return translate(items, scope, self.context)


def map_stages(stages: Sequence[PlannedStage | PlannedGroup], frame: Frame) -> Translation:
    """The steps of the stages of a job."""
    return _Stages(frame, stages).run(stages)


class _Stages:
    def __init__(self, frame: Frame, stages: Sequence[PlannedStage | PlannedGroup]) -> None:
        self._frame = frame
        self._prefixes = Prefixes()
        self._planned = tuple(stages_of(stages))
        self._ends = [*(one for one in self._planned if one.ends), *frame.tells]
        self._guards: list[tuple[Span, Expression]] = []
        self._failed: dict[Span, Expression] = {}
        self._begun: set[Span] = set()
        self._so_far = frame.so_far
        self._reached = Reached(frame.scope.not_yet)

    def run(self, stages: Sequence[PlannedStage | PlannedGroup]) -> Translation:
        result = together([self._one(one) for one in stages])
        for end in self._frame.tells:
            guard = self._unless_asked(end, self._guard(end))
            if guard is None and any(asks(one, end) for one in self._planned):
                guard = FALSE
            if guard is not None:
                self._frame.begun[end.span] = guard
        return result

    def _guard(self, end: PlannedStage) -> Expression | None:
        """That a stage around others was reached; None where nothing here tells."""
        return next((guard for span, guard in self._guards if end.span.holds(span)), None)

    def _unless_asked(self, end: PlannedStage, guard: Expression | None) -> Expression | None:
        """That a stage around others was reached, or that what its `when` asks has failed."""
        failed = self._failed.get(end.span)
        return guard if failed is None else either(*([guard] if guard else []), failed)

    def _one(self, one: PlannedStage | PlannedGroup) -> Translation:
        if isinstance(one, PlannedGroup):
            return self._group(one)
        return self._end(one) if one.ends else self._stage(one)

    # --- a stage ---------------------------------------------------------------------------------

    def _stage(self, stage: PlannedStage) -> Translation:
        """The steps of a stage and of its `post`."""
        frame, prefix = self._frame, self._prefixes.of(stage.name)
        context = frame.context
        around = frame.scope.changed(stage=stage.name, not_yet=self._reached.at(stage))
        computed = self._computed_around(stage, stage.name, stage.span, prefix)
        begun_around = self._around(stage, stage.conditions, computed)
        gaps = together([gap(one, around.changed(stage=one.stage), context) for one in stage.gaps])
        scope, asked = self._asked(stage.conditions, around, prefix)
        scope, skipped = self._unless_unstable(stage, scope, prefix)
        asked += skipped
        never = self._never(stage)
        scope, options = map_stage_options(stage, scope, context)
        entered = self._entered(stage, scope)
        environment = self._environment(stage, entered.scope, prefix)
        inside = entered.scope.container is not None
        tools = map_tools(stage.tools, context, frame.use, inside=inside)
        tools = replace(tools, steps=_under(tools.steps, scope.condition))
        if never is not None:
            around_it = options + environment.before + environment.after + tools
            told = stage_never_runs(stage, never, around_it)
            return gaps + begun_around + replace(asked, steps=self._read_later(stage, asked)) + told
        first = entered.before + environment.before
        items = tools + frame.translate(stage.items, environment.scope)
        guard = None
        for end in self._ends:
            if asks(stage, end):
                steps, failed = failing(items.steps, f"{prefix}-asked")
                items = replace(items, steps=steps)
                self._failed |= {end.span: failed} if failed else {}
        if stage.post or any(_is_inside(stage, end) for end in self._ends):
            steps, guard = _watched(items.steps, prefix, environment.scope, context, stage.span)
            items = replace(items, steps=steps)
            self._guards.append((stage.span, guard))
        self._so_far.add(first + items, stage.span)
        after = self._post(stage, f"{prefix}-post", guard, environment.scope)
        self._reached.add(stage)
        result = asked + options + first + items + after + environment.after + entered.after
        marked = tuple(replace(one, stage=one.stage or stage.name or None) for one in result.steps)
        return gaps + begun_around + replace(result, steps=marked)

    def _post(
        self, stage: PlannedStage, prefix: str, guard: Expression | None, scope: Scope
    ) -> Translation:
        """The `post` of a stage, whose own condition the guard stands for."""
        post = Post(
            prefix,
            stage.name,
            guard,
            conditional=self._skips()
            or any(self._frame.decided.get(one.key) for one in stage.conditions),
            results=self._so_far.results,
            stage=self._so_far.of_stage(stage.span),
            open=self._so_far.open,
            succeeded=self._reached.on_success(stage),
        )
        inner = scope.changed(condition=None, not_yet=self._reached.in_post(stage))
        after = map_post(stage.post, post, inner, self._frame.context, self._frame.translate)
        self._so_far.add(after, stage.span)
        return after

    def _never(self, stage: PlannedStage) -> Span | None:
        """The stage, it or one around it, whose condition never holds; None where all may."""
        decided = self._frame.decided
        return next((one.span for one in stage.conditions if decided.get(one.key) == FALSE), None)

    def _read_later(self, stage: PlannedStage, asked: Translation) -> tuple[ActionStep, ...]:
        """Of what a stage that never runs asks, the steps that stages behind it read, too."""
        behind = self._planned[self._planned.index(stage) + 1 :]
        shared = {one.key for other in behind for one in other.conditions}
        outer = (one for one in stage.conditions if one.key in shared)
        texts: list[Text] = [
            text for one in outer if (text := self._frame.decided.get(one.key)) is not None
        ]
        found: list[ActionStep] = []
        for step in reversed(asked.steps):
            if step.id and reads((step.id,), texts):
                found.insert(0, step)
                texts += (text for _, text in step_texts(step))
        return tuple(found)

    def _asked(
        self, conditions: Iterable[PlannedCondition], scope: Scope, prefix: str
    ) -> tuple[Scope, Translation]:
        """The scope under the conditions of a stage, and the steps that find them out."""
        decided, result = self._frame.decided, NOTHING
        for one in conditions:
            if one.key not in decided:
                name = provisional(f"{one.stage or prefix}-when", one.key)
                own = guard(one, name, self._planned, scope, self._frame.context)
                decided[one.key] = own.condition
                result += own.before
            scope = scope.changed(condition=both(scope.condition, decided[one.key]))
        return scope, result

    def _skips(self) -> bool:
        """Whether a stage here is skipped if the build is UNSTABLE by now."""
        return self._frame.context.skips_unstable and "UNSTABLE" in self._so_far.results

    def _unless_unstable(
        self, stage: PlannedStage, scope: Scope, prefix: str
    ) -> tuple[Scope, Translation]:
        """The scope of a stage that does not run in an unstable build, asked as it begins.

        https://www.jenkins.io/doc/book/pipeline/syntax/#options
        """
        if not self._skips():
            return scope, NOTHING
        clean = Operation("!=", (SO_FAR, Literal("UNSTABLE")))
        scope = scope.changed(condition=both(scope.condition, clean))
        if "UNSTABLE" not in possible(stage.items):
            return scope, NOTHING
        name = f"{prefix}-begin"
        step = begin(name, stage.span, scope, self._frame.context)
        inner = scope.changed(condition=outcome(name, "==", "success"))
        return inner, Translation(steps=(step,))

    def _entered(self, stage: PlannedStage, scope: Scope) -> Entered:
        """The scope of a stage in a container of its own, if it has one."""
        if stage.container is None:
            return Entered(scope)
        items = (*stage.items, *(step for block in stage.post for step in block.steps))
        return stage_container(stage.container, items, scope, self._frame.context)

    def _environment(self, stage: PlannedStage, scope: Scope, prefix: str) -> Environment:
        """The environments of a stage and of those around it, each in what it stands in."""
        frame, whole = self._frame, Environment(scope)
        for block in stage.environments:
            one = map_environment(
                block, whole.scope, frame.context, "GITHUB_OUTPUT", prefix, frame.outputs
            )
            whole = Environment(one.scope, whole.before + one.before, one.after + whole.after)
        return whole

    # --- stages that hold others -----------------------------------------------------------------

    def _end(self, stage: PlannedStage) -> Translation:
        """The `post` of a stage around others; what computes its environment runs when it does."""
        frame, prefix = self._frame, self._prefixes.of(stage.name)
        never = self._never(stage)
        if never is not None:
            return stage_never_runs(stage, never)
        guard = self._guard(stage)
        scope = frame.scope.changed(stage=stage.name)
        asked = NOTHING
        if guard is None:
            reached, asked = self._asked(stage.conditions, scope, prefix)
            guard = reached.condition
        guard = guard and self._unless_asked(stage, guard)
        scope, options = map_stage_options(stage, scope, frame.context)
        seen = scope if guard is None else scope.changed(condition=both(ALWAYS, guard))
        entered = self._entered(stage, seen)
        environment = self._environment(stage, entered.scope, f"{prefix}-post")
        after = self._post(stage, f"{prefix}-post", guard, environment.scope)
        before = asked + options + entered.before + environment.before
        return before + after + environment.after + entered.after

    def _around(
        self,
        first: PlannedStage,
        conditions: tuple[PlannedCondition, ...] | None,
        computed: Iterable[tuple[Sequence[Variable], Translation]],
    ) -> Translation:
        """What stands in front of the first stage inside others: steps that tell that those were
        reached, and what is `computed` for their environments.

        A stage is reached with its environment, but for one of branches, which is before that.
        """
        result = NOTHING
        for block, part in computed:
            begun_before = (end for end in self._ends if block not in end.environments)
            result += self._begin_around(first, conditions, begun_before) + part
        return result + self._begin_around(first, conditions, self._ends)

    def _computed_around(
        self, first: PlannedStage, name: str, site: Span, prefix: str = ""
    ) -> Iterator[tuple[Sequence[Variable], Translation]]:
        """What a script computes for the environments around the first stage inside them, where
        that asks for more than they. Without a `prefix` it is in a branch, apart from the others
        that need it too."""
        outer = [one for one in first.environments if not site.holds(one[0].span)]
        early = [
            number
            for number, block in enumerate(outer)
            if any(is_computed(one) and one.span not in self._frame.outputs for one in block)
            and (not prefix or _asked_for(block, first) != first.conditions)
        ]
        if early:
            prefix = prefix or self._prefixes.of(name)
        frame, scope = self._frame, self._frame.scope.changed(stage=name)
        for block in outer[: early[-1] + 1] if early else ():
            bare = scope.changed(condition=frame.scope.condition)
            inside, asked = self._asked(_asked_for(block, first), bare, prefix)
            one = map_environment(
                block, inside, frame.context, "GITHUB_OUTPUT", prefix, frame.outputs
            )
            scope, whole = one.scope, asked + one.before + one.after
            steps = (replace(step, stage=step.stage or name or None) for step in whole.steps)
            yield block, replace(whole, steps=tuple(steps))

    def _begin_around(
        self,
        first: PlannedStage,
        conditions: tuple[PlannedCondition, ...] | None,
        ends: Iterable[PlannedStage],
    ) -> Translation:
        """Steps that tell that the stages around the first one inside them were reached.

        None is needed where that one runs under the same `conditions`: then it tells by itself.
        """
        result = NOTHING
        for end in ends:
            if end.span in self._begun or not _is_inside(first, end):
                continue
            self._begun.add(end.span)
            if end.conditions == conditions:
                continue
            prefix = self._prefixes.of(end.name)
            around = self._frame.scope.changed(stage=end.name)
            scope, asked = self._asked(end.conditions, around, prefix)
            step = begin(prefix, end.span, scope, self._frame.context)
            result += asked + Translation(steps=(step,))
            self._guards.append((end.span, outcome(prefix, "!=", "skipped")))
        return result

    def _group(self, group: PlannedGroup) -> Translation:
        first = group.branches[0][0]
        computed = self._computed_around(first, group.name, group.span)
        begins = self._around(first, None, computed)
        branches: list[Branch] = []
        reached = self._reached
        reached.begin(stages_of((group,)))
        for name, stages in zip(group.names, group.branches, strict=True):
            self._reached = reached.branch()
            steps = together([_below(name, stage, self._one(stage)) for stage in stages])
            branches.append(Branch(name, steps))
        self._reached = reached
        reached.add(*stages_of((group,)))
        site = Site(group.span, group.name, group.fail_fast)
        return begins + map_branches(branches, site, self._frame.context)


def _is_inside(stage: PlannedStage, end: PlannedStage) -> bool:
    """Whether a stage runs where the one around it does: not what its `when` runs to be asked."""
    return end.span.holds(stage.span) and stage.asks != end.span


def _asked_for(block: Sequence[Variable], stage: PlannedStage) -> tuple[PlannedCondition, ...]:
    """The conditions of a stage that an environment around it stands under, too."""
    return tuple(one for one in stage.conditions if one.span.holds(block[0].span))


def _below(branch: str, stage: PlannedStage, own: Translation) -> Translation:
    """The steps of a stage under the name of the branch too, where that holds several stages."""
    if stage.name == branch:
        return own
    steps = (replace(one, stage=f"{branch} › {one.stage or stage.name}") for one in own.steps)
    return replace(own, steps=tuple(steps))


def _under(steps: tuple[ActionStep, ...], condition: Expression | None) -> tuple[ActionStep, ...]:
    return tuple(replace(one, condition=both(one.condition, condition)) for one in steps)


def _watched(
    steps: tuple[ActionStep, ...], identifier: str, scope: Scope, context: Context, site: Span
) -> tuple[tuple[ActionStep, ...], Expression]:
    """The steps of a stage with ids on those that were skipped if the stage was not reached; a
    step of its own where each of them depends on more than that."""
    found, guard = begun(steps, scope.condition, identifier)
    if guard is not None:
        return found, guard
    first = begin(identifier, site, scope, context)
    return (first, *steps), outcome(identifier, "!=", "skipped")
