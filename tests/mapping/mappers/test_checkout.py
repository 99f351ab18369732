"""`checkout` and `git` in all their forms."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path

import pytest

from jenkins2gha.actions.expressions import Context, Function
from jenkins2gha.actions.workflow import Step, Template
from jenkins2gha.mapping.checkout import HEAD, Manner, Remote, check_out
from jenkins2gha.mapping.remotes import Revision
from jenkins2gha.mapping.translation import Scope
from jenkins2gha.mapping.workflow import WorkflowTranslation
from jenkins2gha.source import Source
from mapped import LINUX, executed
from translating import bins_of, of_steps, rules_of, steps_of, translated, with_sections

LINE = 5  # where `of_steps` puts the first step


def inputs(translation: WorkflowTranslation) -> dict[str, object]:
    return dict(next(s.inputs for s in steps_of(translation) if s.uses == "actions/checkout"))


def scm(inside: str) -> str:
    return f"checkout([$class: 'GitSCM', {inside}])"


REMOTE = "userRemoteConfigs: [[url: 'https://github.com/octo/demo.git']]"


def test_the_implied_checkout() -> None:
    assert inputs(with_sections("")) == {"ref": HEAD, "persist-credentials": False}


def test_without_pull_requests_there_is_no_head() -> None:
    assert inputs(with_sections("", job_kind="pipeline")) == {"persist-credentials": False}


@pytest.mark.parametrize(
    "step", ["checkout scm", "checkout(scm)", "checkout scm: scm, poll: false"]
)
def test_own_repository(step: str) -> None:
    translation = of_steps(step)
    assert inputs(translation) == {"ref": HEAD, "persist-credentials": False}
    assert bins_of(translation, LINE) == {"exact"}


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("git 'https://github.com/octo/demo'", {"repository": "octo/demo", "ref": "master"}),
        ("git url: 'git@github.com:octo/demo.git', branch: 'dev'", {"ref": "dev"}),
        (scm(f"{REMOTE}, branches: [[name: '*/main']]"), {"ref": "main"}),
        (scm(f"{REMOTE}, branches: [[name: 'refs/tags/v1']]"), {"ref": "refs/tags/v1"}),
        (f"checkout scmGit({REMOTE}, branches: [[name: 'main']])", {"ref": "main"}),
        (f"checkout changelog: false, scm: scmGit({REMOTE})", {"repository": "octo/demo"}),
    ],
)
def test_another_repository(step: str, expected: dict[str, object]) -> None:
    translation = of_steps(step)
    found = inputs(translation)
    assert found["repository"] == "octo/demo"
    assert expected.items() <= found.items()
    assert bins_of(translation, LINE) == {"equivalent"}


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ("[$class: 'CloneOption', shallow: true, depth: 5]", {"fetch-depth": 5}),
        ("[$class: 'CloneOption', shallow: true, depth: 1]", {}),
        ("[$class: 'SubmoduleOption']", {"submodules": True}),
        ("[$class: 'SubmoduleOption', recursiveSubmodules: true]", {"submodules": "recursive"}),
        ("[$class: 'SubmoduleOption', disableSubmodules: true]", {}),
        ("[$class: 'RelativeTargetDirectory', relativeTargetDir: 'sub']", {"path": "sub"}),
        ("[$class: 'GitLFSPull']", {"lfs": True}),
        ("lfs()", {"lfs": True}),
        ("[$class: 'LocalBranch', localBranch: '**']", {}),
        (
            "[$class: 'SparseCheckoutPaths', sparseCheckoutPaths: [[path: 'a'], [path: 'b']]]",
            {"sparse-checkout": "a\nb", "sparse-checkout-cone-mode": False},
        ),
    ],
)
def test_extensions(extension: str, expected: dict[str, object]) -> None:
    found = inputs(of_steps(scm(f"{REMOTE}, extensions: [{extension}]")))
    own = {"repository", "persist-credentials"}
    assert {key: value for key, value in found.items() if key not in own} == expected


@pytest.mark.parametrize(
    ("extension", "clean"),
    [("[$class: 'CleanBeforeCheckout']", None), ("[$class: 'WipeWorkspace']", None), ("", False)],
)
def test_files_of_earlier_steps_stay_unless_told(extension: str, clean: bool | None) -> None:
    step = scm(f"{REMOTE}, extensions: [{extension}]")
    assert inputs(of_steps(f"sh 'make'\n{step}")).get("clean") is clean


@pytest.mark.parametrize("extension", ["PruneStaleBranch", "UserExclusion", "CheckoutOption"])
def test_extensions_without_effect_are_said(extension: str) -> None:
    translation = of_steps(scm(f"{REMOTE}, extensions: [[$class: '{extension}']]"))
    assert "checkout-extension" in rules_of(translation)
    assert bins_of(translation, LINE) == {"equivalent"}


@pytest.mark.parametrize(
    ("inside", "rule"),
    [
        (f"{REMOTE}, extensions: [[$class: 'PreBuildMerge', options: [:]]]", "checkout-refused"),
        (f"{REMOTE}, extensions: [[$class: 'PerBuildTag']]", "checkout-refused"),
        (f"{REMOTE}, branches: [[name: 'a'], [name: 'b']]", "checkout-refused"),
        (f"{REMOTE}, branches: [[name: 'release-*']]", "checkout-refused"),
        ("userRemoteConfigs: [[url: foo()]]", "checkout-refused"),
    ],
)
def test_refused(inside: str, rule: str) -> None:
    translation = of_steps(scm(inside))
    assert rule in rules_of(translation)
    assert bins_of(translation, LINE) == {"manual"}


def test_extensions_beside_those_of_the_job() -> None:
    parts = "branches: scm.branches, userRemoteConfigs: scm.userRemoteConfigs"
    step = scm(f"{parts}, extensions: scm.extensions + [[$class: 'GitLFSPull']]")
    assert inputs(of_steps(step)) == {"ref": HEAD, "lfs": True, "persist-credentials": False}


def test_the_parts_of_scm_are_the_own_repository() -> None:
    parts = "branches: scm.branches, extensions: scm.extensions"
    step = scm(f"{parts}, userRemoteConfigs: scm.userRemoteConfigs")
    assert inputs(of_steps(step)) == {"ref": HEAD, "persist-credentials": False}


def test_other_kinds_of_repositories() -> None:
    translation = of_steps("checkout([$class: 'SubversionSCM', locations: []])")
    assert "checkout-unknown" in rules_of(translation)


def test_the_folder_of_dir() -> None:
    assert inputs(of_steps("dir('sub') {\ncheckout scm\n}"))["path"] == "sub"


def test_a_token_for_https() -> None:
    step = "git url: 'https://github.com/octo/demo', credentialsId: 'bot-login'"
    translation = of_steps(step)
    assert inputs(translation)["token"] == Context("secrets.BOT_LOGIN_PSW")
    assert [one.name for one in translation.translation.secrets] == ["BOT_LOGIN_PSW"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/octo/demo", "Check out octo/demo"),
        ("https://git.example.com/octo/demo.git", "Check out git.example.com/octo/demo"),
    ],
)
def test_a_checkout_is_named_after_its_repository(url: str, name: str) -> None:
    assert of_steps(f"git '{url}'").workflow.jobs[0].steps[-1].name == name


def test_a_key_for_ssh() -> None:
    step = "git url: 'git@github.com:octo/demo.git', credentialsId: 'deploy-key'"
    assert inputs(of_steps(step))["ssh-key"] == Context("secrets.DEPLOY_KEY")


def test_a_parameter_names_the_branch() -> None:
    sections = "options { skipDefaultCheckout() }\nparameters { string(name: 'BRANCH') }"
    step = 'git url: "https://github.com/octo/demo", branch: params.BRANCH'
    assert isinstance(inputs(with_sections(sections, step))["ref"], Function)


def test_an_expression_in_the_url() -> None:
    sections = "options { skipDefaultCheckout() }\nparameters { string(name: 'TEAM') }"
    step = 'git url: "https://github.com/${params.TEAM}/demo.git"'
    found = inputs(with_sections(sections, step))["repository"]
    assert isinstance(found, Template)
    assert found.parts[1] == "/demo"


def test_another_host() -> None:
    url = "https://git.example.org/a/b.git"
    translation = of_steps(f"git url: '{url}', branch: 'main'")
    (step,) = steps_of(translation)
    assert str(step.run).splitlines() == [
        "git init --quiet",
        f"git remote add origin {url} || git remote set-url origin {url}",
        "git fetch --tags --force origin '+refs/heads/*:refs/remotes/origin/*'",
        "git checkout --force -B main origin/main",
    ]
    assert bins_of(translation, LINE) == {"equivalent"}


def test_another_host_with_a_password() -> None:
    step = "git url: 'https://git.example.org/a/b.git', credentialsId: 'bot'"
    (found,) = steps_of(of_steps(step))
    assert found.secrets == {
        "GIT_USER": Context("secrets.BOT_USR"),
        "GIT_PASSWORD": Context("secrets.BOT_PSW"),
    }
    assert "secrets" not in str(found.run)


def test_another_host_with_a_key() -> None:
    step = "git url: 'git@git.example.org:a/b.git', credentialsId: 'bot'"
    (found,) = steps_of(of_steps(step))
    assert found.secrets == {"GIT_KEY": Context("secrets.BOT")}
    assert "rm -f" in str(found.run)


LOGIN_UNKNOWN = [
    "git url: 'https://github.com/octo/demo', credentialsId: env.CRED",
    "git url: 'https://github.com/octo/demo', credentialsId: '${CRED}'",
    "git url: 'https://git.example.org/a/b', credentialsId: \"x-${params.CRED}\"",
    scm("userRemoteConfigs: [[url: 'https://github.com/octo/demo', credentialsId: params.CRED]]"),
]


@pytest.mark.parametrize("step", LOGIN_UNKNOWN)
def test_computed_credentials_are_refused(step: str) -> None:
    translation = of_steps(step)
    assert "checkout-refused" in rules_of(translation)
    assert bins_of(translation, LINE) == {"manual"}


@pytest.mark.parametrize("credential", ["''", "null"])
def test_no_credentials(credential: str) -> None:
    step = f"git url: 'https://github.com/octo/demo', credentialsId: {credential}"
    assert "token" not in inputs(of_steps(step))


PARAMETERS = "options { skipDefaultCheckout() }\nparameters { string(name: 'REF') }"


@pytest.mark.parametrize(
    "step",
    [
        "git url: 'https://github.com/octo/demo', branch: '${REF}'",
        "git url: 'https://github.com/octo/demo', branch: '$REF'",
        scm(f"{REMOTE}, branches: [[name: '*/${{REF}}']]"),
        scm(f"{REMOTE}, branches: [[name: '$REF']]"),
    ],
)
def test_a_parameter_in_single_quotes_names_the_branch(step: str) -> None:
    assert isinstance(inputs(with_sections(PARAMETERS, step))["ref"], Function)


def test_a_parameter_in_single_quotes_in_the_url() -> None:
    step = "git url: 'https://github.com/octo/${REF}.git'"
    found = inputs(with_sections(PARAMETERS, step))["repository"]
    assert isinstance(found, Template)
    assert found.parts[0] == "octo/"


def test_a_name_that_nothing_declares_is_said() -> None:
    translation = of_steps("git url: 'https://github.com/octo/demo', branch: '${REF}'")
    assert inputs(translation)["ref"] == Context("vars.REF")
    assert bins_of(translation, LINE) == {"equivalent", "approximate"}


@pytest.mark.parametrize(
    "step",
    [
        "git url: 'https://github.com/octo/demo', branch: '${OWN}'",
        scm(
            "branches: [[name: 'FETCH_HEAD']], userRemoteConfigs: "
            "[[url: 'https://github.com/octo/demo', refspec: '$GERRIT_REFSPEC']]"
        ),
        scm(
            f"{REMOTE}, extensions: [[$class: 'RelativeTargetDirectory', "
            "relativeTargetDir: '$REF']]"
        ),
        scm(f"{REMOTE}, extensions: [[$class: 'LocalBranch', localBranch: '$REF']]"),
    ],
)
def test_names_that_cannot_be_put_in_are_refused(step: str) -> None:
    translation = with_sections(f"{PARAMETERS}\nenvironment {{ OWN = 'x' }}", step)
    assert "checkout-refused" in rules_of(translation)


def test_a_folder_outside_the_workspace_is_for_git() -> None:
    translation = of_steps("dir('/opt/demo') {\ngit url: 'https://github.com/octo/demo'\n}")
    step = steps_of(translation)[-1]
    assert step.working_directory == "/opt/demo"
    assert str(step.run).startswith("git init")


@pytest.mark.parametrize(
    "steps",
    [
        "dir('/opt/demo') {\ncheckout scm\n}",
        "dir('../demo') {\ncheckout scm\n}",
        scm(
            "userRemoteConfigs: scm.userRemoteConfigs, extensions: "
            "[[$class: 'RelativeTargetDirectory', relativeTargetDir: '/opt/demo']]"
        ),
        "dir('/opt') {\n" + scm(f"{REMOTE}, extensions: [[$class: 'GitLFSPull']]") + "\n}",
    ],
)
def test_a_folder_outside_the_workspace_is_refused(steps: str) -> None:
    assert "checkout-refused" in rules_of(of_steps(steps))


def test_git_itself_gets_submodules() -> None:
    remote = "userRemoteConfigs: [[url: 'https://git.example.org/a/b.git']]"
    extension = "extensions: [[$class: 'SubmoduleOption'], [$class: 'CloneOption', depth: 5]]"
    step = steps_of(of_steps(scm(f"{remote}, {extension}")))[-1]
    assert str(step.run).splitlines()[-1] == "git submodule update --init"


def test_git_itself_knows_no_sparse_checkout() -> None:
    remote = "userRemoteConfigs: [[url: 'https://git.example.org/a/b.git']]"
    extension = "extensions: [[$class: 'SparseCheckoutPaths', sparseCheckoutPaths: [[path: 'a']]]]"
    assert "checkout-refused" in rules_of(of_steps(scm(f"{remote}, {extension}")))


def test_git_itself_in_a_folder() -> None:
    remote = "userRemoteConfigs: [[url: 'https://git.example.org/a/b.git']]"
    extension = "extensions: [[$class: 'RelativeTargetDirectory', relativeTargetDir: 'b']]"
    step = steps_of(of_steps("dir('a') {\n" + scm(f"{remote}, {extension}") + "\n}"))[-1]
    assert step.working_directory == "a/b"


@pytest.mark.parametrize(("image", "trusted"), [("docker { image 'x' }", True), ("any", False)])
def test_git_trusts_the_workspace_of_a_container(image: str, *, trusted: bool) -> None:
    agent = f"agent {{ {image} }}" if trusted else f"agent {image}"
    body = "stages { stage('A') { steps { git 'https://git.example.org/a/b.git' } } }"
    skip = "options { skipDefaultCheckout() }"
    (step,) = steps_of(translated(f"pipeline {{\n{agent}\n{skip}\n{body}\n}}"))
    first = 'git config --global --add safe.directory "$PWD"'
    assert str(step.run).startswith(first) is trusted


BRANCH = Context("inputs.BRANCH")
SITE = Source("Jenkinsfile", "git").span(0, 3)


def git_in(folder: Path, *words: str) -> str:
    own = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    done = subprocess.run(
        ["git", *own, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def switching(revision: Revision) -> Step:
    remote = Remote("https://git.example.org/a/b.git", revision)
    return check_out(remote, Manner(), SITE, Scope(), LINUX)


def test_a_branch_that_a_run_knows_is_taken_from_the_remote_first(tmp_path: Path) -> None:
    """A branch of that name may be here already, at the commit of an earlier checkout."""
    step = switching(Revision(BRANCH, branch=BRANCH))
    assert step.env == {"GIT_REVISION": BRANCH}
    line = str(step.run).splitlines()[-1]
    git = partial(git_in, tmp_path)
    git("init", "--quiet", "--initial-branch=main")
    for word in ("old", "new", "tagged"):
        git("commit", "--quiet", "--allow-empty", "-m", word)
    git("branch", "dev", "HEAD~2")
    git("update-ref", "refs/remotes/origin/dev", "HEAD~1")
    git("tag", "v1")
    for name, message in (("dev", "new"), ("v1", "tagged")):
        status, _ = executed(line, tmp_path, {"GIT_REVISION": name})
        assert (status, git("log", "-1", "--format=%s")) == (0, message)
    assert executed(line, tmp_path, {"GIT_REVISION": "nowhere"})[0] != 0


@pytest.mark.parametrize(
    ("revision", "line"),
    [
        (Revision("dev", branch="dev"), "git checkout --force -B dev origin/dev"),
        (Revision("refs/tags/v1"), "git checkout --force refs/tags/v1"),
        (Revision(Template(("refs/tags/", BRANCH))), 'git checkout --force "$GIT_REVISION"'),
        (Revision(None), "git checkout --force FETCH_HEAD"),
    ],
)
def test_what_is_no_branch_of_a_run_has_one_place(revision: Revision, line: str) -> None:
    assert str(switching(revision).run).splitlines()[-1] == line
