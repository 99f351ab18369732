"""`triggers { }` and the kind of the job → the events that start the workflow.

https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from jenkins2gha.actions.expressions import Context as Path
from jenkins2gha.actions.expressions import Expression, Literal, Operation
from jenkins2gha.actions.workflow import Input, Text, Triggers
from jenkins2gha.configuration import JobSetting
from jenkins2gha.jenkins.pipeline import Condition, Option, Pipeline
from jenkins2gha.jenkins.values import ListOf, MapOf, Value, flag_of, text_of
from jenkins2gha.mapping.declared import argument, by_row, left, row_of, said
from jenkins2gha.mapping.parameter_values import Declared
from jenkins2gha.mapping.schedules import Timetable, map_cron, map_parameterized
from jenkins2gha.mapping.translation import Context, Translation
from jenkins2gha.plan.stages import every_stage
from jenkins2gha.record import dataclass, field, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.slug import slug

_WITH_REMOTE = regex(
    r"""\bGIT_BRANCH\b[^\n]{0,40}['"/^]origin/"""
    r"""|\bGIT_BRANCH\}?\.(?:split|tokenize)\(\s*(?:['"]/['"]|/\\//)\s*\)\s*\[\s*[1-9]"""
)
_ALL_BRANCHES: Mapping[str, tuple[str, ...]] = {"branches": ("**",)}


@dataclass(frozen=True, slots=True)
class Events:
    """What starts the workflow; `publishes` says that tags do too.

    `conditions` hold for every job, `env` is what the event brings along, and `parameters` are
    those of the pipeline with the values that an event gives them.
    """

    triggers: Triggers
    translation: Translation
    publishes: bool = False
    conditions: tuple[Expression, ...] = ()
    env: Mapping[str, Text] = field(default_factory=dict)
    parameters: Mapping[str, Option] = field(default_factory=dict)

    def saying(self, more: Translation) -> Events:
        return replace(self, translation=self.translation + more)

    def scheduled(self, table: Timetable) -> Events:
        schedule = self.triggers.schedule + table.entries
        triggers = replace(self.triggers, schedule=schedule)
        parameters = {**self.parameters, **table.parameters}
        changed = replace(self, triggers=triggers, parameters=parameters)
        return changed.saying(table.translation)


def pull_requests(pipeline: Pipeline, *, multibranch: bool) -> bool:
    """Whether the workflow runs on pull requests."""
    return multibranch and not _overridden(pipeline)


def map_triggers(pipeline: Pipeline, inputs: tuple[Input, ...], context: Context) -> Events:
    """The events of a pipeline: those of its kind of job, and those that it declares."""
    tags = _asks_for_tags(pipeline)
    triggers = Triggers(dispatch=inputs)
    translation = Translation()
    if context.pull_request:
        push = {**_ALL_BRANCHES, **({"tags": ("**",)} if tags else {})}
        triggers = replace(triggers, push=push, pull_request={})
        message = (
            "as in a multibranch job every push and every pull request runs; a branch that has a"
            " pull request open runs for both"
        )
        both = diagnose("branch-and-pr", pipeline.span, message)
        translation += Translation(diagnostics=(both,))
    translation += _other_branch(pipeline, context) + _branch_of_remote(pipeline, context)
    events = Events(triggers, translation, parameters=context.parameters)
    for trigger in pipeline.triggers:
        events = _trigger(trigger, events, context)
    return replace(events, publishes=tags and events.triggers.push is not None)


def _branch_of_remote(pipeline: Pipeline, context: Context) -> Translation:
    """`GIT_BRANCH == 'origin/main'`, or a part behind its first slash, says that the job is no
    multibranch one: there it is `main`."""
    found = _WITH_REMOTE.search(pipeline.span.source.text) if context.multibranch else None
    if found is None:
        return Translation()
    site = pipeline.span.source.span(*found.span())
    message = "`GIT_BRANCH` is `main` in a multibranch job, and never `origin/main`"
    return Translation(diagnostics=(diagnose("branch-of-remote", site, message),))


def _other_branch(pipeline: Pipeline, context: Context) -> Translation:
    """A run by hand or by the clock takes the default branch, unless somebody chooses another."""
    default = context.configuration.default_branch
    if not context.branches or default in context.branches:
        return Translation()
    named = " and ".join(f"`{branch}`" for branch in context.branches)
    message = f"the job builds {named}; a scheduled run takes the default branch `{default}`"
    said = diagnose("job-branch", pipeline.branches[0].span, message)
    return Translation(diagnostics=(said,))


def _overridden(pipeline: Pipeline) -> bool:
    """Whether the options switch off what a multibranch job does for each branch."""
    return any(
        option.name == "overrideIndexTriggers"
        and flag_of(argument(option, "enableTriggers", 0), default=True) is False
        for option in pipeline.options
    )


def _asks_for_tags(pipeline: Pipeline) -> bool:
    """Whether a condition or a name of the pipeline is about tags.

    A variable of its own that has the name of Jenkins' says nothing of tags.
    """
    conditions = [stage.when.conditions for stage in every_stage(pipeline.stages) if stage.when]
    if any(_about_tags(condition) for group in conditions for condition in group):
        return True
    own = "TAG_NAME" in pipeline.declared
    name = r"\benv\s*(\.|\[\s*['\"])\s*TAG_NAME\b" if own else r"\bTAG_NAME\b"
    return re.search(name, pipeline.span.text) is not None


def _about_tags(condition: Condition) -> bool:
    return condition.name in ("tag", "buildingTag") or any(
        _about_tags(child) for child in condition.children
    )


def _trigger(trigger: Option, events: Events, context: Context) -> Events:
    row = row_of("trigger", trigger.name, context)
    mapper = _MAPPERS.get((row or {}).get("mapper", ""))
    if mapper is None:
        return events.saying(by_row("trigger", trigger, context))
    return mapper(trigger, events, replace(context, parameters=events.parameters))


def _cron(trigger: Option, events: Events, context: Context) -> Events:
    return events.scheduled(map_cron(trigger, context))


def _parameterized(trigger: Option, events: Events, context: Context) -> Events:
    return events.scheduled(map_parameterized(trigger, events.triggers.schedule, context))


def _poll(trigger: Option, events: Events, context: Context) -> Events:
    if context.pull_request:
        message = "the workflow starts on each push already"
        return events.saying(said("poll-adds-nothing", trigger, "trigger", message))
    return _push(trigger, events, context)


def _pushes(context: Context) -> Mapping[str, tuple[str, ...]]:
    """The pushes that start a job which looks for new commits: those to the branches it builds."""
    return {"branches": context.branches} if context.branches else _ALL_BRANCHES


def _push(trigger: Option, events: Events, context: Context) -> Events:
    triggers = replace(events.triggers, push=events.triggers.push or _pushes(context))
    message = f"`{trigger.name}` becomes the event `push`"
    return replace(events, triggers=triggers).saying(said("poll-push", trigger, "trigger", message))


def _push_elsewhere(trigger: Option, events: Events, context: Context) -> Events:
    """A push to another host: the repository is on GitHub now, or mirrored there."""
    push = events.triggers.push or _pushes(context)
    branches = text_of(trigger.arguments.get("includeBranchesSpec"))
    if branches and not context.pull_request:
        push = {"branches": tuple(one.strip() for one in branches.split(","))}
    message = f"`{trigger.name}` becomes the event `push` of the repository on GitHub"
    triggers = replace(events.triggers, push=push)
    return replace(events, triggers=triggers).saying(
        said("push-elsewhere", trigger, "trigger", message)
    )


def _upstream(trigger: Option, events: Events, context: Context) -> Events:
    """`upstream` where the configuration says that the job's workflow is in this repository.

    Code of the default branch then runs with its secrets on what another workflow made.
    """
    given = text_of(argument(trigger, "upstreamProjects", 0)) or ""
    names = [name.strip() for name in given.split(",") if name.strip()]
    jobs = context.configuration.jobs
    results = _RESULTS.get(_threshold(trigger))
    if not names or results is None or not all(_is_here(jobs.get(name)) for name in names):
        message = f"the upstream job `{given}` has no known workflow in this repository"
        return events.saying(left("upstream-unknown", trigger, "trigger", message, context))
    others = {
        **events.triggers.others,
        "workflow_run": {"workflows": names, "types": ["completed"]},
    }
    conclusion = Path("github.event.workflow_run.conclusion")
    fits = [Operation("==", (conclusion, Literal(result))) for result in results]
    other_event = Operation("!=", (Path("github.event_name"), Literal("workflow_run")))
    message = f"the workflow runs when {' or '.join(names)} is done, on the default branch"
    return replace(
        events,
        triggers=replace(events.triggers, others=others),
        conditions=(*events.conditions, Operation("||", (other_event, *fits))),
    ).saying(said("upstream-workflow-run", trigger, "trigger", message))


def _is_here(job: JobSetting | None) -> bool:
    return job is not None and job.repository is None


def _threshold(trigger: Option) -> str:
    given = trigger.arguments.get("threshold")
    if given is None:
        return "SUCCESS"
    word = text_of(given) or given.span.text
    return word.strip("'\"").rsplit(".", 1)[-1]


def _dispatched(trigger: Option, events: Events, context: Context) -> Events:
    """`GenericTrigger`: the sender posts to GitHub what it posted to Jenkins.

    Its token may be a secret of the sender, so the event is called after the job.
    """
    names = _payload(trigger.arguments.get("genericVariables"))
    filtered = "regexpFilterExpression" in trigger.arguments
    if names is None or filtered or not trigger.arguments.keys().isdisjoint(_REQUEST):
        message = "the request is filtered or taken apart in ways that only Jenkins has"
        return events.saying(left("request-unknown", trigger, "trigger", message, context))
    event = slug(context.job_name) or "build"
    parameters = dict(events.parameters)
    env = dict(events.env)
    for name, path in names.items():
        known = parameters.get(name)
        if isinstance(known, Declared):
            parameters[name] = replace(known, sent=path)
        else:
            env[name] = path
    others = {**events.triggers.others, "repository_dispatch": {"types": [event]}}
    message = f"the sender must post the event `{event}` to GitHub, its data as `client_payload`"
    return replace(
        events,
        triggers=replace(events.triggers, others=others),
        parameters=parameters,
        env=env,
    ).saying(said("request-dispatch", trigger, "trigger", message))


def _payload(variables: Value | None) -> dict[str, Expression] | None:
    """The variables that a request sets, by the place of each in its JSON; None if one is not
    plain."""
    found: dict[str, Expression] = {}
    for one in variables.items if isinstance(variables, ListOf) else ():
        if not isinstance(one, MapOf):
            return None
        name, path = text_of(one.get("key")), text_of(one.get("value"))
        plain = path is not None and _JSON_PATH.fullmatch(path)
        if not name or not _NAME.fullmatch(name) or not plain or one.get("regexpFilter"):
            return None
        found[name] = Path(f"github.event.client_payload{(path or '')[1:]}")
    return found


_NAME = regex(r"[A-Za-z_]\w*")
_JSON_PATH = regex(r"\$(?:\.[A-Za-z_]\w*|\[\d+\])+")
_REQUEST = frozenset(("genericHeaderVariables", "genericRequestVariables", "tokenCredentialId"))
_RESULTS = {
    "SUCCESS": ("success",),
    "UNSTABLE": ("success",),
    "FAILURE": ("success", "failure"),
}
_MAPPERS: dict[str, Callable[[Option, Events, Context], Events]] = {
    "cron": _cron,
    "parameterized": _parameterized,
    "poll": _poll,
    "push": _push,
    "push-elsewhere": _push_elsewhere,
    "upstream": _upstream,
    "dispatch": _dispatched,
}
