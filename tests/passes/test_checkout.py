"""One checkout a job, as deep and with the credentials that its scripts need."""

from __future__ import annotations

import pytest

from jenkins2gha.actions.expressions import Context, Function
from jenkins2gha.actions.workflow import Job, Origin, RunsOn, Step, Triggers, Workflow
from jenkins2gha.diagnostics import Certainty
from jenkins2gha.passes.checkout import check_out_once
from jenkins2gha.passes.result import PassResult
from jenkins2gha.record import replace

HEAD = Context("github.event.pull_request.head.sha")
IMPLIED = Step(uses="actions/checkout", inputs={"ref": HEAD})
AGAIN = Step(uses="actions/checkout", inputs={"ref": HEAD, "clean": False}, stage="Checkout")
OTHER = Step(uses="actions/checkout", inputs={"repository": "a/b"})
JAVA = Step(uses="actions/setup-java")


GIT = Step(
    run="git init\ngit fetch origin\ngit checkout FETCH_HEAD",
    script_kind="sh",
    origin=Origin((), "checkout-git", Certainty.EQUIVALENT),
)


def sh(run: str, kind: str = "sh") -> Step:
    return Step(run=run, script_kind=kind)


def result(*steps: Step) -> PassResult:
    job = Job("a", RunsOn(("ubuntu-latest",)), steps)
    return check_out_once(Workflow("w", Triggers(), (job,)))


def count(*steps: Step) -> int:
    (job,) = result(*steps).workflow.jobs
    return sum(step.uses == "actions/checkout" for step in job.steps)


@pytest.mark.parametrize(
    "steps",
    [
        (IMPLIED, AGAIN),
        (IMPLIED, JAVA, AGAIN),
        (IMPLIED, sh("echo start\nls -la"), AGAIN, sh("make")),
        (IMPLIED, Step(run="exit 1", placeholder=True), AGAIN),
        (IMPLIED, sh("echo start", "bat"), AGAIN),
        (IMPLIED, sh('echo "A=${B}" >> "$GITHUB_ENV"', "other"), AGAIN),
        (IMPLIED, sh('if [ -z "$A" ]; then echo none >&2; exit 1; fi'), AGAIN),
        (IMPLIED, sh("A=$(git rev-parse HEAD 2>/dev/null)\nnode --version"), AGAIN),
        (IMPLIED, sh('( umask 077; printf \'%s\' "$K" > "$RUNNER_TEMP/k" )', "other"), AGAIN),
        (IMPLIED, AGAIN, AGAIN),
    ],
)
def test_a_repeated_checkout_goes(steps: tuple[Step, ...]) -> None:
    assert count(*steps) == 1
    assert {note.rule for note in result(*steps).notes} == {"checkout-again", "checkout-fresh"}


@pytest.mark.parametrize(
    "steps",
    [
        (IMPLIED, sh("make"), AGAIN),
        (IMPLIED, sh("echo x > file"), AGAIN),
        (IMPLIED, sh("echo x>file", "bat"), AGAIN),
        (IMPLIED, sh("A=$(git checkout x)"), AGAIN),
        (IMPLIED, sh("git clean -fd"), AGAIN),
        (IMPLIED, sh("$TOOL --version"), AGAIN),
        (IMPLIED, sh('echo "$(make)"', "other"), AGAIN),
        (IMPLIED, OTHER),
        (IMPLIED, OTHER, AGAIN),
        (IMPLIED, Step(uses="some/action"), AGAIN),
        (Step(uses="actions/checkout", inputs={"ref": HEAD}, condition=Function("failure")), AGAIN),
    ],
)
def test_a_checkout_that_matters_stays(steps: tuple[Step, ...]) -> None:
    given = sum(step.uses == "actions/checkout" for step in steps)
    assert count(*steps) == given


def test_the_stage_of_what_goes_stays_visible() -> None:
    (job,) = result(IMPLIED, AGAIN).workflow.jobs
    assert job.steps[0].stage == "Checkout"


def inputs(*scripts: Step) -> dict[str, object]:
    (job,) = result(IMPLIED, *scripts).workflow.jobs
    return {name: value for name, value in job.steps[0].inputs.items() if name != "ref"}


@pytest.mark.parametrize(
    "script",
    [
        "git describe --tags",
        "git log --oneline",
        "V=$(git rev-list --count HEAD)",
        "git -C sub --no-pager log",
        "cd x && git diff HEAD~1 --name-only",
        "git diff origin/main...HEAD",
        "git tag --sort=-v:refname",
        "git merge origin/main",
        "git checkout feature-x",
        'git checkout "$BRANCH"',
        "git reset --hard HEAD~2",
        "git branch -r --contains HEAD",
        "npx turbo run test --filter=...[origin/main]",
        "yarn run commitlint --from main",
        "mvn release:prepare",
        "mvn -B sonar:sonar",
        "./gradlew build sonar",
        "sonar-scanner -Dx=y",
        "npx nx affected -t test",
        "npx semantic-release",
        "sudo -E git blame x",
    ],
)
def test_history_is_fetched_for_what_reads_it(script: str) -> None:
    assert inputs(sh(script))["fetch-depth"] == 0


@pytest.mark.parametrize(
    "script",
    [
        "git status",
        "git rev-parse HEAD",
        "git log -1 --format=%h",
        "git log -n 1",
        "git diff --exit-code",
        "git tag v1",
        "git checkout -b new",
        "git checkout -- file",
        "git add . && git commit -m 'git log'",
        "echo git describe",
        "echo 'git log' > help.txt",
        "mvn -B verify",
        "nx build app",
        "cat git-log.txt",
    ],
)
def test_no_history_for_what_does_not(script: str) -> None:
    assert inputs(sh(script)) == {"persist-credentials": False}


def test_a_depth_that_the_source_gives_stays() -> None:
    (job,) = result(
        Step(uses="actions/checkout", inputs={"fetch-depth": 5}), sh("git log")
    ).workflow.jobs
    assert job.steps[0].inputs["fetch-depth"] == 5


@pytest.mark.parametrize("script", ["git push origin main", "git fetch --tags", "git pull"])
def test_credentials_stay_for_what_talks_to_the_remote(script: str) -> None:
    assert inputs(sh(script))["persist-credentials"] is True


@pytest.mark.parametrize("script", ["git commit -m push", "echo git push", "docker push x"])
def test_credentials_go_otherwise(script: str) -> None:
    assert inputs(sh(script))["persist-credentials"] is False


def test_batch_scripts_are_read_too() -> None:
    assert inputs(sh("call git.exe describe", "bat"))["fetch-depth"] == 0


def test_a_placeholder_is_no_script() -> None:
    assert "fetch-depth" not in inputs(Step(run="git log", placeholder=True, script_kind="sh"))


def test_a_checkout_by_git_itself_needs_nothing_of_another() -> None:
    (job,) = result(GIT, OTHER).workflow.jobs
    assert job.steps[1].inputs == {"repository": "a/b", "persist-credentials": False}


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("cd /srv/app\ngit pull", False),
        ("(cd /srv/app; sudo git pull)", False),
        ("(cd /srv/app; ls)\ngit pull", True),
        ("cd app\ngit pull", True),
    ],
)
def test_git_in_another_repository_needs_no_token(script: str, *, kept: bool) -> None:
    (job,) = result(IMPLIED, sh(script)).workflow.jobs
    assert job.steps[0].inputs["persist-credentials"] is kept


def test_a_token_that_is_pushed_with_starts_nothing() -> None:
    (pushed, *_), (fetched, *_) = (
        [one.message for one in result(IMPLIED, sh(script)).notes if "credentials" in one.rule]
        for script in ("git push origin main", "git fetch --tags")
    )
    assert pushed.endswith("starts no workflow")
    assert "starts no workflow" not in fetched


def test_that_a_run_starts_afresh_is_said_once() -> None:
    job = Job("a", RunsOn(("ubuntu-latest",)), (IMPLIED, sh("make"), OTHER))
    two = check_out_once(Workflow("w", Triggers(), (job, replace(job, id="b"))))
    messages = [note.message for note in two.notes if note.rule == "checkout-fresh"]
    assert messages == [
        "a run starts from one commit: no history, no tags, no files of earlier builds"
    ]
    (deep, _) = result(IMPLIED, sh("git log")).notes
    assert deep.rule == "checkout-full-history"
    (fresh,) = (note for note in result(IMPLIED, sh("git log")).notes if note != deep)
    assert fresh.message == "a run starts without the files of earlier builds"
    assert result(sh("make")).notes == ()


def asked(script: str, first: Step = IMPLIED) -> list[str]:
    return [note.rule for note in result(first, sh(script)).notes if note.rule[:6] == "branch"]


@pytest.mark.parametrize(
    "script",
    [
        "git rev-parse --abbrev-ref HEAD",
        'B="$(git rev-parse --abbrev-ref HEAD | tr / -)"',
        "git branch --show-current",
        "git symbolic-ref --short HEAD",
        "git -C . symbolic-ref -q HEAD",
        "make\nif [ $(git branch --show-current) = main ]; then make; fi",
    ],
)
def test_a_script_that_asks_for_its_branch_is_told(script: str) -> None:
    assert asked(script) == ["branch-checked-out"]
    assert asked(script, replace(IMPLIED, inputs={})) == []


@pytest.mark.parametrize(
    "script",
    [
        "git --version",
        "git",
        "git rev-parse HEAD",
        "git rev-parse --abbrev-ref origin/main",
        "git branch -a",
        "git symbolic-ref refs/remotes/origin/main",
        "git status",
        "echo git branch --show-current",
        "cd /srv/app && git branch --show-current",
        "git status; hub branch --show-current",
    ],
)
def test_others_ask_for_no_branch(script: str) -> None:
    assert asked(script) == []


def test_the_first_that_asks_for_the_branch_is_told() -> None:
    first, second = (
        replace(sh("git branch --show-current"), origin=Origin((), rule, Certainty.EXACT))
        for rule in ("first", "second")
    )
    notes = result(IMPLIED, first, second).notes
    assert [one.origin for one in notes if one.rule == "branch-checked-out"] == [first.origin]
