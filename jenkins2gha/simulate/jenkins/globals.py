"""The objects that every pipeline finds: `env`, `params`, `currentBuild`, `scm`."""

from __future__ import annotations

from jenkins2gha.simulate.jenkins import names
from jenkins2gha.simulate.jenkins.build import Build
from jenkins2gha.simulate.jenkins.errors import ORDER, Unknown
from jenkins2gha.simulate.jenkins.groovy.values import Arguments, Host, Value, to_text
from jenkins2gha.simulate.situation import Situation
from jenkins2gha.simulate.trace import BuildResult


class Environment(Host):
    """`env`. Source: workflow-cps-plugin, EnvActionImpl."""

    name = "env"

    def __init__(self, build: Build) -> None:
        self._build = build

    def get(self, name: str) -> Value:
        return self._build.variable(name)

    def set(self, name: str, value: Value) -> None:
        self._build.assigned[name] = to_text(value)
        self._build.unsettled.discard(name)

    def call(self, name: str, arguments: Arguments) -> Value:
        match name, arguments.positional:
            case "getEnvironment", ():
                return dict(self._build.environment())
            case (("getProperty" | "get" | "getAt"), (key,)):
                return self.get(to_text(key))
            case (("setProperty" | "put" | "putAt"), (key, value)):
                self.set(to_text(key), value)
                return None
            case "containsKey", (key,):
                raise Unknown(f"env.containsKey({to_text(key)})")
        raise Unknown(f"env.{name}()")


class Parameters(dict[Value, Value]):
    """`params`, which cannot be changed."""


class Scm(Host):
    """`scm`: the job's own repository."""

    name = "scm"

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    def get(self, name: str) -> Value:
        if name == "userRemoteConfigs":
            return [{"url": self._situation.repository_url, "name": None, "refspec": None}]
        if name == "branches":
            return [{"name": names.branch_name(self._situation)}]
        return super().get(name)

    def call(self, name: str, arguments: Arguments) -> Value:
        if name in ("getUserRemoteConfigs", "getBranches"):
            return self.get(name[3:4].lower() + name[4:])
        return super().call(name, arguments)


def result_of(text: str) -> BuildResult:
    """A result by its name; one that is not known is a failure."""
    wanted = text.rpartition(".")[2].upper()
    return next((one for one in ORDER if one == wanted), "FAILURE")


class PreviousBuild(Host):
    """The build before."""

    name = "previousBuild"

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    def get(self, name: str) -> Value:
        match name:
            case "result" | "currentResult":
                return self._situation.previous
            case "number":
                return self._situation.build_number - 1
            case "previousBuild":
                return None
        return super().get(name)

    def call(self, name: str, arguments: Arguments) -> Value:
        return _getter(self, name, arguments)


class CurrentBuild(Host):
    """`currentBuild`. Source: workflow-support-plugin, RunWrapper."""

    name = "currentBuild"

    def __init__(self, build: Build) -> None:
        self._build = build

    def get(self, name: str) -> Value:
        build, situation = self._build, self._build.situation
        variables = names.of_build(situation)
        plain: dict[str, Value] = {
            "result": build.result,
            "currentResult": build.result or "SUCCESS",
            "number": situation.build_number,
            "id": str(situation.build_number),
            "displayName": build.display_name or f"#{situation.build_number}",
            "description": build.description,
            "absoluteUrl": variables["BUILD_URL"],
            "projectName": variables["JOB_BASE_NAME"],
            "fullProjectName": variables["JOB_NAME"],
            "fullDisplayName": f"{variables['JOB_NAME']} #{situation.build_number}",
            "durationString": "$DURATION",
            "keepLog": False,
            "buildVariables": dict(build.parameters),
            "changeSets": [],
        }
        if name in plain:
            return plain[name]
        if name in ("previousBuild", "previousCompletedBuild", "previousBuiltBuild"):
            return PreviousBuild(situation) if situation.previous else None
        if name == "previousSuccessfulBuild" and situation.previous == "SUCCESS":
            return PreviousBuild(situation)
        if name == "buildCauses":
            return [{"_class": f"hudson.{one}"} for one in names.causes(situation)]
        return super().get(name)

    def set(self, name: str, value: Value) -> None:
        if name == "result":
            if value is not None:
                self._build.worsen(result_of(to_text(value)))
        elif name == "displayName":
            self._build.display_name = to_text(value)
        elif name == "description":
            self._build.description = None if value is None else to_text(value)
        elif name != "keepLog":
            super().set(name, value)

    def call(self, name: str, arguments: Arguments) -> Value:
        match name, arguments.positional:
            case "resultIsBetterOrEqualTo", (one,):
                return self._rank(None) <= self._rank(one)
            case "resultIsWorseOrEqualTo", (one,):
                return self._rank(None) >= self._rank(one)
            case "getBuildCauses", (kind,):
                wanted = to_text(kind).rpartition(".")[2].rpartition("$")[2]
                known = names.causes(self._build.situation)
                return [{"_class": to_text(kind)}] if wanted in known else []
        return _getter(self, name, arguments)

    def _rank(self, value: Value) -> int:
        result = self._build.result or "SUCCESS" if value is None else result_of(to_text(value))
        return ORDER.index(result)


def _getter(host: Host, name: str, arguments: Arguments) -> Value:
    word = name[3:4].lower() + name[4:]
    if name.startswith("get") and not arguments.positional:
        return host.get(word)
    if name.startswith("set") and len(arguments.positional) == 1:
        host.set(word, arguments.positional[0])
        return None
    raise Unknown(f"{host.name}.{name}()")
