"""What the XML of a job says beside its script: options, triggers and parameters.

The names are the symbols of Jenkins' DSL where the signatures know the class (`cron` for
`hudson.triggers.TimerTrigger`), else the class without its package.
"""

from __future__ import annotations

from collections.abc import Iterator

from jenkins2gha.jenkins.config.objects import arguments_of
from jenkins2gha.jenkins.config.unit import MULTIBRANCH, Unit, class_name
from jenkins2gha.jenkins.config.xml import Element
from jenkins2gha.jenkins.pipeline import Option
from jenkins2gha.jenkins.values import Known
from jenkins2gha.jenkins.vocabulary import signature
from jenkins2gha.record import dataclass
from jenkins2gha.source import Span

_TRIGGERS = "PipelineTriggersJobProperty"
_PARAMETERS = "ParametersDefinitionProperty"
_NO_SETTINGS = (_TRIGGERS, _PARAMETERS, "BranchJobProperty")
_DECLARED = "DeclarativeJobPropertyTrackerAction"
_DISCOVERY = ("PullRequestDiscoveryTrait", "MergeRequestDiscoveryTrait")
_MAY_BE_EMPTY = "FolderConfig"
_SWITCHES = ("throttleEnabled", "useBuildBlocker")
_OWN = (
    ("disabled", "disabledJob", "true"),
    ("concurrentBuild", "disableConcurrentBuilds", "false"),
    ("quietPeriod", "quietPeriod", None),
    ("logRotator", "buildDiscarder", None),
)
_PER_SOURCE = (
    ("source", "traits"),
    ("source", "extensions"),
    ("strategy", "properties"),
    ("buildStrategies",),
)
_PATTERN = frozenset("*$:{}? ")
_HEADS = ("*/", "refs/heads/", "origin/", "remotes/origin/", "refs/remotes/origin/")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a job. `tracked` are those that its last run took from a declarative script:
    classes of properties and triggers, names of parameters; the next run puts the script's own in
    their place. `discovery` is how a multibranch job finds pull requests. `branches` are those that
    the job builds, () for all or what is not known."""

    options: tuple[Option, ...] = ()
    triggers: tuple[Option, ...] = ()
    parameters: tuple[Option, ...] = ()
    discovery: tuple[Option, ...] = ()
    tracked: frozenset[str] = frozenset()
    branches: tuple[Known, ...] = ()


def read_settings(unit: Unit) -> Settings:
    """The settings in the XML of a job; spans lie in the unit's source."""
    reader = _Reader(unit)
    root = unit.root
    properties = root.below("properties")
    sources = list(reader.sources(root)) if root.tag == MULTIBRANCH else []
    return Settings(
        options=(
            *reader.options(properties),
            *(one for one in sources if not one.name.endswith(_DISCOVERY)),
        ),
        discovery=tuple(one for one in sources if one.name.endswith(_DISCOVERY)),
        triggers=tuple(reader.triggers(properties)),
        parameters=tuple(
            reader.option(each)
            for one in properties
            if class_name(one) == _PARAMETERS
            for each in one.below("parameterDefinitions")
        ),
        tracked=frozenset(_tracked(root)),
        branches=tuple(reader.branches(root)),
    )


def symbol(name: str) -> str:
    """The symbol of a class, if the signatures know one."""
    known = signature(name)
    return known[0] if known else name


def _tracked(root: Element) -> Iterator[str]:
    for action in root.below("actions"):
        if class_name(action) == _DECLARED:
            for kind in ("jobProperties", "triggers"):
                for each in action.below(kind):
                    yield symbol(each.text.strip().rsplit(".", 1)[-1].rsplit("$", 1)[-1])
            yield from (f"parameter {each.text.strip()}" for each in action.below("parameters"))


def _short(name: str) -> str:
    return next((name[len(head) :] for head in _HEADS if name.startswith(head)), name)


@dataclass(slots=True)
class _Reader:
    unit: Unit

    def span(self, element: Element) -> Span:
        base = self.unit.code + 1
        return self.unit.source.span(base + element.start, base + element.end)

    def option(self, element: Element, name: str | None = None) -> Option:
        name = name or symbol(class_name(element))
        known = signature(name)
        types = known[1].get("parameters", {}) if known else {}
        return Option(name, arguments_of(element, types, self.span), self.span(element))

    def triggers(self, properties: list[Element]) -> Iterator[Option]:
        root = self.unit.root
        for one in properties:
            if class_name(one) == _TRIGGERS:
                yield from map(self.option, one.below("triggers"))
        yield from map(self.option, root.below("triggers"))
        token = root.find("authToken")
        if token and token.text.strip():
            yield Option("authToken", {}, self.span(token))

    def branches(self, root: Element) -> Iterator[Known]:
        """The branches that a job with one repository builds; none if one of them is a pattern."""
        specs = root.below("definition", "scm", "branches")
        named = [Known(_short(one.said("name")), self.span(one)) for one in specs]
        if not any(set(str(one.value) or "*") & _PATTERN for one in named):
            yield from named

    def options(self, properties: list[Element]) -> Iterator[Option]:
        root = self.unit.root
        for one in properties:
            name = class_name(one)
            off = any(one.said(switch) == "false" for switch in _SWITCHES)
            empty = name == _MAY_BE_EMPTY and not any(each.text.strip() for each in one.all())
            if name not in _NO_SETTINGS and not off and not empty:
                yield self.option(one)
        for tag, name, value in _OWN:
            found = root.find(tag)
            if found and value in (None, found.text.strip()):
                yield self.option(found, name)
        yield from map(self.extension, root.below("definition", "scm", "extensions"))

    def extension(self, element: Element) -> Option:
        """An extension of the checkout; the folder of the repository is an option of its own."""
        name = class_name(element)
        if name == "RelativeTargetDirectory":
            span = self.span(element)
            folder = {"subdirectory": Known(element.said("relativeTargetDir"), span)}
            return Option("checkoutToSubdirectory", folder, span)
        return self.option(element, name)

    def sources(self, root: Element) -> Iterator[Option]:
        """What a multibranch job says of the branches that it finds and of their jobs."""
        for source in root.below("sources", "data"):
            for path in _PER_SOURCE:
                for each in source.below(*path):
                    if each.tag not in ("a", "list"):
                        yield self.option(each, class_name(each))
                    else:
                        yield from (self.option(one, class_name(one)) for one in each.children)
