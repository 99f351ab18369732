"""The contexts of a job and the functions its expressions call.

Source: docs.github.com, "Contexts reference"; actions/runner, `GitHubContext.cs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jenkins2gha.simulate.actions.oracle import World
from jenkins2gha.simulate.actions.places import Contexts
from jenkins2gha.simulate.expressions import Function, Object, Value, to_text, value_of

RUNNER_NAME = "GitHub Actions 1"
TO_PROCESSES = (
    "action_path action_ref action_repository action actor actor_id api_url artifacts base_ref "
    "event_name event_path graphql_url head_ref job ref_name ref_protected ref_type ref repository "
    "repository_id repository_owner repository_owner_id retention_days run_attempt run_id "
    "run_number server_url sha triggering_actor workflow workflow_ref workflow_sha workspace"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a job sees before its first step: the contexts by their names."""

    values: Mapping[str, Value]
    world: World
    system: str = "Linux"

    def contexts(
        self, status: str, env: Mapping[str, str] | None = None, steps: Value = None
    ) -> Contexts:
        """What the expressions of a step see, where the job has come to a status."""
        values = {
            **self.values,
            "env": Object(tuple((env or {}).items()), case_sensitive=True),
            "steps": steps if steps is not None else Object(),
            "job": value_of({"status": status}),
            "runner": value_of(self.runner()),
        }
        return Contexts(values, {**status_functions(status), "hashFiles": self._hash_files()})

    def runner(self) -> dict[str, str]:
        """The `runner` context."""
        work = "D:\\a" if self.system == "Windows" else "/home/runner/work"
        return {
            "os": self.system,
            "arch": "X64",
            "name": RUNNER_NAME,
            "environment": "github-hosted",
            "temp": f"{work}/_temp",
            "tool_cache": "/opt/hostedtoolcache",
        }

    def defaults(self) -> dict[str, str]:
        """The variables that the runner itself gives to every process."""
        github = self.values["github"]
        assert isinstance(github, Object)
        names = (name for name in TO_PROCESSES if name in github)
        own = {f"GITHUB_{name.upper()}": to_text(github.get(name)) for name in names}
        return own | {f"RUNNER_{name.upper()}": text for name, text in self.runner().items()}

    def _hash_files(self) -> Function:
        def call(arguments: object) -> Value:
            assert isinstance(arguments, list)
            return self.world.hash_files(tuple(to_text(argument()) for argument in arguments))

        return Function(call, 1, 255)


def status_functions(status: str) -> dict[str, Function]:
    """Inside a job the functions ask for its status alone.

    Source: actions/runner, `Runner.Worker/Expressions/*.cs`.
    """
    return {
        "always": Function(lambda _: True),
        "success": Function(lambda _: status == "success", 0, 255),
        "failure": Function(lambda _: status == "failure", 0, 255),
        "cancelled": Function(lambda _: status == "cancelled"),
    }
