"""Scripts that log git in by themselves."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Job, RunsOn, Step, Triggers, Workflow
from jenkins2gha.passes.checkout import check_out_once
from jenkins2gha.passes.logins import logs_in
from jenkins2gha.passes.permissions import limit_permissions


def sh(run: str, kind: str = "sh") -> Step:
    return Step(run=run, script_kind=kind)


OWN = [
    "git push https://$U:$P@github.com/octo/demo.git main",
    'git push "https://${U}:${P}@github.com/octo/demo" HEAD:main',
    "git push https://${TOKEN}@github.com/octo/demo",
    "git push https://x-access-token:abc@github.com/octo/demo",
    "git remote set-url origin https://$U:$P@github.com/octo/demo\ngit push origin main",
    "git remote add up https://$U:$P@$HOST/octo/demo && git push up",
    "URL=https://$U:$P@github.com/octo/demo\ngit push $URL",
    "export URL=https://$U:$P@github.com/octo/demo; git push $URL",
    "git config --global url.https://$T@github.com/.insteadOf https://github.com/; git push",
    'git -c http.extraHeader="AUTHORIZATION: basic $T" push',
    "git config credential.helper '!f() { echo password=$T; }; f'; git push",
    "git config credential.helper store; git push",
]
OTHERS = [
    "git push origin main",
    "git push https://github.com/octo/demo main",
    "git push https://git@github.com/octo/demo main",
    "git push https://$HOST:8080/a@b main",
    "curl https://$U:$P@repo.example.org/x\ngit push origin main",
    "git clone https://$U:$P@gitlab.example.org/a/b\ngit push origin main",
    "git remote add lab https://$U:$P@gitlab.example.org/a/b\ngit push origin main",
    "echo https://$U:$P@github.com/octo/demo\ngit push",
    "git config credential.helper cache; git push",
]


@pytest.mark.parametrize("script", OWN)
def test_an_own_login(script: str) -> None:
    assert logs_in([sh(script)])


@pytest.mark.parametrize("script", OTHERS)
def test_no_own_login(script: str) -> None:
    assert not logs_in([sh(script)])


def test_a_batch_script() -> None:
    assert logs_in([sh("git push https://%U%:%P%@github.com/octo/demo", "bat")])


def workflow(script: str) -> Workflow:
    steps = (Step(uses="actions/checkout"), sh(script))
    return Workflow("w", Triggers(), (Job("a", RunsOn(("ubuntu-latest",)), steps),))


@pytest.mark.parametrize(
    ("script", "kept"), [*((one, False) for one in OWN), *((one, True) for one in OTHERS)]
)
def test_token_and_rights_of_the_job(script: str, *, kept: bool) -> None:
    (job,) = check_out_once(workflow(script)).workflow.jobs
    assert job.steps[0].inputs["persist-credentials"] is kept
    (job,) = limit_permissions(workflow(script)).workflow.jobs
    assert (job.permissions == {"contents": "write"}) is kept
