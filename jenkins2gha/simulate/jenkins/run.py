"""A run as the script in it sees it: where its names and its steps are found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from jenkins2gha.groovy import ast
from jenkins2gha.regex import regex
from jenkins2gha.simulate.jenkins import docker
from jenkins2gha.simulate.jenkins.build import Build
from jenkins2gha.simulate.jenkins.errors import Unknown
from jenkins2gha.simulate.jenkins.globals import CurrentBuild, Environment, Parameters, Scm
from jenkins2gha.simulate.jenkins.groovy.interpreter import Interpreter
from jenkins2gha.simulate.jenkins.groovy.values import Arguments, Host, Steps, Value
from jenkins2gha.simulate.jenkins.invocation import Invocation, invocation
from jenkins2gha.simulate.jenkins.parameters import KINDS as PARAMETERS
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.source import Source

# Names that describe a configuration where they stand among arguments.
SYMBOLS = PARAMETERS | frozenset(
    (
        "usernamePassword usernameColonPassword sshUserPrivateKey certificate zip dockerCert aws "
        "gitUsernamePassword azureServicePrincipal kubeconfigFile kubeconfigContent vaultString "
        "parameters pipelineTriggers buildDiscarder logRotator disableConcurrentBuilds cron "
        "pollSCM upstream githubPush gitSCM scmGit configFile lastSuccessful specific agent "
        "nonresumable kubernetesAgent containerTemplate hostPathVolume emptyDirVolume envVar "
        "secretEnvVar secretVolume configMapVolume persistentVolumeClaim antPattern junitParser "
        "esLint checkStyle spotBugs pmdParser java mavenConsole githubProjectProperty JUnit "
        "booleanParam durabilityHint disableResume cobertura istanbulCobertura jacocoAdapter "
        "coberturaAdapter merge recipients developers requestor culprits stashedFile rateLimit "
        "CloneOption cloneOption cleanBeforeCheckout localBranch submodule SubmoduleOption"
    ).split()
)


_LIBRARY = regex(r"@Library\b|\blibrar(y|ies)\b\s*[({'\"]|\blibrary \w+:")


class Run:
    """A build and the script that runs in it."""

    def __init__(self, source: Source, situation: Situation) -> None:
        self.source = source
        self.build = Build(source, situation)
        self.interpreter = Interpreter(source, self)
        self.parameters = Parameters()
        self._describes_all = False
        self._has_library = _LIBRARY.search(source.text) is not None
        self._globals: dict[str, Host] = {
            "steps": Steps(),
            "env": Environment(self.build),
            "currentBuild": CurrentBuild(self.build),
            "docker": docker.Docker(self),
        }
        if situation.definition_in_scm:
            self._globals["scm"] = Scm(situation)

    @property
    def situation(self) -> Situation:
        return self.build.situation

    def variable(self, name: str) -> Value:
        """A global variable, else a variable of the environment.

        Source: workflow-cps-plugin, CpsScript.getProperty.
        """
        if name in self._globals:
            return self._globals[name]
        if name == "params":
            return self.parameters
        value = self.build.variable(name)
        if value is None:
            if self._has_library and not name.isupper():
                raise Unknown(f"the variable {name}, which may be one of a library")
            raise KeyError(name)
        return value

    def describes(self, name: str) -> bool:
        return name in SYMBOLS or self._describes_all

    @contextmanager
    def describing(self) -> Iterator[None]:
        """Within, every call among arguments describes something."""
        self._describes_all = True
        try:
            yield
        finally:
            self._describes_all = False

    def step(self, call: ast.Call, name: str, arguments: Arguments) -> Value:
        """Runs a step; one that is not known is a command that returns nothing."""
        from jenkins2gha.simulate.jenkins.steps import STEPS, unknown_step

        called = invocation(call, name, arguments)
        if name == "pipeline":
            from jenkins2gha.simulate.jenkins.declarative import pipeline

            return pipeline.run(self, called)
        if name in self._globals:
            raise Unknown(f"{name}()")
        return STEPS.get(name, unknown_step)(self, called)

    def body(self, called: Invocation, *given: Value) -> Value:
        """Runs the block of a step."""
        if called.block is None:
            raise Unknown(f"{called.name} without a block")
        return self.interpreter.call(called.block, *given)
