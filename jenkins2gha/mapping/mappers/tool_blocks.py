"""`withMaven`, `withAnt`, `nodejs`: blocks that bring a tool.

https://plugins.jenkins.io/pipeline-maven/
https://plugins.jenkins.io/nodejs/
"""

from __future__ import annotations

from collections.abc import Iterable

from jenkins2gha.actions import expressions as gha
from jenkins2gha.actions.workflow import Step as ActionStep
from jenkins2gha.actions.workflow import Text
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.jenkins.pipeline import Step, Tool
from jenkins2gha.jenkins.values import ListOf, text_of
from jenkins2gha.mapping.credentials import Binding, bind, secret_name
from jenkins2gha.mapping.interpolation import Refusal, Script, word
from jenkins2gha.mapping.lower import expression_of, lower
from jenkins2gha.mapping.masks import joined
from jenkins2gha.mapping.placing import shell_step
from jenkins2gha.mapping.rows import construct, manual
from jenkins2gha.mapping.tools import Use, map_tool
from jenkins2gha.mapping.translation import (
    NOTHING,
    Context,
    Scope,
    Secret,
    Translate,
    Translation,
    binned,
)
from jenkins2gha.mapping.variables import with_text
from jenkins2gha.record import replace
from jenkins2gha.rules import diagnose

_USER_SETTINGS = "~/.m2/settings.xml"
_GLOBAL = ("globalMavenSettingsConfig", "globalMavenSettingsFilePath")


def with_maven(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`withMaven(maven: 'M 3.9') { sh 'mvn verify' }` → setup-maven, then the script.

    Maven's own reports are left out: `withMaven` publishes what Maven ran, unasked.
    """
    given = next((name for name in _GLOBAL if name in step.arguments), None)
    if given:
        message = f"`{given}` of `withMaven` is left to a person"
        own = manual(step, "maven-settings", message, scope, context)
        return own + translate(step.body or (), scope)
    settings = _settings(step, scope, context)
    inner = _with_options(step, scope, context)
    if settings is None or inner is None:
        message = "an argument of `withMaven` is computed by Groovy"
        own = manual(step, "maven-settings", message, scope, context)
        return own + translate(step.body or (), scope)
    own = _tools(step, (("jdk", "jdk"), ("maven", "maven")), scope, context)
    own += Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    if not _silent(step):
        message = "Jenkins also publishes the tests, files and warnings of each Maven module"
        own += _said(step, "maven-publishers", message)
    return own + settings + translate(step.body or (), inner)


def with_ant(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`withAnt(jdk: 'JDK 17') { }`: Ant is on the path; the JDK is set up."""
    own = _tools(step, (("jdk", "jdk"), ("installation", "ant")), scope, context)
    own += Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    return own + translate(step.body or (), scope)


def nodejs(step: Step, scope: Scope, context: Context, translate: Translate) -> Translation:
    """`nodejs('Node 20') { sh 'npm ci' }` → setup-node, then the script.

    The `.npmrc` of `configId` becomes a secret that npm finds by `NPM_CONFIG_USERCONFIG`.
    """
    own = _tools(step, (("nodeJSInstallationName", "nodejs"),), scope, context)
    own += Translation(outcomes=binned(step.span, Certainty.EQUIVALENT))
    if "configId" not in step.arguments:
        return own + translate(step.body or (), scope)
    config = text_of(step.arguments["configId"])
    if not config:
        message = "which `.npmrc` is used is only known to a run"
        own = manual(step, "config-file-unknown", message, scope, context)
        return own + translate(step.body or (), scope)
    binding = Binding("file", config, {"value": "NPM_CONFIG_USERCONFIG"})
    bound = bind(binding, scope, context, step.span)
    return own + bound.before + translate(step.body or (), bound.scope) + bound.after


def _tools(
    step: Step, pairs: Iterable[tuple[str, str]], scope: Scope, context: Context
) -> Translation:
    """The set-up steps of the tools that arguments name."""
    result = NOTHING
    for name, type_ in pairs:
        value = step.arguments.get(name)
        if value is not None and text_of(value) != "":
            inside = scope.container is not None
            result += map_tool(Tool(type_, value, step.span), context, Use(), inside=inside)
    return result


def _said(step: Step, rule: str, message: str) -> Translation:
    said = diagnose(rule, step.span, message, construct=construct(step))
    return Translation(
        diagnostics=(said,), outcomes=binned(step.span, said.certainty or Certainty.APPROXIMATE)
    )


def _silent(step: Step) -> bool:
    """Whether the block publishes nothing by itself."""
    options = step.arguments.get("options")
    none = options is None or (isinstance(options, ListOf) and not options.items)
    return text_of(step.arguments.get("publisherStrategy")) == "EXPLICIT" and none


def _with_options(step: Step, scope: Scope, context: Context) -> Scope | None:
    """The scope with `MAVEN_OPTS`; None where an argument for it is not known."""
    pieces: list[Text] = []
    if "mavenOpts" in step.arguments:
        options = lower(step.arguments["mavenOpts"], scope, context)
        if options is None:
            return None
        pieces.append(options)
    if "mavenLocalRepo" in step.arguments:
        place = lower(step.arguments["mavenLocalRepo"], scope, context)
        if place is None:
            return None
        whole = isinstance(place, str) and place.startswith("/")
        root: Text = "" if whole else joined((gha.Context("github.workspace"), ""), "/")
        pieces.append(joined(("-Dmaven.repo.local=", root, place), ""))
    return with_text(scope, "MAVEN_OPTS", joined(pieces, " ")) if pieces else scope


def _settings(step: Step, scope: Scope, context: Context) -> Translation | None:
    """The step that puts the user's settings of Maven where every release looks for them."""
    config = step.arguments.get("mavenSettingsConfig")
    if config is not None and text_of(config) != "":
        identity = text_of(config)
        if not identity:
            return None
        name = secret_name(identity, "value", context)
        script = Script(
            f"mkdir -p ~/.m2\nprintf '%s\\n' \"$MAVEN_SETTINGS\" > {_USER_SETTINGS}",
            secrets={"MAVEN_SETTINGS": gha.Context(f"secrets.{name}")},
        )
        secret = Secret(name, identity, "file", "file")
        message = f"the secret {name} has to hold the settings file of Maven"
        own = _said(step, "maven-settings-secret", message)
        return replace(own, steps=(_written(script, step, scope, context),), secrets=(secret,))
    path = step.arguments.get("mavenSettingsFilePath")
    if path is None or text_of(path) == "":
        return NOTHING
    expression = expression_of(path)
    source = word(expression, scope, context) if expression else None
    if source is None or isinstance(source, Refusal):
        return None
    script = replace(source, text=f"mkdir -p ~/.m2\ncp {source.text} {_USER_SETTINGS}")
    return Translation(steps=(_written(script, step, scope, context, here=True),))


def _written(
    script: Script, step: Step, scope: Scope, context: Context, *, here: bool = False
) -> ActionStep:
    action = shell_step(
        script,
        step.span,
        "maven-settings-secret",
        scope=scope,
        context=context,
        certainty=Certainty.EQUIVALENT,
        here=here,
    )
    return replace(action, name="Write the settings of Maven")
