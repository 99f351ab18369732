"""What Jenkins knows at run time, in the terms of a workflow: values → texts of the model."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Template, Text
from jenkins2gha.diagnostics import Certainty, Diagnostic
from jenkins2gha.jenkins.values import (
    BuildFact,
    Choose,
    ClosureOf,
    Concat,
    Constant,
    Described,
    EnvironmentRef,
    Expr,
    Hole,
    Known,
    ListOf,
    MapOf,
    ParameterRef,
    Perhaps,
    Reference,
    Residual,
    ResultOf,
    Scalar,
    Symbolic,
    Value,
    Verbatim,
    operands,
    text_of,
)
from jenkins2gha.mapping.build_result import build_fact
from jenkins2gha.mapping.jenkins_names import text_of_row
from jenkins2gha.mapping.letters import in_other_letters
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.nulls import is_null, or_null, read_too_early, with_nulls
from jenkins2gha.mapping.parameter_values import parameter
from jenkins2gha.mapping.standing_in import remark_on, standing_in
from jenkins2gha.mapping.translation import Context, Scope
from jenkins2gha.record import dataclass, replace
from jenkins2gha.regex import regex
from jenkins2gha.rules import diagnose
from jenkins2gha.source import Span
from jenkins2gha.tables import table

AMBIENT = frozenset(
    "CI HOME HOSTNAME LANG LC_ALL LOGNAME OLDPWD OS PATH PWD SHELL TEMP TERM TMP TMPDIR USER "
    "USERNAME USERPROFILE APPDATA LOCALAPPDATA PROGRAMFILES SYSTEMROOT WINDIR COMSPEC "
    "JAVA_HOME ANDROID_HOME ANDROID_SDK_ROOT GOROOT CONDA LD_LIBRARY_PATH".split()
)
"""Names that a machine defines, not Jenkins: only its shell knows their values."""

_OF_WINDOWS = frozenset("OS USERNAME USERPROFILE APPDATA LOCALAPPDATA PROGRAMFILES".split())

"""What stands for the text of a caught error, which no step tells another."""

_POST = "Declarative: Post Actions"
"""The stage in which Jenkins runs the `post` of a pipeline."""
_IDENTIFIER = regex(r"[A-Za-z_]\w*")
_OUTPUT = regex(r"(?:steps|needs)\.[^ ]*\.outputs\.(?=\w+$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name is read. `text` is None where only a shell knows; `present` says that a shell
    step has it in its environment already, under the name `alias` if that is another; `remark` is
    the rule and the words for a difference."""

    text: Text | None
    present: bool = False
    remark: tuple[str, str] | None = None
    certainty: Certainty = Certainty.EXACT
    alias: str | None = None


def lower(value: Value | Expr | None, scope: Scope, context: Context) -> Text | None:
    """The value as a text of the workflow; None where no expression of GitHub's can say it.

    >>> from jenkins2gha.mapping.translation import Runner, RunsOn
    >>> lower(ParameterRef("X"), Scope(), Context(Runner(RunsOn(("ubuntu-latest",)), "linux")))
    Context(path='vars.X')
    """
    match value:
        case Known():
            return text_of(value)
        case Symbolic(expr):
            return lower(expr, scope, context)
        case Constant(constant):
            return text_of_constant(constant)
        case ParameterRef() | EnvironmentRef():
            return read(value, scope, context).text
        case ResultOf(key):
            return context.captures.get(key)
        case BuildFact("error") | Verbatim():
            return standing_in(value)
        case BuildFact(name):
            fact = build_fact(name, context.results, scope.post, given=context.given_success)
            return str(fact.value) if isinstance(fact, gha.Literal) else fact
        case Concat():
            parts = operands(with_nulls(value, scope, context))
            texts = [or_null(one, lower(one, scope, context), scope, context) for one in parts]
            known = [text for text in texts if text is not None]
            return joined(known, "") if len(known) == len(texts) else None
        case None | Residual() | ListOf() | MapOf() | Described() | ClosureOf() | Perhaps():
            return None
    return _computed(value, scope, context)[0]


def _computed(value: Expr, scope: Scope, context: Context) -> tuple[Text | None, tuple[str, ...]]:
    # A condition is made of values, and a value may be chosen by a condition.
    from jenkins2gha.mapping.decisions.computed import computed

    return computed(value, lambda part: lower(part, scope, context), context)


def remarks(
    value: Value | Expr | None, site: Span, construct: str, scope: Scope, context: Context
) -> tuple[Diagnostic, ...]:
    """What is to be said of the names that `lower` reads in a value, each once."""
    said = {}
    for reference in references(value):
        remark = read(reference, scope, context).remark
        if remark:
            said[remark] = diagnose(remark[0], site, remark[1], construct=construct)
    early = [name for name in read_too_early(value, scope) if is_null(name, scope, context)]
    for name in dict.fromkeys(early):
        message = f"nothing has set `env.{name}` yet, which Groovy reads as `null`"
        said[name, ""] = diagnose("environment-not-yet", site, message, construct=construct)
    return (*said.values(), *_loose(value, site, construct, scope, context))


def _loose(
    value: Value | Expr | None, site: Span, construct: str, scope: Scope, context: Context
) -> Iterator[Diagnostic]:
    """What is said of comparisons within a value, of which GitHub ignores the case."""
    names = dict.fromkeys(
        name for part in _computed_parts(value) for name in _computed(part, scope, context)[1]
    )
    if names:
        shown = " and ".join(f"`{shown_name(name)}`" for name in names)
        message = f"GitHub ignores the case of letters where it compares {shown}"
        yield diagnose("comparison-ignores-case", site, message, construct=construct)


def shown_name(name: str) -> str:
    """What a message calls a value: an output by its own name, which is the variable's."""
    return _OUTPUT.sub("", name)


def _computed_parts(value: Value | Expr | None) -> Iterator[Expr]:
    """The outermost choices in a value."""
    match value:
        case Symbolic(expr):
            yield from _computed_parts(expr)
        case Choose():
            yield value
        case ListOf(items):
            for item in items:
                yield from _computed_parts(item)
        case None | Known() | Residual() | MapOf() | Described() | ClosureOf() | Perhaps():
            return
        case _:
            for part in operands(value):
                yield from _computed_parts(part)


def certainties(
    value: Value | Expr | None, scope: Scope, context: Context
) -> tuple[Certainty, ...]:
    """The bins of the names in a value."""
    return tuple(read(reference, scope, context).certainty for reference in references(value))


def references(value: Value | Expr | None) -> Iterator[Reference | BuildFact | Verbatim]:
    """The names in a value, in order."""
    match value:
        case Symbolic(expr):
            yield from references(expr)
        case ListOf(items):
            for item in items:
                yield from references(item)
        case ParameterRef() | EnvironmentRef() | ResultOf() | BuildFact("error") | Verbatim():
            yield value
        case None | Known() | Residual() | MapOf() | Described() | ClosureOf() | Perhaps():
            return
        case _:
            for part in operands(value):
                yield from references(part)


def expression_of(value: Value) -> Expr | None:
    """The expression of a value that is a text; None for Groovy, lists and objects."""
    match value:
        case Known(constant):
            return Constant(constant)
        case Symbolic(expr):
            return expr
        case Described("caught"):
            return BuildFact("error")
    return None


def text_of_constant(constant: Scalar) -> str:
    """A constant as Groovy prints it."""
    if constant is None:
        return "null"
    if isinstance(constant, bool):
        return "true" if constant else "false"
    return str(constant)


def read(reference: Hole, scope: Scope, context: Context) -> Reading:
    """How a parameter, an environment name or a computed value is read at a place."""
    if not isinstance(reference, ParameterRef | EnvironmentRef):
        said = remark_on(reference)
        certainty = Certainty.APPROXIMATE if said else Certainty.EXACT
        return Reading(lower(reference, scope, context), remark=said, certainty=certainty)
    name = reference.name
    if isinstance(reference, ParameterRef):
        return _parameter(name, scope, context)
    if reference.given or any(name == exported for exported, _ in scope.exports):
        return _of_settings(name) if reference.given else Reading(None, present=True)
    if name in scope.left:
        return _left(name, scope.left[name])
    for known in (scope.secrets, scope.env, context.axes):
        if name in known:
            return Reading(known[name], present=True)
    maybe_set = name in context.assigned or name in scope.not_yet.perhaps
    if maybe_set and defined_by_jenkins(name):
        return _assigned(name, context)
    if name in context.environment or name in context.run_time:
        return Reading(gha.Context(f"env.{name}"), present=True)
    if name in context.parameters:
        return Reading(parameter(context.parameters[name], name), present=True)
    if name == "STAGE_NAME":
        return Reading(scope.stage or (_POST if scope.post else ""))
    return _outside(name, scope, context)


def _outside(name: str, scope: Scope, context: Context) -> Reading:
    """A name that no block around sets: Jenkins may, the machine, or what is left to a person."""
    defined = None
    if name in table("variables"):
        defined = _defined(name, context)
    elif name in AMBIENT and (name not in _OF_WINDOWS or context.runner.os == "windows"):
        defined = Reading(None, present=True)
    if name in context.left:
        return _left(name, context.left[name], defined)
    if defined is None and name in scope.not_yet.never:
        return Reading(gha.Context(f"env.{name}"), present=True)
    known = (*scope.env, *context.environment, *context.run_time, *table("variables"))
    other = in_other_letters(name, known)
    if defined is None and other:
        return replace(read(EnvironmentRef(other), scope, context), alias=other)
    unset = f"`env.{name}` is not set by this pipeline"
    if _is_variable(name):
        unset += f"; `vars.{name}` stands in its place"
    return defined or _variable(name, "environment-unset", unset)


def _assigned(name: str, context: Context) -> Reading:
    """A name of Jenkins' that the pipeline sets at some point: until then it holds what Jenkins
    gave it."""
    defined = _defined(name, context)
    if defined.text is None or isinstance(defined.text, Template):
        return Reading(gha.Context(f"env.{name}"), present=True)
    first = gha.Literal(defined.text) if isinstance(defined.text, str) else defined.text
    return replace(defined, text=gha.Operation("||", (gha.Context(f"env.{name}"), first)))


def _parameter(name: str, scope: Scope, context: Context) -> Reading:
    if name in context.left and name not in context.parameters:
        return _left(name, context.left[name])
    if name not in context.parameters:
        said = f"the parameter `{name}` is not declared; `vars.{name}` stands in its place"
        return _variable(name, "parameter-undeclared", said)
    exports = [exported for exported, _ in scope.exports]
    around = (scope.env, exports, context.environment, context.run_time)
    hidden = any(name in names for names in around)
    return Reading(parameter(context.parameters[name], name), present=not hidden)


def _left(name: str, place: str, otherwise: Reading | None = None) -> Reading:
    """A variable whose value comes from a place that is left to a person, else from Jenkins."""
    remark = ("variable-left", f"`{name}` comes from {place}, which is left to a person")
    own = gha.Context(f"env.{name}")
    if otherwise is None:
        return Reading(own, present=True, remark=remark, certainty=Certainty.APPROXIMATE)
    text = otherwise.text
    if text is not None and not isinstance(text, str | Template):
        text = gha.Operation("||", (own, text))
    return replace(otherwise, text=text, remark=remark, certainty=Certainty.APPROXIMATE)


def _of_settings(name: str) -> Reading:
    """A name that a checkout sets for steps, in a text that the Git plugin expands by itself."""
    said = f"the Git plugin reads `{name}` from Jenkins' settings, not from an earlier checkout"
    return _variable(name, "environment-unset", said)


def _variable(name: str, rule: str, message: str) -> Reading:
    if not _is_variable(name):
        return Reading("", remark=(rule, message), certainty=Certainty.APPROXIMATE)
    text = gha.Context(f"vars.{name}")
    return Reading(text, remark=(rule, message), certainty=Certainty.APPROXIMATE)


def _is_variable(name: str) -> bool:
    """Whether a variable of a repository can have a name."""
    return bool(_IDENTIFIER.fullmatch(name)) and not name.upper().startswith("GITHUB_")


def defined_by_jenkins(name: str) -> bool:
    """Whether Jenkins itself sets this environment name."""
    return name in table("variables")


def _defined(name: str, context: Context) -> Reading:
    return _variable_of_jenkins(
        name,
        in_container=context.container is not None,
        pull_request=context.pull_request,
        multibranch=context.multibranch,
    )


@cache
def _variable_of_jenkins(
    name: str, *, in_container: bool, pull_request: bool, multibranch: bool
) -> Reading:
    row = table("variables")[name]
    certainty = Certainty(row.get("certainty", "exact"))
    if "manual" in row:
        return _variable(name, "variable-unavailable", f"`{name}`: {row['manual']}")
    if in_container and "shell" in row:
        return Reading(None, present=True, certainty=certainty, alias=row["shell"])
    text = text_of_row(row, pull_request=pull_request, multibranch=multibranch)
    remark = None
    if certainty is Certainty.APPROXIMATE:
        remark = ("variable-differs", f"`{name}` differs: {row['note']}")
    return Reading(text, remark=remark, certainty=certainty)
