"""Git in a repository that a script clones itself needs nothing of the job."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.workflow import Job, RunsOn, Step, Triggers, Workflow
from jenkins2gha.passes.checkout import check_out_once
from jenkins2gha.passes.clones import cloned_folders
from jenkins2gha.passes.permissions import limit_permissions

CLONE = "git clone https://git.example.org/team/site.git"
CHECKOUT = Step(uses="actions/checkout")


def sh(run: str, folder: str | None = None) -> Step:
    return Step(run=run, script_kind="sh", working_directory=folder)


def needs(*steps: Step) -> tuple[object, object, object]:
    """Whether the job keeps the credentials, how deep it fetches, and what it may write."""
    job = Job("a", RunsOn(("ubuntu-latest",)), (CHECKOUT, *steps))
    workflow = Workflow("w", Triggers(), (job,))
    inputs = check_out_once(workflow).workflow.jobs[0].steps[0].inputs
    rights = limit_permissions(workflow).workflow.jobs[0].permissions or {}
    return inputs["persist-credentials"], inputs.get("fetch-depth"), rights.get("contents")


NOTHING = (False, None, None)
TO_PUSH = (True, None, "write")


@pytest.mark.parametrize(
    ("script", "folder"),
    [
        (CLONE, "site"),
        (f"{CLONE} web", "web"),
        (f"{CLONE} ./web/", "web"),
        ("git clone -b dev --depth 1 https://git.example.org/team/site.git web", "web"),
        ("git -c core.x=y clone --branch=dev git@git.example.org:site.git", "site"),
        ('git clone "https://$USER:$TOKEN@git.example.org/team/site.git"', "site"),
        ('git clone $URL "$WORKSPACE/site"', "$WORKSPACE/site"),
        (f"if true; then {CLONE}; fi", "site"),
    ],
)
def test_the_folder_of_a_clone(script: str, folder: str) -> None:
    assert cloned_folders([sh(script)]) == {folder}


@pytest.mark.parametrize("script", [f"{CLONE} .", f"echo {CLONE}", "git status", "svn clone x"])
def test_no_folder_of_a_clone(script: str) -> None:
    assert cloned_folders([sh(script)]) == frozenset()


@pytest.mark.parametrize(
    "steps",
    [
        (sh(f"{CLONE}\ncd site\ngit log --oneline\ngit push"),),
        (sh(f"{CLONE} && cd site && git describe && git push origin main"),),
        (sh(f"{CLONE}\n(cd site; git pull; git push)\ngit status"),),
        (sh(CLONE), sh("cd ./site/ && git push")),
        (sh(CLONE), sh("cd site/docs && git push")),
        (sh(CLONE), sh("cd site\ncd docs\ngit push")),
        (sh(CLONE), sh("git -C site log && git -C ./site/docs push")),
        (sh(CLONE), sh("git log\ngit push", "site")),
        (sh(CLONE), sh("git push", "./site/docs")),
        (sh(CLONE, "out"), sh("cd site && git push", "out")),
        (sh(CLONE, "out"), sh("git push", "out/site")),
        (sh("git clone -b dev https://git.example.org/site.git web"), sh("cd web && git push")),
        (sh(f"{CLONE}\npushd site\ngit push\npopd"),),
    ],
)
def test_git_in_a_clone_asks_for_nothing(steps: tuple[Step, ...]) -> None:
    assert needs(*steps) == NOTHING


@pytest.mark.parametrize(
    "steps",
    [
        (sh("git push"),),
        (sh(CLONE), sh("git push")),
        (sh("cd site && git push"),),
        (sh(CLONE), sh("cd other && git push")),
        (sh(CLONE), sh("git -C other push")),
        (sh(CLONE), sh("git push", "other")),
        (sh(CLONE), sh("git push", "site-2")),
        (sh(CLONE, "out"), sh("git push", "site")),
        (sh(f"{CLONE}\n(cd site; git push)\ngit push"),),
        (sh(f"{CLONE}\ncd site\ngit push\ncd ..\ngit push"),),
        (sh(f"{CLONE}\ncd site\ngit push\ncd -\ngit push"),),
        (sh(f'{CLONE}\ncd site\ngit push\ncd "$WORKSPACE"\ngit push'),),
        (sh(f"{CLONE}\npushd site\ngit push\npopd\ngit push"),),
    ],
)
def test_a_push_in_the_checkout_still_asks_for_its_rights(steps: tuple[Step, ...]) -> None:
    assert needs(*steps) == TO_PUSH


def test_the_history_of_the_checkout_is_still_fetched() -> None:
    assert needs(sh(f"{CLONE}\n(cd site; git log)\ngit log")) == (False, 0, None)
