"""Several scripts as one step: each finds what its own blocks set, and no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from jenkins2gha.actions.expressions import Context as Path_
from mapped import LINUX, executed, only_step, rules, translated

BODY = """retry(2) {
    sh 'echo "first $A ${T-none}" >> said'
    withEnv(['A=b']) { sh 'echo "then $A ${T-none}" >> said' }
    withCredentials([string(credentialsId: 't', variable: 'T')]) {
        sh 'echo "last $A $T" >> said'
    }
}"""


def test_each_script_finds_its_own_variables(tmp_path: Path) -> None:
    step = only_step(BODY, replace(LINUX, environment={"A": "it's a"}))
    assert (set(step.env), set(step.secrets)) == ({"A"}, {"T"})
    executed(str(step.run), tmp_path, {"A": "b", "T": "secret"})
    said = (tmp_path / "said").read_text().splitlines()
    assert said == ["first it's a none", "then b none", "last it's a secret"]


def test_a_value_of_the_job_that_only_github_knows_is_not_shared() -> None:
    computed = replace(LINUX, environment={"A": Path_("github.sha")})
    assert rules(translated(BODY, computed))[0] == "retry-unmapped"
